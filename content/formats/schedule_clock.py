"""The hours of a schedule: on which clock, and what to believe where its lines contradict each other."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from content.formats.problem_dates import written_moment
from content.formats.problem_texts import doubt
from content.formats.problems import Problem
from content.formats.schedule_drafts import EventDraft, Hints
from content.formats.schedule_ids import plain
from content.formats.schedule_problem_texts import ZONE_NOTHING, ZONE_OFFSET, ZONE_TOWN
from content.formats.schedule_times import at, in_night, read_hour, read_stamp
from content.formats.schedule_zone import has_offsets, offset_name, zone_called, zone_of_offsets, zone_of_town


@dataclass(slots=True)
class WrittenStart:
    """How a file writes when something starts; each part may be empty. ``day``: the one it is listed under."""

    stamp: str
    hour: str
    day: date | None


@dataclass(slots=True)
class ScheduleClock:
    """Reads starts as this zone's clock shows them, and remembers what was odd."""

    zone: ZoneInfo
    day_change: time | None = None
    problems: list[Problem] = field(default_factory=list)
    other_offsets: list[tuple[str, str, datetime]] = field(default_factory=list)

    def start(self, written: WrittenStart, where: str, title: str) -> datetime | None:
        """Return the moment; None if it cannot be read."""
        stamp, hour = read_stamp(written.stamp), read_hour(written.hour)
        if stamp is None:
            return self._listed(written, hour, where, title)
        start = self._stamped(stamp, hour, where, title)
        if written.day and start.date() != written.day:
            self._other_day(written.day, start, where, title)
        return start

    def all_problems(self) -> list[Problem]:
        """Return what was odd; equal contradictions of many sessions once."""
        found = list(self.problems)
        if self.other_offsets:
            where, title, stamp = self.other_offsets[0]
            right = at(stamp.replace(tzinfo=None), self.zone).utcoffset() or timedelta()
            names = {"zone": self.zone.key, "offset": offset_name(right), "count": len(self.other_offsets)}
            found.append(doubt(where, "source_offset_differs", title=title, date=stamp.isoformat(), **names))
        return found

    def _stamped(self, stamp: datetime, hour: time | None, where: str, title: str) -> datetime:
        on_clock = at(stamp.replace(tzinfo=None), self.zone)
        if stamp.tzinfo is None:
            told = on_clock
        else:
            told = stamp.astimezone(self.zone)
            if hour is not None and told.time() != hour and on_clock.time() == hour:
                # The hour is what everybody was shown; the offset is what a program made of it.
                self.other_offsets.append((where, title, stamp))
                return on_clock
        if hour is not None and told.time() != hour:
            names = {"title": title, "start": f"{hour:%H:%M}", "date": f"{told:%H:%M}"}
            self.problems.append(doubt(where, "source_hours_differ", **names))
            return at(datetime.combine(told.date(), hour), self.zone)
        return told

    def _listed(self, written: WrittenStart, hour: time | None, where: str, title: str) -> datetime | None:
        if written.day is None or hour is None:
            return None
        night = in_night(hour, self.day_change)
        start = at(datetime.combine(written.day + timedelta(days=night), hour), self.zone)
        if night:
            self._other_day(written.day, start, where, title)
        return start

    def _other_day(self, day: date, start: datetime, where: str, title: str) -> None:
        is_night = start.date() - day == timedelta(days=1) and start.hour < 12
        code = "source_night" if is_night else "source_day_differs"
        self.problems.append(doubt(where, code, title=title, day=day, moment=written_moment(start)))


def choose_zone(
    event: EventDraft, hints: Hints, moments: Sequence[datetime], town: str, *, said: str = ""
) -> tuple[ZoneInfo, list[Problem]]:
    """Return the event's zone, and what is doubtful about it.

    ``moments``: those of the file that have an offset; ``said``: the name of the zone that the file gives, if any.
    """
    if chosen := zone_called(hints.zone):
        return chosen, []
    if chosen := zone_called(said):
        return chosen, []
    problems = []
    zone, why = _guessed(event, hints, moments, town)
    offset = offset_name(moments[0].utcoffset() or timedelta()) if moments else ""
    names = {"zone": zone.key, "why": why, "town": town, "offset": offset}
    if said.strip():
        problems.append(doubt(event.where, "source_zone_unknown", value=said, **names))
    elif why:
        problems.append(doubt(event.where, "source_zone_unsaid", **names))
    return zone, problems


def _guessed(event: EventDraft, hints: Hints, moments: Sequence[datetime], town: str) -> tuple[ZoneInfo, str]:
    current = hints.current
    named = hints.event_id or event.source_id or event.name
    if current and (not named or plain(named, "event") == current.id):
        return current.time_zone, ""
    by_town = zone_of_town(town)
    if by_town and has_offsets(by_town, moments):
        return by_town, ZONE_TOWN
    if moments:
        return zone_of_offsets(moments), ZONE_OFFSET
    return ZoneInfo("UTC"), ZONE_NOTHING
