"""Which words of a question are names, though they could mean something else: told by the words beside them."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace

from content.questions.index import QuestionIndex
from content.questions.phrases import NOTHING
from content.questions.read_word import ReadWord, Role
from content.questions.words import Word

_ASKING = ("asks.when", "asks.where", "asks.who", "intents.", "nouns.", "verbs.speak")
_KEPT = frozenset({"nouns.speaker", "nouns.moderator", "nouns.session", "nouns.programme", "intents.materials"})
_AS_WELL_A_NAME = 0.8
_SAME_WORD = 0.9
_SURELY = 0.93
_NAME_BEGUN_FROM = 5


def names_where_something_is_asked(words: Sequence[ReadWord]) -> list[ReadWord]:
    """Take a misspelt word that may as well be a keyword as a name's for the name's, if another word asks already."""
    if not any(key.startswith(_ASKING) for read in words if not read.guessed for key in read.keys):
        return list(words)
    return [
        replace(read, keys=NOTHING, role=Role.CONTENT, guessed=False)
        if read.guessed and read.role is Role.KEYWORD and read.nearest >= _AS_WELL_A_NAME and not read.keys & _KEPT
        else read
        for read in words
    ]


def is_surname(at: int, words: Sequence[ReadWord], index: QuestionIndex) -> bool:
    """Tell a misspelt keyword from a name: in capitals after "from", or beside somebody's name if that has them too."""
    capital = words[at].word.text[:1].isupper()
    if capital and at and "time.from" in words[at - 1].keys:
        return True
    for beside in _neighbours(at, words):
        may_be_name = beside.role is Role.CONTENT or (capital and "nouns.event_name" in beside.keys)
        alike = beside.word.text[:1].isupper() == capital
        if may_be_name and alike and _is_of_a_person(beside.hits, index, near=_SAME_WORD):
            return True
    return False


def is_part_of_a_name(at: int, words: Sequence[ReadWord], index: QuestionIndex, *, foreign: bool) -> bool:
    """Tell an ordinary word from a name beside one: «том» is no "Tom" Weiss, nor is "will" Will Smith."""
    read = words[at]
    capital = read.word.text[:1].isupper()
    if not (foreign or (capital and read.word.inside)) or not _is_of_a_person(read.hits, index, near=1.0):
        return False
    return any(
        each.role is Role.CONTENT
        and (foreign or each.word.text[:1].isupper())
        and _is_of_a_person(each.hits, index, near=_SAME_WORD)
        for each in _neighbours(at, words)
    )


def is_beside_a_person(at: int, words: Sequence[ReadWord], index: QuestionIndex) -> bool:
    """Tell whether the word before or after is one of somebody's name."""
    return any(
        each.role is Role.CONTENT and not each.keys and _is_of_a_person(each.hits, index, near=_SAME_WORD)
        for each in _neighbours(at, words)
    )


def _neighbours(at: int, words: Sequence[ReadWord]) -> Sequence[ReadWord]:
    return (*words[max(0, at - 1) : at], *words[at + 1 : at + 2])


def is_of_somebody(hits: Mapping[int, float], index: QuestionIndex) -> bool:
    """Tell a word that is a person's name in one of its forms."""
    return _is_of_a_person(hits.items(), index, near=_SURELY)


def _is_of_a_person(hits: Iterable[tuple[int, float]], index: QuestionIndex, *, near: float) -> bool:
    return any(nearness >= near and index.is_of_person(hit) for hit, nearness in hits)


def begins_a_name(word: Word, hits: Mapping[int, float], index: QuestionIndex) -> bool:
    """Tell a name of which only the beginning was typed from a misspelt keyword: "golasz" is no greeting."""
    typed = word.strict
    return len(typed) >= _NAME_BEGUN_FROM and any(
        index.spelling.words[place].startswith(typed) and index.is_of_person(place) for place in hits
    )
