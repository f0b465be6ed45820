"""The child process that reads an agenda file: the file comes in on standard input, JSON goes out.

Whatever the file does to it, the bot goes on: time and memory are limited here, and whoever started it kills it in the
end. Nothing but the exit code and the JSON is believed. On standard error stands how far it is: ``progress 0.25``.
"""

from __future__ import annotations

import json
import resource
import sys
from collections.abc import Callable
from dataclasses import asdict
from itertools import islice
from time import monotonic
from typing import Any

from content.checks import check_agenda
from content.formats.detect import MAX_BYTES, ReadFile, read_file
from content.formats.documents import from_document, to_document
from content.formats.problems import ContentError, Problem
from content.formats.schedule_drafts import Hints

MAX_DOUBTS = 2_000
OUT_OF_MEMORY = 3
PROGRESS = "progress "
_TOLD_EVERY = 0.1  # seconds


def main(seconds: int, memory: int) -> int:
    """Read a file with at most so many seconds of the processor and bytes of addresses.

    The first line of the input is a JSON object as `bot.services.upload_reading` writes it; the file is the rest.
    """
    _limit(seconds, memory)
    try:
        options = json.loads(sys.stdin.buffer.readline())
        json.dump(answer_to(sys.stdin.buffer.read(MAX_BYTES + 1), options, _Progress()), sys.stdout)
    except MemoryError:
        return OUT_OF_MEMORY
    return 0


def _limit(seconds: int, memory: int) -> None:
    resource.setrlimit(resource.RLIMIT_CPU, (seconds, seconds))
    resource.setrlimit(resource.RLIMIT_AS, (memory, memory))
    resource.setrlimit(resource.RLIMIT_FSIZE, (0, 0))  # it has no file to write
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))


def answer_to(data: bytes, options: dict[str, Any], progress: Callable[[float], None]) -> dict[str, Any]:
    """Return what is said about a file: its agenda and the doubts about it, or the problems in its way."""
    try:
        read = _read_file(data, options, progress)
    except ContentError as error:
        return {"problems": _plain(error.problems)}
    progress(0.9)
    doubts = (*read.doubts, *check_agenda(read.agenda))
    return {
        "agenda": to_document(read.agenda),
        "format": read.format,
        "is_whole": read.is_whole,
        "names_event": read.names_event,
        "doubts": _plain(doubts),
        "doubts_in_all": len(doubts),
    }


def _read_file(data: bytes, options: dict[str, Any], progress: Callable[[float], None]) -> ReadFile:
    current = from_document(options["current"]).event if options["current"] else None
    return read_file(
        data,
        options["name"],
        format_=options["format"],
        hints=Hints(options["zone"], options["event_id"], current, options["ids"]),
        progress=lambda done: progress(0.9 * done),
    )


class _Progress:
    """Tells whoever started this how much is done, not too often."""

    def __init__(self) -> None:
        self._told_at = 0.0

    def __call__(self, done: float) -> None:
        if (now := monotonic()) - self._told_at >= _TOLD_EVERY:
            self._told_at = now
            print(f"{PROGRESS}{done:.2f}", file=sys.stderr, flush=True)  # noqa: T201  # read by the parent


def _plain(problems: tuple[Problem, ...]) -> list[dict[str, Any]]:
    return [asdict(problem) for problem in islice(problems, MAX_DOUBTS + 1)]


if __name__ == "__main__":
    sys.exit(main(int(sys.argv[1]), int(sys.argv[2])))
