"""From a person's own words to what they want to know."""

from __future__ import annotations

from dataclasses import dataclass, replace

from content.questions.around import Around, around
from content.questions.asked import SESSION_ABOUT, Asked, preferred_kinds
from content.questions.candidate import Candidate
from content.questions.everyday import THING
from content.questions.folding import strict
from content.questions.follow_up import Remembered, follow_up, same_wish
from content.questions.index import QuestionIndex
from content.questions.intents import wish
from content.questions.latin_script import as_cyrillic_text
from content.questions.layouts import other_layouts
from content.questions.lexicon import lexicon
from content.questions.matching import FOUND, find
from content.questions.names import Field
from content.questions.question import Entity, EntityKind, Intent, Question
from content.questions.read_word import Role
from content.questions.reading import COURTESIES, Reading, read
from content.questions.side_by_side import named_side_by_side
from content.questions.words import read_words

_TIED = 0.05
_MOST_CHOICES = 6
_MOST_SUGGESTIONS = 3
_SUGGESTED = 0.3
_TELLING_WORD = 3
_SURE = 0.85  # of words read on another keyboard layout, and of a name where a topic is asked for
_HALF = 0.5
_DOUBTFUL = 0.75
_CLEAR_PIECE = 0.9
_FAR_WORD = 0.7
_SURELY_A_ROOM = 0.95
_KEYWORDS_FOR_ONE_UNKNOWN = 2  # so many different keywords carry one unknown word
_UNKNOWN_BESIDE_A_CLEAR_TOPIC = 2
_ALWAYS_THE_SAME = frozenset({"intents.desk"}) | frozenset(
    f"topics.{topic}"
    for topic in (
        *("wifi", "parking", "toilet", "dress-code", "sockets", "badge", "cloakroom", "certificate"),
        *("accessibility", "streaming", "working-language", "time-zone"),
        *("prayer-room", "baby-room"),
    )
)
_ASKING = ("asks.", "nouns.", "verbs.", "time.today", "time.tomorrow")


@dataclass(frozen=True, slots=True)
class Trace:
    """Why a question was understood as it was. ``text``: as read, maybe on another keyboard layout."""

    text: str
    reading: Reading
    candidates: tuple[Candidate, ...]
    question: Question

    @property
    def runner_up(self) -> Candidate | None:
        """The best thing that is not part of the answer."""
        said = {(entity.kind, entity.id) for entity in self.question.entities}
        return next((each for each in self.candidates if (each.named.kind, each.named.id) not in said), None)


def understand(text: str, index: QuestionIndex, remembered: Remembered | None = None) -> Question:
    """Return what a person wants. Never fails, whatever the text; days said as "today" stay relative.

    ``remembered``: what was shown to them a moment ago, which "and where?" is about.
    """
    return _explain(text, index, remembered).question


def explain(text: str, index: QuestionIndex, remembered: Remembered | None = None) -> Trace:
    """Understand a question and keep what led there, with what else was near."""
    trace = _explain(text, index, remembered)
    return replace(trace, candidates=_candidates(trace.reading, index, thorough=True))


def _explain(text: str, index: QuestionIndex, remembered: Remembered | None) -> Trace:
    trace = _trace(text, text, index)
    if text.isascii() and _has_strange_word(trace.reading) and (other := as_cyrillic_text(text)):
        in_cyrillic = _trace(other, text, index)
        trace = trace if in_cyrillic.question.intent is Intent.UNKNOWN else in_cyrillic
    question = _in_a_conversation(trace, remembered, index)
    if question is not trace.question:
        return replace(trace, question=question)
    if trace.question.intent is not Intent.UNKNOWN or _has_known_word(trace.reading):
        return trace
    for other in other_layouts(text):
        if not _may_mean_something(other, index):
            continue
        retyped = _trace(other, text, index)
        if _is_sure(retyped):
            return retyped
    return trace


def _in_a_conversation(trace: Trace, remembered: Remembered | None, index: QuestionIndex) -> Question:
    """Return the question as it is meant after what was shown last."""
    question = trace.question
    if question.entities:
        intent = same_wish(question, trace.reading, remembered)
        return replace(question, intent=intent) if intent else question
    return follow_up(question.text, trace.reading, remembered, index) or question


