"""Who is still to be told of which agenda version, and the outbox rows that will tell them."""

from __future__ import annotations

import json
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import datetime

from bot.models import Priority
from bot.storage.columns import moment_column
from bot.storage.database import Connection


@dataclass(frozen=True, slots=True)
class FollowNews:
    """There is news for those who follow this handle and know version ``told``. ``urgent``: the notice may not wait."""

    told: int
    handle: str
    not_before: datetime
    expires_at: datetime
    urgent: bool


@dataclass(frozen=True, slots=True)
class PersonToTell:
    """Somebody for whom a notice is to be planned, moments as they stand in columns.

    ``waiting``: one of an older version is queued already.
    """

    chat_id: int
    not_before: str
    expires_at: str
    urgent: bool
    waiting: bool


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


async def people_to_tell(
    connection: Connection, news: Collection[FollowNews], *, current: int
) -> tuple[PersonToTell, ...]:
    """Return everybody whom any of these news concern, unless a notice about version ``current`` is planned for them.

    Left out as well: to whom a notice is being sent, who wants none, who blocked the bot, and for whom one about this
    very version failed.
    """
    wanted = [
        {
            "told": each.told,
            "handle": each.handle,
            "not_before": moment_column(each.not_before),
            "expires_at": moment_column(each.expires_at),
            "urgent": each.urgent,
        }
        for each in news
    ]
    rows = await connection.execute_fetchall(
        """
        WITH due AS (
            SELECT follows.chat_id,
                min(json_extract(wanted.value, '$.not_before')) AS not_before,
                max(json_extract(wanted.value, '$.expires_at')) AS expires_at,
                max(json_extract(wanted.value, '$.urgent')) AS urgent
            FROM json_each(:wanted) AS wanted
            CROSS JOIN follows ON follows.handle = json_extract(wanted.value, '$.handle')
                -- The plus: to be found by handle, since most people have been told of the same version.
                AND +follows.told_version = json_extract(wanted.value, '$.told')
            GROUP BY follows.chat_id
        )
        SELECT due.*, waiting.id AS waiting_id FROM due
        JOIN attendees ON attendees.chat_id = due.chat_id AND attendees.blocked_at IS NULL
        LEFT JOIN notice_wishes ON notice_wishes.chat_id = due.chat_id
        LEFT JOIN outbox AS waiting
            ON waiting.chat_id = due.chat_id AND waiting.state = 'queued' AND waiting.kind = 'change'
        WHERE coalesce(notice_wishes.changes, 1)
            AND coalesce(json_extract(waiting.payload, '$.version'), 0) < :current
            AND NOT EXISTS (
                SELECT 1 FROM outbox AS other
                WHERE other.chat_id = due.chat_id AND other.kind = 'change' AND (
                    other.state = 'sending'
                    OR other.state = 'failed' AND json_extract(other.payload, '$.version') = :current
                )
            )
        """,
        {"wanted": json.dumps(wanted), "current": current},
    )
    return tuple(
        PersonToTell(
            row["chat_id"], row["not_before"], row["expires_at"], bool(row["urgent"]), row["waiting_id"] is not None
        )
        for row in rows
    )


async def plan_change_rows(
    connection: Connection,
    people: Collection[PersonToTell],
    *,
    current: int,
    now: datetime,
    restless_since: datetime,
) -> int:
    """Queue a notice for each of these who has none waiting; return how many.

    One that waits already takes up what is new. It is looked at again when that may be told, which can be sooner than
    it was held for; and one that was planned before ``restless_since`` waits for the new version to settle too.
    """
    await connection.executemany(
        """
        UPDATE outbox SET not_before = min(not_before, ?1), expires_at = max(expires_at, ?2),
            payload = json_set(payload, '$.version', ?3, '$.planned_at',
                iif(json_extract(payload, '$.planned_at') < ?5, ?6, json_extract(payload, '$.planned_at')))
        WHERE chat_id = ?4 AND state = 'queued' AND kind = 'change'
        """,
        [
            (
                each.not_before,
                each.expires_at,
                current,
                each.chat_id,
                moment_column(restless_since),
                moment_column(now),
            )
            for each in people
            if each.waiting
        ],
    )
    fresh = [
        (each.chat_id, current, each.not_before, each.expires_at, moment_column(now), int(Priority.CHANGE))
        for each in people
        if not each.waiting
    ]
    if not fresh:
        return 0
    cursor = await connection.executemany(
        """
        INSERT INTO outbox (key, chat_id, kind, priority, payload, not_before, expires_at, created_at)
        VALUES (printf('change:%d:%d:%d', ?1, ?2, (SELECT coalesce(max(id), 0) FROM outbox)), ?1, 'change', ?6,
            json_object('version', ?2, 'planned_at', ?5), ?3, ?4, ?5)
        ON CONFLICT DO NOTHING
        """,
        fresh,
    )
    return cursor.rowcount


async def skip_version(
    connection: Connection, concerned: Collection[str], *, told: int, current: int, after: int, limit: int
) -> int | None:
    """Mark people as told of the current version who are at ``told`` and whom it does not concern.

    ``concerned``: handles with news. Those who want no notices of changes are not concerned by any; those to whom one
    is being sent right now are left as they are. Goes on after the chat ``after``, looks at about ``limit`` follows,
    and returns the last chat it looked at; None: there was none left.
    """
    rows = await connection.execute_fetchall(
        "SELECT max(chat_id) FROM (SELECT chat_id FROM follows WHERE told_version = ? AND chat_id > ?"
        " ORDER BY chat_id LIMIT ?)",
        (told, after, limit),
    )
    up_to: int | None = next(iter(rows))[0]
    if up_to is None:
        return None
    await connection.execute(
        """
        UPDATE follows SET told_version = :current WHERE (chat_id, handle) IN (
            SELECT follows.chat_id, follows.handle FROM follows
            LEFT JOIN notice_wishes ON notice_wishes.chat_id = follows.chat_id
            WHERE follows.told_version = :told AND follows.chat_id > :after AND follows.chat_id <= :up_to
                AND (follows.handle NOT IN (SELECT value FROM json_each(:concerned))
                    OR NOT coalesce(notice_wishes.changes, 1))
                AND NOT EXISTS (
                    SELECT 1 FROM outbox
                    WHERE outbox.chat_id = follows.chat_id AND state = 'sending' AND kind = 'change'
                )
        )
        """,
        {
            "current": current,
            "told": told,
            "concerned": json.dumps(list(concerned)),
            "after": after,
            "up_to": up_to,
        },
    )
    return up_to


async def note_perhaps_told(connection: Connection, row_id: int, version: int | None) -> None:
    """Write down in a row of the outbox that its notice, about to be sent, brings the person up to this version.

    None: no notice of this row can have arrived.
    """
    await connection.execute(
        "UPDATE outbox SET payload = json_patch(payload, json_object('perhaps_told', ?)) WHERE id = ?",
        (version, row_id),
    )


async def mark_told(connection: Connection, chat_id: int, version: int) -> None:
    """Write down that this person was told of all that this version changed."""
    await connection.execute(
        "UPDATE follows SET told_version = ?1 WHERE chat_id = ?2 AND told_version < ?1", (version, chat_id)
    )
