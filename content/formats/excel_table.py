"""A schedule in a plain Excel table, as c3voc's template has it: a row a session, headings somewhere at the top."""

from __future__ import annotations

import re
from datetime import datetime, timedelta
from types import MappingProxyType
from zoneinfo import ZoneInfo

from content.formats.excel_workbook import Sheet, cell_name
from content.formats.problem_texts import doubt, error
from content.formats.problems import ContentError
from content.formats.schedule_clock import choose_zone
from content.formats.schedule_drafts import EventDraft, Hints, PersonDraft, ScheduleDraft, SessionDraft
from content.formats.schedule_texts import one_line
from content.formats.schedule_times import at, later, read_day, read_hour, read_length

_HEADINGS = MappingProxyType(
    {
        "title": r"title|titel|titlu|name|session|vortrag|назва",
        "date": r"date|datum|day|tag|data|ziua?|дата|день",
        "start": r"start|starts|time|uhrzeit|beginn|begin|ora|început|час|початок",
        "end": r"end|ends|ende|sfârșit|кінець",
        "duration": r"duration|dauer|length|durata|тривалість",
        "room": r"room|raum|ort|location|saal|sala|place|зала|місце",
        "subtitle": r"subtitle|untertitel|subtitlu",
        "description": r"description|abstract|beschreibung|descriere|опис",
        "track": r"track|reihe|secțiune|секція",
        "kind": r"type|kind|art|tip|тип",
        "language": r"language|sprache|limba|мова",
        "id": r"id|nr\.?|no\.?",
        "url": r"url|link|website",
        "persons": r"speakers?|vortragende[rn]?|referent(?:en|innen)?|authors?|vorbitori?|доповідач\w*|\d{1,2}",
    }
)
_PATTERNS = tuple((key, re.compile(rf"(?:{words})\s*\*?", re.IGNORECASE)) for key, words in _HEADINGS.items())
_LOOK_DOWN = 15


def read_table(sheets: list[Sheet], name: str, hints: Hints) -> ScheduleDraft:
    """Read the sheets that have such a table. Raises ContentError if none has."""
    tables = [(sheet, *found) for sheet in sheets if (found := _head(sheet))]
    if not tables:
        place = cell_name(sheets[0].title if sheets else "Sheet1", 1, 1)
        raise ContentError((error(f"{name}:{place}", "xlsx_other"),))
    sheet, head, _ = tables[0]
    event = EventDraft(f"{name}:{cell_name(sheet.title, head, 1)}")
    zone, problems = choose_zone(event, hints, (), "")
    event.zone = zone.key
    draft = ScheduleDraft(event, problems=problems)
    for each, head_row, columns in tables:
        left = [text for number, text in each.rows[head_row].items() if number not in columns and text]
        if left:
            place = f"{name}:{cell_name(each.title, head_row, 1)}"
            draft.problems.append(doubt(place, "source_columns_left", names=", ".join(left)))
        _read_rows(each, head_row, columns, draft, name)
    return draft


def _head(sheet: Sheet) -> tuple[int, dict[int, str]] | None:
    """Return the row of headings and what each column is for; None if there is no such row."""
    for row in list(sheet.rows)[:_LOOK_DOWN]:
        columns = {number: key for number, text in sheet.rows[row].items() if (key := _key(text))}
        keys = set(columns.values())
        if {"title", "start"} <= keys:
            return row, columns
    return None


def _key(text: str) -> str | None:
    return next((key for key, pattern in _PATTERNS if pattern.fullmatch(one_line(text))), None)


def _read_rows(sheet: Sheet, head: int, columns: dict[int, str], draft: ScheduleDraft, name: str) -> None:
    for row, texts in sheet.rows.items():
        if row <= head:
            continue
        where = f"{name}:{cell_name(sheet.title, row, 1)}"
        said: dict[str, str] = {}
        for number, text in texts.items():
            if (key := columns.get(number)) and key != "persons":
                said.setdefault(key, text)
        people = [texts[number] for number, key in columns.items() if key == "persons" and number in texts]
        if not said.get("title") and not people and not said.get("start"):
            continue  # a heading between the rows
        if session := _session(said, people, where, draft):
            draft.sessions.append(session)


def _session(said: dict[str, str], people: list[str], where: str, draft: ScheduleDraft) -> SessionDraft | None:
    title = one_line(said.get("title", ""))[:200] or "…"
    written = " ".join(filter(None, (said.get("date"), said.get("start"))))
    zone = ZoneInfo(draft.event.zone)
    start = _start(said, zone)
    if start is None:
        code = "source_session_unreadable" if written else "source_session_unscheduled"
        draft.problems.append(doubt(where, code, value=written, title=title))
        return None
    end_hour = read_hour(said.get("end", "")[-5:].strip())
    length = read_length(said.get("duration", ""))
    if end_hour is not None:
        end = at(datetime.combine(start.date(), end_hour), zone)
        end = end if end >= start else later(end, timedelta(days=1))
    else:
        if length is None:
            value = said.get("duration", "")
            draft.problems.append(doubt(where, "source_length_unreadable", title=title, value=value))
        end = later(start, length or timedelta())
    return SessionDraft(
        where=where,
        starts=start,
        ends=end,
        ids=[said.get("id", "")],
        title=said.get("title", ""),
        subtitle=said.get("subtitle", ""),
        description=said.get("description", ""),
        room=said.get("room", ""),
        track=said.get("track", ""),
        kind=said.get("kind", ""),
        language=said.get("language", ""),
        url=said.get("url", ""),
        persons=[_person(text, where) for text in people],
    )


def _start(said: dict[str, str], zone: ZoneInfo) -> datetime | None:
    day = read_day(said.get("date", "") or said.get("start", ""))
    hour = read_hour(said.get("start", "").strip()[-5:].strip())
    return at(datetime.combine(day, hour), zone) if day and hour else None


def _person(text: str, where: str) -> PersonDraft:
    """Read ``Ana Pop, University of Iași``."""
    name, _, organisation = one_line(text).partition(",")
    return PersonDraft(name.strip(), where, organisation=organisation.strip())
