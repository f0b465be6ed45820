"""The benchmark still runs: a few sessions and followers."""

from __future__ import annotations

import sys

import pytest

from tests.benchmarks import bench_changes


def test_the_benchmark_plans_and_writes(capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "argv", ["bench_changes", "--sessions", "60", "--followers", "40"])

    bench_changes.main()

    told = capsys.readouterr().out
    assert [line.split()[0] for line in told.splitlines()] == ["publish", "plan", "plan", "write"]
    assert "a notice" in told
