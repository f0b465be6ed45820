"""Putting a backup in the place of the database: nobody forgotten comes back, nothing is told twice."""

from __future__ import annotations

import asyncio
from contextlib import suppress
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path

from bot.clock import Clock
from bot.privacy.kinds import KEPT_AFTER_VISIT, purge_day
from bot.services.agenda_imports import read_stored_agenda
from bot.storage.backups import DamagedBackupError, copy_database, damage_of
from bot.storage.database import Database, open_database
from bot.storage.forgotten_list import read_forgotten_list
from bot.storage.inbox import StorageError
from bot.storage.lock import hold_database
from bot.storage.privacy import (
    count_people,
    erase_person,
    note_forgotten,
    people_in,
    person_hash,
    purge_people,
    read_forgotten,
    read_salt,
)
from bot.storage.restoring import Replaced, hold_broadcasts, read_replaced, take_over_finished, take_over_inbox


class NotABackupError(Exception):
    """The file is no database of Ghid's, or an empty one."""


@dataclass(frozen=True, slots=True)
class Restored:
    """What a restore did. ``replaced``: where the database stands that was there before; None: there was none.

    ``forgotten``: people who had themselves forgotten after the backup was made, and are again. ``known_as_sent``:
    rows of the outbox that went out since; None: the replaced database could not be read. ``held``: broadcasts that
    wait for an organiser's word.
    """

    event: str
    version: int
    people: int
    replaced: Path | None
    forgotten: int
    known_as_sent: int | None
    held: int


async def restore(backup: Path, path: Path, clock: Clock) -> Restored:
    """Put a copy of ``backup`` in the place of the database at ``path``, which stays beside it under another name.

    Raises:
        DatabaseInUseError: a bot runs on it.
        NotABackupError, DamagedBackupError, DatabaseTooNewError: nothing was changed.
        OSError, sqlite3.Error: likewise.
    """
    with hold_database(path, clock()):
        await asyncio.to_thread(_look_at, backup)
        fresh = path.with_name(f"{path.name}.restoring")
        try:
            await asyncio.to_thread(copy_database, backup, fresh)
            outcome = await _prepare(fresh, path, clock)
            replaced = await asyncio.to_thread(_swap, fresh, path, clock())
        finally:
            for file in _with_journal(fresh):
                file.unlink(missing_ok=True)
    event, version, people, forgotten, known_as_sent, held = outcome
    return Restored(event, version, people, replaced, forgotten, known_as_sent, held)


def _look_at(backup: Path) -> None:
    if not backup.is_file():
        raise NotABackupError(f"there is no file {backup}")
    if damage := damage_of(backup):
        raise DamagedBackupError(backup, damage)


async def _prepare(fresh: Path, replaced: Path, clock: Clock) -> tuple[str, int, int, int, int | None, int]:
    now = clock()
    last: Replaced | None = None
    forgotten = await asyncio.to_thread(read_forgotten_list, replaced)
    with suppress(StorageError):  # it may not be there, or be what broke
        last = await asyncio.to_thread(read_replaced, replaced)
        forgotten |= last.forgotten
    async with open_database(fresh) as database:
        stored = await read_stored_agenda(database)
        if stored.agenda is None:
            raise NotABackupError("it holds no event")
        event = stored.agenda.event
        count = await _forget_again(database, forgotten)
        async with database.transaction() as connection:
            known_as_sent = None if last is None else await take_over_finished(connection, last.finished)
            if last is not None:
                await take_over_inbox(connection, last)
            held = await hold_broadcasts(connection, now)
            if (today := now.astimezone(event.time_zone).date()) >= purge_day(event):
                await purge_people(
                    connection,
                    first_seen_until=purge_day(event) - timedelta(days=1),
                    last_seen_before=today - KEPT_AFTER_VISIT,
                )
        people = await count_people(database.reader)
        await database.checkpoint()
    return event.name.pick(event.default_language), stored.version, people, count, known_as_sent, held


async def _forget_again(database: Database, forgotten: dict[str, datetime]) -> int:
    """Erase whoever was forgotten after the backup was made; who came back since and stands in it may stay."""
    salt, before = await read_salt(database.reader), await read_forgotten(database.reader)
    due = {hashed: at for hashed, at in forgotten.items() if hashed not in before or before[hashed] < at}
    found = 0
    async with database.transaction() as connection:
        for person in await people_in(connection):
            hashed = person_hash(person, salt)
            if hashed in due:
                await erase_person(connection, person)
                found += 1
        for hashed, at in due.items():
            await note_forgotten(connection, hashed, at)
    return found


def _swap(fresh: Path, path: Path, now: datetime) -> Path | None:
    aside = None
    if path.exists():
        aside = path.with_name(f"{path.name}.replaced-{now:%Y-%m-%dT%H-%M-%S}")
        for file, suffix in zip(_with_journal(path), ("", "-wal", "-shm"), strict=True):
            if file.exists():
                file.replace(aside.with_name(aside.name + suffix))
    fresh.replace(path)
    return aside


def _with_journal(path: Path) -> tuple[Path, Path, Path]:
    return path, path.with_name(f"{path.name}-wal"), path.with_name(f"{path.name}-shm")