def _has_strange_word(reading: Reading) -> bool:
    """Tell whether a word of some length is neither of the Latin vocabulary nor nearly one of a name."""
    return any(
        len(each.word.strict) > _TELLING_WORD
        and each.nearest < _CLEAR_PIECE
        and not lexicon().latin.of_word(each.word.strict)
        for each in reading.words
    )


def _has_known_word(reading: Reading) -> bool:
    """Tell whether a word of three letters or more belongs to a language: then the keyboard layout is the right one."""
    return any(
        each.keys and len(each.word.strict) >= _TELLING_WORD and strict(each.word.text) == each.word.strict
        for each in reading.words
    )


def _may_mean_something(text: str, index: QuestionIndex) -> bool:
    """Look quickly for a word of the vocabulary or of a name."""
    words = [word for word in read_words(text) if len(word.strict) >= _TELLING_WORD]
    known = lexicon().read(words)
    return any(
        meaning.keys or word.forms.loose in index.spelling.by_sound or word.forms.stem in index.spelling.by_stem
        for word, meaning in zip(words, known, strict=True)
    )


def _is_sure(trace: Trace) -> bool:
    if trace.question.intent is Intent.UNKNOWN:
        return False
    if trace.question.entities:
        return trace.question.entities[0].coverage >= _SURE
    return not trace.reading.content and all(each.keys for each in trace.reading.words)


def _trace(read_as: str, text: str, index: QuestionIndex) -> Trace:
    reading = read(read_as.replace("&", " and "), index)
    candidates = _candidates(reading, index)
    return Trace(read_as, reading, candidates, _question(text, reading, candidates, index))


def _candidates(reading: Reading, index: QuestionIndex, *, thorough: bool = False) -> tuple[Candidate, ...]:
    return _titles_first(find(reading, index, preferred_kinds(reading), thorough=thorough), reading)


def _question(text: str, reading: Reading, candidates: tuple[Candidate, ...], index: QuestionIndex) -> Question:
    best = candidates[0] if candidates and _is_found(candidates[0], reading) else None
    if (best is not None or not reading.content) and (beside := around(reading, candidates, index)):
        return _beside(reading, text, beside, index)
    asked = Asked(reading, best)
    explains_all = best is not None and set(reading.content) <= best.explained
    if not explains_all and (several := named_side_by_side(reading, candidates)):
        wanted = wish(Asked(reading, several[0]), several[0], index)
        entities = tuple(each.named.entity(each.coverage) for each in several)
        return Question(text, wanted.intent, entities, time=reading.time, topic=wanted.topic, ambiguous=True)
    if best is None and reading.content and not _keywords_suffice(reading):
        return Question(text, Intent.UNKNOWN, suggestions=_suggestions(candidates), time=reading.time)
    wanted = wish(asked, best, index)
    if wanted.intent is Intent.UNKNOWN:
        return Question(text, Intent.UNKNOWN, suggestions=_suggestions(candidates), time=reading.time)
    tied = _tied(best, candidates, reading.small) if best and best.named.kind is not None and wanted.with_entity else ()
    entities = tuple(candidate.named.entity(min(1.0, candidate.coverage)) for candidate in tied)
    if wanted.intent is Intent.MATCHMAKING:
        entities = _matchmaking(index)
    return Question(
        text,
        wanted.intent,
        entities,
        time=asked.time,
        topic=wanted.topic,
        language=wanted.language,
        ambiguous=len(entities) > 1 and wanted.intent is not Intent.MATCHMAKING,
    )


def _beside(reading: Reading, text: str, beside: Around, index: QuestionIndex) -> Question:
    """Ask for what comes before or after; which of several breaks is meant, the moment of asking says."""
    entities = tuple(index.named[place].entity(1.0) for place in beside.places)
    return Question(text, Intent.NEXT, entities, time=reading.time, topic=beside.relation)


