"""What Ghid could not answer, and what organisers answered: the values."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime

from content.localized_text import LocalizedText


@dataclass(frozen=True, slots=True)
class OpenQuestion:
    """A question in one language, as it was first written. Who asked it stands nowhere.

    ``key``: 32 hexadecimal characters, made of the language and the words. ``asked``: how often, on ``asked_on``
    (UTC) for the last time. ``answer``: what answers it; None: nothing yet. ``waiting``: how many asked to be told.
    """

    key: str
    language: str
    wording: str
    asked: int
    asked_on: date
    set_aside: bool = False
    answer: int | None = None
    waiting: int = 0


@dataclass(frozen=True, slots=True)
class QuestionGroup:
    """Questions alike, the most asked first."""

    questions: tuple[OpenQuestion, ...]

    @property
    def first(self) -> OpenQuestion:
        """The most asked: the group is called by it."""
        return self.questions[0]

    @property
    def keys(self) -> tuple[str, ...]:
        """The keys of all."""
        return tuple(question.key for question in self.questions)

    @property
    def asked(self) -> int:
        """How often all of them were asked."""
        return sum(question.asked for question in self.questions)

    @property
    def waiting(self) -> int:
        """How many answers people wait for."""
        return sum(question.waiting for question in self.questions)


@dataclass(frozen=True, slots=True)
class OrganiserAnswer:
    """What an organiser answered. ``texts``: Telegram's HTML by language; ``by``: a chat id; moments are in UTC.

    ``at``: when it was given, or corrected for the last time.
    """

    id: int
    texts: Mapping[str, str]
    by: int
    at: datetime

    @property
    def mark(self) -> str:
        """What tells it from what it was before a correction."""
        said = repr((sorted(self.texts.items()), self.at))
        return hashlib.sha256(said.encode()).hexdigest()[:16]

    def text_for(self, language: str, default_language: str) -> str:
        """Return what somebody of this language reads: their own, else the event's language, else what there is."""
        return LocalizedText(self.texts).pick(language, default_language)


@dataclass(frozen=True, slots=True)
class KnownAnswer:
    """An answer with the questions that it answers, the most asked first."""

    answer: OrganiserAnswer
    questions: tuple[OpenQuestion, ...]
