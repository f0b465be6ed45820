"""What is wrong with, or doubtful about, a conference's content: each problem with its place and in plain words."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum


class Severity(StrEnum):
    """An error keeps the content from being used; a doubt only asks somebody to look."""

    ERROR = "error"
    DOUBT = "doubt"


@dataclass(frozen=True, slots=True)
class Problem:
    """One problem. ``where`` is ``file:line:column`` (1-based) in a file, the id of a session or speaker in a check.

    ``what`` is an English sentence. ``code`` and ``parameters`` say the same without a language, so that another
    surface can word it from its own catalog.
    """

    severity: Severity
    where: str
    what: str
    code: str = ""
    parameters: Mapping[str, str] = field(default_factory=dict, hash=False)

    def __str__(self) -> str:
        return f"{self.where}: {self.severity}: {self.what}"


class ContentError(Exception):
    """The content cannot be used; ``problems`` names everything that is in the way, in order of place."""

    def __init__(self, problems: tuple[Problem, ...]) -> None:
        super().__init__("\n".join(str(problem) for problem in problems))
        self.problems = problems
