"""A backup every night, the newest ones kept, and the way back from one."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, time, timedelta, tzinfo
from pathlib import Path

from bot.clock import Clock
from bot.storage.backups import DamagedBackupError, backup_name, backups_in, copy_database, damage_of, rotate
from bot.storage.inbox import BusyError, StorageError

logger = logging.getLogger(__name__)

NIGHT = time(3, 30)
"""When the nightly backup is made, on the event's clock; after a stop at night, as soon as the bot runs again."""


def backup_folder(database: Path, setting: Path | None) -> Path:
    """Return where the backups of this database stand."""
    return setting if setting is not None else database.parent / "backups"


class DatabaseDamagedError(Exception):
    """SQLite finds the database damaged. Says what to do, with the newest backup that is whole."""

    def __init__(self, path: Path, damage: str, newest: Path | None) -> None:
        way_out = (
            f"The newest whole backup is {newest}: `ghid restore {newest}` puts it in place and keeps the damaged file"
            if newest
            else "No backup of it was found; `ghid restore FILE` takes one that you have"
        )
        super().__init__(f"{path} is damaged ({damage.splitlines()[0]}). {way_out}.")
        self.path = path
        self.newest = newest


def look_through(path: Path, folder: Path | None) -> None:
    """Look through the database before anything is written to it; one that is not there yet is well.

    Raises:
        DatabaseDamagedError: it is damaged.
    """
    try:
        damage = damage_of(path) if path.exists() else ""
    except BusyError:
        return  # whoever opens it next says it better
    if not damage:
        return
    newest = (each for _, each in backups_in(backup_folder(path, folder)))
    raise DatabaseDamagedError(path, damage, next((each for each in newest if not damage_of(each)), None))


@dataclass(frozen=True, slots=True)
class Backups:
    """Where they stand, and how many are kept; 0: none are made."""

    folder: Path
    kept: int


class BackupService:
    """Call `tick` now and then. ``zone``: of the event, as it is now."""

    def __init__(self, path: Path, clock: Clock, backups: Backups, zone: Callable[[], tzinfo]) -> None:
        self._path = path
        self._clock = clock
        self._backups = backups
        self._zone = zone
        self.failed_at: datetime | None = None
        """When the latest backup failed; None: it did not."""

    async def tick(self) -> Path | None:
        """Make the backup of the night, if it is time and there is none yet; return it. Errors are logged.

        It runs in a thread of its own: nobody waits for it.
        """
        if not self._is_due():
            return None
        now = self._clock()
        target = self._backups.folder / backup_name(now)
        try:
            await asyncio.to_thread(copy_database, self._path, target)
            gone = await asyncio.to_thread(rotate, self._backups.folder, self._backups.kept)
        except (OSError, StorageError, DamagedBackupError) as error:
            self.failed_at = now
            logger.error("The nightly backup failed: %s", error)  # noqa: TRY400 - the error says all
            return None
        self.failed_at = None
        logger.info("Backed up to %s; older ones deleted: %d", target, len(gone))
        return target

    def _is_due(self) -> bool:
        if self._backups.kept == 0:
            return False
        newest = next((moment for moment, _ in backups_in(self._backups.folder)), None)
        now = self._clock().astimezone(self._zone())
        night = datetime.combine(now.date(), NIGHT, now.tzinfo)
        if now < night:
            night -= timedelta(days=1)
        # Newer than now: the clock was set back, and backups of a time to come protect from nothing.
        return newest is None or newest < night or newest > now
