"""The shape of a content file, format 1: its sections, their keys and what each key is for.

These models are the format's one description: the reader checks by them, the JSON Schema is made from them, and a test
holds ``docs/content-file.md`` against them.
"""

from __future__ import annotations

from typing import Annotated, Any

from pydantic import BaseModel, ConfigDict, Field, PlainValidator, WithJsonSchema, model_validator

from content.formats.file_times import file_error
from content.formats.file_values import (
    ClockOrMoment,
    Day,
    Id,
    Language,
    Moment,
    RequiredWords,
    Text,
    WebLink,
    Words,
    YesNo,
    Zone,
    one_of,
    reference_to,
)

FORMAT = "1"


class Entry(BaseModel):
    """What all entries have in common: unknown keys are errors, keys with nothing behind them are not there."""

    model_config = ConfigDict(extra="forbid", frozen=True, arbitrary_types_allowed=True)

    @model_validator(mode="before")
    @classmethod
    def _without_empty_keys(cls, value: Any) -> Any:
        if not isinstance(value, dict):
            return value
        return {key: item for key, item in value.items() if item is not None or key not in cls.model_fields}


def key(description: str, *examples: Any, default: Any = ...) -> Any:
    """A key with the words an editor shows for it; the first example also stands in messages."""
    return Field(default, description=description, examples=list(examples) or None)


def _version(value: Any) -> str:
    if value != FORMAT:
        raise file_error("wrong_version", value=value)
    return FORMAT


Version = Annotated[str, PlainValidator(_version), WithJsonSchema({"const": int(FORMAT)})]
RoomId = Annotated[str, *reference_to("rooms")]
TrackId = Annotated[str, *reference_to("tracks")]
SpeakerId = Annotated[str, *reference_to("speakers")]
SessionId = Annotated[str, *reference_to("sessions")]
SpeakerPart = Annotated[str, *one_of("role", "organisation", "sessions")]
SessionPart = Annotated[str, *one_of("session", "time", "room")]
UnknownOfSession = Annotated[str, *one_of("session", "time", "room", "speakers", "moderator")]
UnknownOfMaterial = Annotated[str, *one_of("link", "language")]
Kind = Annotated[
    str, *one_of("keynote", "panel", "talk", "pitch", "workshop", "matchmaking", "break", "social", "other")
]
Role = Annotated[str, *one_of("speaker", "moderator", "facilitator")]
MaterialKind = Annotated[str, *one_of("presentation", "document", "page")]
FactStatus = Annotated[str, *one_of("known", "general", "illustrative", "unknown")]

_ALIASES = "Other words by which people may look for it; only for search, never shown."


class EventEntry(Entry):
    """The conference itself."""

    id: Id = key(
        "A short name of this edition, which never changes: a–z, digits, hyphens.", "clusters-meet-regions-2023"
    )
    name: RequiredWords = key("The name of the conference.", "Clusters meet Regions")
    theme: Words | None = key("Its motto or subject.", "Smart growth", default=None)
    place: Words | None = key("Town and country.", "Iași, Romania", default=None)
    starts: Day = key("The first day, year-month-day.", "2023-11-21")
    ends: Day = key("The last day, year-month-day.", "2023-11-23")
    time_zone: Zone = key("The clock all times are meant for; a name of the IANA list.", "Europe/Bucharest")
    languages: list[Language] | None = key(
        "The languages of the texts, by code; English alone if left out.", "[en, ro, uk]", default=None
    )
    default_language: Language | None = key(
        "The language of texts written without one; the first of `languages` if left out.", "en", default=None
    )
    website: WebLink | None = key("The event's own page.", "https://example.org", default=None)
    hashtag: Text | None = key("The event's hashtag, between quotation marks.", '"#ClustersMeetRegions"', default=None)
    aliases: list[Text] = key(_ALIASES, "[ECCP conference]", default=[])


class RoomEntry(Entry):
    """A place where sessions happen."""

    id: Id = key("A short name for references inside this file: a–z, digits, hyphens.", "plenary-hall")
    name: RequiredWords = key("The name of the room as it is shown.", "Plenary hall")
    illustrative: YesNo = key("`true`: this room was made up for a sample; people are told so.", "true", default=False)
    aliases: list[Text] = key(_ALIASES, "[main hall]", default=[])


class TrackEntry(Entry):
    """A thread of sessions that belong together."""

    id: Id = key("A short name for references inside this file: a–z, digits, hyphens.", "pitches")
    name: RequiredWords = key("The name of the track as it is shown.", "Pitches")
    aliases: list[Text] = key(_ALIASES, "[startup pitches]", default=[])


class SpeakerEntry(Entry):
    """A person of the agenda."""

    id: Id = key("A short name for references inside this file: a–z, digits, hyphens.", "ana-popescu")
    name: Text = key("The person's name, in one form, shown as it stands.", "Ana Popescu")
    organisation: Words | None = key("The organisation they speak for.", "Cluster Alliance", default=None)
    role: Words | None = key("What they do there.", "Director", default=None)
    bio: Words | None = key("A few sentences about them.", "Ana works on clusters.", default=None)
    aliases: list[Text] = key("Other spellings of the name; only for search, never shown.", "[Ана Попеску]", default=[])
    organisation_aliases: list[Text] = key(
        "Other names of the organisation; only for search, never shown.", "[CA]", default=[]
    )
    unknown: list[SpeakerPart] = key("The parts that nobody knows; people are told so.", "[role]", default=[])


