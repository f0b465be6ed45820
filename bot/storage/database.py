"""Opening the database: pragmas, migrations, the one writer and the reader beside it."""

from __future__ import annotations

import asyncio
import re
import sqlite3
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path

import aiosqlite

Connection = aiosqlite.Connection
Row = aiosqlite.Row

_MIGRATIONS = Path(__file__).parent / "migrations"
_BUSY_TIMEOUT_MS = 5_000
SYNCHRONOUS = "FULL"  # what was committed is on the disk, whatever happens to the power


class DatabaseTooNewError(Exception):
    """The file was written by a newer Ghid: ``found`` and ``known`` are schema versions."""

    def __init__(self, found: int, known: int) -> None:
        super().__init__(f"database schema {found} is newer than {known}, the newest this Ghid knows")
        self.found = found
        self.known = known


class Database:
    """One writing connection, used by one transaction at a time, and one reading connection beside it."""

    def __init__(self, writer: Connection, reader: Connection) -> None:
        self._writer = writer
        self._lock = asyncio.Lock()
        self.reader = reader

    @asynccontextmanager
    async def transaction(self) -> AsyncIterator[Connection]:
        """Give the writer for one short transaction: committed at the end, rolled back on any error.

        Never await Telegram inside. Other coroutines wait, and so does another process (``BEGIN IMMEDIATE``).
        """
        async with self._lock:
            try:
                # Inside: whoever is cancelled while it begins would else leave it open for the next one.
                await self._writer.execute("BEGIN IMMEDIATE")
                yield self._writer
                # Inside as well: a commit may fail (a deferred foreign key, a full disk), and leaves all open.
                await self._writer.commit()
            except BaseException:
                await self._writer.rollback()
                raise

    async def checkpoint(self) -> None:
        """Move what was committed into the database file and empty the journal beside it, unless somebody reads now."""
        async with self._lock:
            cursor = await self._writer.execute("PRAGMA wal_checkpoint(TRUNCATE)")
            await cursor.fetchall()
            await cursor.close()

    async def close(self) -> None:
        """Close both connections; an open one would keep the process from ending."""
        await self.reader.close()
        await self._writer.close()


@asynccontextmanager
async def open_database(path: Path) -> AsyncIterator[Database]:
    """Open (or create) the file, bring its schema up to date, and close it at the end.

    Raises:
        DatabaseTooNewError: the file's schema is newer than this program.
        sqlite3.Error: the file cannot be opened or is no database.
    """
    path.parent.mkdir(parents=True, exist_ok=True)
    writer = await _connect(path)
    try:
        await _migrate(writer)
        reader = await _connect(path)
        await reader.execute("PRAGMA query_only = ON")
    except BaseException:
        await writer.close()
        raise
    database = Database(writer, reader)
    try:
        yield database
    finally:
        await database.close()


async def _connect(path: Path) -> Connection:
    # isolation_level=None: transactions begin and end where we say, never behind our back.
    connection = await aiosqlite.connect(path, isolation_level=None)
    connection.row_factory = sqlite3.Row
    try:
        for pragma in (
            "journal_mode = WAL",
            f"synchronous = {SYNCHRONOUS}",
            "foreign_keys = ON",
            # What is deleted is overwritten: it is not to be found in the file's free places.
            "secure_delete = ON",
            f"busy_timeout = {_BUSY_TIMEOUT_MS}",
        ):
            await connection.execute(f"PRAGMA {pragma}")
    except BaseException:
        await connection.close()
        raise
    return connection


def pending_migrations(version: int) -> list[tuple[int, Path]]:
    """Return the migrations above ``version``, oldest first. Only reads."""
    numbered = ((int(path.name[:4]), path) for path in _MIGRATIONS.glob("[0-9][0-9][0-9][0-9]_*.sql"))
    return sorted((number, path) for number, path in numbered if number > version)


async def schema_version(connection: Connection) -> int:
    """Return the number of the last migration applied to this file; 0: none."""
    async with connection.execute("PRAGMA user_version") as cursor:
        row = await cursor.fetchone()
    return int(row[0]) if row else 0


async def _migrate(connection: Connection) -> None:
    version = await schema_version(connection)
    known = max((number for number, _ in pending_migrations(0)), default=0)
    if version > known:
        raise DatabaseTooNewError(version, known)
    for number, path in pending_migrations(version):
        script = path.read_text(encoding="utf-8")
        if re.search(r"\b(BEGIN\s+(IMMEDIATE|EXCLUSIVE|DEFERRED|TRANSACTION)|COMMIT)\b", script, re.IGNORECASE):
            raise ValueError(f"{path.name}: the transaction around a migration is ours, not the script's")
        # executescript() commits first, so the transaction and the version must stand inside the script.
        try:
            await connection.executescript(
                f"BEGIN IMMEDIATE;\n{script}\nPRAGMA user_version = {number};\nCOMMIT;",
            )
        except BaseException:
            if connection.in_transaction:
                await connection.rollback()
            raise
