"""What was shown to somebody last: one thing a person, for some minutes."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime

from bot.storage.columns import moment_column
from bot.storage.database import Connection
from content.questions.question import Intent

Mention = tuple[str, Intent | None, datetime]
"""The handle of a session or a speaker, what of it was asked, and when."""


async def read_mentions(connection: Connection, since: datetime) -> Mapping[int, Mention]:
    """Return by chat what was shown since then."""
    rows = await connection.execute_fetchall("SELECT * FROM mentions WHERE mentioned_at >= ?", (moment_column(since),))
    return {
        row["chat_id"]: (
            row["handle"],
            Intent(row["intent"]) if row["intent"] in set(Intent) else None,
            datetime.fromisoformat(row["mentioned_at"]),
        )
        for row in rows
    }


async def save_mention(connection: Connection, chat_id: int, mention: Mention, *, forget_before: datetime) -> None:
    """Write down what was shown, in the place of what was shown before; what is older than that is deleted."""
    handle, intent, at = mention
    await connection.execute("DELETE FROM mentions WHERE mentioned_at < ?", (moment_column(forget_before),))
    await connection.execute(
        """
        INSERT INTO mentions (chat_id, handle, intent, mentioned_at) VALUES (?, ?, ?, ?)
        ON CONFLICT (chat_id) DO UPDATE SET handle = excluded.handle, intent = excluded.intent,
            mentioned_at = excluded.mentioned_at
        """,
        (chat_id, handle, intent, moment_column(at)),
    )
