"""`ghid history` and `ghid undo`: what was when, by whom and why, and the way back."""

import io
import sqlite3
import sys
from contextlib import closing
from pathlib import Path

import pytest

from bot.__main__ import main
from tests.bot.commands.event_files import FOUR, write_event
from tests.bot.commands.terminals import Terminal

LATER = {**FOUR, "talk": ("11:00", "12:00")}


@pytest.fixture
def database(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    path = tmp_path / "data" / "ghid.db"
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("DATABASE_PATH", str(path))
    return path


@pytest.fixture
def moved(tmp_path: Path, database: Path, capsys: pytest.CaptureFixture[str]) -> Path:
    """Version 1 with the talk at ten, version 2 at eleven and without lunch."""
    main(["import", str(write_event(tmp_path / "event.yaml"))])
    without_lunch = {name: hours for name, hours in LATER.items() if name != "lunch"}
    main(["import", "--yes", str(write_event(tmp_path / "moved.yaml", without_lunch))])
    capsys.readouterr()
    return database


def versions(database: Path) -> list[tuple[int, str, str]]:
    with closing(sqlite3.connect(database)) as connection:
        return connection.execute("SELECT number, author, note FROM agenda_versions ORDER BY number").fetchall()


def starts(database: Path) -> dict[str, str]:
    with closing(sqlite3.connect(database)) as connection:
        return dict(connection.execute("SELECT id, starts_at FROM sessions").fetchall())


def stamp(database: Path, number: int, moment: str) -> None:
    with closing(sqlite3.connect(database)) as connection, connection:
        connection.execute("UPDATE agenda_versions SET created_at = ? WHERE number = ?", (moment, number))


def test_the_history_tells_when_who_why_and_what(moved: Path, capsys: pytest.CaptureFixture[str]) -> None:
    stamp(moved, 1, "2023-11-20T08:00:00+00:00")
    stamp(moved, 2, "2023-11-22T06:30:00+00:00")

    assert main(["history"]) == 0

    assert capsys.readouterr().out.splitlines() == [
        "VERSION  WHEN              BY            NOTE        WHAT CHANGED",
        "2        2023-11-22 08:30  command line  moved.yaml  Sessions: 1 moved, 1 cancelled.",
        "1        2023-11-20 10:00  command line  event.yaml  The first version: 4 sessions.",
    ]
    assert main(["history", "--limit", "1"]) == 0
    assert len(capsys.readouterr().out.splitlines()) == 2


def test_undo_shows_what_it_changes_and_is_a_version_of_its_own(
    moved: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["undo", "--yes"]) == 0

    assert capsys.readouterr().out.splitlines() == [
        "From version 2 back to what version 1 says:",
        "Sessions: 1 moved, 1 new.",
        "  moved      Talk: start Wed 22 Nov 11:00 → Wed 22 Nov 10:00",
        "This is now version 3.",
    ]
    assert versions(moved)[-1] == (3, "command line", "as version 1")
    assert starts(moved)["talk"] == "2023-11-22T08:00:00+00:00"
    assert "lunch" in starts(moved)


def test_undone_twice_the_undo_is_taken_back(moved: Path, capsys: pytest.CaptureFixture[str]) -> None:
    before = starts(moved)

    assert main(["undo", "--yes"]) == main(["undo", "--yes", "--note", "the speaker called"]) == 0

    assert starts(moved) == before
    assert versions(moved)[-1] == (4, "command line", "the speaker called")


def test_undo_goes_back_further_if_told_so(moved: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    main(["import", "--yes", "--allow-mass-removal", str(write_event(tmp_path / "short.yaml", {"end": FOUR["end"]}))])

    assert main(["undo", "--yes", "--to", "1"]) == 0
    assert len(starts(moved)) == 4
    capsys.readouterr()
    assert main(["undo", "--to", "1"]) == 0
    assert capsys.readouterr().out == "Nothing to do: version 4 says the same as version 1.\n"
    assert main(["undo", "--to", "9"]) == 2
    assert "there is no version 9" in capsys.readouterr().err
    assert main(["undo", "--to", "0"]) == 2
    assert len(versions(moved)) == 4


def test_before_the_second_version_there_is_nothing_to_undo(
    tmp_path: Path, database: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["undo"]) == 1
    assert main(["history"]) == 1
    assert not database.exists()
    main(["import", str(write_event(tmp_path / "event.yaml"))])
    capsys.readouterr()

    assert main(["undo", "--yes"]) == 1

    assert "nothing to undo" in capsys.readouterr().out
    assert len(versions(database)) == 1


def test_with_nobody_to_ask_it_wants_a_yes(
    moved: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(sys, "stdin", io.StringIO("y\n"))

    assert main(["undo"]) == 2

    assert "add --yes" in capsys.readouterr().err
    assert len(versions(moved)) == 2


@pytest.mark.parametrize(("answer", "stored"), [("y", 3), ("n", 2)])
def test_a_person_at_a_terminal_is_asked(
    moved: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], answer: str, stored: int
) -> None:
    monkeypatch.setattr(sys, "stdin", Terminal(f"{answer}\n"))

    assert main(["undo"]) == (0 if stored == 3 else 1)

    assert "Go back? [y/N]" in capsys.readouterr().out
    assert len(versions(moved)) == stored


@pytest.mark.parametrize("command", ["history", "undo"])
def test_a_file_that_is_no_database_is_left_alone(
    tmp_path: Path, database: Path, capsys: pytest.CaptureFixture[str], command: str
) -> None:
    notes = tmp_path / "notes.txt"
    notes.write_text("not a database, whatever its name " * 100)

    assert main([command, "--database", str(notes)]) == 1

    assert "the database cannot be used: file is not a database" in capsys.readouterr().err
    assert notes.read_text().startswith("not a database")


def test_wrong_calls_say_what_is_wrong(
    tmp_path: Path, database: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["history", "--limit", "0"]) == 2
    assert "--limit must be at least 1" in capsys.readouterr().err
    monkeypatch.setenv("DATABASE_PATH", str(tmp_path))
    assert main(["history"]) == main(["undo"]) == 2
    assert capsys.readouterr().err.count("DATABASE_PATH is a folder") == 2


def test_an_empty_database_has_no_history(database: Path, capsys: pytest.CaptureFixture[str]) -> None:
    main(["import", "nowhere.yaml"])
    database.parent.mkdir()
    with closing(sqlite3.connect(database)):
        database.touch()

    assert main(["history"]) == 0
    assert "Nothing was imported yet." in capsys.readouterr().out
    assert main(["undo"]) == 1
