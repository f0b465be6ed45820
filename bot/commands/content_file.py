"""Reading an agenda file that a command was given, in a child process with limits."""

from __future__ import annotations

import argparse
import re
import sys
from collections.abc import Iterable
from dataclasses import replace
from pathlib import Path

from bot.commands.progress_bar import ProgressBar
from bot.services.upload_reading import ReadingLimits, ReadingOptions, ReadUpload, UnreadableUploadError, UploadReader
from content.agenda import Agenda
from content.formats.detect import FORMATS, MAX_BYTES, detect_format
from content.formats.limits import ID_PATTERN
from content.formats.problems import Problem, Severity
from content.formats.schedule_drafts import Hints
from content.formats.schedule_zone import zone_called

LIMITS = ReadingLimits(seconds=300)
"""Whoever sits at a terminal can wait, and can stop it."""


class UnreadableFileError(Exception):
    """There is no such file, or it may not be read; the message says so to the person who called."""


def register_reading(parser: argparse.ArgumentParser) -> None:
    """Describe the file and what can be said about it."""
    parser.add_argument("file", type=Path, metavar="FILE", help="an agenda, in whichever format: it is recognised")
    parser.add_argument("--format", choices=FORMATS, default="", help="take it only if it is in this format")
    parser.add_argument(
        "--zone", default="", metavar="ZONE", help="the event's time zone, if the file does not say: Europe/Bucharest"
    )
    parser.add_argument(
        "--event-id", default="", metavar="ID", help="the event's id, if the file does not say: devdays-2026"
    )


def options_of(arguments: argparse.Namespace, current: Agenda | None = None) -> ReadingOptions:
    """Return what the call says about the file. ``current``: what the database holds.

    Raises:
        UnreadableFileError: there is no such zone, or this is no id.
    """
    if arguments.zone and zone_called(arguments.zone) is None:
        raise UnreadableFileError(f"--zone: there is no time zone {arguments.zone!r}; write, say, Europe/Bucharest")
    if arguments.event_id and not re.fullmatch(ID_PATTERN, arguments.event_id):
        raise UnreadableFileError("--event-id: small letters a–z, digits and hyphens only")
    known = Hints.of(current) if current else Hints()
    return ReadingOptions(arguments.format, replace(known, zone=arguments.zone, event_id=arguments.event_id))


async def read_content_file(path: Path, options: ReadingOptions | None = None) -> ReadUpload:
    """Read this file, with a bar that grows if somebody looks on.

    Raises:
        UnreadableFileError: it cannot be opened, or took too much time or memory.
        ContentError: it cannot be used; with every problem at its place.
    """
    try:
        with path.open("rb") as file:
            data = file.read(MAX_BYTES + 1)  # one more than allowed is enough to be told that it is too big
    except OSError as error:
        raise UnreadableFileError(f"{path}: {(error.strerror or 'cannot be read').lower()}") from error
    with ProgressBar("Reading", sys.stderr) as bar:
        try:
            return await UploadReader(LIMITS).read(data, str(path), options, bar)
        except UnreadableUploadError as error:
            raise UnreadableFileError(f"{path}: reading it took too much time or memory") from error


def format_of(path: Path) -> str:
    """Return the format of a file that could be read but not used."""
    with path.open("rb") as file:
        return detect_format(file.read(MAX_BYTES + 1))


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
