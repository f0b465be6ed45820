"""Questions without an answer: what is kept of them, who waits, who is told."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import timedelta

import pytest

from bot.models import Attendee
from bot.open_questions import OpenQuestion
from bot.services.agenda import AgendaService
from bot.services.open_questions import (
    ASKED_A_DAY,
    KEPT_OF_ONE_PERSON,
    NoSuchQuestionError,
    OpenQuestionService,
    TooManyQuestionsError,
)
from bot.services.organiser_answers import (
    MAX_ANSWER_LENGTH,
    AlreadyAnsweredError,
    AnswerTooLongError,
    EmptyAnswerError,
    NoSuchAnswerError,
    OrganiserAnswerService,
)
from bot.storage import open_questions
from bot.storage.attendees import save_attendee
from bot.storage.database import Database
from bot.storage.organisers import latest_audit_entries
from tests.bot.services.standing_clock import StandingClock
from tests.builders import a_moment

ORGANISER = 7
PRAYER = "Is there a prayer room?"
DOG = "Can I bring my dog to the dinner?"


@dataclass
class Desk:
    """Questions and answers on a real database, with a clock that stands."""

    database: Database
    clock: StandingClock
    questions: OpenQuestionService
    answers: OrganiserAnswerService

    async def asks(self, chat_id: int, text: str, language: str = "en") -> str:
        """Ask what has no answer, and return the question's key."""
        async with self.database.transaction() as connection:
            today = self.questions.today
            await save_attendee(connection, Attendee(chat_id, language, True, today, today))
        key = await self.questions.keep(text, chat_id, language)
        assert key is not None
        return key

    async def wants(self, chat_id: int, text: str, language: str = "en") -> str:
        """Ask, and pass it on to the organisers."""
        key = await self.asks(chat_id, text, language)
        await self.questions.ask(key, chat_id)
        return key

    async def find(self, key: str) -> OpenQuestion:
        return await self.questions.find(key)

    async def outbox(self) -> list[tuple[int, Mapping[str, object]]]:
        rows = await self.database.reader.execute_fetchall(
            "SELECT chat_id, payload FROM outbox WHERE kind = 'answer' ORDER BY id"
        )
        return [(row["chat_id"], json.loads(row["payload"])) for row in rows]

    async def trail(self) -> list[str]:
        return [entry.action for entry in await latest_audit_entries(self.database.reader, 20)]


@pytest.fixture
async def desk(database: Database) -> Desk:
    clock = StandingClock()
    agenda = AgendaService(database, clock)
    await agenda.load()
    answers = OrganiserAnswerService(database, clock, agenda)
    await answers.load()
    return Desk(database, clock, OpenQuestionService(database, clock, agenda), answers)


async def test_what_is_kept_of_a_question_leads_to_nobody(desk: Desk) -> None:
    people = {1_700_000_001: PRAYER, 1_700_000_002: DOG, 1_700_000_003: "Where is the lost umbrella?"}
    for chat_id, text in people.items():
        await desk.asks(chat_id, text)
        desk.clock.now += timedelta(minutes=7)
    async with desk.database.reader.execute("SELECT * FROM open_questions") as cursor:
        columns = [column[0] for column in cursor.description]
        rows = [tuple(row) for row in await cursor.fetchall()]
    (definition,) = await desk.database.reader.execute_fetchall(
        "SELECT sql FROM sqlite_master WHERE name = 'open_questions'"
    )
    tables = ("open_questions", "question_askers", "outbox", "audit", "organiser_answers", "dialogs")
    everything = [
        str(tuple(row))
        for table in tables
        for row in await desk.database.reader.execute_fetchall(f"SELECT * FROM {table}")  # noqa: S608 - above
    ]

    assert columns == ["key", "language", "wording", "asked", "asked_on", "set_aside", "answer"]
    assert "WITHOUT ROWID" in definition[0]  # a rowid would tell the order of arrival
    assert [row[0] for row in rows] == sorted(row[0] for row in rows)  # they lie in the order of a hash
    assert {row[4] for row in rows} == {"2023-11-22"}  # the day, no hour
    assert len(everything) == len(people)
    assert not any(str(chat_id) in row for chat_id in people for row in everything)


