"""What people and organisers do on an event day, and the programme they do it to. Moments are in UTC."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta


@dataclass(frozen=True, slots=True)
class Slot:
    """A session as the programme has it."""

    title: str
    start: datetime
    minutes: int
    room: str
    speakers: frozenset[str]
    cancelled: bool = False

    @property
    def end(self) -> datetime:
        return self.start + timedelta(minutes=self.minutes)


Programme = Mapping[str, Slot]
Change = tuple[str, Slot | None, Slot | None]
"""A session's id, as the reader knew it and as it is; None: not on, or not theirs."""


@dataclass(frozen=True, slots=True)
class Follow:
    chat: int
    target: str  # a session or a speaker


@dataclass(frozen=True, slots=True)
class Unfollow:
    chat: int
    target: str


@dataclass(frozen=True, slots=True)
class Mute:
    chat: int
    session: str
    on: bool = True


@dataclass(frozen=True, slots=True)
class SetLead:
    chat: int
    minutes: int


@dataclass(frozen=True, slots=True)
class SetSessionLead:
    chat: int
    session: str
    minutes: int | None


@dataclass(frozen=True, slots=True)
class StopChanges:
    chat: int


@dataclass(frozen=True, slots=True)
class WakeMe:
    """Notices at night are welcome."""

    chat: int


@dataclass(frozen=True, slots=True)
class Block:
    chat: int


@dataclass(frozen=True, slots=True)
class Return:
    chat: int


@dataclass(frozen=True, slots=True)
class Publish:
    """``undo_to``: not a file, but the way back to this version."""

    programme: Programme
    undo_to: int | None = None


Action = Follow | Unfollow | Mute | SetLead | SetSessionLead | StopChanges | WakeMe | Block | Return | Publish


@dataclass(frozen=True, slots=True)
class Script:
    """``before``: what people did before the day; ``day``: what happens when, in order."""

    first: Programme
    people: Mapping[int, str]  # their languages
    before: tuple[Action, ...]
    day: tuple[tuple[datetime, Action], ...]
