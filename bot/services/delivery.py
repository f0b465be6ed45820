"""Outbox rows to people: claimed, written at the last moment, handed to Telegram, recorded.

At least once: a row that Telegram took and that is not recorded when the process ends is sent again, so at most as many
as there are workers; and one more for each answer of Telegram's that was lost on its way. Nobody is missed.
"""

from __future__ import annotations

import asyncio
import logging
from collections import deque
from collections.abc import Mapping
from contextlib import suppress
from dataclasses import dataclass
from datetime import datetime, timedelta

from bot.clock import Clock
from bot.models import NoticeKind, OutboxItem
from bot.services.attendees import AttendeeService
from bot.services.delivery_journal import DeliveryJournal
from bot.services.delivery_pace import Pace
from bot.services.delivery_row import RETRY_WAITS, RowDelivery
from bot.services.renderings import Renderer, Sender
from bot.storage import outbox
from bot.storage.database import Database
from bot.storage.inbox import StorageError

logger = logging.getLogger(__name__)

_LOOK_EVERY = timedelta(minutes=1)
_KEPT = timedelta(days=14)
_PURGED_AT_ONCE = 1_000
_DATABASE_PAUSE = 1.0
# What is claimed is not overtaken any more by what is more urgent.
_CLAIMED_SECONDS = 0.25
_CLAIMED_MOST = 100
_WRITE_WITHIN = timedelta(seconds=1)


@dataclass(frozen=True, slots=True)
class DeliveryFigures:
    """What became of rows since the start, and what is in hand now.

    ``blocked``: people found to have blocked the bot. ``retried``: rows put back after network trouble or a pause that
    Telegram wanted. ``paused_for``: until sending goes on.
    """

    sent: int = 0
    expired: int = 0
    dropped: int = 0
    blocked: int = 0
    failed: int = 0
    held: int = 0
    retried: int = 0
    in_hand: int = 0
    paused_for: timedelta = timedelta()


