"""The vocabulary of all languages as one dictionary: from words and phrases to what they mean."""

from __future__ import annotations

import tomllib
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache, lru_cache
from importlib.resources import files

from content.questions.everyday import BEGUN, PASSING, THING, everyday_words
from content.questions.folding import is_cyrillic, strict
from content.questions.layouts import in_one_alphabet
from content.questions.phrases import NOTHING, Phrases, alternatives, arranged, as_spoken, begun
from content.questions.spelling import SpellingIndex, build_spelling_index
from content.questions.tokens import Tokens
from content.questions.words import Word, split

LANGUAGES = ("en", "ro", "uk", "ru")
# What is asked about is not guessed at, and "Greta" is no misspelt praise.
_NO_TOKENS = (
    "elsewhere.",
    "languages.",
    "passing.",
    "topics.",
    "intents.greeting",
    "intents.thanks",
    "intents.goodbye",
)
_SHORTEST_BEGINNING = 2
_SHORTEST_FOREIGN_BEGINNING = 6  # «ведеться» has nothing of Romanian "vedetă"
_LONG_BEGINNING = 6  # letters of a beginning that is known in spite of a slip
_LONGEST_CASE_ENDING = 4
_FUZZY_FROM = 5
_FUZZY_LEAST = 0.78
_OTHER_SCRIPT_FROM = 3
_CUT_SHORT_FROM = 5
_SPEAK = "intents.language"
_PASSING_IN_OTHER_SCRIPT_FROM = 5
_ORDINARY = ({PASSING}, {BEGUN}, {THING})  # nobody's name is taken for one of these misspelt


@dataclass(frozen=True, slots=True)
class Meaning:
    """What a word means on its own or in a phrase: keys of the vocabulary ("asks.when", "topics.wifi").

    ``near`` below 1: the word was only similar to one of the vocabulary; ``foreign``: to one of the other script.
    """

    keys: frozenset[str] = NOTHING
    near: float = 1.0
    foreign: bool = False


@dataclass(frozen=True, slots=True)
class ScriptLexicon:
    """The words and phrases of one script."""

    words: Mapping[str, frozenset[str]]
    beginnings: Mapping[str, frozenset[str]]
    phrases: Phrases
    spelling: SpellingIndex
    by_spelling: tuple[frozenset[str], ...]
    tokens: Tokens

    def of_word(self, word: str, shortest: int = _SHORTEST_BEGINNING) -> frozenset[str]:
        """Return what one folded word means; nothing if it is not known.

        ``shortest``: letters that a word marked with * must have to be taken for its beginning.
        """
        found = self.words.get(word)
        if found is not None:
            return found
        return begun(word, self.beginnings, shortest) or NOTHING

    def guess_beginning(self, word: str) -> Meaning:
        """Return what a word may mean that begins like one marked with *, but for a slip: "ecuosnul", "ecuson*"."""
        for cut in range(1, min(_LONGEST_CASE_ENDING, len(word) - _LONG_BEGINNING) + 1):
            beginning = word[:-cut]
            for place in self.spelling.slips(beginning):
                if self.spelling.words[place] in self.beginnings:
                    return Meaning(self.beginnings[self.spelling.words[place]], 1 - 1 / len(beginning))
        return Meaning()

    def languages_in(self, words: Sequence[str]) -> frozenset[str]:
        """Return the languages that stand in a phrase, as words ("English") or as phrases («по румынски»)."""
        keys: set[str] = set()
        for at, word in enumerate(words):
            keys |= self.of_word(word) | (self.phrases.longest_of(words[at:])[1] if at else NOTHING)
        return frozenset(key for key in keys if key.startswith("languages."))


