"""Does the clock run, do notices go out, does Telegram answer? The organisers hear what stalls, and when it is over."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Awaitable, Callable
from datetime import datetime, timedelta

from bot.alarms import Alarm, AlarmKind, Stalled
from bot.clock import Clock
from bot.services.organiser_alarm import OrganiserAlarm
from bot.storage.database import Database
from bot.storage.outbox import oldest_due

logger = logging.getLogger(__name__)

CLOCK_MAY_JUMP = timedelta(minutes=2)
OUTBOX_MAY_STAND = timedelta(minutes=10)
TELEGRAM_MAY_BE_SILENT = timedelta(minutes=5)

TellAtOnce = Callable[[Alarm], Awaitable[None]]
"""Tells the organisers without the outbox: for when that is what stands still."""


class StallWatch:
    """Call `tick` every minute. ``sent``: how many messages went out of the outbox so far.

    `telegram_answered_at`, when Telegram answered last, is set once somebody polls; None: nobody does.
    """

    def __init__(
        self,
        database: Database,
        clock: Clock,
        alarm: OrganiserAlarm,
        *,
        sent: Callable[[], int],
        tell_at_once: TellAtOnce,
        steady: Callable[[], float] | None = None,
    ) -> None:
        self._database = database
        self._clock = clock
        self._alarm = alarm
        self._sent = sent
        self._tell_at_once = tell_at_once
        self._steady = steady or asyncio.get_running_loop().time
        self.telegram_answered_at: Callable[[], datetime | None] | None = None
        self._last: tuple[datetime, float] | None = None
        self._sent_before = 0
        self._outbox_since: datetime | None = None
        self._silent_since: datetime | None = None

    async def tick(self) -> None:
        """Look at all three. Never raises: what fails is tried again at the next tick."""
        try:
            await self._look_at_clock()
            await self._look_at_outbox()
            await self._look_at_telegram()
        except Exception:
            logger.exception("Failed at looking for what stalls")

    async def _look_at_clock(self) -> None:
        now, steady = self._clock(), self._steady()
        last, self._last = self._last, (now, steady)
        if last is None:
            return
        expected = last[0] + timedelta(seconds=steady - last[1])
        if abs(now - expected) > CLOCK_MAY_JUMP:
            logger.warning("The clock jumped by %d s", (now - expected).total_seconds())
            await self._tell(Stalled.CLOCK, expected, now)

    async def _look_at_outbox(self) -> None:
        now, sent = self._clock(), self._sent()
        moved, self._sent_before = sent != self._sent_before, sent
        oldest = None if moved else await oldest_due(self._database.reader, now)
        stands = oldest is not None and now - oldest > OUTBOX_MAY_STAND
        if stands and oldest is not None and self._outbox_since is None:
            self._outbox_since = oldest
            logger.error("Nothing goes out of the outbox since %s", oldest.isoformat())
            details = {"what": Stalled.OUTBOX.value, "since": oldest.isoformat(), "until": None}
            await self._tell_at_once(Alarm(AlarmKind.STALLED, now, details))
        elif not stands and self._outbox_since is not None:
            since, self._outbox_since = self._outbox_since, None
            await self._tell(Stalled.OUTBOX, since, now)

    async def _look_at_telegram(self) -> None:
        answered_at = self.telegram_answered_at() if self.telegram_answered_at is not None else None
        if answered_at is None:
            return
        if self._clock() - answered_at > TELEGRAM_MAY_BE_SILENT:
            if self._silent_since is None:
                self._silent_since = answered_at
                logger.error("Telegram is silent since %s", answered_at.isoformat())
        elif self._silent_since is not None:
            since, self._silent_since = self._silent_since, None
            await self._tell(Stalled.TELEGRAM, since, answered_at)

    async def _tell(self, what: Stalled, since: datetime, until: datetime) -> None:
        about = f"{what.value}:{since.isoformat(timespec='minutes')}"
        await self._alarm.tell(
            AlarmKind.STALLED, about, what=what.value, since=since.isoformat(), until=until.isoformat()
        )
