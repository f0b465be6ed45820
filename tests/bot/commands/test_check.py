"""`ghid check`: every problem with its place, and an exit code for scripts."""

import subprocess
import sys
from pathlib import Path

import pytest

from bot.__main__ import main
from tests.bot.commands.event_files import write_event

ROOT = Path(__file__).parents[3]


def test_the_built_in_event_can_be_used() -> None:
    done = subprocess.run(
        [sys.executable, "-m", "bot", "check", "content/data/iasi-2023.yaml"],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=False,
    )

    assert (done.returncode, done.stderr) == (0, "")
    assert done.stdout == "This file can be used: 26 sessions, 25 speakers, 7 rooms, 23 materials, 3 days.\n"


def test_doubts_are_told_and_are_not_in_the_way(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    path = write_event(tmp_path / "event.yaml", {"lunch": ("12:00", "13:00"), "talk": ("12:30", "13:30")})

    assert main(["check", str(path)]) == 0

    told = capsys.readouterr()
    assert told.err == ""
    doubt, verdict = told.out.splitlines()
    assert doubt.startswith(("lunch: doubt: ", "talk: doubt: "))
    assert verdict == ("This file can be used: 2 sessions, 0 speakers, 1 room, 0 materials, 1 day. 1 doubt to look at.")


def test_every_error_is_told_with_its_place(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    path = write_event(
        tmp_path / "event.yaml", {"lunch": ("12:00", "11:00"), "talk": ("25:00", "26:00")}, more="colour: red\n"
    )

    assert main(["check", str(path)]) == 1

    *problems, verdict = capsys.readouterr().err.splitlines()
    assert len(problems) >= 3
    assert all(problem.startswith(f"{path}:") and ": error: " in problem for problem in problems)
    assert verdict == f"This file cannot be used: {len(problems)} problems."


@pytest.mark.parametrize("name", ["missing.yaml", "."])
def test_a_file_that_is_not_there_is_a_wrong_call(
    tmp_path: Path, name: str, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["check", str(tmp_path / name)]) == 2

    assert capsys.readouterr().err.startswith(f"ghid check: {tmp_path / name}: ")
