"""Ordinary words that no vocabulary lists, told from names by where they stand."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from content.questions.everyday import THING
from content.questions.index import QuestionIndex
from content.questions.question import EntityKind
from content.questions.read_word import ReadWord, Role

_MOST_STRAYS = 3
_LIKE_A_NAME = 0.75  # a word so near to a name's is more likely that name, misspelt
_CLEARLY_NAMED = 0.93
_ASKING = ("asks.", "verbs.", "nouns.", "time.today", "time.tomorrow", "intents.")
_CLEAR = ("kinds.", "intents.materials", "nouns.programme", "intents.now", "intents.next")
_NAMING = (*_CLEAR, "topics.", "nouns.event_name")
_RARE = 4  # records of names that a telling word of a title stands in, at most
_TELLING_FROM = 7  # letters of a word that tells a title by itself


def without_strays(words: Sequence[ReadWord], index: QuestionIndex) -> list[ReadWord]:
    """Let ordinary words pass that stand apart from what a question clearly names: "which *door* for the keynotes".

    A word beside a name is a part of it, and makes it another one, and one after "about" is what is
    asked for. With more than a few unknown words it is another question.
    """
    content = [at for at, read in enumerate(words) if read.role is Role.CONTENT]
    everyday = [at for at in content if _is_everyday(words[at])]
    rest = [at for at in content if at not in everyday]
    strays = [at for at in rest if _is_stray(at, words)]
    if not (strays or everyday) or len(strays) > _MOST_STRAYS or not (_asks(words) or everyday):
        return list(words)
    rest = [at for at in rest if at not in strays]
    if any(words[at].keys for at in rest):
        return list(words)
    of_people = bool(rest) and all(_is_of_a_person(words[at], index) for at in rest)
    strays += [at for at in everyday if _passes(at, words, beside_names=of_people)]
    rest = [at for at in content if at not in strays]
    if not strays or not (_is_clear(rest, words, index) if rest else _is_plain(words)):
        return list(words)
    return [replace(read, role=Role.FUNCTION, hits=()) if at in strays else read for at, read in enumerate(words)]


def _is_everyday(read: ReadWord) -> bool:
    """Tell whether a word is for a thing of everyday life, and no name of the agenda has it."""
    return THING in read.keys and not read.hits


def _is_of_a_person(read: ReadWord, index: QuestionIndex) -> bool:
    """Tell whether a word is one of a person's name, or of their organisation's."""
    return any(
        near >= _CLEARLY_NAMED and index.named[index.records[record].named].kind is EntityKind.SPEAKER
        for place, near in read.hits
        for record in index.postings[place]
    )


def _is_stray(at: int, words: Sequence[ReadWord]) -> bool:
    read = words[at]
    if read.role is not Role.CONTENT or read.keys or (read.word.inside and read.word.text[:1].isupper()):
        return False
    if not read.word.strict.isalpha() or read.nearest >= _LIKE_A_NAME:
        return False
    return _stands_apart(at, words)


def _passes(at: int, words: Sequence[ReadWord], *, beside_names: bool) -> bool:
    """Tell whether a thing of everyday life asks for nothing: beside a person's name wherever it stands."""
    return beside_names or _stands_apart(at, words)


def _stands_apart(at: int, words: Sequence[ReadWord]) -> bool:
    for before in reversed(words[:at]):
        if "grammar.on_topic" in before.keys or _may_name(before):
            return False
        if not (_is_preposition(before) or _is_passing(before)):
            break
    return at + 1 == len(words) or not _may_name(words[at + 1])


def _may_name(read: ReadWord) -> bool:
    return read.role is Role.CONTENT or any(key.startswith(_NAMING) for key in read.keys)


def _is_passing(read: ReadWord) -> bool:
    """Tell an ordinary word: "a panel about women in aviation" is about aviation, too."""
    return bool(read.keys) and all(key.startswith("passing.") for key in read.keys)


def _is_preposition(read: ReadWord) -> bool:
    """Tell whether a word ties what follows to what stands before: "a workshop *with* clay"."""
    return any(key in ("fillers.prepositions", "fillers.articles") for key in read.keys)


def _asks(words: Sequence[ReadWord]) -> bool:
    return any(key.startswith(_ASKING) for read in words for key in read.keys)


def _is_clear(rest: Sequence[int], words: Sequence[ReadWord], index: QuestionIndex) -> bool:
    """Tell whether each other unknown word, hardly misspelt, is one of a person's name or a telling one of a title."""
    return all(
        any(
            near >= _CLEARLY_NAMED
            and (
                index.is_of_person(place)
                or (
                    len(index.postings[place]) <= _RARE
                    and (len(rest) > 1 or len(words[at].word.strict) >= _TELLING_FROM)
                )
            )
            for place, near in words[at].hits
        )
        for at in rest
    )


def _is_plain(words: Sequence[ReadWord]) -> bool:
    """Tell whether a kind of session, slides, the programme or this moment is asked for in so many words."""
    return any(key.startswith(_CLEAR) for read in words for key in read.keys if not read.guessed)
