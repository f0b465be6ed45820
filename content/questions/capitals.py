"""What capital letters tell: inside a sentence, a name."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from content.questions.lexicon import Meaning
from content.questions.read_word import ReadWord, Role
from content.questions.words import Word

_LONGEST_ABBREVIATION = 5
_NEVER_A_NAME = (
    "asks.", "nouns.", "verbs.", "kinds.", "intents.materials", "intents.follow", "time.", "weekdays.", "months.",
)  # fmt: skip


def capitals_tell_names(words: Sequence[Word]) -> bool:
    """Tell whether a sentence is written as sentences are: with capitals where names stand, not at every word.

    Who begins without a capital writes none but those of names.
    """
    inside = [word.text[:1].isupper() for word in words if word.inside]
    return sum(inside) > 0 and (2 * sum(inside) <= len(inside) or words[0].text[:1].islower())


def beside_a_name(words: Sequence[ReadWord]) -> list[ReadWord]:
    """Let a keyword in capitals be a name beside another one: "Dawn French", «від Нової Пошти».

    What people ask for by such a word ("Slides", "Friday") stays what it is.
    """
    return [
        replace(read, keys=frozenset(), role=Role.CONTENT, guessed=False)
        if _is_capital(read) and _may_be_a_name(read) and _follows_a_name(at, words)
        else read
        for at, read in enumerate(words)
    ]


def _is_capital(read: ReadWord) -> bool:
    return read.word.inside and len(read.word.text) > 1 and read.word.text[0].isupper()


def _may_be_a_name(read: ReadWord) -> bool:
    return read.role in (Role.KEYWORD, Role.FUNCTION) and not any(key.startswith(_NEVER_A_NAME) for key in read.keys)


def _follows_a_name(at: int, words: Sequence[ReadWord]) -> bool:
    """Tell whether the word before is part of a name that is not whole yet: "Dawn", not "Dawn Foster"."""
    before = words[at - 1] if at else None
    if before is None or before.role is not Role.CONTENT or before.keys or not before.word.text[:1].isupper():
        return False
    return at < 2 or words[at - 2].role is not Role.CONTENT


def is_abbreviation(word: Word, meaning: Meaning, words: Sequence[Word]) -> bool:
    """Tell an abbreviation from an ordinary word of some language: "EU" is no "eu" (Romanian for I)."""
    written = word.text
    return (
        2 <= len(written) <= _LONGEST_ABBREVIATION
        and written.isupper()
        and all(key.startswith(("fillers.", "passing.")) for key in meaning.keys)
        and any(each.text.islower() for each in words)
    )


def as_name(word: Word, meaning: Meaning) -> Meaning:
    """Let an ordinary word, or one of the other alphabet, be a name if a capital letter inside a sentence says so.

    "From New Horizons"; «від Rozetka» asks for no socket.
    """
    capital = word.inside and len(word.text) > 1 and word.text[0].isupper()
    passing = bool(meaning.keys) and all(key.startswith("passing.") for key in meaning.keys)
    return Meaning() if capital and (passing or meaning.foreign) else meaning
