"""The outbox's rows: planned once, claimed in order, their ends recorded."""

from __future__ import annotations

import asyncio
from datetime import UTC, date, datetime, timedelta
from sqlite3 import IntegrityError
from typing import get_args

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from bot.models import Attendee, NoticeKind, OutboxItem, Priority
from bot.storage import outbox
from bot.storage.attendees import save_attendee
from bot.storage.database import Connection, Database

NOW = datetime(2023, 11, 22, 8, 5, tzinfo=UTC)
MINUTE = timedelta(minutes=1)
CHATS = range(1, 6)


@pytest.fixture
async def people(database: Database) -> Database:
    async with database.transaction() as connection:
        for chat_id in CHATS:
            await save_attendee(connection, Attendee(chat_id, first_seen_on=date(2023, 11, 1), last_seen_on=NOW.date()))
    return database


async def add(
    connection: Connection,
    key: str,
    chat_id: int = 1,
    *,
    kind: NoticeKind = NoticeKind.REMINDER,
    priority: int = Priority.REMINDER,
    due: datetime = NOW,
    expires: datetime = NOW + 60 * MINUTE,
) -> bool:
    return await outbox.add_row(
        connection,
        key=key,
        chat_id=chat_id,
        kind=kind,
        priority=priority,
        payload={"session": "abcd1234", "text": "Кошніце"},
        not_before=due,
        expires_at=expires,
        created_at=NOW,
    )


async def only(connection: Connection) -> OutboxItem:
    (item,) = await outbox.claim(connection, NOW, 1, ())
    return item


async def state_of(connection: Connection, key: str) -> tuple[str, str | None]:
    rows = await connection.execute_fetchall("SELECT state, reason FROM outbox WHERE key = ?", (key,))
    row = next(iter(rows))
    return row["state"], row["reason"]


async def test_a_key_is_planned_once_even_after_it_was_sent(people: Database) -> None:
    async with people.transaction() as connection:
        assert await add(connection, "a")
        assert not await add(connection, "a", 2)
        item = await only(connection)
        assert item == OutboxItem(
            item.id,
            "a",
            1,
            NoticeKind.REMINDER,
            Priority.REMINDER,
            {"session": "abcd1234", "text": "Кошніце"},
            NOW,
            NOW + 60 * MINUTE,
        )
        await outbox.record_done(connection, [outbox.Done(item, "sent", NOW)])
        assert not await add(connection, "a")
        await outbox.delete_row(connection, item)
        assert await add(connection, "a")


async def test_one_change_notice_waits_for_a_person_and_another_may_follow_the_one_in_hand(people: Database) -> None:
    async with people.transaction() as connection:
        assert await add(connection, "change 1", kind=NoticeKind.CHANGE)
        assert not await add(connection, "change 2", kind=NoticeKind.CHANGE)
        assert await add(connection, "change 3", 2, kind=NoticeKind.CHANGE)
        await outbox.claim(connection, NOW, 2, ())
        assert await add(connection, "change 4", kind=NoticeKind.CHANGE)


async def test_each_end_is_recorded_with_its_reason(people: Database) -> None:
    async with people.transaction() as connection:
        done: list[outbox.Done] = []
        for state in get_args(outbox.DoneState):
            await add(connection, state)
            done.append(outbox.Done(await only(connection), state, NOW, f"why {state}"))
        await outbox.record_done(connection, done)
        for one in done:
            assert await state_of(connection, one.state) == (one.state, f"why {one.state}")
        assert await outbox.claim(connection, NOW + 10 * MINUTE, 9, ()) == ()


async def test_put_back_a_row_waits_and_counts_the_try_if_it_was_one(people: Database) -> None:
    async with people.transaction() as connection:
        await add(connection, "a")
        await outbox.put_back(connection, await only(connection), NOW, attempt=False)
        await outbox.put_back(connection, await only(connection), NOW + MINUTE, attempt=True)
        assert await outbox.claim(connection, NOW, 1, ()) == ()
        assert await outbox.next_not_before(connection) == NOW + MINUTE
        (item,) = await outbox.claim(connection, NOW + MINUTE, 1, ())
        assert item.attempts == 1


