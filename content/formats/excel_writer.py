"""An agenda → an Excel workbook with drop-downs and notes; the same workbook, without an agenda, is the template."""

from __future__ import annotations

import io
import re
from datetime import datetime
from typing import Any

from openpyxl import Workbook
from openpyxl.comments import Comment
from openpyxl.styles import Alignment, Font, PatternFill
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.datavalidation import DataValidation
from openpyxl.worksheet.worksheet import Worksheet

from content.agenda import Agenda, Event, FactStatus, MaterialKind, SessionKind
from content.formats.content_tree import Entry, content_tree
from content.formats.excel_sheets import ENTRIES, EVENT, MOMENTS, SHEETS, Column, has_words, is_list, joined

ROWS = 1_000
"""So far down reach the drop-downs."""

_WIDE = {"description": 60, "bio": 60, "text": 60, "title": 40, "name": 30, "speakers": 30, "starts": 17, "ends": 17}
_HEAD = PatternFill("solid", fgColor="DDE8F0")
_MOMENT = re.compile(r"\d{4}-\d{2}-\d{2} \d{2}:\d{2}")
_CHOICES = {
    ("sessions", "kind"): [kind.value for kind in SessionKind],
    ("materials", "kind"): [kind.value for kind in MaterialKind],
    ("facts", "status"): [status.value for status in FactStatus],
    ("sessions", "cancelled"): ["true", "false"],
    ("sessions", "announced"): ["true", "false"],
    ("rooms", "illustrative"): ["true", "false"],
}
_REFERENCES = {("sessions", "room"): "rooms", ("sessions", "track"): "tracks"}


def write_excel(agenda: Agenda) -> bytes:
    """Return the workbook."""
    tree = content_tree(agenda)
    workbook = Workbook()
    if workbook.active is not None:
        workbook.remove(workbook.active)
    for section, title in SHEETS.items():
        sheet = workbook.create_sheet(title)
        if section == EVENT:
            _write_event(sheet, tree[EVENT], agenda.event)
        else:
            _write_section(sheet, section, tree.get(section, []), agenda)
    workbook.active = list(SHEETS).index("sessions")
    out = io.BytesIO()
    workbook.save(out)
    return out.getvalue()


def _write_event(sheet: Worksheet, said: Entry, event: Event) -> None:
    _head(sheet, 1, "key", "")
    _head(sheet, 2, "value", "")
    row = 1
    for column in _columns(EVENT, event.languages):
        row += 1
        _put(sheet, row, 1, str(column))
        note = _description(EVENT, column.key)
        sheet.cell(row, 1).comment = Comment(note, "Ghid", width=320, height=100)
        _put(sheet, row, 2, _cell(said.get(column.key), column, event.default_language, EVENT), column.key)
    sheet.column_dimensions["A"].width = 24
    sheet.column_dimensions["B"].width = 60


def _write_section(sheet: Worksheet, section: str, entries: list[Entry], agenda: Agenda) -> None:
    languages = agenda.event.languages
    default = agenda.event.default_language
    columns = _columns(section, languages)
    for number, column in enumerate(columns, 1):
        _head(sheet, number, str(column), _description(section, column.key))
        letter = get_column_letter(number)
        sheet.column_dimensions[letter].width = _WIDE.get(column.key, 16)
        _drop_down(sheet, section, column.key, letter)
    for row, entry in enumerate(entries, 2):
        for number, column in enumerate(columns, 1):
            _put(sheet, row, number, _cell(entry.get(column.key), column, default, section), column.key)
    sheet.freeze_panes = "B2"


def _columns(section: str, languages: tuple[str, ...]) -> list[Column]:
    columns: list[Column] = []
    for key in ENTRIES[section].model_fields:
        if has_words(section, key) and len(languages) > 1:
            columns += [Column(key, language) for language in languages]
        else:
            columns.append(Column(key))
    return columns


def _cell(value: Any, column: Column, default: str, section: str) -> str:
    """Return what stands in a cell, "" for nothing."""
    if column.key == "links":
        return "\n".join(joined(_link_parts(link, default)) for link in value or [])
    if is_list(section, column.key):
        items = [_item(item, column, default) for item in value or []]
        return "\n".join(items) if any(item not in ("", r"\0") for item in items) else ""
    if isinstance(value, dict):
        return str(value.get(column.language, ""))
    return str(value or "") if column.language in ("", default) else ""


def _link_parts(link: Entry, default: str) -> list[str]:
    titles = link["title"] if isinstance(link["title"], dict) else {default: link["title"]}
    return [link["url"], *(f"{code}: {title}" for code, title in titles.items())]


def _item(item: Any, column: Column, default: str) -> str:
    if column.key == "topics":
        texts = item if isinstance(item, dict) else {default: item}
        return joined([texts.get(column.language or default, "")]) or r"\0"
    if isinstance(item, dict):
        return joined([item["id"], *(item.get(key, "") for key in ("role", "starts", "ends"))]).rstrip(" |")
    return joined([str(item)])


def _put(sheet: Worksheet, row: int, column: int, text: str, key: str = "") -> None:
    if not text:
        return
    cell = sheet.cell(row, column)
    if key in MOMENTS and _MOMENT.fullmatch(text):
        cell.value = datetime.fromisoformat(text)
        cell.number_format = "yyyy-mm-dd hh:mm"
        return
    cell.value = text
    cell.data_type = "s"  # also what begins with = is a text
    cell.alignment = Alignment(wrap_text=True, vertical="top")


def _head(sheet: Worksheet, column: int, text: str, note: str) -> None:
    cell = sheet.cell(1, column, text)
    cell.font = Font(bold=True)
    cell.fill = _HEAD
    if note:
        cell.comment = Comment(note, "Ghid", width=320, height=120)


def _description(section: str, key: str) -> str:
    field = ENTRIES[section].model_fields[key]
    example = f" Example: {field.examples[0]}" if field.examples else ""
    more = " Several: each on a line of its own (Alt+Enter)." if is_list(section, key) else ""
    if (section, key) == ("sessions", "speakers"):
        more += " With a role or own minutes: ana-popescu | moderator | 10:40 | 11:00"
    if key == "links":
        example = " Example: https://example.org | en: Map"
    needed = " Needed." if field.is_required() else ""
    return f"{field.description or ''}{needed}{example}{more}"


def _drop_down(sheet: Worksheet, section: str, key: str, letter: str) -> None:
    formula = ""
    if choices := _CHOICES.get((section, key)):
        formula = f'"{",".join(choices)}"'
    elif other := _REFERENCES.get((section, key)):
        formula = f"{SHEETS[other]}!$A$2:$A${ROWS}"
    if formula:
        validation = DataValidation(type="list", formula1=formula, allow_blank=True)
        validation.error = "Choose one from the list."
        sheet.add_data_validation(validation)
        validation.add(f"{letter}2:{letter}{ROWS}")
