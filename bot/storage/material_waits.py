"""Who wants to hear when slides or documents can be had, and the rows of those who are to be told."""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime

from bot.models import NoticeKind, Priority
from bot.storage.columns import list_column, list_of, moment_column
from bot.storage.database import Connection


@dataclass(frozen=True, slots=True)
class Wait:
    """One wish to be told. ``known``: the handles of what could be had already when it was made."""

    since: str
    known: frozenset[str]


async def read_waits(connection: Connection) -> dict[int, set[str]]:
    """Return what everybody waits for, by chat: the handles of sessions and speakers."""
    waits = defaultdict[int, set[str]](set)
    for row in await connection.execute_fetchall("SELECT chat_id, handle FROM material_waits"):
        waits[row["chat_id"]].add(row["handle"])
    return waits


async def add_wait(connection: Connection, chat_id: int, handle: str, now: datetime, known: Collection[str]) -> bool:
    """Write down that this person wants to be told; False: they do already."""
    cursor = await connection.execute(
        """
        INSERT INTO material_waits (chat_id, handle, since, known) VALUES (?, ?, ?, ?)
        ON CONFLICT (chat_id, handle) DO NOTHING
        """,
        (chat_id, handle, moment_column(now), list_column(sorted(known))),
    )
    return cursor.rowcount == 1


async def delete_wait(connection: Connection, chat_id: int, handle: str) -> bool:
    """Forget the wish; False: there was none."""
    cursor = await connection.execute("DELETE FROM material_waits WHERE chat_id = ? AND handle = ?", (chat_id, handle))
    return cursor.rowcount == 1


async def find_wait(connection: Connection, chat_id: int, handle: str) -> Wait | None:
    """Return this person's wish; None: they have none."""
    rows = await connection.execute_fetchall(
        "SELECT since, known FROM material_waits WHERE chat_id = ? AND handle = ?", (chat_id, handle)
    )
    return next((Wait(row["since"], frozenset(list_of(row["known"]))) for row in rows), None)


async def waited_for(connection: Connection) -> tuple[tuple[str, frozenset[str]], ...]:
    """Return what is waited for: each handle with what those who wait know of."""
    rows = await connection.execute_fetchall("SELECT DISTINCT handle, known FROM material_waits")
    return tuple((row["handle"], frozenset(list_of(row["known"]))) for row in rows)


async def count_waiting(connection: Connection, handles: Collection[str]) -> int:
    """Return how many people wait for any of these; those who blocked the bot do not count."""
    rows = await connection.execute_fetchall(
        """
        SELECT count(DISTINCT chat_id) FROM material_waits JOIN attendees USING (chat_id)
        WHERE blocked_at IS NULL AND handle IN (SELECT value FROM json_each(?))
        """,
        (json.dumps(list(handles)),),
    )
    return int(next(iter(rows))[0])


async def tell_waiting(
    connection: Connection, handle: str, known: Collection[str], now: datetime, expires_at: datetime
) -> int:
    """Queue a row for everybody who waits for this, knowing of no more than ``known``; return how many are new."""
    cursor = await connection.execute(
        """
        INSERT INTO outbox (key, chat_id, kind, priority, payload, not_before, expires_at, created_at)
        SELECT 'material:' || handle || ':' || chat_id || ':' || since, chat_id, :kind, :priority,
            json_object('about', handle), :now, :expires_at, :now
        FROM material_waits JOIN attendees USING (chat_id)
        WHERE handle = :handle AND known = :known AND blocked_at IS NULL
        ON CONFLICT DO NOTHING
        """,
        {"handle": handle, "known": list_column(sorted(known)), **_row(now, expires_at)},
    )
    return cursor.rowcount


async def tell_followers(
    connection: Connection,
    material: str,
    followed: Collection[str],
    *,
    waited: Collection[str],
    now: datetime,
    expires_at: datetime,
) -> int:
    """Queue a row about this material for whoever follows any of ``followed``; return how many are new.

    ``waited``: whoever waits for any of these is told as one who asked.
    """
    cursor = await connection.execute(
        """
        INSERT INTO outbox (key, chat_id, kind, priority, payload, not_before, expires_at, created_at)
        SELECT DISTINCT 'material:' || :material || ':' || follows.chat_id, follows.chat_id, :kind, :priority,
            json_object('material', :material), :now, :expires_at, :now
        FROM json_each(:followed) AS wanted
        CROSS JOIN follows ON follows.handle = wanted.value
        JOIN attendees ON attendees.chat_id = follows.chat_id AND attendees.blocked_at IS NULL
        WHERE NOT EXISTS (
            SELECT 1 FROM material_waits WHERE material_waits.chat_id = follows.chat_id
                AND material_waits.handle IN (SELECT value FROM json_each(:waited))
        )
        ON CONFLICT DO NOTHING
        """,
        {
            "material": material,
            "followed": json.dumps(list(followed)),
            "waited": json.dumps(list(waited)),
            **_row(now, expires_at),
        },
    )
    return cursor.rowcount


def _row(now: datetime, expires_at: datetime) -> dict[str, object]:
    return {
        "kind": NoticeKind.MATERIAL.value,
        "priority": int(Priority.MATERIAL),
        "now": moment_column(now),
        "expires_at": moment_column(expires_at),
    }