@dataclass(frozen=True, slots=True)
class Lexicon:
    """Everything the vocabulary files say."""

    latin: ScriptLexicon
    cyrillic: ScriptLexicon

    def read(self, words: Sequence[Word]) -> list[Meaning]:
        """Return what each word means, phrases before single words; unknown words mean nothing."""
        folded = [word.forms.strict for word in words]
        for at, word in enumerate(folded):
            if word.endswith("in") and len(word) >= _CUT_SHORT_FROM and word not in self.latin.words:
                whole = word + "g"  # "what's goin on"
                folded[at] = whole if self.latin.of_word(whole) else word
        meanings: list[Meaning] = []
        while len(meanings) < len(words):
            at, foreign = len(meanings), False
            own, other = (self.cyrillic, self.latin) if words[at].cyrillic else (self.latin, self.cyrillic)
            length, keys = own.phrases.longest_of(folded[at : at + 6])
            if not length:
                length, keys = 1, own.of_word(folded[at])
                if not keys and len(folded[at]) >= _OTHER_SCRIPT_FROM:
                    foreign = True
                    length, keys = other.phrases.longest_of(folded[at : at + 6])
                    if not length:
                        length, keys = 1, other.of_word(folded[at], _SHORTEST_FOREIGN_BEGINNING)
                        if len(folded[at]) < _PASSING_IN_OTHER_SCRIPT_FROM and all(map(_is_passing, keys)):
                            keys = NOTHING  # «ЄС» is no Romanian "ies"
            if length > 1 and _SPEAK in keys:  # "speak English with me" asks for a language, and for which one
                keys |= own.languages_in(folded[at : at + length])
            meanings += [Meaning(keys, foreign=foreign)] * length
        return meanings

    def languages_of(self, words: Sequence[Word], meanings: Sequence[Meaning]) -> frozenset[str]:
        """Return the languages that know most words of a question; all of them if none knows any."""
        counted = dict.fromkeys(LANGUAGES, 0)
        for word, meaning in zip(words, meanings, strict=True):
            if meaning.keys and not meaning.foreign:
                for language in (self.cyrillic if word.cyrillic else self.latin).tokens.uses.get(word.strict, ()):
                    counted[language] += 1
        most = max(counted.values())
        return frozenset(language for language, count in counted.items() if count == most)

    def one_slip_away(self, word: Word, languages: frozenset[str]) -> str | None:
        """Return the word of the vocabulary, folded, that a word was meant to be but for one slip."""
        return (self.cyrillic if word.cyrillic else self.latin).tokens.one_slip_away(word.strict, languages)

    def is_preposition(self, folded: str, *, cyrillic: bool) -> bool:
        """Tell a folded word that ties a name to what stands before it."""
        return "fillers.prepositions" in (self.cyrillic if cyrillic else self.latin).of_word(folded)

    def asks_by(self, folded: str) -> bool:
        """Tell whether a folded word, of whichever script, is one by which questions ask."""
        return folded in self.latin.tokens.uses or folded in self.cyrillic.tokens.uses

    def lists(self, word: Word) -> bool:
        """Tell whether the vocabulary has the word as it is, and not only its beginning."""
        return word.strict in (self.cyrillic if word.cyrillic else self.latin).words

    def guess(self, word: Word) -> Meaning:
        """Return what a misspelt word may mean; nothing if no word of the vocabulary is near."""
        if len(word.forms.strict) < _FUZZY_FROM:
            return Meaning()
        own = self.cyrillic if word.cyrillic else self.latin
        near = own.spelling.near(word.forms, prefixes=False)
        if near:
            best = max(near, key=lambda place: near[place])
            if near[best] >= _FUZZY_LEAST:
                return Meaning(own.by_spelling[best], near[best])
        return own.guess_beginning(word.strict)

    def guess_asking(self, word: Word) -> Meaning:
        """Return which question word a short word was, one slip away: "cinr" is "cine"."""
        own = self.cyrillic if word.cyrillic else self.latin
        near = own.spelling.near(word.forms, prefixes=False)
        asking = [
            place
            for place in near
            if own.spelling.words[place][0] == word.strict[0]
            and all(key.startswith("asks.") for key in own.by_spelling[place])
        ]
        best = max(asking, key=lambda place: near[place], default=None)
        return Meaning() if best is None else Meaning(own.by_spelling[best], near[best])


def _is_passing(key: str) -> bool:
    return key.startswith("passing.")


def _entries(language: str) -> Iterator[tuple[str, str]]:
    """Yield each word or phrase of a language's file with the key it stands under."""
    text = files("content.questions").joinpath("vocabulary", f"{language}.toml").read_text(encoding="utf-8")
    for section, keys in tomllib.loads(text).items():
        for key, listed in keys.items():
            for entry in listed:
                yield from ((phrase, f"{section}.{key}") for phrase in alternatives(entry))


