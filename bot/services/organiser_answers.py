"""Answers of organisers: given once, brought to all who asked, and known from then on."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Collection, Mapping
from datetime import timedelta

from bot.clock import Clock
from bot.messages.lengths import shown_length, shown_text
from bot.open_questions import KnownAnswer, OpenQuestion, OrganiserAnswer, QuestionGroup
from bot.services.agenda import AgendaService
from bot.services.known_answers import KnownQuestions
from bot.storage import open_questions, organiser_answers
from bot.storage.database import Connection, Database
from bot.storage.organisers import add_audit_entry
from content.questions.grouping import Grouping
from content.questions.likeness import read_wording

MAX_ANSWER_LENGTH = 3_000
"""Of an answer, in Telegram's units without the markup: the question and its notes stand in the same message."""

TOLD_WITHIN = timedelta(days=7)


class EmptyAnswerError(Exception):
    """There is no text."""


class AnswerTooLongError(Exception):
    """A text has ``length`` units, more than `MAX_ANSWER_LENGTH`."""

    def __init__(self, length: int) -> None:
        super().__init__(f"{length} units are more than {MAX_ANSWER_LENGTH}")
        self.length = length


class AlreadyAnsweredError(Exception):
    """Somebody dealt with these questions meanwhile. ``answer`` None: they were set aside, or are gone."""

    def __init__(self, answer: OrganiserAnswer | None) -> None:
        super().__init__("these questions wait no more")
        self.answer = answer


class AnswerMovedError(Exception):
    """Somebody else corrected it meanwhile: it is ``answer`` now."""

    def __init__(self, answer: OrganiserAnswer) -> None:
        super().__init__("the answer was corrected meanwhile")
        self.answer = answer


class NoSuchAnswerError(LookupError):
    """There is no such answer, or it was forgotten."""


