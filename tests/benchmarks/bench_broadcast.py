"""How long people wait for answers while a broadcast goes out to thousands, through all of `ghid run`.

Usage: python -m tests.benchmarks.bench_broadcast [--people 10000] [--rate 30] [--delay-ms 50] [--seconds 20]
[--rounds 3]

One person asks one question after another, in three languages, of a Telegram that is some milliseconds away. The times
of a quiet bot are compared with those while it sends at its rate. Bot and stub have a core each.
"""

from __future__ import annotations

import argparse
import asyncio
import statistics
import tempfile
from collections.abc import Sequence
from contextlib import suppress
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path

from bot.broadcasts import BroadcastDraft
from bot.clock import system_clock
from bot.services.agenda import AgendaService
from bot.services.broadcasts import BroadcastService
from bot.storage.database import open_database
from tests.benchmarks.bench_answers import Program, control, instant_stub, process, wait
from tests.benchmarks.bench_publishing import FIRST_CHAT, WARM_UP_SECONDS, Times, answers
from tests.benchmarks.echo_bot import TOKEN

AUTHOR = FIRST_CHAT
STARTS_WITHIN = 6.0
LANGUAGES = ("en", "ro", "uk")
TEXTS = {
    "en": "<b>Lunch</b> is served in the foyer.",
    "ro": "<b>Prânzul</b> se servește în foaier.",
    "uk": "<b>Обід</b> подають у фойє.",
}


@dataclass(frozen=True, slots=True)
class Round:
    """One broadcast: the answers' times before and during it; messages sent meanwhile, each second."""

    quiet: Times
    sending: Times
    per_second: float


class BegunTooEarlyError(Exception):
    """The broadcast began before the quiet bot was listened to: the bot took long to start."""


async def fill(database_path: Path, people: int, begins_in: timedelta) -> None:
    """Let everybody have written once, and a broadcast to them begin so much later."""
    today = datetime.now(UTC).date().isoformat()
    async with open_database(database_path) as database:
        agenda = AgendaService(database, system_clock)
        await agenda.load()
        async with database.transaction() as connection:
            await connection.executemany(
                "INSERT INTO attendees (chat_id, language, language_chosen, first_seen_on, last_seen_on)"
                " VALUES (?, ?, 1, ?, ?)",
                [(FIRST_CHAT + number, LANGUAGES[number % 3], today, today) for number in range(people)],
            )
        broadcasts = BroadcastService(database, system_clock, agenda, LANGUAGES)
        draft = BroadcastDraft(TEXTS, urgent=True, send_at=system_clock() + begins_in)
        await broadcasts.confirm(draft, AUTHOR, draft_key="draft")


def measure(port: int, database_path: Path, asked: argparse.Namespace, starts_within: float) -> Round:
    """Start the bot on a database of its own, listen to it, let the broadcast begin, listen again.

    Raises:
        BegunTooEarlyError: the bot took longer to start than this.
    """
    begins_in = starts_within + WARM_UP_SECONDS + asked.seconds
    asyncio.run(fill(database_path, asked.people, timedelta(seconds=begins_in)))
    program = Program(
        ["-m", "bot", "run"],
        {
            "TELEGRAM_BOT_TOKEN": TOKEN,
            "TELEGRAM_API_URL": f"http://127.0.0.1:{port}",
            "DATABASE_PATH": str(database_path),
            "BULK_RATE": f"{asked.rate:g}",
            "LOG_LEVEL": "ERROR",
        },
    )
    delay = asked.delay_ms / 1000
    with process(program.arguments, core=0, environment=program.environment) as bot:
        wait(port, bot, lambda stats: stats["waiting_polls"] > 0)
        before = control(port, "stats")["unasked"]
        answers(port, bot, WARM_UP_SECONDS, delay)
        quiet = answers(port, bot, asked.seconds, delay)
        if control(port, "stats")["unasked"] > before:
            raise BegunTooEarlyError
        wait(port, bot, lambda stats: stats["unasked"] >= before + asked.rate)
        before = control(port, "stats")["unasked"]
        sending = answers(port, bot, asked.seconds, delay)
        sent = control(port, "stats")["unasked"] - before
    control(port, "release?updates=0&chats=1&delay=0")  # the killed bot's open poll is forgotten
    return Round(Times.of(quiet), Times.of(sending), sent / asked.seconds)


def measured(port: int, folder: Path, asked: argparse.Namespace) -> Round:
    """Measure one round, with more time for the bot to start until it is enough."""
    for attempt in range(4):
        with suppress(BegunTooEarlyError):
            return measure(port, Path(tempfile.mkdtemp(dir=folder)) / "ghid.db", asked, STARTS_WITHIN * 2**attempt)
        control(port, "release?updates=0&chats=1&delay=0")
    raise BegunTooEarlyError


def show(rounds: Sequence[Round]) -> None:
    """Print medians of the rounds; a ratio is the median of the ratios of each round to its own quiet stretch."""
    print(f"{'':12} {'answers':>8} {'median ms':>10} {'p99 ms':>8} {'longest ms':>11}")
    for name, times in (("quiet", [one.quiet for one in rounds]), ("sending", [one.sending for one in rounds])):
        count, median, late, longest = (
            statistics.median(getattr(each, field) for each in times)
            for field in ("answers", "median", "late", "longest")
        )
        print(f"{name:12} {count:8.0f} {median:10.1f} {late:8.1f} {longest:11.1f}")
    median, late = (
        statistics.median(getattr(one.sending, field) / getattr(one.quiet, field) for one in rounds)
        for field in ("median", "late")
    )
    rate = statistics.median(one.per_second for one in rounds)
    print(f"{'ratio':12} {'':8} {median:10.2f} {late:8.2f}   {rate:.1f} messages a second meanwhile")


def main() -> None:
    """Start the stub and measure."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--people", type=int, default=10_000)
    parser.add_argument("--rate", type=float, default=30, help="messages a second (BULK_RATE)")
    parser.add_argument("--delay-ms", type=float, default=50, help="how far Telegram is away, there and back")
    parser.add_argument("--seconds", type=float, default=20, help="of listening before and during the broadcast")
    parser.add_argument("--rounds", type=int, default=3)
    asked = parser.parse_args()
    with (
        tempfile.TemporaryDirectory() as folder,
        instant_stub() as port,
    ):
        show([measured(port, Path(folder), asked) for _ in range(asked.rounds)])


if __name__ == "__main__":
    main()
