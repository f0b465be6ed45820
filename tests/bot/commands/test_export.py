"""`ghid export`: files that can be imported again, and that never write over another by accident."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from bot.__main__ import main
from tests.bot.commands.event_files import write_event


@pytest.fixture
def database(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    path = tmp_path / "ghid.db"
    monkeypatch.setenv("DATABASE_PATH", str(path))
    return path


def test_what_goes_out_and_comes_in_again_is_nothing_new(
    tmp_path: Path, database: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    main(["import", str(write_event(tmp_path / "event.yaml"))])
    for format_ in ("xlsx", "ics"):
        file = tmp_path / f"agenda.{format_}"
        assert main(["export", "--format", format_, str(file)]) == 0
        capsys.readouterr()
        assert main(["import", str(file), "--json"]) == 0
        said = json.loads(capsys.readouterr().out)
        assert (said["format"], said["added"], said["removed"], said["changed"]) == (format_, [], [], [])
        assert said["problems"] == []


def test_a_file_that_is_there_stays_unless_forced(
    tmp_path: Path, database: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    file = tmp_path / "agenda.yaml"
    file.write_text("mine")

    assert main(["export", "--format", "yaml", str(file)]) == 2
    assert file.read_text() == "mine"
    assert "is there already" in capsys.readouterr().err
    assert main(["export", "--format", "yaml", "--force", str(file)]) == 0
    assert "clusters-meet-regions" in file.read_text()
    assert not database.exists()
