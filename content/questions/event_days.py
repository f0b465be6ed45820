"""The event's own days, by which weekdays and bare dates are understood."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, timedelta


class EventDays:
    """The dates of an event, in order; may be none."""

    def __init__(self, days: Sequence[date]) -> None:
        self._days = days

    def of_event(self, day: int, month: int | None) -> date | None:
        """Return the event's date of this day of the month; None: it has none."""
        return next((each for each in self._days if each.day == day and month in (None, each.month)), None)

    def in_event_month(self, day: int) -> date | None:
        """Return a date in the month of the event; None: the event lies in two, or the month is too short."""
        months = {(each.year, each.month) for each in self._days}
        if len(months) != 1:
            return None
        (year, month) = months.pop()
        return date_or_none(year, month, day)

    def weekday(self, weekday: int) -> date | None:
        """Return the event's day of this name, or else the nearest date around the event."""
        if not self._days:
            return None
        around = [self._days[0] + timedelta(days=shift) for shift in range(-3, len(self._days) + 4)]
        named = [each for each in around if each.weekday() == weekday]
        return next((each for each in named if each in self._days), named[0] if named else None)


def date_or_none(year: int, month: int, day: int) -> date | None:
    """Return the date; None: the calendar has no such day."""
    try:
        return date(year, month, day)
    except ValueError:
        return None
