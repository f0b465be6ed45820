"""What speakers are told of: which version they know, which change they have seen, which reminders they want."""

from __future__ import annotations

from collections.abc import Collection
from datetime import datetime

from bot.models import NoticeKind
from bot.speakers import SpeakerWishes
from bot.storage.columns import moment_column
from bot.storage.database import Connection


async def read_speaker_wishes(connection: Connection, chat_id: int) -> SpeakerWishes:
    """Return which reminders of their appearances this person wants."""
    async with connection.execute("SELECT * FROM speaker_wishes WHERE chat_id = ?", (chat_id,)) as cursor:
        row = await cursor.fetchone()
    if row is None:
        return SpeakerWishes()
    return SpeakerWishes(bool(row["day_before"]), bool(row["hour_before"]), bool(row["quarter_before"]))


async def save_speaker_wishes(connection: Connection, chat_id: int, wishes: SpeakerWishes) -> None:
    """Write down which reminders of their appearances this person wants."""
    await connection.execute(
        """
        INSERT INTO speaker_wishes (chat_id, day_before, hour_before, quarter_before) VALUES (?, ?, ?, ?)
        ON CONFLICT (chat_id) DO UPDATE SET day_before = excluded.day_before, hour_before = excluded.hour_before,
            quarter_before = excluded.quarter_before
        """,
        (chat_id, wishes.day_before, wishes.hour_before, wishes.quarter_before),
    )


async def note_speaker_told(
    connection: Connection, chat_id: int, version: int, now: datetime, *, changed: Collection[str]
) -> None:
    """Write down that a speaker was told of all up to this version. ``changed``: the handles that this was about."""
    await connection.execute(
        "UPDATE speaker_claims SET told_version = ?1 WHERE chat_id = ?2 AND told_version < ?1", (version, chat_id)
    )
    await connection.executemany(
        """
        UPDATE speaker_claims SET change_version = ?1, change_told_at = ?2, change_seen_at = NULL
        WHERE chat_id = ?3 AND handle = ?4
        """,
        [(version, moment_column(now), chat_id, handle) for handle in changed],
    )


async def note_change_seen(connection: Connection, chat_id: int, version: int, now: datetime) -> int:
    """Write down that a speaker tapped "seen" below what they were told about this version; return for how many."""
    cursor = await connection.execute(
        """
        UPDATE speaker_claims SET change_seen_at = ?
        WHERE chat_id = ? AND change_version = ? AND change_seen_at IS NULL
        """,
        (moment_column(now), chat_id, version),
    )
    return cursor.rowcount


async def bring_forward(connection: Connection, chat_id: int, about: str, not_before: datetime) -> bool:
    """Let what waits for a speaker about this go out by then; False: nothing waits."""
    cursor = await connection.execute(
        """
        UPDATE outbox SET not_before = min(not_before, ?)
        WHERE chat_id = ? AND kind = ? AND state = 'queued' AND json_extract(payload, '$.about') = ?
        """,
        (moment_column(not_before), chat_id, NoticeKind.SPEAKER.value, about),
    )
    return cursor.rowcount > 0
