"""One lane a chat: updates of one chat one after another, chats side by side, a bounded number at work."""

from __future__ import annotations

import asyncio
import logging
from collections import deque
from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from datetime import timedelta

from bot.models import InboxItem

logger = logging.getLogger(__name__)

_CANCEL_SECONDS = 1.0  # for a cancelled handler to let go


@dataclass(frozen=True, slots=True)
class Retry:
    """The same update again, ``after`` this long. Its lane waits meanwhile, and occupies no worker."""

    item: InboxItem
    after: timedelta


Outcome = Retry | asyncio.Future[None] | None
"""A future: handled, but that is not on the disk yet; until it is, it counts as at work."""

Handle = Callable[[InboxItem], Awaitable[Outcome]]


class Lanes:
    """Queues in memory. Lanes take turns: after one update a lane goes behind the others that wait.

    ``workers``: the most updates at work at one time, those included whose end is not on the disk yet; so many may
    come again after a crash. ``hurry`` is called when all places are taken.
    """

    def __init__(self, handle: Handle, workers: int, hurry: Callable[[], None]) -> None:
        self._handle = handle
        self._hurry = hurry
        self._limit = workers
        self._places = asyncio.Semaphore(workers)
        self._lanes: dict[int | None, deque[InboxItem]] = {}
        self._ready: deque[int | None] = deque()
        self._workers: set[asyncio.Task[None]] = set()
        self._timers: dict[int | None, asyncio.TimerHandle] = {}
        self._stopping = False
        self._empty = asyncio.Event()
        self._empty.set()

    def add(self, item: InboxItem) -> None:
        """Put an update at the end of its chat's lane."""
        lane = self._lanes.get(item.chat_id)
        if lane is not None:
            lane.append(item)
            return
        self._lanes[item.chat_id] = deque((item,))
        self._empty.clear()
        self._call(item.chat_id)

    async def idle(self) -> None:
        """Wait until nothing is queued, at work or waiting for another try."""
        await self._empty.wait()

    async def stop(self, grace: timedelta) -> None:
        """Start nothing more, wait up to ``grace`` for handlers at work, and cancel those still running then."""
        self._stopping = True
        for timer in self._timers.values():
            timer.cancel()
        if not self._workers:
            return
        _, late = await asyncio.wait(self._workers, timeout=grace.total_seconds())
        for worker in late:
            worker.cancel()
        if late:
            logger.warning("Handlers cancelled at the stop; their updates come again at the next start: %d", len(late))
            await asyncio.wait(late, timeout=_CANCEL_SECONDS)

    def _call(self, chat_id: int | None) -> None:
        """Line up a lane for the next free worker."""
        self._timers.pop(chat_id, None)
        self._ready.append(chat_id)
        self._hire()

    def _hire(self) -> None:
        if self._stopping or not self._ready or len(self._workers) >= self._limit:
            return
        worker = asyncio.get_running_loop().create_task(self._work())
        self._workers.add(worker)
        worker.add_done_callback(self._let_go)

    def _let_go(self, worker: asyncio.Task[None]) -> None:
        self._workers.discard(worker)
        self._hire()  # a lane may have lined up after the worker's last look

    async def _work(self) -> None:
        while self._ready and not self._stopping:
            if self._places.locked():
                self._hurry()
            await self._places.acquire()
            if not self._ready or self._stopping:
                self._places.release()
                return
            chat_id = self._ready.popleft()
            lane = self._lanes[chat_id]
            outcome: Outcome = None
            try:
                outcome = await self._handle(lane[0])
            except Exception:
                # Our own mistake, as handlers' errors never come this far: its row stays for the next start.
                logger.exception("Update %d could not be handled", lane[0].update_id)
            finally:
                if isinstance(outcome, asyncio.Future):
                    outcome.add_done_callback(self._free_place)
                else:
                    self._places.release()
            if isinstance(outcome, Retry):
                lane[0] = outcome.item
                self._timers[chat_id] = asyncio.get_running_loop().call_later(
                    outcome.after.total_seconds(), self._call, chat_id
                )
            else:
                self._advance(chat_id, lane)

    def _advance(self, chat_id: int | None, lane: deque[InboxItem]) -> None:
        """Take the first update out of its lane."""
        lane.popleft()
        if lane:
            self._ready.append(chat_id)
            return
        del self._lanes[chat_id]
        if not self._lanes:
            self._empty.set()

    def _free_place(self, _: asyncio.Future[None]) -> None:
        self._places.release()
