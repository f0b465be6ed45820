"""Slips of the fingers in the ordinary words of a question: "wheen", "frm", «кои» — so that phrases are found, too."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from content.questions.folding import forms
from content.questions.index import QuestionIndex
from content.questions.lexicon import Lexicon, Meaning
from content.questions.same_thing import same_thing
from content.questions.words import Word

_COURTESIES = ("intents.greeting", "intents.thanks", "intents.goodbye")
_SHORTEST = 3
_SHORT = 4
_LIKE_A_NAME = 0.8  # a word so near to a name's is more likely that one
_LIKE_A_SHORT_NAME = 0.75
_PERSON = 0.9


def mended(
    words: Sequence[Word], meanings: Sequence[Meaning], index: QuestionIndex, known: Lexicon, *, capitals: bool
) -> dict[int, Word]:
    """Return, by place, the words of the vocabulary that unknown words are one slip away from.

    What may be a name, or what a session is asked to be about, is left as it is.
    """
    languages: frozenset[str] | None = None
    found: dict[int, Word] = {}
    for at, (word, meaning) in enumerate(zip(words, meanings, strict=True)):
        if meaning.keys or word.strict in index.spelling.by_strict:
            continue
        if same_thing().of(word) or not _may_be_a_slip(at, words, meanings, capitals=capitals):
            continue
        languages = languages or known.languages_of(words, meanings)
        meant = known.one_slip_away(word, languages)
        if meant is None or _may_be_a_name(at, words, meant, index, known) or _is_a_courtesy(known.guess(word)):
            continue
        found[at] = replace(word, forms=forms(meant))
    return found


def _is_a_courtesy(guess: Meaning) -> bool:
    """Tell "tanks a lot" from talks."""
    return bool(guess.keys) and all(key.startswith(_COURTESIES) for key in guess.keys)


def _may_be_a_slip(at: int, words: Sequence[Word], meanings: Sequence[Meaning], *, capitals: bool) -> bool:
    word = words[at]
    if len(word.strict) < _SHORTEST or not word.strict.isalpha() or len(words) == 1:
        return False
    if capitals and word.inside and word.text[:1].isupper():
        return False
    return not (at and "grammar.on_topic" in meanings[at - 1].keys)


def _may_be_a_name(at: int, words: Sequence[Word], meant: str, index: QuestionIndex, known: Lexicon) -> bool:
    typed = words[at].forms
    spelt = index.spelling.words
    near = max(
        (
            near
            for place, near in index.spelling.near(typed).items()
            if index.postings[place] and not known.asks_by(spelt[place])
        ),
        default=0.0,
    )
    if typed.strict[:-1] in index.spelling.by_strict:
        return True  # "bees", of the bee
    short = len(typed.strict) <= _SHORT
    if near >= (_LIKE_A_SHORT_NAME if short else _LIKE_A_NAME):
        return True
    before, after = words[max(0, at - 1) : at], words[at + 1 : at + 2]
    ties = bool(before) and known.is_preposition(meant, cyrillic=words[at].cyrillic)  # "slides fom Smith"
    return short and any(
        near >= _PERSON and index.is_of_person(place)
        for beside in (before if ties else (*before, *after))
        for place, near in index.spelling.same(beside.forms).items()
    )
