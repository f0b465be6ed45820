"""The outbox: messages waiting to be sent unasked, and what became of them. Its SQL; `bot.services.delivery` decides.

A row is *queued*, then *sending* while this process has it in hand, then *sent*, *expired*, *dropped* (no longer
wanted, or nobody there) or *failed*. A row that is done keeps its key until it is purged, so that it is not planned
again.
"""

from __future__ import annotations

import json
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any, Literal

from bot.models import NoticeKind, OutboxItem
from bot.storage.columns import moment_column
from bot.storage.database import Connection, Row

_COLUMNS = "id, key, chat_id, kind, priority, payload, not_before, expires_at, attempts"
MERGED = "merged into a later notice"
_MANY_DUE = 200

DoneState = Literal["sent", "expired", "dropped", "failed"]


@dataclass(frozen=True, slots=True)
class Done:
    """The end of a row. *Sent*: Telegram took it; *expired*: it was too late; *dropped*: it is no longer wanted, or
    nobody is there; *failed*: it cannot be sent as it is. ``reason``: why.
    """

    item: OutboxItem
    state: DoneState
    at: datetime
    reason: str | None = None


async def add_row(
    connection: Connection,
    *,
    key: str,
    chat_id: int,
    kind: NoticeKind,
    priority: int,
    payload: Mapping[str, Any],
    not_before: datetime,
    expires_at: datetime,
    created_at: datetime,
) -> bool:
    """Queue a message; ``payload`` must be JSON-safe.

    False: this key was planned before (sent or not), or a change notice for this person is queued already.
    """
    cursor = await connection.execute(
        "INSERT INTO outbox (key, chat_id, kind, priority, payload, not_before, expires_at, created_at)"
        " VALUES (?, ?, ?, ?, ?, ?, ?, ?) ON CONFLICT DO NOTHING",
        (
            key,
            chat_id,
            kind.value,
            int(priority),
            json.dumps(payload, ensure_ascii=False, separators=(",", ":")),
            moment_column(not_before),
            moment_column(expires_at),
            moment_column(created_at),
        ),
    )
    return cursor.rowcount > 0


async def claim(
    connection: Connection, now: datetime, limit: int, busy_chats: Collection[int]
) -> tuple[OutboxItem, ...]:
    """Take up to ``limit`` due rows in hand, in the order in which they are to be sent.

    At most one a chat, and none of ``busy_chats``. Rows that expired are among them: whoever takes them records that.
    """
    due = await connection.execute_fetchall(
        "SELECT count(*) FROM (SELECT 1 FROM outbox WHERE state = 'queued' AND not_before <= ? LIMIT ?)",
        (moment_column(now), _MANY_DUE),
    )
    # Few due: found by their moment and put in order, however many wait for later. Many: taken in order from the front;
    # the plus keeps SQLite from putting all of them in order for every few that are sent.
    not_before = "not_before" if next(iter(due))[0] < _MANY_DUE else "+not_before"
    rows = await connection.execute_fetchall(
        f"""
        WITH chosen AS MATERIALIZED (
            SELECT id FROM outbox AS mine
            WHERE state = 'queued' AND {not_before} <= :now
                AND chat_id NOT IN (SELECT value FROM json_each(:busy))
                AND NOT EXISTS (
                    SELECT 1 FROM outbox AS other
                    WHERE other.chat_id = mine.chat_id AND other.state = 'queued' AND other.not_before <= :now
                        AND (other.priority, other.expires_at, other.id) < (mine.priority, mine.expires_at, mine.id)
                )
            ORDER BY priority, expires_at, id LIMIT :limit
        )
        UPDATE outbox SET state = 'sending' WHERE id IN chosen RETURNING {_COLUMNS}
        """,  # noqa: S608 - our own columns
        {"now": moment_column(now), "busy": json.dumps(list(busy_chats)), "limit": limit},
    )
    return tuple(sorted(map(_from_row, rows), key=lambda item: (item.priority, item.expires_at, item.id)))


async def record_done(connection: Connection, records: Iterable[Done]) -> None:
    """Record ends; all in one call, as each call to the connection's thread costs more than its writing."""
    await connection.executemany(
        "UPDATE outbox SET state = ?, done_at = ?, reason = ? WHERE id = ?",
        [(one.state, moment_column(one.at), one.reason, one.item.id) for one in records],
    )


async def delete_row(connection: Connection, item: OutboxItem) -> None:
    """Forget the row with its key: the same may be planned again."""
    await connection.execute("DELETE FROM outbox WHERE id = ?", (item.id,))


