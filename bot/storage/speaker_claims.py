"""Who is which speaker, and who asks to be."""

from __future__ import annotations

from datetime import datetime

from bot.speakers import SpeakerClaim, SpeakerRequest
from bot.storage.columns import moment_column, new_number
from bot.storage.database import Connection, Row


async def read_claims(connection: Connection) -> tuple[SpeakerClaim, ...]:
    """Return every claim, the latest last."""
    rows = await connection.execute_fetchall("SELECT * FROM speaker_claims ORDER BY claimed_at, handle")
    return tuple(_claim(row) for row in rows)


async def find_claim(connection: Connection, handle: str) -> SpeakerClaim | None:
    """Return who is this speaker; None: nobody has claimed it."""
    async with connection.execute("SELECT * FROM speaker_claims WHERE handle = ?", (handle,)) as cursor:
        row = await cursor.fetchone()
    return _claim(row) if row else None


async def add_claim(connection: Connection, claim: SpeakerClaim) -> bool:
    """Make somebody this speaker; False: somebody is already."""
    cursor = await connection.execute(
        """
        INSERT INTO speaker_claims (handle, chat_id, claimed_at, confirmed_by, told_version)
        VALUES (?, ?, ?, ?, ?) ON CONFLICT DO NOTHING
        """,
        (claim.handle, claim.chat_id, moment_column(claim.claimed_at), claim.confirmed_by, claim.told_version),
    )
    return cursor.rowcount == 1


async def delete_claim(connection: Connection, handle: str, chat_id: int) -> bool:
    """Undo this person's claim; False: they have none."""
    cursor = await connection.execute("DELETE FROM speaker_claims WHERE handle = ? AND chat_id = ?", (handle, chat_id))
    return cursor.rowcount == 1


async def add_request(connection: Connection, chat_id: int, handle: str, name: str, now: datetime) -> int | None:
    """Write down that somebody says who they are; return its number. None: they asked, and nobody has decided."""
    cursor = await connection.execute(
        "INSERT INTO speaker_requests (id, chat_id, handle, name, asked_at) VALUES (?, ?, ?, ?, ?)"
        " ON CONFLICT DO NOTHING",
        (new_number(), chat_id, handle, name, moment_column(now)),
    )
    return cursor.lastrowid if cursor.rowcount == 1 else None


async def find_request(connection: Connection, number: int) -> SpeakerRequest | None:
    """Return a request by its number."""
    async with connection.execute("SELECT * FROM speaker_requests WHERE id = ?", (number,)) as cursor:
        row = await cursor.fetchone()
    return _request(row) if row else None


async def delete_request(connection: Connection, number: int) -> None:
    """Forget a request that nobody was asked about."""
    await connection.execute("DELETE FROM speaker_requests WHERE id = ?", (number,))


async def count_open_requests(connection: Connection, chat_id: int, handle: str | None = None) -> int:
    """Count this person's requests that nobody has decided, about one speaker or about all."""
    async with connection.execute(
        "SELECT count(*) FROM speaker_requests"
        " WHERE chat_id = ?1 AND decided_at IS NULL AND handle = coalesce(?2, handle)",
        (chat_id, handle),
    ) as cursor:
        row = await cursor.fetchone()
    return int(row[0]) if row else 0


async def refused_since(connection: Connection, chat_id: int, handle: str, moment: datetime) -> bool:
    """Whether an organiser said after ``moment`` that this person is not this speaker."""
    async with connection.execute(
        "SELECT 1 FROM speaker_requests WHERE chat_id = ? AND handle = ? AND granted = 0 AND decided_at > ?",
        (chat_id, handle, moment_column(moment)),
    ) as cursor:
        return await cursor.fetchone() is not None


async def decide_request(connection: Connection, number: int, by: int, *, granted: bool, now: datetime) -> bool:
    """Write down what an organiser decided, and forget the name; False: somebody decided before."""
    cursor = await connection.execute(
        """
        UPDATE speaker_requests SET decided_at = ?, decided_by = ?, granted = ?, name = NULL
        WHERE id = ? AND decided_at IS NULL
        """,
        (moment_column(now), by, granted, number),
    )
    return cursor.rowcount == 1


def _claim(row: Row) -> SpeakerClaim:
    return SpeakerClaim(
        row["handle"],
        row["chat_id"],
        datetime.fromisoformat(row["claimed_at"]),
        row["confirmed_by"],
        row["told_version"],
        row["change_version"],
        _moment(row["change_told_at"]),
        _moment(row["change_seen_at"]),
    )


def _request(row: Row) -> SpeakerRequest:
    return SpeakerRequest(
        row["id"],
        row["chat_id"],
        row["handle"],
        row["name"],
        datetime.fromisoformat(row["asked_at"]),
        row["decided_by"],
        None if row["granted"] is None else bool(row["granted"]),
    )


def _moment(column: str | None) -> datetime | None:
    return datetime.fromisoformat(column) if column else None
