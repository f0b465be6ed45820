"""Forgetting and purging reach every row of every table, whatever tables there are."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Iterator
from contextlib import closing
from datetime import date, timedelta
from itertools import count
from pathlib import Path
from typing import Any

import pytest

from bot.privacy import REGISTER
from bot.privacy.kinds import FORGOTTEN, Kind, Stored
from bot.storage.database import open_database
from bot.storage.privacy import erase_person, people_in, purge_people, stored_about

ANA, ION = 7_001_002_003, 7_001_002_004
OLD, NEW = date(2023, 11, 20), date(2024, 3, 1)


def nested(paths: tuple[str, ...], person: int) -> dict[str, Any]:
    """An object with the person at each path."""
    whole: dict[str, Any] = {}
    for path in paths:
        *outer, last = path.removeprefix("$.").split(".")
        place = whole
        for name in outer:
            place = place.setdefault(name, {})
        place[last] = person
    return whole


def row_of(stored: Stored, types: dict[str, str], person: int, numbers: Iterator[int], seen: date) -> dict[str, Any]:
    """A row that names this person wherever it can; its other values only fit their types."""
    row: dict[str, Any] = {}
    for column, kind in stored.columns.items():
        inside = (stored.inside or {}).get(column)
        if column in stored.people_columns:
            row[column] = person
        elif inside:
            row[column] = json.dumps(nested(inside, person))
        elif kind is Kind.DAY:
            row[column] = seen.isoformat()
        else:
            number = next(numbers)
            row[column] = {"INTEGER": number, "REAL": float(number), "BLOB": b"x%d" % number}.get(
                types[column], json.dumps({"n": number})
            )
    return row


def fill(path: Path, people: dict[int, date]) -> None:
    """Put a row for each person into every table that names people: what the values mean does not matter here."""
    numbers = count(1)
    with closing(sqlite3.connect(path)) as connection:
        connection.execute("PRAGMA ignore_check_constraints = ON")
        for stored in REGISTER:
            types = {row[1]: row[2] for row in connection.execute(f"PRAGMA table_info({stored.table})")}
            for person, seen in people.items() if stored.people_columns else ():
                row = row_of(stored, types, person, numbers, seen)
                places = ", ".join(f":{name}" for name in row)
                connection.execute(f"INSERT INTO {stored.table} ({', '.join(row)}) VALUES ({places})", row)  # noqa: S608
        connection.commit()


def everything(path: Path) -> dict[str, str]:
    """All values of each table as text."""
    with closing(sqlite3.connect(path)) as connection:
        tables = [stored.table for stored in REGISTER]
        return {table: repr(connection.execute(f"SELECT * FROM {table}").fetchall()) for table in tables}  # noqa: S608


@pytest.fixture
async def path(tmp_path: Path) -> Path:
    path = tmp_path / "ghid.db"
    async with open_database(path):
        pass
    fill(path, {ANA: OLD, ION: NEW})
    return path


def naming(path: Path, person: int) -> set[str]:
    return {table for table, values in everything(path).items() if str(person) in values}


ABOUT_PEOPLE = {stored.table for stored in REGISTER if stored.people_columns}


async def test_whoever_is_forgotten_stands_in_no_table_and_everybody_else_in_all(path: Path) -> None:
    assert naming(path, ANA) == naming(path, ION) == ABOUT_PEOPLE

    async with open_database(path) as database, database.transaction() as connection:
        await erase_person(connection, ANA)

    assert naming(path, ANA) == set()
    assert naming(path, ION) == ABOUT_PEOPLE


async def test_rows_of_others_that_named_them_stay_without_them(path: Path) -> None:
    async with open_database(path) as database, database.transaction() as connection:
        await erase_person(connection, ANA)

    with closing(sqlite3.connect(path)) as connection_:
        authors = connection_.execute("SELECT author FROM broadcasts ORDER BY author").fetchall()
    assert authors == [(FORGOTTEN,), (ION,)]


async def test_forgetting_twice_changes_nothing_more(path: Path) -> None:
    async with open_database(path) as database:
        async with database.transaction() as connection:
            await erase_person(connection, ANA)
        once = everything(path)
        async with database.transaction() as connection:
            await erase_person(connection, ANA)

    assert everything(path) == once


async def test_my_data_finds_every_table_that_names_the_person(path: Path) -> None:
    async with open_database(path) as database:
        found = await stored_about(database.reader, ANA)

    columns = {stored.table for stored in REGISTER if stored.people_columns}
    assert {stored.table for stored, _ in found} == columns
    assert all(str(ION) not in repr(rows) for _, rows in found)


async def test_everybody_who_stands_anywhere_is_found(path: Path) -> None:
    async with open_database(path) as database:
        assert await people_in(database.reader) == {ANA, ION}


async def test_the_purge_takes_those_of_the_event_and_leaves_those_who_came_later(path: Path) -> None:
    with closing(sqlite3.connect(path)) as connection_:
        connection_.execute("UPDATE inbox SET failed_at = '2023-11-20T09:00:00.000+00:00'")
        connection_.commit()

    async with open_database(path) as database, database.transaction() as connection:
        erased = await purge_people(connection, first_seen_until=NEW - timedelta(days=9), last_seen_before=NEW)

    assert erased == 1
    assert naming(path, ANA) == set()
    assert naming(path, ION) == ABOUT_PEOPLE


async def test_the_purge_leaves_what_just_arrived(path: Path) -> None:
    with closing(sqlite3.connect(path)) as connection_:
        connection_.execute("UPDATE inbox SET failed_at = NULL")
        connection_.commit()

    async with open_database(path) as database, database.transaction() as connection:
        await purge_people(connection, first_seen_until=NEW - timedelta(days=9), last_seen_before=NEW)

    assert naming(path, ANA) == {"inbox"}
