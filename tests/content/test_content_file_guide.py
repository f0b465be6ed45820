"""The guide for organisers says what the reader does."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from content.checks import check_agenda
from content.formats import content_file
from content.formats.content_file import Entry
from content.formats.yaml import read_agenda
from tests.content.content_files import EVENT, a_file, messages_of, one_session
from tests.content.test_yaml_format_schema import faults_of

GUIDE = (Path(__file__).parents[2] / "docs" / "content-file.md").read_text(encoding="utf-8")

TABLES: list[tuple[str, type[Entry]]] = [
    ("### The file", content_file.ContentFile),
    ("### `event`", content_file.EventEntry),
    ("### `rooms`", content_file.RoomEntry),
    ("### `tracks`", content_file.TrackEntry),
    ("### `speakers`", content_file.SpeakerEntry),
    ("### `sessions`", content_file.SessionEntry),
    ("### `speakers` of a session", content_file.SessionSpeakerEntry),
    ("### `materials`", content_file.MaterialEntry),
    ("### `facts`", content_file.FactEntry),
    ("### `links` of a fact", content_file.LinkEntry),
]


def example() -> str:
    """The guide's one whole file."""
    [text] = re.findall(r"```yaml\n(.*?)```", GUIDE, flags=re.DOTALL)
    return str(text)


def test_the_example_can_be_read_and_leaves_no_doubts() -> None:
    agenda = read_agenda(example().encode(), "example.yaml")

    assert len(agenda.sessions) == 2
    assert [str(doubt) for doubt in check_agenda(agenda)] == []
    assert faults_of(example()) == []


@pytest.mark.parametrize(("heading", "model"), TABLES, ids=[heading for heading, _ in TABLES])
def test_each_table_names_the_keys_of_the_format(heading: str, model: type[Entry]) -> None:
    section = GUIDE.split(f"\n{heading}\n")[1].split("\n#")[0]

    rows = re.findall(r"^\| `(\w+)` \| (yes)? ?\| (.*?) \|", section, flags=re.MULTILINE)

    fields = model.model_fields
    assert rows == [(name, "yes" * key.is_required(), key.description) for name, key in fields.items()]


def test_every_entry_of_the_format_has_a_table() -> None:
    assert {model for _, model in TABLES} == set(Entry.__subclasses__())


@pytest.mark.parametrize(
    ("text", "said"),
    [
        (one_session("description: Regions: what next?\n"), "a text holds a colon followed by a space"),
        (one_session("language: en\n room: x\n"), "This line begins in column"),
        (one_session("language: en\n\troom: x\n"), "is indented with a tab"),
        (one_session('description: "A\n'), "The quotation mark that opens here"),
        (one_session("colour: red\n"), "is not a key of"),
        (one_session("room: hall\n"), "There is no “hall” under `rooms`"),
        (EVENT + "sessions:\n  - {id: a, title: A, starts: 20.05.2027 9:30}\n", "is not a date with a time"),
        (a_file("rooms:\n  - {id: a, name: A}\n  - {id: a, name: B}\n"), "was used before, in line"),
        (one_session("description: {en: A, de: B}\n"), "is no language of the event"),
    ],
)
def test_the_guide_quotes_messages_as_they_are(text: str, said: str) -> None:
    assert said in " ".join(messages_of(text))
    assert said.replace("hall", "…") in GUIDE
