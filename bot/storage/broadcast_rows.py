"""The rows of a broadcast in the outbox: written in one statement, held back, dropped and counted together."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime
from typing import Final

from bot.broadcasts import Audience, AudienceKind, Broadcast, BroadcastProgress
from bot.models import NoticeKind
from bot.storage.columns import moment_column
from bot.storage.database import Connection

CANCELLED: Final = "cancelled"
ALL: Final = -1  # as a limit
_NEVER: Final = "9999-12-31T00:00:00+00:00"
_ROWS: Final = "kind = 'broadcast' AND json_extract(payload, '$.broadcast') = :broadcast"  # as the index has it
_PEOPLE: Final = """
    attendees WHERE blocked_at IS NULL AND (:language IS NULL OR language = :language)
        AND (:followed IS NULL OR (
            chat_id IN (
                SELECT follows.chat_id FROM json_each(:followed) AS wanted
                CROSS JOIN follows ON follows.handle = wanted.value
            )
            AND chat_id NOT IN (SELECT chat_id FROM session_wishes WHERE handle = :handle AND muted = 1)
        ))
        AND (NOT :speakers OR chat_id IN (SELECT chat_id FROM speaker_claims))
"""


@dataclass(frozen=True, slots=True)
class SendingTimes:
    """When rows may go: at ``now``, or at ``morning`` for those who want a quiet night (None: it is day, or urgent)."""

    now: datetime
    morning: datetime | None
    expires_at: datetime


async def count_people(connection: Connection, audience: Audience, followed: Collection[str]) -> dict[str, int]:
    """Count an audience by language. ``followed``: the handles that make one its follower."""
    rows = await connection.execute_fetchall(
        f"SELECT language, count(*) FROM {_PEOPLE} GROUP BY language ORDER BY language",  # noqa: S608 - our own piece
        _audience(audience, followed),
    )
    return {row[0]: row[1] for row in rows}


async def next_people(
    connection: Connection, audience: Audience, followed: Collection[str], *, after: int, limit: int
) -> int | None:
    """Return the last chat of an audience's next ``limit`` people after the chat ``after``; None: there are fewer."""
    rows = await connection.execute_fetchall(
        f"SELECT chat_id FROM {_PEOPLE} AND chat_id > :after ORDER BY chat_id LIMIT 1 OFFSET :limit - 1",  # noqa: S608 - our own piece
        {**_audience(audience, followed), "after": after, "limit": limit},
    )
    return next((row[0] for row in rows), None)


async def last_listed(connection: Connection, id_: int) -> int:
    """Return the last chat that has a row of it; 0: none has."""
    rows = await connection.execute_fetchall(
        f"SELECT coalesce(max(chat_id), 0) FROM outbox WHERE {_ROWS}",  # noqa: S608 - our own piece
        {"broadcast": id_},
    )
    return int(next(iter(rows))[0])


async def add_rows(
    connection: Connection,
    broadcast: Broadcast,
    followed: Collection[str],
    times: SendingTimes,
    priority: int,
    *,
    after: int = 0,
    up_to: int | None = None,
) -> int:
    """Queue a row for everybody in the audience who has none yet; return how many.

    ``after``, ``up_to``: for the chats between alone, the last one included; None: for all that come after.
    """
    cursor = await connection.execute(
        f"""
        INSERT INTO outbox (key, chat_id, kind, priority, payload, not_before, expires_at, created_at)
        SELECT 'broadcast:' || :broadcast || ':' || chat_id, chat_id, :kind, :priority,
            json_object('broadcast', :broadcast), {_not_before("attendees")}, :expires_at, :now
        FROM {_PEOPLE} AND chat_id > :after AND (:up_to IS NULL OR chat_id <= :up_to) ORDER BY chat_id
        ON CONFLICT (key) DO NOTHING
        """,  # noqa: S608 - our own pieces; values are bound
        {
            "kind": NoticeKind.BROADCAST.value,
            "priority": int(priority),
            "broadcast": broadcast.id,
            "after": after,
            "up_to": up_to,
            **_audience(broadcast.draft.audience, followed),
            **_times(times),
        },
    )
    return cursor.rowcount


async def hold_rows(connection: Connection, id_: int, *, limit: int = ALL) -> int:
    """Pause: nothing that is still queued is due any more, and nothing expires, what is in hand included.

    Holds up to ``limit`` rows that are not held yet, and returns how many.
    """
    cursor = await connection.execute(
        f"""
        UPDATE outbox SET expires_at = :never, not_before = CASE state WHEN 'queued' THEN :never ELSE not_before END
        WHERE id IN (
            SELECT id FROM outbox WHERE {_ROWS} AND state IN ('queued', 'sending') AND expires_at < :never LIMIT :limit
        )
        """,  # noqa: S608 - our own piece
        {"never": _NEVER, "broadcast": id_, "limit": limit},
    )
    return cursor.rowcount


