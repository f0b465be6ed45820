"""The child process that reads an uploaded file: the file comes in on standard input, JSON goes out.

Whatever the file does to it, the bot goes on: time and memory are limited here, and whoever started it kills it in the
end. Nothing but the exit code and the JSON is believed.
"""

from __future__ import annotations

import json
import resource
import sys
from dataclasses import asdict
from itertools import islice
from typing import Any

from content.checks import check_agenda
from content.formats.documents import to_document
from content.formats.problems import ContentError, Problem
from content.formats.yaml import MAX_BYTES, read_agenda

MAX_DOUBTS = 300
OUT_OF_MEMORY = 3


def main(seconds: int, memory: int, name: str) -> int:
    """Read the file called ``name`` with at most so many seconds of the processor and bytes of addresses."""
    _limit(seconds, memory)
    try:
        json.dump(_read(sys.stdin.buffer.read(MAX_BYTES + 1), name), sys.stdout)
    except MemoryError:
        return OUT_OF_MEMORY
    return 0


def _limit(seconds: int, memory: int) -> None:
    resource.setrlimit(resource.RLIMIT_CPU, (seconds, seconds))
    resource.setrlimit(resource.RLIMIT_AS, (memory, memory))
    resource.setrlimit(resource.RLIMIT_FSIZE, (0, 0))  # it has no file to write
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))


def _read(data: bytes, name: str) -> dict[str, Any]:
    try:
        agenda = read_agenda(data, name)
    except ContentError as error:
        return {"problems": _plain(error.problems)}
    doubts = check_agenda(agenda)
    return {"agenda": to_document(agenda), "doubts": _plain(doubts), "doubts_in_all": len(doubts)}


def _plain(problems: tuple[Problem, ...]) -> list[dict[str, Any]]:
    return [asdict(problem) for problem in islice(problems, MAX_DOUBTS + 1)]


if __name__ == "__main__":
    sys.exit(main(int(sys.argv[1]), int(sys.argv[2]), sys.argv[3]))
