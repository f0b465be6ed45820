"""Every message about questions without an answer fits into Telegram, in each language, however long its words."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, date, datetime

import pytest

from bot.i18n import LOCALES, localizer
from bot.messages import open_questions, organiser_answers, organiser_questions
from bot.messages.answers import answer_message
from bot.messages.outgoing import OutgoingMessage
from bot.messages.view import View
from bot.open_questions import KnownAnswer, OpenQuestion, OrganiserAnswer, QuestionGroup
from content.answers import FactAnswer, UnknownAnswer
from tests.bot.messages.crawler import flaws
from tests.builders import a_moment, an_agenda

KEY = "f" * 32
DRAFT = "A1b2C3d4"
HOSTILE = ("<b>&</i> " * 60)[:500]
ZALGO = "Z̴̧a̷l̵̡g̸o " * 50
LARGE = 2**53


def a_question(number: int = 0, wording: str = HOSTILE, **fields: int | str) -> OpenQuestion:
    defaults = {"language": ("en", "ro", "uk", "xx")[number % 4], "asked": 5_000 + number, "waiting": 1_000}
    return OpenQuestion(f"{number:032x}", wording=wording, asked_on=date(2023, 11, 22), **(defaults | fields))  # type: ignore[arg-type]


def everything(view: View) -> Iterator[OutgoingMessage]:
    """Yield each message with the longest values it can hold."""
    text = "🦊" * 1_500  # 3,000 of Telegram's units
    answer = OrganiserAnswer(LARGE, dict.fromkeys(LOCALES, f"<b>{text}</b>"), LARGE, datetime(2023, 11, 22, tzinfo=UTC))
    question, group = a_question(), QuestionGroup(tuple(map(a_question, range(40))))
    known = KnownAnswer(answer, group.questions)
    for found in (UnknownAnswer(()), FactAnswer("wifi", None)):
        message = answer_message(found, view)
        yield open_questions.with_offer(message, KEY, view, leads_to_buttons=isinstance(found, UnknownAnswer))
    yield open_questions.passed_on(question, view)
    yield open_questions.taken_back(question, view)
    yield open_questions.known_answer(answer, view)
    yield open_questions.answered_meanwhile(question, answer, view)
    for corrected in (False, True):
        yield open_questions.answer_notice(question, answer, view, corrected=corrected)
    yield open_questions.answer_notice(question, None, view, corrected=False)
    many = [QuestionGroup((a_question(number, wording),)) for number in range(30) for wording in (HOSTILE, ZALGO[:500])]
    for groups in ([], many[:1], many):
        for page in (0, 1, 99):
            yield organiser_questions.question_list(groups, LARGE, page, view)
    for alone in (False, True):
        yield organiser_questions.question_group(group, view, alone=alone, note="!")
        yield organiser_questions.setting_aside(group, view, alone=alone)
    yield organiser_questions.question_group(QuestionGroup((a_question(waiting=0),)), view)
    yield organiser_questions.setting_aside(QuestionGroup((a_question(waiting=0),)), view, alone=True)
    for told in (0, 1, 5_000):
        yield organiser_questions.was_set_aside(told, view)
        for correction in (False, True):
            yield organiser_answers.confirmation(told, DRAFT, LARGE, view, correction=correction)
            yield organiser_answers.given(told, LARGE, view, correction=correction)
    yield organiser_questions.dealt_with(answer, view)
    yield organiser_questions.dealt_with(None, view)
    for texts in ({}, {"ro": text}, answer.texts):
        yield organiser_answers.answer_texts(HOSTILE, texts, DRAFT, view)
    for language in LOCALES:
        yield organiser_answers.answer_request(HOSTILE, language, DRAFT, view, note="!", correction=language == "ro")
        yield organiser_answers.sample_heading((language,), view)
    yield organiser_answers.discarded(view)
    for listed in ([], [known], [known] * 20, [KnownAnswer(answer, ())]):
        yield organiser_answers.known_answers(listed, 1, view)
    for each in (known, KnownAnswer(answer, ())):
        yield organiser_answers.known_answer_card(each, view)
        yield organiser_answers.forgetting(each, view)


@pytest.mark.parametrize("language", LOCALES)
def test_everything_can_be_sent(language: str) -> None:
    view = View(localizer(language), an_agenda(), a_moment("2023-11-22 10:05"))

    assert [(flaws(message), message.text[:80]) for message in everything(view) if flaws(message)] == []


@pytest.mark.parametrize("language", LOCALES)
def test_every_alert_fits_into_its_window(language: str) -> None:
    view = View(localizer(language), an_agenda(), a_moment("2023-11-22 10:05"))
    alerts = (
        open_questions.question_gone(view),
        open_questions.asked_enough(5, view),
        organiser_answers.answer_gone(view),
        organiser_answers.draft_gone(view),
        organiser_answers.look_again(view),
    )

    assert [alert for alert in alerts if len(alert) > 200] == []


def test_the_offer_stands_before_what_leads_to_the_buttons() -> None:
    view = View(localizer("en"), an_agenda(), a_moment("2023-11-22 10:05"))

    offered = open_questions.with_offer(answer_message(UnknownAnswer(()), view), KEY, view, leads_to_buttons=True)

    assert offered.text.splitlines()[-1] == "Ask in other words, or look here:"
    assert [button.text for button in offered.buttons[-1]] == ["Ask the organisers"]