async def test_a_change_notice_put_back_hurries_the_one_that_waits_and_is_merged_into_it(people: Database) -> None:
    async with people.transaction() as connection:
        await add(connection, "older", kind=NoticeKind.CHANGE, expires=NOW + 90 * MINUTE)
        older = await only(connection)
        await add(connection, "newer", kind=NoticeKind.CHANGE, due=NOW + 30 * MINUTE)
        await outbox.put_back(connection, older, NOW + MINUTE, attempt=True)
        assert await state_of(connection, "older") == ("dropped", outbox.MERGED)
        (newer,) = await outbox.claim(connection, NOW + MINUTE, 9, ())
        assert (newer.key, newer.expires_at) == ("newer", NOW + 90 * MINUTE)


async def test_what_an_earlier_process_had_in_hand_is_queued_again_except_what_was_handed_over(
    people: Database,
) -> None:
    async with people.transaction() as connection:
        for chat_id in CHATS:
            await add(connection, str(chat_id), chat_id)
        first, *_ = await outbox.claim(connection, NOW, 4, ())
        assert await outbox.requeue_sending(connection, handed_over=[first.id]) == 3
        assert await state_of(connection, first.key) == ("sending", None)
        assert await outbox.requeue_sending(connection) == 1
        assert len(await outbox.claim(connection, NOW, 9, ())) == 5


async def test_all_that_waits_for_a_chat_can_be_dropped(people: Database) -> None:
    async with people.transaction() as connection:
        await add(connection, "a", due=NOW + MINUTE)
        await add(connection, "b")
        await add(connection, "another's", 2)
        assert await outbox.drop_rows_of_chat(connection, 1, NOW, "blocked") == 2
        assert await state_of(connection, "a") == ("dropped", "blocked")
        assert await state_of(connection, "another's") == ("queued", None)


async def test_the_next_due_moment_leaves_out_what_is_due_already_if_asked(people: Database) -> None:
    async with people.transaction() as connection:
        assert await outbox.next_not_before(connection) is None
        await add(connection, "a", due=NOW)
        await add(connection, "b", due=NOW + MINUTE)
        assert await outbox.next_not_before(connection) == NOW
        assert await outbox.next_not_before(connection, after=NOW) == NOW + MINUTE
        assert await outbox.next_not_before(connection, after=NOW + MINUTE) is None


async def test_notices_sent_lately_leave_out_reminders_and_others(people: Database) -> None:
    async with people.transaction() as connection:
        for number, kind in enumerate((NoticeKind.CHANGE, NoticeKind.REMINDER, NoticeKind.CHANGE)):
            await add(connection, str(number), kind=kind)
            await outbox.record_done(connection, [outbox.Done(await only(connection), "sent", NOW + number * MINUTE)])
        await add(connection, "another's", 2, kind=NoticeKind.CHANGE)
        await outbox.record_done(connection, [outbox.Done(await only(connection), "sent", NOW)])
        assert await outbox.notices_sent_since(connection, 1, NOW - MINUTE) == (NOW, NOW + 2 * MINUTE)
        assert await outbox.notices_sent_since(connection, 1, NOW) == (NOW + 2 * MINUTE,)


async def test_done_rows_are_purged_once_they_expired_and_waiting_ones_never(people: Database) -> None:
    async with people.transaction() as connection:
        await add(connection, "done", expires=NOW)
        await outbox.record_done(connection, [outbox.Done(await only(connection), "sent", NOW)])
        await add(connection, "done, not expired", expires=NOW + 60 * MINUTE)
        await outbox.record_done(connection, [outbox.Done(await only(connection), "sent", NOW)])
        await add(connection, "waiting", expires=NOW)
        assert await outbox.purge_done(connection, NOW, 10) == 0
        assert await outbox.purge_done(connection, NOW + MINUTE, 10) == 1
        assert not await add(connection, "done, not expired")
        assert await add(connection, "done")