class OrganiserAnswerService:
    """The only writer of organisers' answers. What it knows is held in memory, ready to be compared with a question."""

    def __init__(self, database: Database, clock: Clock, agenda: AgendaService) -> None:
        self._database = database
        self._clock = clock
        self._agenda = agenda
        self._known = KnownQuestions(())
        self._grouping: Grouping[str] = Grouping()
        self._listeners: list[Callable[[], None]] = []

    def subscribe(self, listener: Callable[[], None]) -> None:
        """Call this whenever there are answers to be brought to people."""
        self._listeners.append(listener)

    async def load(self) -> None:
        """Read what is known."""
        self._known = KnownQuestions(await self.known_answers(), self._agenda.current.agenda.event.time_zone)

    async def forget_person(self, _: int | None) -> None:
        """Read anew who answered: somebody was forgotten."""
        await self.load()

    def find_known(self, text: str, language: str) -> OrganiserAnswer | None:
        """Return the answer to a question that is surely the same as one answered before; None: there is none."""
        return self._known.find(text, language, self._clock())

    async def known_answers(self) -> tuple[KnownAnswer, ...]:
        """Return every answer with its questions, the newest first."""
        answers = await organiser_answers.list_answers(self._database.reader)
        questions = await open_questions.list_answered(self._database.reader)
        return tuple(
            KnownAnswer(answer, tuple(each for each in questions if each.answer == answer.id)) for answer in answers
        )

    async def get(self, id_: int) -> KnownAnswer:
        """Return this answer with its questions.

        Raises:
            NoSuchAnswerError: there is none.
        """
        answer = await organiser_answers.find_answer(self._database.reader, id_)
        if answer is None:
            raise NoSuchAnswerError(id_)
        return KnownAnswer(answer, await open_questions.list_answered_by(self._database.reader, id_))

    async def groups(self) -> tuple[QuestionGroup, ...]:
        """Return what waits for an answer, alike ones together: first what people wait for, then the most asked."""
        questions = {each.key: each for each in await open_questions.list_unanswered(self._database.reader)}
        grouping = self._grouping
        if not grouping.keys() <= questions.keys():  # some are answered: their groups may have fallen apart
            grouping = Grouping()
        for key, question in questions.items():
            if key not in grouping:
                grouping.add(key, read_wording(question.wording))
                await asyncio.sleep(0)  # the first look at many takes a while, and others want answers
        self._grouping = grouping
        found = [
            QuestionGroup(tuple(question for key, question in questions.items() if key in group))
            for group in grouping.groups()
            if group <= questions.keys()
        ]
        return tuple(sorted(found, key=lambda group: (-group.asked, -group.waiting, group.first.key)))

    async def group_of(self, key: str) -> QuestionGroup | None:
        """Return the group in which this question stands now; None: it waits for no answer (any more)."""
        return next((group for group in await self.groups() if key in group.keys), None)

    def check(self, texts: Mapping[str, str]) -> None:
        """Raise what `answer` would raise about the texts.

        Raises:
            EmptyAnswerError, AnswerTooLongError: it cannot be sent so.
        """
        if not texts or not all(shown_text(text).strip() for text in texts.values()):
            raise EmptyAnswerError
        if (length := max(map(shown_length, texts.values()))) > MAX_ANSWER_LENGTH:
            raise AnswerTooLongError(length)

    async def answer(
        self, keys: Collection[str], texts: Mapping[str, str], by: int, *, draft_key: str
    ) -> tuple[OrganiserAnswer, int]:
        """Answer these questions; return the answer and how many people get it now.

        Whatever else waits and surely asks the same is answered with them. The same ``draft_key`` again changes
        nothing.

        Raises:
            AlreadyAnsweredError: none of these waits any more.
            EmptyAnswerError, AnswerTooLongError: as `check`.
        """
        self.check(texts)
        now, more = self._clock(), await self._asking_the_same(keys)
        async with self._database.transaction() as connection:
            if confirmed := await organiser_answers.find_by_draft(connection, draft_key):
                return confirmed, len(await organiser_answers.list_told(connection, confirmed.id))
            waiting = [each.key for each in await _unanswered(connection, {*keys, *more})]
            if not set(waiting) & set(keys):
                raise AlreadyAnsweredError(await _answer_of(connection, keys))
            id_ = await organiser_answers.add_answer(connection, draft_key, texts, by, now)
            await open_questions.set_answer(connection, waiting, id_)
            told = await self._tell(connection, await open_questions.take_askers(connection, waiting), id_)
            await add_audit_entry(connection, now, by, "answer question", {"answer": id_, "questions": len(waiting)})
            answer = await organiser_answers.find_answer(connection, id_)
        await self._changed()
        assert answer is not None  # noqa: S101 - just written; for mypy
        return answer, told

    async def set_aside(self, keys: Collection[str], by: int) -> int:
        """Show these no more, and tell those who wait that there will be no answer; return how many wait.

        Raises:
            AlreadyAnsweredError: none of these waits any more.
        """
        now = self._clock()
        async with self._database.transaction() as connection:
            waiting = [each.key for each in await _unanswered(connection, keys)]
            if not waiting:
                raise AlreadyAnsweredError(await _answer_of(connection, keys))
            await open_questions.set_aside(connection, waiting, aside=True)
            told = await self._tell(connection, await open_questions.take_askers(connection, waiting), None)
            await add_audit_entry(connection, now, by, "set question aside", {"questions": len(waiting)})
        await self._changed()
        return told

    async def correct(
        self, id_: int, texts: Mapping[str, str], by: int, *, draft_key: str, seen: str = ""
    ) -> tuple[OrganiserAnswer, int]:
        """Replace an answer; those who had asked and got the old one get the new one. Returns it and how many.

        ``seen``: the mark of the answer when the correction was begun; empty: whatever it is now.

        Raises:
            NoSuchAnswerError: it was forgotten.
            AnswerMovedError: it is another one than was seen.
            EmptyAnswerError, AnswerTooLongError: as `check`.
        """
        self.check(texts)
        now = self._clock()
        async with self._database.transaction() as connection:
            askers = await organiser_answers.list_told(connection, id_)
            if confirmed := await organiser_answers.find_by_draft(connection, draft_key):
                return confirmed, len(askers)
            found = await organiser_answers.find_answer(connection, id_)
            if found is None:
                raise NoSuchAnswerError(id_)
            if seen and seen != found.mark:
                raise AnswerMovedError(found)
            number = await organiser_answers.correct_answer(connection, id_, texts, draft_key=draft_key, by=by, at=now)
            waiting = await organiser_answers.list_waiting(connection, id_)
            await self._tell(connection, [each for each in askers if each[0] not in waiting], id_, correction=number)
            await add_audit_entry(connection, now, by, "correct answer", {"answer": id_})
            answer = await organiser_answers.find_answer(connection, id_)
        await self._changed()
        assert answer is not None  # noqa: S101 - just written; for mypy
        return answer, len(askers)

    async def forget(self, id_: int, by: int) -> bool:
        """Forget an answer and its questions; who did not get it yet gets it no more. False: that was done before."""
        async with self._database.transaction() as connection:
            forgotten = await organiser_answers.delete_answer(connection, id_)
            if forgotten:
                await add_audit_entry(connection, self._clock(), by, "forget answer", {"answer": id_})
        await self._changed()
        return forgotten

    async def told(self, id_: int) -> int:
        """Return how many people got this answer because they had asked."""
        return len(await organiser_answers.list_told(self._database.reader, id_))

    async def question(self, key: str) -> OpenQuestion | None:
        """Return this question; None: it is not kept any more."""
        return await open_questions.find_question(self._database.reader, key)

    async def _asking_the_same(self, keys: Collection[str]) -> set[str]:
        questions = await open_questions.list_unanswered(self._database.reader)
        answered = KnownQuestions.comparing([each for each in questions if each.key in keys])
        return {each.key for each in questions if answered.asks_the_same(each)}

    async def _tell(
        self, connection: Connection, askers: Collection[tuple[int, str]], answer: int | None, *, correction: int = 0
    ) -> int:
        now = self._clock()
        for chat_id, question in askers:
            about = f"{answer}:{correction}" if answer is not None else f"none:{question}:{now:%Y%m%d%H%M%S%f}"
            await organiser_answers.add_answer_row(
                connection,
                chat_id,
                question,
                key=f"answer:{about}:{chat_id}",
                answer=answer,
                corrected=correction > 0,
                now=now,
                expires_at=now + TOLD_WITHIN,
            )
        return len(askers)

    async def _changed(self) -> None:
        await self.load()
        for listener in self._listeners:
            listener()


async def _unanswered(connection: Connection, keys: Collection[str]) -> list[OpenQuestion]:
    found = await open_questions.list_questions(connection, keys)
    return [each for each in found if each.answer is None and not each.set_aside]


async def _answer_of(connection: Connection, keys: Collection[str]) -> OrganiserAnswer | None:
    """Return what answers the first of these that is answered."""
    ids = [each.answer for each in await open_questions.list_questions(connection, keys) if each.answer is not None]
    return await organiser_answers.find_answer(connection, ids[0]) if ids else None
