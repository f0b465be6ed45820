"""`ghid import`: shows what changes, asks, and stores a new version or says why not."""

import io
import json
import os
import pty
import sqlite3
import subprocess
import sys
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest

from bot.__main__ import main
from tests.bot.commands.event_files import FOUR, write_event
from tests.bot.commands.terminals import Terminal

ROOT = Path(__file__).parents[3]
KEYS = ["format", "sessions", "speakers", "rooms", "days", "added", "removed", "changed", "problems"]


@pytest.fixture
def database(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    path = tmp_path / "data" / "ghid.db"
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("DATABASE_PATH", str(path))
    return path


def versions(database: Path) -> list[tuple[int, str, str]]:
    with closing(sqlite3.connect(database)) as connection:
        return connection.execute("SELECT number, author, note FROM agenda_versions ORDER BY number").fetchall()


def imported(*arguments: str | Path, capsys: pytest.CaptureFixture[str]) -> tuple[int, dict[str, Any]]:
    capsys.readouterr()
    code = main(["import", "--json", *map(str, arguments)])
    told = capsys.readouterr()
    result = json.loads(told.out)
    assert list(result) == KEYS
    return code, result


def test_the_first_version_needs_no_question(
    tmp_path: Path, database: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["import", str(write_event(tmp_path / "event.yaml"))]) == 0

    assert capsys.readouterr().out == (
        f"{database} is empty. First version of a-day: 4 sessions, 0 speakers, 1 room, 0 materials, 1 day.\n"
        "Imported as version 1.\n"
    )
    assert versions(database) == [(1, "command line", "event.yaml")]


def test_what_changes_is_told_in_plain_words(
    tmp_path: Path, database: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    main(["import", str(write_event(tmp_path / "event.yaml"))])
    capsys.readouterr()
    changed = {"opening": ("09:00", "10:00"), "talk": ("11:00", "12:00"), "end": ("16:00", "17:00")}
    path = write_event(tmp_path / "event.yaml", {**changed, "dinner": ("19:00", "21:00")})

    assert main(["import", "--yes", str(path)]) == 0

    assert capsys.readouterr().out.splitlines() == [
        f"Against version 1 in {database}:",
        "Sessions: 1 moved, 1 cancelled, 1 new.",
        "  cancelled  Lunch, Wed 22 Nov 12:00",
        "  moved      Talk: start Wed 22 Nov 10:00 → Wed 22 Nov 11:00",
        "Imported as version 2.",
    ]


def test_for_a_program_it_is_one_object(tmp_path: Path, database: Path, capsys: pytest.CaptureFixture[str]) -> None:
    path = write_event(tmp_path / "event.yaml")
    assert imported(path, capsys=capsys) == (
        0,
        {
            "format": "yaml",
            "sessions": 4,
            "speakers": 0,
            "rooms": 1,
            "days": 1,
            "added": ["opening", "talk", "lunch", "end"],
            "removed": [],
            "changed": [],
            "problems": [],
        },
    )

    write_event(path, {**FOUR, "talk": ("10:00", "10:30"), "lunch": ("12:30", "13:30")})
    code, result = imported(path, "--yes", capsys=capsys)

    assert code == 0
    assert result["changed"] == [
        {"id": "talk", "field": "duration", "old": 60, "new": 30},
        {
            "id": "lunch",
            "field": "starts_at",
            "old": "2023-11-22T12:00:00+02:00",
            "new": "2023-11-22T12:30:00+02:00",
        },
    ]
    assert (result["added"], result["removed"]) == ([], [])


def test_a_dry_run_leaves_nothing_behind(tmp_path: Path, database: Path, capsys: pytest.CaptureFixture[str]) -> None:
    path = write_event(tmp_path / "event.yaml")

    assert imported("--dry-run", path, capsys=capsys)[1]["added"] == ["opening", "talk", "lunch", "end"]
    assert not database.parent.exists()

    main(["import", str(path)])
    write_event(path, {**FOUR, "dinner": ("19:00", "21:00")})
    assert imported("--dry-run", path, capsys=capsys)[1]["added"] == ["dinner"]
    assert len(versions(database)) == 1


def test_the_same_file_again_is_nothing_to_do(
    tmp_path: Path, database: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    path = write_event(tmp_path / "event.yaml")
    main(["import", str(path)])
    capsys.readouterr()

    assert main(["import", str(path)]) == 0

    assert capsys.readouterr().out == "Nothing to do: this is what version 1 says already.\n"
    assert len(versions(database)) == 1


def test_a_file_with_errors_is_not_usable(tmp_path: Path, database: Path, capsys: pytest.CaptureFixture[str]) -> None:
    path = write_event(tmp_path / "event.yaml", {"lunch": ("12:00", "11:00")})

    code, result = imported(path, capsys=capsys)

    assert code == 1
    assert [(found["severity"], found["where"].startswith(f"{path}:")) for found in result["problems"]] == [
        ("error", True)
    ]
    assert main(["import", str(path)]) == 1
    assert capsys.readouterr().err.startswith(f"{path}:")
    assert not database.exists()


def test_doubts_are_among_the_problems_of_an_import_that_succeeds(
    tmp_path: Path, database: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    path = write_event(tmp_path / "event.yaml", {**FOUR, "second": ("12:30", "13:00")})

    code, result = imported(path, capsys=capsys)

    assert code == 0
    assert [found["severity"] for found in result["problems"]] == ["doubt"]


def test_another_event_is_refused_with_the_command_that_starts_a_new_one(
    tmp_path: Path, database: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    main(["import", str(write_event(tmp_path / "event.yaml"))])
    capsys.readouterr()
    other = write_event(tmp_path / "the other.yaml", event_id="next-year")

    assert main(["import", "--yes", str(other)]) == 1

    told = capsys.readouterr().err
    new = database.with_name("next-year.db")
    assert f"ghid import --database {new} '{other}'" in told
    assert f"DATABASE_PATH={new}" in told
    assert main(["import", "--database", str(new), str(other)]) == 0
    assert len(versions(database)) == len(versions(new)) == 1


def test_removing_more_than_half_needs_a_word_more(
    tmp_path: Path, database: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    path = write_event(tmp_path / "event.yaml")
    main(["import", str(path)])
    write_event(path, {"lunch": FOUR["lunch"]})

    code, result = imported("--yes", path, capsys=capsys)

    assert (code, result["removed"]) == (1, ["opening", "talk", "end"])
    assert "--allow-mass-removal" in result["problems"][0]["what"]
    assert len(versions(database)) == 1
    assert imported("--yes", "--allow-mass-removal", path, capsys=capsys)[0] == 0
    assert len(versions(database)) == 2


def test_with_nobody_to_ask_it_wants_a_yes(
    tmp_path: Path, database: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    path = write_event(tmp_path / "event.yaml")
    main(["import", str(path)])
    write_event(path, {**FOUR, "dinner": ("19:00", "21:00")})
    monkeypatch.setattr(sys, "stdin", io.StringIO("y\n"))

    assert main(["import", str(path)]) == 2

    assert "add --yes" in capsys.readouterr().err
    assert len(versions(database)) == 1


@pytest.fixture
def changed(tmp_path: Path, database: Path, capsys: pytest.CaptureFixture[str]) -> Path:
    """A file that says other than version 1."""
    path = write_event(tmp_path / "event.yaml")
    main(["import", str(path)])
    capsys.readouterr()
    return write_event(path, {**FOUR, "dinner": ("19:00", "21:00")})


@pytest.mark.parametrize(("answer", "stored"), [("y", 2), ("n", 1), ("", 1)])
def test_a_person_at_a_terminal_is_asked(
    changed: Path, database: Path, monkeypatch: pytest.MonkeyPatch, answer: str, stored: int
) -> None:
    monkeypatch.setattr(sys, "stdin", Terminal(f"{answer}\n"))

    assert main(["import", str(changed)]) == (0 if stored == 2 else 1)

    assert len(versions(database)) == stored


def test_a_process_at_a_real_terminal_asks(changed: Path, database: Path) -> None:
    person, terminal = pty.openpty()
    os.write(person, b"y\n")

    done = subprocess.run(
        [sys.executable, "-m", "bot", "import", changed],
        cwd=ROOT,
        stdin=terminal,
        capture_output=True,
        text=True,
        check=False,
        timeout=60,
    )

    assert "Import this? [y/N]" in done.stdout
    assert (done.returncode, len(versions(database))) == (0, 2)
    os.close(person)
    os.close(terminal)


def test_a_file_that_is_no_database_is_left_alone(
    tmp_path: Path, database: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    notes = tmp_path / "notes.txt"
    notes.write_text("not a database, whatever its name " * 100)

    assert main(["import", "--database", str(notes), str(write_event(tmp_path / "event.yaml"))]) == 1

    assert "the database cannot be used: file is not a database" in capsys.readouterr().err
    assert notes.read_text().startswith("not a database")


def test_wrong_settings_are_a_wrong_call(
    tmp_path: Path, database: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("DATABASE_PATH", str(tmp_path))

    assert main(["import", str(write_event(tmp_path / "event.yaml"))]) == 2

    assert "DATABASE_PATH is a folder" in capsys.readouterr().err
