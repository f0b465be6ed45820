"""Files as people really send them: each is read for what it is, or refused in words that say what to do."""

from __future__ import annotations

import io
import zipfile
from functools import cache

import pytest
from openpyxl import Workbook, load_workbook

from bot.commands.export import written
from bot.services.agenda import built_in_event
from bot.services.handles import assign_handles, with_handles
from content.formats.detect import ReadFile, read_file
from content.formats.problems import ContentError, Problem
from content.formats.schedule_drafts import Hints
from tests.content.formats.frab_files import day, event, person, schedule

XML = schedule(day(event("1", persons=person("André Far")), event("2", start="11:00")))
TABLE = "title{0}start{0}end\nKnots{0}10:00{0}11:00\n"


def refused(data: bytes, name: str) -> Problem:
    with pytest.raises(ContentError) as raised:
        read_file(data, name)
    return raised.value.problems[0]


def a_zip(*names: str) -> bytes:
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w") as archive:
        for name in names:
            archive.writestr(name, "<x/>")
    return file.getvalue()


def a_calendar(zone: str = "", title: str = "Knots") -> bytes:
    of_zone = f";TZID={zone}" if zone else ""
    lines = [
        *("BEGIN:VCALENDAR", "VERSION:2.0", "BEGIN:VEVENT", "UID:1", f"SUMMARY:{title}"),
        *(f"DTSTART{of_zone}:20310605T100000", f"DTEND{of_zone}:20310605T110000", "END:VEVENT", "END:VCALENDAR", ""),
    ]
    return "\r\n".join(lines).encode()


@cache
def own_workbook() -> bytes:
    agenda = built_in_event()
    return written(with_handles(agenda, assign_handles({}, agenda, {})), "xlsx")


@pytest.mark.parametrize(
    ("data", "name", "code"),
    [
        (b"", "agenda.yaml", "empty_file"),
        (b" \r\n", "agenda.xml", "source_empty"),
        (b"", "agenda", "source_empty"),
        (b"%PDF-1.7\n%\xe2\xe3\xcf\xd3", "agenda.xml", "source_no_text"),
        (b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR", "agenda", "source_no_text"),
        (bytes(100), "agenda.bin", "source_no_text"),
        (TABLE.format(";").encode(), "agenda.csv", "source_csv"),
        (TABLE.format(",").encode(), "agenda.txt", "source_csv"),
        (TABLE.format("\t").encode(), "agenda", "source_csv"),
        (b"Programul: deschiderea la ora 10, apoi pauza.", "agenda.txt", "not_a_content_file"),
        (a_zip("mimetype", "content.xml"), "agenda.ods", "xlsx_archive"),
        (a_zip("word/document.xml"), "agenda.xlsx", "xlsx_archive"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600), "agenda.xls", "xlsx_old"),
        (XML.decode().encode("cp1252"), "agenda.xml", "source_not_utf8"),
        (a_calendar(title="André").decode().encode("cp1252"), "agenda.ics", "source_not_utf8"),
        ("ghid: 1\nevent: {name: ș}\n".encode("utf-16"), "agenda.yaml", "utf16"),
        (schedule(day()), "agenda.xml", "source_no_sessions"),
    ],
)
def test_what_is_no_agenda_is_refused_by_what_it_is(data: bytes, name: str, code: str) -> None:
    problem = refused(data, name)

    assert problem.code == code
    assert problem.where.startswith(f"{name}:")


def test_a_wrong_byte_is_named_with_its_place() -> None:
    lines = XML.decode().splitlines()
    line = next(number for number, text in enumerate(lines, 1) if "André" in text)
    column = lines[line - 1].index("é") + 1

    problem = refused(XML.decode().encode("cp1252"), "agenda.xml")

    assert problem.where == f"agenda.xml:{line}:{column}"
    assert "0xE9" in problem.what


@pytest.mark.parametrize(
    "data",
    [
        b"\xef\xbb\xbf" + XML,
        XML.decode().replace("UTF-8", "UTF-16").encode("utf-16"),
        XML.replace(b"\n", b"\r\n"),
        XML.decode().replace("UTF-8", "windows-1252").encode("cp1252"),
        XML.replace(b"<schedule>", b'<schedule xmlns="https://example.org/schedule">'),
    ],
    ids=["mark", "UTF-16", "CRLF", "Windows-1252", "namespace"],
)
def test_one_schedule_reads_the_same_however_it_was_saved(data: bytes) -> None:
    assert read_file(data, "days.xml").agenda == read_file(XML, "days.xml").agenda


def told(file: ReadFile, code: str) -> list[str]:
    return [doubt.what for doubt in file.doubts if doubt.code == code]


@pytest.mark.parametrize(
    ("zone", "said"),
    [
        ("GTB Standard Time", "10:00 +0300"),
        ("/mozilla.org/20050126_1/Europe/Bucharest", "10:00 +0300"),
        ("Europe/Paris", "11:00 +0300"),
    ],
)
def test_a_clock_of_outlook_or_mozilla_is_known(zone: str, said: str) -> None:
    data = a_calendar(zone).replace(b"VERSION:2.0", b"X-WR-TIMEZONE:Europe/Bucharest")
    file = read_file(data, "days.ics")

    assert f"{file.agenda.sessions[0].starts_at:%H:%M %z}" == said
    assert not told(file, "source_clock_unknown")


def test_a_clock_that_nobody_knows_is_told() -> None:
    file = read_file(a_calendar("Mars/Base"), "days.ics", hints=Hints(zone="Europe/Bucharest"))

    (said,) = told(file, "source_clock_unknown")
    assert "Mars/Base" in said
    assert "Europe/Bucharest" in said
    assert f"{file.agenda.sessions[0].starts_at:%H:%M %z}" == "10:00 +0300"


def test_a_formula_that_was_not_worked_out_is_refused_with_its_cell() -> None:
    book = load_workbook(io.BytesIO(own_workbook()))
    book["Sessions"]["D4"].value = "=A1"
    file = io.BytesIO()
    book.save(file)

    problem = refused(file.getvalue(), "agenda.xlsx")

    assert (problem.code, problem.where) == ("xlsx_formula", "agenda.xlsx:Sessions!D4")


def test_a_workbook_without_a_table_is_refused() -> None:
    file = io.BytesIO()
    Workbook().save(file)

    assert refused(file.getvalue(), "agenda.xlsx").code == "xlsx_other"
