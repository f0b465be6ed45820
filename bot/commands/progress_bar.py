"""A bar on the terminal that grows in one line and leaves nothing behind; nothing at all where nobody looks on."""

from __future__ import annotations

from types import TracebackType
from typing import TextIO

WIDTH = 30


class ProgressBar:
    """Called with how much is done, 0 to 1, it draws itself anew. ``stream``: drawn on only if it is a terminal."""

    def __init__(self, what: str, stream: TextIO) -> None:
        self._what = what
        self._stream = stream if stream.isatty() else None
        self._shown = ""

    def __enter__(self) -> ProgressBar:
        self(0.0)
        return self

    def __exit__(self, *_: type[BaseException] | BaseException | TracebackType | None) -> None:
        self._draw("")

    def __call__(self, done: float) -> None:
        done = min(1.0, max(0.0, done))
        full = round(WIDTH * done)
        self._draw(f"{self._what} [{'█' * full}{'·' * (WIDTH - full)}] {done:4.0%}")

    def _draw(self, line: str) -> None:
        if self._stream is not None and line != self._shown:
            self._stream.write(f"\r{line.ljust(len(self._shown))}" + ("\r" if not line else ""))
            self._stream.flush()
            self._shown = line