class DeliveryService:
    """Sends what is due in the outbox, ``rate`` messages a second, a chat's rows one after another.

    Claimed at once is what goes out in a quarter of a second, one row a worker at the least; all but that is given back
    in a pause. ``workers``: messages under way at one time. ``retry_waits``: after network trouble, the last one again
    and again until the row expires; moments of ``clock``, while pauses and the rate run in real time.
    """

    def __init__(
        self,
        database: Database,
        clock: Clock,
        sender: Sender,
        attendees: AttendeeService,
        renderers: Mapping[NoticeKind, Renderer],
        *,
        rate: float,
        workers: int = 8,
        retry_waits: tuple[timedelta, ...] = RETRY_WAITS,
    ) -> None:
        self._database = database
        self._clock = clock
        self._limit = workers
        self._claimed_at_once = max(workers, min(int(rate * _CLAIMED_SECONDS), _CLAIMED_MOST))
        self._attendees = attendees
        self._pace = Pace(rate, workers)
        self._journal = DeliveryJournal(database)
        self._row = RowDelivery(
            clock,
            self._pace,
            self._journal,
            sender,
            attendees,
            renderers=renderers,
            wake=self.wake,
            retry_waits=retry_waits,
        )
        self._claimed: deque[OutboxItem] = deque()
        self._claiming = asyncio.Lock()
        self._busy: set[int] = set()  # chats with a row claimed
        self._workers: set[asyncio.Task[None]] = set()
        self._hire_again = False
        self._idle = asyncio.Event()
        self._idle.set()
        self._woken = asyncio.Event()
        self._watch: asyncio.Task[None] | None = None
        self._stopping = False
        self._purged_at: datetime | None = None

    @property
    def figures(self) -> DeliveryFigures:
        """What was done so far, and what is in hand."""
        paused_for = timedelta(seconds=self._pace.paused_for)
        return DeliveryFigures(**self._row.counts, in_hand=len(self._busy), paused_for=paused_for)

    async def start(self) -> None:
        """Queue again what an earlier process had in hand, and send from now on whatever becomes due.

        Raises:
            StorageError: the outbox cannot be written.
        """
        async with self._database.transaction() as connection:
            found = await outbox.requeue_sending(connection)
        if found:
            logger.info("Messages that were being sent when Ghid ended; they are sent again: %d", found)
        self._watch = asyncio.create_task(self._look_out())

    def wake(self) -> None:
        """Look at the outbox now: something was put in."""
        self._woken.set()

    async def deliver_due(self) -> int:
        """Return once nothing due is left, pauses waited out, with how many messages were sent meanwhile."""
        before = self._row.counts["sent"]
        self._hire()
        await self._idle.wait()
        return self._row.counts["sent"] - before

    async def stop(self, grace: timedelta) -> None:
        """Hand nothing more over, wait up to ``grace`` for Telegram's answers, and queue the rest again.

        What Telegram did not answer stays *sending* and is sent again at the next start.
        """
        self._stopping = True
        if self._watch:
            self._watch.cancel()
            with suppress(asyncio.CancelledError):
                await self._watch
        under_way = set(self._row.handed_over.values())  # all others can be stopped at once
        for worker in self._workers - under_way:
            worker.cancel()
        if self._workers:
            _, late = await asyncio.wait(set(self._workers), timeout=grace.total_seconds())
            for worker in late:
                worker.cancel()
            if late:
                logger.warning("Messages that Telegram did not answer; they are sent again: %d", len(late))
                await asyncio.wait(late)
        await self._journal.close(_WRITE_WITHIN)
        try:
            async with self._database.transaction() as connection:
                await outbox.requeue_sending(connection, handed_over=self._row.handed_over)
        except StorageError as error:
            logger.warning("What was in hand is queued again at the next start only: %s", error)

    async def _look_out(self) -> None:
        while True:
            self._woken.clear()
            self._hire()
            pause = _LOOK_EVERY
            try:
                pause = await self._until_next()
            except StorageError as error:
                logger.warning("The outbox cannot be read: %s", error)
            with suppress(TimeoutError):
                async with asyncio.timeout(pause.total_seconds()):
                    await self._woken.wait()

    async def _until_next(self) -> timedelta:
        now = self._clock()
        if self._purged_at is None or now - self._purged_at > timedelta(hours=1):
            async with self._database.transaction() as connection:
                purged = await outbox.purge_done(connection, now - _KEPT, _PURGED_AT_ONCE)
            if purged == _PURGED_AT_ONCE:
                return timedelta()  # in small bites: whoever answers people writes too
            self._purged_at = now
        moment = await outbox.next_not_before(self._database.reader, after=now)
        return _LOOK_EVERY if moment is None else min(moment - now, _LOOK_EVERY)

    def _hire(self) -> None:
        if self._stopping:
            return
        if len(self._workers) >= self._limit:
            self._hire_again = True  # each of them may have just looked in vain
            return
        self._idle.clear()
        worker = asyncio.get_running_loop().create_task(self._work())
        self._workers.add(worker)
        worker.add_done_callback(self._let_go)

    def _let_go(self, worker: asyncio.Task[None]) -> None:
        self._workers.discard(worker)
        if not worker.cancelled() and (error := worker.exception()) is not None:
            logger.error("A row stays in hand until the next start", exc_info=error)
        if self._hire_again:
            self._hire_again = False
            self._hire()
        if not self._workers:
            self._idle.set()

    async def _work(self) -> None:
        while (item := await self._next()) is not None:
            try:
                await self._row.deliver(item)
            finally:
                self._busy.discard(item.chat_id)

    async def _next(self) -> OutboxItem | None:
        while not self._stopping:
            if self._claimed and not self._holds_too_much:
                return self._claimed.popleft()
            async with self._claiming:
                try:
                    if self._holds_too_much:
                        await self._give_back()
                    elif self._claimed:
                        continue
                    items = await self._claim(self._limit if self._pace.paused_for else self._claimed_at_once)
                except StorageError as error:
                    logger.warning("The outbox cannot be written: %s", error)
                    await asyncio.sleep(_DATABASE_PAUSE)
                    continue
            if not items:
                return None
            for _ in items[1:]:
                self._hire()
        return None

    @property
    def _holds_too_much(self) -> bool:
        return len(self._claimed) > self._limit and self._pace.paused_for > 0

    async def _claim(self, most: int) -> tuple[OutboxItem, ...]:
        async with self._database.transaction() as connection:
            items = await outbox.claim(connection, self._clock(), most, self._busy)
            await self._attendees.recall(connection, [item.chat_id for item in items])
        self._claimed.extend(items)
        self._busy.update(item.chat_id for item in items)
        return items

    async def _give_back(self) -> None:
        """Queue again what is claimed and not begun: during a pause something more urgent may come."""
        items = tuple(self._claimed)
        self._claimed.clear()  # first: the pause may end meanwhile, and nobody is to take one of them
        try:
            async with self._database.transaction() as connection:
                for item in items:
                    await outbox.put_back(connection, item, item.not_before, attempt=False)
        except BaseException:
            self._claimed.extend(items)
            raise
        self._busy.difference_update(item.chat_id for item in items)
