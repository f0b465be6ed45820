"""The tables of follows and wishes hold only what they should."""

from __future__ import annotations

import sqlite3
from collections.abc import Mapping
from datetime import UTC, date, datetime

import pytest

from bot.models import Attendee, Follows, NoticeWishes, SessionWish
from bot.storage.attendees import save_attendee
from bot.storage.database import Database
from bot.storage.follows import add_follow, count_followers, delete_follow, read_follows, save_session_wish, save_wishes
from bot.storage.handles import HandleKey, write_handles
from content.questions.question import EntityKind

NOW = datetime(2023, 11, 22, 8, 5, tzinfo=UTC)
HANDLES: Mapping[HandleKey, str] = {(EntityKind.SESSION, "talk"): "talk0000", (EntityKind.SPEAKER, "ana"): "ana00000"}


@pytest.fixture
async def filled(database: Database) -> Database:
    async with database.transaction() as connection:
        await write_handles(connection, HANDLES)
        await save_attendee(connection, Attendee(1, "en", True, date(2023, 11, 1), date(2023, 11, 1)))
    return database


async def add(database: Database, handle: str, kind: str, told_version: int = 1) -> bool:
    async with database.transaction() as connection:
        return await add_follow(
            connection, chat_id=1, handle=handle, kind=kind, told_version=told_version, followed_at=NOW
        )


async def test_what_is_written_is_read_and_a_person_gone_leaves_nothing(filled: Database) -> None:
    assert await add(filled, "talk0000", "session")
    assert await add(filled, "ana00000", "speaker")
    async with filled.transaction() as connection:
        await save_wishes(connection, 1, NoticeWishes(0, changes=False))
        await save_session_wish(connection, 1, "talk0000", SessionWish(60))

    assert await read_follows(filled.reader, 1) == Follows(
        frozenset({"talk0000"}),
        frozenset({"ana00000"}),
        NoticeWishes(0, changes=False),
        {"talk0000": SessionWish(60)},
    )
    assert await count_followers(filled.reader, ["talk0000", "ana00000"]) == 1
    async with filled.transaction() as connection:
        await connection.execute("DELETE FROM attendees")
    assert await read_follows(filled.reader, 1) == Follows()


async def test_a_handle_followed_by_many_takes_its_place_in_memory_once(filled: Database) -> None:
    await add(filled, "talk0000", "session")
    (first,), (second,) = [(await read_follows(filled.reader, 1)).sessions for _ in range(2)]
    assert first is second


async def test_a_follow_that_is_there_keeps_what_was_told(filled: Database) -> None:
    assert await add(filled, "talk0000", "session", told_version=1)
    assert not await add(filled, "talk0000", "session", told_version=2)

    rows = await filled.reader.execute_fetchall("SELECT told_version FROM follows")
    assert [row[0] for row in rows] == [1]
    async with filled.transaction() as connection:
        assert await delete_follow(connection, 1, "talk0000")
        assert not await delete_follow(connection, 1, "talk0000")


@pytest.mark.parametrize(
    ("handle", "kind", "told"), [("gone0000", "session", 1), ("talk0000", "room", 1), ("talk0000", "session", 0)]
)
async def test_nonsense_is_refused(filled: Database, handle: str, kind: str, told: int) -> None:
    with pytest.raises(sqlite3.IntegrityError):
        await add(filled, handle, kind, told)


async def test_a_lead_that_is_not_offered_is_refused(filled: Database) -> None:
    with pytest.raises(sqlite3.IntegrityError):
        async with filled.transaction() as connection:
            await save_wishes(connection, 1, NoticeWishes(7))
    with pytest.raises(sqlite3.IntegrityError):
        async with filled.transaction() as connection:
            await save_session_wish(connection, 1, "talk0000", SessionWish(7))
