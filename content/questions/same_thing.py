"""Words of several languages for one thing that agendas are about: "безпека" finds a talk on security."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

from content.questions.folding import is_cyrillic, strict
from content.questions.phrases import begun
from content.questions.words import Word

_SHORTEST_BEGINNING = 3
_Script = bool  # whether it is Cyrillic; words stand in plain Latin letters


@dataclass(frozen=True, slots=True)
class SameThing:
    """Which thing each known word, or each beginning of one, is a word for; which of the things are nations."""

    words: Mapping[_Script, Mapping[str, str]]
    beginnings: Mapping[_Script, Mapping[str, str]]
    nations: frozenset[str]

    def of(self, word: Word) -> str | None:
        """Return the thing that a word means; None: the word has no translation here."""
        found = self.words[word.cyrillic].get(word.strict)
        return found or begun(word.strict, self.beginnings[word.cyrillic], _SHORTEST_BEGINNING)


@cache
def same_thing() -> SameThing:
    """Return the list, read from its file when first needed."""
    text = files("content.questions").joinpath("vocabulary", "same_thing.toml").read_text(encoding="utf-8")
    words: dict[_Script, dict[str, str]] = {False: {}, True: {}}
    beginnings: dict[_Script, dict[str, str]] = {False: {}, True: {}}
    listed_things = tomllib.loads(text)
    for things in listed_things.values():
        for thing, listed in things.items():
            for word in listed:
                table = beginnings if word.endswith("*") else words
                table[is_cyrillic(word)][strict(word.rstrip("*"))] = thing
    return SameThing(words, beginnings, frozenset(listed_things["nations"]))
