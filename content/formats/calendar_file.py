"""A calendar (.ics) as an agenda: its events are sessions, its locations rooms; people are where programs put them."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from content.formats.calendar_lines import CalendarComponent, CalendarFile, CalendarLine, read_calendar_lines
from content.formats.problem_texts import doubt
from content.formats.problems import Problem
from content.formats.schedule_clock import choose_zone
from content.formats.schedule_drafts import (
    EventDraft,
    Hints,
    PersonDraft,
    Progress,
    ScheduleDraft,
    SessionDraft,
    silent,
)
from content.formats.schedule_texts import one_line
from content.formats.schedule_times import at, later, read_day, read_hour, read_length
from content.formats.schedule_zone import zone_called

_MOMENT = re.compile(r"(\d{4})(\d{2})(\d{2})(?:T(\d{2})(\d{2})(\d{2})?(Z?))?", re.IGNORECASE)
_NAMED = re.compile(
    r"(?:speakers?|presenters?|presented by|von|referent(?:in|en)?|sprecher(?:in)?|speaker/in|vorbitori?|prezintă"
    r"|доповідач(?:ка|і)?|спікер(?:ка|и)?|relator[ei]|con)\s*:\s*(?P<names>[^\n]{1,300})(?:\n+|$)",
    re.IGNORECASE,
)
_BETWEEN = re.compile(r"\s*(?:,|;|&|\band\b|\bund\b|\bși\b|\bта\b)\s*", re.IGNORECASE)
_TITLES = re.compile(r"^(?:Ph\.?D\.?|Dr\.?|Prof\.?|M\.?Sc\.?|Jr\.?|Inc\.?)$", re.IGNORECASE)
_GHID = "-//Ghid//"


def read_calendar(data: bytes, name: str, hints: Hints, progress: Progress = silent) -> ScheduleDraft:
    """Read a calendar. Raises ContentError with the place of what is in the way."""
    return _Calendar(read_calendar_lines(data, name, progress), hints).draft()


class _Calendar:
    def __init__(self, file: CalendarFile, hints: Hints) -> None:
        first = file.calendars[0]
        self.first = first
        self.problems: list[Problem] = list(file.problems)
        parts = [part for calendar in file.calendars for part in calendar.parts]
        self.events = [part for part in parts if part.name == "VEVENT"]
        others = Counter(part.name for part in parts if part.name not in ("VEVENT", "VTIMEZONE"))
        for kind, count in others.items():
            self.problems.append(doubt(first.where, "source_entry_left", name=kind, count=count))
        named = first.text("X-WR-CALNAME") or first.text("NAME") or first.text("X-WR-CALDESC")
        self.event = EventDraft(first.where, name=named, source_id=first.text("X-GHID-EVENT"))
        self.zone = self._zone(hints)
        self.event.zone = self.zone.key
        self.organisers_speak = self._organisers_speak()

    def draft(self) -> ScheduleDraft:
        sessions = [session for event in self.events if (session := self._session(event))]
        return ScheduleDraft(self.event, sessions, self.problems)

    def _zone(self, hints: Hints) -> ZoneInfo:
        """Choose the zone: the calendar's, else the one most of its events are written in."""
        lines = [line for event in self.events if (line := event.first("DTSTART"))]
        written = Counter(zone.key for line in lines if (zone := zone_called(line.parameters.get("TZID", ""))))
        said = self.first.text("X-WR-TIMEZONE") or next((zone for zone, _ in written.most_common(1)), "")
        said = said or next((line.value.strip() for line in self.first.lines if line.name == "VTIMEZONE"), "")
        town = self.first.text("X-WR-CALDESC").rpartition(",")[2]
        moments = [moment for line in lines if isinstance(moment := _moment(line), datetime) and moment.tzinfo]
        zone, problems = choose_zone(self.event, hints, moments, town, said=said)
        self.problems += problems
        unknown = Counter(name for line in lines if (name := line.parameters.get("TZID", "")) and not zone_called(name))
        for name, count in unknown.items():
            if name != said:
                self.problems.append(
                    doubt(self.first.where, "source_clock_unknown", value=name, zone=zone.key, count=count)
                )
        return zone

    def _session(self, event: CalendarComponent) -> SessionDraft | None:
        title = event.text("SUMMARY")
        shown = one_line(title)[:200] or "…"
        line = event.first("DTSTART")
        start = _moment(line) if line else None
        if line is None or start is None:
            code = "source_session_unreadable" if line else "source_session_unscheduled"
            self.problems.append(doubt(event.where, code, value=line.value if line else "", title=shown))
            return None
        if not isinstance(start, datetime):
            self.problems.append(doubt(event.where, "source_all_day", title=shown))
        starts = self._at(start, line)
        if rule := event.text("RRULE") or event.text("RDATE"):
            self.problems.append(doubt(event.where, "source_repeats", title=shown, rule=rule[:60]))
        names, description = _people_of(event.text("DESCRIPTION"))
        attendees = [line.parameters.get("CN", "").strip() for line in event.all_called("ATTENDEE")]
        if self.organisers_speak and not any(attendees):
            attendees = [line.parameters.get("CN", "").strip() for line in event.all_called("ORGANIZER")]
        persons = [name for name in attendees if name] or names
        return SessionDraft(
            where=event.where,
            starts=starts,
            ends=self._end(event, starts, start, shown),
            ids=[self._id(event)],
            title=title,
            description=description,
            room=event.text("LOCATION"),
            kind=event.text("CATEGORIES"),
            language=self._language(event),
            url=event.text("URL"),
            persons=[PersonDraft(name, event.where) for name in dict.fromkeys(persons)],
            cancelled=event.text("STATUS").strip().upper() == "CANCELLED",
        )

    def _id(self, event: CalendarComponent) -> str:
        """Return the UID, and which time of a repeated event it is; of our own calendars the session's id."""
        own = event.text("X-GHID-ID").strip()
        return own or " ".join(filter(None, (event.text("UID").strip(), event.text("RECURRENCE-ID").strip())))

    def _end(self, event: CalendarComponent, starts: datetime, written: date, title: str) -> datetime:
        line = event.first("DTEND")
        end = _moment(line) if line else None
        if line is not None and end is not None:
            return self._at(end, line)
        said = event.text("DURATION")
        if length := read_length(said):
            return later(starts, length)
        if said or line is not None:
            value = said or (line.value if line else "")
            self.problems.append(doubt(event.where, "source_length_unreadable", title=title, value=value))
        return starts if isinstance(written, datetime) else later(starts, timedelta(days=1))

    def _at(self, moment: date, line: CalendarLine) -> datetime:
        """Return the moment in the event's zone; without a zone of its own it is on the event's clock."""
        if not isinstance(moment, datetime):
            return at(datetime.combine(moment, time()), self.zone)
        if moment.tzinfo:
            return moment.astimezone(self.zone)
        own = zone_called(line.parameters.get("TZID", ""))
        return at(moment, own or self.zone).astimezone(self.zone)

    def _language(self, event: CalendarComponent) -> str:
        line = event.first("SUMMARY")
        return line.parameters.get("LANGUAGE", "") if line else ""

    def _organisers_speak(self) -> bool:
        """Tell whether ORGANIZER holds who speaks: then it is another one at most events."""
        names = {line.parameters.get("CN", "") for event in self.events for line in event.all_called("ORGANIZER")}
        return len(names - {""}) > max(2, len(self.events) // 4)


def _moment(line: CalendarLine) -> date | None:
    """Read ``20200114T070000Z``, ``20200114T070000`` or ``20200114``, also with the marks of ISO 8601."""
    found = _MOMENT.fullmatch(re.sub(r"[-:\s]", "", line.value))
    if not found:
        return None
    day = read_day("-".join(found.group(1, 2, 3)))
    if day is None or found[4] is None:
        return day
    hour = read_hour(f"{found[4]}:{found[5]}")
    if hour is None:
        return None
    moment = datetime.combine(day, hour)
    return moment.replace(tzinfo=UTC) if found[7] else moment


def _people_of(description: str) -> tuple[list[str], str]:
    """Return the people whom the first line names (``Speaker: Ana Pop``), and the text without that line."""
    found = _NAMED.match(description.lstrip())
    if not found:
        return [], description
    return list(_names(found["names"])), description.lstrip()[found.end() :]


def _names(text: str) -> Iterator[str]:
    last = ""
    for name in _BETWEEN.split(one_line(text)):
        if _TITLES.match(name) and last:  # "Ana Pop, PhD"
            last = f"{last}, {name}"
            continue
        if last:
            yield last
        last = name
    if last:
        yield last
