"""`ghid check FILE`: every problem of a content file with its place."""

from __future__ import annotations

import argparse
import sys
from pathlib import Path

from bot.commands.content_file import UnreadableFileError, counted, counts, print_problems, read_content_file
from content.checks import check_agenda
from content.formats.problems import ContentError


def register(parser: argparse.ArgumentParser) -> None:
    """Describe the command and its arguments."""
    parser.description = (
        "Read a content file and name every problem with its place. Errors are in the way (exit code 1); "
        "doubts only ask for a second look (exit code 0)."
    )
    parser.add_argument("file", type=Path, metavar="FILE", help="a content file in YAML")


def run(arguments: argparse.Namespace) -> int:
    """Print what was found."""
    try:
        agenda = read_content_file(arguments.file)
    except UnreadableFileError as error:
        print(f"ghid check: {error}", file=sys.stderr)
        return 2
    except ContentError as error:
        print_problems(error.problems)
        print(f"This file cannot be used: {counted(len(error.problems), 'problem')}.", file=sys.stderr)
        return 1
    doubts = check_agenda(agenda)
    print_problems(doubts)
    second_look = f" {counted(len(doubts), 'doubt')} to look at." if doubts else ""
    print(f"This file can be used: {counts(agenda)}.{second_look}")
    return 0
