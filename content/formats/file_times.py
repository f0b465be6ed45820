"""Dates and times as organisers write them: ``2023-11-22 10:15``, on the clock of the event's zone."""

from __future__ import annotations

import re
from datetime import date, datetime, time, timedelta, timezone
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError, available_timezones

from pydantic_core import PydanticCustomError
from rapidfuzz import fuzz, process

DATE_PATTERN = r"^\d{4}-\d{2}-\d{2}$"
CLOCK_PATTERN = r"^\d{1,2}:\d{2}$"
MOMENT_PATTERN = r"^\d{4}-\d{2}-\d{2}[ T]\d{1,2}:\d{2}([+-]\d{2}:\d{2})?$"

FIRST_YEAR = 1970
LAST_YEAR = 2199

_LOOSE_DATE = re.compile(r"(\d{4})[-./](\d{1,2})[-./](\d{1,2})|(\d{1,2})[-./](\d{1,2})[-./](\d{4})")
_LOOSE_TIME = re.compile(r"(?<!\d)(\d{1,2})[:.h](\d{2})(?!\d)(?:\s*([ap])\.?m)?", re.IGNORECASE)


def file_error(code: str, **parameters: object) -> PydanticCustomError:
    """An error of one value; its text is made where its place is known."""
    return PydanticCustomError(code, "{code}", {"code": code, **parameters})


def read_date(text: str) -> date:
    """Read ``2023-11-22``. Raises PydanticCustomError."""
    if not re.fullmatch(DATE_PATTERN, text):
        raise file_error("bad_date", value=text, suggestion=_guess_date(text) or "2023-11-22")
    try:
        day = date.fromisoformat(text)
    except ValueError:
        raise file_error("no_such_date", value=text) from None
    if not FIRST_YEAR <= day.year <= LAST_YEAR:
        raise file_error("no_such_year", value=str(day.year), first=str(FIRST_YEAR), last=str(LAST_YEAR))
    return day


def read_clock(text: str) -> time:
    """Read ``10:15``. Raises PydanticCustomError."""
    if not re.fullmatch(CLOCK_PATTERN, text):
        raise file_error("bad_clock_time", value=text, suggestion=_guess_time(text) or "10:15")
    hour, minute = map(int, text.split(":"))
    if hour > 23 or minute > 59:
        raise file_error("no_such_time", value=text)
    return time(hour, minute)


def read_moment(text: str, zone: ZoneInfo) -> datetime:
    """Read ``2023-11-22 10:15`` on this zone's clock; ``+02:00`` behind it chooses where the clock shows it twice.

    Raises PydanticCustomError, also for times that the clock skips, or shows twice without a word on which.
    """
    if not re.fullmatch(MOMENT_PATTERN, text):
        suggestion = f"{_guess_date(text) or '2023-11-22'} {_guess_time(text) or '10:15'}"
        raise file_error("bad_moment", value=text, suggestion=suggestion)
    clock, offset = (text[:-6], text[-6:]) if text[-6] in "+-" and len(text) > len("2023-11-22 10:15") else (text, "")
    local = datetime.combine(read_date(clock[:10]), read_clock(clock[11:]))
    return at_clock(local, zone, offset)


def at_clock(local: datetime, zone: ZoneInfo, offset: str = "") -> datetime:
    """Return the moment at which this zone's clock shows ``local``. Raises PydanticCustomError."""
    first, second = local.replace(tzinfo=zone, fold=0), local.replace(tzinfo=zone, fold=1)
    offsets = {_offset(first): first, _offset(second): second}
    written = f"{local:%Y-%m-%d %H:%M}"
    before, after = _utc_offset(first), _utc_offset(second)
    if before < after:
        later = local + (after - before)
        raise file_error("time_skipped", value=written, zone=zone.key, suggestion=f"{later:%Y-%m-%d %H:%M}")
    if offset:
        if offset not in offsets:
            raise file_error("wrong_offset", value=written, zone=zone.key, offset=_offset(first))
        return offsets[offset]
    if before > after:
        choices = {"first": f"{written}{_offset(first)}", "second": f"{written}{_offset(second)}"}
        raise file_error("time_twice", value=written, zone=zone.key, **choices)
    return first


def read_zone(text: str) -> ZoneInfo:
    """Read ``Europe/Bucharest``. Raises PydanticCustomError."""
    try:
        return ZoneInfo(text)
    except (ZoneInfoNotFoundError, ValueError, OSError):
        zones = sorted(available_timezones())
        near = process.extractOne(text, zones, scorer=fuzz.ratio, processor=str.casefold, score_cutoff=70)
        if near:
            raise file_error("unknown_zone_meant", value=text, suggestion=near[0]) from None
        raise file_error("unknown_zone", value=text) from None


def _utc_offset(moment: datetime) -> timedelta:
    return moment.utcoffset() or timedelta()


def _offset(moment: datetime) -> str:
    return str(timezone(_utc_offset(moment))).removeprefix("UTC") or "+00:00"


def _guess_date(text: str) -> str | None:
    if not (found := _LOOSE_DATE.search(text)):
        return None
    year, month, day, first, second, last_year = found.groups()
    numbers = (int(year), int(month), int(day)) if year else (int(last_year), int(second), int(first))
    for candidate in (numbers, (numbers[0], numbers[2], numbers[1])):
        try:
            return date(*candidate).isoformat()
        except ValueError:
            continue
    return None


def _guess_time(text: str) -> str | None:
    found = _LOOSE_TIME.search(_LOOSE_DATE.sub(" ", text))
    if not found:
        return None
    hour, minute, half = int(found[1]), int(found[2]), (found[3] or "").lower()
    if half and hour <= 12:
        hour = hour % 12 + (12 if half == "p" else 0)
    return f"{hour:02}:{minute:02}" if hour < 24 and minute < 60 else None
