"""Which words of a question meet which names of the agenda."""

from __future__ import annotations

from collections.abc import Mapping
from heapq import nlargest

from content.questions.index import QuestionIndex
from content.questions.names import Field
from content.questions.question import EntityKind
from content.questions.read_word import Role
from content.questions.reading import Reading, can_name
from content.questions.spelling import SAME_SOUND, SAME_STEM
from content.questions.weighing import weight_of

KIND_OF_SESSION = 0.8
"""How well a thing is meant whose kind was said: "the keynote"."""

_MOST_SCORED = 12
_MOST_WITH_CONTENT = 9  # things that content words name: far fewer are as likely as those of a keyword
_WORTH_A_LOOK = 0.5  # of what the best explains at first sight
_AS_GOOD = 0.8  # of it, where the best explains every word that only a name can
_COMMON = 60  # names a word may stand in before it only counts for what rarer words found
_RESEMBLES = 0.8
_SHORT_RESEMBLES = 0.78  # of a word of four letters: with one of them wrong it finds nothing by itself
_SHORT = 4
_JOINED_RESEMBLES = 0.75
_JOINED = 0.85  # the most that a word is worth which is only like two words typed as one
_PERSON = EntityKind.SPEAKER
_NO_SIMS: Mapping[int, float] = {}


