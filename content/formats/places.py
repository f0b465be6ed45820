"""Where in a file each of its values stands."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TypeAlias

Location: TypeAlias = tuple[str | int, ...]
"""The way to a value: ``("sessions", 3, "title", "ro")``."""

Tree: TypeAlias = "dict[str, Tree] | list[Tree] | str | None"
"""What a file says before anybody asks what it means: every scalar is text, an empty one is None."""


@dataclass(frozen=True, slots=True, order=True)
class Place:
    """A line and a column, both counted from 1; of a workbook the row and the column of a ``sheet``."""

    line: int
    column: int
    sheet: str = ""


START = Place(1, 1)


@dataclass(slots=True)
class Places:
    """The place of every value and of every key.

    ``spoilt`` values could not be read: that is said once, and nothing that follows from it is worth saying.
    """

    values: dict[Location, Place] = field(default_factory=dict)
    keys: dict[Location, Place] = field(default_factory=dict)
    spoilt: set[Location] = field(default_factory=set)

    def of(self, location: Location) -> Place:
        """Return the place of this value, or of the nearest value around it that stands in the file."""
        for length in range(len(location), -1, -1):
            if place := self.values.get(location[:length]):
                return place
        return START

    def of_key(self, location: Location) -> Place:
        """Return the place of this value's key, or else of the value."""
        return self.keys.get(location) or self.of(location)

    def is_spoilt(self, location: Location) -> bool:
        """Tell whether this value, or one around it, could not be read."""
        return any(location[:length] in self.spoilt for length in range(len(location) + 1))


def value_at(tree: Tree, location: Location) -> Tree:
    """Return the value at the end of this way, or None if the way breaks off."""
    for step in location:
        if isinstance(tree, dict) and isinstance(step, str):
            tree = tree.get(step)
        elif isinstance(tree, list) and isinstance(step, int) and step < len(tree):
            tree = tree[step]
        else:
            return None
    return tree


def items_at(tree: Tree, location: Location) -> list[tuple[int, Tree]]:
    """Return the numbered items of the list at the end of this way; none if there is no list."""
    found = value_at(tree, location)
    return list(enumerate(found)) if isinstance(found, list) else []


def text_at(tree: Tree, location: Location) -> str | None:
    """Return the text at the end of this way, or None if there is none."""
    found = value_at(tree, location)
    return found if isinstance(found, str) else None
