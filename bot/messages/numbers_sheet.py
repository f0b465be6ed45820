"""All numbers as a spreadsheet, a sheet a subject, in the organiser's language."""

from __future__ import annotations

import io
from collections.abc import Iterable, Sequence

from openpyxl import Workbook
from openpyxl.cell.cell import ILLEGAL_CHARACTERS_RE
from openpyxl.styles import Font
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.worksheet import Worksheet

from bot.messages.formatting import bold, cut
from bot.messages.numbers import intent_name, kind_name, language_of, outcome_name
from bot.messages.outgoing import OutgoingDocument
from bot.messages.view import View
from bot.numbers import Numbers
from content.agenda import Session, Speaker
from content.timetable import local

MAX_WIDTH = 60
MAX_CELL = 2_000

Row = Sequence[str | int]


def numbers_sheet(numbers: Numbers, view: View) -> OutgoingDocument:
    """Return the file. Takes a while for a large event: in a thread, not in the loop."""
    t = view.t.plain
    book = Workbook()
    book.remove(book.worksheets[0])
    _sheet(book, t.pgettext("sheet", "People"), *_people(numbers, view))
    _sheet(book, t.pgettext("sheet", "Questions"), *_questions(numbers, view))
    _sheet(book, t.pgettext("sheet", "Sessions"), *_sessions(numbers, view))
    _sheet(book, t.pgettext("sheet", "Speakers"), *_speakers(numbers, view))
    _sheet(book, t.pgettext("sheet", "Messages"), *_messages(numbers, view))
    _sheet(book, t.pgettext("sheet", "Messages to many"), *_broadcasts(numbers, view))
    written = io.BytesIO()
    book.save(written)
    at = local(view.agenda.event, numbers.at)
    caption = bold(view.t.gettext("All numbers; nobody is named in them."))
    # Translators: the name of a spreadsheet with how it goes.
    name = t.pgettext("file name", "numbers")
    return OutgoingDocument(f"{name}-{at:%Y-%m-%d-%H%M}.xlsx", written.getvalue(), caption)


def _sheet(book: Workbook, title: str, head: Row, rows: Iterable[Row]) -> None:
    sheet: Worksheet = book.create_sheet(title)
    for number, row in enumerate([head, *rows], 1):
        for column, value in enumerate(row, 1):
            cell = sheet.cell(number, column)
            if isinstance(value, int):
                cell.value = value
            else:
                cell.value = ILLEGAL_CHARACTERS_RE.sub("", cut(value, MAX_CELL))
                cell.data_type = "s"  # a title that begins with "=" is no formula
            if number == 1:
                cell.font = Font(bold=True)
    for column in range(1, len(head) + 1):
        widest = max(len(str(sheet.cell(row, column).value or "")) for row in range(1, sheet.max_row + 1))
        sheet.column_dimensions[get_column_letter(column)].width = min(MAX_WIDTH, widest + 2)
    sheet.freeze_panes = "A2"


def _people(numbers: Numbers, view: View) -> tuple[Row, list[Row]]:
    t, people = view.t.plain, numbers.people
    counted = [
        (t.pgettext("sheet", "People"), people.total),
        (t.pgettext("sheet", "Active today"), people.active_today),
        (t.pgettext("sheet", "New today"), people.new_today),
        (t.pgettext("sheet", "Blocked the bot"), people.blocked),
        *((language_of(code), number) for code, number in people.languages.items()),
        (t.pgettext("sheet", "Speakers who claimed their profile"), len(numbers.speakers.claimed)),
        (t.pgettext("sheet", "Speakers told of a change"), numbers.speakers.told),
        (t.pgettext("sheet", "Speakers who saw it"), numbers.speakers.seen),
    ]
    return (t.pgettext("sheet", "What"), t.pgettext("sheet", "Number")), list(counted)


def _questions(numbers: Numbers, view: View) -> tuple[Row, list[Row]]:
    t = view.t.plain
    yes, no = t.pgettext("sheet", "yes"), t.pgettext("sheet", "no")
    head = (
        t.pgettext("sheet", "Day"),
        t.pgettext("sheet", "About"),
        t.pgettext("sheet", "Language"),
        t.pgettext("sheet", "Answered"),
        t.pgettext("sheet", "Number"),
    )
    rows: list[Row] = [
        (
            kind.day.isoformat(),
            intent_name(kind.intent, view),
            language_of(kind.language),
            yes if kind.answered else no,
            number,
        )
        for kind, number in numbers.questions.items()
    ]
    return head, rows


def _sessions(numbers: Numbers, view: View) -> tuple[Row, list[Row]]:
    t = view.t.plain
    head = (
        t.pgettext("sheet", "Session"),
        t.pgettext("sheet", "Day"),
        t.pgettext("sheet", "Begins"),
        t.pgettext("sheet", "Room"),
        t.pgettext("sheet", "Followers"),
    )
    rows: list[Row] = []
    for handle, number in numbers.followers.items():
        if isinstance(session := view.agenda.by_handle.get(handle), Session):
            room = view.room_of(session)
            day, begins = session.starts_at.date().isoformat(), t.clock(session.starts_at)
            rows.append((view.words(session.title), day, begins, view.words(room.name) if room else "", number))
    return head, rows


def _speakers(numbers: Numbers, view: View) -> tuple[Row, list[Row]]:
    t = view.t.plain
    yes, no = t.pgettext("sheet", "yes"), t.pgettext("sheet", "no")
    head = (
        t.pgettext("sheet", "Speaker"),
        t.pgettext("sheet", "Followers"),
        t.pgettext("sheet", "Claimed their profile"),
    )
    people = sorted(view.agenda.speakers, key=lambda each: (-numbers.followers.get(each.handle, 0), each.name))
    return head, [_speaker_row(each, numbers, yes, no) for each in people]


def _speaker_row(speaker: Speaker, numbers: Numbers, yes: str, no: str) -> Row:
    claimed = speaker.handle in numbers.speakers.claimed
    return speaker.name, numbers.followers.get(speaker.handle, 0), yes if claimed else no


def _messages(numbers: Numbers, view: View) -> tuple[Row, list[Row]]:
    t = view.t.plain
    head = (t.pgettext("sheet", "About"), t.pgettext("sheet", "What became of them"), t.pgettext("sheet", "Number"))
    return head, [
        (kind_name(kind.kind, view), outcome_name(kind.state, view), number) for kind, number in numbers.sent.items()
    ]


def _broadcasts(numbers: Numbers, view: View) -> tuple[Row, list[Row]]:
    t, event = view.t.plain, view.agenda.event
    head = (
        t.pgettext("sheet", "Written"),
        t.pgettext("sheet", "People"),
        t.pgettext("sheet", "Delivered"),
        t.pgettext("sheet", "Blocked the bot"),
        t.pgettext("sheet", "Failed"),
    )
    return head, [
        (f"{local(event, each.created_at):%Y-%m-%d %H:%M}", each.total, each.sent, each.blocked, each.failed)
        for each in numbers.broadcasts
    ]
