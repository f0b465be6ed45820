"""Whole copies of the database, by SQLite's own backup: consistent though the bot goes on writing."""

from __future__ import annotations

import os
import re
import sqlite3
from contextlib import closing, suppress
from datetime import UTC, datetime
from pathlib import Path
from urllib.parse import quote

_NAME = re.compile(r"ghid-(\d{4}-\d\d-\d\d)T(\d\d)-(\d\d)-(\d\d)Z\.db")
_MODE = 0o600  # what is kept about people is nobody else's business on this machine


class DamagedBackupError(Exception):
    """A copy that SQLite finds damaged: ``damage`` says how."""

    def __init__(self, path: Path, damage: str) -> None:
        super().__init__(f"{path} is damaged: {damage}")
        self.path = path
        self.damage = damage


def copy_database(source: Path, target: Path) -> None:
    """Write a whole copy of ``source`` as ``target``, looked through, on the disk, and there all at once or not at all.

    Raises:
        sqlite3.Error: the source cannot be read, or the disk is full.
        DamagedBackupError: the copy is damaged, as is its source.
        OSError: the target cannot be written.
    """
    target.parent.mkdir(parents=True, exist_ok=True)
    part = target.with_name(f"{target.name}.part")
    part.unlink(missing_ok=True)
    os.close(os.open(part, os.O_CREAT | os.O_WRONLY | os.O_EXCL, _MODE))
    try:
        with closing(_read_only(source)) as reading, closing(sqlite3.connect(part, isolation_level=None)) as writing:
            reading.backup(writing)
            writing.execute("PRAGMA journal_mode = DELETE")  # one file, with no journal beside it
        _must_be_whole(part)
        _sync(part)
        part.replace(target)
    except BaseException:
        with suppress(OSError):
            part.unlink(missing_ok=True)
        raise
    _sync(target.parent)


def _must_be_whole(path: Path) -> None:
    if damage := damage_of(path):
        raise DamagedBackupError(path, damage)


def damage_of(path: Path) -> str:
    """Return what SQLite finds wrong with this file, one thing a line; empty: nothing.

    Raises:
        sqlite3.OperationalError: it cannot be looked at: locked, no rights, not there.
    """
    try:
        with closing(_read_only(path)) as connection:
            found = [row[0] for row in connection.execute("PRAGMA quick_check(5)")]
    except sqlite3.OperationalError:
        raise
    except sqlite3.DatabaseError as error:  # so broken that it cannot even be looked through
        return str(error)
    return "\n".join(line for line in found if line != "ok")


def backup_name(at: datetime) -> str:
    """Return the name of the backup of this moment; names stand in the order of time."""
    return f"ghid-{at.astimezone(UTC):%Y-%m-%dT%H-%M-%S}Z.db"


def backups_in(folder: Path) -> list[tuple[datetime, Path]]:
    """Return the backups of a folder with their moments, the newest first; none if there is no such folder."""
    found = []
    for path in folder.glob("ghid-*.db"):
        if named := _NAME.fullmatch(path.name):
            moment = datetime.fromisoformat(f"{named[1]}T{named[2]}:{named[3]}:{named[4]}+00:00")
            found.append((moment, path))
    return sorted(found, reverse=True)


def rotate(folder: Path, kept: int) -> list[Path]:
    """Delete all but the newest ``kept`` backups of a folder; return what was deleted."""
    old = [path for _, path in backups_in(folder)[kept:]]
    for path in old:
        path.unlink(missing_ok=True)
    return old


def _read_only(path: Path) -> sqlite3.Connection:
    return sqlite3.connect(f"file:{quote(str(path))}?mode=ro", uri=True, isolation_level=None, timeout=10)


def _sync(path: Path) -> None:
    descriptor = os.open(path, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
