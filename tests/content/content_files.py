"""Small content files in YAML, and what the reader says of them."""

from __future__ import annotations

from textwrap import dedent, indent

from content.formats.problems import ContentError
from content.formats.yaml import read_agenda

EVENT = """\
ghid: 1
event:
  id: iasi-2023
  name: Clusters meet Regions
  starts: 2023-11-21
  ends: 2023-11-23
  time_zone: Europe/Bucharest
  languages: [en, ro, uk]
"""


def a_file(*sections: str, event: str = EVENT) -> str:
    """A whole file: the event, then these sections."""
    return event + "".join(dedent(section).lstrip("\n") for section in sections)


def one_session(lines: str) -> str:
    """A whole file with one session from 10:00 to 11:00; ``lines`` begin in line 14."""
    head = "sessions:\n  - id: opening\n    title: Opening\n"
    times = "    starts: 2023-11-22 10:00\n    ends: 2023-11-22 11:00\n"
    return a_file(head + times) + indent(dedent(lines).lstrip("\n"), "    ")


def problems_of(text: str | bytes) -> list[str]:
    """Everything wrong with a file, as ``line:column code``; none if it can be read."""
    return [f"{place} {code}" for place, code, _ in full_problems_of(text)]


def messages_of(text: str | bytes) -> list[str]:
    """Everything wrong with a file, in words."""
    return [message for _, _, message in full_problems_of(text)]


def full_problems_of(text: str | bytes) -> list[tuple[str, str, str]]:
    """Everything wrong with a file: ``line:column``, code, words."""
    try:
        read_agenda(text.encode() if isinstance(text, str) else text, "event.yaml")
    except ContentError as error:
        return [(each.where.removeprefix("event.yaml:"), each.code, each.what) for each in error.problems]
    return []
