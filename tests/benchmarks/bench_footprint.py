"""Memory, and time from the start to the first answer, of `ghid run` with a large event and many people; of bare bots.

Usage: python -m tests.benchmarks.bench_footprint [--people 10000] [--asking 4000] [--follows 8] [--sessions 1100]
    [--rounds 3]

All people stand in the database from the first. A question waits at Telegram when the process starts; then so many
people ask one each, a few hundred at a time, so that what Ghid remembers of them is in memory and not what waits. The
first half of them warms up what is shared; what the second half adds is told for each person. A database that is new is
measured too: it gets its schema and the built-in event first.
"""

from __future__ import annotations

import argparse
import asyncio
import shutil
import statistics
import tempfile
import time
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path

from bot.clock import system_clock
from tests.benchmarks import crowd
from tests.benchmarks.bench_answers import STOCK, Program, control, instant_stub, process, programs, wait

AT_ONCE = 500


@dataclass(frozen=True, slots=True)
class Footprint:
    """One start: seconds to the first answer; resident MiB then and after all asked; KiB for each person more."""

    seconds: float
    started_mb: float
    busy_mb: float
    person_kb: float


def resident_mb(pid: int) -> float:
    """Return what the process holds in memory (Linux)."""
    status = Path(f"/proc/{pid}/status").read_text()
    return int(status.partition("VmRSS:")[2].split()[0]) / 1024


def measure(port: int, program: Program, asking: int) -> Footprint:
    """Start a bot whom a question waits for, then let people ask."""
    control(port, "release?updates=1&chats=1&delay=0")
    began = time.perf_counter()
    with process(program.arguments, core=0, environment=program.environment) as bot:
        wait(port, bot, lambda stats: stats["open"] == 0)
        seconds = time.perf_counter() - began
        wait(port, bot, lambda stats: stats["waiting_polls"] > 0)
        resident = [resident_mb(bot.pid)]
        half = asking // 2
        for people in (range(half), range(half, asking)):
            for first in people[::AT_ONCE]:
                some = min(AT_ONCE, people.stop - first)
                control(port, f"release?updates={some}&chats={some}&first={first}&delay=0")
                wait(port, bot, lambda stats: stats["open"] == 0)
            wait(port, bot, lambda stats: stats["waiting_polls"] > 0)
            resident.append(resident_mb(bot.pid))
    control(port, "release?updates=0&chats=1&delay=0")  # the killed bot's open poll is forgotten
    started, warm, busy = resident
    return Footprint(seconds, started, busy, (busy - warm) * 1024 / (asking - half))


def with_database(program: Program, path: Path) -> Program:
    """Return the same program on another database."""
    return Program(program.arguments, {**program.environment, "DATABASE_PATH": str(path)})


def main() -> None:
    """Measure all in turn, as often as asked."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--people", type=int, default=10_000)
    parser.add_argument("--asking", type=int, default=4_000)
    parser.add_argument("--follows", type=int, default=8)
    parser.add_argument("--sessions", type=int, default=1_100)
    parser.add_argument("--rounds", type=int, default=3)
    asked = parser.parse_args()
    results: dict[str, list[Footprint]] = {}
    with (
        tempfile.TemporaryDirectory() as name,
        instant_stub() as port,
    ):
        folder = Path(name)
        full = folder / "full.db"
        start = (system_clock() + timedelta(days=2)).replace(hour=9, minute=0, second=0, microsecond=0)
        crowded = {"people": asked.people, "follows": asked.follows, "sessions": asked.sessions}
        asyncio.run(crowd.fill(full, system_clock, **crowded, keynote=0.2, start=start))
        bots = programs(folder, port)
        large = f"Ghid, {asked.sessions:,} sessions"
        for number in range(asked.rounds):
            copied = Path(shutil.copy(full, folder / f"full-{number}.db"))
            for each, program in {
                STOCK: bots[STOCK],
                "Ghid, new database": with_database(bots["Ghid"], folder / f"new-{number}.db"),
                large: with_database(bots["Ghid"], copied),
            }.items():
                results.setdefault(each, []).append(measure(port, program, min(asked.asking, asked.people)))
        print(
            f"{asked.people:,} people, {asked.follows} follows each: {full.stat().st_size / 2**20:.0f} MiB of database;"
            f" {asked.asking:,} of them ask"
        )
    print(f"{'':24} {'first answer s':>15} {'MiB then':>9} {'MiB after all asked':>20} {'KiB a person':>13}")
    for each, rounds in results.items():
        figures = (statistics.median(getattr(one, what) for one in rounds) for what in Footprint.__slots__)
        print("{:24} {:15.2f} {:9.0f} {:20.0f} {:13.1f}".format(each, *figures))


if __name__ == "__main__":
    main()