class SessionSpeakerEntry(Entry):
    """A person's part in a session: just their id, or keys with the role and their own minutes."""

    id: SpeakerId = key("The id of a person under `speakers`.", "ana-popescu")
    role: Role = key("What they do in this session.", "moderator", default="speaker")
    starts: ClockOrMoment | None = key("When their own part starts.", '"10:40"', default=None)
    ends: ClockOrMoment | None = key("When their own part ends.", '"11:00"', default=None)

    @model_validator(mode="before")
    @classmethod
    def _from_id_alone(cls, value: Any) -> Any:
        return {"id": value} if isinstance(value, str) else value


class SessionEntry(Entry):
    """An item of the agenda."""

    id: Id = key("A short name that stays the same in later versions: a–z, digits, hyphens.", "opening")
    title: RequiredWords = key("The title.", "Opening")
    description: Words | None = key("What it is about.", "Welcome by the hosts.", default=None)
    kind: Kind = key("What sort of item it is.", "keynote", default="other")
    starts: Moment = key("Date and time on the event's clock.", "2023-11-22 10:15")
    ends: Moment = key("Date and time on the event's clock.", "2023-11-22 11:00")
    room: RoomId | None = key("The id of a room under `rooms`.", "plenary-hall", default=None)
    track: TrackId | None = key("The id of a track under `tracks`.", "pitches", default=None)
    part_of: SessionId | None = key("The id of the session of which this is a block.", "pitching-session", default=None)
    language: Language | None = key("The language it is held in.", "en", default=None)
    website: WebLink | None = key("Its own page.", "https://example.org/opening", default=None)
    speakers: list[SessionSpeakerEntry] = key("Who takes part, in order.", "[ana-popescu]", default=[])
    topics: list[RequiredWords] = key(
        "What it is about, in a word or two each; may be shown.", "[clusters]", default=[]
    )
    aliases: list[Text] = key(_ALIASES, "[kick-off]", default=[])
    illustrative: list[SessionPart] = key(
        "The parts that were made up for a sample; people are told so.", "[time, room]", default=[]
    )
    unknown: list[UnknownOfSession] = key("The parts that nobody knows; people are told so.", "[speakers]", default=[])
    announced: YesNo = key("`true`: known only from an announcement before the event.", "true", default=False)
    cancelled: YesNo = key("`true`: it will not take place.", "true", default=False)


class MaterialEntry(Entry):
    """Slides, a document or a page; of speakers, of sessions, or with neither of the event."""

    id: Id = key("A short name that stays the same in later versions: a–z, digits, hyphens.", "opening-slides")
    title: RequiredWords = key("The title.", "Opening slides")
    kind: MaterialKind = key("What sort of material it is.", "presentation", default="presentation")
    link: WebLink | None = key("The address of the thing itself.", "https://example.org/opening.pdf", default=None)
    found_at: WebLink | None = key(
        "The page to look on while the thing's own address is not known.", "https://example.org/materials", default=None
    )
    speakers: list[SpeakerId] = key("Ids of the people whose material it is.", "[ana-popescu]", default=[])
    sessions: list[SessionId] = key("Ids of the sessions it belongs to.", "[opening]", default=[])
    language: Language | None = key("The language it is written in.", "en", default=None)
    aliases: list[Text] = key(_ALIASES, "[welcome deck]", default=[])
    unknown: list[UnknownOfMaterial] = key("The parts that nobody knows; people are told so.", "[link]", default=[])


class LinkEntry(Entry):
    """A button with an address."""

    title: RequiredWords = key("The words on the button.", "Map")
    url: WebLink = key("The address.", "https://example.org/map")


class FactEntry(Entry):
    """A practical answer: venue, Wi-Fi, parking, …"""

    topic: Id = key("Which question it answers: a standard topic, or a word of your own with aliases.", "parking")
    title: RequiredWords = key("The heading of the answer.", "Parking")
    text: RequiredWords = key("The answer.", "Behind the hall, free of charge.")
    status: FactStatus = key("How sure it is; people are told if it is not `known`.", "unknown", default="known")
    links: list[LinkEntry] = key("Buttons under the answer.", "[{title: Map, url: https://example.org}]", default=[])
    aliases: list[Text] = key(_ALIASES, "[car park]", default=[])


class ContentFile(Entry):
    """A conference in one file: who, what, when and where, in the languages of its people."""

    ghid: Version = key("The version of this format: 1.", "1")
    event: EventEntry = key("The conference: its name, its days, its languages.")
    rooms: list[RoomEntry] = key("The places.", default=[])
    tracks: list[TrackEntry] = key("Threads of sessions.", default=[])
    speakers: list[SpeakerEntry] = key("The people.", default=[])
    sessions: list[SessionEntry] = key("The agenda.", default=[])
    materials: list[MaterialEntry] = key("Slides, documents, pages.", default=[])
    facts: list[FactEntry] = key("Practical answers.", default=[])
