"""Past a line that is no YAML: blank the entry it stands in, so that the rest of the file can be checked too."""

from __future__ import annotations


def without_entry(lines: list[str], number: int) -> list[str] | None:
    """Return the lines with the entry around line ``number`` (from 1) blanked, all others where they were.

    An entry is what a top-level key holds: an item of its list or a key of its mapping. None: there is none.
    """
    if not 1 <= number <= len(lines) or not lines[number - 1].strip():
        return None
    section = next((n for n in range(number - 1, -1, -1) if _is_section(lines[n])), None)
    first = (
        next((n for n in range(section + 1, number) if _says_something(lines[n])), None)
        if section is not None
        else None
    )
    if section is None or first is None:
        return None
    depth = _depth(lines[first])
    start = next(
        (n for n in range(number - 1, first, -1) if _depth(lines[n]) == depth and _begins(lines, n, first)), first
    )
    end = next(
        (n for n in range(number, len(lines)) if _says_something(lines[n]) and _ends(lines, n, first)), len(lines)
    )
    return [*lines[:start], *([""] * (end - start)), *lines[end:]]


def _says_something(line: str) -> bool:
    return bool(line.strip()) and not line.lstrip().startswith("#")


def _is_section(line: str) -> bool:
    return _says_something(line) and not line[0].isspace() and not line.startswith("-")


def _is_item(line: str) -> bool:
    return line.lstrip().startswith("- ") or line.strip() == "-"


def _depth(line: str) -> int:
    return len(line) - len(line.lstrip()) if _says_something(line) else -1


def _begins(lines: list[str], number: int, first: int) -> bool:
    """Tell whether this line begins an entry as the section's first one does."""
    return _is_item(lines[number]) == _is_item(lines[first])


def _ends(lines: list[str], number: int, first: int) -> bool:
    line = lines[number]
    return _is_section(line) or (_depth(line) <= _depth(lines[first]) and _begins(lines, number, first))
