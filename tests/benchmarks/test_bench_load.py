"""The benchmarks of load still run, on the bare bot that starts fastest; Ghid's own start is what others test."""

from __future__ import annotations

import sys
from datetime import timedelta
from pathlib import Path

import pytest

from bot.clock import system_clock
from bot.storage.database import open_database
from tests.benchmarks import bench_capacity, bench_footprint, bench_steady, bench_taps, crowd
from tests.benchmarks.bench_answers import STOCK, instant_stub, programs

pytestmark = pytest.mark.skipif(sys.platform != "linux", reason="reads CPU times from /proc and pins to cores")


def test_a_burst_of_taps_is_measured_with_or_without_aiogram(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(
        sys, "argv", ["x", "--taps", "20", "--rounds", "1", "--without-ghid", "--aiogram", "/bin/false"]
    )
    bench_taps.main()
    printed = capsys.readouterr().out
    assert "aiogram is left out" in printed
    assert "echo, our intake" in printed


def test_waits_at_a_steady_pace_are_measured(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(sys, "argv", ["bench_steady", "--seconds=0.5", "--rounds=1", "--only=nothing"])
    bench_steady.main()
    assert "echo, stock" in capsys.readouterr().out


def test_memory_and_the_time_to_the_first_answer_are_measured(tmp_path: Path) -> None:
    with instant_stub() as port:
        footprint = bench_footprint.measure(port, programs(tmp_path, port)[STOCK], asking=40)
    assert 0 < footprint.seconds < 60
    assert 20 < footprint.started_mb <= footprint.busy_mb + 1


async def test_a_crowd_follows_what_it_is_told_to(tmp_path: Path) -> None:
    start = system_clock() + timedelta(days=1)
    path = tmp_path / "ghid.db"
    await crowd.fill(path, system_clock, people=40, follows=8, keynote=0.5, sessions=30, start=start)
    async with open_database(path) as database:
        rows = await database.reader.execute_fetchall(
            "SELECT count(*), max(people) FROM (SELECT count(*) AS people FROM follows GROUP BY chat_id)"
        )
        assert [tuple(row) for row in rows] == [(40, 8)]
        keynote = await database.reader.execute_fetchall(
            "SELECT count(*) AS people FROM follows GROUP BY handle ORDER BY people DESC LIMIT 1"
        )
        assert 12 <= next(iter(keynote))[0] <= 28


def test_a_day_of_very_many_is_gone_through(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(sys, "argv", ["bench_capacity", "--people=60", "--sessions=40", "--sent=10"])
    bench_capacity.main()
    printed = capsys.readouterr().out
    assert "broadcast to everybody: write the rows (60)" in printed
    assert "purge, 90 days after the event (59)" in printed
