"""The kinds of values that stand in a content file, each with its check and its part of the JSON Schema.

A value is checked together with what is known of the rest of the file (``Known``), handed over as pydantic's context:
so a misspelt room is named beside a misspelt key, in one go.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Annotated, Any
from urllib.parse import urlsplit
from zoneinfo import ZoneInfo

from anyascii import anyascii
from pydantic import AfterValidator, BeforeValidator, PlainValidator, ValidationInfo, WithJsonSchema
from rapidfuzz import fuzz, process

from content.formats.file_times import (
    CLOCK_PATTERN,
    DATE_PATTERN,
    MOMENT_PATTERN,
    file_error,
    read_clock,
    read_date,
    read_moment,
    read_zone,
)
from content.formats.limits import ID_PATTERN, LINK_PATTERN, MAX_ID, MAX_LINK
from content.formats.places import Tree

MAX_TEXT = 10_000
LANGUAGE_PATTERN = r"^[a-z]{2,3}(-[A-Za-z0-9]{2,8})*$"

PLAIN = ""
"""Stands for the event's default language where a text has no language of its own."""

_LANGUAGE = re.compile(LANGUAGE_PATTERN)
_CONTROL = re.compile(r"[\x00-\x08\x0b-\x1f\x7f\ud800-\udfff\ufffe\uffff]")


@dataclass(frozen=True, slots=True)
class Known:
    """What the rest of the file says, as far as it could be read; None: not known, so nothing is held against it."""

    languages: tuple[str, ...] | None = None
    zone: ZoneInfo | None = None
    ids: Mapping[str, frozenset[str]] = field(default_factory=dict)


def meant(value: str, possible: list[str]) -> str | None:
    """Return the possible value that looks most like this one, or None if none does."""
    near = process.extractOne(value, possible, scorer=fuzz.ratio, processor=str.casefold, score_cutoff=70)
    return str(near[0]) if near else None


def _known(info: ValidationInfo) -> Known:
    return info.context if isinstance(info.context, Known) else Known()


def _text(value: Tree) -> str:
    if not isinstance(value, str):
        raise file_error("empty_entry" if value is None else "not_a_text")
    if len(value) > MAX_TEXT:
        raise file_error("text_too_long", length=f"{len(value):,}", limit=f"{MAX_TEXT:,}")
    if control := _CONTROL.search(value):
        raise file_error("bad_character", character=f"U+{ord(control[0]):04X}")
    return value.strip()


def _id(value: Tree) -> str:
    text = _text(value)
    if len(text) > MAX_ID or not re.fullmatch(ID_PATTERN, text):
        plain = re.sub(r"[^a-z0-9]+", "-", anyascii(text).lower())[:MAX_ID].strip("-")
        raise file_error("bad_id", value=text, suggestion=plain or "some-name")
    return text


def _language(value: Tree) -> str:
    text = _text(value)
    if not _LANGUAGE.fullmatch(text):
        raise file_error("bad_language", value=text)
    return text


def _language_key(value: str, info: ValidationInfo) -> str:
    languages = _known(info).languages
    if value != PLAIN and not _LANGUAGE.fullmatch(value):
        raise file_error("bad_language_key", key=value)
    if value != PLAIN and languages is not None and value not in languages:
        raise file_error("language_not_of_event", value=value, languages=", ".join(languages))
    return value


def _by_language(value: Tree, info: ValidationInfo) -> dict[str, Tree]:
    """A plain text is in the event's default language; a language with nothing behind it is as if it were not there.

    Another key with nothing behind it stays, so that it is named: ``{en: Yes, now}`` lost half a text to its comma.
    """
    if not isinstance(value, dict):
        return {PLAIN: _text(value)}
    languages = _known(info).languages or ()
    return {
        code: "…" if text is None else text for code, text in value.items() if text is not None or code not in languages
    }


def _not_empty(words: dict[str, str]) -> dict[str, str]:
    if not words:
        raise file_error("no_text")
    return words


def _yes_no(value: Tree) -> bool:
    text = _text(value)
    if text.lower() not in {"true", "false"}:
        raise file_error("not_yes_no", value=text)
    return text.lower() == "true"


