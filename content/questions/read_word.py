"""A word of a question as it was understood."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from content.questions.words import Word


class Role(StrEnum):
    """Which part a word plays. Only content must be explained by a name."""

    FUNCTION = "function"
    KEYWORD = "keyword"
    TIME = "time"
    CONTENT = "content"


@dataclass(frozen=True, slots=True)
class ReadWord:
    """A word as understood. ``hits``: names' words it may be (places in the spelling index) and how near each is.

    ``guessed``: it only resembles the word of the vocabulary whose ``keys`` it got.
    """

    word: Word
    keys: frozenset[str]
    role: Role
    hits: tuple[tuple[int, float], ...]
    weight: float
    guessed: bool = False

    @property
    def nearest(self) -> float:
        """How near the likeliest name's word is; 0: there is none."""
        return max((near for _, near in self.hits), default=0.0)
