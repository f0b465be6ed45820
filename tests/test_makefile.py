"""The Makefile's targets are those that the README names."""

from __future__ import annotations

import shutil
import subprocess
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]


@pytest.mark.skipif(shutil.which("make") is None, reason="no make on this machine")
@pytest.mark.parametrize(
    ("target", "command"),
    [
        ("demo", "ghid demo"),
        ("test", "pytest -n "),
        ("check", "lint-imports"),
        ("messages", "python -m tests.update_catalogs"),
        ("words", "python -m tests.tidy_vocabulary"),
        ("install", "pip install"),
    ],
)
def test_a_target_makes_the_environment_and_does_its_work(target: str, command: str) -> None:
    told = subprocess.run(
        ["make", "--dry-run", "--always-make", target],
        cwd=ROOT,
        capture_output=True,
        text=True,
        timeout=10,
        check=False,
    )

    assert told.returncode == 0, told.stderr
    assert "-m venv .venv" in told.stdout
    assert command in told.stdout
