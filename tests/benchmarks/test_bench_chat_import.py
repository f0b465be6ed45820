"""The benchmark still runs: a small agenda, sent to the chat and published."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]


@pytest.mark.soak
@pytest.mark.skipif(sys.platform != "linux", reason="pins the bot to a core")
def test_the_benchmark_measures_answers_while_an_agenda_is_sent_and_published() -> None:
    command = "-m tests.benchmarks.bench_chat_import --sessions 40 --followers 20 --seconds 1 --rounds 1"
    done = subprocess.run(
        [sys.executable, *command.split()], cwd=ROOT, capture_output=True, text=True, timeout=240, check=False
    )
    assert done.returncode == 0, done.stderr
    assert [line.split()[0] for line in done.stdout.splitlines()[1:]] == ["quiet", "preview", "publishing"]
