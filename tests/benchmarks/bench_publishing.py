"""How long people wait for answers while a large agenda is published to many followers, through all of `ghid run`.

Usage: python -m tests.benchmarks.bench_publishing [--sessions 1100] [--followers 10000] [--seconds 20] [--rounds 3]

One person asks one question after another, in three languages. The times of a quiet bot are compared with those
from the moment on at which a new version stands in the database: the bot takes it over, rebuilds its index, compares,
plans a notice for nearly everybody and sends at its usual rate meanwhile. Bot and stub have a core each.
"""

from __future__ import annotations

import argparse
import asyncio
import statistics
import tempfile
import time
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path
from subprocess import Popen

from bot.clock import system_clock
from bot.services.agenda import AgendaService
from bot.services.agenda_imports import PreparedImport, prepare_import, read_stored_agenda, store_import
from bot.storage.database import Database, open_database
from content.agenda import Agenda
from tests.benchmarks.bench_answers import Program, control, instant_stub, process, wait
from tests.benchmarks.bench_changes import changed, fill, large_agenda
from tests.benchmarks.echo_bot import TOKEN
from tests.benchmarks.instant_stub import QUESTIONS
from tests.builders import BUCHAREST

FIRST_CHAT = 1_000_000  # the stub's own people are others
CANCELLED = 0.1
PAUSE_SECONDS = 0.005  # a person's next question; the stub and this program share a core
WARM_UP_SECONDS = 2.0


@dataclass(frozen=True, slots=True)
class Times:
    """The answers of one stretch of time, in milliseconds."""

    median: float
    late: float
    longest: float
    answers: int

    @classmethod
    def of(cls, seconds: Sequence[float]) -> Times:
        """Sum up; ``late`` is the 99th percentile."""
        ordered = sorted(each * 1000 for each in seconds)
        return cls(statistics.median(ordered), ordered[int(len(ordered) * 0.99)], ordered[-1], len(ordered))


@dataclass(frozen=True, slots=True)
class Round:
    """One publishing: the answers' times before and from then on; notices sent and planned by the end."""

    quiet: Times
    publishing: Times
    sent: int
    planned: int


async def filled(database: Database, sessions: int, followers: int, first_chat: int) -> Agenda:
    """Store an agenda of so many sessions, and who follows them; return it."""
    # Within three hours a change is told at once; most of the sessions are later.
    start = datetime.now(UTC).astimezone(BUCHAREST) + timedelta(hours=1)
    agenda = large_agenda(sessions, start.replace(second=0, microsecond=0))
    made = prepare_import(await read_stored_agenda(database), agenda, system_clock, author="bench", note="")
    assert isinstance(made, PreparedImport)
    await store_import(database, made)
    service = AgendaService(database, system_clock)
    await service.load()
    await fill(database, service.current.agenda, followers, first_chat)
    return agenda


async def prepared(database_path: Path, sessions: int, followers: int) -> PreparedImport:
    """Fill a new database; return the next version, to be stored later."""
    async with open_database(database_path) as database:
        first = await filled(database, sessions, followers, FIRST_CHAT)
        stored = await read_stored_agenda(database)
        new = prepare_import(stored, changed(first, CANCELLED), system_clock, author="bench", note="")
        assert isinstance(new, PreparedImport)
        return new


async def publish(database_path: Path, new: PreparedImport) -> None:
    """Store the next version, as `ghid import` does at its end."""
    async with open_database(database_path) as database:
        await store_import(database, new)


async def planned(database_path: Path) -> int:
    """Count the notices of changes, sent or not."""
    async with open_database(database_path) as database:
        rows = await database.reader.execute_fetchall("SELECT count(*) FROM outbox WHERE kind = 'change'")
        return int(next(iter(rows))[0])


def answers(port: int, bot: Popen[str], seconds: float, delay: float = 0) -> list[float]:
    """Ask one question after another; return how long each answer took, by the stub's clock.

    ``delay``: seconds to Telegram and back.
    """
    took: list[float] = []
    until = time.monotonic() + seconds
    while time.monotonic() < until:
        control(port, f"release?updates=1&chats=1&delay={delay}&question={len(took) % len(QUESTIONS)}")
        stats = wait(port, bot, lambda stats: stats["open"] == 0)
        took.append(stats["seconds"])
        wait(port, bot, lambda stats: stats["waiting_polls"] > 0)
        time.sleep(PAUSE_SECONDS)
    return took


def measure(port: int, database_path: Path, asked: argparse.Namespace) -> Round:
    """Start the bot on a database of its own, listen to it, publish, listen again."""
    new = asyncio.run(prepared(database_path, asked.sessions, asked.followers))
    program = Program(
        ["-m", "bot", "run"],
        {
            "TELEGRAM_BOT_TOKEN": TOKEN,
            "TELEGRAM_API_URL": f"http://127.0.0.1:{port}",
            "DATABASE_PATH": str(database_path),
            "LOG_LEVEL": "ERROR",
        },
    )
    with process(program.arguments, core=0, environment=program.environment) as bot:
        wait(port, bot, lambda stats: stats["waiting_polls"] > 0)
        answers(port, bot, WARM_UP_SECONDS)
        quiet = answers(port, bot, asked.seconds)
        before = control(port, "stats")["unasked"]
        asyncio.run(publish(database_path, new))
        publishing = answers(port, bot, asked.seconds)
        sent = int(control(port, "stats")["unasked"] - before)
    control(port, "release?updates=0&chats=1&delay=0")  # the killed bot's open poll is forgotten
    return Round(Times.of(quiet), Times.of(publishing), sent, asyncio.run(planned(database_path)))


def show(rounds: Sequence[Round]) -> None:
    """Print medians of the rounds; a ratio is the median of the ratios of each round to its own quiet stretch."""
    print(f"{'':12} {'answers':>8} {'median ms':>10} {'p99 ms':>8} {'longest ms':>11}")
    for name, times in (("quiet", [one.quiet for one in rounds]), ("publishing", [one.publishing for one in rounds])):
        count, median, late, longest = (
            statistics.median(getattr(each, field) for each in times)
            for field in ("answers", "median", "late", "longest")
        )
        print(f"{name:12} {count:8.0f} {median:10.1f} {late:8.1f} {longest:11.1f}")
    median, late = (
        statistics.median(getattr(one.publishing, field) / getattr(one.quiet, field) for one in rounds)
        for field in ("median", "late")
    )
    notices = f"{rounds[-1].planned:,} notices planned, {rounds[-1].sent:,} sent meanwhile"
    print(f"{'ratio':12} {'':8} {median:10.2f} {late:8.2f}   {notices}")


def main() -> None:
    """Start the stub and measure."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--sessions", type=int, default=1_100)
    parser.add_argument("--followers", type=int, default=10_000)
    parser.add_argument("--seconds", type=float, default=20, help="of listening before and after")
    parser.add_argument("--rounds", type=int, default=3)
    asked = parser.parse_args()
    with (
        tempfile.TemporaryDirectory() as folder,
        instant_stub() as port,
    ):
        show([measure(port, Path(folder) / f"{number}.db", asked) for number in range(asked.rounds)])


if __name__ == "__main__":
    main()
