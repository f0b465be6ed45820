"""Whether two questions ask the same: strictly, before one's answer is given to the other; loosely, to group them."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache, lru_cache
from importlib.resources import files

from rapidfuzz.distance import Indel

from content.questions.folding import strict
from content.questions.layouts import in_one_alphabet
from content.questions.lexicon import lexicon
from content.questions.phrases import NOTHING
from content.questions.words import Word, read_words, split

_SPECIFIC = frozenset({"asks.who", "asks.when", "asks.where", "asks.organisation", "asks.bio"})
_ASKS = ("asks.", "fillers.", "grammar.", "verbs.")
_RELATIVE = frozenset(
    f"time.{name}"
    for name in ("today", "tomorrow", "yesterday", "tonight", "this_afternoon", "this_morning", "day_after_tomorrow")
) | {"intents.now", "intents.next"}
# Words of one of these keys mean one thing in every language; those of "topics.food" mean many.
_ONE_THING = frozenset(
    f"topics.{name}"
    for name in (
        "parking", "accessibility", "wifi", "badge", "cloakroom", "hotel", "streaming", "dress-code", "sockets",
        "certificate", "toilet", "working-language",
    )
)  # fmt: skip
_LIGHT_WORD = 0.4  # weight of what hardly tells a question from another: verbs, "room", days
_LIGHT = ("fillers.", "verbs.", "nouns.", "grammar.", "time.", "asks.", "intents.")
_TYPO_FROM = 6
_TYPO = 0.9  # a letter too many or too few, no other letter: «кава» is not «кафе»
_SAME_WORD = 0.6
_NEAR_FROM = 5
_NEAR = 0.84
_BEGINS_FROM = 4
_BEGINS = 0.9
_SAME_TOPIC = 0.75
_LEAST_LETTERS = 4
_FROM = "from"  # a list of empty_words.toml
GROUPED_FROM = 0.6
"""From which likeness on two questions stand in one group."""


@dataclass(frozen=True, slots=True)
class Term:
    """A word that tells a question from others, and as it sounds without its ending.

    ``topics``: what it surely means; ``weight``: how much it tells.
    """

    word: str
    stem: str
    topics: frozenset[str]
    weight: float


@dataclass(frozen=True, slots=True)
class Wording:
    """A question as it is compared.

    ``folded``: its words in plain Latin letters. ``asks``: who, when, where; ``turning``: what turns it into another
    question: words such as "not", and "must" and "from" for all that say so. ``relative``: it says "today" or "now", so
    that another day's answer is none.
    """

    folded: str
    terms: tuple[Term, ...]
    asks: frozenset[str]
    turning: frozenset[str]
    relative: bool
    cyrillic: bool


def read_wording(text: str) -> Wording:
    """Read a question of any length. Never fails; whatever has no words has no terms."""
    words = read_words(text)
    terms: list[Term] = []
    lists = _lists()
    asks, turning, relative = set[str](), set[str](), False
    for word, meaning, turned in zip(words, lexicon().read(words), lists.turns(words), strict=True):
        keys = meaning.keys
        relative = relative or bool(keys & _RELATIVE)
        asks |= keys & _SPECIFIC
        if turned:
            turning.add(turned)
        elif keys & _ONE_THING or (word.strict not in lists.empty and not _only_asks(keys)):
            terms.append(_term(word, keys))
    return Wording(
        " ".join(word.strict for word in words),
        tuple(terms),
        frozenset(asks),
        frozenset(turning),
        relative,
        any(word.cyrillic for word in words),
    )


def answers_too(known: Wording, asked: Wording, *, same_language: bool) -> bool:
    """Whether an answer to ``known`` surely answers ``asked``: better not answered than wrongly.

    ``same_language``: both were asked by people who read the same language. Without it, words in Latin letters must
    be the same from first to last: "camera" is not "cameră".
    """
    if not known.folded or not asked.folded:
        return False
    if known.folded == asked.folded:
        return True
    if known.cyrillic != asked.cyrillic or not (same_language or asked.cyrillic):
        return False
    if known.turning != asked.turning or not asked.asks <= known.asks:
        return False
    if not _telling(asked):
        return False
    # "From the hotel to the station" is not "from the station to the hotel", though all words are the same.
    in_order = _FROM in asked.turning
    return _joined(known) == _joined(asked) or _same_terms(known.terms, asked.terms, in_order=in_order)


def same_marks(wording: Wording) -> frozenset[str]:
    """Return marks of which two questions share one, if one's answer may be the other's: to look at few of many."""
    letters = "".join(sorted(term.stem[:1] for term in wording.terms))  # a slip of the finger leaves the first letter
    return frozenset({f"folded {wording.folded}", f"joined {_joined(wording)}", f"letters {letters}"})


def likeness(one: Wording, other: Wording) -> float:
    """Return how alike two questions are, 0 to 1, whichever stands first and whatever their languages."""
    if one.folded == other.folded:
        return 1.0
    alike = min(_covered(one, other), _covered(other, one))
    if one.asks and other.asks and not one.asks & other.asks:
        alike /= 2
    return alike


def _covered(one: Wording, other: Wording) -> float:
    """Return which share of one's words the other has."""
    total = sum(term.weight for term in one.terms)
    if not total:
        return 0.0
    got = sum(term.weight * max((_nearness(term, each) for each in other.terms), default=0.0) for term in one.terms)
    return got / total


