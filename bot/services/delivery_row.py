"""One outbox row to its end: written, handed to Telegram, and what Telegram's answer means for it."""

from __future__ import annotations

import asyncio
import logging
from collections import Counter
from collections.abc import Callable, Mapping
from datetime import datetime, timedelta
from functools import partial

from bot.clock import Clock
from bot.models import Later, Never, NeverReason, NoticeKind, OutboxItem, Outcome, Sent
from bot.services.attendees import AttendeeService
from bot.services.delivery_journal import DeliveryJournal
from bot.services.delivery_pace import Pace, Turn
from bot.services.renderings import Held, Obsolete, OnRecorded, Rendered, Renderer, Rendering, Sender
from bot.storage import outbox
from bot.storage.database import Connection
from bot.storage.inbox import StorageError
from bot.storage.outbox import Done

logger = logging.getLogger(__name__)

RETRY_WAITS = tuple(timedelta(seconds=seconds) for seconds in (1, 2, 5, 10, 20, 40, 60))
_TRIES_AFTER_A_MISTAKE = 5  # of ours, before the row counts as failed
_SHORTEST_HOLD = timedelta(seconds=1)


class _NobodyThere:
    """This person blocked the bot, and did not write since."""


class RowDelivery:
    """Takes claimed rows to their end. ``wake`` is called when one was put back for a later moment.

    ``counts``: what became of them, by the names of `bot.services.delivery.DeliveryFigures`.
    ``handed_over``: rows that Telegram may have taken and no record says so, with the task that waits for its answer.
    """

    def __init__(
        self,
        clock: Clock,
        pace: Pace,
        journal: DeliveryJournal,
        sender: Sender,
        attendees: AttendeeService,
        *,
        renderers: Mapping[NoticeKind, Renderer],
        wake: Callable[[], None],
        retry_waits: tuple[timedelta, ...],
    ) -> None:
        self._clock = clock
        self._pace = pace
        self._journal = journal
        self._sender = sender
        self._attendees = attendees
        self._renderers = renderers
        self._wake = wake
        self._retry_waits = retry_waits
        self.counts: Counter[str] = Counter()
        self.handed_over: dict[int, asyncio.Task[None]] = {}

    async def deliver(self, item: OutboxItem) -> None:
        """Send this row, or record why not, or put it back for later. Raises nothing."""
        try:
            await self._deliver(item)
        except StorageError as error:
            logger.warning("Outbox row %d waits: %s: %s", item.id, type(error).__name__, error)
            await self._put_back_later(item)
        except Exception as error:
            logger.exception("Outbox row %d could not be delivered", item.id)
            if item.attempts + 1 >= _TRIES_AFTER_A_MISTAKE:
                await self._failed(item, f"{type(error).__name__}: {error}")
            else:
                await self._put_back_later(item)
        self.handed_over.pop(item.id, None)  # not when cancelled: then nothing is known

    async def _deliver(self, item: OutboxItem) -> None:
        if item.expires_at <= self._clock():
            await self._without_sending(item, None, expired=True)
            return
        async with self._pace.turn() as turn:
            # The turn may have been long in coming.
            expired = item.expires_at <= self._clock()
            rendering = None if expired else await self._written(item)
            if isinstance(rendering, Rendered):
                turn.used = True
                task = asyncio.current_task()
                if task is not None:
                    self.handed_over[item.id] = task
        # Not within the turn: the others need not wait for an answer or a commit.
        if isinstance(rendering, Rendered):
            if rendering.before_sending is not None:
                await self._journal.write(rendering.before_sending)
            outcome = await self._sender.send(item.chat_id, rendering.message)
            await self._conclude(item, rendering, outcome, turn)
        else:
            await self._without_sending(item, rendering, expired=expired)

    async def _written(self, item: OutboxItem) -> Rendering | _NobodyThere:
        attendee = await self._attendees.find(item.chat_id)
        if attendee is None or attendee.blocked_at is not None:
            return _NobodyThere()
        return await self._renderers[item.kind].render(item, attendee)

    async def _without_sending(
        self, item: OutboxItem, rendering: Held | Obsolete | _NobodyThere | None, *, expired: bool
    ) -> None:
        now = self._clock()
        if expired:
            await self._journal.record(Done(item, "expired", now))
            self.counts["expired"] += 1
        elif isinstance(rendering, _NobodyThere):
            await self._drop_all(item, NeverReason.BLOCKED.value)
        elif isinstance(rendering, Held):
            until = max(rendering.until, now + _SHORTEST_HOLD)
            await self._put_back(item, until, attempt=False)
            self.counts["held"] += 1
        else:
            obsolete = rendering or Obsolete()
            if obsolete.delete:
                await self._journal.write(partial(_delete, item=item, also=obsolete.on_recorded))
            else:
                await self._record(Done(item, "dropped", now, "obsolete"), obsolete.on_recorded)
            self.counts["dropped"] += 1

    async def _conclude(self, item: OutboxItem, rendered: Rendered, outcome: Outcome, turn: Turn) -> None:
        match outcome:
            case Sent():
                self._pace.answered()
                await self._record(Done(item, "sent", self._clock()), rendered.on_recorded)
                self.counts["sent"] += 1
            case Later(after=None, may_have_been_sent=perhaps, error=error):
                self._pace.unanswered(turn)
                logger.warning("Outbox row %d waits: %s: %s", item.id, type(error).__name__, error)
                await self._put_back_later(item, None if perhaps else rendered.not_taken)
            case Later(after=timedelta() as after):
                self._pace.answered()
                self._pace.pause(after.total_seconds())
                logger.warning("Telegram wants a pause of %d s from what is sent unasked", after.total_seconds())
                # Due as before: the pause holds everybody back, and it keeps its place among them.
                await self._put_back(item, item.not_before, attempt=False, first=rendered.not_taken)
                self.counts["retried"] += 1
            case Never(reason=NeverReason.BAD_REQUEST, error=error):
                self._pace.answered()
                logger.error("Outbox row %d (%s) cannot be sent: %s", item.id, item.kind.value, error)
                await self._failed(item, str(error))
            case Never(reason=reason):
                self._pace.answered()
                await self._attendees.mark_blocked(item.chat_id)
                await self._drop_all(item, reason.value)
                self.counts["blocked"] += 1

    async def _drop_all(self, item: OutboxItem, reason: str) -> None:
        now = self._clock()

        async def others(connection: Connection) -> None:
            await outbox.drop_rows_of_chat(connection, item.chat_id, now, reason)

        await self._journal.record(Done(item, "dropped", now, reason), others)
        self.counts["dropped"] += 1

    async def _failed(self, item: OutboxItem, reason: str) -> None:
        await self._journal.record(Done(item, "failed", self._clock(), reason))
        self.counts["failed"] += 1

    async def _put_back_later(self, item: OutboxItem, first: OnRecorded | None = None) -> None:
        wait = self._retry_waits[min(item.attempts, len(self._retry_waits) - 1)]
        await self._put_back(item, self._clock() + wait, attempt=True, first=first)
        self.counts["retried"] += 1

    async def _put_back(
        self, item: OutboxItem, not_before: datetime, *, attempt: bool, first: OnRecorded | None = None
    ) -> None:
        async def write(connection: Connection) -> None:
            if first is not None:
                await first(connection)
            await outbox.put_back(connection, item, not_before, attempt=attempt)

        await self._journal.write(write)
        self._wake()

    async def _record(self, done: Done, on_recorded: OnRecorded | None) -> None:
        """Write the record and what hangs on it together; a mistake in the latter must not send a message twice."""
        try:
            await self._journal.record(done, on_recorded)
        except Exception:
            if on_recorded is None:
                raise
            logger.exception("What belongs to the record of a message was not written")
            await self._journal.record(done)


async def _delete(connection: Connection, *, item: OutboxItem, also: OnRecorded | None) -> None:
    await outbox.delete_row(connection, item)
    if also is not None:
        await also(connection)
