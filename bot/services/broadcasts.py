"""Telling many people at once: confirmed once, written to the outbox in one go, counted through its rows."""

from __future__ import annotations

import logging
from collections.abc import Callable, Collection, Mapping
from dataclasses import replace
from datetime import UTC, datetime, timedelta

from bot.broadcasts import Audience, Broadcast, BroadcastDraft, BroadcastProgress, BroadcastState
from bot.clock import Clock
from bot.messages.broadcast_reasons import why_button
from bot.messages.lengths import shown_length, shown_text
from bot.messages.outgoing import MAX_CAPTION_LENGTH, MAX_TEXT_LENGTH, OutgoingMessage
from bot.services.agenda import AgendaService
from bot.services.broadcast_listing import BroadcastListing
from bot.services.broadcast_plan import followed_handles
from bot.storage import broadcast_rows, broadcasts
from bot.storage.database import Connection, Database
from bot.storage.organisers import add_audit_entry

logger = logging.getLogger(__name__)

REPEATED_WITHIN = timedelta(minutes=10)
_RATE_OVER = timedelta(seconds=30)
_SHORTEST_RATE = timedelta(seconds=1)
_LONGEST_RETRY = timedelta(minutes=5)  # what waits longer waits for the morning
_REMEMBERED = 100


class RepeatedBroadcastError(Exception):
    """The same was told (or confirmed) within the last ten minutes, by ``earlier``."""

    def __init__(self, earlier: Broadcast) -> None:
        super().__init__(f"broadcast {earlier.id} says the same")
        self.earlier = earlier


class EmptyBroadcastError(Exception):
    """There is neither a text nor a file."""


class BroadcastTooLongError(Exception):
    """A text is longer than Telegram allows: ``length`` and ``limit`` in UTF-16 units, without the markup."""

    def __init__(self, language: str, length: int, limit: int) -> None:
        super().__init__(f"the text in {language} has {length} units, and Telegram allows {limit}")
        self.language = language
        self.length = length
        self.limit = limit


class NoSuchBroadcastError(LookupError):
    """Nobody confirmed this."""


