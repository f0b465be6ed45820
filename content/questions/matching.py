"""Which things of the agenda the words of a question name, and how much of the words each explains."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace

from rapidfuzz.distance import OSA

from content.questions.by_ear import consonants
from content.questions.candidate import Candidate
from content.questions.hits import KIND_OF_SESSION, Hits
from content.questions.index import QuestionIndex
from content.questions.names import Field
from content.questions.question import EntityKind
from content.questions.read_word import Role
from content.questions.reading import Reading
from content.questions.roles import explained_by_role

FOUND = (
    0.601  # the least share of the content words that must be explained: more than a word of which a quarter is wrong
)
_WELL_NAMED = 0.6  # the least share of a name that must be said when only keywords name it
_CLOSE = 0.06
_BY_LINK = 0.9
_HALF_A_NAME = 0.7
_WHOLE_NAME = 0.95
_ALL_OF_IT = 0.99
_BY_WHOLE_NAME = 0.9  # what other words in a question can take from it
_TOGETHER = 0.9  # what keywords from several names of one thing are worth
_NOT_A_SESSION = 0.08
_IN_TITLE = 0.06
_OWN_TOPIC = 0.1
_TOPICS = 0.5  # shared among the records of all topics, of which there is one in each language
_SURE_NAME = 0.85
_ORDINARY = 0.12  # taken off for each ordinary word beside what only resembles a name: "used cars" is no "char"
_PASSING_WORD = 0.08  # for each word of everyday life that a name holds as well
_PASSING_RANK = 0.15
_PASSING_WEIGHT = 0.4  # among the words that a title explains
_PREFERRED = 0.06
_PERSON = 0.12  # of somebody who is asked for: "when does Misha speak" is not about what "I Miss in Java"
_JOINERS = frozenset({"time.and", "grammar.or"})
_NEARLY_A_NAME = 0.75
_IN_A_ROW = 3  # places apart in a title, with "of the" between
_MISHEARD = 0.75
_LONGER = 2
_SHORTEST_SLIP = 3
_FOUND_ALONE_FROM = 6


def find(
    reading: Reading, index: QuestionIndex, preferred: frozenset[EntityKind], *, thorough: bool = False
) -> tuple[Candidate, ...]:
    """Return what the words may name, best first. Whether it is good enough is for the caller to say.

    ``thorough``: also what cannot be the answer beside a better one.
    """
    hits = _Scored(reading, index)
    found = [hits.candidate(place, preferred) for place in hits.likeliest(thorough=thorough)]
    found.sort(key=lambda candidate: (-candidate.score, candidate.place))
    # What a title holds only decides between sessions that are as good otherwise.
    return tuple(hits.with_title(each) if found[0].score - each.score <= _CLOSE else each for each in found)


class _Scored(Hits):
    """What the words of a question meet, scored."""

    def candidate(self, thing: int, preferred: frozenset[EntityKind]) -> Candidate:
        """Score one thing."""
        named = self._index.named[thing]
        sims = self._sims[thing]
        naming, by_name, field = self._best_record(thing)
        if thing in self._by_kind and not self._content:
            naming = max(naming, KIND_OF_SESSION)
        explained = dict(sims)
        by_link = self._by_links(thing, sims) if self._content and any(self._naming[at] for at in sims) else {}
        explained.update((at, near * _BY_LINK) for at, near in by_link.items())
        if thing < len(self._index.roles):
            explained.update(explained_by_role(self._index.roles[thing], self._reading.words, sims, naming))
        if field in (Field.NAME, Field.TITLE) and self._content:
            explained.update(self._slips(thing, explained, by_name, field))
        if self._content:
            # keywords may add to what names a thing, never make up for words that do not
            beside = self._everyday_words(explained, by_name)
            coverage = self._share_of_content(explained, beside)
            if named.kind is not EntityKind.ROOM:  # "how do I get to room 3": the words around say what is wanted
                coverage = min(coverage, self._share_explained(explained, beside))
            missing = any(at not in explained for at in self._content)
            if missing and named.kind is EntityKind.SPEAKER and field is Field.NAME:
                coverage = self._beside_other_words(coverage, naming, by_name)
        else:
            coverage = self._coverage_by_keywords(naming, by_name, explained)
        keywords = sum(1 for at in by_name - self._small if self._reading.words[at].role is Role.KEYWORD)
        score = coverage + 0.15 * naming + 0.04 * min(keywords, 3) + self._preference(named.kind, preferred)
        score += _PASSING_WORD * min(len(by_name & self._passing), 3)
        score += self._is_about(thing, naming, by_name, field)
        score += 0.03 * min(2, self._initials(thing)) - 0.1 * any(at in by_link for at in self._content)
        if self._ordinary and min(explained.values(), default=1.0) < _SURE_NAME:
            coverage -= _ORDINARY * len(self._ordinary - explained.keys())
        if named.kind in (EntityKind.ROOM, EntityKind.TRACK) and naming < 0.99:
            score -= 0.2
        elif named.kind not in (EntityKind.SPEAKER, EntityKind.SESSION) and (naming < _WHOLE_NAME or len(by_name) < 2):
            score -= _NOT_A_SESSION
        row = self._in_a_row(thing, by_name) if named.kind is EntityKind.SESSION else frozenset[int]()
        return Candidate(thing, named, score, coverage, naming, frozenset(explained), by_name, field, in_a_row=row)

    def _beside_other_words(self, coverage: float, naming: float, by_name: frozenset[int]) -> float:
        """Say how well somebody is named where other words are left unexplained.

        Half a name beside another word is another person, so is a whole one with one name more; a whole one
        apart from the other words is theirs, whatever those say. "Petru Lungu and his bees" asks for more.
        """
        words = self._reading.words
        name = by_name.intersection(self._content)
        if naming < _ALL_OF_IT:
            return coverage * _HALF_A_NAME
        if len(name) < 2 or any(read.keys & _JOINERS for read in words):
            return coverage
        capital = all(words[at].word.text[:1].isupper() for at in name)
        beside = {at + step for at in name for step in (-1, 1)} - name
        near = [words[at] for at in self._content if at in beside and not words[at].keys]
        if any(read.word.text[:1].isupper() for read in near if capital):
            return coverage * _HALF_A_NAME
        return coverage if near and not capital else max(coverage, _BY_WHOLE_NAME)

    def _preference(self, kind: EntityKind | None, preferred: frozenset[EntityKind]) -> float:
        if kind not in preferred:
            return 0.0
        return _PERSON if kind is EntityKind.SPEAKER and EntityKind.SESSION not in preferred else _PREFERRED

    def with_title(self, candidate: Candidate) -> Candidate:
        """Say of a session whether one of its titles holds all content words."""
        if candidate.named.kind is not EntityKind.SESSION:
            return candidate
        return replace(candidate, in_title=self._in_title(candidate.place, frozenset(self._content)))

    def _share_explained(self, explained: Mapping[int, float], beside: float = 0.0) -> float:
        got = sum(explained.get(at, 0.0) * weight for at, weight in self._weights.items())
        return (got + beside) / ((self._weight + beside) or 1.0)

    def _share_of_content(self, explained: Mapping[int, float], beside: float) -> float:
        got = sum(explained.get(at, 0.0) * self._weights[at] for at in self._content)
        return (got + beside) / (self._content_weight + beside)

    def _everyday_words(self, explained: Mapping[int, float], by_name: frozenset[int]) -> float:
        """Return the weight of a name's everyday words, which count as well where another word surely means it."""
        sure = any(explained.get(at, 0.0) >= _SURE_NAME for at in self._content)
        return _PASSING_WEIGHT * len(by_name & self._passing) if sure else 0.0

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
            said = self._said_in(place)
            if not said:
                continue
            record = self._index.records[place]
            share = record.share_said(said)
            rank = share
            if self._content:
                rank += 0.35 * sum(1 for at in said if self._reading.words[at].role is Role.CONTENT)
                rank += _PASSING_RANK * len(self._passing & said.keys())
            if rank > best_rank:
                best_rank, best = rank, (share, frozenset(said), record.field)
        if not best[1]:
            return KIND_OF_SESSION, frozenset(self._sims[thing]), None
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

    def _slips(
        self, thing: int, explained: Mapping[int, float], by_name: frozenset[int], field: Field
    ) -> Iterator[tuple[int, float]]:
        """Yield words that are a slip or two away from another word of a name that is surely meant."""
        missing = [at for at in self._content if at not in explained and not self._reading.words[at].keys]
        nearest = max((explained[at] for at in by_name.intersection(self._content)), default=0.0)
        if not missing or nearest < (_NEARLY_A_NAME if field is Field.NAME else _SURE_NAME):
            return
        spelt = self._index.spelling.words
        records = self._index.records
        words = {
            word
            for place in self._index.records_of[thing]
            if by_name <= self._said_in(place).keys()
            for word in set(records[place].words).difference(*(said for said, _ in self._said_in(place).values()))
            if len(spelt[word]) >= _SHORTEST_SLIP
        }
        for at in missing:
            typed = self._reading.words[at].word.strict
            allowed = 1 if len(typed) < _FOUND_ALONE_FROM else 2
            if len(typed) < _SHORTEST_SLIP:
                continue
            slips = min((OSA.distance(typed, spelt[word], score_cutoff=allowed) for word in words), default=allowed + 1)
            if slips <= allowed:
                yield at, 1 - slips / len(typed)
            elif field is Field.NAME and nearest >= _SURE_NAME and self._is_heard(at, words):
                yield at, _MISHEARD

    def _is_heard(self, at: int, words: Iterable[int]) -> bool:
        """Tell whether a word has the consonants of one of these: «Майкл» and "Michael"."""
        sounds = self._index.spelling.sounds
        typed = self._reading.words[at].word.forms.loose
        said = consonants(typed)
        return bool(said) and any(
            abs(len(sounds[word]) - len(typed)) <= _LONGER and consonants(sounds[word]) == said for word in words
        )

    def _in_a_row(self, thing: int, by_name: frozenset[int]) -> frozenset[int]:
        """Return the words, content among them, that follow each other in a title as they do in the question."""
        if len(by_name) < 2:
            return frozenset()
        found: set[int] = set()
        for place in self._index.records_of[thing]:
            record, said = self._index.records[place], self._said_in(place)
            if record.field is not Field.TITLE or len(said) < 2:
                continue
            stands = {at: record.words.index(words[0]) for at, (words, _) in said.items() if words[0] in record.words}
            for at, where in stands.items():
                for other in (at + 1, at + 2):
                    if 0 < stands.get(other, where) - where <= _IN_A_ROW and not self._gap(at, other):
                        found |= {at, other} if {at, other} & set(self._content) else set()
        return frozenset(found)

    def _gap(self, at: int, other: int) -> bool:
        """Tell whether something other than a small word stands between."""
        return other == at + 2 and at + 1 not in self._small

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
            words <= self._said_in(place).keys()
            for place in self._index.records_of[thing]
            if self._index.records[place].field is Field.TITLE
        )

    def _initials(self, thing: int) -> int:
        """Count single letters of the question that begin a word of its name."""
        letters = {read.word.strict for read in self._reading.words if read.word.initial}
        if not letters:
            return 0
        words = self._index.spelling.words
        record = self._index.records[self._index.records_of[thing][0]]
        return sum(1 for letter in letters if any(words[word][:1] == letter for word in record.words))
