"""Days and hours within a problem: kept as ISO 8601 among its parameters, said as the reader's language has them."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import date, datetime

from babel.dates import format_date

DATED = ("day", "first", "last", "moment", "time", "umbrella_time", "session_time")
"""The parameters that may hold a day, a moment or a span; whatever else they hold is said as it stands."""

_DAY = r"(\d{4}-\d{2}-\d{2})"
_WRITTEN = re.compile(rf"{_DAY}(?:T(\d{{2}}:\d{{2}}))?(?:/{_DAY}T(\d{{2}}:\d{{2}}))?")


def written_moment(moment: datetime) -> str:
    """Return "2023-11-22T10:30", on the moment's own clock."""
    return f"{moment:%Y-%m-%dT%H:%M}"


def written_span(starts_at: datetime, ends_at: datetime) -> str:
    """Return "2023-11-22T10:30/2023-11-22T11:00"."""
    return f"{written_moment(starts_at)}/{written_moment(ends_at)}"


def english_day(day: date, *, year: bool) -> str:
    """Return "Wednesday, 22 November", with the year if it is asked for."""
    return format_date(day, "EEEE, d MMMM y" if year else "EEEE, d MMMM", "en_GB")


def spoken(value: str, day: Callable[..., str] = english_day) -> str:
    """Return "Wednesday, 22 November, 10:30–11:00" for a span; a day alone comes with its year, which may be wrong.

    ``day`` says a date (and, if ``year`` is set, its year) in the reader's language.
    """
    found = _WRITTEN.fullmatch(value)
    if found is None:
        return value
    first, clock, last, end = found.groups()
    begins = day(date.fromisoformat(first), year=clock is None)
    if clock is None:
        return begins
    if last is None:
        return f"{begins}, {clock}"
    if last == first:
        return f"{begins}, {clock}–{end}"
    return f"{begins}, {clock} – {day(date.fromisoformat(last), year=False)}, {end}"
