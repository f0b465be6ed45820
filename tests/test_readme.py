"""What the README claims is what the code has."""

from __future__ import annotations

import re
from pathlib import Path

from babel import Locale

from bot.__main__ import COMMANDS
from bot.i18n import LOCALES
from bot.settings import Settings
from tests.test_architecture import layer_modules

ROOT = Path(__file__).parent.parent
README = (ROOT / "README.md").read_text(encoding="utf-8")


def rows_of(heading: str) -> list[list[str]]:
    """Return the cells of the first table under a heading, without its head."""
    section = README.split(f"{heading}\n", 1)[1]
    table = re.search(r"(?:^\|.*\n)+", section, re.MULTILINE)
    assert table is not None
    return [[cell.strip() for cell in line.strip("|").split("|")] for line in table[0].splitlines()[2:]]


def test_every_setting_is_in_the_table_with_its_default() -> None:
    told = {cells[0].strip("`"): cells[1].strip("`") for cells in rows_of("### Settings")}
    fields = {name.upper(): field.default for name, field in Settings.model_fields.items()}

    assert set(told) == set(fields)
    for name, default in fields.items():
        if default not in (None, "", ()) and "SECRET" not in name and "TOKEN" not in name:
            assert told[name] == str(default)
        else:
            assert told[name].startswith("(")


def test_every_setting_is_in_the_example_file() -> None:
    example = (ROOT / ".env.example").read_text(encoding="utf-8")

    assert set(re.findall(r"^#? ?([A-Z_]+)=", example, re.MULTILINE)) == {
        name.upper() for name in Settings.model_fields
    }


def test_every_command_is_in_the_table() -> None:
    assert {cells[0].strip("`").removeprefix("ghid ") for cells in rows_of("### Commands")} == set(COMMANDS)


def test_every_language_is_named() -> None:
    for code in LOCALES:
        assert str(Locale("en").languages[code]) in README.split("\n\n")[1]


def test_every_layer_is_in_the_map() -> None:
    section = README.split("## How the folders hang together\n", 1)[1].split("\n## ", 1)[0]
    told = set(re.findall(r"`([\w.]+)`", section.split("| layer | what |")[1].split("\n\n")[0]))

    assert told == layer_modules()


def test_every_folder_is_in_the_map() -> None:
    section = README.split("## How the folders hang together\n", 1)[1]
    told = set(re.findall(r"^(\w+)/ ", section, re.MULTILINE))
    folders = {path.name for path in ROOT.iterdir() if path.is_dir() and not path.name.startswith(".")}

    assert told == folders - {"data", "dist", "build"}


def test_every_link_inside_the_repository_leads_somewhere() -> None:
    targets = re.findall(r"\]\((?!https?://)([^)#]+)", README)

    assert [target for target in targets if not (ROOT / target).exists()] == []


def test_what_is_said_of_each_fault_is_shown_by_a_test_that_exists() -> None:
    lines = rows_of("## How it fails and recovers")
    missing = []
    for cells in lines:
        named = re.findall(r"`([\w/]+\.py)::(test_\w+)`", cells[-1])
        assert named, cells[0]
        for path, name in named:
            source = (ROOT / "tests" / path).read_text(encoding="utf-8") if (ROOT / "tests" / path).exists() else ""
            if f"def {name}(" not in source:
                missing.append(f"{path}::{name}")

    assert missing == []


def test_each_test_named_by_the_security_review_exists() -> None:
    page = (ROOT / "docs" / "security.md").read_text(encoding="utf-8")
    named = re.findall(r"`([\w/]+\.py)::(test_\w+)`", page)

    assert len(named) > 20
    for path, name in named:
        assert f"def {name}(" in (ROOT / "tests" / path).read_text(encoding="utf-8"), f"{path}::{name}"
