"""The benchmark still runs, on a small agenda."""

from __future__ import annotations

import pytest

from tests.benchmarks.bench_edits import bench


def test_the_benchmark_measures_preview_and_confirm(capsys: pytest.CaptureFixture[str]) -> None:
    bench(sessions=90, rounds=1)

    said = capsys.readouterr().out
    assert "| preview |" in said
    assert "| confirm |" in said
