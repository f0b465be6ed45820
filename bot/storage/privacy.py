"""Everything stored about one person: found, erased, purged. What to touch is read from the register alone.

Table and column names come from `bot.privacy`, which tests hold equal to the schema; ids are always parameters.
"""

from __future__ import annotations

import hmac
from collections.abc import Mapping
from datetime import date, datetime
from typing import Any

from bot.privacy import REGISTER
from bot.privacy.kinds import FORGOTTEN, Kind, Stored
from bot.storage.columns import moment_column
from bot.storage.database import Connection, Database

Rows = tuple[Mapping[str, Any], ...]

_ALL = -1  # what SQLite calls no limit


async def read_salt(connection: Connection) -> bytes:
    """Return the random number with which this database hashes ids."""
    async with connection.execute("SELECT salt FROM privacy_salt") as cursor:
        row = await cursor.fetchone()
    if row is None:
        raise RuntimeError("the database has no salt: its migration makes one")
    return bytes(row["salt"])


def person_hash(chat_id: int, salt: bytes) -> str:
    """Return what stands for a person where their id must not."""
    return hmac.digest(salt, str(chat_id).encode(), "sha256").hex()


async def stored_about(connection: Connection, chat_id: int) -> tuple[tuple[Stored, Rows], ...]:
    """Return every row that names this person, by table; tables without one are left out."""
    found = []
    for stored in REGISTER:
        if stored.people_columns:
            where = " OR ".join(f"{column} = ?1" for column in stored.people_columns)
            rows = await connection.execute_fetchall(f"SELECT * FROM {stored.table} WHERE {where}", (chat_id,))  # noqa: S608
            if named := tuple(dict(row) for row in rows):
                found.append((stored, named))
    return tuple(found)


async def erase_person(connection: Connection, chat_id: int) -> None:
    """Delete the rows that are this person's, and take their id out of all others."""
    await connection.execute("PRAGMA defer_foreign_keys = ON")  # tables come in no particular order
    for stored in REGISTER:
        for column, kind in stored.columns.items():
            if statement := _erasing(stored.table, column, kind):
                await connection.execute(f"{statement} WHERE {column} = ?", (chat_id,))
        for column, path in _places_inside(stored):
            await connection.execute(
                f"UPDATE {stored.table} SET {column} = json_set({column}, ?1, {FORGOTTEN})"  # noqa: S608
                f" WHERE json_extract({column}, ?1) = ?2",
                (path, chat_id),
            )


async def purge_some(connection: Connection, limit: int, *, first_seen_until: date, last_seen_before: date) -> int:
    """Erase up to ``limit`` of those whom `purge_people` erases, as far as their rows hang on them; return how many."""
    cursor = await connection.execute(
        "DELETE FROM attendees WHERE chat_id IN ("
        "SELECT chat_id FROM attendees WHERE first_seen_on <= ? OR last_seen_on < ? LIMIT ?)",
        (first_seen_until.isoformat(), last_seen_before.isoformat(), limit),
    )
    return cursor.rowcount


async def purge_people(connection: Connection, *, first_seen_until: date, last_seen_before: date) -> int:
    """Erase whoever was first seen until the one day or last before the other, and every id of nobody left.

    Returns how many people were erased.
    """
    await connection.execute("PRAGMA defer_foreign_keys = ON")
    erased = await purge_some(connection, _ALL, first_seen_until=first_seen_until, last_seen_before=last_seen_before)
    for stored in REGISTER:
        spared = f" AND NOT ({stored.spared})" if stored.spared else ""
        for column, kind in stored.columns.items():
            if statement := _erasing(stored.table, column, kind):
                await connection.execute(f"{statement} WHERE {_of_nobody(column)}{spared}")
        for column, path in _places_inside(stored):
            inside = f"json_extract({column}, ?1)"
            await connection.execute(
                f"UPDATE {stored.table} SET {column} = json_set({column}, ?1, {FORGOTTEN}) WHERE {_of_nobody(inside)}",  # noqa: S608
                (path,),
            )
    await connection.execute("DELETE FROM forgotten WHERE forgotten_at < ?", (last_seen_before.isoformat(),))
    return erased


async def people_in(connection: Connection) -> frozenset[int]:
    """Return every id of a person that stands anywhere."""
    people = set[int]()
    for stored in REGISTER:
        for column in stored.people_columns:
            rows = await connection.execute_fetchall(
                f"SELECT DISTINCT {column} FROM {stored.table} WHERE {column} IS NOT NULL"  # noqa: S608
            )
            people.update(row[0] for row in rows)
        for column, path in _places_inside(stored):
            rows = await connection.execute_fetchall(
                f"SELECT DISTINCT json_extract({column}, ?1) FROM {stored.table}"  # noqa: S608
                f" WHERE json_extract({column}, ?1) IS NOT NULL",
                (path,),
            )
            people.update(row[0] for row in rows)
    return frozenset(people - {FORGOTTEN})


async def note_forgotten(connection: Connection, hashed: str, at: datetime) -> None:
    """Remember that whoever has this hash was forgotten."""
    await connection.execute(
        "INSERT INTO forgotten (person_hash, forgotten_at) VALUES (?, ?)"
        " ON CONFLICT (person_hash) DO UPDATE SET forgotten_at = excluded.forgotten_at",
        (hashed, moment_column(at)),
    )


async def read_forgotten(connection: Connection) -> dict[str, datetime]:
    """Return when each hash was forgotten last."""
    rows = await connection.execute_fetchall("SELECT person_hash, forgotten_at FROM forgotten")
    return {row["person_hash"]: datetime.fromisoformat(row["forgotten_at"]) for row in rows}


async def count_people(connection: Connection) -> int:
    """Return of how many people something is stored."""
    async with connection.execute("SELECT count(*) FROM attendees") as cursor:
        row = await cursor.fetchone()
    return int(row[0]) if row else 0


async def leave_no_trace(database: Database) -> None:
    """Let what was erased leave the file's journal too, as far as no other process reads from it."""
    await database.checkpoint()


def _erasing(table: str, column: str, kind: Kind) -> str | None:
    match kind:
        case Kind.PERSON:
            return f"DELETE FROM {table}"  # noqa: S608
        case Kind.BY:
            return f"UPDATE {table} SET {column} = {FORGOTTEN}"  # noqa: S608
        case Kind.VACATED:
            return f"UPDATE {table} SET {column} = NULL"  # noqa: S608
        case _:
            return None


def _of_nobody(value: str) -> str:
    return f"{value} <> {FORGOTTEN} AND {value} NOT IN (SELECT chat_id FROM attendees)"  # noqa: S608


def _places_inside(stored: Stored) -> list[tuple[str, str]]:
    return [(column, path) for column, paths in (stored.inside or {}).items() for path in paths]
