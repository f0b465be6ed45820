"""What is wrong with a content file or doubtful about an agenda: how it is listed."""

from __future__ import annotations

from collections.abc import Sequence

from babel.numbers import format_percent

from bot.i18n import Html, escaped
from bot.messages.formatting import bold, cut, lines, paragraphs
from bot.messages.outgoing import OutgoingDocument, OutgoingMessage
from bot.messages.problem_words import problem_words, quoted_names
from bot.messages.view import View
from bot.messages.ways_back import desk_and_menu
from content.formats.problems import Problem

READABLE = "YAML (Ghid), Excel (.xlsx), XML (frab, Pentabarf, pretalx), JSON (frab, c3voc, pretalx), iCalendar (.ics)"
"""The formats by the names that they have in every language."""
MAX_SAID = 10
MAX_CHARACTERS = 3_000
MAX_FEW = 3
MAX_PROBLEM = 320


def broken_file(problems: Sequence[Problem], view: View) -> OutgoingMessage | OutgoingDocument:
    """Return every problem of a file with its place, as a message or, if that would be long, as a text file."""
    heading = view.t.ngettext(
        "This file cannot be used: it has %(num)s problem. Nothing was changed.",
        "This file cannot be used: it has %(num)s problems. Nothing was changed.",
        len(problems),
    )
    words = [problem_words(problem, view) for problem in problems]
    shown = [lines(bold(_place(problem, view)), said) for problem, said in zip(problems, words, strict=True)]
    # Translators: the name of a text file with what is wrong in an agenda.
    name = view.t.plain.pgettext("file name", "problems")
    return _listed(heading, shown, _file_lines(problems, words), name, view)


def checked_agenda(doubts: Sequence[Problem], view: View) -> OutgoingMessage | OutgoingDocument:
    """Return everything in the agenda that asks for a second look."""
    if not doubts:
        return OutgoingMessage(
            view.t.gettext("I looked through the agenda and found nothing doubtful."), (desk_and_menu(view),)
        )
    names = quoted_names(view)
    words = [problem_words(each, view, names) for each in doubts]
    heading, shown = _doubts_heading(len(doubts), view), [escaped(f"– {said}") for said in words]
    # Translators: the name of a text file with what is doubtful in an agenda.
    name = view.t.plain.pgettext("file name", "doubts")
    return _listed(heading, shown, _file_lines(doubts, words), name, view)


def few_doubts(doubts: Sequence[Problem], in_all: int, view: View) -> Html:
    """Return the first doubts about this view's agenda, and how many there are; empty if there are none."""
    if not in_all:
        return Html("")
    names = quoted_names(view)
    first = [f"– {cut(problem_words(each, view, names), MAX_PROBLEM)}" for each in doubts[:MAX_FEW]]
    return lines(_doubts_heading(in_all, view), *first)


def too_large(limit: int, view: View) -> OutgoingMessage:
    """Say that a file is larger than ``limit`` megabytes."""
    said = view.t.gettext("This file is too large: I read at most %(limit)s MB. Nothing was changed.", limit=limit)
    return OutgoingMessage(said, (desk_and_menu(view),))


def not_an_agenda_file(view: View) -> OutgoingMessage:
    """Say which files are read."""
    said = view.t.gettext(
        "I cannot read an agenda from a file of this kind. I read these: %(formats)s.", formats=READABLE
    )
    return OutgoingMessage(said, (desk_and_menu(view),))


def being_read(name: str, done: float, view: View) -> OutgoingMessage:
    """Say how far a file is read; ``done``: 0 to 1."""
    percent = format_percent(done, locale=view.t.language)
    return OutgoingMessage(view.t.gettext("I am reading %(file)s: %(percent)s", file=name, percent=percent))


def unreadable_file(view: View) -> OutgoingMessage:
    """Say that reading the file took too much."""
    said = view.t.gettext("Reading this file took too much time or memory, so I stopped. Nothing was changed.")
    return OutgoingMessage(said, (desk_and_menu(view),))


def other_event(current: str, given: str, view: View) -> OutgoingMessage:
    """Say that the file is about another event; both are ids."""
    said = view.t.gettext(
        "This file is about the event %(given)s, but I serve %(current)s. Nothing was changed.",
        given=given,
        current=current,
    )
    way = view.t.gettext(
        "One database holds one event. If it is this one under another name, write %(current)s as its id into the "
        "file (in XML and JSON as its acronym). For a new event, whoever runs me imports the file into a new database, "
        "with “ghid import --database”.",
        current=current,
    )
    return OutgoingMessage(paragraphs(bold(said), way), (desk_and_menu(view),))


def nothing_new(version: int, view: View) -> OutgoingMessage:
    """Say that the file holds what people see already."""
    said = view.t.gettext("Version %(version)s says this already: there is nothing to publish.", version=version)
    return OutgoingMessage(said, (desk_and_menu(view),))


def preview_over(view: View) -> OutgoingMessage:
    """Say that a button belongs to a file that does not wait any more."""
    said = view.t.gettext("This file does not wait any more. If you still need it, send it again.")
    return OutgoingMessage(said, (desk_and_menu(view),))


def no_undo(view: View) -> str:
    """Return the alert for a version that is not current any more, or the first one."""
    return view.t.plain.gettext("This version is not the current one any more, or there is none before it.")


def _listed(
    heading: Html, said: Sequence[Html], text: str, name: str, view: View
) -> OutgoingMessage | OutgoingDocument:
    if len(said) <= MAX_SAID and sum(map(len, said)) <= MAX_CHARACTERS:
        return OutgoingMessage(paragraphs(heading, *said), (desk_and_menu(view),))
    caption = paragraphs(heading, view.t.gettext("The file lists them all, each with its place."))
    return OutgoingDocument(f"{name}.txt", text.encode(), caption, (desk_and_menu(view),))


def _place(problem: Problem, view: View) -> Html:
    """Return "line 12, column 3" of a place that is ``file:line:column``, the cell of one that is ``file:Sheet!C5``."""
    if "!" in (cell := problem.where.rpartition(":")[2]):
        return view.t.gettext("cell %(cell)s", cell=cell)
    _, line, column = problem.where.rsplit(":", 2)
    return view.t.gettext("line %(line)s, column %(column)s", line=line, column=column)


def _file_lines(problems: Sequence[Problem], said: Sequence[str]) -> str:
    return "".join(f"{problem.where}: {words}\n\n" for problem, words in zip(problems, said, strict=True))


def _doubts_heading(count: int, view: View) -> Html:
    return view.t.ngettext("%(num)s thing asks for a second look:", "%(num)s things ask for a second look:", count)