async def free_rows(connection: Connection, id_: int, times: SendingTimes, *, limit: int = ALL) -> int:
    """Let go what `hold_rows` holds, and give it time to arrive: up to ``limit`` rows; returns how many."""
    cursor = await connection.execute(
        # Whatever their state: rows that never expire would never be purged.
        f"""
        UPDATE outbox SET expires_at = :expires_at,
            not_before = CASE state WHEN 'queued' THEN {_not_before("outbox")} ELSE not_before END
        WHERE id IN (SELECT id FROM outbox WHERE {_ROWS} AND expires_at = :never LIMIT :limit)
        """,  # noqa: S608 - our own pieces
        {"broadcast": id_, "never": _NEVER, "limit": limit, **_times(times)},
    )
    return cursor.rowcount


async def drop_rows(connection: Connection, id_: int, now: datetime, *, expires_at: datetime, limit: int = ALL) -> int:
    """Cancel: drop up to ``limit`` rows that are still queued; return how many. ``expires_at``: of what was held."""
    cursor = await connection.execute(
        f"""
        UPDATE outbox SET state = 'dropped', done_at = :now, reason = :reason, expires_at = min(expires_at, :expires_at)
        WHERE id IN (SELECT id FROM outbox WHERE {_ROWS} AND state = 'queued' LIMIT :limit)
        """,  # noqa: S608 - our own piece
        {
            "broadcast": id_,
            "now": moment_column(now),
            "reason": CANCELLED,
            "expires_at": moment_column(expires_at),
            "limit": limit,
        },
    )
    if limit == ALL or cursor.rowcount < limit:
        await connection.execute(
            f"UPDATE outbox SET expires_at = :expires_at WHERE {_ROWS} AND expires_at = :never",  # noqa: S608 - our own piece
            {"broadcast": id_, "expires_at": moment_column(expires_at), "never": _NEVER},
        )
    return cursor.rowcount


async def count_rows(connection: Connection, id_: int, *, held_after: datetime) -> BroadcastProgress:
    """Count what became of the rows. ``held_after``: a row that waits longer is held for the morning."""
    rows = await connection.execute_fetchall(
        f"""
        SELECT state, coalesce(reason, '') IN (:cancelled, 'obsolete') AS cancelled, count(*) AS people,
            sum(state = 'queued' AND not_before > :held_after AND not_before < :never) AS held
        FROM outbox WHERE {_ROWS} GROUP BY 1, 2
        """,  # noqa: S608 - our own piece
        {"broadcast": id_, "cancelled": CANCELLED, "held_after": moment_column(held_after), "never": _NEVER},
    )
    people = Counter[str]()
    for row in rows:
        match row["state"]:
            case "sent" | "failed" | "expired" as name:
                people[name] += row["people"]
            case "dropped":
                people["cancelled" if row["cancelled"] else "blocked"] += row["people"]
            case _:
                people["left"] += row["people"]
                people["held"] += row["held"]
    return BroadcastProgress(
        total=sum(row["people"] for row in rows),
        sent=people["sent"],
        left=people["left"],
        blocked=people["blocked"],
        failed=people["failed"],
        expired=people["expired"],
        cancelled=people["cancelled"],
        held=people["held"],
    )


async def count_sent_since(connection: Connection, id_: int, since: datetime) -> tuple[int, datetime]:
    """Return how many were sent after ``since``, or after it last began or was resumed, and which moment that is."""
    rows = await connection.execute_fetchall(
        f"""
        SELECT (SELECT count(*) FROM outbox WHERE {_ROWS} AND state = 'sent' AND done_at > since), since
        FROM (SELECT max(:since, coalesce(running_since, '')) AS since FROM broadcasts WHERE id = :broadcast)
        """,  # noqa: S608 - our own piece
        {"broadcast": id_, "since": moment_column(since)},
    )
    row = next(iter(rows))
    return row[0], datetime.fromisoformat(row[1])


def _not_before(table: str) -> str:
    return f"""
        CASE WHEN :morning IS NOT NULL AND coalesce(
            (SELECT quiet_hours FROM notice_wishes WHERE notice_wishes.chat_id = {table}.chat_id), 1
        ) THEN :morning ELSE :now END
    """  # noqa: S608 - our own tables


def _times(times: SendingTimes) -> dict[str, str | None]:
    return {
        "now": moment_column(times.now),
        "morning": moment_column(times.morning) if times.morning else None,
        "expires_at": moment_column(times.expires_at),
    }


def _audience(audience: Audience, followed: Collection[str]) -> dict[str, str | bool | None]:
    kind = audience.kind
    return {
        "language": audience.value if kind is AudienceKind.LANGUAGE else None,
        "followed": json.dumps(list(followed)) if kind is AudienceKind.FOLLOWERS else None,
        "handle": audience.value,
        "speakers": kind is AudienceKind.SPEAKERS,
    }
