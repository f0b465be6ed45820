"""`ghid import` of schedules of other programs: a new database, the counts, the next version, the bar that grows."""

from __future__ import annotations

import io
import json
from pathlib import Path
from typing import Any

import pytest

from bot.__main__ import main
from bot.commands.progress_bar import ProgressBar
from tests.content.formats.frab_files import day, event, person, schedule


@pytest.fixture
def database(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    monkeypatch.delenv("DATABASE_PATH", raising=False)
    return tmp_path / "harbour.db"


def imported(path: Path, database: Path, capsys: pytest.CaptureFixture[str], *more: str) -> tuple[int, dict[str, Any]]:
    capsys.readouterr()
    code = main(["import", str(path), "--database", str(database), "--json", "--yes", *more])
    return code, json.loads(capsys.readouterr().out)


def test_a_schedule_starts_a_database_and_its_next_version_changes_it(
    tmp_path: Path, database: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    path = tmp_path / "schedule"  # no ending: the content tells
    zoneless = {"time_zone_name": "-"}
    path.write_bytes(schedule(day(event("1", persons=person("Ina Keel")), event("2", start="12:00")), **zoneless))
    code, first = imported(path, database, capsys, "--zone", "Europe/Bucharest")
    path.write_bytes(schedule(day(event("1", start="11:00", persons=person("Ina Keel")), event("3")), **zoneless))
    second_code, second = imported(path, database, capsys)

    assert (code, second_code) == (0, 0)
    assert [first[key] for key in ("format", "sessions", "speakers", "rooms", "days")] == ["frab-xml", 2, 1, 1, 1]
    assert (second["added"], second["removed"]) == (["3"], ["2"])
    # The zone that the first call named goes on to hold.
    assert second["changed"] == [
        {
            "id": "1",
            "field": "starts_at",
            "old": "2031-06-05T10:00:00+03:00",
            "new": "2031-06-05T11:00:00+03:00",
        }
    ]
    assert second["problems"] == []


def test_a_broken_schedule_names_its_format_its_line_and_its_reason(
    tmp_path: Path, database: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    path = tmp_path / "days.xml"
    path.write_bytes(b"<schedule>\n  <conference>\n</schedule>")

    code, said = imported(path, database, capsys)

    assert (code, said["format"], said["sessions"]) == (1, "frab-xml", 0)
    (problem,) = said["problems"]
    assert problem["where"] == f"{path}:3:3"
    assert "an element is closed here that is not the open one" in problem["what"]
    assert not database.exists()


def test_doubts_of_the_schedule_are_told_before_the_import(
    tmp_path: Path, database: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    path = tmp_path / "days.xml"
    path.write_bytes(schedule(day(event("1", title="CANCELLED Knots"))))

    assert main(["import", str(path), "--database", str(database)]) == 0

    said = capsys.readouterr().out
    assert f"{path}:3:52: doubt: “CANCELLED Knots” is taken as cancelled" in said
    assert "Imported as version 1." in said


@pytest.mark.parametrize(
    ("option", "said"),
    [(("--zone", "Mars/Crater"), "there is no time zone"), (("--event-id", "Two Words"), "small letters")],
)
def test_a_wrong_option_is_a_wrong_call(
    tmp_path: Path, database: Path, option: tuple[str, str], said: str, capsys: pytest.CaptureFixture[str]
) -> None:
    path = tmp_path / "days.xml"
    path.write_bytes(schedule(day(event("1"))))

    assert main(["import", str(path), "--database", str(database), *option]) == 2
    assert said in capsys.readouterr().err


class _Terminal(io.StringIO):
    def isatty(self) -> bool:
        return True


def test_the_bar_grows_in_one_line_and_leaves_nothing() -> None:
    terminal = _Terminal()

    with ProgressBar("Reading", terminal) as bar:
        bar(0.5)
        bar(0.5)
        bar(7.0)

    drawn = terminal.getvalue().split("\r")
    assert "\n" not in terminal.getvalue()
    assert [line.strip()[-5:].strip() for line in drawn if "%" in line] == ["0%", "50%", "100%"]
    assert drawn[-2].strip() == ""


def test_where_nobody_looks_on_there_is_no_bar() -> None:
    stream = io.StringIO()

    with ProgressBar("Reading", stream) as bar:
        bar(0.5)

    assert stream.getvalue() == ""
