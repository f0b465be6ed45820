"""A question without an answer, as the attendee reads of it: passed on, taken back, answered by the organisers."""

from __future__ import annotations

from bot.i18n import Html, escaped
from bot.messages import question_buttons as buttons
from bot.messages.formatting import bold, cut, italic, paragraphs
from bot.messages.outgoing import Button, OutgoingMessage
from bot.messages.sessions import menu_button
from bot.messages.view import View
from bot.open_questions import OpenQuestion, OrganiserAnswer
from content.timetable import local

MAX_QUOTED = 300


def with_offer(message: OutgoingMessage, key: str, view: View, *, leads_to_buttons: bool) -> OutgoingMessage:
    """Add to an answer that is none the way to the organisers.

    ``leads_to_buttons``: its last paragraph speaks of the buttons that follow, and has to stay the last.
    """
    offer = view.t.gettext("The organisers may know: one tap passes your question on to them.")
    head, _, lead = message.text.rpartition("\n\n") if leads_to_buttons else (message.text, "", "")
    return OutgoingMessage(paragraphs(Html(head), offer, Html(lead)), (*message.buttons, (_ask(key, view),)))


def passed_on(question: OpenQuestion, view: View) -> OutgoingMessage:
    """Say that the organisers have the question, what is kept for that, and how to take it back."""
    t = view.t
    text = paragraphs(
        bold(t.gettext("Your question is with the organisers.")),
        quote(question.wording),
        t.gettext("Their answer will come here. They do not see who asks."),
        t.gettext("For this I keep the question together with your chat, until two weeks after the answer."),
    )
    back = buttons.TakeQuestionBack(question.key).button(t.plain.pgettext("button", "Take the question back"))
    return OutgoingMessage(text, ((back,), (menu_button(view),)))


def taken_back(question: OpenQuestion, view: View) -> OutgoingMessage:
    """Say that no answer will come, and what is left."""
    t = view.t
    text = paragraphs(
        bold(t.gettext("Taken back: no answer will come to you.")),
        quote(question.wording),
        t.gettext("Nothing says any more that you asked. The words of the question stay, without you."),
    )
    return OutgoingMessage(text, ((_ask(question.key, view),), (menu_button(view),)))


def known_answer(answer: OrganiserAnswer, view: View, *, note: str = "") -> OutgoingMessage:
    """Return what the organisers answered to a question like this one. ``note``: put below, escaped."""
    t = view.t
    given = local(view.agenda.event, answer.at).date()
    text = paragraphs(
        _text(answer, view),
        italic(t.gettext("From the organisers, %(day)s.", day=view.day(given))),
        note or t.gettext("If you asked something else, please say it in other words."),
    )
    return OutgoingMessage(text, ((menu_button(view),),))


def answered_meanwhile(question: OpenQuestion, answer: OrganiserAnswer, view: View) -> OutgoingMessage:
    """Return the answer to a question that somebody passed on after it had been answered."""
    said = known_answer(answer, view, note=view.t.gettext("Nothing is kept about you for this."))
    return OutgoingMessage(paragraphs(quote(question.wording), Html(said.text)), said.buttons)


def answer_notice(
    question: OpenQuestion, answer: OrganiserAnswer | None, view: View, *, corrected: bool
) -> OutgoingMessage:
    """Return what somebody reads who asked the organisers; ``answer`` None: there will be none."""
    t = view.t
    if answer is None:
        heading = t.gettext("The organisers will not answer this question here:")
        said = t.gettext("You can still reach them in person, or ask in other words.")
    else:
        heading = (
            t.gettext("The organisers corrected their answer to your question:")
            if corrected
            else t.gettext("The organisers answered your question:")
        )
        said = _text(answer, view)
    why = t.gettext("You get this because you asked the organisers. Nothing more will come about this question.")
    if answer is not None:
        why = t.gettext("You get this because you asked the organisers. Only a correction would still come.")
    return OutgoingMessage(
        paragraphs(bold(heading), quote(question.wording), said, italic(why)), ((menu_button(view),),)
    )


def question_gone(view: View) -> str:
    """Return the alert for a question that is not kept any more."""
    return view.t.plain.gettext("I no longer have this question. Please write it once more.")


def asked_enough(limit: int, view: View) -> str:
    """Return the alert for somebody who passed on as many questions as one may in a day."""
    return view.t.plain.ngettext(
        "You passed on %(num)s question today; more than that is not possible in one day. Please go on tomorrow.",
        "You passed on %(num)s questions today; more than that is not possible in one day. Please go on tomorrow.",
        limit,
    )


def quote(wording: str, length: int = MAX_QUOTED) -> Html:
    """Return a question as it was written, set off and escaped."""
    return Html(f"<blockquote>{escaped(cut(wording, length))}</blockquote>")


def _text(answer: OrganiserAnswer, view: View) -> Html:
    return Html(answer.text_for(view.t.language, view.agenda.event.default_language))


def _ask(key: str, view: View) -> Button:
    return buttons.AskOrganisers(key).button(view.t.plain.pgettext("button", "Ask the organisers"))
