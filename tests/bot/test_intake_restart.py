"""What an earlier process left in the inbox, stops, and a database that fails."""

from __future__ import annotations

import asyncio
import sqlite3
from collections.abc import AsyncIterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from telegram import Update
from telegram.error import InvalidToken, TimedOut
from telegram.ext import TypeHandler

from bot.intake.intake import Intake
from bot.intake.updates import to_inbox_item
from bot.models import InboxItem
from bot.storage import inbox
from bot.storage.database import Connection, Database, open_database
from tests.bot.bot_api import AnyApplication, bot_api, message_update, running_application

NOW = datetime(2023, 11, 22, 8, 5, tzinfo=UTC)
SOON = timedelta(milliseconds=1)


@pytest.fixture
async def application() -> AsyncIterator[AnyApplication]:
    async with bot_api() as api, running_application(api.url) as running:
        yield running


@pytest.fixture
async def database(tmp_path: Path) -> AsyncIterator[Database]:
    async with open_database(tmp_path / "ghid.db") as opened:
        yield opened


class Handler:
    """Notes the update ids it handled; `gate` holds it."""

    def __init__(self, application: AnyApplication) -> None:
        self.handled: list[int] = []
        self.started = asyncio.Event()
        self.gate = asyncio.Event()
        self.gate.set()
        application.add_handler(TypeHandler(Update, self))

    async def __call__(self, update: Update, _: object) -> None:
        self.started.set()
        await self.gate.wait()
        self.handled.append(update.update_id)


async def leave(database: Database, *items: InboxItem) -> None:
    """Leave rows as a process leaves them that was killed."""
    async with database.transaction() as connection:
        await inbox.accept_updates(connection, items, NOW)


def left(update_id: int, chat_id: int = 1) -> InboxItem:
    return to_inbox_item(message_update(update_id, chat_id))


async def waiting(database: Database) -> list[int]:
    return [item.update_id for item in await inbox.waiting_updates(database.reader)]


async def test_what_was_left_comes_first_and_in_order(application: AnyApplication, database: Database) -> None:
    handler = Handler(application)
    await leave(database, left(5), left(6), left(7))
    intake = Intake(application, database)
    await intake.start()
    await intake.accept([message_update(8), message_update(6)])
    await intake.idle()
    assert handler.handled == [5, 6, 7, 8]
    assert await waiting(database) == []
    await intake.stop()


async def test_a_stop_blames_no_update_however_often_it_comes(application: AnyApplication, database: Database) -> None:
    handler = Handler(application)
    handler.gate.clear()
    await leave(database, left(5))
    for _ in range(5):
        handler.started.clear()
        intake = Intake(application, database)
        await intake.start()
        await handler.started.wait()
        await intake.stop(SOON)
    assert [(row.attempts, row.deaths) for row in await inbox.waiting_updates(database.reader)] == [(1, 0)]


async def test_an_update_that_waits_for_another_attempt_is_not_blamed_for_the_stop(
    application: AnyApplication, database: Database
) -> None:
    tries: list[int] = []

    async def fail(update: Update, _: object) -> None:
        tries.append(update.update_id)
        raise TimedOut

    application.add_handler(TypeHandler(Update, fail))
    await leave(database, left(5))
    intake = Intake(application, database, retry_waits=(timedelta(hours=1), timedelta(hours=1)))
    await intake.start()
    async with asyncio.timeout(5):
        while not tries:  # noqa: ASYNC110 - nothing else tells of it
            await asyncio.sleep(0.001)
    await intake.stop()
    assert [(row.attempts, row.deaths) for row in await inbox.waiting_updates(database.reader)] == [(1, 0)]
    assert await inbox.set_aside_updates(database.reader) == []


async def test_a_revoked_token_blames_no_update_and_what_waited_is_handled_once_another_is_there(
    application: AnyApplication, database: Database
) -> None:
    refused = asyncio.Queue[int]()
    token_is_good = False

    async def answer(update: Update, _: object) -> None:
        refused.put_nowait(update.update_id)
        if not token_is_good:
            raise InvalidToken("Unauthorized")

    async def apologise(_: object, __: object) -> None:
        raise AssertionError("nobody can be told anything with a refused token")

    application.add_handler(TypeHandler(Update, answer))
    application.add_error_handler(apologise)
    for start in range(5):
        intake = Intake(application, database)
        await intake.start()
        if start == 0:
            await intake.accept([message_update(5), message_update(6)])
        assert await refused.get() == 5
        await intake.stop()
        assert [(row.update_id, row.attempts) for row in await inbox.waiting_updates(database.reader)] == [
            (5, 1),
            (6, 1),
        ]
    token_is_good = True
    intake = Intake(application, database)
    await intake.start()
    await intake.idle()
    assert await waiting(database) == []
    assert await inbox.set_aside_updates(database.reader) == []
    await intake.stop()


async def test_a_stop_finishes_what_is_at_work_and_leaves_the_rest(
    application: AnyApplication, database: Database
) -> None:
    handler = Handler(application)
    handler.gate.clear()
    intake = Intake(application, database)
    await intake.start()
    await intake.accept([message_update(number) for number in (1, 2, 3)])
    await handler.started.wait()
    stop = asyncio.create_task(intake.stop(timedelta(seconds=30)))
    await asyncio.sleep(0)
    handler.gate.set()
    await stop
    assert handler.handled == [1]
    assert await waiting(database) == [2, 3]


async def test_a_slow_handler_does_not_hold_the_stop_and_its_update_comes_again(
    application: AnyApplication, database: Database
) -> None:
    handler = Handler(application)
    handler.gate.clear()
    intake = Intake(application, database)
    await intake.start()
    await intake.accept([message_update(1)])
    await handler.started.wait()
    async with asyncio.timeout(5):
        await intake.stop(SOON)
    assert await waiting(database) == [1]
    handler.gate.set()
    again = Intake(application, database)
    await again.start()
    await again.idle()
    assert handler.handled == [1]
    await again.stop()


async def test_while_the_database_is_locked_nothing_is_accepted_and_nothing_done_is_lost(
    application: AnyApplication, database: Database, tmp_path: Path
) -> None:
    handler = Handler(application)
    handler.gate.clear()
    intake = Intake(application, database)
    await intake.start()
    await intake.accept([message_update(1)])
    await handler.started.wait()
    async with database.transaction() as connection:
        await connection.execute("PRAGMA user_version")  # wait until no transaction is at work
    other = sqlite3.connect(tmp_path / "ghid.db", isolation_level=None)
    try:
        await (await _writer(database)).execute("PRAGMA busy_timeout = 10")
        other.execute("BEGIN IMMEDIATE")
        handler.gate.set()
        with pytest.raises(inbox.StorageError):
            await intake.accept([message_update(2)])
        assert not intake.writable
        other.execute("ROLLBACK")
    finally:
        other.close()
    await intake.accept([message_update(2)])
    await intake.idle()
    assert handler.handled == [1, 2]
    assert await waiting(database) == []
    assert intake.writable
    await intake.stop()


async def _writer(database: Database) -> Connection:
    async with database.transaction() as connection:
        return connection
