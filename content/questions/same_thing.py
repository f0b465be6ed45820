"""Words of several languages for one thing that agendas are about: "безпека" finds a talk on security."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

from content.questions.folding import is_cyrillic, strict
from content.questions.words import Word

_SHORTEST_BEGINNING = 3
_LONGEST_ENDING = 7  # letters that may follow a word marked with *
_Known = tuple[bool, str]  # whether it is Cyrillic, and the word in plain Latin letters


@dataclass(frozen=True, slots=True)
class SameThing:
    """Which thing each known word, or each beginning of one, is a word for; which of the things are nations."""

    words: Mapping[_Known, str]
    beginnings: Mapping[_Known, str]
    nations: frozenset[str]

    def of(self, word: Word) -> str | None:
        """Return the thing that a word means; None: the word has no translation here."""
        written = word.strict
        found = self.words.get((word.cyrillic, written))
        if found is not None:
            return found
        for length in range(len(written), max(_SHORTEST_BEGINNING, len(written) - _LONGEST_ENDING) - 1, -1):
            found = self.beginnings.get((word.cyrillic, written[:length]))
            if found is not None:
                return found
        return None


@cache
def same_thing() -> SameThing:
    """Return the list, read from its file when first needed."""
    text = files("content.questions").joinpath("vocabulary", "same_thing.toml").read_text(encoding="utf-8")
    words: dict[_Known, str] = {}
    beginnings: dict[_Known, str] = {}
    listed_things = tomllib.loads(text)
    for things in listed_things.values():
        for thing, listed in things.items():
            for word in listed:
                table = beginnings if word.endswith("*") else words
                table[is_cyrillic(word), strict(word.rstrip("*"))] = thing
    return SameThing(words, beginnings, frozenset(listed_things["nations"]))
