"""The tick of everything sent unasked: plan what is due, let it go out, and be woken for what is due next."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Awaitable, Callable
from contextlib import suppress
from datetime import datetime
from typing import Protocol, TypeVar

from bot.services.reminders import ReminderService

logger = logging.getLogger(__name__)

Result = TypeVar("Result")


class Changes(Protocol):
    """Plans notices of changes."""

    async def plan(self) -> int:
        """Write a row for everybody who may have to be told; return how many."""


class Broadcasts(Protocol):
    """Starts what was scheduled, and says when rows were written besides."""

    def subscribe(self, listener: Callable[[], None]) -> None:
        """Call this whenever rows were written or freed, or one is to start later."""

    async def start_due(self) -> int:
        """Write the rows of those whose time has come; return how many rows."""

    async def next_due(self) -> datetime | None:
        """Return when the next one is to start; None: none waits."""


class Planner(Protocol):
    """Plans notices of one more kind."""

    async def plan(self) -> int:
        """Write a row for everybody who is to be told now; return how many."""

    async def next_due(self) -> datetime | None:
        """Return when somebody is to be told next; None: nobody is known to be."""


class Delivery(Protocol):
    """Sends what the outbox holds, and wakes itself for rows that wait for their time."""

    def wake(self) -> None:
        """Look into the outbox now; returns at once."""


class WakeUp(Protocol):
    """Injected: here is said when something is due next."""

    def aim(self, moment: datetime | None) -> None:
        """Wake delivery and planning at this moment (aware) at the latest; None: nothing is due."""


class NoticeService:
    """Brings planning, delivery and the wake-up together. Call `tick` once at the start."""

    def __init__(
        self,
        reminders: ReminderService,
        changes: Changes,
        broadcasts: Broadcasts,
        delivery: Delivery,
        wake_up: WakeUp,
    ) -> None:
        self._reminders = reminders
        self._changes = changes
        self._broadcasts = broadcasts
        self._delivery = delivery
        self._wake_up = wake_up
        self._lock = asyncio.Lock()
        self._planners: list[Planner] = []
        self._wanted = False
        self._background: asyncio.Task[None] | None = None
        broadcasts.subscribe(self.soon)

    def also_plan(self, planner: Planner) -> None:
        """Plan this too at every tick."""
        self._planners.append(planner)

    async def tick(self) -> None:
        """Plan what is due, wake delivery, and aim the wake-up at what is due next.

        Never raises: what fails is logged and tried again at the next tick, and does not hold up the rest.
        """
        async with self._lock:
            await _attempt("planning reminders", self._reminders.plan_due)
            await _attempt("planning notices of changes", self._changes.plan)
            await _attempt("starting broadcasts", self._broadcasts.start_due)
            for planner in self._planners:
                await _attempt(f"planning by {type(planner).__name__}", planner.plan)
            self._delivery.wake()
            next_ones = [
                await _attempt("looking for the next reminder", self._reminders.next_due),
                await _attempt("looking for the next broadcast", self._broadcasts.next_due),
                *[
                    await _attempt(f"looking ahead by {type(planner).__name__}", planner.next_due)
                    for planner in self._planners
                ],
            ]
            self._wake_up.aim(min((moment for moment in next_ones if moment), default=None))

    def soon(self) -> None:
        """Tick in the background: somebody followed, or the agenda changed. Many calls at once make few ticks."""
        self._wanted = True
        if self._background is None or self._background.done():
            self._background = asyncio.get_running_loop().create_task(self._tick_while_wanted())

    async def settled(self) -> None:
        """Wait until the ticks asked for by `soon` are done."""
        if self._background is not None:
            await self._background

    async def stop(self) -> None:
        """End the ticks in the background; what was not planned is planned after the next start."""
        self._wanted = False
        if self._background is not None:
            self._background.cancel()
            with suppress(asyncio.CancelledError):
                await self._background

    async def _tick_while_wanted(self) -> None:
        while self._wanted:
            self._wanted = False
            await self.tick()


async def _attempt(what: str, action: Callable[[], Awaitable[Result]]) -> Result | None:
    try:
        return await action()
    except Exception:
        logger.exception("Failed at %s", what)
        return None
