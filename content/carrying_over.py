"""What a format cannot say, it does not take away: the rest of an event stays as it was when a schedule comes in.

Translations, roles, aliases, facts and whatever else only Ghid's own formats hold are kept of every session, person,
room, track and material that the schedule still has, as long as what it says of them is what was known.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import time
from typing import TypeVar

from content.agenda import Agenda, Event, Material, Room, Session, SessionKind, Speaker, Track
from content.formats.schedule_texts import one_line, paragraphs
from content.localized_text import LocalizedText

E = TypeVar("E", Room, Track, Speaker, Session, Material)


def carry_over(agenda: Agenda, current: Agenda | None) -> Agenda:
    """Return the agenda of a schedule, completed by what only the agenda that there is knows of the same event."""
    if current is None or current.event.id != agenda.event.id:
        return agenda
    language = agenda.event.default_language
    sessions = [_session(each, current.session_by_id.get(each.id), language) for each in agenda.sessions]
    ids = {session.id for session in sessions}
    sessions = [each if each.part_of in ids else replace(each, part_of=None) for each in sessions]
    speakers = [_speaker(each, current.speaker_by_id.get(each.id)) for each in agenda.speakers]
    speakers += [each for each in current.speakers if not current.sessions_of(each.id)]
    used_rooms = {session.room_id for session in current.sessions}
    # A track that nothing had stays, and one that a schedule without tracks left to its sessions.
    used_tracks = {session.track_id for session in current.sessions} - {session.track_id for session in sessions}
    listed = {track.id for track in agenda.tracks}
    tracks = [_named(each, current.track_by_id.get(each.id), language) for each in agenda.tracks]
    tracks += [track for track in current.tracks if track.id not in used_tracks | listed]
    rooms = [_named(each, current.room_by_id.get(each.id), language) for each in agenda.rooms]
    return replace(
        agenda,
        event=_event(agenda.event, current.event),
        sessions=_in_order(sessions, current.sessions),
        speakers=_in_order(speakers, current.speakers),
        rooms=_in_order([*rooms, *(room for room in current.rooms if room.id not in used_rooms)], current.rooms),
        tracks=_in_order(tracks, current.tracks),
        materials=_materials(agenda, current, ids),
        facts=agenda.facts or current.facts,
    )


def _event(event: Event, current: Event) -> Event:
    def text(new: LocalizedText, old: LocalizedText) -> LocalizedText:
        return _text(new, old, event.default_language) if new else old

    return replace(
        event,
        name=text(event.name, current.name),
        languages=tuple(dict.fromkeys((*current.languages, *event.languages))),
        theme=text(event.theme, current.theme),
        place=text(event.place, current.place),
        website=event.website or current.website,
        hashtag=event.hashtag or current.hashtag,
        aliases=event.aliases or current.aliases,
    )


def _session(new: Session, old: Session | None, language: str) -> Session:
    if old is None:
        return new
    same_people = {part.speaker_id for part in new.speakers} == {part.speaker_id for part in old.speakers}
    same_day = new.starts_at.date() == old.starts_at.date() and new.starts_at.time() == time()
    keeps_time = "time" in old.unknown and same_day  # a whole day is how schedules write an hour that nobody knows
    return replace(
        old,
        title=_text(new.title, old.title, language),
        description=_text(new.description, old.description, language) if new.description else old.description,
        starts_at=old.starts_at if keeps_time else new.starts_at,
        ends_at=old.ends_at if keeps_time else new.ends_at,
        kind=old.kind if new.kind is SessionKind.OTHER else new.kind,
        room_id=new.room_id,
        track_id=new.track_id or old.track_id,
        language=new.language or old.language,
        website=new.website or old.website,
        speakers=old.speakers if same_people else new.speakers,
        cancelled=new.cancelled,
    )


def _speaker(new: Speaker, old: Speaker | None) -> Speaker:
    if old is None:
        return new
    return replace(old, name=new.name, bio=old.bio or new.bio, organisation=old.organisation or new.organisation)


R = TypeVar("R", Room, Track)


def _named(new: R, old: R | None, language: str) -> R:
    return new if old is None else replace(old, name=_text(new.name, old.name, language))


def _materials(agenda: Agenda, current: Agenda, session_ids: set[str]) -> tuple[Material, ...]:
    """Keep what was written down by hand; of what schedules brought, take what the new one brings, if it brings any."""
    people = {speaker.id for speaker in agenda.speakers}
    by_url = {material.url: material for material in current.materials if material.url}
    found = [by_url.get(material.url or "", material) for material in agenda.materials]
    kept = [material for material in current.materials if not (agenda.materials and material.id.startswith("file-"))]
    every = {material.id: material for material in (*found, *kept)}.values()
    whole = [
        replace(
            material,
            session_ids=tuple(id_ for id_ in material.session_ids if id_ in session_ids),
            speaker_ids=tuple(id_ for id_ in material.speaker_ids if id_ in people or not current.sessions_of(id_)),
        )
        for material in every
    ]
    return _in_order(whole, current.materials)


def _text(new: LocalizedText, old: LocalizedText, language: str) -> LocalizedText:
    """Return the old text with its translations if the new one says the same in the language they share."""
    known, said = old.texts.get(language, ""), new.texts.get(language, "")
    return old if said in (known, one_line(known), paragraphs(known)) else new


def _in_order(entries: Sequence[E], current: Sequence[E]) -> tuple[E, ...]:
    """Return the entries in the order of the agenda that there is, new ones behind."""
    places = {entry.id: number for number, entry in enumerate(current)}
    return tuple(sorted(entries, key=lambda entry: places.get(entry.id, len(places))))