def _nearness(one: Term, other: Term) -> float:
    sounds = _sounds_like(*sorted((one.stem, other.stem)))
    return max(sounds, _SAME_TOPIC) if one.topics & other.topics else sounds


@lru_cache(maxsize=20_000)
def _sounds_like(one: str, other: str) -> float:
    if one == other:
        return 1.0
    shorter = min(len(one), len(other))
    if shorter < _BEGINS_FROM or one[:2] != other[:2] or not (one + other).isalpha():
        return 0.0
    if one.startswith(other) or other.startswith(one):
        return _BEGINS
    near = Indel.normalized_similarity(one, other) if shorter >= _NEAR_FROM else 0.0
    return near if near >= _NEAR else 0.0


def _same_terms(known: Sequence[Term], asked: Sequence[Term], *, in_order: bool) -> bool:
    """Whether each word has its own on the other side, but for a slip of the finger."""
    if len(known) != len(asked):
        return False
    if in_order:
        return all(map(_is_same, known, asked))
    left = list(known)
    for term in asked:
        same = next((each for each in left if _is_same(each, term)), None)
        if same is None:
            return False
        left.remove(same)
    return True


def _is_same(known: Term, asked: Term) -> bool:
    """Whether it is the same word, in another form perhaps. What only sounds alike is not: "suit" is no "shuttle"."""
    if known.stem == asked.stem:
        return Indel.normalized_similarity(known.word, asked.word) >= _SAME_WORD
    return _is_slip(known.stem, asked.stem)


def _is_slip(one: str, other: str) -> bool:
    return (
        min(len(one), len(other)) >= _TYPO_FROM
        and one[0] == other[0]
        and (one + other).isalpha()
        and Indel.normalized_similarity(one, other) >= _TYPO
    )


def _joined(wording: Wording) -> str:
    """Return all words as one: "wi fi" is "wifi"."""
    return "".join(term.word for term in wording.terms)


def _telling(wording: Wording) -> bool:
    """Whether its words say what it is about; verbs and days alone do not."""
    return any(term.weight == 1.0 for term in wording.terms) and len(_joined(wording)) >= _LEAST_LETTERS


def _only_asks(keys: frozenset[str]) -> bool:
    return any(key.startswith("asks.") for key in keys) and all(key.startswith(_ASKS) for key in keys)


def _term(word: Word, keys: frozenset[str]) -> Term:
    light = bool(keys) and all(key.startswith(_LIGHT) for key in keys)
    stem = word.strict if any(letter.isdigit() for letter in word.strict) else word.forms.stem
    return Term(word.strict, stem, keys & _ONE_THING if keys else NOTHING, _LIGHT_WORD if light else 1.0)


@dataclass(frozen=True, slots=True)
class _Lists:
    """The words of all languages, in plain Latin letters. ``turning``: phrases of one or two, with what they say."""

    empty: frozenset[str]
    turning: Mapping[tuple[str, ...], str]

    def turns(self, words: Sequence[Word]) -> list[str]:
        """Return for each word what it says that turns the question; empty: nothing."""
        found = [""] * len(words)
        for at, word in enumerate(words):
            pair = (word.strict, words[at + 1].strict) if at + 1 < len(words) else ()
            for phrase in (pair, (word.strict,)):
                if turned := self.turning.get(phrase):
                    found[at : at + len(phrase)] = [turned] * len(phrase)
                    break
        return found


@cache
def _lists() -> _Lists:
    text = files("content.questions").joinpath("empty_words.toml").read_text(encoding="utf-8")
    empty, turning = set[str](), dict[tuple[str, ...], str]()
    for lists in tomllib.loads(text).values():
        for name, listed in lists.items():
            for phrase in listed:
                words = tuple(strict(in_one_alphabet(part)) for part in split(phrase))
                if name == "empty":
                    empty.update(words)
                else:
                    turning[words] = words[0] if name == "turning" else name
    return _Lists(frozenset(empty), turning)