async def put_back(connection: Connection, item: OutboxItem, not_before: datetime, *, attempt: bool) -> None:
    """Queue a row again, not before this moment. ``attempt``: count this try.

    A change notice meets the one that was queued for this person meanwhile: that one then stands for both.
    """
    cursor = await connection.execute(
        "UPDATE OR IGNORE outbox SET state = 'queued', not_before = ?, attempts = attempts + ? WHERE id = ?",
        (moment_column(not_before), attempt, item.id),
    )
    if cursor.rowcount:
        return
    # What waits now may not wait longer than the older one would have: it may be the more urgent.
    await connection.execute(
        """
        UPDATE outbox SET not_before = min(not_before, :not_before), expires_at = max(expires_at, :expires_at),
            payload = json_patch(payload, json_object('perhaps_told', (
                SELECT json_extract(payload, '$.perhaps_told') FROM outbox WHERE id = :id
            )))
        WHERE chat_id = :chat AND kind = :kind AND state = 'queued'
        """,
        {
            "id": item.id,
            "not_before": moment_column(not_before),
            "expires_at": moment_column(item.expires_at),
            "chat": item.chat_id,
            "kind": item.kind.value,
        },
    )
    await record_done(connection, [Done(item, "dropped", not_before, MERGED)])


async def requeue_sending(connection: Connection, *, handed_over: Collection[int] = ()) -> int:
    """Queue again what is found *sending*, except the ids in ``handed_over``; return how many.

    At the start these are rows that an earlier process had in hand when it ended.
    """
    rows = await connection.execute_fetchall(
        f"SELECT {_COLUMNS} FROM outbox WHERE state = 'sending'"  # noqa: S608 - our own list of columns
        " AND id NOT IN (SELECT value FROM json_each(?))",
        (json.dumps(list(handed_over)),),
    )
    items = [_from_row(row) for row in rows]
    for item in items:
        await put_back(connection, item, item.not_before, attempt=False)
    return len(items)


async def drop_rows_of_chat(connection: Connection, chat_id: int, now: datetime, reason: str | None = None) -> int:
    """Drop all that is queued for a chat; return how many rows."""
    cursor = await connection.execute(
        "UPDATE outbox SET state = 'dropped', done_at = ?, reason = ? WHERE chat_id = ? AND state = 'queued'",
        (moment_column(now), reason, chat_id),
    )
    return cursor.rowcount


async def next_not_before(connection: Connection, *, after: datetime | None = None) -> datetime | None:
    """Return when the next queued row becomes due (in UTC); None: none is queued.

    ``after``: leave out what is due by then.
    """
    rows = await connection.execute_fetchall(
        "SELECT min(not_before) FROM outbox WHERE state = 'queued' AND not_before > ?",
        (moment_column(after) if after else "",),
    )
    moment = next(iter(rows))[0]
    return datetime.fromisoformat(moment) if moment else None


async def oldest_due(connection: Connection, now: datetime) -> datetime | None:
    """Return since when the row that has been due longest, and is not too late yet, waits; None: none is due."""
    rows = await connection.execute_fetchall(
        "SELECT min(not_before) FROM outbox WHERE state = 'queued' AND not_before <= ?1 AND expires_at > ?1",
        (moment_column(now),),
    )
    moment = next((row[0] for row in rows), None)
    return datetime.fromisoformat(moment) if moment else None


async def notices_sent_since(connection: Connection, chat_id: int, moment: datetime) -> tuple[datetime, ...]:
    """Return when this person was told something unasked after ``moment``, oldest first.

    Reminders and answers do not count: people ask for them. Nor does what organisers and speakers must hear as such.
    """
    rows = await connection.execute_fetchall(
        "SELECT done_at FROM outbox WHERE chat_id = ? AND state = 'sent' AND done_at > ?"
        " AND kind NOT IN ('reminder', 'answer', 'organisers', 'speaker', 'speaker call')"
        " ORDER BY done_at",
        (chat_id, moment_column(moment)),
    )
    return tuple(datetime.fromisoformat(row[0]) for row in rows)


async def purge_done(connection: Connection, before: datetime, limit: int) -> int:
    """Delete up to ``limit`` rows that were done before this moment; return how many.

    Only those that have expired too: until then their keys keep them from being planned again.
    """
    cursor = await connection.execute(
        "DELETE FROM outbox WHERE id IN (SELECT id FROM outbox WHERE done_at < ?1 AND expires_at < ?1 LIMIT ?2)",
        (moment_column(before), limit),
    )
    return cursor.rowcount


def _from_row(row: Row) -> OutboxItem:
    return OutboxItem(
        id=row["id"],
        key=row["key"],
        chat_id=row["chat_id"],
        kind=NoticeKind(row["kind"]),
        priority=row["priority"],
        payload=json.loads(row["payload"]),
        not_before=datetime.fromisoformat(row["not_before"]).astimezone(UTC),
        expires_at=datetime.fromisoformat(row["expires_at"]).astimezone(UTC),
        attempts=row["attempts"],
    )
