"""The rows of a broadcast: one a person, written at once, found quickly."""

from __future__ import annotations

import time
from datetime import UTC, datetime, timedelta

import pytest

from bot.broadcasts import Audience, AudienceKind, Broadcast, BroadcastDraft, BroadcastState
from bot.models import Media, MediaKind, Priority
from bot.storage import broadcast_rows, broadcasts, outbox
from bot.storage.broadcast_rows import SendingTimes
from bot.storage.database import Connection, Database

NOW = datetime(2023, 11, 22, 8, 5, tzinfo=UTC)
DAY = timedelta(days=1)
TIMES = SendingTimes(NOW, None, NOW + DAY)
CROWD = 10_000
DRAFT = BroadcastDraft({"en": "Lunch"})


@pytest.fixture
async def crowd(database: Database) -> Database:
    """10,000 people, each third in another language, each fiftieth of whom blocked the bot."""
    async with database.transaction() as connection:
        await connection.executemany(
            "INSERT INTO attendees (chat_id, language, language_chosen, first_seen_on, last_seen_on, blocked_at)"
            " VALUES (?, ?, 1, '2023-11-01', '2023-11-22', ?)",
            [
                (number, ("en", "ro", "uk")[number % 3], NOW.isoformat() if number % 50 == 0 else None)
                for number in range(1, CROWD + 1)
            ],
        )
    return database


async def confirmed(connection: Connection, draft: BroadcastDraft = DRAFT, key: str = "draft") -> Broadcast:
    id_ = await broadcasts.add_broadcast(connection, draft, 7, draft_key=key, created_at=NOW)
    await broadcasts.begin(connection, id_, NOW)
    broadcast = await broadcasts.find_broadcast(connection, id_)
    assert broadcast
    return broadcast


async def plan(connection: Connection, broadcast: Broadcast) -> int:
    return await broadcast_rows.add_rows(connection, broadcast, (), TIMES, Priority.BROADCAST)


async def test_ten_thousand_are_planned_in_an_instant_and_once(crowd: Database) -> None:
    began = time.perf_counter()
    async with crowd.transaction() as connection:
        broadcast = await confirmed(connection)
        assert await plan(connection, broadcast) == CROWD * 98 // 100
    took = time.perf_counter() - began
    assert took < 2  # some 0.1 s on an idle machine

    async with crowd.transaction() as connection:
        assert await plan(connection, broadcast) == 0
    progress = await broadcast_rows.count_rows(crowd.reader, broadcast.id, held_after=NOW)
    assert (progress.total, progress.left) == (9_800, 9_800)


async def test_those_of_one_broadcast_are_paused_freed_and_dropped_alone(crowd: Database) -> None:
    async with crowd.transaction() as connection:
        romanian = BroadcastDraft({"ro": "Prânz"}, audience=Audience(AudienceKind.LANGUAGE, "ro"))
        one, other = await confirmed(connection, romanian, "one"), await confirmed(connection, key="other")
        some, all_ = await plan(connection, one), await plan(connection, other)
        (in_hand,) = await outbox.claim(connection, NOW, 1, ())

        await broadcast_rows.hold_rows(connection, other.id)
        due = await outbox.claim(connection, NOW, CROWD, ())
        assert len(due) in (some, some - 1)
        assert {item.payload["broadcast"] for item in due} == {one.id}

        await broadcast_rows.drop_rows(connection, other.id, NOW, expires_at=NOW + DAY)
        for item in (in_hand, *due):
            await outbox.record_done(connection, [outbox.Done(item, "sent", NOW)])
    progress = await broadcast_rows.count_rows(crowd.reader, other.id, held_after=NOW)
    assert progress.total == all_ == progress.cancelled + progress.sent
    assert await outbox.next_not_before(crowd.reader) is None


async def test_rows_that_were_held_are_purged_some_day_like_any(crowd: Database) -> None:
    async with crowd.transaction() as connection:
        broadcast = await confirmed(connection)
        await plan(connection, broadcast)
        (in_hand,) = await outbox.claim(connection, NOW, 1, ())
        await broadcast_rows.hold_rows(connection, broadcast.id)
        await outbox.record_done(connection, [outbox.Done(in_hand, "sent", NOW)])
        await broadcast_rows.free_rows(connection, broadcast.id, TIMES)
        for item in await outbox.claim(connection, NOW, CROWD, ()):
            await outbox.record_done(connection, [outbox.Done(item, "sent", NOW)])
        assert await outbox.purge_done(connection, NOW + 2 * DAY, CROWD) == 9_800


async def test_counting_one_broadcast_reads_its_rows_alone(crowd: Database) -> None:
    plan_of = await crowd.reader.execute_fetchall(
        "EXPLAIN QUERY PLAN SELECT 1 FROM outbox WHERE kind = 'broadcast'"
        " AND json_extract(payload, '$.broadcast') = 1 AND state IN ('queued', 'sending')"
    )
    assert "outbox_by_broadcast" in next(iter(plan_of))["detail"]


async def test_a_broadcast_comes_back_as_it_was_written(database: Database) -> None:
    draft = BroadcastDraft(
        {"uk": "<b>Обід</b>", "ro": "Prânz"},
        media=Media(MediaKind.PHOTO, "AgAC"),
        audience=Audience(AudienceKind.FOLLOWERS, "abcd1234"),
        urgent=True,
        send_at=NOW + DAY,
    )
    async with database.transaction() as connection:
        id_ = await broadcasts.add_broadcast(connection, draft, 7, draft_key="draft", created_at=NOW)
    found = await broadcasts.find_by_draft(database.reader, "draft")
    assert found == Broadcast(id_, 7, draft, BroadcastState.SCHEDULED, NOW)
    assert await broadcasts.list_where_open(database.reader, BroadcastState.SCHEDULED) == (found,)
    assert await broadcasts.list_where_open(database.reader, BroadcastState.SENDING) == ()
    assert await broadcasts.find_same(database.reader, draft, NOW - DAY) == found
    assert await broadcasts.find_same(database.reader, draft, NOW) is None
