"""The benchmark still runs: a few messages, and a rate kept for a moment."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]


@pytest.mark.skipif(sys.platform != "linux", reason="pins the stub to a core")
def test_the_benchmark_measures_the_outbox_beside_bare_calls() -> None:
    command = "-m tests.benchmarks.bench_delivery --rows 50 --rounds 1 --delay-ms 0 --rate 30 --seconds 0.5"
    done = subprocess.run(
        [sys.executable, *command.split()], cwd=ROOT, capture_output=True, text=True, timeout=240, check=False
    )
    assert done.returncode == 0, done.stderr
    for told in ("bare calls", "outbox", "asked 30/s"):
        assert told in done.stdout
