"""Migrations: from an empty file and from each earlier version to the same schema, each whole or not at all."""

import re
import sqlite3
from contextlib import closing
from pathlib import Path

import pytest

from bot.storage import database
from bot.storage.database import DatabaseTooNewError, open_database, pending_migrations, schema_version

EVERY = pending_migrations(0)
NEWEST = EVERY[-1][0]


def schema_of(path: Path) -> list[tuple[str, str, str]]:
    with closing(sqlite3.connect(path)) as connection:
        return connection.execute(
            "SELECT type, name, sql FROM sqlite_schema WHERE sql IS NOT NULL ORDER BY type, name"
        ).fetchall()


def apply_by_hand(path: Path, until: int) -> None:
    with closing(sqlite3.connect(path)) as connection:
        for number, script in EVERY:
            if number <= until:
                connection.executescript(script.read_text(encoding="utf-8"))
        connection.execute(f"PRAGMA user_version = {until}")


def test_numbers_rise_by_one_from_one() -> None:
    assert [number for number, _ in EVERY] == list(range(1, NEWEST + 1))


async def test_an_empty_file_gets_the_newest_schema(tmp_path: Path) -> None:
    async with open_database(tmp_path / "new" / "ghid.db") as opened:
        assert await schema_version(opened.reader) == NEWEST


@pytest.mark.parametrize("earlier", [number for number, _ in EVERY])
async def test_each_earlier_version_ends_at_the_same_schema(tmp_path: Path, earlier: int) -> None:
    fresh, old = tmp_path / "fresh.db", tmp_path / "old.db"
    async with open_database(fresh):
        pass
    apply_by_hand(old, until=earlier)

    async with open_database(old) as opened:
        assert await schema_version(opened.reader) == NEWEST

    assert schema_of(old) == schema_of(fresh)


async def test_opening_again_changes_nothing(tmp_path: Path) -> None:
    path = tmp_path / "ghid.db"
    async with open_database(path):
        before = schema_of(path)

    async with open_database(path):
        assert schema_of(path) == before


async def test_a_file_of_a_newer_ghid_is_left_alone(tmp_path: Path) -> None:
    path = tmp_path / "ghid.db"
    apply_by_hand(path, until=NEWEST)
    with closing(sqlite3.connect(path)) as connection:
        connection.execute("PRAGMA user_version = 9999")

    with pytest.raises(DatabaseTooNewError) as caught:
        async with open_database(path):
            pass

    assert (caught.value.found, caught.value.known) == (9999, NEWEST)


async def test_a_migration_that_fails_leaves_the_file_as_it_was(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    scripts = tmp_path / "migrations"
    scripts.mkdir()
    (scripts / "0001_first.sql").write_text("CREATE TABLE first (x INTEGER) STRICT;")
    (scripts / "0002_second.sql").write_text("CREATE TABLE second (x INTEGER) STRICT; INSERT INTO nowhere VALUES (1);")
    monkeypatch.setattr(database, "_MIGRATIONS", scripts)
    path = tmp_path / "ghid.db"

    with pytest.raises(sqlite3.OperationalError, match="nowhere"):
        async with open_database(path):
            pass

    assert [name for _, name, _ in schema_of(path)] == ["first"]
    with closing(sqlite3.connect(path)) as connection:
        assert connection.execute("PRAGMA user_version").fetchone() == (1,)


async def test_a_migration_brings_no_transaction_of_its_own(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "0001_first.sql").write_text("BEGIN IMMEDIATE; CREATE TABLE first (x INTEGER) STRICT; COMMIT;")
    monkeypatch.setattr(database, "_MIGRATIONS", tmp_path)

    with pytest.raises(ValueError, match="0001_first"):
        async with open_database(tmp_path / "ghid.db"):
            pass


async def test_a_file_that_is_no_database_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "ghid.db"
    path.write_text("this is no database " * 100)

    with pytest.raises(sqlite3.DatabaseError):
        async with open_database(path):
            pass

    assert path.read_text() == "this is no database " * 100


def test_every_table_is_strict() -> None:
    for _, script in EVERY:
        text = script.read_text(encoding="utf-8")
        for table, options in re.findall(r"CREATE TABLE (\w+) \(.*?^\)([^;]*);", text, re.DOTALL | re.MULTILINE):
            assert "STRICT" in options, f"{script.name}: {table}"
