"""Dates, clock times and lengths as other programs write them; None where they cannot be read."""

from __future__ import annotations

import re
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from content.formats.file_times import FIRST_YEAR, LAST_YEAR
from content.formats.schedule_drafts import LONGEST

NIGHT_ENDS = time(6)
"""Before this hour, a start under a day belongs to the night after it, if the schedule's days change later still."""

_DATE = re.compile(r"(\d{4})-(\d{1,2})-(\d{1,2})(?!\d)")
_CLOCK = re.compile(r"(\d{1,2}):(\d{2})(?::(\d{2}))?")
_MOMENT = re.compile(
    r"(\d{4}-\d{2}-\d{2})[T ](\d{1,2}:\d{2}(?::\d{2})?)(?:[.,]\d+)?\s*(Z|[+-]\d{2}:?\d{2}|)", re.IGNORECASE
)
_LENGTH = re.compile(
    r"(?P<sign>[+-]?)P(?:(?P<weeks>\d+)W)?(?:(?P<days>\d+)D)?"
    r"(?:T(?:(?P<hours>\d+)H)?(?:(?P<minutes>\d+)M)?(?:(?P<seconds>\d+)S)?)?"
)


def read_day(text: str) -> date | None:
    """Read ``2019-12-27``, also at the beginning of a moment."""
    found = _DATE.match(text.strip())
    try:
        day = date(*map(int, found.groups())) if found else None
    except ValueError:
        return None
    return day if day and FIRST_YEAR <= day.year <= LAST_YEAR else None


def read_hour(text: str) -> time | None:
    """Read ``9:05`` or ``09:05:00``."""
    found = _CLOCK.fullmatch(text.strip())
    try:
        return time(int(found[1]), int(found[2])) if found else None
    except ValueError:
        return None


def read_stamp(text: str) -> datetime | None:
    """Read ``2019-12-27T11:00:00+01:00``; without an offset if none stands there."""
    found = _MOMENT.fullmatch(text.strip())
    day, hour = (read_day(found[1]), read_hour(found[2])) if found else (None, None)
    if not found or day is None or hour is None:
        return None
    local = datetime.combine(day, hour)
    if not found[3]:
        return local
    if found[3].upper() == "Z":
        return local.replace(tzinfo=UTC)
    try:
        return datetime.fromisoformat(f"{local:%Y-%m-%dT%H:%M}{found[3][:3]}:{found[3][-2:]}")
    except ValueError:
        return None


def read_length(text: str) -> timedelta | None:
    """Read ``01:30``, ``1:30:00``, ``8:00``, a number of minutes, or ``PT1H30M``; None also for what is endless."""
    text = text.strip()
    length: timedelta | None = None
    if found := re.fullmatch(r"(\d{1,3}):([0-5]\d)(?::([0-5]\d))?", text):
        length = timedelta(hours=int(found[1]), minutes=int(found[2]))
    elif found := re.fullmatch(r"(\d{1,2}):(\d{1,2}):([0-5]\d):([0-5]\d)", text):  # days too, as wafer writes them
        length = timedelta(days=int(found[1]), hours=int(found[2]), minutes=int(found[3]))
    elif re.fullmatch(r"\d{1,5}(?:\.0+)?", text):
        length = timedelta(minutes=float(text))
    elif found := _LENGTH.fullmatch(text.upper()):
        parts = {unit: min(int(number or 0), 10**6) for unit, number in found.groupdict().items() if unit != "sign"}
        length = None if found["sign"] == "-" else timedelta(**parts)
    return length if length is not None and length <= LONGEST else None


def at(local: datetime, zone: ZoneInfo) -> datetime:
    """Return the moment at which this zone's clock shows ``local``: of two the first, of none the one right after."""
    return local.replace(tzinfo=zone).astimezone(UTC).astimezone(zone)


def in_night(hour: time, day_change: time | None) -> bool:
    """Tell whether a start at this hour, filed under a day, happens in the night after it."""
    return day_change is not None and hour < min(day_change, NIGHT_ENDS)


def later(start: datetime, length: timedelta) -> datetime:
    """Return the moment ``length`` after ``start``, in its zone, across clock changes too."""
    return (start.astimezone(UTC) + length).astimezone(start.tzinfo)
