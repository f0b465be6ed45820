"""How it goes, in numbers. Questions are counted in memory and written down together: an answer waits for no write."""

from __future__ import annotations

import logging
from collections import Counter

from bot.clock import Clock
from bot.numbers import AskedKind, Numbers
from bot.services.agenda import AgendaService
from bot.storage.database import Database
from bot.storage.numbers import (
    add_questions,
    read_broadcasts,
    read_followers,
    read_people,
    read_questions,
    read_sent,
    read_speakers,
)
from content.questions.question import Intent
from content.timetable import local

logger = logging.getLogger(__name__)


class NumbersService:
    """Call `tick` every minute and at the end: a crash loses the questions since the last one, from the count alone."""

    def __init__(self, database: Database, clock: Clock, agenda: AgendaService) -> None:
        self._database = database
        self._clock = clock
        self._agenda = agenda
        self._counted: Counter[AskedKind] = Counter()

    def count(self, intent: Intent, language: str, *, answered: bool) -> None:
        """Count a question. Who asked and what it said is not known here."""
        today = local(self._agenda.current.agenda.event, self._clock()).date()
        self._counted[AskedKind(today, intent, language, answered)] += 1

    async def tick(self) -> None:
        """Write down what was counted. Never raises: what fails is written at the next tick."""
        try:
            await self._flush()
        except Exception:
            logger.exception("Failed at writing down how many questions there were")

    async def read(self) -> Numbers:
        """Return all numbers as of now."""
        await self._flush()
        reader, now = self._database.reader, self._clock()
        return Numbers(
            at=now,
            people=await read_people(reader, now.date()),
            followers=await read_followers(reader),
            questions=await read_questions(reader),
            sent=await read_sent(reader),
            broadcasts=await read_broadcasts(reader),
            speakers=await read_speakers(reader),
        )

    async def _flush(self) -> None:
        counted, self._counted = self._counted, Counter()
        if not counted:
            return
        try:
            async with self._database.transaction() as connection:
                await add_questions(connection, counted)
        except BaseException:
            self._counted += counted
            raise