class BroadcastService:
    """The only writer of broadcasts; it remembers the latest, so that a row to be sent costs no read of them.

    ``languages``: those that Ghid speaks.
    """

    def __init__(self, database: Database, clock: Clock, agenda: AgendaService, languages: Collection[str]) -> None:
        self._database = database
        self._clock = clock
        self._agenda = agenda
        self._languages = tuple(languages)
        self._listing = BroadcastListing(database, clock, agenda)
        self._looked_back = False  # at what an earlier process left half done
        self._remembered: dict[int, Broadcast] = {}
        self._listeners: list[Callable[[], None]] = []

    def subscribe(self, listener: Callable[[], None]) -> None:
        """Call this whenever rows were written or freed, or one is to start later."""
        self._listeners.append(listener)

    def check(self, draft: BroadcastDraft) -> None:
        """Raise what `confirm` would raise about the texts.

        Raises:
            EmptyBroadcastError, BroadcastTooLongError: it cannot be sent so.
            ValueError: a text in none of our languages.
        """
        limit = MAX_CAPTION_LENGTH if draft.media else MAX_TEXT_LENGTH
        for language, text in draft.texts.items():
            if language not in self._languages:
                raise ValueError(f"{language} is none of {', '.join(self._languages)}")
            if (length := shown_length(text)) > limit:
                raise BroadcastTooLongError(language, length, limit)
            if not draft.media and not shown_text(text).strip():
                raise EmptyBroadcastError
        if not draft.media and not draft.texts:
            raise EmptyBroadcastError

    def message_in(self, draft: BroadcastDraft, language: str) -> OutgoingMessage:
        """Return exactly what somebody of this language gets."""
        default = self._agenda.current.agenda.event.default_language
        return OutgoingMessage(draft.text_for(language, default), why_button(draft.audience, language), draft.media)

    async def head_count(self, audience: Audience) -> Mapping[str, int]:
        """Count whom this reaches now, by language; those who blocked the bot are left out."""
        return await broadcast_rows.count_people(
            self._database.reader, audience, followed_handles(audience, self._agenda.current.agenda)
        )

    async def confirm(
        self, draft: BroadcastDraft, author: int, *, draft_key: str, allow_repeat: bool = False
    ) -> Broadcast:
        """Send this now, or at its time. The same ``draft_key`` again returns what the first call made of it.

        Raises:
            RepeatedBroadcastError: the same was told within ten minutes, and ``allow_repeat`` is not set.
            EmptyBroadcastError, BroadcastTooLongError, ValueError: as `check`.
        """
        self.check(draft)
        now, action = self._clock(), "schedule broadcast"
        async with self._database.transaction() as connection:
            if confirmed := await broadcasts.find_by_draft(connection, draft_key):
                return confirmed
            if not allow_repeat and (
                earlier := await broadcasts.find_same(connection, draft, since=now - REPEATED_WITHIN)
            ):
                raise RepeatedBroadcastError(earlier)
            id_ = await broadcasts.add_broadcast(connection, draft, author, draft_key=draft_key, created_at=now)
            if draft.send_at is None or draft.send_at <= now:
                await self._listing.begin(connection, await _existing(connection, id_), now)
                action = "send broadcast"
            await add_audit_entry(connection, now, author, action, {"broadcast": id_})
            broadcast = await _existing(connection, id_)
        await self._listing.finish(broadcast.id)
        return self._changed(broadcast)

    async def start_due(self) -> int:
        """Write the rows of those whose time has come, and end those that reached everybody; return how many rows."""
        if not self._looked_back:
            await self._listing.catch_up()
            self._looked_back = True
        now, added = self._clock(), await self._listing.finish_all()
        waiting = await broadcasts.list_where_open(self._database.reader, BroadcastState.SCHEDULED)
        for id_ in [each.id for each in waiting if each.draft.send_at is None or each.draft.send_at <= now]:
            async with self._database.transaction() as connection:
                broadcast = await _existing(connection, id_)
                if broadcast.state is not BroadcastState.SCHEDULED:
                    continue  # cancelled meanwhile
                added += await self._listing.begin(connection, broadcast, now)
                broadcast = await _existing(connection, id_)
            self._remember(broadcast)
            added += await self._listing.finish(id_)
        await self._end_those_without_rows()
        return added

    async def next_due(self) -> datetime | None:
        """Return when the next one is to start (in UTC); None: none waits."""
        waiting = await broadcasts.list_where_open(self._database.reader, BroadcastState.SCHEDULED)
        return min((each.draft.send_at.astimezone(UTC) for each in waiting if each.draft.send_at), default=None)

    async def pause(self, id_: int, by: int) -> Broadcast:
        """Hold back what is not sent yet; no more than is under way goes out. Without effect unless it is sending.

        Raises:
            NoSuchBroadcastError: also of `resume` and `cancel`.
        """
        async with self._database.transaction() as connection:
            broadcast = await _existing(connection, id_)
            if broadcast.state is not BroadcastState.SENDING:
                return broadcast
            await broadcasts.save_state(connection, id_, BroadcastState.PAUSED)
            await add_audit_entry(connection, self._clock(), by, "pause broadcast", {"broadcast": id_})
            broadcast = await _existing(connection, id_)
        self._remember(broadcast)  # from now on no row is written
        await self._listing.hold(id_)
        return self._changed(broadcast)

    async def resume(self, id_: int, by: int) -> Broadcast:
        """Go on after a pause. Without effect unless it is paused."""
        now = self._clock()
        async with self._database.transaction() as connection:
            broadcast = await _existing(connection, id_)
            if broadcast.state is not BroadcastState.PAUSED:
                return broadcast
            await broadcasts.begin(connection, id_, now)
            await add_audit_entry(connection, now, by, "resume broadcast", {"broadcast": id_})
            broadcast = await _existing(connection, id_)
        self._remember(broadcast)
        await self._listing.free(broadcast, now)
        await self._listing.finish(id_)
        return self._changed(broadcast)

    async def cancel(self, id_: int, by: int) -> Broadcast:
        """Drop what is not sent yet. Without effect once it is done."""
        now = self._clock()
        async with self._database.transaction() as connection:
            broadcast = await _existing(connection, id_)
            if broadcast.state in (BroadcastState.CANCELLED, BroadcastState.DONE):
                return broadcast
            await broadcasts.save_state(connection, id_, BroadcastState.CANCELLED)
            await broadcasts.mark_half_listed(connection, id_, False)
            await add_audit_entry(connection, now, by, "cancel broadcast", {"broadcast": id_})
            broadcast = await _existing(connection, id_)
        self._remember(broadcast)
        await self._listing.drop(id_, now)
        await self._end_those_without_rows()
        return self._changed(await self.get(id_))

    async def get(self, id_: int) -> Broadcast:
        """Return this broadcast as it stands now.

        Raises:
            NoSuchBroadcastError: there is none.
        """
        if id_ in self._remembered:
            return self._remembered[id_]
        read = await _existing(self._database.reader, id_)
        return self._remembered.get(id_) or self._remember(read)  # what was written meanwhile is newer

    async def progress(self, id_: int) -> BroadcastProgress:
        """Count what became of it so far.

        Raises:
            NoSuchBroadcastError: there is none.
        """
        broadcast, now = await self.get(id_), self._clock()
        if broadcast.done_at:
            return await broadcasts.read_figures(self._database.reader, id_) or BroadcastProgress()
        progress = await _counted(self._database.reader, id_, now)
        if broadcast.state is not BroadcastState.SENDING:
            return replace(progress, held=0)
        sent, since = await broadcast_rows.count_sent_since(self._database.reader, id_, now - _RATE_OVER)
        rate = sent / max(now - since, _SHORTEST_RATE).total_seconds()
        moving = progress.left - progress.held
        return replace(
            progress, rate_per_second=rate, eta=timedelta(seconds=moving / rate) if moving and rate else None
        )

    async def latest(self, limit: int = 10) -> tuple[Broadcast, ...]:
        """Return the latest, the newest first."""
        return await broadcasts.list_latest(self._database.reader, limit)

    async def active(self) -> tuple[Broadcast, ...]:
        """Return those with somebody left to be told, paused ones too, the oldest first."""
        await self._end_those_without_rows()
        return await broadcasts.list_where_open(
            self._database.reader, BroadcastState.SENDING, BroadcastState.PAUSED, BroadcastState.CANCELLED
        )

    async def finished(self) -> tuple[Broadcast, ...]:
        """Return those that ended, done or cancelled, and are not reported yet, the oldest first."""
        await self._end_those_without_rows()
        return await broadcasts.list_unreported(self._database.reader)

    async def mark_reported(self, id_: int) -> None:
        """The author has the final report."""
        async with self._database.transaction() as connection:
            await broadcasts.mark_reported(connection, id_)
            broadcast = await _existing(connection, id_)
        self._remember(broadcast)

    async def set_progress_message(self, id_: int, message_id: int | None) -> None:
        """Remember which of the author's messages shows the progress."""
        async with self._database.transaction() as connection:
            await broadcasts.save_progress_message(connection, id_, message_id)
            broadcast = await _existing(connection, id_)
        self._remember(broadcast)

    async def _end_those_without_rows(self) -> None:
        if not await broadcasts.list_without_rows(self._database.reader):
            return
        now, ended = self._clock(), list[Broadcast]()
        async with self._database.transaction() as connection:
            for broadcast in await broadcasts.list_without_rows(connection):
                await broadcasts.end(connection, broadcast, await _counted(connection, broadcast.id, now), now)
                ended.append(await _existing(connection, broadcast.id))
        for broadcast in ended:
            logger.info("Broadcast %d ended: %s", broadcast.id, broadcast.state.value)
            self._remember(broadcast)

    def _remember(self, broadcast: Broadcast) -> Broadcast:
        if len(self._remembered) >= _REMEMBERED:
            self._remembered.clear()
        self._remembered[broadcast.id] = broadcast
        return broadcast

    def _changed(self, broadcast: Broadcast) -> Broadcast:
        self._remember(broadcast)
        for listener in self._listeners:
            listener()
        return broadcast


async def _existing(connection: Connection, id_: int) -> Broadcast:
    broadcast = await broadcasts.find_broadcast(connection, id_)
    if broadcast is None:
        raise NoSuchBroadcastError(id_)
    return broadcast


async def _counted(connection: Connection, id_: int, now: datetime) -> BroadcastProgress:
    return await broadcast_rows.count_rows(connection, id_, held_after=now + _LONGEST_RETRY)
