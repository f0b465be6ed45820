"""Updates in, each committed before Telegram hears that it arrived, handled in order per chat, deleted when done."""

from __future__ import annotations

import asyncio
import json
import logging
from collections.abc import Awaitable, Callable, Iterable
from contextvars import ContextVar
from dataclasses import replace
from datetime import timedelta
from typing import Any

from telegram import Update
from telegram.ext import Application, ApplicationHandlerStop, CallbackContext

from bot.clock import Clock, system_clock
from bot.intake.failures import CALM, MAX_DEATHS, RETRY_WAITS, Attempt, Keep, describe, judge
from bot.intake.flood import FloodGate
from bot.intake.journal import Journal
from bot.intake.lanes import Lanes, Outcome, Retry
from bot.intake.patience import Patience
from bot.intake.updates import NotAnUpdateError, to_inbox_item
from bot.models import InboxItem
from bot.storage import inbox
from bot.storage.database import Database
from bot.storage.inbox import StorageError

logger = logging.getLogger(__name__)

AnyApplication = Application[Any, Any, Any, Any, Any, Any]
OnFlood = Callable[[int], Awaitable[None]]

_WRITE_WITHIN = timedelta(seconds=1)
_DATABASE_PAUSE = timedelta(seconds=1)

# Set while a worker is in `process_update`, so that the error handler knows whose error it is told of.
_attempt: ContextVar[Attempt | None] = ContextVar("attempt", default=None)


class IntakeClosedError(Exception):
    """Not started, or stopping: nothing was accepted."""


