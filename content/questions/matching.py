"""Which things of the agenda the words of a question name, and how much of the words each explains."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import replace
from heapq import nlargest

from rapidfuzz.distance import OSA

from content.questions.candidate import Candidate
from content.questions.index import QuestionIndex
from content.questions.names import Field
from content.questions.question import EntityKind
from content.questions.reading import Reading, Role, can_name
from content.questions.roles import explained_by_role
from content.questions.spelling import SAME_STEM
from content.questions.weighing import weight_of

FOUND = (
    0.601  # the least share of the content words that must be explained: more than a word of which a quarter is wrong
)
_WELL_NAMED = 0.6  # the least share of a name that must be said when only keywords name it
_MOST_SCORED = 12
_CLOSE = 0.06
_WORTH_A_LOOK = 0.5  # of what the best explains at first sight
_COMMON = 300  # names a word may stand in before it only counts for what rarer words found
_BY_LINK = 0.9
_HALF_A_NAME = 0.7
_KIND_OF_SESSION = 0.8
_RESEMBLES = 0.8
_SHORT_RESEMBLES = 0.78  # of a word of four letters: with one of them wrong it finds nothing by itself
_SHORT = 4
_WHOLE_NAME = 0.95
_TOGETHER = 0.9  # what keywords from several names of one thing are worth
_NOT_A_SESSION = 0.08
_IN_TITLE = 0.06
_OWN_TOPIC = 0.1
_TOPICS = 0.5  # shared among the records of all topics, of which there is one in each language
_SURE_NAME = 0.85
_SHORTEST_SLIP = 3
_FOUND_ALONE_FROM = 5

_PERSON = EntityKind.SPEAKER
_NO_SIMS: Mapping[int, float] = {}


def find(reading: Reading, index: QuestionIndex, preferred: frozenset[EntityKind]) -> tuple[Candidate, ...]:
    """Return what the words may name, best first. Whether it is good enough is for the caller to say."""
    hits = _Hits(reading, index)
    found = [hits.candidate(place, preferred) for place in hits.likeliest()]
    found.sort(key=lambda candidate: (-candidate.score, candidate.place))
    # What a title holds only decides between sessions that are as good otherwise.
    return tuple(hits.with_title(each) if found[0].score - each.score <= _CLOSE else each for each in found)


class _Hits:
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
        self._weight = sum(self._weights.values())
        self._content_weight = sum(self._weights[at] for at in self._content)
        # by thing: by place of a word: how near; by record: by place of a word: (the name's word, how near)
        self._sims: dict[int, dict[int, float]] = {}
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
                    sims[at] = max(sims.get(at, 0.0), _KIND_OF_SESSION)
                    self._able.add(thing)
                    self._by_kind.add(thing)

    def _meet(self, at: int, only_known: bool) -> None:
        records, named = self._index.records, self._index.named
        naming = self._naming[at]
        short = len(self._reading.words[at].word.strict) <= _SHORT
        resembles = _SHORT_RESEMBLES if short else _RESEMBLES
        for word, as_name in self._reading.words[at].hits:
            if as_name < SAME_STEM and word in self._index.light:
                continue  # a word that only resembles a name's "for" or "către" is another one
            for place, words in self._standing_in(word):
                thing = records[place].named
                near = as_name
                if near < _RESEMBLES and not (records[place].field is Field.NAME and named[thing].kind is _PERSON):
                    near *= resembles  # titles hold common words: what merely resembles one is often another word
                sims = self._sims.get(thing)
                if sims is None:
                    if only_known:
                        continue
                    sims = self._sims[thing] = {}
                if naming:
                    self._able.add(thing)
                if near > sims.get(at, 0.0):
                    sims[at] = near
                said = self._records.setdefault(place, {})
                if at not in said or near > said[at][1]:
                    said[at] = (words, near)

    def _standing_in(self, word: int) -> Iterator[tuple[int, tuple[int, ...]]]:
        """Yield the records in which a word stands, with the words it is there: several if they were typed as one."""
        for place in self._index.postings[word]:
            yield place, (word,)
        parts = self._index.joined.get(self._index.spelling.words[word])
        if parts:
            others = set.intersection(*(set(self._index.postings[part]) for part in parts[1:]))
            for place in self._index.postings[parts[0]]:
                if place in others:
                    yield place, parts

    def likeliest(self) -> list[int]:
        """Return the things worth a closer look."""
        able = self._able if self._content else self._sims
        weigh = [
            read.weight if read.role is Role.CONTENT else 0.5 if naming else 0.2
            for read, naming in zip(self._reading.words, self._naming, strict=True)
        ]
        rough: dict[int, float] = {}
        for thing in able:
            total = 0.0
            for at, near in self._sims[thing].items():
                total += near * weigh[at]
            rough[thing] = total
        least = _WORTH_A_LOOK * max(rough.values(), default=0.0)
        return nlargest(_MOST_SCORED, [thing for thing in able if rough[thing] >= least], key=rough.__getitem__)

    def candidate(self, thing: int, preferred: frozenset[EntityKind]) -> Candidate:
        """Score one thing."""
        named = self._index.named[thing]
        sims = self._sims[thing]
        naming, by_name, field = self._best_record(thing)
        if thing in self._by_kind and not self._content:
            naming = max(naming, _KIND_OF_SESSION)
        explained = dict(sims)
        by_link = self._by_links(thing, sims) if self._content and any(self._naming[at] for at in sims) else {}
        explained.update((at, near * _BY_LINK) for at, near in by_link.items())
        if thing < len(self._index.roles):
            explained.update(explained_by_role(self._index.roles[thing], self._reading.words, sims, naming))
        if field is Field.NAME and self._content:
            explained.update(self._slips_in_name(thing, explained))
        if self._content:
            # keywords may add to what names a thing, never make up for words that do not
            coverage = self._share_of_content(explained)
            if named.kind is not EntityKind.ROOM:  # "how do I get to room 3": the words around say what is wanted
                coverage = min(coverage, self._share_explained(explained))
            missing = any(at not in explained for at in self._content)
            if missing and named.kind is EntityKind.SPEAKER and naming < 0.99 and field is Field.NAME:
                coverage *= _HALF_A_NAME
        else:
            coverage = self._coverage_by_keywords(naming, by_name, explained)
        keywords = sum(1 for at in by_name - self._small if self._reading.words[at].role is Role.KEYWORD)
        score = coverage + 0.15 * naming + 0.04 * min(keywords, 3) + 0.06 * (named.kind in preferred)
        score += self._is_about(thing, naming, by_name, field)
        score += 0.03 * min(2, self._initials(thing)) - 0.1 * any(at in by_link for at in self._content)
        if named.kind in (EntityKind.ROOM, EntityKind.TRACK) and naming < 0.99:
            score -= 0.2
        elif named.kind not in (EntityKind.SPEAKER, EntityKind.SESSION) and (naming < _WHOLE_NAME or len(by_name) < 2):
            score -= _NOT_A_SESSION
        return Candidate(thing, named, score, coverage, naming, frozenset(explained), by_name, field)

    def with_title(self, candidate: Candidate) -> Candidate:
        """Say of a session whether one of its titles holds all content words."""
        if candidate.named.kind is not EntityKind.SESSION:
            return candidate
        return replace(candidate, in_title=self._in_title(candidate.place, frozenset(self._content)))

    def _share_explained(self, explained: Mapping[int, float]) -> float:
        return sum(explained.get(at, 0.0) * weight for at, weight in self._weights.items()) / (self._weight or 1.0)

    def _share_of_content(self, explained: Mapping[int, float]) -> float:
        return sum(explained.get(at, 0.0) * self._weights[at] for at in self._content) / self._content_weight

    def _coverage_by_keywords(self, naming: float, by_name: frozenset[int], explained: Mapping[int, float]) -> float:
        """Say how well a thing is named where every word also means something else."""
        words = self._reading.words
        whole = naming >= _WHOLE_NAME and sum(1 for at in by_name if words[at].role is not Role.FUNCTION) > 1
        if not whole and not any(self._naming[at] for at in by_name):
            return 0.0
        if not self._weight:
            return naming
        by_words = [at for at in explained if self._naming[at]]
        if naming < _WHOLE_NAME and all("nouns.event_name" in words[at].keys for at in by_words) and len(by_words) == 1:
            return 0.0  # a word of the event's own name tells its things apart only where it is a whole name
        share = self._share_explained(explained)
        several = sum(1 for at in explained if self._naming[at] or "nouns.session" in words[at].keys) > 1
        together = _TOGETHER * share if several else 0.0
        return max(naming * (0.5 + 0.5 * share), together)

    def _best_record(self, thing: int) -> tuple[float, frozenset[int], Field | None]:
        """Return how much of its best name was said, by which words, and what sort of name that is."""
        best: tuple[float, frozenset[int], Field | None] = (0.0, frozenset(), None)
        best_rank = -1.0
        for place in self._index.records_of[thing]:
            said = self._records.get(place)
            if not said:
                continue
            record = self._index.records[place]
            share = record.share_said(said)
            rank = share
            if self._content:
                rank += 0.35 * sum(1 for at in said if self._reading.words[at].role is Role.CONTENT)
            if rank > best_rank:
                best_rank, best = rank, (share, frozenset(said), record.field)
        if not best[1]:
            return _KIND_OF_SESSION, frozenset(self._sims[thing]), None
        if not self._content:  # keywords of several names of one thing belong together
            return best[0], frozenset(self._sims[thing]), best[2]
        return best

    def _by_links(self, thing: int, sims: dict[int, float]) -> dict[int, float]:
        """Return the words explained by a session's speaker or a speaker's session: by one of them, not piecemeal."""
        best: dict[int, float] = {}
        for linked in self._index.linked[thing]:
            more = {at: near for at, near in self._sims.get(linked, {}).items() if at not in sims}
            if sum(more.values()) > sum(best.values()):
                best = more
        return best

    def _slips_in_name(self, thing: int, explained: Mapping[int, float]) -> Iterator[tuple[int, float]]:
        """Yield short words that are one slip away from a name's other word: too short to be found by themselves."""
        missing = [at for at in self._content if at not in explained]
        if not missing or not any(explained.get(at, 0.0) >= _SURE_NAME for at in self._content):
            return
        words = self._index.spelling.words
        for at in missing:
            typed = self._reading.words[at].word.strict
            if not _SHORTEST_SLIP <= len(typed) < _FOUND_ALONE_FROM:
                continue
            record = self._index.records[self._index.records_of[thing][0]]
            if any(
                OSA.distance(typed, words[word], score_cutoff=1) == 1 and len(words[word]) > 2 for word in record.words
            ):
                yield at, 1 - 1 / len(typed)

    def _is_about(self, thing: int, naming: float, by_name: frozenset[int], field: Field | None) -> float:
        """Prefer what a topic is the whole of to what has it beside many others, or else the title says it too."""
        if (
            field not in (Field.TOPIC, Field.ALIAS)
            or naming < _WHOLE_NAME
            or not self._content
            or not by_name.issuperset(self._content)
        ):
            return 0.0
        fields = [self._index.records[place].field for place in self._index.records_of[thing]]
        topics = fields.count(Field.TOPIC)
        own = min(_OWN_TOPIC, _TOPICS / topics) if topics else 0.0
        return own + (_IN_TITLE if self._in_title(thing, by_name) else 0.0)

    def _in_title(self, thing: int, words: frozenset[int]) -> bool:
        """Tell whether one of its titles holds all these words."""
        return any(
            words <= self._records[place].keys()
            for place in self._index.records_of[thing]
            if place in self._records and self._index.records[place].field is Field.TITLE
        )

    def _initials(self, thing: int) -> int:
        """Count single letters of the question that begin a word of its name."""
        letters = {read.word.strict for read in self._reading.words if read.word.initial}
        if not letters:
            return 0
        words = self._index.spelling.words
        record = self._index.records[self._index.records_of[thing][0]]
        return sum(1 for letter in letters if any(words[word][:1] == letter for word in record.words))
