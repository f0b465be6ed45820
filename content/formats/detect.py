"""Which format a file is in, by what stands in it; its name counts for nothing. And reading whichever it is.

A reader is imported when a file of its format comes: importing them all takes longer than reading most files.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from types import MappingProxyType

from content.agenda import Agenda
from content.formats.problem_texts import error
from content.formats.problems import ContentError, Problem
from content.formats.schedule_drafts import FRAB_JSON, PRETALX_JSON, Hints, Progress, ScheduleDraft, silent

MAX_BYTES = 20_000_000
"""As much as Telegram hands to a bot."""

YAML, FRAB_XML, CALENDAR, EXCEL = "yaml", "frab-xml", "ics", "xlsx"

_EXCEL_BEGINS = (b"PK\x03\x04", b"PK\x05\x06", b"\xd0\xcf\x11\xe0")
_NO_TEXT = (b"%PDF", b"\x89PNG", b"\xff\xd8\xff", b"GIF8", b"\x1f\x8b", b"7z\xbc\xaf", b"Rar!", b"BZh", b"\xfd7zXZ")
_YAML_ENDINGS, _TABLE_ENDINGS = ("yaml", "yml"), ("csv", "tsv")
_CUTS: Mapping[str, int] = MappingProxyType({";": 1, "\t": 1, ",": 2})
"""What cuts a line of a table into cells, and how often at least."""
_LOOKED_AT = 4_096  # bytes
_OWN_JSON = re.compile(r'\{\s*"?ghid"?\s*:')  # JSON is YAML too
_ANSWER = re.compile(r'\{\s*"(?:slots|results|count|version|breaks|id|next|previous)"\s*:')


@dataclass(frozen=True, slots=True)
class ReadFile:
    """A file that can be used. ``doubts``: what was odd about it; what is odd about its agenda is another matter.

    ``is_whole``: the format can say all that an agenda holds. ``names_event``: the file says which event it is about.
    """

    agenda: Agenda
    format: str
    doubts: tuple[Problem, ...] = ()
    is_whole: bool = False
    names_event: bool = True


def detect_format(data: bytes) -> str:
    """Return the format by the first characters; what is nothing else is taken for YAML, whose reader says what is
    wrong with it."""
    if data.startswith(_EXCEL_BEGINS):
        return EXCEL
    start = _beginning(data)
    if start.startswith("<"):
        return FRAB_XML
    if start.startswith(("{", "[")) and not _OWN_JSON.match(start):
        return PRETALX_JSON if _ANSWER.match(start) else FRAB_JSON
    return CALENDAR if start[:15].upper() == "BEGIN:VCALENDAR" else YAML


def read_file(
    data: bytes, name: str, *, format_: str = "", hints: Hints | None = None, progress: Progress = silent
) -> ReadFile:
    """Read an agenda in any format. ``format_``: the only one that will do; "": whichever it is.

    Raises:
        ContentError: it cannot be used; with every problem at its place.
    """
    if len(data) > MAX_BYTES:
        sizes = {"size": f"{len(data) / 1_000_000:.1f}", "limit": MAX_BYTES // 1_000_000}
        raise ContentError((error(f"{name}:1:1", "source_too_big", **sizes),))
    found = detect_format(data)
    if code := _no_agenda(data, found, name):
        raise ContentError((error(f"{name}:1:1", code),))
    if format_ and format_ != found and _READERS.get(format_) is not _READERS.get(found):
        raise ContentError((error(f"{name}:1:1", "source_not_this_format", expected=format_, found=found),))
    if found == YAML:
        from content.formats.yaml import read_agenda  # noqa: PLC0415

        return ReadFile(read_agenda(data, name), YAML, is_whole=True)
    known = hints or Hints()
    draft = _READERS[found](data, name, known, lambda done: progress(0.5 * done))
    if isinstance(draft, Agenda):
        return ReadFile(draft, found, is_whole=True)

    from content.formats.schedule_agenda import settle  # noqa: PLC0415

    read = settle(draft, name, known, lambda done: progress(0.5 + 0.5 * done))
    return ReadFile(read.agenda, draft.format or found, read.doubts, names_event=read.names_event)


def _workbook(data: bytes, name: str, hints: Hints, progress: Progress) -> Agenda | ScheduleDraft:
    """Read our own workbook whole, or any other's table."""
    from content.formats.excel_file import is_own_workbook, read_own_workbook  # noqa: PLC0415
    from content.formats.excel_table import read_table  # noqa: PLC0415
    from content.formats.excel_workbook import read_workbook  # noqa: PLC0415

    sheets = read_workbook(data, name, progress)
    return read_own_workbook(sheets, name) if is_own_workbook(sheets) else read_table(sheets, name, hints)


def _frab_xml(data: bytes, name: str, hints: Hints, progress: Progress) -> ScheduleDraft:
    from content.formats.frab_xml import read_frab_xml  # noqa: PLC0415

    return read_frab_xml(data, name, hints, progress)


def _json(data: bytes, name: str, hints: Hints, progress: Progress) -> ScheduleDraft:
    from content.formats.frab_json import read_json  # noqa: PLC0415

    return read_json(data, name, hints, progress)


def _calendar(data: bytes, name: str, hints: Hints, progress: Progress) -> ScheduleDraft:
    from content.formats.calendar_file import read_calendar  # noqa: PLC0415

    return read_calendar(data, name, hints, progress)


_READERS: Mapping[str, Callable[[bytes, str, Hints, Progress], Agenda | ScheduleDraft]] = MappingProxyType(
    {EXCEL: _workbook, FRAB_XML: _frab_xml, FRAB_JSON: _json, PRETALX_JSON: _json, CALENDAR: _calendar}
)
FORMATS = (YAML, *_READERS)


def _no_agenda(data: bytes, found: str, name: str) -> str:
    """Return the code of what is wrong with a file that is in no format at all; empty: a reader shall say."""
    if found != YAML:
        return ""
    ending = name.lower().rpartition(".")[2]
    if not data.strip():
        return "" if ending in _YAML_ENDINGS else "source_empty"
    start = data[:_LOOKED_AT]
    nuls = start.count(0)
    if start.startswith(_NO_TEXT) or (nuls * 10 > len(start) and nuls != start[1::2].count(0)):  # UTF-16 has them so
        return "source_no_text"
    if ending in _TABLE_ENDINGS or (ending not in _YAML_ENDINGS and _looks_like_table(_beginning(data))):
        return "source_csv"
    return ""


def _looks_like_table(start: str) -> bool:
    """Tell whether the first two lines are cut into as many cells."""
    lines = [line for line in start.splitlines() if line.strip()][:2]
    if len(lines) < 2:
        return False
    return any(lines[0].count(mark) == lines[1].count(mark) >= cuts for mark, cuts in _CUTS.items())


def _beginning(data: bytes) -> str:
    encoding = "utf-16" if data.startswith((b"\xff\xfe", b"\xfe\xff")) else "utf-8-sig"
    return re.sub(r"^[\s\ufeff]+", "", data[:_LOOKED_AT].decode(encoding, errors="replace"))
