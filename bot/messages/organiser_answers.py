"""An answer while an organiser writes it, and the answers that are known."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from bot.i18n import Html, language_name
from bot.messages import question_buttons as buttons
from bot.messages.formatting import bold, cut, label, lines, paragraphs, rows
from bot.messages.lengths import shown_text
from bot.messages.open_questions import quote
from bot.messages.organiser_questions import MAX_WORDING, back_to_questions
from bot.messages.outgoing import Button, OutgoingMessage
from bot.messages.pages import Page
from bot.messages.person_ids import person_by_id
from bot.messages.texts_by_language import who_reads_what, write_buttons
from bot.messages.view import View
from bot.messages.ways_back import organisers_desk_button
from bot.open_questions import KnownAnswer, OrganiserAnswer
from content.timetable import local

ANSWERS_PER_PAGE = 6
MAX_SHOWN_QUESTIONS = 3
MAX_ANSWER_SHOWN = 500


def answer_request(
    question: str, language: str, draft: str, view: View, *, correction: bool = False, note: str = ""
) -> OutgoingMessage:
    """Ask for the answer in a language. ``question``: its words; ``note``: put in front."""
    t = view.t
    heading = t.gettext("Correct the answer") if correction else t.gettext("Answer")
    text = paragraphs(
        note or None,
        bold(heading),
        quote(question) if question else None,
        t.gettext("Write the text for those who read: %(language)s", language=language_name(language)),
        t.gettext(
            "What you send next is this text; nobody gets it before you have seen and confirmed it."
            " Any command ends this."
        ),
        t.gettext("Other languages can have a text of their own after that."),
    )
    others = buttons.OpenAnswerTexts(draft).button(t.plain.pgettext("button", "Other languages"))
    return OutgoingMessage(text, ((others, _discard(draft, view)),))


def answer_texts(question: str, texts: Mapping[str, str], draft: str, view: View) -> OutgoingMessage:
    """Show who reads which text, with a way to write more of them."""
    t = view.t
    text = paragraphs(
        bold(t.gettext("Answer")),
        quote(question) if question else None,
        lines(*who_reads_what(texts, view)),
        t.gettext("Is one text enough for all? Then go on.") if texts else None,
        _typing_means_nothing(view),
    )
    write = write_buttons(texts, lambda language: buttons.WriteAnswer(draft, language), view)
    go_on = (buttons.PreviewAnswer(draft).button(t.plain.pgettext("button", "Next: preview")),) if texts else ()
    return OutgoingMessage(text, (*write, *((go_on,) if go_on else ()), (_discard(draft, view),)))


def sample_heading(languages: Sequence[str], view: View) -> OutgoingMessage:
    """Say who reads the message that stands right below."""
    names = view.t.listed(language_name(each) for each in languages)
    return OutgoingMessage(view.t.gettext("This is how it looks for those who read: %(languages)s", languages=names))


def confirmation(waiting: int, draft: str, revision: int, view: View, *, correction: bool = False) -> OutgoingMessage:
    """Ask for the yes. ``waiting``: how many people get it at once."""
    t = view.t
    told = (
        t.ngettext("%(num)s person gets it now.", "%(num)s people get it now.", waiting)
        if waiting
        else t.gettext("Nobody gets it now.")
    )
    text = paragraphs(
        bold(t.gettext("Send this correction?") if correction else t.gettext("Send this answer?")),
        told,
        t.gettext("Whoever asks the same from now on gets it too, as an answer of the organisers with its date."),
        _typing_means_nothing(view),
    )
    send = buttons.ConfirmAnswer(draft, revision).button(t.plain.pgettext("button", "Send the answer"))
    change = buttons.OpenAnswerTexts(draft).button(t.plain.pgettext("button", "Change the text"))
    return OutgoingMessage(text, ((send,), (change,), (_discard(draft, view),)))


def given(told: int, answer: int, view: View, *, correction: bool = False) -> OutgoingMessage:
    """Say that the answer is given."""
    t = view.t
    text = paragraphs(
        bold(t.gettext("Corrected.") if correction else t.gettext("Answered.")),
        t.ngettext("%(num)s person gets it now.", "%(num)s people get it now.", told) if told else None,
        t.gettext("I answer the same question with it from now on."),
    )
    look = buttons.OpenKnownAnswer(answer).button(t.plain.pgettext("button", "Open the answer"))
    return OutgoingMessage(text, ((look,), (back_to_questions(view), organisers_desk_button(view))))


def discarded(view: View) -> OutgoingMessage:
    """Say that nothing is answered."""
    text = view.t.gettext("Discarded: nothing is answered.")
    return OutgoingMessage(text, ((back_to_questions(view), organisers_desk_button(view)),))


def known_answers(known: Sequence[KnownAnswer], page: int, view: View) -> OutgoingMessage:
    """Return the answers that I give from now on."""
    t = view.t
    shown = Page.of(known, ANSWERS_PER_PAGE, page)
    text = paragraphs(
        lines(bold(t.gettext("Known answers")), shown.note(view)),
        t.gettext("I give them to whoever asks the same. They are no part of the agenda: a new agenda leaves them.")
        if known
        else t.gettext("There are none yet."),
    )
    choices = [
        buttons.OpenKnownAnswer(each.answer.id).button(label(f"{number}. {_name(each, view)}"))
        for number, each in enumerate(shown.items, shown.number * ANSWERS_PER_PAGE + 1)
    ]
    return OutgoingMessage(
        text,
        (
            *rows(choices),
            *shown.buttons(view, buttons.OpenKnownAnswers),
            (back_to_questions(view), organisers_desk_button(view)),
        ),
    )


def known_answer_card(known: KnownAnswer, view: View) -> OutgoingMessage:
    """Return one answer with its questions, and the ways to correct and to forget it."""
    t = view.t
    at = local(view.agenda.event, known.answer.at)
    left = len(known.questions) - MAX_SHOWN_QUESTIONS
    text = paragraphs(
        bold(t.gettext("An answer of the organisers")),
        lines(*(quote(each.wording, MAX_WORDING) for each in known.questions[:MAX_SHOWN_QUESTIONS])),
        t.ngettext("and %(num)s more", "and %(num)s more", left) if left > 0 else None,
        *_texts(known.answer),
        t.gettext(
            "By %(id)s, %(day)s at %(time)s",
            id=person_by_id(known.answer.by, view),
            day=t.short_day(at.date()),
            time=t.clock(at),
        ),
    )
    correct = buttons.CorrectAnswer(known.answer.id).button(t.plain.pgettext("button", "Correct"))
    forget = buttons.ForgetAnswer(known.answer.id).button(t.plain.pgettext("button", "Forget"))
    answers = buttons.OpenKnownAnswers().button(t.plain.pgettext("button", "Known answers"))
    return OutgoingMessage(text, ((correct, forget), (answers, organisers_desk_button(view))))


def forgetting(known: KnownAnswer, view: View) -> OutgoingMessage:
    """Ask before an answer is forgotten."""
    t = view.t
    text = paragraphs(
        bold(t.gettext("Forget this answer?")),
        lines(*(quote(each.wording, MAX_WORDING) for each in known.questions[:1])),
        t.gettext("I stop giving it, and the questions it answers go with it. Messages already sent stay."),
    )
    confirm = buttons.ConfirmForgetting(known.answer.id).button(t.plain.pgettext("button", "Yes, forget"))
    keep = buttons.OpenKnownAnswer(known.answer.id).button(t.plain.pgettext("button", "No, keep"))
    return OutgoingMessage(text, ((confirm, keep),))


def answer_gone(view: View) -> str:
    """Return the alert for an answer that was forgotten."""
    return view.t.plain.gettext("This answer was forgotten.")


def draft_gone(view: View) -> str:
    """Return the alert for a button of an answer that was given, discarded or replaced."""
    return view.t.plain.gettext("This draft is closed: the answer was given or discarded.")


def look_again(view: View) -> str:
    """Return the alert for a confirmation that does not show the text as it stands."""
    return view.t.plain.gettext("Nothing is sent yet: this screen is not up to date. Please look again, then confirm.")


def corrected_meanwhile(answer: OrganiserAnswer, view: View) -> OutgoingMessage:
    """Say that somebody else corrected the answer, and what it says now."""
    t = view.t
    return OutgoingMessage(
        paragraphs(
            bold(t.gettext("Nothing is sent yet: somebody else corrected this answer meanwhile. It says now:")),
            *_texts(answer),
            t.gettext("If you send yours now, it takes its place."),
        )
    )


def _texts(answer: OrganiserAnswer) -> list[Html]:
    return [
        lines(bold(language_name(language)), cut(shown_text(text), MAX_ANSWER_SHOWN))
        for language, text in answer.texts.items()
    ]


def only_text(view: View) -> str:
    """Say what an answer can be."""
    return view.t.gettext("An answer is a text. Please write one.")


def too_long(length: int, limit: int, view: View) -> str:
    """Say that the text does not fit beside the question."""
    return view.t.gettext(
        "This is too long: %(length)s characters; %(limit)s fit. Please send a shorter one.", length=length, limit=limit
    )


def _name(known: KnownAnswer, view: View) -> str:
    if known.questions:
        return known.questions[0].wording
    return shown_text(known.answer.text_for(view.t.language, view.agenda.event.default_language))


def _typing_means_nothing(view: View) -> Html:
    return view.t.gettext("What you type here changes nothing; any command ends all of it.")


def _discard(draft: str, view: View) -> Button:
    return buttons.DiscardAnswer(draft).button(view.t.plain.pgettext("button", "Discard"))
