"""The sheets of an Excel agenda: which columns there are, and how lists and parts stand in one cell.

A text in several languages has a column for each (``title (ro)``). In a cell with several items each stands on a line
of its own; the parts of an item are divided by ``|``. A backslash keeps what would divide: ``\\|``, ``\\\\``, ``\\n``;
``\\0`` is an empty item.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType

from content.formats.content_file import (
    Entry,
    EventEntry,
    FactEntry,
    MaterialEntry,
    RoomEntry,
    SessionEntry,
    SpeakerEntry,
    TrackEntry,
)

EVENT = "event"
ENTRIES: Mapping[str, type[Entry]] = MappingProxyType(
    {
        EVENT: EventEntry,
        "rooms": RoomEntry,
        "tracks": TrackEntry,
        "speakers": SpeakerEntry,
        "sessions": SessionEntry,
        "materials": MaterialEntry,
        "facts": FactEntry,
    }
)
SHEETS = MappingProxyType({section: section.capitalize() for section in ENTRIES})

LISTS = frozenset({"aliases", "organisation_aliases", "unknown", "illustrative", "languages", "speakers", "sessions"})
WORDS = frozenset({"name", "theme", "place", "title", "description", "organisation", "role", "bio", "text", "topics"})
MOMENTS = frozenset({"starts", "ends"})
PART_KEYS = ("role", "starts", "ends")

_HEADING = re.compile(
    r"\s*(?P<key>[A-Za-z][A-Za-z _-]*?)\s*(?:\(\s*(?P<language>[A-Za-z]{2,3}(?:-\w+)?)\s*\))?\s*\*?\s*"
)


@dataclass(frozen=True, slots=True)
class Column:
    """What a column holds: a key of the content file, for texts in a language ("": the event's default one)."""

    key: str
    language: str = ""

    def __str__(self) -> str:
        return f"{self.key} ({self.language})" if self.language else self.key


def has_words(section: str, key: str) -> bool:
    """Tell whether this key holds a text in several languages; a person's name is one in all."""
    return key in WORDS and not (section == "speakers" and key == "name")


def is_list(section: str, key: str) -> bool:
    """Tell whether a cell of this key holds several items; whether a room is illustrative is yes or no."""
    return (key in LISTS and not (section == "rooms" and key == "illustrative")) or key in ("topics", "links")


def read_heading(text: str) -> Column | None:
    """Read ``Title (ro)``; None: this is no heading."""
    found = _HEADING.fullmatch(text)
    if not found:
        return None
    return Column(re.sub(r"[ -]+", "_", found["key"].strip().lower()), (found["language"] or "").lower())


def joined(parts: list[str], divider: str = " | ") -> str:
    """Return several parts as one text."""
    return divider.join(re.sub(r"[\\|\n]", lambda mark: "\\n" if mark[0] == "\n" else f"\\{mark[0]}", p) for p in parts)


def divided(text: str, divider: str = "|") -> list[str]:
    """Return the parts of a text, as `joined` put them together."""
    parts: list[list[str]] = [[]]
    kept = iter(text)
    for character in kept:
        if character == "\\":
            following = next(kept, "\\")
            parts[-1].append({"n": "\n", "0": ""}.get(following, following))
        elif character == divider:
            parts.append([])
        else:
            parts[-1].append(character)
    return ["".join(part).strip() for part in parts]


def lines_of(text: str) -> list[str]:
    """Return the lines of a cell, still with their marks; empty ones too, since translations count on them."""
    return text.split("\n")