async def test_the_same_words_count_once_a_person_a_day(desk: Desk) -> None:
    key = await desk.asks(1, PRAYER)
    assert await desk.asks(1, PRAYER.upper()) == key  # a repeat, or the same update handled twice
    assert await desk.asks(2, "is there a prayer room") == key
    assert (await desk.find(key)).asked == 2
    assert (await desk.find(key)).wording == PRAYER

    desk.clock.now = a_moment("2023-11-23 09:00")
    await desk.asks(1, PRAYER)
    question = await desk.find(key)
    assert (question.asked, question.asked_on.day) == (3, 23)
    assert await desk.asks(3, PRAYER, "uk") != key


async def test_one_person_cannot_fill_the_desk(desk: Desk) -> None:
    kept = [await desk.questions.keep(f"Where is the wombat {number}?", 1, "en") for number in range(40)]

    assert len([key for key in kept if key]) == KEPT_OF_ONE_PERSON
    assert await desk.questions.keep("🦊", 2, "en") is None


async def test_the_least_asked_go_when_there_are_too_many_but_never_what_somebody_waits_for(desk: Desk) -> None:
    waited_for = await desk.wants(1, PRAYER)
    often = await desk.asks(2, DOG)
    await desk.asks(3, DOG)
    once = await desk.asks(4, "Where is the lost umbrella?")
    async with desk.database.transaction() as connection:
        gone = await open_questions.delete_least_asked(connection, 2)

    assert gone == 1
    assert {question.key for question in await open_questions.list_unanswered(desk.database.reader)} == {
        waited_for,
        often,
    }
    with pytest.raises(NoSuchQuestionError):
        await desk.questions.ask(once, 4)


async def test_asking_twice_waits_once_and_there_is_a_limit_a_day(desk: Desk) -> None:
    keys = [await desk.wants(1, f"May I bring a wombat {number}?") for number in range(ASKED_A_DAY)]
    await desk.questions.ask(keys[0], 1)
    one_more = await desk.asks(1, PRAYER)
    with pytest.raises(TooManyQuestionsError):
        await desk.questions.ask(one_more, 1)

    await desk.questions.take_back(keys[0], 1)
    await desk.questions.take_back(keys[0], 1)
    await desk.questions.ask(one_more, 1)
    assert [(await desk.find(key)).waiting for key in (keys[0], keys[1], one_more)] == [0, 1, 1]


async def test_everybody_who_asked_gets_the_answer_once(desk: Desk) -> None:
    first = await desk.wants(1, PRAYER)
    second = await desk.wants(2, "Where is the prayer room?")
    await desk.questions.ask(second, 1)
    await desk.asks(3, PRAYER)
    (group,) = await desk.answers.groups()
    assert (group.asked, group.waiting, set(group.keys)) == (3, 3, {first, second})

    answer, told = await desk.answers.answer(group.keys, {"en": "Room 12"}, ORGANISER, draft_key="draft")
    again = await desk.answers.answer(group.keys, {"en": "Room 12"}, ORGANISER, draft_key="draft")

    assert (told, again[0]) == (2, answer)
    assert sorted(chat_id for chat_id, _ in await desk.outbox()) == [1, 2]
    assert await desk.answers.groups() == ()
    assert (await desk.find(first)).waiting == 0  # nothing links them any more but the message that is due
    assert await desk.trail() == ["answer question"]
    with pytest.raises(AlreadyAnsweredError) as caught:
        await desk.answers.answer(group.keys, {"en": "Room 13"}, 8, draft_key="other")
    assert caught.value.answer == answer
    with pytest.raises(AlreadyAnsweredError):
        await desk.answers.set_aside(group.keys, 8)


async def test_what_came_in_meanwhile_and_asks_the_same_is_answered_with_it(desk: Desk) -> None:
    first = await desk.wants(1, PRAYER)
    (group,) = await desk.answers.groups()
    meanwhile = await desk.wants(2, "Do you have a prayer room?")
    another = await desk.wants(3, DOG)

    _, told = await desk.answers.answer(group.keys, {"en": "Room 12"}, ORGANISER, draft_key="draft")

    assert told == 2
    assert [(await desk.find(key)).answer is None for key in (first, meanwhile, another)] == [False, False, True]


