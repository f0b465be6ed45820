"""An agenda ↔ a JSON-safe document, without loss: so each version of an agenda is kept.

A document mirrors the dataclasses of ``content.agenda``: the same names, values at their default left out. Moments are
written with their offset and come back in the event's zone, so both 03:30s of a night in October stay what they are.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import MISSING, fields, is_dataclass
from datetime import date, datetime
from enum import StrEnum
from functools import cache
from types import NoneType, UnionType
from typing import Any, get_args, get_origin, get_type_hints
from zoneinfo import ZoneInfo

from content.agenda import Agenda
from content.localized_text import LocalizedText

FORMAT = 1

_Decode = Callable[[Any, ZoneInfo], Any]


class DocumentError(ValueError):
    """The document is not one of ours, or of a format this program does not know."""


def to_document(agenda: Agenda) -> dict[str, Any]:
    """Return the agenda as dicts, lists, texts and numbers, handles included."""
    return {"format": FORMAT, **_encode(agenda)}


def from_document(document: Mapping[str, Any]) -> Agenda:
    """Return the agenda of a document. Raises DocumentError, also for keys this program does not know."""
    if document.get("format") != FORMAT:
        raise DocumentError(f"a document of format {document.get('format')}; this program reads format {FORMAT}")
    try:
        zone = ZoneInfo(document["event"]["time_zone"])
        content = {key: value for key, value in document.items() if key != "format"}
        agenda = _decoder(Agenda)(content, zone)
    except DocumentError:
        raise
    except (KeyError, TypeError, ValueError, AttributeError, OSError) as error:
        raise DocumentError(f"a damaged document: {type(error).__name__}: {error}") from error
    assert isinstance(agenda, Agenda)  # noqa: S101  # tells the type checker what the decoder makes
    return agenda


def _encode(value: Any) -> Any:
    if isinstance(value, LocalizedText):
        return dict(value.texts)
    if is_dataclass(value) and not isinstance(value, type):
        parts = ((field, getattr(value, field.name)) for field in fields(value))
        return {field.name: _encode(part) for field, part in parts if part != field.default}
    if isinstance(value, ZoneInfo):
        return value.key
    if isinstance(value, date):  # a datetime too; with its offset
        return value.isoformat()
    if isinstance(value, StrEnum):
        return value.value
    if isinstance(value, tuple):
        return [_encode(item) for item in value]
    return sorted(value) if isinstance(value, frozenset) else value


@cache
def _decoder(kind: Any) -> _Decode:
    """Return the function that turns a document's value into one of this type."""
    origin, arguments = get_origin(kind), get_args(kind)
    if origin is UnionType:
        return _decoder(next(argument for argument in arguments if argument is not NoneType))
    if origin is tuple:
        return _sequence_decoder(tuple, arguments[0])
    if origin is frozenset:
        return _sequence_decoder(frozenset, arguments[0])
    if kind is LocalizedText:
        return _localized_text
    if is_dataclass(kind):
        return _dataclass_decoder(kind)
    decoders: dict[Any, _Decode] = {ZoneInfo: _zone, datetime: _moment, date: _day, str: _same(str), bool: _same(bool)}
    if kind in decoders:
        return decoders[kind]
    if isinstance(kind, type) and issubclass(kind, StrEnum):
        return lambda value, _zone: kind(value)
    raise TypeError(f"a document cannot hold {kind}")


def _sequence_decoder(sequence: Callable[[Any], Any], kind: Any) -> _Decode:
    decode = _decoder(kind)

    def decode_all(value: Any, zone: ZoneInfo) -> Any:
        if not isinstance(value, list):
            raise DocumentError(f"a list is expected, not {type(value).__name__}")
        return sequence(decode(item, zone) for item in value)

    return decode_all


def _dataclass_decoder(kind: Any) -> _Decode:
    hints = get_type_hints(kind)
    decoders = {field.name: _decoder(hints[field.name]) for field in fields(kind)}
    required = {field.name for field in fields(kind) if field.default is MISSING and field.default_factory is MISSING}

    def decode(value: Any, zone: ZoneInfo) -> Any:
        if not isinstance(value, Mapping):
            raise DocumentError(f"{kind.__name__}: keys are expected, not {type(value).__name__}")
        if unknown := value.keys() - decoders.keys():
            raise DocumentError(f"{kind.__name__}: unknown keys: {', '.join(sorted(map(str, unknown)))}")
        if missing := required - value.keys():
            raise DocumentError(f"{kind.__name__}: missing keys: {', '.join(sorted(missing))}")
        return kind(**{name: decoders[name](part, zone) for name, part in value.items()})

    return decode


def _localized_text(value: Any, _zone: ZoneInfo) -> LocalizedText:
    if not isinstance(value, Mapping) or not all(isinstance(text, str) for pair in value.items() for text in pair):
        raise DocumentError("a text by language is expected")
    return LocalizedText(dict(value))


def _same(kind: type) -> _Decode:
    def decode(value: Any, _zone: ZoneInfo) -> Any:
        if not isinstance(value, kind):
            raise DocumentError(f"{kind.__name__} is expected, not {type(value).__name__}")
        return value

    return decode


def _zone(value: Any, _event_zone: ZoneInfo) -> ZoneInfo:
    return ZoneInfo(value)


def _moment(value: Any, zone: ZoneInfo) -> datetime:
    moment = datetime.fromisoformat(value)
    if moment.tzinfo is None:
        raise DocumentError(f"a moment without its offset: {value}")
    return moment.astimezone(zone)


def _day(value: Any, _zone: ZoneInfo) -> date:
    return date.fromisoformat(value)