def _link(value: Tree) -> str:
    text = _text(value)
    try:
        host = urlsplit(text).hostname if re.fullmatch(LINK_PATTERN, text) and len(text) <= MAX_LINK else None
    except ValueError:
        host = None
    if not host:
        raise file_error("bad_link", value=text)
    return text


def _moment(value: Tree, info: ValidationInfo) -> datetime:
    return read_moment(_text(value), _known(info).zone or ZoneInfo("UTC"))


def _clock_or_moment(value: Tree, info: ValidationInfo) -> str:
    """The person's own minutes need the session's date, so the text is only checked here."""
    text = _text(value)
    if len(text) > len("00:00"):
        read_moment(text, _known(info).zone or ZoneInfo("UTC"))
    else:
        read_clock(text)
    return text


def one_of(*allowed: str) -> tuple[Any, Any]:
    """Annotations of a text that must be one of these."""

    def check(value: Tree) -> str:
        text = _text(value)
        if text not in allowed:
            suggestion = meant(text, list(allowed))
            code = "not_one_of_meant" if suggestion else "not_one_of"
            raise file_error(code, value=text, suggestion=suggestion or "", allowed=", ".join(allowed))
        return text

    return PlainValidator(check), WithJsonSchema({"type": "string", "enum": list(allowed)})


def reference_to(section: str) -> tuple[Any, Any]:
    """Annotations of an id that must stand in this section of the file."""

    def check(value: Tree, info: ValidationInfo) -> str:
        text = _text(value)
        ids = _known(info).ids.get(section)
        if ids is not None and text not in ids:
            suggestion = meant(text, sorted(ids))
            code = "unknown_reference_meant" if suggestion else "unknown_reference"
            raise file_error(code, value=text, section=section, suggestion=suggestion or "")
        return text

    return PlainValidator(check), WithJsonSchema({"type": "string", "pattern": ID_PATTERN})


def _schema(check: Callable[..., Any], **schema: Any) -> tuple[Any, Any]:
    return PlainValidator(check), WithJsonSchema(schema)


_TEXT_SCHEMA = {"type": "string", "minLength": 1, "maxLength": MAX_TEXT}
_WORDS_SCHEMA = {
    "anyOf": [
        _TEXT_SCHEMA,
        {
            "type": "object",
            "description": "One text a language, by language code.",
            "propertyNames": {"pattern": LANGUAGE_PATTERN},
            "additionalProperties": _TEXT_SCHEMA,
            "minProperties": 1,
        },
    ]
}

Text = Annotated[str, *_schema(_text, **_TEXT_SCHEMA)]
Id = Annotated[str, *_schema(_id, type="string", pattern=ID_PATTERN, maxLength=MAX_ID)]
Language = Annotated[str, *_schema(_language, type="string", pattern=LANGUAGE_PATTERN)]
_LanguageKey = Annotated[str, PlainValidator(_language_key)]
Words = Annotated[dict[_LanguageKey, Text], BeforeValidator(_by_language), WithJsonSchema(_WORDS_SCHEMA)]
RequiredWords = Annotated[
    dict[_LanguageKey, Text], BeforeValidator(_by_language), AfterValidator(_not_empty), WithJsonSchema(_WORDS_SCHEMA)
]
YesNo = Annotated[bool, *_schema(_yes_no, type="boolean")]
WebLink = Annotated[str, *_schema(_link, type="string", pattern=LINK_PATTERN, maxLength=MAX_LINK)]
Day = Annotated[date, *_schema(lambda value: read_date(_text(value)), type="string", pattern=DATE_PATTERN)]
Moment = Annotated[datetime, *_schema(_moment, type="string", pattern=MOMENT_PATTERN)]
ClockOrMoment = Annotated[
    str, *_schema(_clock_or_moment, type="string", anyOf=[{"pattern": CLOCK_PATTERN}, {"pattern": MOMENT_PATTERN}])
]
Zone = Annotated[
    ZoneInfo, *_schema(lambda value: read_zone(_text(value)), type="string", examples=["Europe/Bucharest"])
]
