"""Ghid looks after itself: what went wrong without anybody seeing it, the organisers hear."""

from __future__ import annotations

import logging
from datetime import datetime, timedelta

from bot.alarms import AlarmKind
from bot.clock import Clock
from bot.services.organiser_alarm import OrganiserAlarm
from bot.storage.alarms import latest_alarm
from bot.storage.database import Database
from bot.storage.inbox import count_set_aside

logger = logging.getLogger(__name__)

SET_ASIDE_EVERY = timedelta(hours=1)
_FIRST_LOOKS_BACK = timedelta(hours=24)


class SelfWatch:
    """Call `tick` every minute; what was told is read from the outbox, so a restart tells nothing twice."""

    def __init__(self, database: Database, clock: Clock, alarm: OrganiserAlarm) -> None:
        self._database = database
        self._clock = clock
        self._alarm = alarm

    async def tick(self) -> None:
        """Look at all that is watched. Never raises: what fails is tried again at the next tick."""
        try:
            await self._tell_of_set_aside()
        except Exception:
            logger.exception("Failed at looking after myself")

    async def _tell_of_set_aside(self) -> None:
        """Tell of updates that could not be handled, at most once an hour."""
        now = self._clock()
        told = await latest_alarm(self._database.reader, AlarmKind.UPDATES_SET_ASIDE)
        if told is not None and timedelta() <= now - told.at < SET_ASIDE_EVERY:
            return
        since = datetime.fromisoformat(told.details["until"]) if told else now - _FIRST_LOOKS_BACK
        found = await count_set_aside(self._database.reader, since)
        if found.count:
            await self._alarm.tell(
                AlarmKind.UPDATES_SET_ASIDE,
                f"{found.until:%Y-%m-%dT%H:%M:%S.%f}",
                count=found.count,
                since=found.since.isoformat(),
                until=found.until.isoformat(),
            )
