"""Buttons to lists within the agenda: a room on one day, the parts of a session, all that is on at a moment."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from bot.messages.payload import Payload


@dataclass(frozen=True, slots=True)
class OpenOnDay(Payload, code="rd"):
    """A page of the sessions of a room or track on one day."""

    handle: str
    day: date
    page: int = 0


@dataclass(frozen=True, slots=True)
class OpenParts(Payload, code="sq"):
    """A page of the parts of a session."""

    handle: str
    page: int = 0


@dataclass(frozen=True, slots=True)
class OpenMoment(Payload, code="on"):
    """A page of all that is on at a moment, in seconds since 1970."""

    moment: int
    page: int = 0