async def test_a_row_goes_with_its_person(people: Database) -> None:
    async with people.transaction() as connection:
        await add(connection, "a")
        await connection.execute("DELETE FROM attendees WHERE chat_id = 1")
        assert await outbox.claim(connection, NOW, 9, ()) == ()


rows = st.tuples(
    st.sampled_from(CHATS),
    st.sampled_from(list(Priority)),
    st.integers(-3, 3),  # due, minutes from now
    st.integers(0, 5),  # expires, minutes from then
)


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(planned=st.lists(rows, max_size=25), limit=st.integers(1, 6), busy=st.sets(st.sampled_from(CHATS), max_size=3))
async def test_claimed_are_the_first_of_each_free_chat_in_order(
    people: Database, planned: list[tuple[int, Priority, int, int]], limit: int, busy: set[int]
) -> None:
    async with people.transaction() as connection:
        await connection.execute("DELETE FROM outbox")
        for number, (chat_id, priority, due, expires) in enumerate(planned):
            when = NOW + due * MINUTE
            await add(connection, str(number), chat_id, priority=priority, due=when, expires=when + expires * MINUTE)
        claimed = await outbox.claim(connection, NOW, limit, busy)
    first: dict[int, tuple[int, datetime, int]] = {}
    for number, (chat_id, priority, due, expires) in enumerate(planned):
        if due <= 0 and chat_id not in busy:
            order = (int(priority), NOW + (due + expires) * MINUTE, number)
            first[chat_id] = min(first.get(chat_id, order), order)
    assert [int(item.key) for item in claimed] == [number for *_, number in sorted(first.values())][:limit]


async def test_a_transaction_cancelled_while_it_begins_is_not_left_open(database: Database) -> None:
    async def begin() -> None:
        async with database.transaction():
            pass

    for _ in range(20):
        task = asyncio.create_task(begin())
        await asyncio.sleep(0)
        task.cancel()
        await asyncio.wait([task])
        await begin()


async def test_a_transaction_whose_commit_fails_is_undone_and_not_left_open(database: Database) -> None:
    async def follow_nobody() -> None:
        async with database.transaction() as connection:
            await connection.execute("PRAGMA defer_foreign_keys = ON")
            await connection.execute(
                "INSERT INTO follows VALUES (1, 'nobody', 'session', 1, '2023-11-22T08:00:00+00:00')"
            )

    with pytest.raises(IntegrityError):
        await follow_nobody()

    async with database.transaction() as connection:
        assert not list(await connection.execute_fetchall("SELECT * FROM follows"))


@pytest.mark.parametrize("many", [0, 1_000])
async def test_few_or_many_due_are_taken_in_the_same_order(
    people: Database, many: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(outbox, "_MANY_DUE", many)
    async with people.transaction() as connection:
        await add(connection, "later", 1, priority=Priority.URGENT, due=NOW + MINUTE)
        await add(connection, "second of one", 2, expires=NOW + 9 * MINUTE)
        await add(connection, "first of one", 2, expires=NOW + 5 * MINUTE)
        await add(connection, "busy", 3, priority=Priority.URGENT)
        await add(connection, "urgent", 4, priority=Priority.URGENT)
        taken = await outbox.claim(connection, NOW, 5, {3})
    assert [item.key for item in taken] == ["urgent", "first of one"]


async def test_the_next_of_a_long_queue_are_found_without_putting_all_in_order(people: Database) -> None:
    async with people.transaction() as connection:
        listed = await connection.execute_fetchall(
            "EXPLAIN QUERY PLAN SELECT id FROM outbox WHERE state = 'queued' AND +not_before <= ?"
            " ORDER BY priority, expires_at, id LIMIT 8",
            ("",),
        )
    steps = [row["detail"] for row in listed]
    assert any("outbox_queued" in step for step in steps)
    assert not any("TEMP B-TREE" in step for step in steps)
