"""Questions put together by likeness, so that one answer serves all who asked."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Hashable, Iterator, KeysView
from typing import Generic, TypeVar

from content.questions.likeness import GROUPED_FROM, Wording, likeness

Key = TypeVar("Key", bound=Hashable)


class Grouping(Generic[Key]):
    """Takes questions one by one; in whatever order they come, the groups are the same.

    Two questions stand together if they are alike, or if a chain of alike ones leads from one to the other.
    """

    def __init__(self) -> None:
        self._wordings: dict[Key, Wording] = {}
        self._leaders: dict[Key, Key] = {}
        self._having: defaultdict[str, list[Key]] = defaultdict(list)

    def keys(self) -> KeysView[Key]:
        """Return the keys of all questions that it took."""
        return self._wordings.keys()

    def __contains__(self, key: Key) -> bool:
        return key in self._wordings

    def add(self, key: Key, wording: Wording) -> None:
        """Put a question to those that are like it; one whose key is known already changes nothing."""
        if key in self._wordings:
            return
        self._wordings[key] = wording
        self._leaders[key] = key
        marks = set(_marks(wording))
        for other in dict.fromkeys(each for mark in marks for each in self._having.get(mark, ())):
            if self._leader(key) != self._leader(other) and likeness(wording, self._wordings[other]) >= GROUPED_FROM:
                self._leaders[self._leader(other)] = self._leader(key)
        for mark in marks:
            self._having[mark].append(key)

    def groups(self) -> list[frozenset[Key]]:
        """Return the groups so far; each key stands in exactly one."""
        found: dict[Key, set[Key]] = {}
        for key in self._wordings:
            found.setdefault(self._leader(key), set()).add(key)
        return [frozenset(group) for group in found.values()]

    def _leader(self, key: Key) -> Key:
        while self._leaders[key] != key:
            self._leaders[key] = key = self._leaders[self._leaders[key]]
        return key


def _marks(wording: Wording) -> Iterator[str]:
    """Yield what two questions must share to be alike: the same words, a topic, or the beginning of a telling word."""
    yield f"={wording.folded}"
    for term in wording.terms:
        yield from term.topics
        if term.weight == 1.0:
            yield term.stem[:2]
        else:
            yield f"={term.stem}"
