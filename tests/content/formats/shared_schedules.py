"""Schedules that real conferences published, in ../shared; the tests that want them skip where it is absent."""

from __future__ import annotations

from functools import cache
from pathlib import Path

import pytest

from content.formats.detect import ReadFile, read_file
from content.formats.schedule_drafts import Hints

SHARED = Path(__file__).parents[3] / ".." / "shared" / "schedules"


def shared_file(path: str) -> bytes:
    """Return the bytes of a shared file."""
    file = SHARED / path
    if not file.exists():
        pytest.skip(f"no {file}")
    return file.read_bytes()


@cache
def shared(path: str, after: str = "", zone: str = "") -> ReadFile:
    """Read a shared file; ``after``: the path of what was imported before it."""
    hints = Hints.of(shared(after).agenda) if after else Hints(zone=zone)
    return read_file(shared_file(path), path, hints=hints)
