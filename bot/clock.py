"""Now: the system's, or one set back to the event for the demo."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime

Clock = Callable[[], datetime]
"""Returns the present moment, aware, in UTC."""


def system_clock() -> datetime:
    """Return the present moment."""
    return datetime.now(UTC)


def clock_starting_at(moment: datetime) -> Clock:
    """Return a clock that shows ``moment`` (aware) now and goes on from there at the usual pace."""
    offset = moment.astimezone(UTC) - system_clock()
    return lambda: system_clock() + offset
