"""A whole event day on a clock that stands, driven from moment to moment, with a process that dies again and again."""

from __future__ import annotations

import asyncio
from asyncio import current_task
from collections.abc import Awaitable, Callable, Mapping, Sequence
from contextlib import AsyncExitStack
from datetime import datetime, timedelta
from functools import partial
from pathlib import Path
from random import Random
from typing import Any, Protocol

from bot.services.agenda_imports import PreparedImport, prepare_import, read_stored_agenda, store_import
from bot.storage.database import open_database
from bot.storage.outbox import next_not_before
from tests.bot.services.standing_clock import StandingClock
from tests.scenarios.event_day_actions import Action, Return, Script
from tests.scenarios.event_day_process import Delivery, Life, MortalDatabase, Phones, Process
from tests.scenarios.event_day_script import BEGINS, ENDS, agenda_of

TICK = timedelta(minutes=10)


class Judge(Protocol):
    """Follows the day."""

    def hears(self, action: Action, at: datetime) -> None:
        """Take note of what somebody does."""

    def sees(self, at: datetime, taken: Sequence[Delivery], refused: Sequence[int]) -> None:
        """Look at all that was sent in this moment, after which nothing is due."""


class EventDay:
    """Runs a script from moment to moment; whenever the process dies, the next one goes on with the same file.

    What was being done at a death is done again, as the inbox sees to.
    """

    def __init__(self, path: Path, script: Script, *, dies_every: int = 0, trouble: float = 0.0, seed: int = 1) -> None:
        self.path, self.script, self.dies_every = path, script, dies_every
        self.clock = StandingClock()
        self.phones = Phones(self.clock, Random(seed), trouble)
        self.lives = 0
        self._commits = [0]
        self._back: datetime | None = None
        self._stack = AsyncExitStack()
        self._process: Process | None = None

    async def run(self, judge: Judge) -> None:
        """Let the whole day happen; ``judge`` hears of every action and of everything that Telegram took."""
        others = asyncio.all_tasks()
        try:
            actions, at = list(self.script.day), BEGINS
            while at < ENDS:
                self.clock.now = at
                await self._settle(judge, others)
                while actions and actions[0][0] <= at:
                    action = actions.pop(0)[1]
                    judge.hears(action, at)
                    if isinstance(action, Return):  # noticed at the next tick, which the bot has each minute
                        self._back = at + timedelta(seconds=60)
                    await self._insist(partial(_do, action, self.script.people), others)
                    await self._settle(judge, others)
                at = min(await self._next(at), actions[0][0] if actions else ENDS)
        finally:
            await self._bury(others)

    async def _settle(self, judge: Judge, others: set[asyncio.Task[Any]]) -> None:
        await self._insist(Process.settle, others)
        taken, self.phones.taken[:] = tuple(self.phones.taken), []
        refused, self.phones.refused[:] = tuple(self.phones.refused), []
        judge.sees(self.clock.now, taken, refused)

    async def _next(self, at: datetime) -> datetime:
        """Return when something is due of itself; the tick in between is rarer than the bot's, which is stricter."""
        assert self._process is not None
        due = await next_not_before(self._process.database.reader, after=at)
        moments = [at + TICK, due, self._process.alarm, self._back]
        return min(moment for moment in moments if moment is not None and moment > at)

    async def _insist(self, what: Callable[[Process], Awaitable[None]], others: set[asyncio.Task[Any]]) -> None:
        """Do this in as many lives as it takes."""
        while True:
            if self._process is None:
                await self._begin()
            process = self._process
            assert process is not None
            work = asyncio.ensure_future(self._work(process, what))
            death = asyncio.create_task(process.life.died.wait())
            await asyncio.wait({work, death}, return_when=asyncio.FIRST_COMPLETED)
            death.cancel()
            if not process.life.dead:
                return work.result()
            await self._bury(others)

    async def _work(self, process: Process, what: Callable[[Process], Awaitable[None]]) -> None:
        if not process.started:
            await process.start()
        await what(process)

    async def _begin(self) -> None:
        database = await self._stack.enter_async_context(open_database(self.path))
        self.lives += 1
        life = Life(self.lives)
        self._process = Process(MortalDatabase(database, life, self._commits, self.dies_every), life, self.phones)

    async def _bury(self, others: set[asyncio.Task[Any]]) -> None:
        """End every task of the process without giving it a word, and close the file."""
        if self._process is not None:
            self._process.life.dead = True
        while tasks := asyncio.all_tasks() - others - {current_task()}:
            for task in tasks:
                task.cancel()
            await asyncio.wait(tasks)
        self._process = None
        await self._stack.aclose()


async def prepared(path: Path, script: Script) -> None:
    """Write the first agenda and what people did before the day."""
    clock = StandingClock()
    clock.now = BEGINS - timedelta(hours=2)
    async with open_database(path) as database:
        stored = await read_stored_agenda(database)
        first = prepare_import(stored, agenda_of(script.first), clock, author="Olena", note="")
        assert isinstance(first, PreparedImport)
        await store_import(database, first)
        process = Process(database, Life(0), Phones(clock, Random(0)))
        await process.agenda.load()
        for chat, language in script.people.items():
            await process.attendees.welcome(chat, language)
        for action in script.before:
            await process.do(action, script.people)


async def _do(action: Action, languages: Mapping[int, str], process: Process) -> None:
    await process.do(action, languages)
