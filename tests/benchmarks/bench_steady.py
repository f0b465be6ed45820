"""How long people wait at a steady pace: Ghid beside a bare python-telegram-bot echo, on one instant stub.

Usage: python -m tests.benchmarks.bench_steady [--rate 30] [--seconds 20] [--rounds 3] [--delay-ms 0]

Questions in three languages come one by one, so many a second; a wait is from the coming to the answer at Telegram.
"""

from __future__ import annotations

import argparse
import statistics
import tempfile
from dataclasses import dataclass
from pathlib import Path

from tests.benchmarks.bench_answers import (
    STOCK,
    Program,
    control,
    cpu_seconds,
    cpu_since,
    instant_stub,
    process,
    programs,
    wait,
)

CHATS = 500
WARM_UP = 500


@dataclass(frozen=True, slots=True)
class Waits:
    """One stretch: milliseconds from coming to answered; the share of a core that the bot used."""

    median: float
    late: float
    busy: float


def measure(port: int, program: Program, asked: argparse.Namespace) -> Waits:
    """Start a bot, let everybody ask once, then listen to it."""
    delay, updates = asked.delay_ms / 1000, int(asked.rate * asked.seconds)
    with process(program.arguments, core=0, environment=program.environment) as bot:
        wait(port, bot, lambda stats: stats["waiting_polls"] > 0)
        control(port, f"release?updates={min(WARM_UP, updates)}&chats={CHATS}&delay={delay}")
        wait(port, bot, lambda stats: stats["open"] == 0)
        before = cpu_seconds(bot.pid)
        control(port, f"release?updates={updates}&chats={CHATS}&delay={delay}&rate={asked.rate}")
        wait(port, bot, lambda stats: stats["open"] == 0)
        busy = cpu_since(bot.pid, before) / asked.seconds
        stats = wait(port, bot, lambda stats: stats["waiting_polls"] > 0)
    control(port, "release?updates=0&chats=1&delay=0")  # the killed bot's open poll is forgotten
    return Waits(stats["median_ms"], stats["p99_ms"], busy)


def show(results: dict[str, list[Waits]]) -> None:
    """Print medians; a ratio is the median of the ratios to the stock echo of the same round."""
    print(f"{'':20} {'median ms':>10} {'ratio':>6} {'p99 ms':>8} {'ratio':>6} {'core busy':>10}")
    for name, rounds in results.items():
        pairs = list(zip(rounds, results[STOCK], strict=True))
        median, late, busy = (
            statistics.median(getattr(one, each) for one in rounds) for each in ("median", "late", "busy")
        )
        longer = statistics.median(one.median / base.median for one, base in pairs)
        later = statistics.median(one.late / base.late for one, base in pairs)
        print(f"{name:20} {median:10.1f} {longer:6.2f} {late:8.1f} {later:6.2f} {busy:10.0%}")


def main() -> None:
    """Measure all in turn, as often as asked."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--rate", type=float, default=30, help="updates a second")
    parser.add_argument("--seconds", type=float, default=20)
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--delay-ms", type=float, default=0, help="the stub holds each answer back this long")
    parser.add_argument("--only", nargs="*", help="names of bots, or parts of them")
    asked = parser.parse_args()
    results: dict[str, list[Waits]] = {}
    with (
        tempfile.TemporaryDirectory() as folder,
        instant_stub() as port,
    ):
        for _ in range(asked.rounds):
            for name, program in programs(Path(folder), port).items():
                if name == STOCK or not asked.only or any(part in name for part in asked.only):
                    results.setdefault(name, []).append(measure(port, program, asked))
    print(f"{asked.rate:g} updates a second for {asked.seconds:g} s, {asked.delay_ms:g} ms away\n")
    show(results)


if __name__ == "__main__":
    main()
