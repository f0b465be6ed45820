"""The lines of an iCalendar file (RFC 5545, 3.1) → its components, each with its place.

Lines are unfolded as bytes, before they become text: some programs fold within a character.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from content.formats.problem_texts import doubt, error
from content.formats.problems import ContentError, Problem
from content.formats.schedule_drafts import Progress, silent

MAX_LINES = 400_000
MAX_DEPTH = 10

_NAME = re.compile(r"([A-Za-z0-9-]+)([;:])")
_PARAMETER = re.compile(r'\s*([A-Za-z0-9-]+)=((?:"[^"]*"|[^";:,]*)(?:,(?:"[^"]*"|[^";:,]*))*)([;:])')
_ESCAPED = re.compile(r"\\([\\;,nN:\"])")


@dataclass(slots=True)
class CalendarLine:
    """A property. ``name`` and the names of ``parameters`` are in capitals; ``value`` is as written."""

    name: str
    value: str
    parameters: dict[str, str]

    def text(self) -> str:
        """Return the value as the text it stands for."""
        return _ESCAPED.sub(lambda found: "\n" if found[1] in "nN" else found[1], self.value)


@dataclass(slots=True)
class CalendarComponent:
    """What stands between BEGIN and END."""

    name: str
    where: str
    lines: list[CalendarLine] = field(default_factory=list)
    parts: list[CalendarComponent] = field(default_factory=list)

    def all_called(self, name: str) -> list[CalendarLine]:
        """Return the properties of this name, in order."""
        return [line for line in self.lines if line.name == name]

    def first(self, name: str) -> CalendarLine | None:
        """Return the first property of this name, or None."""
        return next((line for line in self.lines if line.name == name), None)

    def text(self, name: str) -> str:
        """Return the text of the first property of this name; "" if there is none."""
        line = self.first(name)
        return line.text() if line else ""


@dataclass(slots=True)
class CalendarFile:
    """All calendars of a file, and the lines that could not be read."""

    calendars: list[CalendarComponent] = field(default_factory=list)
    problems: list[Problem] = field(default_factory=list)


def read_calendar_lines(data: bytes, name: str, progress: Progress = silent) -> CalendarFile:
    """Read the whole file. Raises ContentError if it is no calendar, or no text."""
    result = CalendarFile()
    open_now: list[CalendarComponent] = []
    number = 0
    lines = _unfolded(data, name)
    for count, (number, raw) in enumerate(lines):
        if not count % 2_000:
            progress(count / len(lines))
        try:
            text = raw.decode("utf-8").strip("\ufeff\x00")
        except UnicodeDecodeError as failure:
            place, byte = f"{name}:{number}:{failure.start + 1}", f"0x{raw[failure.start]:02X}"
            raise ContentError((error(place, "source_not_utf8", byte=byte),)) from failure
        if not text.strip():
            continue
        where = f"{name}:{number}:1"
        line = _parsed(text)
        if not result.calendars and not (line and line.name == "BEGIN" and line.value.strip().upper() == "VCALENDAR"):
            raise ContentError((error(where, "calendar_other"),))
        if line is None:
            result.problems.append(doubt(where, "source_line_unread", line=text[:80]))
        elif line.name == "BEGIN":
            _begin(CalendarComponent(line.value.strip().upper(), where), open_now, result)
        elif line.name == "END":
            while open_now and open_now.pop().name != line.value.strip().upper():
                pass
        elif open_now:
            open_now[-1].lines.append(line)
    if not result.calendars:
        raise ContentError((error(f"{name}:1:1", "calendar_other"),))
    for component in open_now[:1]:
        result.problems.append(doubt(f"{name}:{max(1, number)}:1", "source_calendar_unended", name=component.name))
    return result


def _begin(component: CalendarComponent, open_now: list[CalendarComponent], result: CalendarFile) -> None:
    if component.name == "VCALENDAR" or not open_now:
        open_now.clear()
        result.calendars.append(component)
    elif component.name == "VEVENT":  # an event does not lie in another one: the END of that one is missing
        del open_now[1:]
        open_now[-1].parts.append(component)
    else:
        del open_now[MAX_DEPTH:]
        open_now[-1].parts.append(component)
    open_now.append(component)


def _unfolded(data: bytes, name: str) -> list[tuple[int, bytes]]:
    """Return each whole line with the number of its first part."""
    found: list[tuple[int, list[bytes]]] = []
    for number, raw in enumerate(re.split(rb"\r\n|\n|\r", data), 1):
        if number > MAX_LINES:
            raise ContentError((error(f"{name}:{number}:1", "calendar_too_much", limit=f"{MAX_LINES:,}"),))
        if raw[:1] in (b" ", b"\t") and found:
            found[-1][1].append(raw[1:])
        else:
            found.append((number, [raw]))
    return [(number, b"".join(parts)) for number, parts in found]


def _parsed(text: str) -> CalendarLine | None:
    found = _NAME.match(text)
    if not found:
        return None
    parameters: dict[str, str] = {}
    end, mark = found.end(), found[2]
    while mark == ";":
        parameter = _PARAMETER.match(text, end)
        if not parameter:
            return None
        parameters[parameter[1].upper()] = parameter[2].strip('"')
        end, mark = parameter.end(), parameter[3]
    return CalendarLine(found[1].upper(), text[end:], parameters)
