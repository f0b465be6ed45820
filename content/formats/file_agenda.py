"""A checked content file → the agenda it describes."""

from __future__ import annotations

from dataclasses import dataclass
from zoneinfo import ZoneInfo

from content.agenda import (
    Agenda,
    Event,
    Fact,
    FactStatus,
    Link,
    Material,
    MaterialKind,
    Room,
    Session,
    SessionKind,
    SessionSpeaker,
    Speaker,
    SpeakerRole,
    Track,
)
from content.formats.content_file import (
    ContentFile,
    EventEntry,
    FactEntry,
    MaterialEntry,
    SessionEntry,
    SessionSpeakerEntry,
    SpeakerEntry,
)
from content.formats.file_sense import own_moment
from content.formats.file_values import PLAIN
from content.localized_text import LocalizedText


def agenda_of(file: ContentFile) -> Agenda:
    """Build the agenda of a file in which nothing is wrong."""
    languages = tuple(dict.fromkeys(file.event.languages or ["en"]))
    builder = _Builder(file.event.default_language or languages[0], file.event.time_zone)
    return Agenda(
        event=builder.event(file.event, languages),
        sessions=tuple(map(builder.session, file.sessions)),
        speakers=tuple(map(builder.speaker, file.speakers)),
        rooms=tuple(
            Room(room.id, builder.text(room.name), room.illustrative, tuple(room.aliases)) for room in file.rooms
        ),
        tracks=tuple(Track(track.id, builder.text(track.name), tuple(track.aliases)) for track in file.tracks),
        materials=tuple(map(builder.material, file.materials)),
        facts=tuple(map(builder.fact, file.facts)),
    )


@dataclass(frozen=True, slots=True)
class _Builder:
    default_language: str
    zone: ZoneInfo

    def text(self, words: dict[str, str] | None) -> LocalizedText:
        return LocalizedText(
            {code if code != PLAIN else self.default_language: text for code, text in (words or {}).items()}
        )

    def event(self, entry: EventEntry, languages: tuple[str, ...]) -> Event:
        return Event(
            id=entry.id,
            name=self.text(entry.name),
            starts_on=entry.starts,
            ends_on=entry.ends,
            time_zone=entry.time_zone,
            languages=languages,
            default_language=self.default_language,
            theme=self.text(entry.theme),
            place=self.text(entry.place),
            website=entry.website,
            hashtag=entry.hashtag,
            aliases=tuple(entry.aliases),
        )

    def speaker(self, entry: SpeakerEntry) -> Speaker:
        return Speaker(
            id=entry.id,
            name=entry.name,
            organisation=self.text(entry.organisation),
            role=self.text(entry.role),
            bio=self.text(entry.bio),
            aliases=tuple(entry.aliases),
            organisation_aliases=tuple(entry.organisation_aliases),
            unknown=frozenset(entry.unknown),
        )

    def session(self, entry: SessionEntry) -> Session:
        return Session(
            id=entry.id,
            title=self.text(entry.title),
            starts_at=entry.starts,
            ends_at=entry.ends,
            kind=SessionKind(entry.kind),
            room_id=entry.room,
            track_id=entry.track,
            part_of=entry.part_of,
            description=self.text(entry.description),
            language=entry.language,
            website=entry.website,
            speakers=tuple(self.part(part, entry) for part in entry.speakers),
            topics=tuple(map(self.text, entry.topics)),
            aliases=tuple(entry.aliases),
            illustrative=frozenset(entry.illustrative),
            unknown=frozenset(entry.unknown),
            announced=entry.announced,
            cancelled=entry.cancelled,
        )

    def part(self, entry: SessionSpeakerEntry, session: SessionEntry) -> SessionSpeaker:
        return SessionSpeaker(
            speaker_id=entry.id,
            role=SpeakerRole(entry.role),
            starts_at=own_moment(entry.starts, session.starts, self.zone) if entry.starts else None,
            ends_at=own_moment(entry.ends, session.starts, self.zone) if entry.ends else None,
        )

    def material(self, entry: MaterialEntry) -> Material:
        return Material(
            id=entry.id,
            title=self.text(entry.title),
            kind=MaterialKind(entry.kind),
            url=entry.link,
            found_at=entry.found_at,
            speaker_ids=tuple(dict.fromkeys(entry.speakers)),
            session_ids=tuple(dict.fromkeys(entry.sessions)),
            language=entry.language,
            aliases=tuple(entry.aliases),
            unknown=frozenset(entry.unknown),
        )

    def fact(self, entry: FactEntry) -> Fact:
        return Fact(
            topic=entry.topic,
            title=self.text(entry.title),
            text=self.text(entry.text),
            status=FactStatus(entry.status),
            links=tuple(Link(self.text(link.title), link.url) for link in entry.links),
            aliases=tuple(entry.aliases),
        )
