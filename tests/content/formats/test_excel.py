"""Agendas in Excel: the template as people fill it, every mistake at its cell, tables of others, hostile workbooks."""

from __future__ import annotations

import io
import zipfile
from datetime import datetime, time
from typing import Any

import pytest
from openpyxl import Workbook, load_workbook
from openpyxl.utils import get_column_letter

from bot.services.agenda import built_in_event
from content.agenda import SessionKind, SpeakerRole
from content.formats.detect import ReadFile, read_file
from content.formats.excel_writer import write_excel
from content.formats.problems import ContentError
from tests.builders import a_session, an_agenda
from tests.content.formats.shared_schedules import shared

EVENT = [
    ("key", "value"), ("id", "harbour-2031"), ("name", "Harbour Days"), ("starts", "2031-06-05"),
    ("ends", "2031-06-06"), ("time_zone", "Europe/Bucharest"),
]  # fmt: skip


at = datetime.fromisoformat


def workbook(**sheets: list[tuple[Any, ...]]) -> bytes:
    book = Workbook()
    if book.active is not None:
        book.remove(book.active)
    for title, rows in sheets.items():
        sheet = book.create_sheet(title)
        for row in rows:
            sheet.append(row)
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def read(data: bytes) -> ReadFile:
    return read_file(data, "event.xlsx")


def refused(data: bytes) -> list[str]:
    with pytest.raises(ContentError) as raised:
        read(data)
    return [f"{problem.where} {problem.code}" for problem in raised.value.problems]


def with_part(data: bytes, name: str, old: bytes, new: bytes) -> bytes:
    """Return the workbook with another text in one of its parts."""
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as source, zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as target:
        for part in source.infolist():
            content = source.read(part)
            target.writestr(part.filename, content.replace(old, new) if part.filename == name else content)
    return out.getvalue()


def test_the_template_is_filled_without_thinking_of_ids() -> None:
    data = workbook(
        Event=EVENT,
        Rooms=[("id", "name"), (None, "Pier deck")],
        Speakers=[("name", "organisation"), ("Ilinca Far", "Light House"), ("Ola Rope", None)],
        Sessions=[
            ("title", "starts", "ends", "kind", "room", "speakers", "cancelled"),
            ("Knots", at("2031-06-05T10:00"), "2031-06-05 10:45", "workshop", "pier-deck", "ilinca-far", None),
            (2031, at("2031-06-06"), at("2031-06-06T01:00"), None, None, "ola-rope | moderator | 00:10", True),
        ],
    )  # fmt: skip

    file = read(data)

    assert (file.format, file.is_whole) == ("xlsx", True)
    knots, number = file.agenda.sessions
    assert (knots.id, knots.kind, knots.room_id) == ("knots", SessionKind.WORKSHOP, "pier-deck")
    assert f"{knots.starts_at:%d %H:%M %z}" == "05 10:00 +0300"
    assert (number.title.pick("en"), f"{number.starts_at:%d %H:%M}", number.cancelled) == ("2031", "06 00:00", True)
    assert (number.speakers[0].role, number.speakers[0].starts_at) == (
        SpeakerRole.MODERATOR,
        number.starts_at.replace(minute=10),
    )


def test_every_mistake_is_named_at_its_cell() -> None:
    data = workbook(
        Event=[*EVENT[:-1], ("time_zone", "Europe/Bucarest"), ("venue", "Pier")],
        Rooms=[("id", "name"), ("pier", "Pier")],
        Sessions=[
            ("title", "starts", "ends", "rooom", "room"),
            ("Knots", "tomorrow", "2031-06-05 11:00", None, "peer"),
            (None, "2031-06-05 11:00", "2031-06-05 10:00", None, None),
        ],
    )

    assert refused(data) == [
        "event.xlsx:Event!B6 unknown_zone_meant",
        "event.xlsx:Event!A7 xlsx_unknown_column",
        "event.xlsx:Sessions!D1 xlsx_unknown_column_meant",
        "event.xlsx:Sessions!B2 bad_moment",
        "event.xlsx:Sessions!E2 unknown_reference_meant",
        "event.xlsx:Sessions!A3 missing",
        "event.xlsx:Sessions!A3 missing",
        "event.xlsx:Sessions!C3 ends_before_start",
    ]


def test_a_missing_column_and_an_error_of_excel_are_named() -> None:
    assert "event.xlsx:Sessions!A1 xlsx_no_column" in refused(
        workbook(Event=EVENT, Sessions=[("title", "starts"), ("Knots", "2031-06-05 10:00")])
    )
    assert refused(workbook(Event=EVENT, Sessions=[("title",), ("#REF!",)])) == ["event.xlsx:Sessions!A2 xlsx_error"]


