"""The one-time codes that make somebody a speaker of the agenda, and who opened ones that did not work."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from bot.speakers import ActiveCodes
from bot.storage.columns import moment_column
from bot.storage.database import Connection

_ACTIVE = "used_by IS NULL AND revoked_at IS NULL AND expires_at > :now"


@dataclass(frozen=True, slots=True)
class StoredCode:
    """A code as its row has it. ``active``: not used, not withdrawn, not too old."""

    handle: str
    used_by: int | None
    active: bool


async def add_codes(
    connection: Connection,
    hashes: Iterable[tuple[str, str]],
    *,
    created_at: datetime,
    expires_at: datetime,
    created_by: int | None,
) -> None:
    """Keep the hashes of new codes, each with the speaker's handle."""
    await connection.executemany(
        "INSERT INTO speaker_codes (code_hash, handle, created_at, expires_at, created_by) VALUES (?, ?, ?, ?, ?)",
        [
            (code_hash, handle, moment_column(created_at), moment_column(expires_at), created_by)
            for code_hash, handle in hashes
        ],
    )


async def find_code(connection: Connection, code_hash: str, now: datetime) -> StoredCode | None:
    """Return what is known of a code; None: it is none of ours."""
    async with connection.execute(
        f"SELECT handle, used_by, {_ACTIVE} AS active FROM speaker_codes WHERE code_hash = :hash",  # noqa: S608 - ours
        {"hash": code_hash, "now": moment_column(now)},
    ) as cursor:
        row = await cursor.fetchone()
    return StoredCode(row["handle"], row["used_by"], bool(row["active"])) if row else None


async def use_code(connection: Connection, code_hash: str, chat_id: int, now: datetime) -> bool:
    """Use a code up; exactly one person can, and only while nobody is its speaker. False: not this one."""
    cursor = await connection.execute(
        f"""
        UPDATE speaker_codes SET used_by = :chat, used_at = :now
        WHERE code_hash = :hash AND {_ACTIVE}
            AND NOT EXISTS (SELECT 1 FROM speaker_claims WHERE speaker_claims.handle = speaker_codes.handle)
        """,  # noqa: S608 - our own condition
        {"hash": code_hash, "chat": chat_id, "now": moment_column(now)},
    )
    return cursor.rowcount == 1


async def revoke_codes(connection: Connection, handle: str, now: datetime) -> int:
    """Withdraw every code of this speaker that could still be used; return how many."""
    cursor = await connection.execute(
        f"UPDATE speaker_codes SET revoked_at = :now WHERE handle = :handle AND {_ACTIVE}",  # noqa: S608 - ours
        {"handle": handle, "now": moment_column(now)},
    )
    return cursor.rowcount


async def active_codes(connection: Connection, handle: str, now: datetime) -> ActiveCodes:
    """Count the codes of this speaker that can still be used."""
    async with connection.execute(
        f"SELECT count(*), max(expires_at) FROM speaker_codes WHERE handle = :handle AND {_ACTIVE}",  # noqa: S608 - ours
        {"handle": handle, "now": moment_column(now)},
    ) as cursor:
        row = await cursor.fetchone()
    return ActiveCodes(row[0], datetime.fromisoformat(row[1])) if row and row[0] else ActiveCodes()


async def note_failure(connection: Connection, chat_id: int, now: datetime, *, forget_before: datetime) -> None:
    """Write down that this person opened a link that does not work, and forget those of long ago."""
    await connection.execute(
        "DELETE FROM speaker_code_failures WHERE chat_id = ? AND failed_at <= ?",
        (chat_id, moment_column(forget_before)),
    )
    await connection.execute(
        "INSERT INTO speaker_code_failures (chat_id, failed_at) VALUES (?, ?)", (chat_id, moment_column(now))
    )


async def failures_since(connection: Connection, chat_id: int, moment: datetime) -> tuple[datetime, ...]:
    """Return when this person opened links that did not work after ``moment``, oldest first."""
    rows = await connection.execute_fetchall(
        "SELECT failed_at FROM speaker_code_failures WHERE chat_id = ? AND failed_at > ? ORDER BY failed_at",
        (chat_id, moment_column(moment)),
    )
    return tuple(datetime.fromisoformat(row["failed_at"]) for row in rows)