def _is_found(candidate: Candidate, reading: Reading) -> bool:
    if candidate.coverage < FOUND:
        return False
    alone = len(reading.content) == len(candidate.by_name) == 1 and candidate.named.kind is not EntityKind.SPEAKER
    if alone and reading.words[reading.content[0]].nearest < _FAR_WORD:
        return False  # a single word that is far from a title's is another one: "picture", "pitch"
    if candidate.named.kind is None and candidate.naming < FOUND and candidate.by_name <= set(reading.content):
        return False  # a fact is asked for by its topic's words, not by a piece of its title
    if (
        candidate.named.kind in {EntityKind.ROOM, EntityKind.TRACK}
        and (candidate.naming < FOUND or candidate.coverage < _SURELY_A_ROOM)
        and not any("nouns.room" in each.keys for each in reading.words)
    ):
        return False  # "la mare" is no big hall, Rome no room
    if _is_piece_of_an_organisation(candidate) and candidate.coverage < _CLEAR_PIECE:
        return False  # a word that resembles one of an organisation is mostly just that
    if _is_piece_of_an_organisation(candidate) and any(
        key.startswith("topics.")
        for at, each in enumerate(reading.words)
        for key in each.keys
        if at not in candidate.explained
    ):
        return False  # "a restaurant for a date" is not about the Data Institute
    if candidate.named.kind is EntityKind.SPEAKER and candidate.coverage < _SURE and _about_a_topic(reading):
        return False  # "a talk about fishing" is none about Mr Fisher
    if candidate.coverage < _DOUBTFUL and any(
        each.guessed for at, each in enumerate(reading.words) if at not in candidate.by_name
    ):
        return False  # what is asked is guessed, and so is of whom
    foreign = {at for at in reading.content if reading.words[at].keys - {THING}}
    return foreign <= candidate.explained


def _is_piece_of_an_organisation(candidate: Candidate) -> bool:
    return candidate.field is Field.ORGANISATION and candidate.naming < _HALF


def _about_a_topic(reading: Reading) -> bool:
    return {key for read in reading.words for key in read.keys} >= SESSION_ABOUT


def _keywords_suffice(reading: Reading) -> bool:
    """One unknown word beside clear keywords does no harm; more, or one of another world, are another question.

    What is asked of a few topics (Wi-Fi, parking) is always the same, whatever else is said about them.
    """
    content = [reading.words[at] for at in reading.content]
    if any(each.keys - {THING} for each in content):
        return False
    clear = {
        frozenset(key for key in each.keys if key.startswith(("intents.", "topics.")))
        for each in reading.words
        if each.role is Role.KEYWORD and not each.guessed
    }
    said = {key for keys in clear for key in keys}
    told = reading.time is not None or any(key.startswith("topics.") for key in said)
    if told and all(THING in each.keys for each in content):
        return len(content) <= _UNKNOWN_BESIDE_A_CLEAR_TOPIC  # "my driver needs the address"
    if said & _ALWAYS_THE_SAME:
        return len(content) <= _UNKNOWN_BESIDE_A_CLEAR_TOPIC
    if len(content) > 1:
        return False
    if said & COURTESIES and said <= COURTESIES:
        return not any(key.startswith(_ASKING) for each in reading.words for key in each.keys)
    return len(clear - {frozenset()}) >= _KEYWORDS_FOR_ONE_UNKNOWN


def _tied(best: Candidate, candidates: tuple[Candidate, ...], small: frozenset[int]) -> tuple[Candidate, ...]:
    """Return the best with all that are meant as much."""
    equal = [
        each
        for each in candidates
        if each.named.kind is best.named.kind
        and best.score - each.score < _TIED
        and best.coverage - each.coverage < _TIED
        and each.explained >= best.by_name - small
        and (each.in_title or not best.in_title or best.named.kind is not EntityKind.SESSION)
    ]
    return tuple(equal[:_MOST_CHOICES]) or (best,)


def _titles_first(candidates: tuple[Candidate, ...], reading: Reading) -> tuple[Candidate, ...]:
    """Let a session whose title says the words win over those, as good otherwise, that only list them as a topic."""
    best = candidates[0] if candidates else None
    if best is None or best.named.kind is not EntityKind.SESSION or best.in_title:
        return candidates
    named = tuple(each for each in _tied(best, candidates, reading.small) if each.in_title)
    return named + tuple(each for each in candidates if each not in named) if named else candidates


def _matchmaking(index: QuestionIndex) -> tuple[Entity, ...]:
    places = index.of_kind.get("kinds.matchmaking", ())
    return tuple(index.named[place].entity(1.0) for place in places)


def _suggestions(candidates: tuple[Candidate, ...]) -> tuple[Entity, ...]:
    near = [each for each in candidates if each.named.kind is not None and each.coverage >= _SUGGESTED]
    return tuple(each.named.entity(min(1.0, each.coverage)) for each in near[:_MOST_SUGGESTIONS])