def test_the_template_has_drop_downs_and_notes() -> None:
    sheet = load_workbook(io.BytesIO(write_excel(built_in_event())))["Sessions"]

    headings = {cell.value: cell for cell in sheet[1]}
    letter = {str(cell.value): get_column_letter(number) for number, cell in enumerate(sheet[1], 1)}
    assert {"title (en)", "title (ro)", "title (uk)", "kind", "room"} <= headings.keys()
    assert (
        "year" in (headings["starts"].comment.text if headings["starts"].comment else "") or headings["starts"].comment
    )
    rules = {str(rule.sqref).split("2")[0]: rule.formula1 for rule in sheet.data_validations.dataValidation}
    assert rules[letter["room"]] == "Rooms!$A$2:$A$1000"
    assert "keynote" in str(rules[letter["kind"]])


def test_what_looks_like_a_formula_stays_a_text() -> None:
    agenda = an_agenda(a_session("sum", title='=HYPERLINK("https://x.example.net")'))

    cell = load_workbook(io.BytesIO(write_excel(agenda)))["Sessions"]["B2"]

    assert (cell.data_type, cell.value) == ("s", '=HYPERLINK("https://x.example.net")')


def test_a_table_of_others_is_read_by_its_headings() -> None:
    data = workbook(
        Plan=[
            ("Harbour", None, None, None, "Vortragende"),
            ("Ort", "Datum", "Uhrzeit", "Titel", 1, 2, "Dauer", "Kaffee"),
            ("Pier", at("2031-06-05"), time(10), "Knots", "Ilinca Far, Light House", "Ola Rope", "00:45", "x"),
            ("Pier", at("2031-06-05"), "soon", "Lost", None, None, None, None),
        ]
    )

    file = read(data)

    (session,) = file.agenda.sessions
    assert (f"{session.starts_at:%d %H:%M}", f"{session.ends_at:%H:%M}", session.room_id) == (
        "05 10:00",
        "10:45",
        "pier",
    )
    assert [(each.name, each.organisation.pick("en")) for each in file.agenda.speakers] == [
        ("Ilinca Far", "Light House"),
        ("Ola Rope", ""),
    ]
    assert {"source_session_unreadable", "source_columns_left", "source_zone_unsaid"} <= {d.code for d in file.doubts}
    assert "event.xlsx:Plan!A4" in {doubt.where for doubt in file.doubts}


def test_the_table_of_c3voc_is_read_whole() -> None:
    file = shared("tabular/muenchen-opengov-2016_voc-template.xlsx")

    assert (len(file.agenda.sessions), len(file.agenda.event.days), len(file.agenda.rooms)) == (13, 1, 2)
    assert "Landeshauptstadt München" in {each.organisation.pick("en") for each in file.agenda.speakers}


def test_strict_old_broken_and_other_workbooks_are_refused_with_what_to_do() -> None:
    good = workbook(Event=EVENT, Sessions=[("title",)])
    main = b"http://schemas.openxmlformats.org/spreadsheetml/2006/main"
    strict = with_part(good, "xl/workbook.xml", main, b"http://purl.oclc.org/ooxml/spreadsheetml/main")

    assert refused(strict) == ["event.xlsx:1:1 xlsx_strict"]
    assert refused(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600)) == ["event.xlsx:1:1 xlsx_old"]
    assert refused(good[: len(good) // 2]) == ["event.xlsx:1:1 xlsx_broken"]
    assert refused(with_part(good, "xl/workbook.xml", b"<sheets>", b"<sheets")) == ["event.xlsx:1:1 xlsx_broken"]
    assert refused(workbook(Costs=[("what", "how much"), ("rope", 4)])) == ["event.xlsx:Costs!A1 xlsx_other"]


def test_bombs_in_workbooks_are_refused_before_they_are_opened() -> None:
    good = workbook(Event=EVENT, Sessions=[("title",)])
    bomb = with_part(good, "docProps/app.xml", b"</Properties>", b" " * 80_000_000 + b"</Properties>")
    laughs = b'<!DOCTYPE x [<!ENTITY a "lol"><!ENTITY b "&a;&a;&a;">]><workbook '

    assert len(bomb) < 200_000
    assert refused(bomb) == ["event.xlsx:1:1 xlsx_too_much"]
    assert refused(with_part(good, "xl/workbook.xml", b"<workbook ", laughs)) == ["event.xlsx:1:1 xlsx_hostile"]
