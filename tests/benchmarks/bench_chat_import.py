"""How long people wait for answers while an organiser sends a large agenda to the chat and publishes it.

Usage: python -m tests.benchmarks.bench_chat_import [--sessions 1100] [--followers 10000] [--seconds 10] [--rounds 3]

All through `ghid run`, on a core of its own; the local Telegram and whoever asks are on the other. One person asks one
question after another, in three languages: first of a quiet bot, then while it reads the file and shows what would
change, then from the publishing on, while it tells nearly everybody at its usual rate.
"""

from __future__ import annotations

import argparse
import asyncio
import os
import statistics
import tempfile
import time
from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass
from pathlib import Path

from bot.commands.export import written
from bot.local_telegram import LocalTelegram, Person, running_local_telegram
from bot.storage.database import open_database
from tests.benchmarks.bench_changes import changed
from tests.benchmarks.bench_publishing import CANCELLED, PAUSE_SECONDS, WARM_UP_SECONDS, Times, filled
from tests.benchmarks.instant_stub import QUESTIONS
from tests.scenarios.conversation import Conversation, FrozenClock, labels
from tests.scenarios.program import ghid_run, killed_at_the_end

REACHED = 300  # so many followers have phones; the rate reaches no more of them while it is measured
PATIENCE = 120.0


@dataclass(frozen=True, slots=True)
class Round:
    """The answers' times of a quiet bot, while the file is read and previewed, and from the publishing on."""

    quiet: Times
    preview: Times
    publishing: Times


async def prepared(path: Path, first_chat: int, asked: argparse.Namespace) -> bytes:
    """Fill a new database; return the file with the next version."""
    async with open_database(path) as database:
        agenda = await filled(database, asked.sessions, asked.followers, first_chat)
    return written(changed(agenda, CANCELLED), "yaml")


async def answers(person: Person, goes_on: Callable[[], bool]) -> list[float]:
    """Ask one question after another; return how long each answer took, in seconds."""
    took: list[float] = []
    while goes_on():
        began = time.perf_counter()
        await person.asks(QUESTIONS[len(took) % len(QUESTIONS)], timeout=PATIENCE)
        took.append(time.perf_counter() - began)
        await asyncio.sleep(PAUSE_SECONDS)
    return took


async def answers_for(person: Person, seconds: float) -> list[float]:
    """Ask for so long."""
    until = time.monotonic() + seconds
    return await answers(person, lambda: time.monotonic() < until)


async def answers_during(person: Person, work: Awaitable[object]) -> list[float]:
    """Ask until this is done."""
    working = asyncio.ensure_future(work)
    took = await answers(person, lambda: not working.done())
    await working
    return took


async def shown(organiser: Person, button: str) -> None:
    """Wait for a message with this button."""
    await organiser.waits_for(lambda message: button in labels(message), timeout=PATIENCE)


async def preview(organiser: Person, file: bytes) -> None:
    """Send the file and wait for what it would change."""
    await organiser.sends_file("agenda.yaml", file)
    await shown(organiser, "Publish")


async def publish(organiser: Person) -> None:
    """Publish what was previewed."""
    await organiser.taps("Publish", timeout=PATIENCE)
    await shown(organiser, "Undo")


async def measure(telegram: LocalTelegram, path: Path, asked: argparse.Namespace) -> Round:
    """Start the bot on a database of its own, and let the organiser do it."""
    asker, organiser = (telegram.add_person(name, "en") for name in ("Ana", "Olena"))
    # After them: those without a phone are numbered on from these.
    followers = [telegram.add_person("Ion", "ro") for _ in range(min(REACHED, asked.followers))]
    file = await prepared(path, followers[0].id, asked)
    conversation = Conversation(telegram, FrozenClock(), path)
    program = await ghid_run(conversation, ORGANISER_IDS=str(organiser.id), LOG_LEVEL="ERROR")
    async with killed_at_the_end(program):
        os.sched_setaffinity(program.pid, {0})
        for person in (asker, organiser, *followers):
            await person.asks("/start", timeout=PATIENCE)
        await answers_for(asker, WARM_UP_SECONDS)
        quiet = await answers_for(asker, asked.seconds)
        previewing = await answers_during(asker, preview(organiser, file))
        publishing = await answers_during(asker, publish(organiser)) + await answers_for(asker, asked.seconds)
    return Round(Times.of(quiet), Times.of(previewing), Times.of(publishing))


async def run(asked: argparse.Namespace) -> list[Round]:
    """Measure as often as asked, each round on a Telegram of its own."""
    os.sched_setaffinity(0, {1 % (os.cpu_count() or 1)})
    rounds: list[Round] = []
    with tempfile.TemporaryDirectory() as folder:
        for number in range(asked.rounds):
            async with running_local_telegram(port=0) as telegram:
                rounds.append(await measure(telegram, Path(folder) / f"{number}.db", asked))
    return rounds


def show(rounds: Sequence[Round]) -> None:
    """Print medians of the rounds; a ratio is the median of the ratios of each round to its own quiet stretch."""
    print(f"{'':12} {'answers':>8} {'median ms':>10} {'p99 ms':>8} {'longest ms':>11} {'p99 ratio':>10}")
    for name in ("quiet", "preview", "publishing"):
        times = [getattr(one, name) for one in rounds]
        count, median, late, longest = (
            statistics.median(getattr(each, field) for each in times)
            for field in ("answers", "median", "late", "longest")
        )
        later = statistics.median(each.late / one.quiet.late for each, one in zip(times, rounds, strict=True))
        print(f"{name:12} {count:8.0f} {median:10.1f} {late:8.1f} {longest:11.1f} {later:10.2f}")


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--sessions", type=int, default=1_100)
    parser.add_argument("--followers", type=int, default=10_000)
    parser.add_argument("--seconds", type=float, default=10, help="of listening before and after")
    parser.add_argument("--rounds", type=int, default=3)
    show(asyncio.run(run(parser.parse_args())))


if __name__ == "__main__":
    main()
