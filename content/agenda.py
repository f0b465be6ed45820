"""The agenda of one event: sessions, speakers, rooms, tracks, materials and facts, frozen and found by id."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, timedelta
from enum import StrEnum
from functools import cached_property
from zoneinfo import ZoneInfo

from content.grouping import grouped
from content.localized_text import LocalizedText
from content.materials import Addition, KeptFile, Material, MaterialKind

__all__ = [
    "NO_TEXT",
    "Addition",
    "Agenda",
    "Event",
    "Fact",
    "FactStatus",
    "KeptFile",
    "Link",
    "Material",
    "MaterialKind",
    "Room",
    "Session",
    "SessionKind",
    "SessionSpeaker",
    "Speaker",
    "SpeakerRole",
    "Track",
]

NO_TEXT = LocalizedText()


class SessionKind(StrEnum):
    """What sort of item of the agenda a session is."""

    KEYNOTE = "keynote"
    PANEL = "panel"
    TALK = "talk"
    PITCH = "pitch"
    WORKSHOP = "workshop"
    MATCHMAKING = "matchmaking"
    BREAK = "break"
    SOCIAL = "social"
    OTHER = "other"


class SpeakerRole(StrEnum):
    """What a person does in one session."""

    SPEAKER = "speaker"
    MODERATOR = "moderator"
    FACILITATOR = "facilitator"


class FactStatus(StrEnum):
    """How far a fact can be relied on; attendees are told when it is not ``known``."""

    KNOWN = "known"
    GENERAL = "general"
    ILLUSTRATIVE = "illustrative"
    UNKNOWN = "unknown"


@dataclass(frozen=True, slots=True)
class Link:
    """An address with the words that stand on its button."""

    title: LocalizedText
    url: str


@dataclass(frozen=True, slots=True)
class Event:
    """The conference itself. ``starts_on`` and ``ends_on`` are inclusive, in ``time_zone``."""

    id: str
    name: LocalizedText
    starts_on: date
    ends_on: date
    time_zone: ZoneInfo
    languages: tuple[str, ...] = ("en",)
    default_language: str = "en"
    theme: LocalizedText = NO_TEXT
    place: LocalizedText = NO_TEXT
    website: str | None = None
    hashtag: str | None = None
    aliases: tuple[str, ...] = ()

    @property
    def days(self) -> tuple[date, ...]:
        """Every date of the event, first to last."""
        return tuple(self.starts_on + timedelta(days=n) for n in range((self.ends_on - self.starts_on).days + 1))


@dataclass(frozen=True, slots=True)
class Room:
    """A place where sessions happen. ``illustrative``: made up for a sample, and said so to people."""

    id: str
    name: LocalizedText
    illustrative: bool = False
    aliases: tuple[str, ...] = ()
    handle: str = field(default="", compare=False)


@dataclass(frozen=True, slots=True)
class Track:
    """A thread of sessions that belong together."""

    id: str
    name: LocalizedText
    aliases: tuple[str, ...] = ()
    handle: str = field(default="", compare=False)


@dataclass(frozen=True, slots=True)
class Speaker:
    """A person of the agenda. ``aliases`` and ``organisation_aliases`` are for search only and never shown.

    ``unknown`` names the parts that nobody knows ("role", "organisation", "sessions"), so that people are told.
    """

    id: str
    name: str
    organisation: LocalizedText = NO_TEXT
    role: LocalizedText = NO_TEXT
    bio: LocalizedText = NO_TEXT
    aliases: tuple[str, ...] = ()
    organisation_aliases: tuple[str, ...] = ()
    unknown: frozenset[str] = frozenset()
    handle: str = field(default="", compare=False)


@dataclass(frozen=True, slots=True)
class SessionSpeaker:
    """A person's part in one session, with their own minutes where the agenda has them."""

    speaker_id: str
    role: SpeakerRole = SpeakerRole.SPEAKER
    starts_at: datetime | None = None
    ends_at: datetime | None = None


@dataclass(frozen=True, slots=True)
class Session:
    """An item of the agenda. Moments are aware, in the event's zone.

    ``illustrative`` holds the parts that were made up for a sample ("session", "time", "room"); ``unknown`` those
    that nobody knows ("speakers", "moderator", "time", "room"); ``announced``: known only from before the event.
    ``topics`` may be shown; ``aliases`` are for search only.
    """

    id: str
    title: LocalizedText
    starts_at: datetime
    ends_at: datetime
    kind: SessionKind = SessionKind.OTHER
    room_id: str | None = None
    track_id: str | None = None
    part_of: str | None = None
    description: LocalizedText = NO_TEXT
    language: str | None = None
    website: str | None = None
    speakers: tuple[SessionSpeaker, ...] = ()
    topics: tuple[LocalizedText, ...] = ()
    aliases: tuple[str, ...] = ()
    illustrative: frozenset[str] = frozenset()
    unknown: frozenset[str] = frozenset()
    announced: bool = False
    cancelled: bool = False
    handle: str = field(default="", compare=False)

    @property
    def duration(self) -> timedelta:
        """How long the session takes, which across a clock change is not the difference of the clock times."""
        return self.ends_at.astimezone(UTC) - self.starts_at.astimezone(UTC)


