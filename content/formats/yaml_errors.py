"""The YAML parser's complaints in the words of somebody who never saw YAML, at the place to look first."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Any

import yaml

from content.formats.places import Place

_KEY = re.compile(r"^\s*(?:- +)?[^\s#:'\"{\[][^:'\"{\[]*:(?= |$)")
_KEY_WITHOUT_SPACE = re.compile(r"^\s*(?:- +)?[A-Za-z_]+:[^\s:/]")


@dataclass(frozen=True, slots=True)
class LastText:
    """The last text the parser finished before it failed: a wrong quotation mark shows only behind it."""

    style: str
    start: Any  # PyYAML's mark: line and column from 0
    end: Any

    @property
    def is_quoted(self) -> bool:
        """Whether the text stands between quotation marks."""
        return self.style in {"'", '"'}


@dataclass(frozen=True, slots=True)
class _Failure:
    lines: list[str]
    problem: str
    context: str
    at: Place
    from_: Place | None
    last: LastText | None

    def line(self, number: int) -> str:
        return self.lines[number - 1] if 0 < number <= len(self.lines) else ""

    @property
    def line_above(self) -> int:
        """The number of the nearest line above that says something, or 0."""
        for number in range(self.at.line - 1, 0, -1):
            stripped = self.line(number).strip()
            if stripped and not stripped.startswith("#"):
                return number
        return 0


Explanation = tuple[Place, str, dict[str, str]]


def explain(error: yaml.MarkedYAMLError, text: str, last: LastText | None) -> Explanation:
    """Return the place to look, the code of the problem and the parameters of its text."""
    mark = error.problem_mark or error.context_mark
    failure = _Failure(
        lines=text.splitlines(),
        problem=error.problem or "",
        context=error.context or "",
        at=Place(mark.line + 1, mark.column + 1) if mark else Place(1, 1),
        from_=Place(error.context_mark.line + 1, error.context_mark.column + 1) if error.context_mark else None,
        last=last,
    )
    for explanation in (_of_tabs, _of_quotes, _of_first_letters, _of_colons, _of_brackets, _of_lists, _of_indentation):
        if found := explanation(failure):
            return found
    return failure.at, "yaml_broken", {}


def _of_tabs(failure: _Failure) -> Explanation | None:
    line = failure.line(failure.at.line)
    indentation = line[: len(line) - len(line.lstrip())]
    if "\t" in indentation:
        return Place(failure.at.line, indentation.index("\t") + 1), "tab", {}
    return None


def _of_quotes(failure: _Failure) -> Explanation | None:
    if "escape" in failure.problem:
        return failure.at, "backslash", {}
    if "quoted scalar" in failure.context and failure.from_:
        return failure.from_, "quote_not_closed", {}
    last = failure.last
    if last and last.is_quoted:
        opened = Place(last.start.line + 1, last.start.column + 1)
        if last.end.line > last.start.line and failure.at.line - last.end.line <= 1:
            return opened, "quote_closed_late", {"line": str(last.end.line + 1)}
        if last.end.line + 1 == failure.at.line and "flow" not in failure.context:
            return failure.at, "text_after_quote", {}
    return None


def _of_first_letters(failure: _Failure) -> Explanation | None:
    if "cannot start any token" in failure.problem:
        character = failure.line(failure.at.line)[failure.at.column - 1 : failure.at.column]
        return failure.at, "first_character", {"character": character}
    if re.search(r"alias|anchor|tag\b|directive|block scalar", failure.context):
        place = failure.from_ or failure.at
        character = failure.line(place.line)[place.column - 1 : place.column]
        return place, "first_character", {"character": character or "?"}
    return None


def _of_colons(failure: _Failure) -> Explanation | None:
    if "could not find expected ':'" in failure.problem and failure.from_:
        text = failure.line(failure.from_.line)
        code = "no_space_after_colon" if _KEY_WITHOUT_SPACE.match(text) else "no_colon"
        return failure.from_, code, {"text": text.strip()}
    if not failure.problem.startswith("mapping values are not allowed"):
        return None
    before = failure.line(failure.at.line)[: failure.at.column - 1]
    own_key = before.strip().removeprefix("- ")
    if _KEY.match(before) or not re.fullmatch(r"[\w-]+", own_key):  # two keys in a line, or a "key" of several words
        return failure.at, "second_colon", {}
    above = failure.line(failure.line_above)
    if _KEY_WITHOUT_SPACE.match(above) and not _KEY.match(above):
        place = Place(failure.line_above, above.index(":") + 1)
        return place, "no_space_after_colon", {"text": above.strip()}
    return _misaligned(failure)


def _of_brackets(failure: _Failure) -> Explanation | None:
    if "flow" not in failure.context or not failure.from_:
        return None
    opening, closing = ("{", "}") if "mapping" in failure.context else ("[", "]")
    if failure.at.line == failure.from_.line:
        return failure.at, "inside_brackets", {"opening": opening, "closing": closing}
    return failure.from_, "bracket_not_closed", {"opening": opening, "closing": closing}


def _of_lists(failure: _Failure) -> Explanation | None:
    if "sequence entries are not allowed" in failure.problem:
        return failure.at, "dash_after_colon", {}
    if "'-' indicator" in failure.problem or "block collection" in failure.context:
        return failure.at, "no_dash", {}
    return None


def _of_indentation(failure: _Failure) -> Explanation | None:
    if "block mapping" in failure.context:
        return _misaligned(failure)
    return None


def _misaligned(failure: _Failure) -> Explanation:
    line = failure.line(failure.at.line)
    column = len(line) - len(line.lstrip()) + 1
    above = failure.line(failure.line_above)
    stripped = above.lstrip("- ") if above.lstrip().startswith("- ") else above.lstrip()
    parameters = {"column": str(column), "line": str(failure.line_above), "above": str(len(above) - len(stripped) + 1)}
    if parameters["column"] == parameters["above"]:
        return failure.at, "yaml_broken", {}
    return Place(failure.at.line, column), "misaligned", parameters
