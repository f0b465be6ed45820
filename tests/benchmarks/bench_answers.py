"""Answered updates per second, and CPU per update: Ghid beside a bare python-telegram-bot echo, on one instant stub.

Usage: python -m tests.benchmarks.bench_answers [--updates 1500] [--chats 500] [--rounds 3] [--delay-ms 0]

Absolute figures are this machine's; the ratios to the stock echo, measured in turn in the same run, are what counts.
"""

from __future__ import annotations

import argparse
import contextlib
import json
import os
import statistics
import subprocess
import sys
import tempfile
import time
import urllib.request
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import IO

from tests.benchmarks.echo_bot import TOKEN

ROOT = Path(__file__).parents[2]
STOCK = "echo, stock"
WARM_UP = 200
PATIENCE_SECONDS = 120


@dataclass(frozen=True, slots=True)
class Program:
    """A bot to start: what Python gets, and the environment. ``python``: another one than ours."""

    arguments: list[str]
    environment: dict[str, str]
    python: str = sys.executable


@dataclass(frozen=True, slots=True)
class Figures:
    """One round of one bot."""

    per_second: float
    cpu_ms: float


class BotFailedError(Exception):
    """It ended, or does not answer."""


def control(port: int, command: str) -> dict[str, float]:
    """Ask the stub."""
    with urllib.request.urlopen(f"http://127.0.0.1:{port}/control/{command}", timeout=10) as answer:
        stats: dict[str, float] = json.load(answer)
        return stats


@contextlib.contextmanager
def process(
    arguments: list[str],
    core: int,
    environment: dict[str, str] | None = None,
    output: int | IO[str] = subprocess.PIPE,
    python: str = sys.executable,
) -> Iterator[subprocess.Popen[str]]:
    """Run a Python program on one core."""
    cores = os.cpu_count() or 1
    started = subprocess.Popen(
        [python, *arguments],
        cwd=ROOT,
        env={**os.environ, **(environment or {})},
        stdout=output,
        text=True,
    )
    os.sched_setaffinity(started.pid, {core % cores})
    try:
        yield started
    finally:
        started.kill()
        started.wait()
        if started.stdout is not None:
            started.stdout.close()


def cpu_seconds(pid: int) -> float:
    """Return what the process used so far, its threads included (Linux)."""
    fields = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()
    return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")


def cpu_since(pid: int, before: float) -> float:
    """Return what the process used since `cpu_seconds` said ``before``; at least a tick, the least that is counted."""
    return max(cpu_seconds(pid) - before, 1 / os.sysconf("SC_CLK_TCK"))


def wait(
    port: int,
    bot: subprocess.Popen[str],
    reached: Callable[[dict[str, float]], bool],
    *,
    patience: float = PATIENCE_SECONDS,
) -> dict[str, float]:
    """Ask the stub until a condition holds."""
    deadline = time.monotonic() + patience
    while not reached(stats := control(port, "stats")):
        if bot.poll() is not None:
            raise BotFailedError(f"ended by itself with {bot.returncode}")
        if time.monotonic() > deadline:
            raise BotFailedError(f"did not finish: {stats}")
        time.sleep(0.02)
    return stats


def measure(port: int, bot_program: Program, updates: int, chats: int, delay: float) -> Figures:
    """Start a bot, warm it up, let it answer a flood.

    Raises:
        BotFailedError: it ended, did not finish, or wrote to its log: then it answered something with an apology.
    """
    with (
        tempfile.TemporaryFile("w+", encoding="utf-8") as log,  # a pipe that nobody reads would stop the bot
        process(bot_program.arguments, core=0, environment=bot_program.environment, output=log) as bot,
    ):
        wait(port, bot, lambda stats: stats["waiting_polls"] > 0)
        for amount in (WARM_UP, updates):
            before = cpu_seconds(bot.pid)
            control(port, f"release?updates={amount}&chats={chats}&delay={delay}")
            wait(port, bot, lambda stats: stats["open"] == 0)
            stats = wait(port, bot, lambda stats: stats["waiting_polls"] > 0)
        used = cpu_since(bot.pid, before)
        log.seek(0)
        if complaint := log.readline():
            raise BotFailedError(f"complained: {complaint.strip()}")
    wait_for_hang_up(port)
    return Figures(per_second=updates / stats["seconds"], cpu_ms=used / updates * 1000)


def wait_for_hang_up(port: int) -> None:
    """Let the stub forget the killed bot's open poll."""
    control(port, "release?updates=0&chats=1&delay=0")


@contextlib.contextmanager
def instant_stub() -> Iterator[int]:
    """Run the stub on the other core, and give its port."""
    with process(["-m", "tests.benchmarks.instant_stub"], core=1) as stub:
        assert stub.stdout is not None
        yield int(stub.stdout.readline())


def programs(folder: Path, port: int) -> dict[str, Program]:
    """Return the bots by name."""
    url = f"http://127.0.0.1:{port}"
    kinds = {STOCK: "stock", "echo, our transport": "transport", "echo, our intake": "intake"}
    bots = {
        name: Program(
            ["-m", "tests.benchmarks.echo_bot", kind, url, str(folder / f"{kind}.db")], {"PTB_TIMEDELTA": "1"}
        )
        for name, kind in kinds.items()
    }
    settings = {
        "TELEGRAM_BOT_TOKEN": TOKEN,
        "TELEGRAM_API_URL": url,
        "DATABASE_PATH": str(folder / "ghid.db"),
        "LOG_LEVEL": "ERROR",
    }
    return bots | {"Ghid": Program(["-m", "bot", "run"], settings)}


def show(results: dict[str, list[Figures]]) -> None:
    """Print medians; a ratio is the median of the ratios to the stock echo of the same round."""
    stock = results[STOCK]
    print(f"{'':20} {'updates/s':>10} {'ratio':>6} {'CPU ms/update':>14} {'ratio':>6}")
    for name, rounds in results.items():
        per_second = statistics.median(one.per_second for one in rounds)
        faster = statistics.median(one.per_second / base.per_second for one, base in zip(rounds, stock, strict=True))
        cpu = statistics.median(one.cpu_ms for one in rounds)
        dearer = statistics.median(one.cpu_ms / base.cpu_ms for one, base in zip(rounds, stock, strict=True))
        print(f"{name:20} {per_second:10.0f} {faster:6.2f} {cpu:14.2f} {dearer:6.2f}")


def main() -> None:
    """Measure all in turn, as often as asked."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--updates", type=int, default=1500)
    parser.add_argument("--chats", type=int, default=500)
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--delay-ms", type=float, default=0, help="the stub holds each answer back this long")
    parser.add_argument("--only", nargs="*", help="names of bots, or parts of them")
    asked = parser.parse_args()
    results: dict[str, list[Figures]] = {}
    with (
        tempfile.TemporaryDirectory() as folder,
        instant_stub() as port,
    ):
        bots = {
            name: program
            for name, program in programs(Path(folder), port).items()
            if name == STOCK or not asked.only or any(part in name for part in asked.only)
        }
        for _ in range(asked.rounds):
            for name, program in list(bots.items()):
                try:
                    figures = measure(port, program, asked.updates, asked.chats, asked.delay_ms / 1000)
                except BotFailedError as error:
                    print(f"{name} is left out: it {error}")
                    del bots[name]
                    results.pop(name, None)
                    continue
                results.setdefault(name, []).append(figures)
    print(f"{asked.updates} updates of {asked.chats} chats, {asked.delay_ms:g} ms away, median of {asked.rounds}\n")
    show(results)


if __name__ == "__main__":
    main()
