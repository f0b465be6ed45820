"""The command line itself: help, wrong calls, and no more imported than the command needs."""

import json
import subprocess
import sys
from pathlib import Path

import pytest

from bot.__main__ import COMMANDS, main

ROOT = Path(__file__).parents[3]


def test_help_names_every_command(capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit) as caught:
        main(["--help"])

    assert caught.value.code == 0
    told = capsys.readouterr().out
    assert all(f"\n    {name} " in told for name in COMMANDS)


def test_no_command_at_all_shows_every_command(capsys: pytest.CaptureFixture[str]) -> None:
    assert main([]) == 2

    told = capsys.readouterr().err
    assert all(f"\n    {name} " in told for name in COMMANDS)


@pytest.mark.parametrize("arguments", [["no-such-command"], ["check"], ["import", "--no-such-option"]])
def test_a_wrong_call_ends_with_two(arguments: list[str]) -> None:
    with pytest.raises(SystemExit) as caught:
        main(arguments)

    assert caught.value.code == 2


@pytest.mark.parametrize("name", COMMANDS)
def test_every_command_explains_itself_as_the_list_does(name: str, capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit) as caught:
        main([name, "--help"])

    assert caught.value.code == 0
    assert capsys.readouterr().out.startswith(f"usage: ghid {name}")


def test_the_schema_is_json_that_names_its_draft(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["schema"]) == 0

    assert json.loads(capsys.readouterr().out)["$schema"] == "https://json-schema.org/draft/2020-12/schema"


def test_the_schema_imports_neither_telegram_nor_the_database() -> None:
    script = "import sys; from bot.__main__ import main; main(['schema']); print(*sorted(sys.modules), file=sys.stderr)"

    done = subprocess.run([sys.executable, "-c", script], cwd=ROOT, capture_output=True, text=True, check=True)

    assert {"telegram", "aiosqlite", "aiohttp", "apscheduler"}.isdisjoint(done.stderr.split())


def test_a_reader_that_goes_away_is_no_error() -> None:
    with subprocess.Popen(
        [sys.executable, "-m", "bot", "schema"], cwd=ROOT, stdout=subprocess.PIPE, stderr=subprocess.PIPE
    ) as process:
        assert process.stdout is not None
        assert process.stderr is not None
        process.stdout.close()
        errors = process.stderr.read()

    assert errors == b""


def test_what_a_program_imports_is_never_looked_through_for_garbage() -> None:
    script = (
        "import gc, sys; from bot.__main__ import main; sys.argv = ['ghid', 'schema'];"
        "main(); print(gc.isenabled(), gc.get_freeze_count() > 10_000, file=sys.stderr)"
    )
    done = subprocess.run([sys.executable, "-c", script], cwd=ROOT, capture_output=True, text=True, check=True)
    assert done.stderr.split() == ["True", "True"]
