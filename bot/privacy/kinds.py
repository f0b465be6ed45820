"""What a column can hold, and how an entry of the register is written."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from enum import Enum, StrEnum

from content.agenda import Event

KEPT_AFTER_EVENT = timedelta(days=90)
KEPT_AFTER_VISIT = timedelta(days=7)
"""How long somebody who comes even later is remembered: long enough for a language and a few questions."""


def purge_day(event: Event) -> date:
    """Return the day on which everything about people goes."""
    return event.ends_on + KEPT_AFTER_EVENT


class Topic(StrEnum):
    """What an entry is about, as a person would name it; `bot.messages.privacy` has the words for each."""

    VISIT = "who talks to the bot"
    FOLLOWING = "what one follows, and how one wants to be told"
    NOTICES = "messages sent unasked"
    ARRIVING = "what was written and is not answered yet"
    TALKING = "what one is in the middle of"
    ORGANISING = "who organises, and what they did"
    MATERIALS = "materials sent or waited for"
    QUESTIONS = "questions passed on"
    SPEAKING = "who speaks as whom"
    EVENT = "the event"
    OPERATION = "the bot itself"


class Kind(Enum):
    """What a column holds.

    The first three hold a person's Telegram id. `PERSON`: the row is about them, and goes when they are forgotten.
    `BY`: somebody in the row of another or of all; 0 takes its place. `VACATED`: likewise, and NULL takes its place.

    The others say how /mydata shows the column to the person whose row it is; `INTERNAL` is left out there: it says
    nothing to them (a key, a number of a row).
    """

    PERSON = "the person’s Telegram id"
    BY = "a person’s Telegram id; 0 once they are forgotten"
    VACATED = "a person’s Telegram id; empty once they are forgotten"
    MOMENT = "a moment"
    DAY = "a day"
    LANGUAGE = "a language"
    ITEM = "a session, a speaker or another item of the agenda, by handle"
    MINUTES = "a number of minutes"
    SWITCH = "a yes or no"
    STATE = "one of a few states"
    WORDS = "words that a person wrote"
    FILE = "a file that Telegram keeps for the bot"
    INTERNAL = "a key, a number or a mark of the program’s"
    CONTENT = "the event’s own content"


HOLDS_A_PERSON = frozenset({Kind.PERSON, Kind.BY, Kind.VACATED})
FORGOTTEN = 0
"""Stands where a `Kind.BY` column named somebody who was forgotten; no chat has this id."""


@dataclass(frozen=True, slots=True)
class Stored:
    """A table: what it holds (``what``), what for (``why``) and how long (``until``), in plain English for the page.

    ``columns``: every column of the table. ``inside``: paths in JSON columns that hold a person's id, as
    ``{"details": ("$.chat_id",)}``; 0 takes its place as in `Kind.BY`.
    ``spared``: SQL for rows that the purge after the event leaves alone, as they go by themselves soon.
    """

    table: str
    topic: Topic
    what: str
    why: str
    until: str
    columns: Mapping[str, Kind]
    inside: Mapping[str, tuple[str, ...]] | None = None
    spared: str = ""

    @property
    def people_columns(self) -> tuple[str, ...]:
        """The columns that hold a person's id."""
        return tuple(name for name, kind in self.columns.items() if kind in HOLDS_A_PERSON)

    @property
    def about_a_person(self) -> bool:
        """Whether its rows are a person's own."""
        return Kind.PERSON in self.columns.values()


def all_of(kind: Kind, names: str) -> dict[str, Kind]:
    """Return columns of one kind; ``names`` with spaces between."""
    return dict.fromkeys(names.split(), kind)
