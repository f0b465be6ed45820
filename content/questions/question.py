"""What a person wants to know: the value that `understand` makes of their words."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, time, timedelta
from enum import StrEnum


class Intent(StrEnum):
    """What kind of thing a person asks for."""

    SESSION_TIME = "session_time"
    SESSION_PLACE = "session_place"
    SESSION_INFO = "session_info"
    SESSION_SPEAKERS = "session_speakers"
    SPEAKER_INFO = "speaker_info"
    SPEAKER_SESSIONS = "speaker_sessions"
    MATERIALS = "materials"
    NOW = "now"
    NEXT = "next"
    DAY_AGENDA = "day_agenda"
    TIME_SLOT = "time_slot"
    VENUE = "venue"
    PRACTICAL = "practical"
    MATCHMAKING = "matchmaking"
    ORGANISER_CONTACT = "organiser_contact"
    FOLLOW = "follow"
    LANGUAGE = "language"
    HELP = "help"
    SMALLTALK = "smalltalk"
    UNKNOWN = "unknown"


class EntityKind(StrEnum):
    """What kind of thing of the agenda a question names."""

    SESSION = "session"
    SPEAKER = "speaker"
    MATERIAL = "material"
    ROOM = "room"
    TRACK = "track"


class DayPart(StrEnum):
    """A part of a day: morning until 12:00, afternoon until 18:00, evening after."""

    MORNING = "morning"
    AFTERNOON = "afternoon"
    EVENING = "evening"


class RelativeDay(StrEnum):
    """A day named from the present moment."""

    YESTERDAY = "yesterday"
    TODAY = "today"
    TOMORROW = "tomorrow"


@dataclass(frozen=True, slots=True)
class Entity:
    """Something of the agenda that the words name. ``coverage`` (0–1): which share of the words it explains."""

    kind: EntityKind
    id: str
    label: str
    coverage: float = 1.0


@dataclass(frozen=True, slots=True)
class TimeWords:
    """What the time words of a question mean; parts that were not said are None.

    ``day_number``: a bare "day 1", which may mean two dates and is asked back; ``ahead``: how long from now on.
    """

    day: date | RelativeDay | None = None
    part: DayPart | None = None
    starts: time | None = None
    ends: time | None = None
    day_number: int | None = None
    ahead: timedelta | None = None

    def __str__(self) -> str:
        """Return ``DAY[/PART][@HH:MM[-HH:MM]]``, the form in which questions are labelled."""
        day = "" if self.day is None else str(self.day)
        part = f"/{self.part}" if self.part else ""
        clock = f"@{self.starts:%H:%M}" if self.starts else ""
        until = f"-{self.ends:%H:%M}" if self.starts and self.ends else ""
        return day + part + clock + until


@dataclass(frozen=True, slots=True)
class Question:
    """A person's words, understood.

    ``entities``: what it is about, best first; with ``ambiguous`` all are equally meant and must be offered as
    choices. ``suggestions``: the nearest names beside an ``unknown``. ``topic``: the fact asked for, of a
    ``practical``, ``venue``, ``matchmaking`` or ``organiser_contact`` question; "unfollow" of a ``follow`` question
    that wants the opposite; "changes" of a ``day_agenda`` question that asks what changed; "own" of a
    ``speaker_sessions`` question in which speakers ask for their own; "after" or "before" of a ``next`` question about
    what comes around a session (of several, the one that the moment suggests). ``language``: the language asked for,
    of a ``language`` question (None: not named).
    """

    text: str
    intent: Intent
    entities: tuple[Entity, ...] = ()
    suggestions: tuple[Entity, ...] = ()
    time: TimeWords | None = None
    topic: str | None = None
    language: str | None = None
    ambiguous: bool = False
