"""Questions that Ghid could not answer: kept without the person, passed on for whoever wants the organisers to hear."""

from __future__ import annotations

import hashlib
from collections import defaultdict
from datetime import date

from bot.clock import Clock
from bot.open_questions import OpenQuestion
from bot.services.agenda import AgendaService
from bot.storage import open_questions
from bot.storage.database import Connection, Database
from content.questions.keeping import kept_wording
from content.questions.likeness import read_wording
from content.timetable import local

ASKED_A_DAY = 5
"""How many questions one person may pass on a day."""

MOST_UNANSWERED = 500
KEPT_OF_ONE_PERSON = 30
"""How many questions are kept that one person asked within a day (counted in memory alone)."""


class NoSuchQuestionError(LookupError):
    """This question is not kept (any more)."""


class TooManyQuestionsError(Exception):
    """This person passed on as many questions today as one may."""


class OpenQuestionService:
    """The only writer of unanswered questions and of who waits for them.

    Whom a question came from is known in memory until the day ends, so that nobody counts twice; it is never written.
    """

    def __init__(self, database: Database, clock: Clock, agenda: AgendaService) -> None:
        self._database = database
        self._clock = clock
        self._agenda = agenda
        self._day = date.min
        self._counted: defaultdict[int, set[str]] = defaultdict(set)

    @property
    def today(self) -> date:
        """The date on the event's clock."""
        return local(self._agenda.current.agenda.event, self._clock()).date()

    async def keep(self, text: str, chat_id: int, language: str) -> str | None:
        """Keep a question that has no answer, and return its key; None: it is none that an organiser could answer."""
        wording = kept_wording(text)
        if wording is None:
            return None
        compared = read_wording(wording)
        key = _key(language, compared.folded)
        counted = self._counted_today(chat_id)
        if key in counted or len(counted) >= KEPT_OF_ONE_PERSON:
            if await open_questions.find_question(self._database.reader, key):
                return key
            if key not in counted:
                return None
        async with self._database.transaction() as connection:
            await open_questions.count_asked(connection, key, language, wording, self.today, anew=compared.relative)
            await open_questions.delete_least_asked(connection, MOST_UNANSWERED, but=key)
        counted.add(key)  # once it is written: what failed is tried again
        return key

    async def find(self, key: str) -> OpenQuestion:
        """Return this question.

        Raises:
            NoSuchQuestionError: it is not kept.
        """
        return await _existing(self._database.reader, key)

    async def ask(self, key: str, chat_id: int) -> OpenQuestion:
        """Let this person wait for the organisers' answer; done twice it is done once.

        One that was set aside comes back to the organisers. One that is answered is returned with its answer, and
        nobody begins to wait.

        Raises:
            NoSuchQuestionError: it is not kept.
            TooManyQuestionsError: this person passed on enough today.
        """
        today = self.today
        async with self._database.transaction() as connection:
            question = await _existing(connection, key)
            if question.answer is not None or await open_questions.is_asker(connection, key, chat_id):
                return question
            if await open_questions.count_asked_by(connection, chat_id, today) >= ASKED_A_DAY:
                raise TooManyQuestionsError
            await open_questions.add_asker(connection, key, chat_id, today)
            await open_questions.set_aside(connection, (key,), aside=False)
            return await _existing(connection, key)

    async def take_back(self, key: str, chat_id: int) -> OpenQuestion:
        """Let this person wait no more: nothing says then that they asked. The question itself stays.

        Raises:
            NoSuchQuestionError: it is not kept.
        """
        async with self._database.transaction() as connection:
            await open_questions.delete_asker(connection, key, chat_id)
            return await _existing(connection, key)

    async def forget_person(self, chat_id: int | None) -> None:
        """Forget what this person, None: everybody, asked today, as far as memory goes."""
        if chat_id is None:
            self._counted.clear()
        else:
            self._counted.pop(chat_id, None)

    def _counted_today(self, chat_id: int) -> set[str]:
        """Return the keys of what this person asked today."""
        if self._day != self.today:
            self._day = self.today
            self._counted.clear()
        return self._counted[chat_id]


async def _existing(connection: Connection, key: str) -> OpenQuestion:
    question = await open_questions.find_question(connection, key)
    if question is None:
        raise NoSuchQuestionError(key)
    return question


def _key(language: str, folded: str) -> str:
    return hashlib.sha256(f"{language}\n{folded}".encode()).hexdigest()[:32]
