"""What speakers call out to the organisers, and who answered what."""

from __future__ import annotations

from datetime import datetime

from bot.speakers import CallAnswer, CallKind, SpeakerCall
from bot.storage.columns import moment_column, new_number
from bot.storage.database import Connection


async def add_call(
    connection: Connection,
    *,
    chat_id: int,
    handle: str,
    session: str | None,
    kind: CallKind,
    now: datetime,
    not_since: datetime,
) -> int | None:
    """Write down a call and return its number. None: this person called the same after ``not_since``."""
    cursor = await connection.execute(
        """
        INSERT INTO speaker_calls (id, chat_id, handle, session, kind, called_at)
        SELECT :id, :chat, :handle, :session, :kind, :now
        WHERE NOT EXISTS (
            SELECT 1 FROM speaker_calls WHERE chat_id = :chat AND kind = :kind AND called_at > :not_since
        )
        """,
        {
            "id": new_number(),
            "chat": chat_id,
            "handle": handle,
            "session": session,
            "kind": kind.value,
            "now": moment_column(now),
            "not_since": moment_column(not_since),
        },
    )
    return cursor.lastrowid if cursor.rowcount == 1 else None


async def delete_call(connection: Connection, number: int) -> None:
    """Forget a call that nobody could hear."""
    await connection.execute("DELETE FROM speaker_calls WHERE id = ?", (number,))


async def find_call(connection: Connection, number: int) -> SpeakerCall | None:
    """Return a call by its number."""
    async with connection.execute("SELECT * FROM speaker_calls WHERE id = ?", (number,)) as cursor:
        row = await cursor.fetchone()
    if row is None:
        return None
    return SpeakerCall(
        row["id"],
        row["chat_id"],
        row["handle"],
        row["session"],
        CallKind(row["kind"]),
        datetime.fromisoformat(row["called_at"]),
        CallAnswer(row["answer"]) if row["answer"] else None,
        row["answered_by"],
    )


async def answer_call(connection: Connection, number: int, by: int, answer: CallAnswer, now: datetime) -> bool:
    """Write down an organiser's answer; False: somebody has answered, or there is no such call."""
    cursor = await connection.execute(
        "UPDATE speaker_calls SET answer = ?, answered_at = ?, answered_by = ? WHERE id = ? AND answer IS NULL",
        (answer.value, moment_column(now), by, number),
    )
    return cursor.rowcount == 1
