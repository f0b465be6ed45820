"""What every organiser must hear: the values."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum
from typing import Any


class Stalled(StrEnum):
    """What may stall."""

    CLOCK = "clock"
    OUTBOX = "outbox"
    TELEGRAM = "telegram"


class AlarmKind(StrEnum):
    """What an alarm is about. A new one needs its words in `bot.messages.alarms`; a test asks for them."""

    UPDATES_SET_ASIDE = "updates set aside"
    """Details: ``count``; ``since`` and ``until``, when the first and the last was set aside (ISO 8601)."""

    BROADCAST_TROUBLE = "broadcast trouble"
    """Details: ``broadcast``, its id; ``failed`` and ``expired``, people who did not get it."""

    AGENDA_PUBLISHED = "agenda published"
    """Details: ``version``; ``by``, a chat id."""

    AGENDA_EDITED = "agenda edited"
    """Details: as of `AGENDA_PUBLISHED`, and ``edit``, the document of the edit."""

    AGENDA_UNDONE = "agenda undone"
    """Details: as of `AGENDA_PUBLISHED`."""

    QUESTIONS_WAIT = "questions wait"
    """Details: ``count``, questions whose askers want an answer; ``keys``, the beginnings of theirs."""

    SLIDES_WAIT = "slides wait"
    """Details: ``material`` and ``belongs_to``, handles."""

    STALLED = "stalled"
    """Details: ``what``, one of `Stalled`; ``since`` and ``until`` (ISO 8601), the latter None while it lasts."""


@dataclass(frozen=True, slots=True)
class Alarm:
    """One occasion. ``details``: JSON-safe and small; no texts of attendees. ``at``: when it was raised, in UTC."""

    kind: AlarmKind
    at: datetime
    details: Mapping[str, Any] = field(default_factory=dict)
