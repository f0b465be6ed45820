"""What each button means: one payload type a button, packed, parsed and length-checked here.

The form is ``code:field:field``. Sessions, speakers, rooms, tracks and materials are named by handle, so that a button
goes on working after a restart, a new agenda version or a month.
"""

from __future__ import annotations

from dataclasses import dataclass, fields
from datetime import date, datetime
from typing import ClassVar, Self, get_type_hints

from bot.messages.outgoing import MAX_CALLBACK_BYTES, CallbackButton
from content.questions.question import Intent


class UnknownPayloadError(Exception):
    """The data of a pressed button is none that this version makes: ``data``."""

    def __init__(self, data: str) -> None:
        super().__init__(f"unknown button data {data!r}")
        self.data = data


@dataclass(frozen=True, slots=True)
class Payload:
    """The meaning of a button. Subclasses give a ``code`` and fields of text, whole number, date or intent."""

    code: ClassVar[str]
    registry: ClassVar[dict[str, type[Payload]]] = {}

    def __init_subclass__(cls, code: str = "") -> None:
        # The decorator makes a second class of each one with slots, hence the plain assignment.
        if code:
            cls.code = code
        Payload.registry[cls.code] = cls

    def pack(self) -> str:
        """Return the data of the button.

        Raises:
            ValueError: it would be longer than Telegram's 64 bytes, or hold the separator.
        """
        values = [_written(getattr(self, field.name)) for field in fields(self)]
        if any(":" in value for value in values):
            raise ValueError(f"a field of {self} holds the separator")
        data = ":".join([self.code, *values])
        if len(data.encode()) > MAX_CALLBACK_BYTES:
            raise ValueError(f"button data over {MAX_CALLBACK_BYTES} bytes: {data}")
        return data

    def button(self, label: str) -> CallbackButton:
        """Return a button with this label and meaning."""
        return CallbackButton(label, self.pack())

    @classmethod
    def _read(cls, values: list[str]) -> Self:
        hints = get_type_hints(cls)
        named = {field.name: _read(value, hints[field.name]) for field, value in zip(fields(cls), values, strict=True)}
        return cls(**named)


def parse(data: str) -> Payload:
    """Return the meaning of a pressed button.

    Raises:
        UnknownPayloadError: no button of this version has such data (an older version's, or forged).
    """
    code, *values = data.split(":")
    try:
        return Payload.registry[code]._read(values)
    except (KeyError, ValueError) as error:
        raise UnknownPayloadError(data) from error


def _written(value: object) -> str:
    match value:
        case date():
            return f"{value:%Y%m%d}"
        case _:
            return str(value)


def _read(value: str, kind: type) -> object:
    if kind is int:
        if not (value.isascii() and value.isdigit() and len(value) <= 6):
            raise ValueError(value)
        return int(value)
    if kind is date:
        return datetime.strptime(value, "%Y%m%d").date()  # noqa: DTZ007 - a date has no zone
    return kind(value)


@dataclass(frozen=True, slots=True)
class OpenSession(Payload, code="s"):
    """A session's card."""

    handle: str


@dataclass(frozen=True, slots=True)
class OpenSpeaker(Payload, code="p"):
    """A speaker's card."""

    handle: str


@dataclass(frozen=True, slots=True)
class OpenMaterial(Payload, code="m"):
    """A material's card."""

    handle: str


@dataclass(frozen=True, slots=True)
class OpenAgenda(Payload, code="a"):
    """The ways into the agenda: a page of its days, rooms, tracks."""

    page: int = 0


@dataclass(frozen=True, slots=True)
class OpenDay(Payload, code="d"):
    """A page of a day's sessions."""

    day: date
    page: int = 0


@dataclass(frozen=True, slots=True)
class OpenRooms(Payload, code="ar"):
    """A page of the list of rooms."""

    page: int = 0


@dataclass(frozen=True, slots=True)
class OpenRoom(Payload, code="r"):
    """A page of a room's sessions."""

    handle: str
    page: int = 0


@dataclass(frozen=True, slots=True)
class OpenTracks(Payload, code="at"):
    """A page of the list of tracks."""

    page: int = 0


@dataclass(frozen=True, slots=True)
class OpenTrack(Payload, code="t"):
    """A page of a track's sessions."""

    handle: str
    page: int = 0


@dataclass(frozen=True, slots=True)
class OpenNow(Payload, code="now"):
    """What is on now."""


@dataclass(frozen=True, slots=True)
class OpenNext(Payload, code="next"):
    """What comes next."""


@dataclass(frozen=True, slots=True)
class OpenSpeakers(Payload, code="sp"):
    """A page of the speakers, of one first letter (upper case) or, if it is empty, of all."""

    letter: str = ""
    page: int = 0


@dataclass(frozen=True, slots=True)
class OpenMaterials(Payload, code="ms"):
    """A page of the materials."""

    page: int = 0


@dataclass(frozen=True, slots=True)
class OpenMaterialsOf(Payload, code="mo"):
    """The materials of one session or speaker."""

    handle: str


@dataclass(frozen=True, slots=True)
class OpenVenue(Payload, code="v"):
    """Where the event is, and the practical topics."""


@dataclass(frozen=True, slots=True)
class OpenFact(Payload, code="f"):
    """One practical topic."""

    topic: str


@dataclass(frozen=True, slots=True)
class OpenMatchmaking(Payload, code="mm"):
    """The matchmaking."""


@dataclass(frozen=True, slots=True)
class OpenLanguages(Payload, code="l"):
    """The choice of language."""


@dataclass(frozen=True, slots=True)
class ChooseLanguage(Payload, code="lc"):
    """Speak this language from now on."""

    language: str


@dataclass(frozen=True, slots=True)
class OpenHelp(Payload, code="h"):
    """What can be asked."""


@dataclass(frozen=True, slots=True)
class OpenStart(Payload, code="st"):
    """The main menu."""


@dataclass(frozen=True, slots=True)
class AnswerAbout(Payload, code="q"):
    """The choice among things equally meant: the same question, about this one."""

    intent: Intent
    handle: str
