"""Phrases of the vocabulary: how they are written down, how they are said, and how one is found in a question."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import product
from typing import TypeVar

NOTHING: frozenset[str] = frozenset()
Parts = tuple[str, ...]
Phrase = tuple[Parts, frozenset[str]]
Meant = TypeVar("Meant")

_OPENING = 3
LONGEST_ENDING = 7  # letters that may follow a word marked with *

# What English says short after these words: "who is", "who's", and with the 's gone, "who".
_SHORT = {
    "is": ("s", ("who", "what", "where", "when", "how", "that", "it", "he", "she", "there", "here", "why", "which")),
    "has": ("s", ("who", "what", "where", "when", "how", "that", "it", "he", "she")),
    "are": ("re", ("you", "we", "they")),
    "am": ("m", ("i",)),
    "have": ("ve", ("i", "you", "we", "they")),
    "will": ("ll", ("i", "you", "we", "they", "he", "she", "it", "that")),
    "would": ("d", ("i", "you", "we", "they", "he", "she")),
}
_LOST = ("is", "has", "are", "am")  # "who's behind it" is as good as "who behind it"; "I'll go" is not "I go"
_MAY_BE_NEGATED = ("do", "does", "did", "is", "are", "was", "were", "have", "has", "could", "would", "should")
_NEGATED = {verb: verb + "nt" for verb in _MAY_BE_NEGATED} | {"can": "cant", "will": "wont"}


def alternatives(phrase: str) -> Iterator[str]:
    """Yield the phrases that one with alternatives stands for: "give|send me" is "give me" and "send me"."""
    if "|" not in phrase:
        yield phrase
        return
    yield from (" ".join(words) for words in product(*(piece.split("|") for piece in phrase.split())))


def as_spoken(parts: Parts) -> set[Parts]:
    """Return an English phrase with and without its words drawn together: "i am lost", "im lost", "i lost"."""
    found = {parts}
    for at in range(len(parts) - 1):
        first, second = parts[at], parts[at + 1]
        if second in _SHORT and first in _SHORT[second][1]:
            found.add((*parts[:at], first + _SHORT[second][0], *parts[at + 2 :]))
            if second in _LOST:
                found.add((*parts[:at], first, *parts[at + 2 :]))
        elif second == "not" and first in _NEGATED:
            found.add((*parts[:at], _NEGATED[first], *parts[at + 2 :]))
    return {said for said in found if len(said) > 1}


@dataclass(frozen=True, slots=True)
class Phrases:
    """The phrases of one script. ``longest``: of how many words those are that begin with a word.

    Those with stars stand under their first word, the longest first, or under its first three letters if it has a star.
    """

    exact: Mapping[Parts, frozenset[str]]
    longest: Mapping[str, int]
    starred: Mapping[str, tuple[Phrase, ...]]
    open_starred: Mapping[str, tuple[Phrase, ...]]

    def longest_of(self, words: Sequence[str]) -> tuple[int, frozenset[str]]:
        """Return how many of these words make the longest known phrase that they begin with, and what it means."""
        first = words[0]
        length, keys = 0, NOTHING
        for count in range(min(len(words), self.longest.get(first, 0)), 1, -1):
            found = self.exact.get(tuple(words[:count]))
            if found is not None:
                length, keys = count, found
                break
        for listed in (self.starred.get(first, ()), self.open_starred.get(first[:_OPENING], ())):
            for parts, meant in listed:
                if len(parts) <= length:
                    break
                if len(parts) <= len(words) and all(map(_is, words, parts)):
                    length, keys = len(parts), meant
                    break
        return length, keys


def begun(word: str, beginnings: Mapping[str, Meant], shortest: int) -> Meant | None:
    """Return what the longest listed beginning of a folded word means; None: none of ``shortest`` letters is listed."""
    for length in range(len(word), max(shortest, len(word) - LONGEST_ENDING) - 1, -1):
        found = beginnings.get(word[:length])
        if found is not None:
            return found
    return None


def _is(word: str, listed: str) -> bool:
    if listed[-1] == "*":
        return word.startswith(listed[:-1]) and len(word) < len(listed) + LONGEST_ENDING
    return word == listed


def arranged(phrases: Mapping[Parts, set[str]]) -> Phrases:
    """Arrange phrases, folded like a question, for looking up."""
    exact: dict[Parts, frozenset[str]] = {}
    longest: dict[str, int] = {}
    starred: dict[str, list[Phrase]] = {}
    open_starred: dict[str, list[Phrase]] = {}
    for parts, meanings in sorted(phrases.items(), key=lambda item: -len(item[0])):
        keys = frozenset(meanings)
        if parts[0].endswith("*"):
            open_starred.setdefault(parts[0][:_OPENING], []).append((parts, keys))
        elif any(part.endswith("*") for part in parts):
            starred.setdefault(parts[0], []).append((parts, keys))
        else:
            exact[parts] = keys
            longest[parts[0]] = max(longest.get(parts[0], 0), len(parts))
    return Phrases(
        exact,
        longest,
        {word: tuple(listed) for word, listed in starred.items()},
        {opening: tuple(listed) for opening, listed in open_starred.items()},
    )
