"""An agenda made ready for questions: every name by which its sessions, people, places and facts are called."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import pairwise

from content.agenda import Agenda, Speaker
from content.questions.breathing import in_slices
from content.questions.lexicon import lexicon
from content.questions.names import Field, Named, names_of
from content.questions.question import EntityKind
from content.questions.same_thing import same_thing
from content.questions.spelling import SpellingIndex, build_spelling_index
from content.questions.words import Word, read_words, split

# Words for these kinds mean one thing in every language; lunch and coffee, both breaks, do not.
_ONE_THING = frozenset(
    f"kinds.{kind}" for kind in ("keynote", "panel", "pitch", "workshop", "matchmaking", "opening", "closing")
)
_SHORTEST_OF_ROLE = 3
_NAMES_AT_ONCE = 10
_RECORDS_AT_ONCE = 300
_LIGHT = 0.25  # weight of a function word in a name
_JOINED_UP_TO = 4  # words of a name: neighbours in so short a name are also found when typed as one word


@dataclass(frozen=True, slots=True)
class Record:
    """One name of one thing. ``words``: places in the spelling index; ``weights``: how much each word counts."""

    named: int
    field: Field
    words: tuple[int, ...]
    weights: tuple[float, ...]
    total: float

    def share_said(self, said: Mapping[int, tuple[tuple[int, ...], float]]) -> float:
        """Return which share of the name was said, each of its words counted once. ``said``: its words, how near."""
        near_by_word: dict[int, float] = {}
        for words, near in said.values():
            for word in words:
                if near > near_by_word.get(word, 0.0):
                    near_by_word[word] = near
        got = 0.0
        for word, weight in zip(self.words, self.weights, strict=True):
            if word in near_by_word:
                got += weight * near_by_word[word]
        return got / self.total


@dataclass(frozen=True, slots=True)
class QuestionIndex:
    """All names of one agenda. Immutable; made by ``build_index``; may be pickled and handed between processes.

    ``postings``: the records in which each word of the spelling index stands; ``people_with``: the people in whose
    own name it does, ``things_with``: all else that it names, or people by their organisation;
    ``joined``: which words a joined one is; ``roles``: the words of each speaker's role (speakers come first);
    ``of_kind``: the sessions of a kind; ``same_kind``: the words that mean a kind, in whatever language;
    ``same_thing``: those that mean a thing that agendas are often about; ``light``: those that hardly count in a name.
    """

    named: tuple[Named, ...]
    records: tuple[Record, ...]
    records_of: tuple[tuple[int, ...], ...]
    spelling: SpellingIndex
    postings: tuple[tuple[int, ...], ...]
    people_with: tuple[tuple[int, ...], ...]
    things_with: tuple[tuple[int, ...], ...]
    joined: Mapping[str, tuple[int, ...]]
    linked: tuple[tuple[int, ...], ...]
    roles: tuple[frozenset[str], ...]
    of_kind: Mapping[str, tuple[int, ...]]
    same_kind: Mapping[str, tuple[int, ...]]
    same_thing: Mapping[str, tuple[int, ...]]
    event_words: frozenset[str]
    light: frozenset[int]
    days: tuple[date, ...]

    def is_of_person(self, word: int) -> bool:
        """Tell whether a word of the spelling index is part of a speaker's name."""
        return any(
            self.records[place].field is Field.NAME and self.named[self.records[place].named].kind is EntityKind.SPEAKER
            for place in self.postings[word]
        )


