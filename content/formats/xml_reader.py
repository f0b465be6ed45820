"""XML → a tree of elements, each with its place; hostile XML is refused before it costs anything.

The standard library's expat is driven by hand: it alone tells line *and* column of every element, and what defusedxml
would add are the refusals below, made where they can be worded. Declaring an entity ends the reading at once, so that
nothing is ever expanded; depth, elements and size are bounded.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from xml.parsers import expat  # entities, depth and size are refused below

from content.formats.problem_texts import error, shown
from content.formats.problems import ContentError, Problem
from content.formats.schedule_drafts import Progress, silent
from content.formats.schedule_problem_texts import OTHER_PROBLEM, XML_PROBLEMS

MAX_DEPTH = 40
MAX_ELEMENTS = 300_000
CHUNK = 1 << 16
_NAMES_ENCODING = re.compile(rb"""\s*<\?xml[^>]*?encoding\s*=\s*["'](?!utf-?8["'])""", re.IGNORECASE)


@dataclass(slots=True)
class XmlElement:
    """An element. ``text``: what stands in it before, between and after its children, joined."""

    tag: str
    attributes: dict[str, str]
    line: int
    column: int
    text: str = ""
    children: list[XmlElement] = field(default_factory=list)

    def child(self, tag: str) -> XmlElement | None:
        """Return the first child of this name, or None."""
        return next((child for child in self.children if child.tag == tag), None)

    def text_of(self, tag: str) -> str:
        """Return the text of the first child of this name that has one; "" if none has."""
        return next((text for child in self.children if child.tag == tag and (text := child.text.strip())), "")

    def all_called(self, tag: str) -> Iterator[XmlElement]:
        """Yield the elements of this name below this one, in order."""
        for child in self.children:
            if child.tag == tag:
                yield child
            yield from child.all_called(tag)


class _Reader:
    def __init__(self, name: str) -> None:
        self.name = name
        self.root: XmlElement | None = None
        self.open: list[XmlElement] = []
        self.texts: list[list[str]] = []
        self.count = 0
        parser = expat.ParserCreate()
        parser.buffer_text = True
        parser.buffer_size = CHUNK
        parser.StartElementHandler = self.start
        parser.EndElementHandler = self.end
        parser.CharacterDataHandler = self.characters
        parser.EntityDeclHandler = self.entity
        parser.SetParamEntityParsing(expat.XML_PARAM_ENTITY_PARSING_NEVER)
        self.parser = parser

    def start(self, tag: str, attributes: dict[str, str]) -> None:
        self.count += 1
        if self.count > MAX_ELEMENTS:
            self.refuse("xml_too_much", limit=f"{MAX_ELEMENTS:,}")
        if len(self.open) >= MAX_DEPTH:
            self.refuse("xml_too_deep", limit=MAX_DEPTH)
        element = XmlElement(tag, attributes, self.parser.CurrentLineNumber, self.parser.CurrentColumnNumber + 1)
        if self.open:
            self.open[-1].children.append(element)
        else:
            self.root = element
        self.open.append(element)
        self.texts.append([])

    def end(self, _: str) -> None:
        self.open.pop().text = "".join(self.texts.pop())

    def characters(self, text: str) -> None:
        if self.texts:
            self.texts[-1].append(text)

    def entity(self, name: str, *_: object) -> None:
        self.refuse("xml_entity", name=name)

    def refuse(self, code: str, **parameters: object) -> None:
        place = f"{self.name}:{self.parser.CurrentLineNumber}:{self.parser.CurrentColumnNumber + 1}"
        raise ContentError((error(place, code, **parameters),))


def read_xml(data: bytes, name: str, progress: Progress = silent) -> XmlElement:
    """Read a whole file.

    Raises:
        ContentError: it is broken, or hostile; with the place.
    """
    reader = _Reader(name)
    try:
        for start in range(0, len(data), CHUNK):
            reader.parser.Parse(data[start : start + CHUNK], False)
            progress(min(1.0, (start + CHUNK) / len(data)))
        reader.parser.Parse(b"", True)
    except expat.ExpatError as failure:
        raise ContentError((_of_encoding(data, name) or _broken(failure, name),)) from failure
    except (LookupError, ValueError) as failure:  # an encoding that Python does not know, or cannot use here
        raise ContentError((error(f"{name}:1:1", "xml_encoding", encoding=shown(failure)),)) from failure
    if reader.root is None:
        raise ContentError((error(f"{name}:1:1", "xml_broken", problem=OTHER_PROBLEM),))
    return reader.root


def _of_encoding(data: bytes, name: str) -> Problem | None:
    """Return that the file, which says nothing else, is not UTF-8: the parser takes that for a wrong character."""
    if data.startswith((b"\xff\xfe", b"\xfe\xff")) or _NAMES_ENCODING.match(data):
        return None
    try:
        data.decode("utf-8")
    except UnicodeDecodeError as failure:
        before, byte = data[: failure.start], f"0x{data[failure.start]:02X}"
        line, column = before.count(b"\n") + 1, len(before) - before.rfind(b"\n")
        return error(f"{name}:{line}:{column}", "source_not_utf8", byte=byte)
    return None


def _broken(failure: expat.ExpatError, name: str) -> Problem:
    message = expat.errors.messages.get(failure.code, "")
    words = XML_PROBLEMS.get(message, OTHER_PROBLEM)
    if message == expat.errors.XML_ERROR_UNKNOWN_ENCODING:
        return error(f"{name}:1:1", "xml_encoding", encoding=shown(message))
    return error(f"{name}:{failure.lineno}:{failure.offset + 1}", "xml_broken", problem=words)
