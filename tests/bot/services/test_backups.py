"""A backup a night, the newest kept, each whole."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from bot.services.backups import Backups, BackupService, DatabaseDamagedError, look_through
from bot.storage.backups import backup_name, backups_in, copy_database, damage_of
from bot.storage.database import Database, open_database
from tests.builders import BUCHAREST, a_moment
from tests.scenarios.conversation import FrozenClock

EVENING = a_moment("22:00")


def backups_of(tmp_path: Path, clock: FrozenClock, kept: int = 3) -> BackupService:
    return BackupService(tmp_path / "ghid.db", clock, Backups(tmp_path / "backups", kept), lambda: BUCHAREST)


def names(tmp_path: Path) -> list[str]:
    return [path.name for _, path in backups_in(tmp_path / "backups")]


def break_file(path: Path) -> None:
    """Overwrite the middle of a file, as a dying disk does."""
    size = path.stat().st_size
    with path.open("r+b") as file:
        file.seek(size // 4)
        file.write(b"\xa5" * (size // 2))


async def test_the_first_is_made_at_once_and_then_one_a_night(database: Database, tmp_path: Path) -> None:
    clock = FrozenClock(EVENING)
    backups = backups_of(tmp_path, clock)

    made = []
    for hours in range(48):
        clock.now = EVENING + timedelta(hours=hours)
        if path := await backups.tick():
            made.append((hours, path.name))

    assert [hours for hours, _ in made] == [0, 6, 30]  # 22:00, then 04:00 on each of two nights
    assert made[0][1] == "ghid-2023-11-22T20-00-00Z.db"


async def test_only_the_newest_are_kept(database: Database, tmp_path: Path) -> None:
    clock = FrozenClock(EVENING)
    backups = backups_of(tmp_path, clock, kept=2)
    (tmp_path / "backups").mkdir()
    (tmp_path / "backups" / "my own.db").touch()

    for day in range(4):
        clock.now = EVENING + timedelta(days=day)
        assert await backups.tick()

    assert names(tmp_path) == ["ghid-2023-11-25T20-00-00Z.db", "ghid-2023-11-24T20-00-00Z.db"]
    assert (tmp_path / "backups" / "my own.db").exists()


async def test_none_are_made_if_none_are_to_be_kept(database: Database, tmp_path: Path) -> None:
    assert await backups_of(tmp_path, FrozenClock(EVENING), kept=0).tick() is None
    assert not (tmp_path / "backups").exists()


async def test_a_clock_set_back_does_not_stop_them(database: Database, tmp_path: Path) -> None:
    clock = FrozenClock(EVENING + timedelta(days=400))
    backups = backups_of(tmp_path, clock)
    await backups.tick()
    clock.now = EVENING

    assert await backups.tick()


async def test_a_backup_holds_what_was_committed_while_the_bot_goes_on_writing(
    database: Database, tmp_path: Path
) -> None:
    async with database.transaction() as connection:
        await connection.execute("INSERT INTO accepted_updates VALUES (1, '2023-11-22T08:00:00.000+00:00')")

    path = await backups_of(tmp_path, FrozenClock(EVENING)).tick()

    assert path is not None
    with closing(sqlite3.connect(path)) as copy:
        assert copy.execute("SELECT update_id FROM accepted_updates").fetchall() == [(1,)]
    assert path.stat().st_mode & 0o077 == 0


async def test_one_that_fails_is_logged_and_tried_again(
    database: Database, tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    clock = FrozenClock(EVENING)
    backups = backups_of(tmp_path, clock)
    (tmp_path / "backups").write_text("a file where the folder should be")

    assert await backups.tick() is None
    assert "The nightly backup failed" in caplog.text
    assert backups.failed_at == EVENING

    (tmp_path / "backups").unlink()
    assert await backups.tick()
    assert backups.failed_at is None


async def test_a_damaged_database_is_found_and_the_newest_whole_backup_named(tmp_path: Path) -> None:
    path, folder = tmp_path / "ghid.db", tmp_path / "backups"
    async with open_database(path):
        pass
    whole, broken = (folder / backup_name(datetime(2023, 11, day, tzinfo=UTC)) for day in (21, 22))
    copy_database(path, whole)
    copy_database(path, broken)
    look_through(path, None)
    for each in (path, broken):
        break_file(each)

    with pytest.raises(DatabaseDamagedError) as caught:
        look_through(path, None)

    assert caught.value.newest == whole
    assert f"`ghid restore {whole}`" in str(caught.value)
    assert damage_of(broken)


def test_a_database_that_is_not_there_yet_is_well(tmp_path: Path) -> None:
    look_through(tmp_path / "ghid.db", None)
