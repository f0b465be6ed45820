"""An Excel file → the cells of its sheets as texts; what is hostile or no workbook is refused before it is opened.

A workbook is a ZIP of XML. Every part is unpacked once, counted, to see how much it really is; XML with a document
type, which could declare entities and which no Excel writes, is refused.
"""

from __future__ import annotations

import io
import warnings
import zipfile
import zlib
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from typing import Any

from openpyxl import load_workbook
from openpyxl.utils import get_column_letter

from content.formats.problem_texts import error
from content.formats.problems import ContentError
from content.formats.schedule_drafts import Progress, silent
from content.formats.schedule_texts import clean

MAX_UNPACKED = 60_000_000
MAX_PARTS = 2_000
MAX_ROWS = 20_000
MAX_PROBLEMS = 50

_CHUNK = 1 << 20
_DOCTYPES = tuple("<!DOCTYPE".encode(encoding) for encoding in ("utf-8", "utf-16-le", "utf-16-be"))
_STRICT = b"http://purl.oclc.org/ooxml/spreadsheetml/main"
_FORMULAS = (b"<f>", b"<f ")
_ERRORS = ("#REF!", "#NAME?", "#VALUE!", "#DIV/0!", "#NULL!", "#N/A", "#NUM!", "#SPILL!")


@dataclass(slots=True)
class Sheet:
    """A sheet: the text of every cell that has one, by row and column from 1, and rows in order.

    ``without_result``: cells that have nothing, not even an empty text; if they hold a formula, it was not worked out.
    """

    title: str
    rows: dict[int, dict[int, str]] = field(default_factory=dict)
    without_result: set[tuple[int, int]] = field(default_factory=set)


def cell_name(sheet: str, row: int, column: int) -> str:
    """Return ``Sessions!C5``."""
    return f"{sheet}!{get_column_letter(max(1, column))}{max(1, row)}"


def read_workbook(data: bytes, name: str, progress: Progress = silent) -> list[Sheet]:
    """Read every sheet that is shown. Raises ContentError."""
    has_formulas = _inspect(data, name)
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # drop-downs and themes that openpyxl does not know are nothing to us
        try:
            workbook = load_workbook(io.BytesIO(data), read_only=True, data_only=True, keep_links=False)
            shown = [sheet for sheet in workbook.worksheets if sheet.sheet_state == "visible"]
            sheets = []
            for number, sheet in enumerate(shown):
                sheets.append(_sheet(sheet, name))
                progress((number + 1) / len(shown))
            if has_formulas:
                _check_formulas(data, sheets, name)
        except ContentError:
            raise
        except MemoryError:
            raise
        except Exception as failure:  # openpyxl raises whatever it stumbles over
            raise ContentError((error(f"{name}:1:1", "xlsx_broken"),)) from failure
    return sheets


def _inspect(data: bytes, name: str) -> bool:
    """Refuse what is no workbook, strict, too large or hostile; return whether a cell holds a formula."""
    where, has_formulas = f"{name}:1:1", False
    if not data.startswith(b"PK"):
        raise ContentError((error(where, "xlsx_old"),))
    unpacked = 0
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            parts = archive.infolist()
            if len(parts) > MAX_PARTS:
                raise ContentError((error(where, "xlsx_too_much", limit=MAX_UNPACKED // 1_000_000),))
            names = {part.filename.lstrip("/") for part in parts}
            if "xl/workbook.xml" not in names:
                raise ContentError((error(where, "xlsx_old" if "EncryptedPackage" in names else "xlsx_archive"),))
            for part in parts:
                for chunk in _chunks(archive, part):
                    unpacked += len(chunk)
                    if unpacked > MAX_UNPACKED:
                        raise ContentError((error(where, "xlsx_too_much", limit=MAX_UNPACKED // 1_000_000),))
                    if part.filename.endswith((".xml", ".rels", ".vml")) and any(mark in chunk for mark in _DOCTYPES):
                        raise ContentError((error(where, "xlsx_hostile"),))
                    if part.filename.endswith("xl/workbook.xml") and _STRICT in chunk:
                        raise ContentError((error(where, "xlsx_strict"),))
                    has_formulas |= "worksheets/" in part.filename and any(mark in chunk for mark in _FORMULAS)
    except (zipfile.BadZipFile, zlib.error, EOFError, NotImplementedError, RuntimeError, OSError) as failure:
        raise ContentError((error(where, "xlsx_broken"),)) from failure
    return has_formulas


def _check_formulas(data: bytes, sheets: list[Sheet], name: str) -> None:
    """Refuse formulas whose result the file does not hold: the cells would be read as empty."""
    workbook = load_workbook(io.BytesIO(data), read_only=True, keep_links=False)
    problems = []
    for read in sheets:
        sheet: Any = workbook[read.title]
        sheet.reset_dimensions()
        problems += [
            error(_where(name, read.title, cell.row, cell.column), "xlsx_formula")
            for row in sheet.iter_rows()
            for cell in row
            if cell.data_type == "f" and (cell.row, cell.column) in read.without_result
        ]
    if problems:
        raise ContentError(tuple(problems[:MAX_PROBLEMS]))


def _chunks(archive: zipfile.ZipFile, part: zipfile.ZipInfo) -> Iterator[bytes]:
    """Yield a part piece by piece, each with the end of the one before, so that no mark lies between two."""
    with archive.open(part) as file:
        kept = b""
        while piece := file.read(_CHUNK):
            yield kept[-20:] + piece if kept else piece
            kept = piece


def _sheet(sheet: Any, name: str) -> Sheet:
    result = Sheet(sheet.title)
    sheet.reset_dimensions()  # what a file says of its size is no fact, and would fill rows with nothing
    for number, row in enumerate(sheet.iter_rows(), 1):
        if len(result.rows) > MAX_ROWS:
            place = _where(name, sheet.title, number, 1)
            raise ContentError((error(place, "xlsx_rows", sheet=sheet.title, limit=f"{MAX_ROWS:,}"),))
        texts: dict[int, str] = {}
        for cell in row:
            if cell.value is None:
                if cell.data_type == "n" and hasattr(cell, "row"):
                    result.without_result.add((cell.row, cell.column))
                continue
            text = _text(cell.value)
            if cell.data_type == "e" or text in _ERRORS:
                place = _where(name, sheet.title, cell.row, cell.column)
                raise ContentError((error(place, "xlsx_error", value=text),))
            if text:
                texts[cell.column] = text
        if texts:
            result.rows[number] = texts
    return result


def _where(name: str, sheet: str, row: int, column: int) -> str:
    return f"{name}:{cell_name(sheet, row, column)}"


def _text(value: Any) -> str:
    """Return a cell's value as the content file writes it: moments to the minute, whole numbers without a point."""
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, datetime):
        moment = (value + timedelta(seconds=30)).replace(second=0, microsecond=0)
        return f"{moment:%Y-%m-%d}" if moment.time() == time() and not value.second else f"{moment:%Y-%m-%d %H:%M}"
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, time):
        return f"{value:%H:%M}"
    if isinstance(value, timedelta):
        minutes = round(value / timedelta(minutes=1))
        return f"{minutes // 60:02}:{minutes % 60:02}"
    if isinstance(value, float) and value.is_integer():
        return str(int(value))
    return clean(str(value))
