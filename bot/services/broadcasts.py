"""Telling many people at once: confirmed once, written to the outbox in one go, counted through its rows."""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping
from datetime import datetime, timedelta

from bot.broadcasts import (
    Audience,
    AudienceKind,
    Broadcast,
    BroadcastDraft,
    BroadcastProgress,
    BroadcastState,
)
from bot.clock import Clock
from bot.messages.lengths import shown_length
from bot.messages.outgoing import MAX_CAPTION_LENGTH, MAX_TEXT_LENGTH, OutgoingMessage
from bot.services.agenda import AgendaService
from bot.services.attendees import AttendeeService
from bot.services.follows import ways_to
from bot.services.notice_budget import night_over
from bot.storage import broadcasts as storage
from bot.storage.database import Connection, Database
from bot.storage.organisers import add_audit_entry
from content.agenda import Session

LASTS = timedelta(hours=24)
"""A message that could not be sent for so long says nothing any more; a pause does not count."""
REPEATED_WITHIN = timedelta(minutes=10)
_RATE_OVER = timedelta(seconds=30)


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
    """The only writer of broadcasts. Remembers those it wrote last, so that a row to be sent costs no read."""

    def __init__(
        self,
        database: Database,
        clock: Clock,
        agenda: AgendaService,
        attendees: AttendeeService,
        languages: Collection[str],
    ) -> None:
        self._database = database
        self._clock = clock
        self._agenda = agenda
        self._attendees = attendees
        self._languages = tuple(languages)

    def subscribe(self, listener: Callable[[], None]) -> None:
        """Call this whenever rows were written or freed, or a later moment was set."""

    def check(self, draft: BroadcastDraft) -> None:
        """Raise what `confirm` would raise about the texts.

        Raises:
            EmptyBroadcastError, BroadcastTooLongError: it cannot be sent so.
            ValueError: a text in none of our languages.
        """

    def message_in(self, draft: BroadcastDraft, language: str) -> OutgoingMessage:
        """Return exactly what somebody of this language gets."""

    async def head_count(self, audience: Audience) -> Mapping[str, int]:
        """Count whom this reaches now, by language; those who blocked the bot are left out."""

    async def confirm(
        self, draft: BroadcastDraft, author: int, *, draft_key: str, allow_repeat: bool = False
    ) -> Broadcast:
        """Send this now, or at its time. The same ``draft_key`` again returns what the first call made of it.

        Raises:
            RepeatedBroadcastError: the same was told within ten minutes, and ``allow_repeat`` is not set.
            EmptyBroadcastError, BroadcastTooLongError, ValueError: as `check`.
        """

    async def start_due(self) -> int:
        """Write the rows of those whose time has come; return how many rows."""

    async def next_due(self) -> datetime | None:
        """Return when the next one is to start (in UTC); None: none waits."""

    async def pause(self, id_: int, by: int) -> Broadcast:
        """Hold back what is not sent yet; no more than is under way goes out. Without effect unless it is sending.

        Raises:
            NoSuchBroadcastError: also of `resume` and `cancel`.
        """

    async def resume(self, id_: int, by: int) -> Broadcast:
        """Go on after a pause. Without effect unless it is paused."""

    async def cancel(self, id_: int, by: int) -> Broadcast:
        """Drop what is not sent yet. Without effect once it is done."""

    async def get(self, id_: int) -> Broadcast:
        """Return this broadcast as it stands now.

        Raises:
            NoSuchBroadcastError: there is none.
        """

    async def progress(self, id_: int) -> BroadcastProgress:
        """Count what became of it so far.

        Raises:
            NoSuchBroadcastError: there is none.
        """

    async def latest(self, limit: int = 10) -> tuple[Broadcast, ...]:
        """Return the latest, the newest first."""

    async def active(self) -> tuple[Broadcast, ...]:
        """Return those with somebody left to be told, paused ones too, the oldest first."""

    async def finished(self) -> tuple[Broadcast, ...]:
        """Return those that ended, done or cancelled, and are not reported yet, the oldest first."""

    async def mark_reported(self, id_: int) -> None:
        """The author has the final report."""

    async def set_progress_message(self, id_: int, message_id: int | None) -> None:
        """Remember which of the author's messages shows the progress."""
