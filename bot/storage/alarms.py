"""The rows of alarms in the outbox: one an organiser."""

from __future__ import annotations

import json
from collections.abc import Collection
from datetime import datetime

from bot.alarms import Alarm, AlarmKind
from bot.models import NoticeKind, Priority
from bot.storage.columns import moment_column
from bot.storage.database import Connection


async def add_alarm(
    connection: Connection, alarm: Alarm, about: str, chats: Collection[int], *, expires_at: datetime
) -> int:
    """Queue it for those of these chats that wrote to the bot and did not block it; return how many.

    What was raised ``about`` the same before is not queued again.
    """
    cursor = await connection.execute(
        """
        INSERT INTO outbox (key, chat_id, kind, priority, payload, not_before, expires_at, created_at)
        SELECT 'organisers:' || :alarm || ':' || :about || ':' || chat_id, chat_id, :kind, :priority, :payload,
            :now, :expires_at, :now
        FROM attendees WHERE blocked_at IS NULL AND chat_id IN (SELECT value FROM json_each(:chats))
        ORDER BY chat_id
        ON CONFLICT (key) DO NOTHING
        """,
        {
            "alarm": alarm.kind.value,
            "about": about,
            "kind": NoticeKind.ORGANISERS.value,
            "priority": int(Priority.URGENT),
            "payload": json.dumps(
                {"alarm": alarm.kind.value, "at": moment_column(alarm.at), "details": dict(alarm.details)},
                ensure_ascii=False,
            ),
            "now": moment_column(alarm.at),
            "expires_at": moment_column(expires_at),
            "chats": json.dumps(sorted(chats)),
        },
    )
    return cursor.rowcount


async def latest_alarm(connection: Connection, kind: AlarmKind) -> Alarm | None:
    """Return the latest of this kind that anybody was to hear; None: none within the outbox's memory."""
    rows = await connection.execute_fetchall(
        "SELECT payload FROM outbox WHERE kind = ? AND json_extract(payload, '$.alarm') = ? ORDER BY id DESC LIMIT 1",
        (NoticeKind.ORGANISERS.value, kind.value),
    )
    row = next(iter(rows), None)
    return alarm_of(json.loads(row[0])) if row else None


def alarm_of(payload: dict[str, object]) -> Alarm:
    """Read what `add_alarm` wrote."""
    details = payload["details"]
    return Alarm(
        AlarmKind(str(payload["alarm"])),
        datetime.fromisoformat(str(payload["at"])),
        details if isinstance(details, dict) else {},
    )
