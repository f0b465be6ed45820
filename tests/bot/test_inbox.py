"""The inbox tables, in a real SQLite file."""

from __future__ import annotations

import sqlite3
from collections.abc import AsyncIterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from bot.models import InboxItem
from bot.storage import inbox
from bot.storage.database import Database, open_database

NOW = datetime(2023, 11, 22, 8, 5, tzinfo=UTC)


@pytest.fixture
async def database(tmp_path: Path) -> AsyncIterator[Database]:
    async with open_database(tmp_path / "ghid.db") as opened:
        yield opened


def item(update_id: int, chat_id: int | None = 1, attempts: int = 1) -> InboxItem:
    return InboxItem(update_id, chat_id, f'{{"update_id":{update_id}}}', attempts)


async def accept(database: Database, *items: InboxItem, at: datetime = NOW) -> list[int]:
    async with database.transaction() as connection:
        return [new.update_id for new in await inbox.accept_updates(connection, items, at)]


async def delete(database: Database, *update_ids: int) -> None:
    async with database.transaction() as connection:
        await inbox.delete_updates(connection, update_ids)


async def waiting(database: Database) -> list[int]:
    return [left.update_id for left in await inbox.waiting_updates(database.reader)]


async def test_accepted_updates_wait_in_the_order_of_arrival(database: Database) -> None:
    await accept(database, item(10), item(12, chat_id=None))
    await accept(database, item(11), at=NOW + timedelta(seconds=1))
    assert await waiting(database) == [10, 12, 11]
    assert (await inbox.waiting_updates(database.reader))[0] == item(10)


async def test_an_update_that_came_twice_waits_once(database: Database) -> None:
    assert await accept(database, item(10), item(10), item(11)) == [10, 11]
    assert await accept(database, item(11), item(12)) == [12]
    assert await waiting(database) == [10, 11, 12]


async def test_an_update_handled_and_deleted_is_not_accepted_again(database: Database) -> None:
    await accept(database, item(10))
    await delete(database, 10)
    assert await accept(database, item(10)) == []
    assert await waiting(database) == []


async def test_a_delivery_overtaken_by_a_later_one_is_still_accepted(database: Database) -> None:
    await accept(database, item(105))
    assert await accept(database, item(104)) == [104]


async def test_smaller_ids_after_a_quiet_week_are_accepted(database: Database) -> None:
    await accept(database, item(900_000_000))
    assert await accept(database, item(17), at=NOW + timedelta(days=8)) == [17]


async def test_an_id_that_comes_back_after_weeks_wins_over_a_row_set_aside_then(database: Database) -> None:
    await accept(database, item(10))
    async with database.transaction() as connection:
        await inbox.set_aside(connection, [(10, "ValueError: no")], NOW)
        await inbox.forget_old(connection, NOW + timedelta(days=8))
    assert await accept(database, item(10), at=NOW + timedelta(days=8)) == [10]
    assert await waiting(database) == [10]


async def test_an_update_set_aside_waits_no_more_but_stays_for_the_organisers(database: Database) -> None:
    await accept(database, item(10), item(11))
    async with database.transaction() as connection:
        await inbox.set_aside(connection, [(10, "ValueError: no")], NOW)
    assert await waiting(database) == [11]
    aside = await inbox.set_aside_updates(database.reader)
    assert [(row.item, row.last_error, row.failed_at) for row in aside] == [(item(10), "ValueError: no", NOW)]


async def test_attempts_are_counted_and_the_last_error_kept(database: Database) -> None:
    await accept(database, item(10))
    async with database.transaction() as connection:
        await inbox.record_attempts(connection, [(item(10, attempts=2), "TimedOut: Timed out")])
        await inbox.record_attempts(connection, [(item(10, attempts=3), None)])
    assert [left.attempts for left in await inbox.waiting_updates(database.reader)] == [3]
    async with database.reader.execute("SELECT last_error FROM inbox") as cursor:
        assert [row[0] async for row in cursor] == ["TimedOut: Timed out"]


async def test_what_is_old_is_forgotten_and_what_waits_is_not(database: Database) -> None:
    await accept(database, item(10), item(11), item(12))
    await delete(database, 12)
    async with database.transaction() as connection:
        await inbox.set_aside(connection, [(10, "ValueError: no")], NOW)
    async with database.transaction() as connection:
        await inbox.forget_old(connection, NOW + timedelta(days=15))
    assert await inbox.set_aside_updates(database.reader) == []
    assert await waiting(database) == [11]
    assert await accept(database, item(12)) == [12]


async def test_the_figures_tell_how_many_wait_and_since_when(database: Database) -> None:
    assert await inbox.figures(database.reader) == inbox.InboxFigures(0, None, 0)
    await accept(database, item(10))
    await accept(database, item(11), item(12), at=NOW + timedelta(minutes=1))
    async with database.transaction() as connection:
        await inbox.set_aside(connection, [(10, "ValueError: no")], NOW)
    assert await inbox.figures(database.reader) == inbox.InboxFigures(2, NOW + timedelta(minutes=1), 1)


async def test_the_table_refuses_what_is_no_json(database: Database) -> None:
    with pytest.raises(sqlite3.IntegrityError):
        await accept(database, InboxItem(10, 1, "{not json", 1))
    assert await waiting(database) == []
    assert await accept(database, item(10)) == [10], "the refused transaction left no trace"
