"""The JSON Schema says of a file what the reader says, as far as a schema can."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

import jsonschema  # type: ignore[import-untyped]  # its stubs are no part of the pinned tools
import pytest
import yaml

import content
from content.formats.yaml import json_schema
from tests.content.content_files import EVENT, one_session, problems_of
from tests.content.test_yaml_format import WHOLE


class _EditorLoader(yaml.SafeLoader):
    """YAML 1.2's core schema, by which editors read: no dates, no 60-based numbers, ``no`` is a word."""


_EditorLoader.yaml_implicit_resolvers = {}
for _tag, _pattern, _first in (
    ("bool", r"true|True|TRUE|false|False|FALSE", "tTfF"),
    ("int", r"[-+]?[0-9]+", "-+0123456789"),
    ("float", r"[-+]?(\.[0-9]+|[0-9]+(\.[0-9]*)?)([eE][-+]?[0-9]+)?", "-+.0123456789"),
    ("null", r"~|null|Null|NULL|", ["~", "n", "N", ""]),
):
    _EditorLoader.add_implicit_resolver(f"tag:yaml.org,2002:{_tag}", re.compile(f"^(?:{_pattern})$"), list(_first))


def faults_of(text: str) -> list[str]:
    """The places at which an editor would underline something."""
    validator = jsonschema.Draft202012Validator(json_schema())
    loaded = yaml.load(text, Loader=_EditorLoader)  # noqa: S506  # a SafeLoader with fewer types
    return [fault.json_path for fault in validator.iter_errors(loaded)]


def test_the_schema_is_a_schema_of_2020_12() -> None:
    schema = json_schema()

    jsonschema.Draft202012Validator.check_schema(schema)
    assert schema["$schema"] == "https://json-schema.org/draft/2020-12/schema"


def test_every_key_has_a_title_and_a_description() -> None:
    schema = json_schema()

    owners = [owner for owner in (schema, *schema["$defs"].values()) if "properties" in owner]
    keys = [(name, key) for owner in owners for name, key in owner["properties"].items()]

    assert len(keys) > 60
    assert [name for name, key in keys if not key.get("title") or not key.get("description")] == []


def test_nothing_of_the_schema_lies_elsewhere() -> None:
    def references(node: Any) -> list[str]:
        if isinstance(node, dict):
            own = [node["$ref"]] if isinstance(node.get("$ref"), str) else []
            return own + [reference for child in node.values() for reference in references(child)]
        return [reference for child in node for reference in references(child)] if isinstance(node, list) else []

    assert all(reference.startswith("#/$defs/") for reference in references(json_schema()))


@pytest.mark.parametrize(
    "text", [WHOLE, EVENT, one_session("room:\nspeakers: ~\nkind: null\n")], ids=["whole", "event", "empty keys"]
)
def test_a_good_file_has_no_faults(text: str) -> None:
    assert problems_of(text) == []
    assert faults_of(text) == []


def test_the_built_in_event_has_no_faults() -> None:
    path = Path(content.__file__).parent / "data" / "iasi-2023.yaml"

    assert faults_of(path.read_text(encoding="utf-8")) == []


@pytest.mark.parametrize(
    ("lines", "path"),
    [
        ("colour: red", "$.sessions[0]"),
        ("kind: lecture", "$.sessions[0].kind"),
        ("cancelled: yes", "$.sessions[0].cancelled"),
        ("website: www.example.eu", "$.sessions[0].website"),
        ("topics: growth", "$.sessions[0].topics"),
        ("speakers: [{role: moderator}]", "$.sessions[0].speakers[0]"),
        ("speakers: [{id: ana, starts: 10.40}]", "$.sessions[0].speakers[0]"),
        ("speakers: [[ana]]", "$.sessions[0].speakers[0]"),
        ("illustrative: [date]", "$.sessions[0].illustrative[0]"),
        ("description: {English: text}", "$.sessions[0].description"),
        ("description: [text]", "$.sessions[0].description"),
        ("room: Plenary Hall", "$.sessions[0].room"),
    ],
)
def test_a_fault_is_underlined_where_the_reader_names_it(lines: str, path: str) -> None:
    text = one_session(lines + "\n")

    assert problems_of(text)
    assert faults_of(text) == [path]


@pytest.mark.parametrize(
    ("line", "instead", "path"),
    [
        ("ghid: 1", "ghid: 2", "$.ghid"),
        ("ghid: 1", "", "$"),
        ("id: iasi-2023", "id: Iași 2023", "$.event.id"),
        ("starts: 2023-11-21", "starts: 21.11.2023", "$.event.starts"),
        ("  name: Clusters meet Regions", "", "$.event"),
        ("[en, ro, uk]", "[English]", "$.event.languages[0]"),
    ],
)
def test_a_fault_of_the_event_is_underlined(line: str, instead: str, path: str) -> None:
    text = EVENT.replace(line, instead)

    assert problems_of(text)
    assert faults_of(text) == [path]
