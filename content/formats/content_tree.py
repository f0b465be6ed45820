"""An agenda → the tree of a content file: its sections, keys in the format's order, what is at its default left out."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from content.agenda import Agenda, Event, Fact, Material, Session, SessionSpeaker, Speaker, SpeakerRole
from content.formats.content_file import FORMAT
from content.formats.schedule_zone import offset_name
from content.localized_text import LocalizedText

Entry = dict[str, Any]
"""A key holds a text, a list of texts or entries, or a text by language."""


def content_tree(agenda: Agenda) -> Entry:
    """Return what a content file of this agenda says; every value a text, or made of texts."""
    writer = _Writer(agenda.event.default_language)
    sections: Entry = {
        "ghid": FORMAT,
        "event": writer.event(agenda.event),
        "rooms": [
            _said(
                id=room.id,
                name=writer.words(room.name),
                illustrative=_true(room.illustrative),
                aliases=list(room.aliases),
            )
            for room in agenda.rooms
        ],
        "tracks": [
            _said(id=track.id, name=writer.words(track.name), aliases=list(track.aliases)) for track in agenda.tracks
        ],
        "speakers": [writer.speaker(speaker) for speaker in agenda.speakers],
        "sessions": [writer.session(session) for session in agenda.sessions],
        "materials": [writer.material(material) for material in agenda.materials],
        "facts": [writer.fact(fact) for fact in agenda.facts],
    }
    return {key: value for key, value in sections.items() if value}


def written_moment(moment: datetime) -> str:
    """Return ``2023-11-22 10:15``; with the offset behind where the clock shows this time twice."""
    local = f"{moment:%Y-%m-%d %H:%M}"
    offset, other = moment.utcoffset(), moment.replace(fold=1 - moment.fold).utcoffset()
    return local if offset is None or offset == other else f"{local}{offset_name(offset)}"


class _Writer:
    def __init__(self, language: str) -> None:
        self.language = language

    def words(self, text: LocalizedText) -> Any:
        """Return a plain text if there is only one in the event's default language, else the texts by language."""
        texts = {code: words for code, words in text.texts.items() if words}
        return texts.get(self.language) if texts.keys() <= {self.language} else texts

    def event(self, event: Event) -> Entry:
        return _said(
            id=event.id,
            name=self.words(event.name),
            theme=self.words(event.theme),
            place=self.words(event.place),
            starts=event.starts_on.isoformat(),
            ends=event.ends_on.isoformat(),
            time_zone=event.time_zone.key,
            languages=list(event.languages),
            default_language=event.default_language,
            website=event.website,
            hashtag=event.hashtag,
            aliases=list(event.aliases),
        )

    def speaker(self, speaker: Speaker) -> Entry:
        return _said(
            id=speaker.id,
            name=speaker.name,
            organisation=self.words(speaker.organisation),
            role=self.words(speaker.role),
            bio=self.words(speaker.bio),
            aliases=list(speaker.aliases),
            organisation_aliases=list(speaker.organisation_aliases),
            unknown=sorted(speaker.unknown),
        )

    def session(self, session: Session) -> Entry:
        return _said(
            id=session.id,
            title=self.words(session.title),
            description=self.words(session.description),
            kind=session.kind.value,
            starts=written_moment(session.starts_at),
            ends=written_moment(session.ends_at),
            room=session.room_id,
            track=session.track_id,
            part_of=session.part_of,
            language=session.language,
            website=session.website,
            speakers=[_part(part) for part in session.speakers],
            topics=[self.words(topic) for topic in session.topics],
            aliases=list(session.aliases),
            illustrative=sorted(session.illustrative),
            unknown=sorted(session.unknown),
            announced=_true(session.announced),
            cancelled=_true(session.cancelled),
        )

    def material(self, material: Material) -> Entry:
        return _said(
            id=material.id,
            title=self.words(material.title),
            kind=material.kind.value,
            link=material.url,
            found_at=material.found_at,
            speakers=list(material.speaker_ids),
            sessions=list(material.session_ids),
            language=material.language,
            aliases=list(material.aliases),
            unknown=sorted(material.unknown),
        )

    def fact(self, fact: Fact) -> Entry:
        return _said(
            topic=fact.topic,
            title=self.words(fact.title),
            text=self.words(fact.text),
            status=fact.status.value,
            links=[{"title": self.words(link.title), "url": link.url} for link in fact.links],
            aliases=list(fact.aliases),
        )


def _part(part: SessionSpeaker) -> Any:
    moments = {
        key: written_moment(moment)
        for key, moment in (("starts", part.starts_at), ("ends", part.ends_at))
        if moment is not None
    }
    if part.role is SpeakerRole.SPEAKER and not moments:
        return part.speaker_id
    return {"id": part.speaker_id, "role": part.role.value, **moments}


def _true(value: bool) -> str | None:
    return "true" if value else None


def _said(**keys: Any) -> Entry:
    return {key: value for key, value in keys.items() if value is not None and value not in ([], {}, "")}
