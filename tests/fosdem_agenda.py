"""The FOSDEM schedule of the shared files as an agenda: a large one, to try search on."""

from __future__ import annotations

import xml.etree.ElementTree as ET
from datetime import date, datetime, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

from content.agenda import Agenda, Event, Room, Session, SessionKind, SessionSpeaker, Speaker, Track
from content.localized_text import LocalizedText

SCHEDULE = Path(__file__).parents[1] / ".." / "shared" / "schedules" / "frab-xml" / "fosdem-2023.xml"
_ZONE = ZoneInfo("Europe/Brussels")
_KINDS = {"keynote": SessionKind.KEYNOTE, "devroom": SessionKind.TALK, "lightningtalk": SessionKind.TALK}


def read_fosdem() -> Agenda:
    """Read the schedule. The file is a trusted one of our own, hence the plain parser."""
    root = ET.parse(SCHEDULE).getroot()  # noqa: S314
    rooms: dict[str, Room] = {}
    tracks: dict[str, Track] = {}
    speakers: dict[str, Speaker] = {}
    sessions: list[Session] = []
    for day in root.iter("day"):
        for room in day.iter("room"):
            name = room.get("name", "")
            rooms.setdefault(name, Room(name, LocalizedText.of(en=name)))
            for event in room.iter("event"):
                track = event.findtext("track") or ""
                tracks.setdefault(track, Track(track, LocalizedText.of(en=track)))
                people = {person.get("id", ""): person.text or "" for person in event.iter("person")}
                for person, spelt in people.items():
                    speakers.setdefault(person, Speaker(person, spelt))
                clock = event.findtext("start") or "00:00"
                starts = datetime.fromisoformat(f"{day.get('date')}T{clock}").replace(tzinfo=_ZONE)
                hours, minutes = (event.findtext("duration") or "00:30").split(":")
                sessions.append(
                    Session(
                        event.get("id", ""),
                        LocalizedText.of(en=event.findtext("title") or "?"),
                        starts,
                        starts + timedelta(hours=int(hours), minutes=int(minutes)),
                        kind=_KINDS.get(event.findtext("type") or "", SessionKind.OTHER),
                        room_id=name,
                        track_id=track,
                        speakers=tuple(SessionSpeaker(person) for person in people),
                    )
                )
    event_itself = Event("fosdem-2023", LocalizedText.of(en="FOSDEM 2023"), date(2023, 2, 4), date(2023, 2, 5), _ZONE)
    return Agenda(
        event_itself, tuple(sessions), tuple(speakers.values()), tuple(rooms.values()), tuple(tracks.values())
    )
