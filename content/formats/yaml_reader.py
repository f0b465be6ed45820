"""YAML text → a tree of dicts, lists and texts, with the place of everything, and the problems on the way.

Only what a content file needs is read: one document, no anchors, aliases or tags, every key once. Scalars stay text, so
that ``20:00`` is not 1200 and ``no`` is not False. The parser's events are read as they come (libyaml's parser if it
is there): a file that nests too deeply or holds too much is given up at once, whatever its size.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import Any

import yaml

from content.formats.places import Location, Place, Places, Tree
from content.formats.yaml_errors import LastText, explain
from content.formats.yaml_repair import without_entry

MAX_DEPTH = 20
MAX_VALUES = 250_000
MAX_BROKEN = 20
MAX_FINDINGS = 5_000

Finding = tuple[Place, str, dict[str, str]]
"""A problem before it is worded: its place, its code and the parameters of its text."""

_LOADER: Any = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
_EMPTY = {"", "~", "null"}
_LOST_TEXT = re.compile(r"\s+(?P<text>#\w.*)")


class _GivenUpError(Exception):
    """The rest of the file is not worth reading; the reason stands among the findings."""


@dataclass(slots=True)
class _Container:
    """A mapping or a list that is being filled."""

    location: Location
    value: dict[str, Tree] | list[Tree]
    key: str | None = None
    key_at: Place | None = None
    ignore_value: bool = False


@dataclass(slots=True)
class YamlReading:
    """What could be read of a file."""

    tree: Tree = None
    places: Places = field(default_factory=Places)
    findings: list[Finding] = field(default_factory=list)
    is_whole: bool = True


def read_tree(text: str) -> YamlReading:
    """Read the whole text. Entries that are no YAML are named and passed over: then ``is_whole`` is False."""
    broken: dict[Place, Finding] = {}
    while True:
        reading, finding = _read_once(text)
        if finding is None or finding[0] in broken:
            break
        broken[finding[0]] = finding
        lines = without_entry(text.splitlines(), finding[0].line)
        if lines is None or len(broken) >= MAX_BROKEN:
            break
        text = "\n".join(lines)
    reading.findings.extend(broken.values())
    reading.is_whole = reading.is_whole and not broken
    return reading


def _read_once(text: str) -> tuple[YamlReading, Finding | None]:
    reader = _TreeReader(text)
    try:
        for event in yaml.parse(text, Loader=_LOADER):
            reader.take(event)
    except _GivenUpError:
        reader.reading.is_whole = False
    except yaml.MarkedYAMLError as error:
        return reader.reading, explain(error, text, reader.last_text)
    return reader.reading, None


class _TreeReader:
    def __init__(self, text: str) -> None:
        self.reading = YamlReading()
        self._lines = text.splitlines()
        self.last_text: LastText | None = None
        self._open: list[_Container] = []
        self._documents = 0
        self._values = 0

    def take(self, event: yaml.Event) -> None:
        """Take the next event of the parser. Raises _GivenUpError."""
        if isinstance(event, yaml.ScalarEvent):
            self._take_scalar(event)
        elif isinstance(event, yaml.MappingStartEvent | yaml.SequenceStartEvent):
            self._open_container(event)
        elif isinstance(event, yaml.MappingEndEvent | yaml.SequenceEndEvent):
            self._open.pop()
        elif isinstance(event, yaml.AliasEvent):
            self._find(event, "alias", name=str(event.anchor))
            self._put(None, _place(event), spoilt=True)
        elif isinstance(event, yaml.DocumentStartEvent):
            self._documents += 1
            if self._documents > 1:
                self._find(event, "second_document")
                raise _GivenUpError

    def _take_scalar(self, event: yaml.ScalarEvent) -> None:
        self.last_text = LastText(event.style or "", event.start_mark, event.end_mark)
        text = event.value
        place = _place(event)
        container = self._open[-1] if self._open else None
        if container and isinstance(container.value, dict) and container.key is None:
            self._take_key(container, text, place)
        else:
            spoilt = self._refuse_decoration(event)
            if not event.style:
                self._look_for_lost_text(event)
            is_empty = not text.strip() or (not event.style and text in _EMPTY)
            self._put(None if is_empty or spoilt else text, place, spoilt=spoilt)

    def _take_key(self, container: _Container, key: str, place: Place) -> None:
        assert isinstance(container.value, dict)  # noqa: S101  # the caller asked; tells the type checker
        location = (*container.location, key)
        container.key = key
        container.key_at = place
        container.ignore_value = key in container.value
        if container.ignore_value:
            first = self.reading.places.of_key(location)
            self.reading.findings.append((place, "key_twice", {"key": key, "line": str(first.line)}))
        else:
            self.reading.places.keys[location] = place

    def _look_for_lost_text(self, event: yaml.ScalarEvent) -> None:
        """``hashtag: #Ghid`` is an empty key with a note to YAML, and hardly to the person who wrote it."""
        mark: Any = event.end_mark
        line = self._lines[mark.line] if mark.line < len(self._lines) else ""
        if lost := _LOST_TEXT.match(line, mark.column):
            place = Place(mark.line + 1, lost.start("text") + 1)
            self.reading.findings.append((place, "lost_text", {"text": lost["text"]}))

    def _open_container(self, event: yaml.MappingStartEvent | yaml.SequenceStartEvent) -> None:
        if len(self._open) >= MAX_DEPTH:
            self._find(event, "too_deep", limit=str(MAX_DEPTH))
            self.reading.places.spoilt.add(self._open[-1].location[:2])
            raise _GivenUpError
        parent = self._open[-1] if self._open else None
        if parent and isinstance(parent.value, dict) and parent.key is None:
            self._find(event, "key_not_text")
            raise _GivenUpError
        value: dict[str, Tree] | list[Tree] = {} if isinstance(event, yaml.MappingStartEvent) else []
        spoilt = self._refuse_decoration(event)
        location = self._put(value, _place(event), spoilt=spoilt)
        self._open.append(_Container(location, value))

    def _put(self, value: Tree, place: Place, *, spoilt: bool = False) -> Location:
        """Put a value where it belongs and return its location."""
        self._values += 1
        if self._values > MAX_VALUES:
            self.reading.findings.append((place, "too_many_values", {"limit": f"{MAX_VALUES:,}"}))
            self.reading.tree = None  # nobody would read what is wrong with so many
            raise _GivenUpError
        if not self._open:
            self.reading.tree = value
            location: Location = ()
        else:
            location = self._put_into(self._open[-1], value)
        self.reading.places.values[location] = place
        if spoilt:
            self.reading.places.spoilt.add(location)
        return location

    def _put_into(self, container: _Container, value: Tree) -> Location:
        if isinstance(container.value, list):
            container.value.append(value)
            return (*container.location, len(container.value) - 1)
        key = container.key or ""
        container.key = None
        if container.ignore_value:
            return (*container.location, key, _IGNORED)
        container.value[key] = value
        return (*container.location, key)

    def _refuse_decoration(self, event: yaml.ScalarEvent | yaml.CollectionStartEvent) -> bool:
        """Anchors and tags are no part of the format; tell whether there was one."""
        if event.anchor is not None:
            self._find(event, "anchor", name=str(event.anchor))
        if event.tag is not None:
            self._find(event, "tag", name=str(event.tag).replace("tag:yaml.org,2002:", "!!"))
        return event.anchor is not None or event.tag is not None

    def _find(self, event: yaml.Event, code: str, **parameters: str) -> None:
        self.reading.findings.append((_place(event), code, parameters))
        if len(self.reading.findings) > MAX_FINDINGS:
            self.reading.tree = None
            raise _GivenUpError


_IGNORED = -1
"""Stands in the location of a value whose key was there already."""


def _place(event: yaml.Event) -> Place:
    mark: Any = event.start_mark
    return Place(mark.line + 1, mark.column + 1)
