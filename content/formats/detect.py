"""Which format a file is in, by what stands in it; its name counts for nothing. And reading whichever it is."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from types import MappingProxyType

from content.agenda import Agenda
from content.formats.calendar_file import read_calendar
from content.formats.excel_file import is_own_workbook, read_own_workbook
from content.formats.excel_table import read_table
from content.formats.excel_workbook import read_workbook
from content.formats.frab_json import FRAB_JSON, PRETALX_JSON, read_json
from content.formats.frab_xml import read_frab_xml
from content.formats.problem_texts import error
from content.formats.problems import ContentError, Problem
from content.formats.schedule_agenda import settle
from content.formats.schedule_drafts import Hints, Progress, ScheduleDraft, silent
from content.formats.yaml import read_agenda

MAX_BYTES = 20_000_000
"""As much as Telegram hands to a bot."""

YAML, FRAB_XML, CALENDAR, EXCEL = "yaml", "frab-xml", "ics", "xlsx"

_Read = Callable[[bytes, str, Hints, Progress], ScheduleDraft]
_SCHEDULES: Mapping[str, _Read] = MappingProxyType(
    {FRAB_XML: read_frab_xml, FRAB_JSON: read_json, PRETALX_JSON: read_json, CALENDAR: read_calendar}
)
FORMATS = (YAML, EXCEL, *_SCHEDULES)
_EXCEL_BEGINS = (b"PK\x03\x04", b"PK\x05\x06", b"\xd0\xcf\x11\xe0")
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
    if format_ and format_ != found and _SCHEDULES.get(format_) != _SCHEDULES.get(found):
        raise ContentError((error(f"{name}:1:1", "source_not_this_format", expected=format_, found=found),))
    if found == YAML:
        return ReadFile(read_agenda(data, name), YAML, is_whole=True)
    if found == EXCEL:
        sheets = read_workbook(data, name, lambda done: progress(0.5 * done))
        if is_own_workbook(sheets):
            return ReadFile(read_own_workbook(sheets, name), EXCEL, is_whole=True)
        draft = read_table(sheets, name, hints or Hints())
    else:
        draft = _SCHEDULES[found](data, name, hints or Hints(), lambda done: progress(0.5 * done))
    read = settle(draft, name, hints or Hints(), lambda done: progress(0.5 + 0.5 * done))
    return ReadFile(read.agenda, draft.format or found, read.doubts, names_event=read.names_event)


def _beginning(data: bytes) -> str:
    encoding = "utf-16" if data.startswith((b"\xff\xfe", b"\xfe\xff")) else "utf-8-sig"
    return re.sub(r"^[\s\ufeff]+", "", data[:4_096].decode(encoding, errors="replace"))
