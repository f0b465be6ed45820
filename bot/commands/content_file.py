"""Reading a content file that a command was given."""

from __future__ import annotations

import sys
from collections.abc import Iterable
from pathlib import Path

from content.agenda import Agenda
from content.formats.problems import Problem, Severity
from content.formats.yaml import MAX_BYTES, read_agenda


class UnreadableFileError(Exception):
    """There is no such file, or it may not be read; the message says so to the person who called."""


def read_content_file(path: Path) -> Agenda:
    """Read this file.

    Raises:
        UnreadableFileError: it cannot be opened.
        ContentError: it cannot be used; with every problem at its place.
    """
    try:
        with path.open("rb") as file:
            data = file.read(MAX_BYTES + 1)  # one more than allowed is enough to be told that it is too big
    except OSError as error:
        raise UnreadableFileError(f"{path}: {(error.strerror or 'cannot be read').lower()}") from error
    return read_agenda(data, str(path))


def print_problems(problems: Iterable[Problem]) -> None:
    """Print one problem a line, those that are in the way to standard error."""
    for problem in problems:
        print(problem, file=sys.stderr if problem.severity is Severity.ERROR else sys.stdout)


def counted(number: int, noun: str) -> str:
    """Return ``1 room`` or ``1,100 rooms``."""
    return f"{number:,} {noun}{'' if number == 1 else 's'}"


def counts(agenda: Agenda) -> str:
    """Return how much there is of everything."""
    numbers = (
        (len(agenda.sessions), "session"),
        (len(agenda.speakers), "speaker"),
        (len(agenda.rooms), "room"),
        (len(agenda.materials), "material"),
        (len(agenda.event.days), "day"),
    )
    return ", ".join(counted(number, noun) for number, noun in numbers)
