"""An agenda → a calendar (.ics) of all its sessions, with what Ghid needs to know them again."""

from __future__ import annotations

from datetime import datetime

from icalendar import Calendar

from content.agenda import Agenda, Session
from content.calendar import CalendarEntry, CalendarSession, calendar_of


def write_calendar(agenda: Agenda, now: datetime) -> bytes:
    """Return the file; ``now``: when it is written. Sessions need their handles.

    Raises:
        ValueError: there are no sessions.
    """
    entries = [_entry(agenda, session) for session in agenda.sessions]
    language = agenda.event.default_language
    name = agenda.event.name.pick(language, language)
    calendar = Calendar.from_ical(calendar_of(entries, agenda.event, name=name, now=now))
    calendar.add("x-ghid-event", agenda.event.id)
    calendar.add("x-wr-timezone", agenda.event.time_zone.key)
    for component, entry in zip(calendar.walk("VEVENT"), entries, strict=True):
        component.add("x-ghid-id", entry.shown.session.id)
        component.add("categories", [entry.shown.session.kind.value])
    data: bytes = calendar.to_ical()
    return data


def _entry(agenda: Agenda, session: Session) -> CalendarEntry:
    language = agenda.event.default_language
    room = agenda.room_by_id.get(session.room_id or "")
    people = [agenda.speaker_by_id[part.speaker_id].name for part in session.speakers]
    said = [f"Speakers: {'; '.join(dict.fromkeys(people))}"] if people else []
    said.append(session.description.pick(language, language))
    return CalendarEntry(
        shown=CalendarSession(session, agenda),
        summary=session.title.pick(language, language),
        location=room.name.pick(language, language) if room else "",
        description="\n".join(filter(None, said)),
        link=session.website,
    )
