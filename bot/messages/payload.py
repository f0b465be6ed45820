"""How a button's meaning becomes its data and back: packed, parsed and length-checked here.

The form is ``code:field:field``.
"""

from __future__ import annotations

from dataclasses import dataclass, fields
from datetime import date, datetime
from functools import cache
from typing import ClassVar, Self, get_type_hints

from bot.messages.outgoing import MAX_CALLBACK_BYTES, CallbackButton


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
        kinds = _kinds_of(cls)  # type: ignore[arg-type]  # mypy takes a class of Self for unhashable
        return cls(*(_read(value, kind) for kind, value in zip(kinds, values, strict=True)))


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


@cache
def _kinds_of(payload: type[Payload]) -> tuple[type, ...]:
    """Return the types of the fields, in order."""
    hints = get_type_hints(payload)
    return tuple(hints[field.name] for field in fields(payload))


def _written(value: object) -> str:
    match value:
        case date():
            return f"{value:%Y%m%d}"
        case _:
            return str(value)


def _read(value: str, kind: type) -> object:
    if kind is int:
        if not (value.isascii() and value.isdigit() and len(value) <= 18):
            raise ValueError(value)
        return int(value)
    if kind is date:
        return datetime.strptime(value, "%Y%m%d").date()  # noqa: DTZ007 - a date has no zone
    return kind(value)
