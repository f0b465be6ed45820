"""Who talks to the bot."""

from __future__ import annotations

import json
from collections.abc import Collection
from datetime import date, datetime
from functools import lru_cache
from sys import intern

from bot.models import Attendee
from bot.storage.columns import moment_column
from bot.storage.database import Connection, Row


async def find_attendee(connection: Connection, chat_id: int) -> Attendee | None:
    """Return this person; None: they never wrote."""
    # All at once: each call to the connection's thread costs as much as the reading.
    rows = await connection.execute_fetchall("SELECT * FROM attendees WHERE chat_id = ?", (chat_id,))
    return next(map(_from_row, rows), None)


async def find_attendees(connection: Connection, chat_ids: Collection[int]) -> tuple[Attendee, ...]:
    """Return those of them who wrote, in any order."""
    rows = await connection.execute_fetchall(
        "SELECT * FROM attendees WHERE chat_id IN (SELECT value FROM json_each(?))", (json.dumps(list(chat_ids)),)
    )
    return tuple(map(_from_row, rows))


async def save_attendee(connection: Connection, attendee: Attendee) -> None:
    """Add this person, or write down all that is known of them now. The day they were first seen stays."""
    await connection.execute(
        """
        INSERT INTO attendees (chat_id, language, language_chosen, first_seen_on, last_seen_on, blocked_at)
        VALUES (?, ?, ?, ?, ?, ?)
        ON CONFLICT (chat_id) DO UPDATE SET language = excluded.language, language_chosen = excluded.language_chosen,
            last_seen_on = excluded.last_seen_on, blocked_at = excluded.blocked_at
        """,
        (
            attendee.chat_id,
            attendee.language,
            attendee.language_chosen,
            attendee.first_seen_on.isoformat(),
            attendee.last_seen_on.isoformat(),
            moment_column(attendee.blocked_at) if attendee.blocked_at else None,
        ),
    )


@lru_cache(maxsize=64)
def _day(text: str) -> date:
    return date.fromisoformat(text)


def _from_row(row: Row) -> Attendee:
    return Attendee(
        chat_id=row["chat_id"],
        language=intern(row["language"]),  # people are remembered by the thousand, and speak three of them
        language_chosen=bool(row["language_chosen"]),
        first_seen_on=_day(row["first_seen_on"]),
        last_seen_on=_day(row["last_seen_on"]),
        blocked_at=datetime.fromisoformat(row["blocked_at"]) if row["blocked_at"] else None,
    )
