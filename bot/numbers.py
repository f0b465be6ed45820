"""How it goes, in numbers, for organisers: the values. Nobody stands in them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime

from content.questions.question import Intent


@dataclass(frozen=True, slots=True)
class AskedKind:
    """Questions of one day (in the event's zone) that wanted the same in the same language."""

    day: date
    intent: Intent
    language: str
    answered: bool


@dataclass(frozen=True, slots=True)
class PeopleNumbers:
    """People who ever wrote; a day is one in UTC. ``languages``: by code, of those who did not block the bot."""

    total: int = 0
    new_today: int = 0
    active_today: int = 0
    blocked: int = 0
    languages: Mapping[str, int] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class SentKind:
    """Messages sent unasked, of one kind and with one outcome, as the outbox names them."""

    kind: str
    state: str


@dataclass(frozen=True, slots=True)
class BroadcastNumbers:
    """One broadcast: people by what became of their message."""

    created_at: datetime
    total: int
    sent: int
    blocked: int
    failed: int


@dataclass(frozen=True, slots=True)
class SpeakerNumbers:
    """Claimed profiles; of those told of a change of their sessions, how many tapped *seen*."""

    claimed: frozenset[str] = frozenset()
    told: int = 0
    seen: int = 0


@dataclass(frozen=True, slots=True)
class Numbers:
    """All of it at one moment (aware). ``followers``: by the handle of a session or speaker.

    ``sent``: of the last fourteen days; broadcasts are not among them.
    """

    at: datetime
    people: PeopleNumbers
    followers: Mapping[str, int]
    questions: Mapping[AskedKind, int]
    sent: Mapping[SentKind, int]
    broadcasts: tuple[BroadcastNumbers, ...]
    speakers: SpeakerNumbers

    @property
    def asked(self) -> int:
        """How many questions there were."""
        return sum(self.questions.values())

    @property
    def answered(self) -> int:
        """How many of them got an answer."""
        return sum(number for kind, number in self.questions.items() if kind.answered)