@dataclass(frozen=True, slots=True)
class Fact:
    """A practical answer of the event, by topic ("venue", "wifi", "parking", "matchmaking", "sectors", …)."""

    topic: str
    title: LocalizedText
    text: LocalizedText
    status: FactStatus = FactStatus.KNOWN
    links: tuple[Link, ...] = ()
    aliases: tuple[str, ...] = ()


@dataclass(frozen=True)
class Agenda:
    """Everything the conference says about itself. Sessions stand in order of start, then of the file."""

    event: Event
    sessions: tuple[Session, ...] = ()
    speakers: tuple[Speaker, ...] = ()
    rooms: tuple[Room, ...] = ()
    tracks: tuple[Track, ...] = ()
    materials: tuple[Material, ...] = ()
    facts: tuple[Fact, ...] = ()

    def __post_init__(self) -> None:
        # Clock times alone would lie in the night of a clock change.
        ordered = sorted(self.sessions, key=lambda session: session.starts_at.timestamp())
        object.__setattr__(self, "sessions", tuple(ordered))

    @cached_property
    def session_by_id(self) -> Mapping[str, Session]:
        """Sessions by the source's own id."""
        return {session.id: session for session in self.sessions}

    @cached_property
    def speaker_by_id(self) -> Mapping[str, Speaker]:
        """Speakers by the source's own id."""
        return {speaker.id: speaker for speaker in self.speakers}

    @cached_property
    def room_by_id(self) -> Mapping[str, Room]:
        """Rooms by the source's own id."""
        return {room.id: room for room in self.rooms}

    @cached_property
    def track_by_id(self) -> Mapping[str, Track]:
        """Tracks by the source's own id."""
        return {track.id: track for track in self.tracks}

    @cached_property
    def material_by_id(self) -> Mapping[str, Material]:
        """Materials by the source's own id."""
        return {material.id: material for material in self.materials}

    @cached_property
    def fact_by_topic(self) -> Mapping[str, Fact]:
        """Facts by topic."""
        return {fact.topic: fact for fact in self.facts}

    @cached_property
    def _sessions_by_speaker(self) -> Mapping[str, tuple[Session, ...]]:
        # One person may have two parts in a session.
        return grouped((each, {part.speaker_id for part in each.speakers}) for each in self.sessions)

    @cached_property
    def _sessions_by_whole(self) -> Mapping[str, tuple[Session, ...]]:
        return grouped((each, {each.part_of}) for each in self.sessions if each.part_of)

    @cached_property
    def _sessions_by_day(self) -> Mapping[date, tuple[Session, ...]]:
        return grouped((each, {each.starts_at.date()}) for each in self.sessions)

    @cached_property
    def _materials_by_speaker(self) -> Mapping[str, tuple[Material, ...]]:
        return grouped((each, set(each.speaker_ids)) for each in self.materials)

    @cached_property
    def _materials_by_session(self) -> Mapping[str, tuple[Material, ...]]:
        whole_of = {each.id: each.part_of for each in self.sessions if each.part_of}
        return grouped(
            (each, {*each.session_ids, *(whole_of[part] for part in each.session_ids if part in whole_of)})
            for each in self.materials
        )

    @cached_property
    def by_handle(self) -> Mapping[str, Session | Speaker | Room | Track | Material]:
        """What buttons, links and QR codes point at. Empty before the first import gave handles."""
        groups = (self.sessions, self.speakers, self.rooms, self.tracks, self.materials)
        return {each.handle: each for group in groups for each in group if each.handle}

    def sessions_of(self, speaker_id: str) -> tuple[Session, ...]:
        """Return the sessions in which this person has a part, in order of start."""
        return self._sessions_by_speaker.get(speaker_id, ())

    def parts_of(self, session_id: str) -> tuple[Session, ...]:
        """Return the sessions that are blocks of this one, in order of start."""
        return self._sessions_by_whole.get(session_id, ())

    def sessions_on(self, day: date) -> tuple[Session, ...]:
        """Return the sessions that start on this date in the event's zone."""
        return self._sessions_by_day.get(day, ())

    def materials_of_speaker(self, speaker_id: str) -> tuple[Material, ...]:
        """Return the materials of this person."""
        return self._materials_by_speaker.get(speaker_id, ())

    def materials_of_session(self, session_id: str) -> tuple[Material, ...]:
        """Return the materials of this session and of its blocks."""
        return self._materials_by_session.get(session_id, ())
