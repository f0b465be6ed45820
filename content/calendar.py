"""Sessions as an iCalendar file (RFC 5545) that people's own calendars take, and take again after a change."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

from icalendar import Alarm, Calendar
from icalendar import Event as EventComponent

from content.agenda import Agenda, Event, Session
from content.calendar_zone import zone_component

MAKER = "-//Ghid//Ghid//EN"
_CONTROL = re.compile(r"[\x00-\x08\x0e-\x1f\x7f-\x9f]")  # no text of iCalendar may hold them


@dataclass(frozen=True, slots=True)
class CalendarSession:
    """A session to be written into a calendar, and the agenda that shows it: the present one, or the last that had it.

    ``sequence``: how often it changed. ``gone``: it has left the agenda since, so that it stands as cancelled.
    """

    session: Session
    agenda: Agenda
    sequence: int = 0
    gone: bool = False

    @property
    def cancelled(self) -> bool:
        """Whether it does not happen."""
        return self.gone or self.session.cancelled


@dataclass(frozen=True, slots=True)
class CalendarEntry:
    """A session in the words of one reader, as plain text. ``lead``: how long before it to alarm; None: not at all."""

    shown: CalendarSession
    summary: str
    location: str = ""
    description: str = ""
    link: str | None = None
    lead: timedelta | None = None


def calendar_of(entries: Sequence[CalendarEntry], event: Event, *, name: str, now: datetime) -> bytes:
    """Return the file. ``name``: what a calendar made of it would be called; ``now``: when it is written.

    An entry is known by its session's handle for ever: a calendar that has it brings it up to date if ``sequence``
    has risen. No ORGANIZER: calendars would take the sessions for invitations to be answered.

    Raises:
        ValueError: there are no entries, and a calendar without any is not allowed.
    """
    if not entries:
        raise ValueError("a calendar needs at least one entry")
    calendar = Calendar()
    calendar.add("prodid", MAKER)
    calendar.add("version", "2.0")
    calendar.add("calscale", "GREGORIAN")
    calendar.add("method", "PUBLISH")
    calendar.add("x-wr-calname", _line(name))
    zone = event.time_zone
    first = min(entry.shown.session.starts_at for entry in entries)
    last = max(entry.shown.session.ends_at for entry in entries)
    calendar.add_component(zone_component(zone, first, last))
    for entry in entries:
        calendar.add_component(_component(entry, event, now))
    data: bytes = calendar.to_ical()
    return data


def _component(entry: CalendarEntry, event: Event, now: datetime) -> EventComponent:
    session, summary = entry.shown.session, _line(entry.summary)
    component = EventComponent()
    component.add("uid", f"{session.handle}@{event.id}.ghid")
    component.add("sequence", entry.shown.sequence)
    component.add("dtstamp", now.astimezone(UTC))
    _add_times(component, session, event.time_zone)
    component.add("summary", summary)
    if entry.location:
        component.add("location", _line(entry.location))
    if entry.description:
        component.add("description", _paragraphs(entry.description))
    if entry.link:
        component.add("url", entry.link)
    if entry.shown.cancelled:
        component.add("status", "CANCELLED")
        component.add("transp", "TRANSPARENT")
        return component
    component.add("status", "CONFIRMED")
    if entry.lead is not None and "time" not in session.unknown:
        alarm = Alarm()
        alarm.add("action", "DISPLAY")
        alarm.add("trigger", -entry.lead)
        alarm.add("description", summary)
        component.add_component(alarm)
    return component


def _add_times(component: EventComponent, session: Session, zone: ZoneInfo) -> None:
    if "time" in session.unknown:
        component.add("dtstart", session.starts_at.astimezone(zone).date())  # the whole day
        return
    # By way of UTC: a clock time that is skipped in spring becomes the one that the clock then shows.
    start, end = (moment.astimezone(UTC).astimezone(zone) for moment in (session.starts_at, session.ends_at))
    if start.fold or end.fold:
        # A clock time that comes twice in autumn means the first one (RFC 5545, 3.3.5); the second needs UTC.
        start, end = start.astimezone(UTC), end.astimezone(UTC)
    component.add("dtstart", start)
    if session.duration > timedelta(0):
        component.add("dtend", end)


def _line(text: str) -> str:
    return _CONTROL.sub("", " ".join(text.split()))


def _paragraphs(text: str) -> str:
    """Return the text without what some reader of calendars takes for the end of a line of the file."""
    return _CONTROL.sub("", "\n".join(text.splitlines()))
