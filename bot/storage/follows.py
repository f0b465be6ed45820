"""What people follow, and how they want to be told."""

from __future__ import annotations

import json
import sys
from collections.abc import Collection
from datetime import datetime

from bot.models import Follows, NoticeWishes, SessionWish
from bot.storage.columns import moment_column
from bot.storage.database import Connection


async def read_follows(connection: Connection, chat_id: int) -> Follows:
    """Return what this person follows; somebody unknown follows nothing and has the usual wishes."""
    rows = await connection.execute_fetchall(
        """
        SELECT kind, handle, NULL, NULL, NULL FROM follows WHERE chat_id = ?1
        UNION ALL SELECT 'session wish', handle, lead_minutes, muted, NULL FROM session_wishes WHERE chat_id = ?1
        UNION ALL SELECT 'wishes', NULL, lead_minutes, changes, quiet_hours FROM notice_wishes WHERE chat_id = ?1
        """,
        (chat_id,),
    )
    sessions, speakers, wishes, session_wishes = set[str](), set[str](), NoticeWishes(), dict[str, SessionWish]()
    for kind, handle, lead_minutes, first, second in rows:
        # Thousands of people are remembered: each handle is there once, not once a follower.
        handle = sys.intern(handle or "")  # noqa: PLW2901
        match kind:
            case "session":
                sessions.add(handle)
            case "speaker":
                speakers.add(handle)
            case "session wish":
                session_wishes[handle] = SessionWish(lead_minutes, bool(first))
            case _:
                wishes = NoticeWishes(lead_minutes, bool(first), bool(second))
    return Follows(frozenset(sessions), frozenset(speakers), wishes, session_wishes)


async def add_follow(
    connection: Connection, *, chat_id: int, handle: str, kind: str, told_version: int, followed_at: datetime
) -> bool:
    """Add this follow; return False if it is there already.

    Raises:
        sqlite3.IntegrityError: the person or the handle is unknown.
    """
    cursor = await connection.execute(
        """
        INSERT INTO follows (chat_id, handle, kind, told_version, followed_at) VALUES (?, ?, ?, ?, ?)
        ON CONFLICT (chat_id, handle) DO NOTHING
        """,
        (chat_id, handle, kind, told_version, moment_column(followed_at)),
    )
    return cursor.rowcount > 0


async def delete_follow(connection: Connection, chat_id: int, handle: str) -> bool:
    """Delete this follow; return False if there was none."""
    cursor = await connection.execute("DELETE FROM follows WHERE chat_id = ? AND handle = ?", (chat_id, handle))
    return cursor.rowcount > 0


async def save_wishes(connection: Connection, chat_id: int, wishes: NoticeWishes) -> None:
    """Write down how this person wants to be told in general."""
    await connection.execute(
        """
        INSERT INTO notice_wishes (chat_id, lead_minutes, changes, quiet_hours) VALUES (?, ?, ?, ?)
        ON CONFLICT (chat_id) DO UPDATE SET lead_minutes = excluded.lead_minutes, changes = excluded.changes,
            quiet_hours = excluded.quiet_hours
        """,
        (chat_id, wishes.lead_minutes, wishes.changes, wishes.quiet_hours),
    )


async def save_session_wish(connection: Connection, chat_id: int, handle: str, wish: SessionWish) -> None:
    """Write down what this person wants for one session alone; nothing in particular leaves no row."""
    if wish == SessionWish():
        await connection.execute("DELETE FROM session_wishes WHERE chat_id = ? AND handle = ?", (chat_id, handle))
        return
    await connection.execute(
        """
        INSERT INTO session_wishes (chat_id, handle, lead_minutes, muted) VALUES (?, ?, ?, ?)
        ON CONFLICT (chat_id, handle) DO UPDATE SET lead_minutes = excluded.lead_minutes, muted = excluded.muted
        """,
        (chat_id, handle, wish.lead_minutes, wish.muted),
    )


async def count_followers(connection: Connection, handles: Collection[str]) -> int:
    """Return how many people follow any of these; those who blocked the bot do not count."""
    async with connection.execute(
        """
        SELECT count(DISTINCT follows.chat_id) FROM json_each(?) AS wanted
        CROSS JOIN follows ON follows.handle = wanted.value
        JOIN attendees ON attendees.chat_id = follows.chat_id AND attendees.blocked_at IS NULL
        """,
        (json.dumps(list(handles)),),
    ) as cursor:
        row = await cursor.fetchone()
    return int(row[0]) if row else 0
