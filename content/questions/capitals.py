"""What capital letters tell: inside a sentence, a name."""

from __future__ import annotations

from collections.abc import Sequence

from content.questions.lexicon import Meaning
from content.questions.words import Word


def capitals_tell_names(words: Sequence[Word]) -> bool:
    """Tell whether a sentence is written as sentences are: with capitals where names stand, not at every word."""
    inside = [word.text[:1].isupper() for word in words if word.inside]
    return 0 < sum(inside) <= len(inside) / 2


def as_name(word: Word, meaning: Meaning) -> Meaning:
    """Let an ordinary word, or one of the other alphabet, be a name if a capital letter inside a sentence says so.

    "From New Horizons"; «від Rozetka» asks for no socket.
    """
    capital = word.inside and len(word.text) > 1 and word.text[0].isupper()
    passing = bool(meaning.keys) and all(key.startswith("passing.") for key in meaning.keys)
    return Meaning() if capital and (passing or meaning.foreign) else meaning
