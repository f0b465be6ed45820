"""JSON → values, with the place of every object and list; the place is looked for only when somebody asks."""

from __future__ import annotations

import json
import re
from bisect import bisect_right
from functools import cached_property
from typing import Any

from content.formats.problem_texts import doubt, error
from content.formats.problems import ContentError, Problem
from content.formats.schedule_problem_texts import JSON_PROBLEMS, OTHER_PROBLEM

Path = tuple[str | int, ...]
"""The way to a value: ``("schedule", "conference", "days", 0)``."""

_TOKEN = re.compile(r'"(?:[^"\\]|\\.)*"|[{}\[\],:]', re.DOTALL)


class JsonFile:
    """A file that could be read. ``tree``: what stands in it; of a key that stands twice, lists are joined."""

    def __init__(self, data: bytes, name: str) -> None:
        """Raises ContentError with the place of what is in the way."""
        self.name = name
        self._text = _decoded(data, name)
        self._twice = False
        try:
            self.tree: Any = json.loads(self._text, object_pairs_hook=self._object)
        except json.JSONDecodeError as failure:
            known = (said for message, said in JSON_PROBLEMS.items() if failure.msg.startswith(message))
            words = next(known, OTHER_PROBLEM)
            place = f"{name}:{failure.lineno}:{failure.colno}"
            raise ContentError((error(place, "json_broken", problem=words),)) from failure
        except RecursionError as failure:
            raise ContentError((error(f"{name}:1:1", "json_too_deep"),)) from failure
        except ValueError as failure:  # a number of thousands of digits
            raise ContentError((error(f"{name}:1:1", "json_broken", problem=OTHER_PROBLEM),)) from failure

    def where(self, path: Path) -> str:
        """Return the place of the object or list at the end of this way, or of the nearest one around it."""
        for length in range(len(path), -1, -1):
            if (offset := self._places[0].get(path[:length])) is not None:
                return self._place(offset)
        return f"{self.name}:1:1"

    def problems(self) -> list[Problem]:
        """Return the keys that stand twice."""
        if not self._twice:
            return []
        return [doubt(self._place(offset), "source_key_twice", key=key) for offset, key in self._places[1]]

    def _object(self, pairs: list[tuple[str, Any]]) -> dict[str, Any]:
        found = dict(pairs)
        if len(found) < len(pairs):
            self._twice = True
            for key, value in found.items():
                values = [other for name, other in pairs if name == key]
                if len(values) > 1 and isinstance(value, list):
                    found[key] = [item for other in values if isinstance(other, list) for item in other]
        return found

    def _place(self, offset: int) -> str:
        line = bisect_right(self._lines, offset)
        return f"{self.name}:{line}:{offset - self._lines[line - 1] + 1}"

    @cached_property
    def _lines(self) -> list[int]:
        """Where each line begins."""
        return [0, *(found.end() for found in re.finditer("\n", self._text))]

    @cached_property
    def _places(self) -> tuple[dict[Path, int], list[tuple[int, str]]]:
        """Where each object and list begins, and where a key stands a second time."""
        offsets: dict[Path, int] = {}
        twice: list[tuple[int, str]] = []
        way: list[str | int] = []
        keys: list[set[str] | None] = []  # of each open object those seen; None for a list
        awaits_key = False
        for token in _TOKEN.finditer(self._text):
            said = token[0]
            if said in "{[":
                offsets[tuple(way)] = token.start()
                keys.append(set() if said == "{" else None)
                way.append("" if said == "{" else 0)
                awaits_key = said == "{"
            elif said in "}]":
                keys.pop()
                way.pop()
                awaits_key = False
            elif said == ",":
                last = way[-1]
                if isinstance(last, int):
                    way[-1] = last + 1
                else:
                    awaits_key = True
            elif said != ":" and awaits_key:
                key = json.loads(said)
                seen = keys[-1]
                if seen is not None:
                    if key in seen:
                        twice.append((token.start(), key))
                    seen.add(key)
                way[-1] = key
                awaits_key = False
        return offsets, twice


def _decoded(data: bytes, name: str) -> str:
    encoding = "utf-16" if data.startswith((b"\xff\xfe", b"\xfe\xff")) else "utf-8-sig"
    try:
        return data.decode(encoding)
    except UnicodeDecodeError as failure:
        line = data.count(b"\n", 0, failure.start) + 1
        column = failure.start - (data.rfind(b"\n", 0, failure.start) + 1) + 1
        byte = f"0x{data[failure.start]:02X}" if failure.start < len(data) else "?"
        raise ContentError((error(f"{name}:{line}:{column}", "source_not_utf8", byte=byte),)) from failure


def text_in(value: Any) -> str:
    """Return a value as text: a number as written, one of the texts of a ``{"en": …}``; "" for what is none."""
    if isinstance(value, str):
        return value
    if isinstance(value, bool) or value is None:
        return ""
    if isinstance(value, int | float):
        return str(value)
    if isinstance(value, dict):
        texts = [text for text in (value.get("en"), *value.values()) if isinstance(text, str) and text]
        return texts[0] if texts else ""
    return ""


def items_in(value: Any) -> list[Any]:
    """Return the items of a list; none of what is no list."""
    return value if isinstance(value, list) else []


def keys_in(value: Any) -> dict[str, Any]:
    """Return the keys of an object; none of what is no object."""
    return value if isinstance(value, dict) else {}
