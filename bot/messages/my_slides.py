"""A speaker's slides as they see them: what they sent, what became of it, and where more may go."""

from __future__ import annotations

from collections.abc import Sequence

from bot.i18n import Html
from bot.materials import ChatMaterial, MaterialOutcome, MaterialState
from bot.messages import slides_buttons as buttons
from bot.messages.formatting import beside, bold, cut, distinct_labels, italic, lines, paragraphs, rows
from bot.messages.material_desk import MAX_TITLE, owner_name, state_words
from bot.messages.open_questions import quote
from bot.messages.outgoing import Button, OutgoingMessage
from bot.messages.sessions import menu_button
from bot.messages.speaker_buttons import OpenSpeakerDesk
from bot.messages.view import View
from content.agenda import Session, Speaker

MAX_LISTED = 8
MAX_REASON = 300


def my_slides_tool(view: View) -> list[Button]:
    """Return the way from the speaker's desk to their slides."""
    return [_my_slides(view)]


def my_slides(
    sent: Sequence[ChatMaterial], targets: Sequence[Session | Speaker], view: View, *, note: str = ""
) -> OutgoingMessage:
    """Return what the reader sent, the newest first, and for what they may send. ``note``: put in front."""
    t = view.t
    newest = tuple(reversed(sent))[:MAX_LISTED]
    text = paragraphs(
        note or None,
        bold(t.gettext("Your slides")),
        *(_block(place, each, view) for place, each in enumerate(newest, 1)),
        t.gettext(
            "Send a file (2 GB at most), a photo or a link. The organisers look at it first; then everybody can get"
            " it, and those who follow you or asked for it are told. You can send a newer one at any time."
        ),
    )
    others = [
        buttons.ReplaceSlides(each.handle).button(t.plain.gettext("%(place)s: send another one", place=place))
        for place, each in enumerate(newest, 1)
    ]
    return OutgoingMessage(text, (*rows(target_buttons(targets, view)), *rows(others), _back(view)))


def target_question(targets: Sequence[Session | Speaker], view: View) -> OutgoingMessage:
    """Ask for which session a file is that the reader just sent."""
    t = view.t
    text = paragraphs(
        t.gettext("Is this file your slides? For which session?"),
        t.gettext("What you type here changes nothing; any command ends all of it."),
    )
    return OutgoingMessage(text, (*rows(target_buttons(targets, view)), _back(view)))


def target_buttons(targets: Sequence[Session | Speaker], view: View) -> list[Button]:
    """Return a button for each session the reader may send slides for, and for themselves."""
    t, shown = view.t.plain, targets[:MAX_LISTED]
    names = [
        each.name if isinstance(each, Speaker) else f"{t.clock(each.starts_at)} {view.words(each.title)}"
        for each in shown
    ]
    return [
        buttons.SendSlides(each.handle).button(t.gettext("For: %(name)s", name=name))
        for each, name in zip(shown, distinct_labels(names, room_for=5), strict=True)
    ]


def slides_gone(view: View) -> str:
    """Return the alert for what is not there any more, or is not the presser's."""
    return view.t.plain.gettext("It is not there any more: it was removed, or a newer one took its place.")


def outcome_notice(outcome: MaterialOutcome, view: View) -> OutgoingMessage:
    """Tell a speaker what became of what they sent."""
    t, title = view.t, bold(cut(outcome.title, MAX_TITLE))
    if outcome.published:
        text = paragraphs(
            t.gettext("Your slides are published: %(title)s", title=title),
            t.gettext("People find them with your session. You can still send a newer file."),
        )
    else:
        text = paragraphs(
            t.gettext("The organisers did not take these slides: %(title)s", title=title),
            quote(outcome.why, MAX_REASON) if outcome.why else None,
            t.gettext("You can send others."),
        )
    why = italic(t.gettext("You get this because you sent them."))
    return OutgoingMessage(paragraphs(text, why), ((_my_slides(view),), _back(view)))


def _block(place: int, each: ChatMaterial, view: View) -> Html:
    refused = each.state is MaterialState.REFUSED and each.refusal
    why = quote(each.refusal, MAX_REASON) if refused else None
    title = bold(f"{place}. {cut(each.draft.title, MAX_TITLE)}")
    return lines(title, beside(owner_name(each.draft, view), state_words(each, view)), why)


def _my_slides(view: View) -> Button:
    return buttons.OpenMySlides().button(view.t.plain.pgettext("button", "My slides"))


def _back(view: View) -> tuple[Button, ...]:
    return (OpenSpeakerDesk().button(view.t.plain.pgettext("button", "Speaker’s desk")), menu_button(view))
