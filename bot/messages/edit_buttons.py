"""The buttons by which organisers change the agenda on the day. Flags are 0 or 1; minutes are minutes later."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from bot.messages.payload import Payload


@dataclass(frozen=True, slots=True)
class EditNow(Payload, code="eg"):
    """The sessions to change: of today, or of the nearest day that has some."""


@dataclass(frozen=True, slots=True)
class EditDay(Payload, code="ed"):
    """A page of a day's sessions to change."""

    day: date
    page: int = 0


@dataclass(frozen=True, slots=True)
class EditRooms(Payload, code="ew"):
    """A page of the rooms of which a session is to change that day."""

    day: date
    page: int = 0


@dataclass(frozen=True, slots=True)
class EditRoom(Payload, code="ey"):
    """A page of a room's sessions of a day to change."""

    handle: str
    day: date
    page: int = 0


@dataclass(frozen=True, slots=True)
class EditSession(Payload, code="ee"):
    """What can be changed about a session."""

    handle: str


@dataclass(frozen=True, slots=True)
class ChooseDelay(Payload, code="el"):
    """By how much a session runs late; ``rest``: what follows in its room too; ``begun``: only its end moves."""

    handle: str
    rest: int
    begun: int


@dataclass(frozen=True, slots=True)
class PreviewDelay(Payload, code="em"):
    """What running late by so many minutes would change."""

    handle: str
    rest: int
    begun: int
    minutes: int


@dataclass(frozen=True, slots=True)
class ChooseTime(Payload, code="et"):
    """When a session begins instead; what is typed next is the time."""

    handle: str


@dataclass(frozen=True, slots=True)
class PreviewShift(Payload, code="ev"):
    """What beginning so many minutes later than now planned would change."""

    handle: str
    minutes: int


@dataclass(frozen=True, slots=True)
class ChooseRoom(Payload, code="er"):
    """Where a session takes place instead, a page of the rooms; what is typed next is a room."""

    handle: str
    page: int = 0


@dataclass(frozen=True, slots=True)
class PreviewRoom(Payload, code="eq"):
    """What taking this room would change."""

    handle: str
    room: str


@dataclass(frozen=True, slots=True)
class PreviewCancel(Payload, code="ec"):
    """What cancelling a session would change."""

    handle: str


@dataclass(frozen=True, slots=True)
class PreviewRestore(Payload, code="eb"):
    """What letting a cancelled session take place would change."""

    handle: str


@dataclass(frozen=True, slots=True)
class EditPeople(Payload, code="ep"):
    """A page of who is in a session, to replace or remove, and a way to add somebody."""

    handle: str
    page: int = 0


@dataclass(frozen=True, slots=True)
class EditPerson(Payload, code="eo"):
    """Whether this person is to be replaced or removed."""

    handle: str
    person: str


@dataclass(frozen=True, slots=True)
class ChoosePerson(Payload, code="ea"):
    """Who comes, in the place of ``out`` if it is not empty; a page of names; what is typed next is a name."""

    handle: str
    out: str = ""
    page: int = 0


@dataclass(frozen=True, slots=True)
class PreviewPerson(Payload, code="ex"):
    """What it would change if ``out`` went and ``into`` came; either may be empty."""

    handle: str
    out: str = ""
    into: str = ""


@dataclass(frozen=True, slots=True)
class PreviewTyped(Payload, code="ez"):
    """Take the name that was typed as that of somebody new."""


@dataclass(frozen=True, slots=True)
class ConfirmEdit(Payload, code="ej"):
    """Change the agenda as it was previewed under this token."""

    token: str


@dataclass(frozen=True, slots=True)
class DiscardEdit(Payload, code="eu"):
    """Change nothing."""
