"""Organisers hear that questions wait for them: by day, and not more than once an hour."""

from __future__ import annotations

import logging
from datetime import timedelta

from bot.alarms import AlarmKind
from bot.clock import Clock
from bot.models import NoticeKind, NoticeWishes
from bot.services.agenda import AgendaService
from bot.services.notice_budget import held_until
from bot.services.organiser_alarm import OrganiserAlarm
from bot.storage.alarms import latest_alarm
from bot.storage.database import Database
from bot.storage.open_questions import list_waited_for

logger = logging.getLogger(__name__)

EVERY = timedelta(hours=1)
_BEGINNING = 8  # of a key: enough to know it again
_MOST_KEYS = 100


class QuestionAlarm:
    """Call `tick` every minute; what was told is read from the outbox, so a restart tells nothing twice."""

    def __init__(self, database: Database, clock: Clock, agenda: AgendaService, alarm: OrganiserAlarm) -> None:
        self._database = database
        self._clock = clock
        self._agenda = agenda
        self._alarm = alarm

    async def tick(self) -> None:
        """Tell of questions that nobody told of yet. Never raises: what fails is tried again at the next tick."""
        try:
            await self._tell()
        except Exception:
            logger.exception("Failed at telling of questions that wait")

    async def _tell(self) -> None:
        now = self._clock()
        keys = sorted(key[:_BEGINNING] for key in await list_waited_for(self._database.reader))
        if not keys or self._is_night():
            return
        told = await latest_alarm(self._database.reader, AlarmKind.QUESTIONS_WAIT)
        if told is not None and (timedelta() <= now - told.at < EVERY or set(keys) <= set(told.details["keys"])):
            return
        await self._alarm.tell(
            AlarmKind.QUESTIONS_WAIT, f"{now:%Y-%m-%dT%H:%M}", count=len(keys), keys=keys[:_MOST_KEYS]
        )

    def _is_night(self) -> bool:
        held = held_until(
            kind=NoticeKind.ANSWER,
            urgent=False,
            wishes=NoticeWishes(),
            now=self._clock(),
            zone=self._agenda.current.agenda.event.time_zone,
            sent_lately=(),
        )
        return held is not None
