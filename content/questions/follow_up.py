"""Questions that go on from what was just shown: "and where?", "slides?", "follow it", «а коли?», "și unde?"."""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum

from content.questions.asked import Asked
from content.questions.candidate import Candidate
from content.questions.index import QuestionIndex
from content.questions.intents import wish
from content.questions.question import EntityKind, Intent, Question
from content.questions.read_word import ReadWord, Role
from content.questions.reading import Reading

WHICH = "which"
"""The topic of an unknown question that points at something, while nothing is known that it could point at."""

_BARE = 4  # so few words, with nothing named, may be about what was just shown
_ASKING = (
    *("asks.", "verbs.", "nouns.speaker", "nouns.moderator", "nouns.room"),
    *("intents.materials", "intents.follow", "wishes.unfollow"),
)
_PASSED_OVER = ("fillers.", "passing.", "grammar.", "time.", "nouns.session")
_BESIDE_ASKING = ("intents.help",)  # "when does it start": a word that asks for help by itself
_LISTS = frozenset({"grammar.own_list", "nouns.list"})


@dataclass(frozen=True, slots=True)
class Remembered:
    """What was shown last: a session or a speaker, and what of it was asked."""

    kind: EntityKind
    id: str
    intent: Intent | None = None


class _Link(Enum):
    """How a question is tied to what was shown before it."""

    POINTS = "points"  # "where is it", "and when?": it means nothing by itself
    BARE = "bare"  # "slides?", "when?": it also means something by itself


def follow_up(text: str, reading: Reading, remembered: Remembered | None, index: QuestionIndex) -> Question | None:
    """Return the question about what was shown before; None: it is no such question.

    What points at something while nothing is remembered becomes an unknown question, to be asked back.
    """
    link = _link(reading)
    if link is None:
        return None
    place = _place(remembered, index) if remembered else None
    if place is None:
        return Question(text, Intent.UNKNOWN, topic=WHICH) if link is _Link.POINTS else None
    named = index.named[place]
    asked = Asked(reading, None)
    if link is _Link.BARE and named.kind is EntityKind.SPEAKER and asked.has("asks.who", "nouns.speaker"):
        return None  # "who speaks?" asks for others
    shown = Candidate(place, named, 1.0, 1.0, 1.0, frozenset(), frozenset(), None)
    wanted = wish(asked, shown, index)
    return Question(text, wanted.intent, (named.entity(1.0),), topic=wanted.topic)


def same_wish(question: Question, reading: Reading, remembered: Remembered | None) -> Intent | None:
    """Return what "and Smith?" wants: what was wanted of the person before; None: it says itself what it wants."""
    if remembered is None or remembered.intent is None or not reading.words or not question.entities:
        return None
    asks = any(key.startswith(_ASKING) for read in reading.words for key in read.keys)
    alike = question.entities[0].kind is remembered.kind
    return remembered.intent if _goes_on(reading.words[0]) and alike and not asks and not reading.time else None


def _link(reading: Reading) -> _Link | None:
    words = reading.words
    if not words or reading.content or reading.time is not None:
        return None
    keys = {key for read in words for key in read.keys}
    asks = any(key.startswith(_ASKING) for key in keys)
    may_stand = (*_ASKING, *_PASSED_OVER, *(_BESIDE_ASKING if asks else ()))
    if keys & _LISTS or any(not key.startswith(may_stand) for key in keys):
        return None
    points = any("grammar.it" in read.keys for read in words) and "nouns.speaker" not in keys  # "speakers … their"
    if points or (_goes_on(words[0]) and len(words) > 1):
        return _Link.POINTS if asks or _goes_on(words[0]) else None
    listing = "nouns.speaker" in keys and not any(key.startswith(("asks.", "intents.", "verbs.")) for key in keys)
    return _Link.BARE if asks and not listing and len(words) <= _BARE else None


def _goes_on(first: ReadWord) -> bool:
    return "grammar.goes_on" in first.keys and first.role is not Role.CONTENT


def _place(remembered: Remembered, index: QuestionIndex) -> int | None:
    return next(
        (at for at, each in enumerate(index.named) if each.id == remembered.id and each.kind is remembered.kind), None
    )