def _parts(phrase: str) -> tuple[str, ...]:
    """Fold a phrase of the vocabulary like a question, keeping the star of each word."""
    return tuple(part for piece in phrase.split() for part in _folded(piece))


@lru_cache(maxsize=32_768)
def _folded(piece: str) -> tuple[str, ...]:
    """Fold one word of a phrase, which may be two ("e-mail"); most are used in many phrases."""
    words = [strict(in_one_alphabet(word)) for word in split(piece)]
    if piece.endswith("*") and words:
        words[-1] += "*"
    return tuple(words)


@cache
def lexicon() -> Lexicon:
    """Return the vocabulary, read from its files when first needed."""
    words: dict[bool, dict[str, set[str]]] = {False: {}, True: {}}
    beginnings: dict[bool, dict[str, set[str]]] = {False: {}, True: {}}
    phrases: dict[bool, dict[tuple[str, ...], set[str]]] = {False: {}, True: {}}
    tokens = {False: Tokens(), True: Tokens()}
    for language in LANGUAGES:
        for phrase, key in _entries(language):
            parts = _parts(phrase)
            script = is_cyrillic(phrase)
            if not key.startswith(_NO_TOKENS):
                for part in parts:
                    tokens[script].add(part, language)
            if len(parts) > 1:
                for said in as_spoken(parts) if language == "en" else (parts,):
                    phrases[script].setdefault(said, set()).add(key)
            elif parts[0].endswith("*"):
                beginnings[script].setdefault(parts[0][:-1], set()).add(key)
            else:
                words[script].setdefault(parts[0], set()).add(key)
    for script in (False, True):
        _let_words_begin(words[script], beginnings[script])
    _add_everyday_words(words, beginnings, phrases)
    _folded.cache_clear()
    return Lexicon(
        _script(words[False], beginnings[False], phrases[False], tokens[False]),
        _script(words[True], beginnings[True], phrases[True], tokens[True]),
    )


def _let_words_begin(words: dict[str, set[str]], beginnings: Mapping[str, set[str]]) -> None:
    """A whole word that is listed with a star elsewhere has both meanings."""
    for word, keys in beginnings.items():
        if word in words:
            words[word] |= keys


def _add_everyday_words(
    words: dict[bool, dict[str, set[str]]],
    beginnings: dict[bool, dict[str, set[str]]],
    phrases: dict[bool, dict[tuple[str, ...], set[str]]],
) -> None:
    """Add the words of everyday life that mean nothing else."""
    more: dict[bool, dict[str, set[str]]] = {False: {}, True: {}}
    more_begun: dict[bool, dict[str, set[str]]] = {False: {}, True: {}}
    for language in LANGUAGES:
        for phrase, key in everyday_words(language):
            parts = _parts(phrase)
            script = is_cyrillic(phrase)
            if len(parts) > 1:
                phrases[script].setdefault(parts, {key})
                continue
            word = parts[0].removesuffix("*")
            if not _is_known(word, words[script], beginnings[script]):
                (more_begun if parts[0].endswith("*") else more)[script].setdefault(word, {key})
    for script in (False, True):
        words[script].update(more[script])
        beginnings[script].update(more_begun[script])


def _is_known(word: str, words: Mapping[str, set[str]], beginnings: Mapping[str, set[str]]) -> bool:
    return word in words or begun(word, beginnings, _SHORTEST_BEGINNING) is not None


def _script(
    words: Mapping[str, set[str]],
    beginnings: Mapping[str, set[str]],
    phrases: Mapping[tuple[str, ...], set[str]],
    tokens: Tokens,
) -> ScriptLexicon:
    known: dict[str, set[str]] = {}
    for table in (beginnings, words):
        for word, keys in table.items():
            if len(word) >= _FUZZY_FROM - 1 and keys not in _ORDINARY:
                known.setdefault(word, set()).update(keys)
    return ScriptLexicon(
        {word: frozenset(keys) for word, keys in words.items()},
        {word: frozenset(keys) for word, keys in beginnings.items()},
        arranged(phrases),
        build_spelling_index(known),
        tuple(frozenset(keys) for keys in known.values()),
        tokens,
    )
