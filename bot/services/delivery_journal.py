"""The results of sending, written as they come: what waits while one commit runs goes into the next together."""

from __future__ import annotations

import asyncio
import logging
from dataclasses import dataclass
from datetime import timedelta

from bot.services.renderings import OnRecorded
from bot.storage import outbox
from bot.storage.database import Database
from bot.storage.inbox import BusyError

logger = logging.getLogger(__name__)

_PAUSE_SECONDS = 1.0  # after the database failed


@dataclass(frozen=True, slots=True)
class _Entry:
    """What is to be written together, and who waits for it."""

    done: outbox.Done | None
    write: OnRecorded | None
    written: asyncio.Future[None]


class DeliveryJournal:
    """Group commits. Nothing said here is lost while the process lives: a busy database is tried again."""

    def __init__(self, database: Database) -> None:
        self._database = database
        self._waiting: list[_Entry] = []
        self._writer: asyncio.Task[None] | None = None
        self._failing = False

    async def record(self, done: outbox.Done, also: OnRecorded | None = None) -> None:
        """Return once this end, and what hangs on it, is committed.

        Raises:
            Exception: what ``also`` itself raised, unless the database was busy; nothing of either was written then.
        """
        await self._put(done, also)

    async def write(self, write: OnRecorded) -> None:
        """Return once ``write`` is committed.

        Raises:
            Exception: what ``write`` itself raised, unless the database was busy; nothing of it was written then.
        """
        await self._put(None, write)

    async def _put(self, done: outbox.Done | None, write: OnRecorded | None) -> None:
        # A caller that is cancelled leaves its result here all the same.
        written: asyncio.Future[None] = asyncio.get_running_loop().create_future()
        self._waiting.append(_Entry(done, write, written))
        if self._writer is None or self._writer.done():
            self._writer = asyncio.get_running_loop().create_task(self._run())
        await written

    async def close(self, within: timedelta) -> None:
        """Write what is left, for at most ``within``."""
        if self._writer is None:
            return
        _, late = await asyncio.wait([self._writer], timeout=within.total_seconds())
        for writer in late:
            writer.cancel()
            await asyncio.wait([writer])

    async def _run(self) -> None:
        while self._waiting:
            batch, self._waiting = self._waiting, []
            try:
                await self._commit(batch)
            except BusyError as error:
                if not self._failing:
                    logger.error("Results of sending cannot be written: %s: %s", type(error).__name__, error)  # noqa: TRY400 - its place says nothing
                self._failing = True
                self._waiting[:0] = batch
                await asyncio.sleep(_PAUSE_SECONDS)
                continue
            except Exception as error:  # noqa: BLE001 - goes to the one whose mistake it is
                if len(batch) == 1:
                    _fail(batch[0].written, error)
                else:
                    await self._commit_each(batch)
            self._failing = False

    async def _commit(self, batch: list[_Entry]) -> None:
        async with self._database.transaction() as connection:
            if done := [entry.done for entry in batch if entry.done]:
                await outbox.record_done(connection, done)
            for entry in batch:
                if entry.write:
                    await entry.write(connection)
        for entry in batch:
            if not entry.written.done():
                entry.written.set_result(None)

    async def _commit_each(self, batch: list[_Entry]) -> None:
        """One of these is wrong: the others are not to suffer."""
        for place, one in enumerate(batch):
            try:
                await self._commit([one])
            except BusyError:
                self._waiting[:0] = batch[place:]
                return
            except Exception as error:  # noqa: BLE001 - as above
                _fail(one.written, error)


def _fail(future: asyncio.Future[None], error: Exception) -> None:
    if not future.done():
        future.set_exception(error)
