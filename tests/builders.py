"""Values of an agenda with safe defaults: a test names only what it is about.

Texts may be given plainly (then English), moments as ``"10:15"`` (then on the event's second day, 22 November 2023),
as ``"2023-11-21 10:15"`` or as aware datetimes; all times given as text are those of Bucharest.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from content.agenda import (
    NO_TEXT,
    Agenda,
    Event,
    Fact,
    Material,
    Room,
    Session,
    SessionSpeaker,
    Speaker,
    Track,
)
from content.localized_text import LocalizedText

BUCHAREST = ZoneInfo("Europe/Bucharest")


def a_text(text: str | LocalizedText) -> LocalizedText:
    """A plain text is English."""
    return text if isinstance(text, LocalizedText) else LocalizedText.of(en=text)


def a_moment(moment: str | datetime, zone: ZoneInfo = BUCHAREST) -> datetime:
    """``"10:15"``, ``"2023-11-21 10:15"`` or a datetime → an aware datetime."""
    if isinstance(moment, datetime):
        return moment
    if " " not in moment:
        moment = f"2023-11-22 {moment}"
    return datetime.fromisoformat(moment).replace(tzinfo=zone)


def an_event(event_id: str = "iasi-2023", name: str | LocalizedText = "Clusters meet Regions", **fields: Any) -> Event:
    """An event of three days in Iași in English, Romanian and Ukrainian."""
    defaults: dict[str, Any] = {
        "starts_on": date(2023, 11, 21),
        "ends_on": date(2023, 11, 23),
        "time_zone": BUCHAREST,
        "languages": ("en", "ro", "uk"),
        "default_language": "en",
    }
    return Event(id=event_id, name=a_text(name), **(defaults | fields))


def a_room(room_id: str = "plenary-hall", name: str | LocalizedText = "", **fields: Any) -> Room:
    """A room; without a name it gets one from its id."""
    return Room(id=room_id, name=a_text(name or _named(room_id)), **fields)


def a_track(track_id: str = "plenary", name: str | LocalizedText = "", **fields: Any) -> Track:
    """A track; without a name it gets one from its id."""
    return Track(id=track_id, name=a_text(name or _named(track_id)), **fields)


def a_speaker(
    speaker_id: str = "ana-popescu",
    name: str = "",
    organisation: str | LocalizedText = "",
    role: str | LocalizedText = "",
    **fields: Any,
) -> Speaker:
    """A person; without a name they get one from their id."""
    return Speaker(
        id=speaker_id,
        name=name or _named(speaker_id).title(),
        organisation=a_text(organisation) if organisation else NO_TEXT,
        role=a_text(role) if role else NO_TEXT,
        **fields,
    )


def a_session(
    session_id: str = "opening",
    title: str | LocalizedText = "",
    starts_at: str | datetime = "10:00",
    ends_at: str | datetime | None = None,
    *,
    minutes: int = 60,
    speakers: Iterable[str | SessionSpeaker] = (),
    **fields: Any,
) -> Session:
    """A session of an hour from 10:00 on the second day, unless told otherwise."""
    start = a_moment(starts_at)
    return Session(
        id=session_id,
        title=a_text(title or _named(session_id)),
        starts_at=start,
        ends_at=start + timedelta(minutes=minutes) if ends_at is None else a_moment(ends_at),
        speakers=tuple(part if isinstance(part, SessionSpeaker) else SessionSpeaker(part) for part in speakers),
        **fields,
    )


def a_material(material_id: str = "slides", title: str | LocalizedText = "", **fields: Any) -> Material:
    """A presentation with an address, unless ``url`` or ``found_at`` says otherwise."""
    if "found_at" not in fields:
        fields.setdefault("url", f"https://example.org/{material_id}.pdf")
    return Material(id=material_id, title=a_text(title or _named(material_id)), **fields)


def a_fact(
    topic: str = "wifi", text: str | LocalizedText = "Ask at the desk.", title: str | LocalizedText = "", **fields: Any
) -> Fact:
    """A known fact."""
    return Fact(topic=topic, title=a_text(title or _named(topic)), text=a_text(text), **fields)


def an_agenda(
    *sessions: Session,
    speakers: Iterable[Speaker] | None = None,
    rooms: Iterable[Room] | None = None,
    tracks: Iterable[Track] | None = None,
    materials: Iterable[Material] = (),
    facts: Iterable[Fact] = (),
    event: Event | None = None,
) -> Agenda:
    """An agenda of these sessions; speakers, rooms and tracks that are not given follow from their references."""
    speaker_ids = {part.speaker_id: None for session in sessions for part in session.speakers}
    room_ids = {session.room_id: None for session in sessions if session.room_id}
    track_ids = {session.track_id: None for session in sessions if session.track_id}
    return Agenda(
        event=event or an_event(),
        sessions=sessions,
        speakers=tuple(map(a_speaker, speaker_ids) if speakers is None else speakers),
        rooms=tuple(map(a_room, room_ids) if rooms is None else rooms),
        tracks=tuple(map(a_track, track_ids) if tracks is None else tracks),
        materials=tuple(materials),
        facts=tuple(facts),
    )


def _named(identifier: str) -> str:
    return identifier.replace("-", " ").capitalize()
