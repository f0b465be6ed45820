"""How the agenda's values stand in columns: texts and lists as JSON, moments as ISO 8601 in UTC."""

from __future__ import annotations

import json
import secrets
from collections.abc import Iterable
from datetime import UTC, datetime
from zoneinfo import ZoneInfo

from content.localized_text import LocalizedText

_NUMBERS = 2**47  # fifteen digits: short enough for a button


def text_column(text: LocalizedText) -> str:
    """Return a JSON object by language code, in the author's order."""
    return _json(dict(text.texts))


def text_of(column: str) -> LocalizedText:
    """Read what ``text_column`` wrote."""
    return LocalizedText(json.loads(column))


def list_column(values: Iterable[str]) -> str:
    """Return a JSON array."""
    return _json(list(values))


def list_of(column: str) -> tuple[str, ...]:
    """Read what ``list_column`` wrote."""
    return tuple(json.loads(column))


def set_column(values: Iterable[str]) -> str:
    """Return a JSON array in alphabetical order."""
    return _json(sorted(values))


def set_of(column: str) -> frozenset[str]:
    """Read what ``set_column`` wrote."""
    return frozenset(json.loads(column))


def texts_column(texts: Iterable[LocalizedText]) -> str:
    """Return a JSON array of objects by language code."""
    return _json([dict(text.texts) for text in texts])


def texts_of(column: str) -> tuple[LocalizedText, ...]:
    """Read what ``texts_column`` wrote."""
    return tuple(LocalizedText(texts) for texts in json.loads(column))


def new_number() -> int:
    """Return a number for a row that buttons and the outbox name.

    SQLite would give the number of a deleted row, and after a restore those given since the backup, to another: old
    buttons would be about that one, and what is to be said of it would count as said.
    """
    return 1 + secrets.randbelow(_NUMBERS)


def moment_column(moment: datetime) -> str:
    """Return an aware moment in UTC, such as ``2023-11-22T08:15:00+00:00``."""
    return moment.astimezone(UTC).isoformat()


def moment_of(column: str, zone: ZoneInfo) -> datetime:
    """Read what ``moment_column`` wrote, in this zone."""
    return datetime.fromisoformat(column).astimezone(zone)


def _json(value: object) -> str:
    return json.dumps(value, ensure_ascii=False, separators=(",", ":"))
