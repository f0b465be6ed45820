"""Who is to be reminded of what: people counted by lead, and their rows written to the outbox in one statement."""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime

from bot.models import NoticeKind, NoticeWishes, Priority
from bot.storage.columns import moment_column
from bot.storage.database import Connection

Audience = Mapping[str, Mapping[int, int]]
"""By session handle: how many people have each lead, in minutes."""
Ways = Mapping[str, Collection[str]]
"""By session handle: what leads to it, which is its own handle and those of its speakers."""

_WAYS = """
    SELECT json_extract(value, '$[0]') AS session, json_extract(value, '$[1]') AS followed FROM json_each(:ways)
"""
# The person's lead for a session: their own for it, else their own in general, else the usual.
_LEAD = f"coalesce(session_wishes.lead_minutes, notice_wishes.lead_minutes, {NoticeWishes().lead_minutes})"
_WISHES = """
    LEFT JOIN session_wishes ON session_wishes.chat_id = follows.chat_id AND session_wishes.handle = ways.session
    LEFT JOIN notice_wishes ON notice_wishes.chat_id = follows.chat_id
"""
# CROSS JOIN keeps SQLite from going through all follows in search of a few.
_FOLLOWS = "ways CROSS JOIN follows ON follows.handle = ways.followed"
_FOLLOWS_OF_SOME = """
    json_each(:chats) AS some CROSS JOIN ways CROSS JOIN follows
        ON follows.chat_id = some.value AND follows.handle = ways.followed
"""
_SESSIONS_AT_ONCE = 100  # some milliseconds; nobody else reads meanwhile


@dataclass(frozen=True, slots=True)
class ReminderGroup:
    """Everybody who has this lead for this session; they are sent their reminders from ``begins_at`` on.

    ``start_version``: the agenda version that set the start. Moments are in UTC.
    """

    session: str
    starts_at: datetime
    start_version: int
    lead_minutes: int
    begins_at: datetime


async def count_audience(connection: Connection, ways: Ways) -> dict[str, dict[int, int]]:
    """Count the people who want a reminder, each once a session; those who blocked the bot are among them."""
    audience: defaultdict[str, dict[int, int]] = defaultdict(dict)
    sessions = list(ways)
    for first in range(0, len(sessions), _SESSIONS_AT_ONCE):
        some = {session: ways[session] for session in sessions[first : first + _SESSIONS_AT_ONCE]}
        rows = await connection.execute_fetchall(
            f"""
            WITH ways AS MATERIALIZED ({_WAYS})
            SELECT ways.session, {_LEAD} AS lead, count(DISTINCT follows.chat_id) FROM {_FOLLOWS} {_WISHES}
            WHERE coalesce(session_wishes.muted, 0) = 0 AND {_LEAD} > 0
            GROUP BY ways.session, lead
            """,  # noqa: S608 — pieces of SQL from above; values are bound
            {"ways": _pairs(some)},
        )
        for session, lead, people in rows:
            audience[session][lead] = people
    return dict(audience)


async def add_reminders(
    connection: Connection,
    groups: Iterable[ReminderGroup],
    ways: Ways,
    now: datetime,
    *,
    chats: Collection[int] | None = None,
    told: Collection[tuple[int, str, int]] = (),
) -> int:
    """Add a row for everybody in these groups who has none yet, and return how many were added.

    ``chats``: these people alone; None: all. ``told``: the chat, the session and the lead of who was told of the start
    otherwise; only a shorter lead, chosen since, still brings a reminder. Those who blocked the bot are left out; a row
    that was dropped because of that is queued again once they are back.
    """
    wanted = list(groups)
    cursor = await connection.execute(
        f"""
        INSERT INTO outbox (key, chat_id, kind, priority, payload, not_before, expires_at, created_at)
        WITH ways AS MATERIALIZED ({_WAYS}),
            due AS MATERIALIZED (
                SELECT json_extract(value, '$[0]') AS session, json_extract(value, '$[1]') AS lead,
                    json_extract(value, '$[2]') AS starts_at, json_extract(value, '$[3]') AS start_version,
                    json_extract(value, '$[4]') AS begins_at
                FROM json_each(:due)
            )
        SELECT 'reminder:' || due.session || ':' || due.starts_at || ':' || due.start_version || ':' || follows.chat_id,
            follows.chat_id, :kind, :priority,
            json_object('session', due.session, 'starts_at', due.starts_at, 'version', due.start_version),
            due.begins_at, due.starts_at, :now
        FROM {_FOLLOWS if chats is None else _FOLLOWS_OF_SOME} {_WISHES}
            JOIN due ON due.session = ways.session AND due.lead = {_LEAD}
            JOIN attendees ON attendees.chat_id = follows.chat_id AND attendees.blocked_at IS NULL
        WHERE coalesce(session_wishes.muted, 0) = 0 AND NOT EXISTS (
            SELECT 1 FROM json_each(:told) AS told WHERE json_extract(told.value, '$[0]') = follows.chat_id
                AND json_extract(told.value, '$[1]') = due.session AND json_extract(told.value, '$[2]') <= due.lead
        )
        ON CONFLICT (key) DO UPDATE SET state = 'queued', done_at = NULL, reason = NULL WHERE state = 'dropped'
        """,  # noqa: S608 — pieces of SQL from above; values are bound
        {
            "ways": _pairs({group.session: ways[group.session] for group in wanted}),
            "due": json.dumps([_due(group) for group in wanted]),
            "chats": json.dumps(list(chats or ())),
            "told": json.dumps(list(told)),
            "kind": NoticeKind.REMINDER,
            "priority": Priority.REMINDER,
            "now": moment_column(now),
        },
    )
    return cursor.rowcount


def _pairs(ways: Ways) -> str:
    return json.dumps([(session, handle) for session, handles in ways.items() for handle in handles])


def _due(group: ReminderGroup) -> tuple[str, int, str, int, str]:
    return (
        group.session,
        group.lead_minutes,
        moment_column(group.starts_at),
        group.start_version,
        moment_column(group.begins_at),
    )
