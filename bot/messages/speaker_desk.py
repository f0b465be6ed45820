"""The speaker's desk: when and where they are on, exactly, and who with."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from bot.i18n import Html
from bot.messages import speaker_buttons
from bot.messages.formatting import MAX_LABEL_LENGTH, beside, bold, cut, lines, paragraphs, rows
from bot.messages.outgoing import Button, OutgoingMessage
from bot.messages.pages import Page
from bot.messages.people import speaker_rows
from bot.messages.session_news import few_named
from bot.messages.sessions import cut_title, illustrative_note, menu_button, session_buttons
from bot.messages.view import View
from content.agenda import Speaker, SpeakerRole
from content.appearances import Appearance, appearances, fellows

APPEARANCES_A_PAGE = 3
MAX_FELLOWS = 4
Followers = Mapping[str, int]
"""How many people follow a session, by its handle."""


def speaker_desk(followers: Followers, view: View, page: int = 0, tools: Sequence[Button] = ()) -> OutgoingMessage:
    """Return a page of the reader's appearances: those to come first, then those that are over.

    ``tools``: the buttons of what else a speaker can do here.
    """
    mine = in_turn(view)
    if not mine:
        return OutgoingMessage(paragraphs(_heading(view), _nothing(view)), (*rows(tools, 2), (menu_button(view),)))
    shown = Page.of(mine, APPEARANCES_A_PAGE, page)
    several = len({each.speaker.handle for each in mine}) > 1
    text = paragraphs(
        lines(_first(mine, view), shown.note(view)),
        *(_block(each, followers, view, named=several) for each in shown.items),
        illustrative_note([each.session for each in shown.items], view, one=len(shown.items) == 1),
    )
    with_them = _with(shown.items[0], view)[:MAX_FELLOWS]
    around = (
        *rows(session_buttons({each.session.id: each.session for each in shown.items}.values(), view)),
        *speaker_rows(with_them, view),
        *shown.buttons(view, speaker_buttons.OpenSpeakerDesk),
        *rows(tools, 2),
        (menu_button(view),),
    )
    return OutgoingMessage(text, around)


def in_turn(view: View) -> list[Appearance]:
    """Return the reader's appearances: those to come, soonest first, then those that are over."""
    mine = appearances(view.agenda, view.profiles)
    coming = [each for each in mine if each.ends_at > view.now]
    return [*coming, *(each for each in mine if each.ends_at <= view.now)]


def no_slots(view: View) -> str:
    """Return the notice over the calendar button of a speaker who is in no session."""
    return view.t.plain.gettext("You are in no session at present: there is nothing to put into a calendar.")


def place_and_minutes(each: Appearance, view: View) -> Html:
    """Return the speaker's own minutes and place in the order of one session; empty if the agenda has neither."""
    t = view.t
    own = None
    if each.minutes and each.minutes != (each.session.starts_at, each.session.ends_at):
        own = t.gettext("Your own minutes: %(hours)s", hours=view.hours(*each.minutes))
    order = None
    if each.place is not None and each.of > 1:
        if each.in_order:
            order = t.gettext("You speak as number %(place)s of %(of)s", place=each.place, of=each.of)
        else:
            order = t.gettext("Listed as number %(place)s of %(of)s", place=each.place, of=each.of)
    return lines(own, order)


def _first(mine: Sequence[Appearance], view: View) -> Html:
    """Say the one thing a nervous person wants to know: how long it is until they are on."""
    t = view.t
    coming = [each for each in mine if each.ends_at > view.now and each.stands]
    if not coming:
        return bold(t.gettext("You have no more appearances to come."))
    first = coming[0]
    if first.starts_at <= view.now:
        return bold(t.gettext("You are on now."))
    left = first.starts_at - view.now
    return bold(t.gettext("You are on %(distance)s.", distance=t.distance(left)))


def _block(each: Appearance, followers: Followers, view: View, *, named: bool) -> Html:
    t, session = view.t, each.session
    room = view.room_of(session)
    where = view.text(room.name) if room else t.gettext("Room: not published")
    moderators = fellows(each, view.agenda, SpeakerRole.MODERATOR, SpeakerRole.FACILITATOR)
    count = followers.get(session.handle, 0)
    return lines(
        bold(view.when(session)),
        bold(cut_title(session, view)),
        beside(where, _roles(each, view), each.speaker.name if named else None),
        place_and_minutes(each, view),
        t.ngettext("Moderator: %(names)s", "Moderators: %(names)s", len(moderators), names=_names(moderators, view))
        if moderators
        else None,
        t.gettext("With you: %(names)s", names=_names(_speaking(each, view), view)) if _speaking(each, view) else None,
        t.ngettext("%(num)s person follows this.", "%(num)s people follow this.", count) if count else None,
    )


def _roles(each: Appearance, view: View) -> Html | None:
    t = view.t
    said = {
        SpeakerRole.MODERATOR: t.pgettext("your own role in a session", "you moderate"),
        SpeakerRole.FACILITATOR: t.pgettext("your own role in a session", "you facilitate"),
    }
    return Html(t.listed([said[role] for role in each.roles if role in said])) or None


def _speaking(each: Appearance, view: View) -> tuple[Speaker, ...]:
    return fellows(each, view.agenda, SpeakerRole.SPEAKER)


def _with(each: Appearance, view: View) -> tuple[Speaker, ...]:
    """Return everybody in the session whose card may help: the moderator first."""
    moderators = fellows(each, view.agenda, SpeakerRole.MODERATOR, SpeakerRole.FACILITATOR)
    return tuple(dict.fromkeys((*moderators, *_speaking(each, view))))


def _names(people: Sequence[Speaker], view: View) -> Html:
    return few_named([view.name(speaker) for speaker in people], view)


def _heading(view: View) -> Html:
    names = [
        cut(speaker.name, MAX_LABEL_LENGTH)
        for handle in sorted(view.profiles)
        if isinstance(speaker := view.agenda.by_handle.get(handle), Speaker)
    ]
    return beside(bold(view.t.gettext("Speaker’s desk")), view.t.listed(names) if names else None)


def _nothing(view: View) -> Html:
    known = any(isinstance(view.agenda.by_handle.get(handle), Speaker) for handle in view.profiles)
    if known:
        return view.t.gettext("You are not in a session of the agenda at present. I write to you when that changes.")
    return view.t.gettext("Your profile is not in the agenda at present. Please ask the organisers.")
