"""An honest answer to "does it work?", for `GET /healthz`. No personal data."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta

from bot.clock import Clock, system_clock
from bot.intake.intake import Intake
from bot.storage import inbox
from bot.storage.database import Database
from bot.storage.inbox import InboxFigures, StorageError

_DATABASE_WITHIN_SECONDS = 2.0
_POLL_WITHIN = timedelta(minutes=2)
_HANDLED_WITHIN = timedelta(minutes=10)


@dataclass(frozen=True, slots=True)
class HealthReport:
    """``problems``: short English sentences; none: all is well."""

    problems: tuple[str, ...]
    details: dict[str, object]

    @property
    def well(self) -> bool:
        """Whether nothing is wrong."""
        return not self.problems

    def as_json(self) -> dict[str, object]:
        """Return what the page shows."""
        return {"status": "ok" if self.well else "failing", "problems": list(self.problems), **self.details}


class Health:
    """``last_poll_at`` tells when Telegram last answered a poll (None: never yet); leave it out for a webhook."""

    def __init__(
        self,
        intake: Intake,
        database: Database,
        *,
        clock: Clock = system_clock,
        last_poll_at: Callable[[], datetime | None] | None = None,
    ) -> None:
        self._intake = intake
        self._database = database
        self._clock = clock
        self._last_poll_at = last_poll_at
        self._started_at = clock()

    async def report(self) -> HealthReport:
        """Look now."""
        now = self._clock()
        problems: list[str] = []
        details: dict[str, object] = {"updates_by": "webhook" if self._last_poll_at is None else "polling"}
        if self._last_poll_at is not None:
            polled_at = self._last_poll_at()
            details["last_poll_seconds"] = _seconds(now, polled_at)
            if now - (polled_at or self._started_at) > _POLL_WITHIN:
                problems.append("Telegram has not answered a poll lately")
        figures = await self._figures()
        details["database"] = figures is not None
        if figures is None:
            problems.append("the database does not answer")
        else:
            details["inbox"] = {
                "waiting": figures.waiting,
                "oldest_seconds": _seconds(now, figures.oldest_received_at),
                "set_aside": figures.set_aside,
            }
            if figures.oldest_received_at is not None and now - figures.oldest_received_at > _HANDLED_WITHIN:
                problems.append("an update has waited too long")
        if not self._intake.writable:
            problems.append("updates are not accepted")
        return HealthReport(tuple(problems), details)

    async def _figures(self) -> InboxFigures | None:
        try:
            async with asyncio.timeout(_DATABASE_WITHIN_SECONDS):
                return await inbox.figures(self._database.reader)
        except (StorageError, TimeoutError, ValueError):  # aiosqlite: ValueError once the connection is closed
            return None


def _seconds(now: datetime, moment: datetime | None) -> float | None:
    return None if moment is None else max(0.0, round((now - moment).total_seconds(), 1))
