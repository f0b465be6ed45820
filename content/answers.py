"""What is to be said to a question: a value for each kind of answer. The words are found elsewhere."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, time
from enum import StrEnum

from content.agenda import Fact, Material, Room, Session, Speaker, Track
from content.questions.question import DayPart, Entity, Question


class SessionFocus(StrEnum):
    """What of a session was asked for; it stands first in the answer."""

    INFO = "info"
    TIME = "time"
    PLACE = "place"
    SPEAKERS = "speakers"


class SpeakerFocus(StrEnum):
    """What of a speaker was asked for; it stands first in the answer."""

    INFO = "info"
    SESSIONS = "sessions"


class Courtesy(StrEnum):
    """What kind of small talk it was."""

    GREETING = "greeting"
    THANKS = "thanks"
    GOODBYE = "goodbye"


@dataclass(frozen=True, slots=True)
class SessionAnswer:
    """One session, and what of it was asked."""

    session: Session
    focus: SessionFocus = SessionFocus.INFO


@dataclass(frozen=True, slots=True)
class SpeakerAnswer:
    """One person, and what of them was asked."""

    speaker: Speaker
    focus: SpeakerFocus = SpeakerFocus.INFO


@dataclass(frozen=True, slots=True)
class MaterialsAnswer:
    """Materials of a speaker, of a session, one alone, or (``about`` is None) all; empty: there are none."""

    materials: tuple[Material, ...]
    about: Speaker | Session | Material | None = None


@dataclass(frozen=True, slots=True)
class NowAnswer:
    """What is on at this moment, and what comes after it; in one room, if one was named."""

    sessions: tuple[Session, ...]
    following: tuple[Session, ...]
    room: Room | None = None


@dataclass(frozen=True, slots=True)
class NextAnswer:
    """What starts next, in one room if one was named; empty after the last session."""

    sessions: tuple[Session, ...]
    room: Room | None = None


@dataclass(frozen=True, slots=True)
class AroundAnswer:
    """What comes next ``after`` a session, or else last before it, on the same day; empty: nothing does."""

    anchor: Session
    sessions: tuple[Session, ...]
    after: bool


@dataclass(frozen=True, slots=True)
class ProgrammeAnswer:
    """The whole programme: its days, rooms and tracks to choose from."""


@dataclass(frozen=True, slots=True)
class DayAnswer:
    """The agenda of a date. A date outside the event has no sessions."""

    day: date


@dataclass(frozen=True, slots=True)
class ChangesAnswer:
    """What changed in the agenda; whoever answers has the earlier versions."""


@dataclass(frozen=True, slots=True)
class OwnAppearancesAnswer:
    """When and where whoever asks is on; whoever answers knows which speaker that is, if any."""


@dataclass(frozen=True, slots=True)
class SpeakersAnswer:
    """All speakers, to choose from."""


@dataclass(frozen=True, slots=True)
class RoomAnswer:
    """All sessions of a room, on one day if one was named."""

    room: Room
    day: date | None = None


@dataclass(frozen=True, slots=True)
class TrackAnswer:
    """All sessions of a track, on one day if one was named."""

    track: Track
    day: date | None = None


@dataclass(frozen=True, slots=True)
class SlotAnswer:
    """What is on at a clock time, in a span, or in a part of one day or (``day`` is None) of every day.

    ``place``: in this room or track alone.
    """

    sessions: tuple[Session, ...]
    day: date | None = None
    part: DayPart | None = None
    starts: time | None = None
    ends: time | None = None
    place: Room | Track | None = None


@dataclass(frozen=True, slots=True)
class WhichDayAnswer:
    """A bare "day 1": which date is meant is asked back."""

    number: int
    days: tuple[date, ...]


@dataclass(frozen=True, slots=True)
class FactAnswer:
    """A practical fact; ``fact`` is None where the content has none on the topic."""

    topic: str
    fact: Fact | None


@dataclass(frozen=True, slots=True)
class MatchmakingAnswer:
    """The matchmaking: its sessions and its facts."""

    sessions: tuple[Session, ...]
    facts: tuple[Fact, ...]


@dataclass(frozen=True, slots=True)
class OrganisersAnswer:
    """Who organises the event and how to reach them."""

    facts: tuple[Fact, ...]


@dataclass(frozen=True, slots=True)
class FollowAnswer:
    """A wish to follow something, or with ``unfollow`` to follow it no more; with None, to see one's own list."""

    about: Session | Speaker | None = None
    unfollow: bool = False


@dataclass(frozen=True, slots=True)
class LanguageAnswer:
    """A wish for another language; None: which one was not said."""

    language: str | None


@dataclass(frozen=True, slots=True)
class HelpAnswer:
    """What the bot can do."""


@dataclass(frozen=True, slots=True)
class SmalltalkAnswer:
    """A greeting, thanks or goodbye."""

    courtesy: Courtesy = Courtesy.GREETING


@dataclass(frozen=True, slots=True)
class ChoiceAnswer:
    """Several things are equally meant; the choice answers the same question."""

    question: Question
    options: tuple[Entity, ...]


@dataclass(frozen=True, slots=True)
class WhichAnswer:
    """The question points at something ("and where?"), and nobody knows at what."""


@dataclass(frozen=True, slots=True)
class UnknownAnswer:
    """Nothing in the programme answers it; the nearest names, if any are near."""

    suggestions: tuple[Entity, ...]


Answer = (
    SessionAnswer
    | SpeakerAnswer
    | MaterialsAnswer
    | NowAnswer
    | NextAnswer
    | AroundAnswer
    | ProgrammeAnswer
    | DayAnswer
    | ChangesAnswer
    | OwnAppearancesAnswer
    | SpeakersAnswer
    | RoomAnswer
    | TrackAnswer
    | SlotAnswer
    | WhichDayAnswer
    | FactAnswer
    | MatchmakingAnswer
    | OrganisersAnswer
    | FollowAnswer
    | LanguageAnswer
    | HelpAnswer
    | SmalltalkAnswer
    | ChoiceAnswer
    | WhichAnswer
    | UnknownAnswer
)