class _Builder:
    """Numbers words and gathers records while the names come by."""

    def __init__(self) -> None:
        self.places: dict[str, int] = {}
        self.records: list[Record] = []
        self.joined: dict[str, tuple[int, ...]] = {}
        self._words: dict[str, tuple[Word, ...]] = {}
        self.same_kind: dict[str, list[int]] = {}
        self.same_thing: dict[str, list[int]] = {}
        self._weights: dict[str, float] = {}
        self._noted: set[str] = set()
        self._seen: set[tuple[int, tuple[int, ...]]] = set()

    def add(self, named: int, name: str, kind: Field) -> None:
        words = self._read(name)
        if not words:
            return
        if kind in (Field.TITLE, Field.TOPIC, Field.ORGANISATION):
            self._note_things(words, nations_only=kind is Field.ORGANISATION)
        places = tuple(self.places.setdefault(word.strict, len(self.places)) for word in words)
        if (named, places) in self._seen:
            return
        self._seen.add((named, places))
        weights = tuple(map(self._weight, words))
        self.records.append(Record(named, kind, places, weights, sum(weights)))
        if 1 < len(words) <= _JOINED_UP_TO:
            for (first, second), (left, right) in zip(pairwise(words), pairwise(places), strict=True):
                if len(first.strict) + len(second.strict) >= 6:
                    self.joined.setdefault(first.strict + second.strict, (left, right))
            if len(words) > 2:
                self.joined.setdefault("".join(word.strict for word in words), places)

    def _read(self, name: str) -> list[Word]:
        """Read the words of a name, each different one only once: most of an agenda is repetition."""
        words: list[Word] = []
        for written in split(name):
            known = self._words.get(written)
            if known is None:
                known = self._words[written] = read_words(written)
            words += known
        return words

    def _note_things(self, words: Iterable[Word], *, nations_only: bool) -> None:
        """Note which things words mean; of an organisation's name only nations: "the Finnish guest"."""
        for word in words:
            if word.strict not in self._noted:
                thing = same_thing().of(word)
                if nations_only and thing not in same_thing().nations:
                    continue
                self._noted.add(word.strict)
                if thing:
                    self.same_thing.setdefault(thing, []).append(self.places.setdefault(word.strict, len(self.places)))

    def light(self) -> Iterator[int]:
        """Yield the places of words that hardly count in a name."""
        return (self.places[word] for word, weight in self._weights.items() if weight == _LIGHT)

    def _weight(self, word: Word) -> float:
        """Function words and single letters of a name hardly count."""
        known = self._weights.get(word.strict)
        if known is None:
            keys = lexicon().read((word,))[0].keys
            light = len(word.strict) == 1 or (bool(keys) and all(key.startswith("fillers.") for key in keys))
            known = self._weights[word.strict] = _LIGHT if light else 1.0
            for key in keys:
                if key in _ONE_THING:
                    self.same_kind.setdefault(key, []).append(self.places[word.strict])
        return known


def build_index(agenda: Agenda) -> QuestionIndex:
    """Read all names of the agenda. Pure work of the processor without shared state: may run in a thread or process.

    It works in slices of well under a millisecond, so that answers go on meanwhile.
    """
    named, names, links = names_of(agenda)
    builder = _Builder()
    for at, name, kind in in_slices(names, _NAMES_AT_ONCE):
        builder.add(at, name, kind)
    for words in builder.joined:
        builder.places.setdefault(words, len(builder.places))
    records_of: list[list[int]] = [[] for _ in named]
    postings: list[list[int]] = [[] for _ in builder.places]
    for place, record in in_slices(enumerate(builder.records), _RECORDS_AT_ONCE):
        records_of[record.named].append(place)
        for word in dict.fromkeys(record.words):
            postings[word].append(place)
    of_kind: dict[str, list[int]] = {}
    for at, thing in enumerate(named):
        if thing.session_kind:
            of_kind.setdefault(f"kinds.{thing.session_kind}", []).append(at)
    return QuestionIndex(
        named,
        tuple(builder.records),
        tuple(map(tuple, records_of)),
        build_spelling_index(builder.places),
        tuple(map(tuple, postings)),
        tuple(
            tuple(_things(places, builder.records, named, own_names=True))
            for places in in_slices(postings, _RECORDS_AT_ONCE)
        ),
        tuple(
            tuple(_things(places, builder.records, named, own_names=False))
            for places in in_slices(postings, _RECORDS_AT_ONCE)
        ),
        builder.joined,
        links,
        tuple(map(_role_words, agenda.speakers)),
        {kind: tuple(places) for kind, places in of_kind.items()},
        {kind: tuple(places) for kind, places in builder.same_kind.items()},
        {thing: tuple(places) for thing, places in builder.same_thing.items()},
        frozenset(_event_words(agenda)),
        frozenset(builder.light()),
        agenda.event.days,
    )


def _things(places: Iterable[int], records: Sequence[Record], named: Sequence[Named], *, own_names: bool) -> list[int]:
    """Return the things of these records: the people whose own names they are, or all others."""
    return list(
        dict.fromkeys(
            record.named
            for record in map(records.__getitem__, places)
            if (record.field is Field.NAME and named[record.named].kind is EntityKind.SPEAKER) is own_names
        )
    )


def _role_words(speaker: Speaker) -> frozenset[str]:
    """Return the words of a speaker's role in all languages, as they sound, with and without their endings."""
    words = [word for text in speaker.role.texts.values() for word in read_words(text)]
    meanings = lexicon().read(words)
    return frozenset(
        form
        for word, meaning in zip(words, meanings, strict=True)
        if len(word.strict) >= _SHORTEST_OF_ROLE and not any(key.startswith("fillers.") for key in meaning.keys)
        for form in (word.forms.loose, word.forms.stem)
    )


def _event_words(agenda: Agenda) -> Iterator[str]:
    event = agenda.event
    for text in (*event.name.texts.values(), *event.place.texts.values(), *event.aliases, event.hashtag or ""):
        for word in read_words(text):
            yield word.strict
            yield word.forms.stem
