"""The inbox's only writer: everything that wants to be written at one time goes into one transaction."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from bot.clock import Clock
from bot.models import InboxItem
from bot.storage import inbox
from bot.storage.database import Database
from bot.storage.inbox import StorageError

logger = logging.getLogger(__name__)

# How long handled updates wait for company before they are deleted; a crash meanwhile repeats them.
_GATHER_SECONDS = 0.02
_PAUSE_SECONDS = 1.0  # after the database failed
_FORGET_EVERY = timedelta(hours=1)


@dataclass(slots=True)
class _Batch:
    """What the next transaction writes, and who waits for it."""

    arrivals: list[tuple[list[InboxItem], asyncio.Future[None]]] = field(default_factory=list)
    handled: list[int] = field(default_factory=list)
    attempts: list[tuple[InboxItem, str | None]] = field(default_factory=list)
    set_aside: list[tuple[int, str]] = field(default_factory=list)
    waiters: list[asyncio.Future[None]] = field(default_factory=list)
    # Done once these rows are on the disk: this batch's own, and those of failed ones that it took over.
    written: list[asyncio.Future[None]] = field(default_factory=list)

    def __bool__(self) -> bool:
        return bool(self.has_rows() or self.waiters)

    def has_rows(self) -> bool:
        return bool(self.arrivals or self.handled or self.attempts or self.set_aside)

    def arrived(self) -> list[InboxItem]:
        return [item for items, _ in self.arrivals for item in items]

    def futures(self) -> list[asyncio.Future[None]]:
        return [future for _, future in self.arrivals] + self.waiters


class Journal:
    """Group commits. ``on_arrival(arrived, new)`` is called right after the commit, in order, before any waiter runs.

    ``new`` are those to handle: fewer than ``arrived`` if some came before, none if the commit failed.
    """

    def __init__(
        self, database: Database, clock: Clock, on_arrival: Callable[[list[InboxItem], list[InboxItem]], None]
    ) -> None:
        self._database = database
        self._clock = clock
        self._on_arrival = on_arrival
        self._batch = _Batch()
        self._urgent = asyncio.Event()
        self._writer: asyncio.Task[None] | None = None
        self._forgot_at: datetime | None = None
        self._closing = False
        self.failing = False

    async def accept(self, items: list[InboxItem]) -> None:
        """Return once the items are committed; those accepted before are left out.

        Raises:
            StorageError: nothing was written.
        """
        # The new ones are handed on by the writer, not here: a caller may be cancelled while the commit goes through.
        future = self._future()
        self._batch.arrivals.append((items, future))
        self._write(urgent=True)
        await future

    def handled(self, update_id: int) -> asyncio.Future[None]:
        """Delete the update's row soon; the future is done when it is."""
        self._batch.handled.append(update_id)
        self._write(urgent=False)
        return self._written()

    def attempt(self, item: InboxItem, error: str | None = None) -> None:
        """Write soon what this item counts, and what an attempt ended with, if one did."""
        self._batch.attempts.append((item, error))
        self._write(urgent=False)

    def set_aside(self, update_id: int, error: str) -> asyncio.Future[None]:
        """Write soon that the update will not be tried again; the future is done when it is written."""
        self._batch.set_aside.append((update_id, error))
        self._write(urgent=False)
        return self._written()

    def hurry(self) -> None:
        """Do not wait for company: somebody waits for what is to be written."""
        self._urgent.set()

    async def flush(self) -> None:
        """Return once everything said so far is committed.

        Raises:
            StorageError: it is not, but it will be tried again.
        """
        if self._writer is None or self._writer.done():
            return
        future = self._future()
        self._batch.waiters.append(future)
        self._write(urgent=True)
        await future

    async def close(self, within: timedelta) -> None:
        """Write what is left, for at most ``within``; what cannot be written is handled again at the next start."""
        self._closing = True
        if self._writer is None:
            return
        self._urgent.set()
        _, late = await asyncio.wait([self._writer], timeout=within.total_seconds())
        for writer in late:
            writer.cancel()
            await asyncio.wait([writer])

    def _future(self) -> asyncio.Future[None]:
        return asyncio.get_running_loop().create_future()

    def _written(self) -> asyncio.Future[None]:
        if not self._batch.written:
            self._batch.written.append(self._future())
        return self._batch.written[0]

    def _write(self, *, urgent: bool) -> None:
        if urgent:
            self._urgent.set()
        if self._writer is None or self._writer.done():
            self._writer = asyncio.get_running_loop().create_task(self._run())

    async def _run(self) -> None:
        while self._batch:
            if not self._closing:
                with suppress(TimeoutError):
                    async with asyncio.timeout(_GATHER_SECONDS):
                        await self._urgent.wait()
            self._urgent.clear()
            batch, self._batch = self._batch, _Batch()
            try:
                accepted = await self._commit(batch)
            except Exception as error:
                self._put_back(batch, error)
                if not isinstance(error, StorageError):
                    raise
                if self._closing:
                    return
                await asyncio.sleep(_PAUSE_SECONDS)
                continue
            self.failing = False
            if batch.arrivals:
                self._on_arrival(batch.arrived(), accepted)
            for future in (*batch.futures(), *batch.written):
                if not future.done():
                    future.set_result(None)

    async def _commit(self, batch: _Batch) -> list[InboxItem]:
        accepted: list[InboxItem] = []
        if not batch.has_rows():
            return accepted
        now = self._clock()
        async with self._database.transaction() as connection:
            if batch.arrivals:
                accepted = await inbox.accept_updates(connection, batch.arrived(), now)
            if batch.attempts:
                await inbox.record_attempts(connection, batch.attempts)
            if batch.set_aside:
                await inbox.set_aside(connection, batch.set_aside, now)
            if batch.handled:
                await inbox.delete_updates(connection, batch.handled)
            if self._forgot_at is None or now - self._forgot_at > _FORGET_EVERY:
                await inbox.forget_old(connection, now)
                self._forgot_at = now
        return accepted

    def _put_back(self, batch: _Batch, error: Exception) -> None:
        """Tell those who wait, and keep what was done for the next transaction."""
        if not self.failing:
            logger.error("The inbox cannot be written: %s: %s", type(error).__name__, error)
        self.failing = True
        self._on_arrival(batch.arrived(), [])
        for future in batch.futures():
            if not future.done():
                future.set_exception(error)
        self._batch.written += batch.written
        self._batch.handled[:0] = batch.handled
        self._batch.attempts[:0] = batch.attempts
        self._batch.set_aside[:0] = batch.set_aside
