"""A speaker's trouble: the buttons, what they read, what every organiser reads, and the answer back."""

from __future__ import annotations

from bot.i18n import Html
from bot.messages import speaker_buttons
from bot.messages.formatting import beside, bold, italic, lines, paragraphs, profile_link
from bot.messages.outgoing import Button, OutgoingMessage
from bot.messages.sessions import cut_title, menu_button
from bot.messages.speaker_claiming import desk_button
from bot.messages.view import View
from bot.messages.ways_back import desk_and_menu, organisers_desk_button
from bot.speakers import CallAnswer, CallKind, CallState, SpeakerCall
from content.agenda import Session, Speaker


def call_buttons(view: View) -> list[Button]:
    """Return the buttons of the speaker's desk by which to call the organisers."""
    t = view.t.plain
    return [
        speaker_buttons.CallOrganisers(CallKind.LATE.value).button(t.pgettext("button", "I am running late")),
        speaker_buttons.AskCall().button(t.pgettext("button", "I can’t come")),
        speaker_buttons.CallOrganisers(CallKind.HELP.value).button(t.pgettext("button", "I need help")),
    ]


def absence_question(view: View) -> OutgoingMessage:
    """Ask before every organiser hears that a speaker cannot come."""
    t = view.t
    text = t.gettext("Shall I tell all organisers at once that you can’t come?")
    yes = speaker_buttons.CallOrganisers(CallKind.ABSENT.value).button(t.plain.pgettext("button", "Yes, tell them"))
    no = speaker_buttons.OpenSpeakerDesk().button(t.plain.pgettext("button", "No, go back"))
    return OutgoingMessage(text, ((yes, no),))


def call_said(state: CallState, view: View) -> OutgoingMessage:
    """Say what became of a call."""
    t = view.t
    match state:
        case CallState.SENT:
            text = paragraphs(
                bold(t.gettext("All organisers are being told now.")),
                t.gettext("I write to you as soon as one of them answers."),
            )
        case CallState.TWICE:
            text = t.gettext("The organisers were told a moment ago. You can tell them again in two minutes.")
        case _:
            text = t.gettext("No organiser can be reached through me. Please look for them at the venue.")
    return OutgoingMessage(text, ((desk_button(view),), (menu_button(view),)))


def call_notice(call: SpeakerCall, view: View) -> OutgoingMessage:
    """Return what an organiser reads of a call: who, what, when they are on; the answers, unless one was given."""
    t = view.t
    speaker, session = view.agenda.by_handle.get(call.handle), view.agenda.by_handle.get(call.session or "")
    name = view.name(speaker) if isinstance(speaker, Speaker) else str(call.chat_id)
    answered = _answered(call, view)
    text = paragraphs(
        lines(bold(_what(call, name, view)), *(_slot(session, view) if isinstance(session, Session) else [])),
        t.gettext("Write to them: %(person)s", person=profile_link(name, call.chat_id)),
        answered
        or italic(t.gettext("You get this because you are an organiser; all organisers hear it, by night too.")),
    )
    if answered:
        return OutgoingMessage(text, ((organisers_desk_button(view),),))
    labels = {
        CallAnswer.SEEN: t.plain.pgettext("button", "Seen, thank you"),
        CallAnswer.CALL: t.plain.pgettext("button", "Please call or write to me"),
        CallAnswer.COMING: t.plain.pgettext("button", "I am coming to you"),
    }
    answers = ((speaker_buttons.AnswerCall(call.id, each.value).button(said),) for each, said in labels.items())
    return OutgoingMessage(text, tuple(answers))


def call_gone(view: View) -> OutgoingMessage:
    """Say to an organiser that a call is no longer there."""
    text = view.t.gettext("This call is gone: who made it was forgotten.")
    return OutgoingMessage(text, (desk_and_menu(view),))


def call_answer_notice(call: SpeakerCall, view: View) -> OutgoingMessage:
    """Return what the speaker reads of an organiser's answer."""
    t = view.t
    who = call.answered_by or 0
    # Translators: a link to a person, after a colon.
    profile = profile_link(t.plain.gettext("their Telegram profile"), who)
    match call.answer:
        case CallAnswer.CALL:
            text = t.gettext("An organiser has read it and asks you to call or write: %(profile)s", profile=profile)
        case CallAnswer.COMING:
            text = t.gettext("An organiser is coming to you: %(profile)s", profile=profile)
        case _:
            text = t.gettext("The organisers have read it. Thank you for telling them.")
    return OutgoingMessage(bold(text) if call.answer is CallAnswer.SEEN else text, ((desk_button(view),),))


def _what(call: SpeakerCall, name: str, view: View) -> Html:
    t = view.t
    match call.kind:
        case CallKind.LATE:
            return t.gettext("%(name)s is running late", name=name)
        case CallKind.ABSENT:
            return t.gettext("%(name)s can’t come", name=name)
        case _:
            return t.gettext("%(name)s needs help", name=name)


def _slot(session: Session, view: View) -> list[Html]:
    room = view.room_of(session)
    return [
        beside(view.when(session), view.text(room.name) if room else None),
        Html(bold(cut_title(session, view))),
    ]


def _answered(call: SpeakerCall, view: View) -> Html:
    t = view.t
    if call.answer is None or call.answered_by is None:
        return Html("")
    said = {
        CallAnswer.SEEN: t.pgettext("an organiser’s answer", "seen, thank you"),
        CallAnswer.CALL: t.pgettext("an organiser’s answer", "please call or write to me"),
        CallAnswer.COMING: t.pgettext("an organiser’s answer", "I am coming to you"),
    }[call.answer]
    by = profile_link(str(call.answered_by), call.answered_by)
    return t.gettext("Answered by %(person)s: %(answer)s", person=by, answer=said)
