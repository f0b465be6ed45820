"""An event's time zone as iCalendar's VTIMEZONE.

Written from `zoneinfo` by hand: icalendar's own `Timezone.from_tzinfo` (7.3.0) gives the onset of summer time in the
new offset instead of the old one, an hour late, and steps over Morocco's Ramadan.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from functools import lru_cache
from zoneinfo import ZoneInfo

from icalendar import Timezone, TimezoneDaylight, TimezoneStandard

_DAY = timedelta(days=1)
_SECOND = timedelta(seconds=1)


def zone_component(zone: ZoneInfo, first: datetime, last: datetime) -> Timezone:
    """Return the zone's offsets over the whole years, in UTC, that the moments ``first`` and ``last`` lie in.

    It is remembered: take it as it is.
    """
    return _component(zone, first.astimezone(UTC).year, last.astimezone(UTC).year)


@lru_cache(maxsize=8)
def _component(zone: ZoneInfo, first: int, last: int) -> Timezone:
    start, end = datetime(first, 1, 1, tzinfo=UTC) - _DAY, datetime(last + 1, 1, 1, tzinfo=UTC) + _DAY
    component = Timezone()
    component.add("tzid", zone.key)
    component.add_component(_observance(zone, start, _offset(zone, start)))
    for onset in _changes(zone, start, end):
        component.add_component(_observance(zone, onset, _offset(zone, onset - _SECOND)))
    return component


def _observance(zone: ZoneInfo, onset: datetime, offset_before: timedelta) -> TimezoneStandard | TimezoneDaylight:
    """Return the offset that holds from ``onset`` on. RFC 5545, 3.6.5: the onset is told in the offset before it."""
    local = onset.astimezone(zone)
    component = TimezoneDaylight() if (local.dst() or timedelta(0)) > timedelta(0) else TimezoneStandard()
    component.add("dtstart", onset.replace(tzinfo=None) + offset_before)
    component.add("tzoffsetfrom", offset_before)
    component.add("tzoffsetto", _offset(zone, onset))
    component.add("tzname", local.tzname())
    return component


def _changes(zone: ZoneInfo, start: datetime, end: datetime) -> Iterator[datetime]:
    """Yield each moment, to the second, from which another offset holds; no zone changes twice within a day."""
    day = start
    while day < end:
        before, after = day, day + _DAY
        if _offset(zone, before) != _offset(zone, after):
            while after - before > _SECOND:
                middle = before + (after - before) // _SECOND // 2 * _SECOND
                if _offset(zone, middle) == _offset(zone, before):
                    before = middle
                else:
                    after = middle
            yield after
        day += _DAY


def _offset(zone: ZoneInfo, moment: datetime) -> timedelta:
    return moment.astimezone(zone).utcoffset() or timedelta(0)
