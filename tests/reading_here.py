"""Uploaded files read in the process of the test: for tests about what becomes of a file, not about how it is read.

A process of its own costs half a second each time; `test_upload_reading`, `test_agenda_upload`, `test_check` have one.
"""

from __future__ import annotations

import json
from collections.abc import Callable

import pytest

from bot.services.agenda_reader import answer_to
from bot.services.upload_reading import UploadReader


async def answer_here(_: UploadReader, data: bytes, progress: Callable[[float], None]) -> bytes:
    """Answer as the child process would."""
    said, _newline, file = data.partition(b"\n")
    return json.dumps(answer_to(file, json.loads(said), progress)).encode()


def read_here(patch: pytest.MonkeyPatch) -> None:
    """Let no file be read in a process of its own."""
    patch.setattr(UploadReader, "_answer", answer_here)