class Hits:
    """Which words of the question meet which names."""

    def __init__(self, reading: Reading, index: QuestionIndex) -> None:
        self._reading = reading
        self._index = index
        self._content = reading.content
        self._small = reading.small
        self._naming = [can_name(read) for read in reading.words]
        beside = reading.beside
        self._weights = {
            at: weight for at, read in enumerate(reading.words) if at not in beside and (weight := weight_of(read))
        }
        self._ordinary = frozenset(
            at for at, read in enumerate(reading.words) if "passing.common" in read.keys and not read.guessed
        )
        self._passing = frozenset(
            at
            for at, read in enumerate(reading.words)
            if read.role is Role.FUNCTION and any(key.startswith("passing.") for key in read.keys)
        )
        self._weight = sum(self._weights.values())
        self._content_weight = sum(self._weights[at] for at in self._content)
        self._weigh = [
            read.weight if read.role is Role.CONTENT else 0.5 if naming else 0.2
            for read, naming in zip(reading.words, self._naming, strict=True)
        ]
        # by thing: by place of a word: how near; by record: by place of a word: (the name's words, how near)
        self._sims: dict[int, dict[int, float]] = {}
        self._rough: dict[int, float] = {}  # by thing: how much of the question it may explain, at first sight
        # by a name's word: the question's words that may mean it, how near as a person's name and as another
        self._by_word: dict[int, list[tuple[int, float, float]]] = {}
        self._joined: list[tuple[tuple[int, ...], int, float, float]] = []
        self._by_kind: set[int] = set()  # things whose kind was said
        self._able: set[int] = set()  # things that a naming word met
        self._records: dict[int, dict[int, tuple[tuple[int, ...], float]]] = {}
        self._collect()

    def _collect(self) -> None:
        postings = self._index.postings
        jobs = [
            (sum(len(postings[word]) for word, _ in read.hits), at, read.role is Role.FUNCTION)
            for at, read in enumerate(self._reading.words)
            if read.hits
        ]
        # rare words first; function words only ever add to what others found
        for size, at, function in sorted(jobs, key=lambda job: (job[2], job[0])):
            only_known = function or (size > _COMMON and bool(self._sims))
            self._meet(at, only_known)
        for at, read in enumerate(self._reading.words):
            for key in read.keys:
                of_kind = self._index.of_kind.get(key, ())
                # "reception" is no dinner, though both are social: what bears the very word is meant
                bearing = [thing for thing in of_kind if self._sims.get(thing, _NO_SIMS).get(at, 0.0) >= SAME_STEM]
                for thing in bearing or of_kind:
                    sims = self._sims.setdefault(thing, {})
                    before = sims.get(at, 0.0)
                    sims[at] = max(before, KIND_OF_SESSION)
                    self._rough[thing] = self._rough.get(thing, 0.0) + (sims[at] - before) * self._weigh[at]
                    self._able.add(thing)
                    self._by_kind.add(thing)

    def _meet(self, at: int, only_known: bool) -> None:
        """Note which things hold a word that was said; in which of their names, only the likeliest are asked."""
        index, known, rough = self._index, self._sims, self._rough
        naming, weigh = self._naming[at], self._weigh[at]
        resembles = self._resembles(at)
        for word, likeness in self._reading.words[at].hits:
            as_name = likeness
            if as_name < SAME_STEM and word in index.light:
                continue  # a word that only resembles a name's "for" or "către" is another one
            parts = index.joined.get(index.spelling.words[word])
            if parts and not index.postings[word]:
                if as_name < _JOINED_RESEMBLES:
                    continue  # "Martinovich" is not Martin Bonnin typed as one word
                as_name = min(as_name, _JOINED) if as_name < SAME_SOUND else as_name
            in_title = as_name if as_name >= _RESEMBLES else as_name * resembles
            self._by_word.setdefault(word, []).append((at, as_name, in_title))
            if parts:
                self._joined.append((parts, at, as_name, in_title))
            for things, near in (
                (index.people_with[word], as_name),
                (index.things_with[word], in_title),
                (self._with_all(parts) if parts else (), as_name),
            ):
                met = [thing for thing in things if thing in known] if only_known else things
                if naming:
                    self._able.update(met)
                for thing in met:
                    sims = known.get(thing)
                    if sims is None:
                        known[thing] = {at: near}
                        rough[thing] = near * weigh
                    elif near > (before := sims.get(at, 0.0)):
                        sims[at] = near
                        rough[thing] += (near - before) * weigh

    def _resembles(self, at: int) -> float:
        """Return what a likeness is worth in a title: it holds common words, mostly other ones than what was meant."""
        return _SHORT_RESEMBLES if len(self._reading.words[at].word.strict) <= _SHORT else _RESEMBLES

    def _with_all(self, parts: tuple[int, ...]) -> set[int]:
        """Return the things of which one name holds all these words, which were typed as one."""
        places = set.intersection(*(set(self._index.postings[part]) for part in parts))
        return {self._index.records[place].named for place in places}

    def _said_in(self, place: int) -> Mapping[int, tuple[tuple[int, ...], float]]:
        """Return which words of the question stand in a name, each with the name's own words and how near it is."""
        said = self._records.get(place)
        if said is None:
            record = self._index.records[place]
            sims = self._sims[record.named]
            person = record.field is Field.NAME and self._index.named[record.named].kind is _PERSON
            met: list[tuple[tuple[int, ...], int, float, float]] = [
                ((word,), *hit) for word in record.words for hit in self._by_word.get(word, ())
            ]
            met += [hit for hit in self._joined if set(hit[0]) <= set(record.words)]
            said = {}
            for words, at, as_name, in_title in met:
                near = as_name if person else in_title
                if at in sims and (at not in said or near > said[at][1]):
                    said[at] = (words, near)
            self._records[place] = said
        return said

    def likeliest(self, *, thorough: bool) -> list[int]:
        """Return the things worth a closer look."""
        able = self._able if self._content else self._sims.keys()
        rough = self._rough
        most = _MOST_WITH_CONTENT if self._content else _MOST_SCORED
        best = max((rough[thing] for thing in able), default=0.0)
        worth = [thing for thing in able if rough[thing] >= _WORTH_A_LOOK * best]
        if self._content and not thorough:
            met = {thing: self._met(thing) for thing in worth}
            most_met = max(met.values(), default=0.0)
            if most_met >= SAME_STEM * self._content_weight:  # what explains every word leaves no room for others
                worth = [thing for thing in worth if met[thing] >= _AS_GOOD * most_met]
        return nlargest(most, worth, key=rough.__getitem__)

    def _met(self, thing: int) -> float:
        """Return how much of the content words a thing may explain."""
        sims = self._sims[thing]
        return sum(sims.get(at, 0.0) * self._weights[at] for at in self._content)
