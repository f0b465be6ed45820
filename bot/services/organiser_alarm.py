"""What organisers must hear comes to all of them, by night too: written to the outbox first, as everything unasked."""

from __future__ import annotations

import logging
from collections.abc import Callable
from datetime import timedelta

from bot.alarms import Alarm, AlarmKind
from bot.clock import Clock
from bot.messages.outgoing import OutgoingMessage
from bot.messages.view import View
from bot.models import Attendee, OutboxItem
from bot.services.attendees import AttendeeService
from bot.services.organisers import OrganiserService
from bot.services.renderings import Obsolete, Rendered, Rendering, Sender
from bot.storage.alarms import add_alarm, alarm_of
from bot.storage.database import Database

logger = logging.getLogger(__name__)

LASTS = timedelta(hours=24)


class OrganiserAlarm:
    """``wake`` is called once something is to go out."""

    def __init__(
        self, database: Database, clock: Clock, organisers: OrganiserService, wake: Callable[[], None]
    ) -> None:
        self._database = database
        self._clock = clock
        self._organisers = organisers
        self._wake = wake

    async def tell(
        self,
        kind: AlarmKind,
        about: object,
        *,
        but_not: int | None = None,
        lasts: timedelta = LASTS,
        **details: object,
    ) -> int:
        """Let every organiser hear this, before anything else that waits; return how many will.

        ``about`` names the occasion (a version, a broadcast, a claim): raised again, it is not told again.
        ``but_not``: whoever did it knows. ``details``: what the words need, JSON-safe; see `AlarmKind`.
        """
        alarm = Alarm(kind, self._clock(), details)
        chats = await self._organisers.chat_ids() - {but_not}
        async with self._database.transaction() as connection:
            told = await add_alarm(connection, alarm, str(about), chats, expires_at=alarm.at + lasts)
        if told:
            logger.info("Organisers hear of this (%s): %d", kind.value, told)
            self._wake()
        return told


class DirectAlarm:
    """Tells organisers without the outbox, for when that is what stands still. What does not arrive is not repeated."""

    def __init__(
        self,
        organisers: OrganiserService,
        attendees: AttendeeService,
        telegram: Sender,
        *,
        view_of: Callable[[Attendee], View],
        write: Callable[[Alarm, View], OutgoingMessage],
    ) -> None:
        self._organisers = organisers
        self._attendees = attendees
        self._telegram = telegram
        self._view_of = view_of
        self._write = write

    async def tell(self, alarm: Alarm) -> None:
        """Send it to every organiser who wrote to the bot, in their language."""
        for chat_id in await self._organisers.chat_ids():
            attendee = await self._attendees.find(chat_id)
            if attendee is not None and attendee.blocked_at is None:
                await self._telegram.send(chat_id, self._write(alarm, self._view_of(attendee)))


class AlarmRenderer:
    """Writes an alarm for whoever is an organiser still."""

    def __init__(
        self,
        organisers: OrganiserService,
        *,
        view_of: Callable[[Attendee], View],
        write: Callable[[Alarm, View], OutgoingMessage],
    ) -> None:
        self._organisers = organisers
        self._view_of = view_of
        self._write = write

    async def render(self, item: OutboxItem, attendee: Attendee) -> Rendering:
        """Return the alarm in this organiser's language; no quiet hours, no cap."""
        if not await self._organisers.is_organiser(item.chat_id):
            return Obsolete()
        return Rendered(self._write(alarm_of(dict(item.payload)), self._view_of(attendee)))
