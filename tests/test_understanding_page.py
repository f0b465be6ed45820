"""The organisers' page about being understood: every example on it is run."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from content.formats.yaml import read_agenda
from content.questions.index import build_index
from content.questions.understand import understand

PAGE = (Path(__file__).parents[1] / "docs" / "understanding.md").read_text(encoding="utf-8")
AGENDA = re.findall(r"```yaml\n(.*?)```", PAGE, re.DOTALL)[0]
ROWS = [
    tuple(cell.strip() for cell in row)
    for row in re.findall(r"^\|([^|\n]+)\|([^|\n]+)\|([^|\n]*)\|$", PAGE, re.MULTILINE)
    if not row[0].strip().startswith(("asked", "-"))
]
INDEX = build_index(read_agenda(AGENDA.encode(), "page.yaml"))


def test_the_page_has_examples() -> None:
    assert len(ROWS) > 10


@pytest.mark.parametrize(("asked", "intent", "about"), ROWS)
def test_an_example_of_the_page_is_understood_as_it_says(asked: str, intent: str, about: str) -> None:
    question = understand(asked, INDEX)
    assert (question.intent.value, question.entities[0].id if question.entities else "") == (intent, about)
