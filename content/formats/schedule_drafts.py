"""What a schedule of another program says, before it is an agenda: the readers fill these, `schedule_agenda` settles.

``where`` is a place as problems name it: ``file:line:column``. Texts are as they stand in the file.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta

from content.agenda import Agenda, Event
from content.formats.problems import Problem

FRAB_JSON, PRETALX_JSON = "frab-json", "pretalx-json"

Progress = Callable[[float], None]
"""Told from time to time how much is done, 0 to 1."""


def silent(_: float) -> None:
    """Nobody wants to know."""


@dataclass(slots=True)
class PersonDraft:
    """A person of a session. ``source_id`` tells namesakes apart only where ``is_account``: somebody's account.

    Other programs number people anew for each talk, or give all guests the number 0: there the name is the person.
    """

    name: str
    where: str
    source_id: str = ""
    is_account: bool = False
    bio: str = ""
    organisation: str = ""


@dataclass(slots=True)
class LinkDraft:
    """An address beside a session. ``attached``: a file of the schedule's own, not somebody's page."""

    title: str
    url: str
    where: str
    attached: bool = False


@dataclass(slots=True)
class SessionDraft:
    """An item of the agenda. ``ids``: the source's own, the one to be trusted most first.

    ``starts`` is aware in the event's zone; ``ends`` too, so that a night with a clock change keeps its length.
    """

    where: str
    starts: datetime
    ends: datetime
    ids: list[str] = field(default_factory=list)
    title: str = ""
    subtitle: str = ""
    abstract: str = ""
    description: str = ""
    room: str = ""
    track: str = ""
    kind: str = ""
    language: str = ""
    url: str = ""
    persons: list[PersonDraft] = field(default_factory=list)
    links: list[LinkDraft] = field(default_factory=list)
    cancelled: bool = False


@dataclass(slots=True)
class EventDraft:
    """The conference. ``source_id`` empty and ``name`` empty: the file does not say which event it is about."""

    where: str
    name: str = ""
    source_id: str = ""
    subtitle: str = ""
    place: str = ""
    website: str = ""
    zone: str = ""
    days: list[date] = field(default_factory=list)
    rooms: list[str] = field(default_factory=list)
    tracks: list[str] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class Hints:
    """What is known beside the file. ``zone`` and ``event_id``: whoever imports says so; ``current``: the one there is.

    ``current`` counts only if the file is about that event, or does not say about which one it is. ``ids``: those that
    its people, rooms and tracks have by now ("speaker", "room", "track"), by name.
    """

    zone: str = ""
    event_id: str = ""
    current: Event | None = None
    ids: Mapping[str, Mapping[str, str]] = field(default_factory=dict)

    @classmethod
    def of(cls, current: Agenda) -> Hints:
        """Return what the agenda that there is tells about the next one."""
        language = current.event.default_language
        rooms = {room.name.pick(language): room.id for room in current.rooms}
        tracks = {track.name.pick(language): track.id for track in current.tracks}
        accounts = Counter(speaker.name for speaker in current.speakers)
        people = {speaker.name: speaker.id for speaker in current.speakers if accounts[speaker.name] == 1}
        return cls(current=current.event, ids={"room": rooms, "track": tracks, "speaker": people})


@dataclass(slots=True)
class ScheduleDraft:
    """A whole schedule, with what its reader had to say about it. ``format``: if the reader knows it better."""

    event: EventDraft
    sessions: list[SessionDraft] = field(default_factory=list)
    problems: list[Problem] = field(default_factory=list)
    format: str = ""


LONGEST = timedelta(days=31)
"""No session is longer: the number is a mistake, and would make calendars overflow."""
