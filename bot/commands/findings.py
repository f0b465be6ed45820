"""What `ghid doctor` finds: fine, worth knowing, or wrong, each in words that say what to do."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum


class Verdict(StrEnum):
    """How a finding is meant."""

    FINE = "ok"
    NOTE = "note"
    WRONG = "WRONG"


@dataclass(frozen=True, slots=True)
class Finding:
    """One line of the report."""

    verdict: Verdict
    about: str
    what: str

    def __str__(self) -> str:
        return f"{self.verdict:<6}{self.about:<10}{self.what}"


def fine(about: str, what: str) -> Finding:
    """This is as it should be."""
    return Finding(Verdict.FINE, about, what)


def note(about: str, what: str) -> Finding:
    """This works, and is worth knowing."""
    return Finding(Verdict.NOTE, about, what)


def wrong(about: str, what: str) -> Finding:
    """This does not work; ``what`` says what to do."""
    return Finding(Verdict.WRONG, about, what)