class Intake:
    """The way from a raw update to `Application.process_update`, and its rows in the inbox.

    ``workers``: updates at work at one time, hence the most that are repeated after a crash. ``chat_limit``: updates of
    one chat that may wait; further ones are dropped, and ``on_flood`` is told the chat once. ``capacity``: when so many
    wait in all, `full` is true and `room` waits. ``patience``: how long an update is kept while nobody is served.

    What was in hand when a process ended is in hand alone from then on, and three further deaths set it aside. So a
    deadly update ends five processes at the most, and nothing is blamed for what ran beside it. Alone or not, a death
    from outside (kill -9, power) looks the same: an update is set aside wrongly if three of those hit it in the very
    moment in which it is handled, the latter two ``calm`` and twice that after the start or later, others being served
    meanwhile. However often a process is killed in its first seconds, that does not happen.
    """

    def __init__(
        self,
        application: AnyApplication,
        database: Database,
        *,
        clock: Clock = system_clock,
        workers: int = 64,
        chat_limit: int = 50,
        capacity: int = 5_000,
        retry_waits: tuple[timedelta, ...] = RETRY_WAITS,
        patience: timedelta = timedelta(minutes=30),
        calm: timedelta = CALM,
        on_flood: OnFlood | None = None,
    ) -> None:
        self._application = application
        self._database = database
        self._retry_waits = retry_waits
        self._patience = Patience(patience)
        self._on_flood = on_flood
        self._capacity = capacity
        self._journal = Journal(database, clock, self._arrived)
        self._lanes = Lanes(self._handle, workers, self._journal.hurry, calm)
        self._gate = FloodGate(chat_limit)
        self._recovered: set[int] = set()  # left by an earlier process
        self._repeating: set[int] = set()  # failed in this one
        self._notices: set[asyncio.Task[None]] = set()
        self._has_room = asyncio.Event()
        self._has_room.set()
        self._open = False
        self.waiting = 0

    @property
    def full(self) -> bool:
        """Whether no more should be brought for now."""
        return not self._has_room.is_set()

    @property
    def writable(self) -> bool:
        """Whether it takes updates and its last write succeeded."""
        return self._open and not self._journal.failing

    async def room(self) -> None:
        """Wait until it is no longer full."""
        await self._has_room.wait()

    async def start(self) -> None:
        """Take up what an earlier process left, in its order, and open for more. `stop` before the application stops.

        Raises:
            RuntimeError: the application is not running yet.
            StorageError: the inbox cannot be read.
        """
        if not self._application.running:
            raise RuntimeError("the application must be running before its intake starts")
        # Ours before any other: it decides whether the others are to hear of an error at all.
        others = dict(self._application.error_handlers)
        self._application.error_handlers.clear()
        self._application.add_error_handler(self._note_error)
        self._application.error_handlers.update(others)
        left = await inbox.waiting_updates(self._database.reader)
        if left:
            logger.info("Updates left from before: %d", len(left))
        self._open = True
        for item in left:
            self._enter(item)
            if item.deaths > MAX_DEATHS:
                self._set_aside(item, "the process ended each time while this update, and no other, was handled")
                continue
            self._recovered.add(item.update_id)
            self._lanes.add(item)

    async def accept(self, updates: Iterable[object]) -> None:
        """Return once these raw updates are committed (or known from before): now Telegram may forget them.

        Raises:
            IntakeClosedError: nothing was accepted.
            StorageError: nothing was accepted.
        """
        if not self._open:
            raise IntakeClosedError("the intake is closed")
        items: list[InboxItem] = []
        for update in updates:
            try:
                item = to_inbox_item(update)
            except NotAnUpdateError as error:
                logger.warning("Telegram delivered something else than an update: %s", error)
                continue
            if self._gate.admits(item.chat_id):
                self._enter(item)
                items.append(item)
            elif item.chat_id is not None and self._gate.begins_flood(item.chat_id):
                self._tell_of_flood(item.chat_id)
        if items:
            await self._journal.accept(items)

    async def idle(self) -> None:
        """Wait until everything accepted is handled and written."""
        await self._lanes.idle()
        await self._journal.flush()

    async def stop(self, grace: timedelta = timedelta(seconds=6)) -> None:
        """Accept nothing more and wait up to ``grace`` for handlers at work; the rest stays for the next start."""
        self._open = False
        self._has_room.set()
        await self._lanes.stop(grace)
        notices = list(self._notices)
        for notice in notices:
            notice.cancel()
        await asyncio.gather(*notices, return_exceptions=True)
        await self._journal.close(_WRITE_WITHIN)
        if self.waiting:
            logger.info("Updates left for the next start: %d", self.waiting)

    def _arrived(self, arrived: list[InboxItem], new: list[InboxItem]) -> None:
        kept = {item.update_id for item in new}
        for item in arrived:
            if item.update_id in kept:
                kept.discard(item.update_id)
            else:
                self._leave(item)  # delivered before, or not committed
        for item in new:
            self._lanes.add(item)

    def _enter(self, item: InboxItem) -> None:
        self._gate.enter(item.chat_id)
        self.waiting += 1
        if self.waiting >= self._capacity and self._open:
            self._has_room.clear()

    def _leave(self, item: InboxItem) -> None:
        self._gate.leave(item.chat_id)
        self.waiting -= 1
        if self.waiting < self._capacity:
            self._has_room.set()

    async def _handle(self, item: InboxItem) -> Outcome:
        failed = item.update_id in self._repeating
        if failed or item.update_id in self._recovered:
            return await self._try_committed(item, item.attempts + 1 if failed else item.attempts)
        return await self._try(item, item.attempts)

    async def _try_committed(self, item: InboxItem, number: int) -> Outcome:
        """Handle what was in hand before: first it is committed that, if this process ends now, it did so with this."""
        self._journal.attempt(replace(item, deaths=item.deaths + 1))
        try:
            await self._journal.flush()
        except StorageError:
            return Retry(item, _DATABASE_PAUSE)
        self._recovered.discard(item.update_id)
        self._repeating.discard(item.update_id)
        return await self._try(item, number)

    async def _try(self, item: InboxItem, number: int) -> Outcome:
        attempt = Attempt(number)
        token = _attempt.set(attempt)
        try:
            update = Update.de_json(json.loads(item.payload), self._application.bot)
            await self._application.process_update(update)
        except asyncio.CancelledError as error:
            task = asyncio.current_task()
            if task is not None and task.cancelling():
                self._journal.attempt(item)  # the stop, which is nobody's fault: the row stays as it was
                raise
            attempt.error = error  # some handler let its own cancellation out
        except Exception as error:  # noqa: BLE001 - whatever a malformed update does, its lane goes on
            attempt.error = attempt.error or error
        finally:
            _attempt.reset(token)
        return self._conclude(item, number, attempt.error)

    def _conclude(self, item: InboxItem, number: int, error: BaseException | None) -> Outcome:
        if error is None:
            self._patience.served(item.update_id)
            self._leave(item)
            return self._journal.handled(item.update_id)
        if pause := self._patience.spares(item.update_id, error):
            return self._kept(item, error, pause)
        verdict = judge(error, number, self._retry_waits)
        if isinstance(verdict, timedelta):
            logger.warning("Update %d waits for attempt %d: %s", item.update_id, number + 1, describe(error))
            return self._again(replace(item, attempts=number), error, verdict)
        match verdict:
            case "nobody there":
                self._leave(item)
                return self._journal.handled(item.update_id)
            case Keep(pause):
                return self._kept(item, error, pause)
        return self._set_aside(item, describe(error), error)

    def _kept(self, item: InboxItem, error: BaseException, pause: timedelta) -> Retry:
        """Leave the row for when it can be handled, by this process or the next; this attempt does not count."""
        logger.warning("Update %d waits, through no fault of its own: %s", item.update_id, describe(error))
        return self._again(item, error, pause)

    def _again(self, item: InboxItem, error: BaseException, pause: timedelta) -> Retry:
        self._journal.attempt(item, describe(error))
        self._repeating.add(item.update_id)
        return Retry(item, pause)

    def _set_aside(self, item: InboxItem, reason: str, error: BaseException | None = None) -> asyncio.Future[None]:
        logger.error("Update %d is set aside: %s", item.update_id, reason, exc_info=error)
        self._recovered.discard(item.update_id)
        self._patience.given_up(item.update_id)
        self._leave(item)
        return self._journal.set_aside(item.update_id, reason)

    async def _note_error(self, update: object, context: CallbackContext[Any, Any, Any, Any]) -> None:
        """Note a handler's error on its attempt. What is tried again is no one else's business yet.

        Raises:
            ApplicationHandlerStop: no other error handler apologises, and no later group runs twice.
        """
        attempt = _attempt.get()
        if attempt is None or update is None or context.error is None:
            return  # a job's
        attempt.error = attempt.error or context.error
        if judge(attempt.error, attempt.number, self._retry_waits) != "set aside":
            raise ApplicationHandlerStop

    def _tell_of_flood(self, chat_id: int) -> None:
        logger.warning("A chat floods; its further updates are dropped until it is served")
        if self._on_flood is None:
            return
        notice = asyncio.get_running_loop().create_task(self._notify(self._on_flood, chat_id))
        self._notices.add(notice)
        notice.add_done_callback(self._notices.discard)

    async def _notify(self, on_flood: OnFlood, chat_id: int) -> None:
        try:
            await on_flood(chat_id)
        except Exception as error:  # noqa: BLE001 - a courtesy; nothing hangs on it
            logger.warning("The flood notice was not sent: %s", describe(error))
