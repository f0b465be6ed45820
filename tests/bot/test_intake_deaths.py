"""Processes that end while updates are in hand: what was only near is answered, what is deadly is set aside.

A death here is a copy of the database, as a killed process leaves it, on which the next life goes on.
"""

from __future__ import annotations

import asyncio
import sqlite3
from collections import Counter
from collections.abc import AsyncIterator
from contextlib import closing
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from telegram import Update
from telegram.ext import TypeHandler

from bot.intake.intake import Intake
from bot.intake.updates import to_inbox_item
from bot.storage import inbox
from bot.storage.database import Database, open_database
from tests.bot.bot_api import AnyApplication, bot_api, message_update, running_application

NOW = datetime(2023, 11, 22, 8, 5, tzinfo=UTC)
SOON = timedelta(milliseconds=1)
NOBODY: frozenset[int] = frozenset()


@pytest.fixture
async def application() -> AsyncIterator[AnyApplication]:
    async with bot_api() as api, running_application(api.url) as running:
        yield running


class Lives:
    """One process after another on what the last one left. Updates in ``deadly`` end it; then nothing moves."""

    def __init__(self, application: AnyApplication, folder: Path) -> None:
        self._application = application
        self._folder = folder
        self.deadly = NOBODY
        self.deaths = 0
        self.answered: Counter[int] = Counter()
        self._dead = asyncio.Event()
        application.add_handler(TypeHandler(Update, self._answer))

    @property
    def database(self) -> Path:
        """Where the life in hand, or the next one, keeps what it knows."""
        return self._folder / f"{self.deaths}.db"

    async def live(self, *, calm: timedelta, within: float | None = None) -> bool:
        """Live until all is answered (True), or until a death: by an update, or from outside after so many seconds."""
        self._dead.clear()
        async with open_database(self.database) as database:
            intake = Intake(self._application, database, workers=8, calm=calm)
            await intake.start()
            idle, dead = asyncio.create_task(intake.idle()), asyncio.create_task(self._dead.wait())
            await asyncio.wait({idle, dead}, timeout=within, return_when=asyncio.FIRST_COMPLETED)
            survived = idle.done()
            if not survived:
                self._dead.set()
                self._leave()
            for task in (idle, dead):
                task.cancel()
            await intake.stop(SOON)
        return survived

    def _leave(self) -> None:
        left = self.database
        self.deaths += 1
        with closing(sqlite3.connect(left)) as here, closing(sqlite3.connect(self.database)) as there:
            here.backup(there)

    async def _answer(self, update: Update, _: object) -> None:
        if update.update_id in self.deadly:
            self._dead.set()
        if self._dead.is_set():
            await asyncio.Event().wait()
        self.answered[update.update_id] += 1


async def leave(database: Database, *update_ids: int, deaths: int = 0) -> None:
    """Leave these, each from a chat of its own, as a process leaves them that was killed."""
    items = [to_inbox_item(message_update(number, number)) for number in update_ids]
    async with database.transaction() as connection:
        await inbox.accept_updates(connection, items, NOW)
        await connection.execute(
            "UPDATE inbox SET deaths = ? WHERE update_id IN (SELECT value FROM json_each(?))",
            (deaths, str(list(update_ids))),
        )


async def deaths(database: Database) -> dict[int, int]:
    return {row.update_id: row.deaths for row in await inbox.waiting_updates(database.reader)}


async def set_aside(path: Path) -> list[int]:
    async with open_database(path) as database:
        return [row.item.update_id for row in await inbox.set_aside_updates(database.reader)]


async def test_however_often_a_process_is_killed_soon_after_its_start_nothing_is_set_aside(
    application: AnyApplication, tmp_path: Path
) -> None:
    lives = Lives(application, tmp_path)
    innocent = frozenset(range(1, 13))
    async with open_database(lives.database) as database:
        await leave(database, *innocent)
    lives.deadly = innocent  # each life ends with the first one in hand, or with nothing begun
    for _ in range(40):
        assert not await lives.live(calm=timedelta(seconds=5), within=0.05)
    lives.deadly = NOBODY
    assert await lives.live(calm=SOON)
    assert lives.answered == dict.fromkeys(innocent, 1)
    assert await set_aside(lives.database) == []


async def test_a_deadly_update_among_twenty_is_set_aside_after_five_deaths_and_all_others_are_answered(
    application: AnyApplication, tmp_path: Path
) -> None:
    lives = Lives(application, tmp_path)
    lives.deadly = frozenset({7})
    async with open_database(lives.database) as database:
        await leave(database, *range(1, 22))
        async with database.transaction() as connection:
            behind = to_inbox_item(message_update(99, 7))
            await inbox.accept_updates(connection, [behind], NOW)
    while not await lives.live(calm=SOON):
        assert lives.deaths <= 4, "the process that took it from Telegram was the first to die"
    assert await set_aside(lives.database) == [7]
    assert set(lives.answered) == {*range(1, 22), 99} - {7}
    assert max(lives.answered.values()) <= 2


async def test_a_deadly_update_is_found_though_the_process_is_killed_from_outside_as_well(
    application: AnyApplication, tmp_path: Path
) -> None:
    lives = Lives(application, tmp_path)
    lives.deadly = frozenset({7})
    async with open_database(lives.database) as database:
        await leave(database, *range(1, 22))
    for _ in range(5):
        await lives.live(calm=timedelta(seconds=5), within=0.05)
    assert await set_aside(lives.database) == []
    while not await lives.live(calm=SOON):
        assert lives.deaths <= 9
    assert await set_aside(lives.database) == [7]
    assert set(lives.answered) == set(range(1, 22)) - {7}


async def test_an_attempt_after_a_restart_is_committed_before_it_starts_and_given_back_by_a_stop(
    application: AnyApplication, tmp_path: Path
) -> None:
    at_work = asyncio.Event()

    async def hang(_: object, __: object) -> None:
        at_work.set()
        await asyncio.Event().wait()

    application.add_handler(TypeHandler(Update, hang))
    async with open_database(tmp_path / "ghid.db") as database:
        await leave(database, 5)
        await leave(database, 6, deaths=1)
        for _ in range(5):
            at_work.clear()
            intake = Intake(application, database, workers=1)
            await intake.start()
            await at_work.wait()
            in_hand = await deaths(database)
            assert in_hand in ({5: 1, 6: 1}, {5: 0, 6: 2})
            await intake.stop(SOON)
            assert await deaths(database) == {5: 0, 6: 1}


async def test_what_ended_the_process_alone_three_times_is_set_aside_at_the_start(
    application: AnyApplication, tmp_path: Path
) -> None:
    lives = Lives(application, tmp_path)
    async with open_database(lives.database) as database:
        await leave(database, 5, deaths=4)
        await leave(database, 6, deaths=3)
    assert await lives.live(calm=SOON)
    assert set(lives.answered) == {6}
    assert await set_aside(lives.database) == [5]
