"""The benchmark still runs: a few updates through every bare bot."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]


@pytest.mark.soak
@pytest.mark.skipif(sys.platform != "linux", reason="reads CPU times from /proc and pins processes to cores")
def test_the_benchmark_measures_every_bare_bot() -> None:
    command = "-m tests.benchmarks.bench_answers --updates 50 --chats 10 --rounds 1 --only transport intake"
    done = subprocess.run(
        [sys.executable, *command.split()], cwd=ROOT, capture_output=True, text=True, timeout=240, check=False
    )
    assert done.returncode == 0, done.stderr
    assert [line for line in done.stdout.splitlines() if line.startswith("echo")] != []
    for name in ("echo, stock", "echo, our transport", "echo, our intake"):
        assert name in done.stdout
    assert "left out" not in done.stdout
