"""The benchmark still runs, on a small agenda."""

from __future__ import annotations

import pytest

from tests.benchmarks.bench_imports import PLAIN, bench


@pytest.mark.soak
def test_the_benchmark_measures_every_format(capsys: pytest.CaptureFixture[str]) -> None:
    bench(sessions=6, rounds=1)

    said = capsys.readouterr().out
    assert all(f"| {format_} |" in said for format_ in PLAIN)
