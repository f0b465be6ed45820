"""Initials in small letters: "j smith", which mean a name only beside the surname of somebody who has it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from content.questions.index import QuestionIndex
from content.questions.phrases import NOTHING
from content.questions.read_word import ReadWord, Role

_SURNAME = 0.9  # how near the word beside must be to a person's name


def with_initials(words: list[ReadWord], index: QuestionIndex) -> list[ReadWord]:
    """Let a single letter be an initial where the word beside it belongs to a person whose name begins with it."""
    for at, read in enumerate(words):
        letter = read.word.strict
        if len(letter) != 1 or not letter.isalpha() or read.word.initial or read.role is Role.TIME:
            continue
        if any(_has_initial(letter, beside, index) for beside in _beside(at, words)):
            words[at] = replace(read, word=replace(read.word, initial=True), keys=NOTHING, role=Role.FUNCTION, hits=())
    return words


def _beside(at: int, words: Sequence[ReadWord]) -> list[ReadWord]:
    """Return the next words after further single letters ("j r smith"), and the word before."""
    after = at + 1
    while after < len(words) and len(words[after].word.strict) == 1:
        after += 1
    return [*words[after : after + 1], *words[max(0, at - 1) : at]]


def _has_initial(letter: str, read: ReadWord, index: QuestionIndex) -> bool:
    if read.role is not Role.CONTENT:
        return False
    spelt = index.spelling.words
    return any(
        word != place and spelt[word][0] == letter
        for place, near in read.hits
        if near >= _SURNAME
        for thing in index.people_with[place]
        for record in index.records_of[thing]
        for word in index.records[record].words
    )
