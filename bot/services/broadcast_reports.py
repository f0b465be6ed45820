"""What the author of a broadcast sees of it: one message that is kept up to date, and the report at the end."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Awaitable, Callable
from typing import Protocol

from bot.alarms import AlarmKind
from bot.broadcasts import Broadcast, BroadcastProgress, BroadcastState
from bot.messages.broadcast_progress import final_report, progress_ended, progress_message
from bot.messages.outgoing import OutgoingMessage
from bot.messages.view import View
from bot.models import Attendee, Later, Outcome, Sent
from bot.services.attendees import AttendeeService
from bot.services.broadcasts import BroadcastService
from bot.services.organiser_alarm import OrganiserAlarm

logger = logging.getLogger(__name__)

Write = Callable[[Broadcast, BroadcastProgress, View], OutgoingMessage]


class Telegram(Protocol):
    """Sends and edits messages; errors come back as outcomes, none is raised."""

    async def send(self, chat_id: int, message: OutgoingMessage) -> Outcome:
        """Send a message."""

    async def edit(self, chat_id: int, message_id: int, message: OutgoingMessage) -> Outcome:
        """Put a message in the place of another."""


class BroadcastReports:
    """Call `tick` every few seconds; everything it needs is read anew, so a restart changes nothing."""

    def __init__(
        self,
        broadcasts: BroadcastService,
        attendees: AttendeeService,
        telegram: Telegram,
        alarm: OrganiserAlarm,
        *,
        may_read: Callable[[int], Awaitable[bool]],
        view_of: Callable[[Attendee], View],
    ) -> None:
        self._broadcasts = broadcasts
        self._attendees = attendees
        self._telegram = telegram
        self._alarm = alarm
        self._may_read = may_read
        self._view_of = view_of
        self._lock = asyncio.Lock()
        self._shown: dict[int, str] = {}
        """The text last shown of each broadcast under way: what says the same is not edited."""

    async def tick(self) -> None:
        """Bring the progress messages up to date, and report what ended. Never raises: what fails is tried again."""
        async with self._lock:
            try:
                for broadcast in await self._broadcasts.active():
                    if broadcast.state is not BroadcastState.SCHEDULED:
                        await self._show_progress(broadcast)
                for broadcast in await self._broadcasts.finished():
                    await self._report(broadcast)
            except Exception:
                logger.exception("Failed at telling organisers how a broadcast goes")

    async def _show_progress(self, broadcast: Broadcast) -> None:
        message = await self._written(progress_message, broadcast)
        if message is None or self._shown.get(broadcast.id) == message.text:
            return
        if broadcast.progress_message is None:
            outcome = await self._telegram.send(broadcast.author, message)
        else:
            outcome = await self._telegram.edit(broadcast.author, broadcast.progress_message, message)
        if isinstance(outcome, Sent):
            self._shown[broadcast.id] = message.text
            if outcome.message_id != broadcast.progress_message:
                await self._broadcasts.set_progress_message(broadcast.id, outcome.message_id)

    async def _report(self, broadcast: Broadcast) -> None:
        report = await self._written(final_report, broadcast)
        if report is not None:
            outcome = await self._telegram.send(broadcast.author, report)
            if isinstance(outcome, Later):
                return
        await self._tell_of_trouble(broadcast)
        await self._broadcasts.mark_reported(broadcast.id)
        self._shown.pop(broadcast.id, None)
        ended = await self._written(progress_ended, broadcast)
        if ended is not None and broadcast.progress_message is not None:
            await self._telegram.edit(broadcast.author, broadcast.progress_message, ended)

    async def _tell_of_trouble(self, broadcast: Broadcast) -> None:
        """Let the other organisers hear that people did not get it; its author has the report."""
        progress = await self._broadcasts.progress(broadcast.id)
        if progress.failed or progress.expired:
            await self._alarm.tell(
                AlarmKind.BROADCAST_TROUBLE,
                broadcast.id,
                but_not=broadcast.author,
                broadcast=broadcast.id,
                failed=progress.failed,
                expired=progress.expired,
            )

    async def _written(self, write: Write, broadcast: Broadcast) -> OutgoingMessage | None:
        """Return the message in the author's language; None: they are an organiser no more."""
        author = await self._attendees.find(broadcast.author)
        if author is None or not await self._may_read(broadcast.author):
            return None
        return write(broadcast, await self._broadcasts.progress(broadcast.id), self._view_of(author))
