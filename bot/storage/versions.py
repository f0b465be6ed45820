"""Every version of the agenda, kept whole as one compressed document."""

from __future__ import annotations

import zlib
from datetime import datetime

from bot.models import AgendaVersion, VersionEntry
from bot.storage.columns import moment_column
from bot.storage.database import Connection, Row


def packed(version: AgendaVersion) -> bytes:
    """Return the document as it is kept. Takes a while for a large agenda: in a thread, and in no transaction."""
    return zlib.compress(version.document.encode(), level=9)


async def add_version(connection: Connection, version: AgendaVersion, document: bytes) -> None:
    """Add this version; ``document``: its own, `packed`.

    Raises:
        sqlite3.IntegrityError: there is one with this number.
    """
    await connection.execute(
        """
        INSERT INTO agenda_versions (number, created_at, author, note, format, sha256, document)
        VALUES (?, ?, ?, ?, ?, ?, ?)
        """,
        (
            version.number,
            moment_column(version.created_at),
            version.author,
            version.note,
            version.format,
            version.sha256,
            document,
        ),
    )


async def latest_version_number(connection: Connection) -> int:
    """Return the highest number; 0: there is no version yet."""
    async with connection.execute("SELECT coalesce(max(number), 0) FROM agenda_versions") as cursor:
        row = await cursor.fetchone()
    return int(row[0]) if row else 0


async def read_version(connection: Connection, number: int) -> AgendaVersion | None:
    """Return one version with its document; None: there is no such number."""
    async with connection.execute("SELECT * FROM agenda_versions WHERE number = ?", (number,)) as cursor:
        row = await cursor.fetchone()
    return _from_row(row) if row else None


async def read_history(
    connection: Connection, limit: int | None = None, *, up_to: int | None = None
) -> tuple[VersionEntry, ...]:
    """Return versions, newest first. ``limit``: at most so many; ``up_to``: none with a higher number."""
    rows = await connection.execute_fetchall(
        """
        SELECT number, created_at, author, note FROM agenda_versions WHERE number <= coalesce(?, number)
        ORDER BY number DESC LIMIT coalesce(?, -1)
        """,
        (up_to, limit),
    )
    return tuple(
        VersionEntry(row["number"], datetime.fromisoformat(row["created_at"]), row["author"], row["note"])
        for row in rows
    )


def _from_row(row: Row) -> AgendaVersion:
    return AgendaVersion(
        number=row["number"],
        created_at=datetime.fromisoformat(row["created_at"]),
        author=row["author"],
        note=row["note"],
        format=row["format"],
        sha256=row["sha256"],
        document=zlib.decompress(row["document"]).decode(),
    )
