"""One lane a chat: updates of one chat one after another, chats side by side, a bounded number at work."""

from __future__ import annotations

import asyncio
import logging
from collections import deque
from collections.abc import Awaitable, Callable
from contextlib import suppress
from dataclasses import dataclass
from datetime import timedelta
from heapq import heappop, heappush
from itertools import count

from bot.models import InboxItem

logger = logging.getLogger(__name__)

_CANCEL_SECONDS = 1.0  # for a cancelled handler to let go
_SHORTEST_SHARE = 0.02  # seconds that the others have at least between two that are handled alone


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

    A suspect, an update that was in hand when a process ended, is handled alone: nothing else is at work, so that
    another death has one cause. Those with the fewest deaths come first. Between two of them the others have as long
    as that one took. ``calm``: how long for each death but the first it waits, from the first `add` on.
    """

    def __init__(self, handle: Handle, workers: int, hurry: Callable[[], None], calm: timedelta = timedelta()) -> None:
        self._handle = handle
        self._hurry = hurry
        self._limit = workers
        self._places = asyncio.Semaphore(workers)
        self._lanes: dict[int | None, deque[InboxItem]] = {}
        self._ready: deque[int | None] = deque()
        self._workers: set[asyncio.Task[None]] = set()
        self._timers: dict[int | None, asyncio.TimerHandle] = {}
        self._calm = calm.total_seconds()
        self._began: float | None = None  # on the loop's clock
        self._suspects: list[tuple[int, int, int | None]] = []  # a heap: deaths, order, chat
        self._order = count()
        self._alone: asyncio.Task[None] | None = None
        self._clearing = False  # nobody starts: a suspect is to be alone, or is at work
        self._stopped = asyncio.Event()
        self._empty = asyncio.Event()
        self._empty.set()

    def add(self, item: InboxItem) -> None:
        """Put an update at the end of its chat's lane."""
        self._began = self._began or asyncio.get_running_loop().time()
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
        self._stopped.set()
        for timer in self._timers.values():
            timer.cancel()
        workers = self._workers | ({self._alone} if self._alone else set())
        if not workers:
            return
        _, late = await asyncio.wait(workers, timeout=grace.total_seconds())
        for worker in late:
            worker.cancel()
        if late:
            logger.warning("Handlers cancelled at the stop; their updates come again at the next start: %d", len(late))
            await asyncio.wait(late, timeout=_CANCEL_SECONDS)

    def _call(self, chat_id: int | None) -> None:
        """Line up a lane, and see that somebody comes for it."""
        self._timers.pop(chat_id, None)
        self._line_up(chat_id)
        self._hire()

    def _line_up(self, chat_id: int | None) -> None:
        deaths = self._lanes[chat_id][0].deaths
        if not deaths:
            self._ready.append(chat_id)
            return
        loop = asyncio.get_running_loop()
        due = (self._began or 0.0) + self._calm * (deaths - 1)
        if due > loop.time():
            self._timers[chat_id] = loop.call_at(due, self._call, chat_id)
            return
        heappush(self._suspects, (deaths, next(self._order), chat_id))
        if self._alone is None and not self._stopped.is_set():
            self._alone = loop.create_task(self._work_alone())

    def _hire(self) -> None:
        if self._closed or not self._ready or len(self._workers) >= self._limit:
            return
        worker = asyncio.get_running_loop().create_task(self._work())
        self._workers.add(worker)
        worker.add_done_callback(self._let_go)

    @property
    def _closed(self) -> bool:
        """Whether no worker may start anything."""
        return self._clearing or self._stopped.is_set()

    def _let_go(self, worker: asyncio.Task[None]) -> None:
        self._workers.discard(worker)
        self._hire()  # a lane may have lined up after the worker's last look

    async def _work(self) -> None:
        while self._ready and not self._closed:
            if self._places.locked():
                self._hurry()
            await self._places.acquire()
            if not self._ready or self._closed:
                self._places.release()
                return
            outcome: Outcome = None
            try:
                outcome = await self._serve(self._ready.popleft())
            finally:
                if isinstance(outcome, asyncio.Future):
                    outcome.add_done_callback(self._free_place)
                else:
                    self._places.release()

    async def _work_alone(self) -> None:
        loop = asyncio.get_running_loop()
        try:
            while self._suspects and not self._stopped.is_set():
                began = loop.time()
                self._clearing = True
                await self._serve_alone()
                self._clearing = False
                if self._ready:
                    for _ in self._ready:
                        self._hire()
                    with suppress(TimeoutError):
                        async with asyncio.timeout(max(loop.time() - began, _SHORTEST_SHARE)):
                            await self._stopped.wait()
        finally:
            self._alone = None

    async def _serve_alone(self) -> None:
        """Take all places, so that whatever was at work is on the disk, and serve the first of the suspects."""
        taken = 0
        try:
            while taken < self._limit:
                if self._places.locked():
                    self._hurry()
                await self._places.acquire()
                taken += 1
            if not self._stopped.is_set():
                outcome = await self._serve(heappop(self._suspects)[2])
                if isinstance(outcome, asyncio.Future):
                    self._hurry()
                    await asyncio.wait([outcome])
        finally:
            for _ in range(taken):
                self._places.release()

    async def _serve(self, chat_id: int | None) -> Outcome:
        """Handle the first update of a lane, and see to the lane."""
        lane = self._lanes[chat_id]
        outcome: Outcome = None
        try:
            outcome = await self._handle(lane[0])
        except Exception:
            # Our own mistake, as handlers' errors never come this far: its row stays for the next start.
            logger.exception("Update %d could not be handled", lane[0].update_id)
        if isinstance(outcome, Retry):
            lane[0] = outcome.item
            self._timers[chat_id] = asyncio.get_running_loop().call_later(
                outcome.after.total_seconds(), self._call, chat_id
            )
        else:
            self._advance(chat_id, lane)
        return outcome

    def _advance(self, chat_id: int | None, lane: deque[InboxItem]) -> None:
        """Take the first update out of its lane."""
        lane.popleft()
        if lane:
            self._line_up(chat_id)
            return
        del self._lanes[chat_id]
        if not self._lanes:
            self._empty.set()

    def _free_place(self, _: asyncio.Future[None]) -> None:
        self._places.release()
