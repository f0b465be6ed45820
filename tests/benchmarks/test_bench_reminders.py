"""The benchmark still runs, on a small conference."""

from __future__ import annotations

import pytest

from tests.benchmarks.bench_reminders import Scale, bench


async def test_the_benchmark_measures_planning_and_lateness(capsys: pytest.CaptureFixture[str]) -> None:
    await bench(Scale(people=100, sessions=40, follows=5, reminders=3))

    said = capsys.readouterr().out
    assert "100 people, 40 sessions, 500 follows" in said
    assert "planning the reminders of 100 followers" in said
    assert "from due to handed over, 3 reminders" in said
