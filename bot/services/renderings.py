"""What becomes of an outbox row at the moment of sending, and who decides it."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from datetime import datetime
from typing import Protocol

from bot.messages.outgoing import OutgoingMessage
from bot.models import Attendee, OutboxItem, Outcome
from bot.storage.database import Connection

OnRecorded = Callable[[Connection], Awaitable[None]]
"""Writes more in the transaction that records the row; short, and never awaiting Telegram."""


@dataclass(frozen=True, slots=True)
class Rendered:
    """Send this. ``on_recorded`` runs once Telegram took it, with the record.

    ``before_sending``: is committed first, for whoever has to know what may have been said, whatever comes then.
    ``not_taken``: undoes it, once it is sure that Telegram did not take the message and it waits for another try.
    """

    message: OutgoingMessage
    on_recorded: OnRecorded | None = None
    before_sending: OnRecorded | None = None
    not_taken: OnRecorded | None = None


@dataclass(frozen=True, slots=True)
class Held:
    """Not now: the row waits until this moment (aware)."""

    until: datetime


@dataclass(frozen=True, slots=True)
class Obsolete:
    """Nothing to say any more. ``delete``: forget the key too, so that the same may be planned again."""

    delete: bool = False
    on_recorded: OnRecorded | None = None


Rendering = Rendered | Held | Obsolete | None
"""None: nothing to say, as `Obsolete()`."""


class Renderer(Protocol):
    """Writes the messages of one kind."""

    async def render(self, item: OutboxItem, attendee: Attendee) -> Rendering:
        """Return what to do with this row now, with the agenda and the wishes of this moment. Only reads."""


class Sender(Protocol):
    """Hands a message to Telegram; errors come back as outcomes, none is raised."""

    async def send(self, chat_id: int, message: OutgoingMessage) -> Outcome:
        """Send a message."""
