"""An agenda → a schedule of frab's kind, in JSON as c3voc describes it or in XML: what other programs read."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from datetime import date
from typing import Any
from uuid import NAMESPACE_URL, uuid5
from xml.sax.saxutils import escape, quoteattr

from content.agenda import Agenda, Session

GENERATOR = "ghid"


def write_frab_json(agenda: Agenda) -> bytes:
    """Return the JSON file."""
    event, numbers = agenda.event, _numbers(agenda)
    conference = {
        **_conference(agenda),
        "daysCount": len(event.days),
        "timeslot_duration": "00:05",
        "rooms": [{"name": _text(agenda, room.name)} for room in agenda.rooms],
        "tracks": [{"name": _text(agenda, track.name)} for track in agenda.tracks],
        "days": [
            {"index": number, "date": day.isoformat(), "rooms": _rooms(agenda, day, numbers)}
            for number, day in enumerate(_days(agenda), 1)
        ],
    }
    schedule = {"version": "1", "generator": {"name": GENERATOR}, "base_url": event.website, "conference": conference}
    return json.dumps({"schedule": schedule}, ensure_ascii=False, indent=2).encode()


def write_frab_xml(agenda: Agenda) -> bytes:
    """Return the XML file."""
    return ("\n".join(_xml(agenda)) + "\n").encode()


def _conference(agenda: Agenda) -> dict[str, str]:
    event = agenda.event
    return {
        "acronym": event.id,
        "title": _text(agenda, event.name),
        "start": event.starts_on.isoformat(),
        "end": event.ends_on.isoformat(),
        "time_zone_name": event.time_zone.key,
    }


def _numbers(agenda: Agenda) -> Mapping[str, int]:
    """Return a number for each session and each person, as other programs want them."""
    sessions = {f"session {each.id}": number for number, each in enumerate(agenda.sessions, 1)}
    return sessions | {f"speaker {each.id}": number for number, each in enumerate(agenda.speakers, 1)}


def _days(agenda: Agenda) -> list[date]:
    """Return the days of the event, and others on which something starts."""
    return sorted({*agenda.event.days, *(session.starts_at.date() for session in agenda.sessions)})


def _rooms(agenda: Agenda, day: date, numbers: Mapping[str, int]) -> dict[str, list[dict[str, Any]]]:
    rooms: dict[str, list[dict[str, Any]]] = {}
    for session in agenda.sessions_on(day):
        said = _event(agenda, session, numbers)
        rooms.setdefault(str(said["room"]), []).append(said)
    return rooms


def _event(agenda: Agenda, session: Session, numbers: Mapping[str, int]) -> dict[str, Any]:
    minutes = round(session.duration.total_seconds() / 60)
    room = agenda.room_by_id.get(session.room_id or "")
    track = agenda.track_by_id.get(session.track_id or "")
    title = _text(agenda, session.title)
    return {
        "id": numbers[f"session {session.id}"],
        "guid": str(uuid5(NAMESPACE_URL, f"ghid:{agenda.event.id}:{session.id}")),
        "date": session.starts_at.isoformat(),
        "start": f"{session.starts_at:%H:%M}",
        "duration": f"{minutes // 60:02}:{minutes % 60:02}",
        "room": _text(agenda, room.name) if room else "",
        "slug": f"{agenda.event.id}-{session.id}",
        "url": session.website or "",
        "title": f"CANCELLED: {title}" if session.cancelled else title,
        "subtitle": "",
        "track": _text(agenda, track.name) if track else "",
        "type": session.kind.value,
        "language": session.language or "",
        "abstract": "",
        "description": _text(agenda, session.description),
        "persons": [
            {"id": numbers[f"speaker {part.speaker_id}"], "public_name": agenda.speaker_by_id[part.speaker_id].name}
            for part in {part.speaker_id: part for part in session.speakers}.values()
            if part.speaker_id in agenda.speaker_by_id
        ],
        "links": [],
        "attachments": [
            {"url": material.url, "title": _text(agenda, material.title)}
            for material in agenda.materials
            if material.url and session.id in material.session_ids
        ],
    }


def _xml(agenda: Agenda) -> Iterator[str]:
    yield '<?xml version="1.0" encoding="UTF-8"?>'
    yield f'<schedule>\n  <generator name="{GENERATOR}"/>\n  <version>1</version>\n  <conference>'
    for tag, text in {**_conference(agenda), "base_url": agenda.event.website or ""}.items():
        yield f"    <{tag}>{escape(text)}</{tag}>"
    yield "  </conference>"
    numbers = _numbers(agenda)
    for number, day in enumerate(_days(agenda), 1):
        yield f'  <day index="{number}" date="{day.isoformat()}">'
        for room, events in _rooms(agenda, day, numbers).items():
            yield f"    <room name={quoteattr(room)}>"
            for event in events:
                yield from _xml_event(event)
            yield "    </room>"
        yield "  </day>"
    yield "</schedule>"


def _xml_event(event: dict[str, Any]) -> Iterator[str]:
    yield f'      <event id="{event["id"]}" guid="{event["guid"]}">'
    for tag, value in event.items():
        if isinstance(value, str) and tag != "guid":
            yield f"        <{tag}>{escape(value)}</{tag}>"
    people = (f'<person id="{each["id"]}">{escape(each["public_name"])}</person>' for each in event["persons"])
    files = (
        f"<attachment href={quoteattr(each['url'])}>{escape(each['title'])}</attachment>"
        for each in event["attachments"]
    )
    yield f"        <persons>{''.join(people)}</persons>"
    yield f"        <links/><attachments>{''.join(files)}</attachments>"
    yield "      </event>"


def _text(agenda: Agenda, text: Any) -> str:
    language = agenda.event.default_language
    return str(text.pick(language, language))
