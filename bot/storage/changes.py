"""Who is still to be told of which agenda version, and the outbox rows that will tell them."""

from __future__ import annotations

import json
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import datetime

from bot.models import NoticeKind, Priority
from bot.storage.columns import moment_column
from bot.storage.database import Connection

_CONCERNED = """
    SELECT follows.chat_id,
        min(json_extract(wanted.value, '$.not_before')) AS not_before,
        max(json_extract(wanted.value, '$.expires_at')) AS expires_at,
        max(json_extract(wanted.value, '$.urgent')) AS urgent
    FROM json_each(:news) AS wanted
    CROSS JOIN follows ON follows.handle = json_extract(wanted.value, '$.handle')
        AND follows.told_version = json_extract(wanted.value, '$.told')
    GROUP BY follows.chat_id
"""


@dataclass(frozen=True, slots=True)
class FollowNews:
    """There is news for those who follow this handle and know version ``told``. ``urgent``: the notice may not wait."""

    told: int
    handle: str
    not_before: datetime
    expires_at: datetime
    urgent: bool


async def told_versions(connection: Connection) -> tuple[int, ...]:
    """Return every version that somebody was last told of, rising; walks the index in leaps, however many follow."""
    rows = await connection.execute_fetchall(
        """
        WITH RECURSIVE told (version) AS (
            SELECT min(told_version) FROM follows
            UNION ALL
            SELECT (SELECT min(told_version) FROM follows WHERE told_version > version) FROM told
            WHERE version IS NOT NULL
        )
        SELECT version FROM told WHERE version IS NOT NULL
        """
    )
    return tuple(row["version"] for row in rows)


async def told_of(connection: Connection, chat_id: int) -> Mapping[str, int]:
    """Return, by handle of what this person follows, the version they were last told of."""
    rows = await connection.execute_fetchall("SELECT handle, told_version FROM follows WHERE chat_id = ?", (chat_id,))
    return {row["handle"]: row["told_version"] for row in rows}


async def plan_change_rows(connection: Connection, news: Collection[FollowNews], *, current: int, now: datetime) -> int:
    """Queue one notice for each person whom any of these news concern; return how many.

    Left out: who has one under way, who wants none, who blocked the bot, and for whom one about this very version
    failed. A queued notice takes up what is urgent: it goes when that has to go.
    """
    places = {
        "news": json.dumps(
            [
                {
                    "told": each.told,
                    "handle": each.handle,
                    "not_before": moment_column(each.not_before),
                    "expires_at": moment_column(each.expires_at),
                    "urgent": each.urgent,
                }
                for each in news
            ]
        ),
        "current": current,
        "now": moment_column(now),
        "kind": NoticeKind.CHANGE.value,
        "priority": int(Priority.CHANGE),
    }
    await connection.execute(
        f"""
        UPDATE outbox SET
            not_before = iif(due.urgent, min(outbox.not_before, due.not_before), outbox.not_before),
            expires_at = max(outbox.expires_at, due.expires_at),
            payload = json_set(payload, '$.version', :current)
        FROM ({_CONCERNED}) AS due
        WHERE outbox.chat_id = due.chat_id AND outbox.state = 'queued' AND outbox.kind = :kind
            AND json_extract(outbox.payload, '$.version') < :current
        """,  # noqa: S608 - a query of ours
        places,
    )
    cursor = await connection.execute(
        f"""
        INSERT INTO outbox (key, chat_id, kind, priority, payload, not_before, expires_at, created_at)
        SELECT printf('change:%d:%d:%d', due.chat_id, :current, (SELECT coalesce(max(id), 0) FROM outbox)),
            due.chat_id, :kind, :priority, json_object('version', :current, 'planned_at', :now),
            due.not_before, due.expires_at, :now
        FROM ({_CONCERNED}) AS due
        JOIN attendees ON attendees.chat_id = due.chat_id AND attendees.blocked_at IS NULL
        LEFT JOIN notice_wishes ON notice_wishes.chat_id = due.chat_id
        WHERE coalesce(notice_wishes.changes, 1)
            AND NOT EXISTS (
                SELECT 1 FROM outbox AS other
                WHERE other.chat_id = due.chat_id AND other.kind = :kind
                    AND (other.state IN ('queued', 'sending')
                        OR other.state = 'failed' AND json_extract(other.payload, '$.version') = :current)
            )
        ON CONFLICT DO NOTHING
        """,  # noqa: S608 - a query of ours
        places,
    )
    return cursor.rowcount


async def skip_version(
    connection: Connection, concerned: Collection[str], *, told: int, current: int, limit: int
) -> int:
    """Mark people as told of the current version who are at ``told`` and whom it does not concern.

    ``concerned``: handles with news. Those who want no notices of changes are not concerned by any; those to whom one
    is being sent right now are left as they are. At most ``limit`` rows, to be called again while it returns as many.
    """
    cursor = await connection.execute(
        """
        UPDATE follows SET told_version = :current WHERE (chat_id, handle) IN (
            SELECT follows.chat_id, follows.handle FROM follows
            LEFT JOIN notice_wishes ON notice_wishes.chat_id = follows.chat_id
            WHERE follows.told_version = :told
                AND (follows.handle NOT IN (SELECT value FROM json_each(:concerned))
                    OR NOT coalesce(notice_wishes.changes, 1))
                AND NOT EXISTS (
                    SELECT 1 FROM outbox WHERE outbox.chat_id = follows.chat_id AND state = 'sending' AND kind = :kind
                )
            LIMIT :limit
        )
        """,
        {
            "current": current,
            "told": told,
            "concerned": json.dumps(list(concerned)),
            "limit": limit,
            "kind": NoticeKind.CHANGE.value,
        },
    )
    return cursor.rowcount


async def mark_told(connection: Connection, chat_id: int, version: int) -> None:
    """Write down that this person was told of all that this version changed."""
    await connection.execute(
        "UPDATE follows SET told_version = ?1 WHERE chat_id = ?2 AND told_version < ?1", (version, chat_id)
    )
