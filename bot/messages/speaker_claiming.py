"""Becoming a speaker of the agenda, as it reads to whoever does: by a code, or by asking the organisers."""

from __future__ import annotations

from bot.i18n import Html
from bot.messages import buttons, speaker_buttons
from bot.messages.formatting import bold, lines, paragraphs
from bot.messages.outgoing import Button, ButtonRows, OutgoingMessage
from bot.messages.sessions import menu_button
from bot.messages.view import View
from bot.speakers import CodeFound, CodeState, RequestState
from content.agenda import Speaker
from content.timetable import local


def claim_question(speaker: Speaker, code: str, view: View) -> OutgoingMessage:
    """Ask whoever opened a good code whether it is for them."""
    t = view.t
    text = paragraphs(
        _who(t.gettext("Are you %(name)s?", name=view.name(speaker)), speaker, view),
        t.gettext(
            "If you are, this chat becomes your speaker’s desk: when and where you are on, told first if that "
            "changes, and the organisers one tap away. They see your Telegram profile."
        ),
    )
    yes = speaker_buttons.ConfirmClaim(code).button(t.plain.pgettext("button", "Yes, that is me"))
    no = speaker_buttons.DeclineClaim().button(t.plain.pgettext("button", "No, somebody else"))
    return OutgoingMessage(text, ((yes, no),))


def claim_declined(view: View) -> OutgoingMessage:
    """Say what a "no" to that question means."""
    text = view.t.gettext(
        "Then nothing happens. The link still works: please pass it on to the speaker, or tell the organisers."
    )
    return OutgoingMessage(text, ((menu_button(view),),))


def code_not_good(found: CodeFound, view: View) -> OutgoingMessage:
    """Say why a code does not make the reader a speaker, and what to do instead."""
    t = view.t
    speaker = view.agenda.by_handle.get(found.handle)
    if found.state is CodeState.TOO_MANY and found.try_again_at is not None:
        until = local(view.agenda.event, found.try_again_at)
        text = t.gettext(
            "Too many links that do not work. Please try again after %(time)s, or ask the organisers.",
            time=t.clock(until),
        )
        return OutgoingMessage(text, ((menu_button(view),),))
    if found.state is CodeState.TAKEN and isinstance(speaker, Speaker):
        text = t.gettext(
            "Somebody else has already claimed this profile: %(name)s. If it is yours, I can ask the organisers.",
            name=view.name(speaker),
        )
        return OutgoingMessage(text, ((_ask_button(speaker, view),), (menu_button(view),)))
    text = t.gettext(
        "This link does not work: it was used, withdrawn, or is too old. Ask the organisers for a new one, or find "
        "yourself among the speakers and press “I am this speaker”."
    )
    return OutgoingMessage(text, ((_speakers_button(view),), (menu_button(view),)))


def card_rows(speaker: Speaker, view: View) -> ButtonRows:
    """Return the rows of a speaker's card that lead to their desk, or to asking for it."""
    t = view.t.plain
    found: list[Button] = []
    if speaker.handle in view.profiles:
        found.append(desk_button(view))
    elif not view.organiser:
        found.append(_ask_button(speaker, view))
    if view.organiser:
        found.append(
            speaker_buttons.OpenAccess(speaker.handle).button(t.pgettext("button", "Speaker’s link and claim"))
        )
    return tuple((button,) for button in found)


def desk_button(view: View) -> Button:
    """Return the button to the speaker's desk."""
    return speaker_buttons.OpenSpeakerDesk().button(view.t.plain.pgettext("button", "Speaker’s desk"))


def request_question(speaker: Speaker, telegram_name: str, view: View) -> OutgoingMessage:
    """Ask whether to ask the organisers; the reader learns what these will see."""
    t = view.t
    taken = (
        t.gettext("Somebody else has already claimed this profile; the organisers can put that right.")
        if speaker.handle in view.claimed and speaker.handle not in view.profiles
        else None
    )
    text = paragraphs(
        _who(t.gettext("Are you %(name)s?", name=view.name(speaker)), speaker, view),
        taken,
        t.gettext(
            "Then I ask the organisers to confirm it. They will see your name on Telegram: %(name)s. A link or a QR "
            "code from them is quicker.",
            name=telegram_name,
        ),
    )
    yes = speaker_buttons.SendRequest(speaker.handle).button(t.plain.pgettext("button", "Yes, ask them"))
    no = buttons.OpenSpeaker(speaker.handle).button(t.plain.pgettext("button", "No, go back"))
    return OutgoingMessage(text, ((yes, no),))


def request_said(state: RequestState, view: View) -> OutgoingMessage:
    """Say what became of asking the organisers."""
    t = view.t
    match state:
        case RequestState.ASKED:
            text = t.gettext("I have asked the organisers, and write to you as soon as one of them has answered.")
        case RequestState.WAITING:
            text = t.gettext("I have asked the organisers already; nobody has answered yet.")
        case RequestState.TOO_MANY:
            text = t.gettext(
                "You have asked about several speakers, and nobody has answered yet. Please wait for that."
            )
        case RequestState.REFUSED:
            text = t.gettext("The organisers did not confirm it. Please speak to them in person.")
        case _:
            text = t.gettext("There is no organiser here whom I could ask. Please speak to them in person.")
    return OutgoingMessage(text, ((menu_button(view),),))


def confirmed_notice(speaker: Speaker, view: View) -> OutgoingMessage:
    """Tell who asked that they are this speaker now."""
    text = paragraphs(
        bold(view.t.gettext("The organisers confirmed it: you are %(name)s.", name=view.name(speaker))),
        view.t.gettext("Your speaker’s desk is open: when and where you are on, and the organisers one tap away."),
    )
    return OutgoingMessage(text, ((desk_button(view),),))


def refused_notice(speaker: Speaker, view: View) -> OutgoingMessage:
    """Tell who asked that the organisers did not confirm it."""
    text = view.t.gettext(
        "The organisers did not confirm that you are %(name)s. If you are, please speak to them in person.",
        name=view.name(speaker),
    )
    return OutgoingMessage(text, ((menu_button(view),),))


def undone_notice(speaker: Speaker, view: View) -> OutgoingMessage:
    """Tell somebody that a profile is theirs no more."""
    text = view.t.gettext(
        "The organisers took the profile of %(name)s out of this chat. If that is a mistake, please speak to them.",
        name=view.name(speaker),
    )
    return OutgoingMessage(text, ((menu_button(view),),))


def not_a_speaker(view: View) -> OutgoingMessage:
    """Tell whoever is no speaker what the desk is, and how a speaker comes by it."""
    t = view.t
    text = paragraphs(
        bold(t.gettext("Speaker’s desk")),
        t.gettext("It is for those who speak here, and you have not claimed a profile yet."),
        t.gettext(
            "Do you speak here? Open the link or scan the QR code from the organisers. Without one, find yourself "
            "among the speakers and press “I am this speaker”."
        ),
    )
    return OutgoingMessage(text, ((_speakers_button(view),), (menu_button(view),)))


def _who(question: Html, speaker: Speaker, view: View) -> Html:
    return lines(bold(question), view.text(speaker.role), view.text(speaker.organisation))


def _ask_button(speaker: Speaker, view: View) -> Button:
    return speaker_buttons.AskToSpeak(speaker.handle).button(view.t.plain.pgettext("button", "I am this speaker"))


def _speakers_button(view: View) -> Button:
    return buttons.OpenSpeakers().button(view.t.plain.pgettext("button", "All speakers"))
