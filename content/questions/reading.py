"""The words of one question with what each means and which part it plays."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from content.questions.capitals import as_name, beside_a_name, capitals_tell_names, is_abbreviation
from content.questions.everyday import BEGUN, THING
from content.questions.index import QuestionIndex
from content.questions.initials import with_initials
from content.questions.lexicon import Lexicon, Meaning, lexicon
from content.questions.name_words import (
    begins_a_name,
    is_beside_a_person,
    is_of_somebody,
    is_part_of_a_name,
    is_surname,
    names_where_something_is_asked,
)
from content.questions.phrases import NOTHING
from content.questions.question import TimeWords
from content.questions.read_word import ReadWord, Role
from content.questions.same_thing import same_thing
from content.questions.slips import mended
from content.questions.strays import without_strays
from content.questions.time_words import read_time
from content.questions.verb_endings import ends_like_verb
from content.questions.words import Word, read_words

_FUNCTIONS = ("fillers.", "passing.", "asks.", "verbs.", "grammar.", "short_weekdays.")
# Keywords of these sections can also be a name, or a part of one; others never choose a thing by themselves.
_NAMING = ("kinds.", "topics.", "languages.", "nouns.event_name", "elsewhere.")
_OF_ANY_AGENDA = frozenset({THING, BEGUN})
_SMALL = ("fillers.", "time.", "grammar.")
_GUESS_BELOW = 0.99  # only a word that is spelt as in a name cannot be a misspelt keyword
_NAMED_WELL = 0.93
_NEAR_NAME = 0.8  # what a misspelt keyword may name besides: "ucrainean" is a language and a session
_SHORT_ASKING_WORD = 4
_SAME_WORD = 0.93
_SOME_NAME = 0.75
_TIE = 0.02
_SAME_KIND = 0.9
_FUNCTION_GUESS_FROM = 6
_MONTH_GUESS_FROM = 7
_FUNCTION_GUESS = 0.84
_NO_VERB_FROM = 0.8
COURTESIES = frozenset({"intents.greeting", "intents.thanks", "intents.goodbye", "intents.agreement"})
_SAME_BEGINNING = 2
_LONGEST_CASE_ENDING = 3
_LIGHT = 0.5  # weight of numbers and of one or two letters


@dataclass(frozen=True, slots=True)
class Reading:
    """A question's words and what its time words mean.

    ``content``: the places of the words that only a name can explain.
    """

    words: tuple[ReadWord, ...]
    time: TimeWords | None
    content: tuple[int, ...]

    @property
    def beside(self) -> frozenset[int]:
        """The places of keywords that only tell beside what something is: "before the coffee break"."""
        found: set[int] = set()
        counting = False
        for at, read in enumerate(self.words):
            if "grammar.before" in read.keys or "grammar.after" in read.keys:
                counting = True
            elif read.role is Role.CONTENT:
                counting = False
            elif counting and read.role is Role.KEYWORD:
                found.add(at)
        return frozenset(found) if self.content else frozenset()

    @property
    def small(self) -> frozenset[int]:
        """The places of articles, prepositions and the like, which tell no two names apart."""
        return frozenset(
            at for at, read in enumerate(self.words) if read.keys and all(key.startswith(_SMALL) for key in read.keys)
        )


def read(text: str, index: QuestionIndex) -> Reading:
    """Read the words of a question against the vocabulary, the calendar and the names of the agenda."""
    known = lexicon()
    words = read_words(text)
    meanings = known.read(words)
    capitals = capitals_tell_names(words)
    slips = mended(words, meanings, index, known, capitals=capitals)
    if slips:
        words = tuple(slips.get(at, word) for at, word in enumerate(words))
        meanings = known.read(words)
    if capitals:
        meanings = [as_name(word, meaning) for word, meaning in zip(words, meanings, strict=True)]
    meanings = [
        Meaning() if word.strict in index.spelling.by_strict and is_abbreviation(word, meaning, words) else meaning
        for word, meaning in zip(words, meanings, strict=True)
    ]
    time, time_places = read_time(words, meanings, index.days)
    found = [
        _read_word(word, meaning, at in time_places, index, known, is_name=capitals and _is_capital(word))
        for at, (word, meaning) in enumerate(zip(words, meanings, strict=True))
    ]
    for at, each in enumerate(found):
        named = capitals and _is_capital(each.word)
        if each.role is Role.CONTENT and not each.keys and not named and _is_verb(each, found[at - 1] if at else None):
            found[at] = replace(each, role=Role.FUNCTION)
        if each.guessed and each.role is not Role.CONTENT and is_surname(at, found, index):
            found[at] = replace(
                each, keys=NOTHING, role=Role.CONTENT, hits=tuple(index.spelling.near(each.word.forms).items())
            )
        elif (BEGUN in each.keys and not ends_like_verb(each.word) and is_beside_a_person(at, found, index)) or (
            each.role in (Role.FUNCTION, Role.KEYWORD)
            and is_part_of_a_name(at, found, index, foreign=meanings[at].foreign)
        ):
            found[at] = replace(each, keys=NOTHING, role=Role.CONTENT)
    found = names_where_something_is_asked(found)
    guessed = [Meaning(read.keys) for read in found]
    if time is None and guessed != meanings:
        time, time_places = read_time(words, guessed, index.days)
        found = [_at_time(each) if at in time_places else each for at, each in enumerate(found)]
    if not any(can_name(each) for each in found):
        found = [_heard(each) for each in found]
    if capitals:
        found = beside_a_name(found)
    read_so = tuple(without_strays(with_initials(_split_words(found, index), index), index))
    return Reading(read_so, time, tuple(at for at, each in enumerate(read_so) if each.role is Role.CONTENT))


def can_name(read: ReadWord) -> bool:
    """Tell whether a word can be a name, or a part of one."""
    return read.role is Role.CONTENT or any(key.startswith(_NAMING) for key in read.keys)


def _heard(read: ReadWord) -> ReadWord:
    """Take a passing word ("friends") for content where nothing else of a question is, and a name holds it."""
    passing = bool(read.keys) and all(key.startswith("passing.") for key in read.keys)
    return replace(read, keys=NOTHING, role=Role.CONTENT) if passing and read.hits and not read.guessed else read


def _at_time(read: ReadWord) -> ReadWord:
    return replace(read, role=Role.TIME)


def _is_verb(read: ReadWord, before: ReadWord | None) -> bool:
    """Tell whether an unknown word is a verb or an adverb: names and topics are none.

    Its ending says so, or the word before it.
    """
    if read.nearest >= _NO_VERB_FROM:
        return False
    if ends_like_verb(read.word):
        return True
    if read.word.cyrillic:
        return False
    return before is not None and "grammar.verb_follows" in before.keys


def _is_capital(word: Word) -> bool:
    return word.inside and word.text[:1].isupper()


def _read_word(
    word: Word, meaning: Meaning, timed: bool, index: QuestionIndex, known: Lexicon, *, is_name: bool
) -> ReadWord:
    keys = meaning.keys
    if not timed and all(key.startswith("short_weekdays.") for key in keys):
        keys = NOTHING
    weight = _LIGHT if len(word.strict) <= 2 or word.strict.isdigit() else 1.0
    if timed:
        return ReadWord(word, keys, Role.TIME, tuple(_exact(word, index).items()), weight)
    if word.initial or not (keys or word.text[0].isalnum()):  # a letter that stands for a name; an emoji
        return ReadWord(word, NOTHING, Role.FUNCTION, (), weight)
    if keys and keys <= _OF_ANY_AGENDA and _is_of_the_agenda(word, index, known):
        keys = NOTHING
    if meaning.foreign and is_of_somebody(index.spelling.same(word.forms), index):
        keys = NOTHING  # «Гарта» is Mr Hart's, and no Romanian map
    if keys:
        same = _exact(word, index)
        if THING in keys:
            return ReadWord(word, keys, Role.CONTENT, (), weight)
        if any(key.startswith("elsewhere.") for key in keys):
            very = {
                place: near
                for place, near in same.items()
                if near == 1.0 or (word.cyrillic and _begins_alike(word.strict, index.spelling.words[place], 4))
            }  # "politics", no policy; «матчу», no Max
            return ReadWord(word, keys, Role.CONTENT, tuple(very.items()), weight)
        if all(key.startswith(_FUNCTIONS) for key in keys):
            return ReadWord(word, keys, Role.FUNCTION, tuple(same.items()), weight)
        alike = {place: near for place, near in same.items() if _begins_alike(word.strict, index.spelling.words[place])}
        if any(key.startswith("languages.") for key in keys):
            alike = _with_translations(word, alike, index)
        return ReadWord(word, keys, Role.KEYWORD, _of_same_kind(keys, alike, index), weight)
    hits = index.spelling.near(word.forms)
    best = max(hits.values(), default=0.0)
    if best < _NO_VERB_FROM and len(word.strict) == _SHORT_ASKING_WORD and (asking := known.guess_asking(word)).keys:
        return ReadWord(word, asking.keys, Role.FUNCTION, (), weight, guessed=True)
    is_name = is_name or begins_a_name(word, hits, index) or is_of_somebody(hits, index)
    if best < _GUESS_BELOW and not is_name and same_thing().of(word) is None:
        guess = known.guess(word)
        if guess.keys and guess.near >= best - _TIE and not _is_doubtful(guess, word, best):
            kept = hits if guess.near <= best + _TIE else {at: near for at, near in hits.items() if near >= _NEAR_NAME}
            return ReadWord(
                word, guess.keys, _role(guess.keys), _of_same_kind(guess.keys, kept, index), weight, guessed=True
            )
    hits = _with_translations(word, hits, index)
    if _is_of_event(word, index):
        return ReadWord(word, frozenset({"nouns.event_name"}), Role.KEYWORD, tuple(hits.items()), weight)
    return ReadWord(word, NOTHING, Role.CONTENT, tuple(hits.items()), weight)


def _is_of_the_agenda(word: Word, index: QuestionIndex, known: Lexicon) -> bool:
    """Tell whether this agenda may be about a thing of everyday life, or name somebody by the word."""
    if word.strict in index.spelling.by_strict or same_thing().of(word) in index.same_thing:
        return True
    if known.lists(word):
        return any(not index.is_of_person(place) for place in index.spelling.same(word.forms))
    return max(index.spelling.near(word.forms).values(), default=0.0) >= _NO_VERB_FROM


def _is_of_event(word: Word, index: QuestionIndex) -> bool:
    stem = word.forms.stem
    return word.strict in index.event_words or (
        stem in index.event_words and len(word.forms.loose) - len(stem) <= _LONGEST_CASE_ENDING
    )


def _with_translations(word: Word, hits: dict[int, float], index: QuestionIndex) -> dict[int, float]:
    """Add the words of titles that mean the same in another language."""
    thing = same_thing().of(word)
    if thing is None or thing not in index.same_thing:
        return hits
    return hits | {place: max(_SAME_KIND, hits.get(place, 0.0)) for place in index.same_thing[thing]}


def _begins_alike(one: str, other: str, letters: int = _SAME_BEGINNING) -> bool:
    """Tell a word in another form from one that only sounds like it: «воду» is no "wood"."""
    return one[:letters] == other[:letters]


def _role(keys: frozenset[str]) -> Role:
    if any(key.startswith("elsewhere.") for key in keys):
        return Role.CONTENT
    return Role.FUNCTION if all(key.startswith(_FUNCTIONS) for key in keys) else Role.KEYWORD


def _is_doubtful(guess: Meaning, word: Word, best: float) -> bool:
    """Short words that only resemble a function word, or are well known as a name, are more likely a name."""
    if best >= _SOME_NAME and all(key.startswith("passing.") for key in guess.keys):
        return True
    if guess.near < _SAME_WORD and any(key.startswith("elsewhere.") for key in guess.keys):
        return True  # «питає» asks for no song
    if guess.keys <= COURTESIES and best >= guess.near - _TIE:
        return True  # «здоровье» is no misspelt «здорово»
    if len(word.strict) < _MONTH_GUESS_FROM and all(key.startswith("months.") for key in guess.keys):
        return True  # «трава» is no «травня»
    doubtful = len(word.strict) < _FUNCTION_GUESS_FROM or guess.near < _FUNCTION_GUESS or best >= _NAMED_WELL
    return doubtful and all(key.startswith(_FUNCTIONS) for key in guess.keys)


def _exact(word: Word, index: QuestionIndex) -> dict[int, float]:
    """Return the names' words that are the same word: what already means something is not guessed at."""
    return index.spelling.same(word.forms)


def _of_same_kind(
    keys: frozenset[str], hits: Mapping[int, float], index: QuestionIndex
) -> tuple[tuple[int, float], ...]:
    """Let a word for a kind of session mean the names' words for it in every language and form."""
    found = dict(hits)
    for key in keys:
        for place in index.same_kind.get(key, ()):
            found.setdefault(place, _SAME_KIND)
    return tuple(found.items())


def _split_words(found: Sequence[ReadWord], index: QuestionIndex) -> list[ReadWord]:
    """Let two neighbours that make one known word ("imago mol", "match making") both mean it."""
    words = list(found)
    by_strict = index.spelling.by_strict
    for at in range(len(words) - 1):
        left, right = words[at], words[at + 1]
        if Role.CONTENT not in (left.role, right.role) or Role.TIME in (left.role, right.role):
            continue
        if 1.0 in dict(left.hits).values() and 1.0 in dict(right.hits).values():
            continue
        place = by_strict.get(left.word.strict + right.word.strict)
        if place is None or len(left.word.strict + right.word.strict) < 5:
            continue
        for where, read in ((at, left), (at + 1, right)):
            words[where] = ReadWord(read.word, read.keys, read.role, (*read.hits, (place, 0.97)), read.weight)
    return words
