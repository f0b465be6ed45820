"""What waits for the organisers' answer, as they read it on their desk."""

from __future__ import annotations

from collections.abc import Sequence

from bot.i18n import LOCALES, Html, language_name
from bot.messages import question_buttons as buttons
from bot.messages.formatting import beside, bold, cut, label, lines, paragraphs, rows
from bot.messages.open_questions import quote
from bot.messages.outgoing import Button, OutgoingMessage
from bot.messages.pages import Page
from bot.messages.person_ids import person_by_id
from bot.messages.view import View
from bot.messages.ways_back import desk_and_menu, organisers_desk_button
from bot.open_questions import OpenQuestion, OrganiserAnswer, QuestionGroup
from content.timetable import local

GROUPS_PER_PAGE = 6
MAX_WORDINGS = 8
MAX_WORDING = 220


def questions_button(groups: int, view: View) -> Button:
    """Return the desk's way to what waits for an answer."""
    return buttons.OpenQuestions().button(view.t.plain.gettext("Questions (%(count)s)", count=groups))


def question_list(groups: Sequence[QuestionGroup], known: int, page: int, view: View) -> OutgoingMessage:
    """Return the questions that nobody answered yet. ``known``: how many answers there are already."""
    t = view.t
    shown = Page.of(groups, GROUPS_PER_PAGE, page)
    numbered = list(enumerate(shown.items, shown.number * GROUPS_PER_PAGE + 1))
    text = paragraphs(
        lines(bold(t.gettext("Questions that I could not answer")), shown.note(view)),
        None if groups else t.gettext("No question waits for an answer."),
        *(
            lines(f"{number}. {cut(group.first.wording, MAX_WORDING)}", _counts(group, view))
            for number, group in numbered
        ),
        t.gettext("Nobody sees who asked; I bring the answer to those who wait for it.") if groups else None,
    )
    choices = [
        buttons.OpenQuestionGroup(group.first.key).button(label(f"{number}. {group.first.wording}"))
        for number, group in numbered
    ]
    answers = buttons.OpenKnownAnswers().button(t.plain.gettext("Known answers (%(count)s)", count=known))
    return OutgoingMessage(
        text, (*rows(choices), *shown.buttons(view, buttons.OpenQuestions), (answers,), desk_and_menu(view))
    )


def question_group(group: QuestionGroup, view: View, *, alone: bool = False, note: str = "") -> OutgoingMessage:
    """Return questions alike in their own words. ``alone``: one of them, taken out of its group."""
    t = view.t
    several = len(group.questions) > 1
    numbered = list(enumerate(group.questions[:MAX_WORDINGS], 1))
    left = len(group.questions) - MAX_WORDINGS
    text = paragraphs(
        note or None,
        lines(
            bold(t.gettext("Questions alike") if several else t.gettext("A question")),
            _counts(group, view),
            _last_asked(group, view),
        ),
        *(_wording(question, view, number=number if several else 0) for number, question in numbered),
        t.ngettext("and %(num)s more", "and %(num)s more", left) if left > 0 else None,
        t.gettext("If they are not the same question, take one out by its button.") if several else None,
    )
    key, flag = group.first.key, int(alone)
    answer = buttons.AnswerQuestions(key, flag).button(t.plain.pgettext("button", "Answer"))
    aside = buttons.SetQuestionsAside(key, flag).button(t.plain.pgettext("button", "Set aside"))
    one_by_one = [
        buttons.OpenQuestionGroup(question.key, 1).button(label(f"{number}. {question.wording}"))
        for number, question in numbered
        if several
    ]
    return OutgoingMessage(
        text, ((answer, aside), *rows(one_by_one), (back_to_questions(view), organisers_desk_button(view)))
    )


def setting_aside(group: QuestionGroup, view: View, *, alone: bool) -> OutgoingMessage:
    """Ask before questions are set aside."""
    t, key, flag = view.t, group.first.key, int(alone)
    told = (
        t.ngettext(
            "%(num)s person waits and is told that there will be no answer here.",
            "%(num)s people wait and are told that there will be no answer here.",
            group.waiting,
        )
        if group.waiting
        else t.gettext("Nobody waits for an answer.")
    )
    text = paragraphs(
        bold(t.gettext("Set this aside?")),
        quote(group.first.wording),
        told,
        t.gettext("It comes back if somebody asks the organisers again."),
    )
    confirm = buttons.ConfirmSettingAside(key, flag, len(group.questions)).button(
        t.plain.pgettext("button", "Yes, set aside")
    )
    keep = buttons.OpenQuestionGroup(key, flag).button(t.plain.pgettext("button", "No, keep"))
    return OutgoingMessage(text, ((confirm, keep),))


def was_set_aside(told: int, view: View) -> OutgoingMessage:
    """Say that it is done."""
    t = view.t
    text = paragraphs(
        t.gettext("Set aside."),
        t.ngettext("%(num)s person is told so.", "%(num)s people are told so.", told) if told else None,
    )
    return OutgoingMessage(text, ((back_to_questions(view), organisers_desk_button(view)),))


def dealt_with(answer: OrganiserAnswer | None, view: View) -> OutgoingMessage:
    """Say that somebody else was faster, with what they answered; ``answer`` None: it was set aside, or is gone."""
    t = view.t
    if answer is None:
        text = paragraphs(t.gettext("This question no longer waits: it was set aside, or it is gone."))
        return OutgoingMessage(text, ((back_to_questions(view), organisers_desk_button(view)),))
    at = local(view.agenda.event, answer.at)
    text = paragraphs(
        bold(
            t.gettext(
                "Answered meanwhile by %(id)s, %(day)s at %(time)s:",
                id=person_by_id(answer.by, view),
                day=t.short_day(at.date()),
                time=t.clock(at),
            )
        ),
        Html(answer.text_for(t.language, view.agenda.event.default_language)),
    )
    look = buttons.OpenKnownAnswer(answer.id).button(t.plain.pgettext("button", "Open the answer"))
    return OutgoingMessage(text, ((look,), (back_to_questions(view), organisers_desk_button(view))))


def changed_since_shown(view: View) -> str:
    """Return what stands above a group that has grown since its button was made."""
    return view.t.gettext("Nothing is set aside yet: more questions have come in. Please look again.")


def back_to_questions(view: View) -> Button:
    """Return the way back to the list."""
    return buttons.OpenQuestions().button(view.t.plain.pgettext("button", "Questions"))


def _wording(question: OpenQuestion, view: View, *, number: int) -> Html:
    """Return a question with its language; with its number and how often it was asked if it is one of several."""
    said = language_name(question.language) if question.language in LOCALES else ""
    if not number:
        return lines(quote(question.wording, MAX_WORDING), said)
    times = view.t.ngettext("asked once", "asked %(num)s times", question.asked)
    return lines(quote(f"{number}. {question.wording}", MAX_WORDING), beside(said, times))


def _counts(group: QuestionGroup, view: View) -> Html:
    t = view.t
    waiting = t.ngettext("%(num)s person waits", "%(num)s people wait", group.waiting) if group.waiting else None
    return beside(t.ngettext("asked once", "asked %(num)s times", group.asked), waiting)


def _last_asked(group: QuestionGroup, view: View) -> Html:
    last = max(question.asked_on for question in group.questions)
    return view.t.gettext("Asked last: %(day)s", day=view.day(last))