async def test_a_like_question_is_known_until_it_is_forgotten_also_after_a_restart(desk: Desk) -> None:
    key = await desk.wants(1, PRAYER)
    answer, _ = await desk.answers.answer([key], {"en": "Room 12"}, ORGANISER, draft_key="draft")
    assert desk.answers.find_known("do you have a prayer room", "en") == answer
    assert desk.answers.find_known("When is the prayer room open?", "en") is None
    assert desk.answers.find_known("is there a prayer room", "ro") == answer  # word for word

    await desk.answers.load()
    corrected, told = await desk.answers.correct(answer.id, {"en": "Room 14"}, ORGANISER, draft_key="better")
    assert told == 0  # the message still waits in the outbox, and will bring the correction
    assert desk.answers.find_known("do you have a prayer room", "en") == corrected
    assert await desk.answers.forget(answer.id, ORGANISER)
    assert not await desk.answers.forget(answer.id, ORGANISER)
    assert desk.answers.find_known("do you have a prayer room", "en") is None
    with pytest.raises(NoSuchAnswerError):
        await desk.answers.correct(answer.id, {"en": "Room 14"}, ORGANISER, draft_key="late")
    assert await desk.trail() == ["forget answer", "correct answer", "answer question"]


async def test_what_was_answered_today_is_asked_again_tomorrow(desk: Desk) -> None:
    shuttle = "Is there a shuttle tomorrow?"
    key = await desk.wants(1, shuttle)
    await desk.answers.answer([key], {"en": "Yes, at 9"}, ORGANISER, draft_key="draft")
    assert desk.answers.find_known(shuttle, "en") is not None

    desk.clock.now = a_moment("2023-11-23 09:00")
    assert desk.answers.find_known(shuttle, "en") is None
    await desk.wants(2, shuttle)
    assert (await desk.find(key)).waiting == 1


async def test_who_waits_for_what_is_set_aside_is_told_and_the_question_may_come_back(desk: Desk) -> None:
    key = await desk.wants(1, PRAYER)

    assert await desk.answers.set_aside([key], ORGANISER) == 1
    assert await desk.outbox() == [(1, {"answer": None, "question": key, "corrected": False})]
    await desk.asks(2, PRAYER)
    assert await desk.answers.groups() == ()
    await desk.questions.ask(key, 2)
    assert [group.waiting for group in await desk.answers.groups()] == [1]


async def test_an_answer_has_words_and_fits_into_a_message(desk: Desk) -> None:
    for texts in ({}, {"en": " "}, {"en": "<b> </b>"}, {"en": "x", "ro": ""}):
        with pytest.raises(EmptyAnswerError):
            desk.answers.check(texts)
    with pytest.raises(AnswerTooLongError):
        desk.answers.check({"en": "🦊" * (MAX_ANSWER_LENGTH // 2 + 1)})
    desk.answers.check({"en": "<b>" + "x" * MAX_ANSWER_LENGTH + "</b>"})


async def test_a_new_answer_comes_to_who_got_one_that_was_forgotten(desk: Desk) -> None:
    key = await desk.wants(1, PRAYER)
    answer, _ = await desk.answers.answer([key], {"en": "Room 21"}, ORGANISER, draft_key="wrong")
    await desk.answers.forget(answer.id, ORGANISER)
    key = await desk.wants(1, PRAYER)

    answer, told = await desk.answers.answer([key], {"en": "Room 12"}, ORGANISER, draft_key="right")

    assert told == 1
    assert (await desk.outbox())[-1] == (1, {"answer": answer.id, "question": key, "corrected": False})


async def test_who_waits_for_a_correction_gets_the_next_one_in_its_place(desk: Desk) -> None:
    """Corrected twice by night: the message that waits for the morning brings the last word, and comes alone."""
    key = await desk.wants(1, PRAYER)
    answer, _ = await desk.answers.answer([key], {"en": "Room 21"}, ORGANISER, draft_key="first")
    async with desk.database.transaction() as connection:
        await connection.execute("UPDATE outbox SET state = 'sent'")

    for draft, room in (("second", "Room 12"), ("third", "Room 14")):
        _, told = await desk.answers.correct(answer.id, {"en": room}, ORGANISER, draft_key=draft)
        assert told == 1

    assert [payload["corrected"] for _, payload in await desk.outbox()] == [False, True]
