"""`ghid check FILE`: every problem of an agenda file with its place."""

from __future__ import annotations

import argparse
import asyncio
import sys

from bot.commands.content_file import (
    UnreadableFileError,
    counted,
    counts,
    options_of,
    print_problems,
    read_content_file,
    register_reading,
)
from content.formats.problems import ContentError


def register(parser: argparse.ArgumentParser) -> None:
    """Describe the command and its arguments."""
    parser.description = (
        "Read an agenda file and name every problem with its place. Errors are in the way (exit code 1); "
        "doubts only ask for a second look (exit code 0)."
    )
    register_reading(parser)


def run(arguments: argparse.Namespace) -> int:
    """Print what was found."""
    try:
        read = asyncio.run(read_content_file(arguments.file, options_of(arguments)))
    except UnreadableFileError as error:
        print(f"ghid check: {error}", file=sys.stderr)
        return 2
    except ContentError as error:
        print_problems(error.problems)
        print(f"This file cannot be used: {counted(len(error.problems), 'problem')}.", file=sys.stderr)
        return 1
    print_problems(read.doubts)
    second_look = f" {counted(read.doubts_in_all, 'doubt')} to look at." if read.doubts else ""
    print(f"This file can be used: {counts(read.agenda)}.{second_look}")
    return 0
