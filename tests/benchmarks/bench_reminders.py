"""Planning reminders for many followers, and how late one is handed over after it is due; all in one process.

Usage: python -m tests.benchmarks.bench_reminders [--people 10000] [--sessions 1100] [--follows 15] [--reminders 20]

One session is followed by everybody, others by chance; then reminders become due one by one on the real scheduler.
"""

from __future__ import annotations

import argparse
import asyncio
import random
import statistics
import tempfile
import time
from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path

from bot.clock import clock_starting_at
from bot.messages.outgoing import OutgoingMessage
from bot.models import Outcome, Sent
from bot.storage.database import open_database
from bot.storage.follows import add_follow
from content.agenda import Agenda
from tests.bot.services.standing_clock import StandingClock
from tests.bot.waking_bot import WakingBot, publish
from tests.builders import a_moment, a_session, an_agenda

START = a_moment("12:00")
DUE_FIRST = START - timedelta(minutes=10)
DUE_EVERY = timedelta(milliseconds=150)


@dataclass(frozen=True, slots=True)
class Scale:
    """How much of everything."""

    people: int
    sessions: int
    follows: int
    reminders: int


class Telegram:
    """Takes every message and notes when. ``all_taken``: as many as were expected."""

    def __init__(self, expected: int = 0) -> None:
        self.taken: list[tuple[int, float]] = []
        self.all_taken = asyncio.Event()
        self._expected = expected

    async def send(self, chat_id: int, message: OutgoingMessage) -> Outcome:
        self.taken.append((chat_id, time.time()))
        if len(self.taken) == self._expected:
            self.all_taken.set()
        return Sent(len(self.taken))


async def milliseconds(action: Callable[[], Awaitable[object]]) -> float:
    """Return how long this takes."""
    before = time.perf_counter()
    await action()
    return (time.perf_counter() - before) * 1000


def large_agenda(sessions: int) -> Agenda:
    """Return one session at noon and others from the afternoon on, each with one of half as many speakers."""
    return an_agenda(
        a_session("keynote", starts_at=START),
        *(
            a_session(f"s{n}", starts_at=START + timedelta(hours=3, minutes=5 * (n // 30)), speakers=[f"p{n // 2}"])
            for n in range(sessions - 1)
        ),
    )


async def bench_planning(folder: Path, scale: Scale) -> None:
    """Print how long planning takes with everybody's follows in the database."""
    dice, clock = random.Random(1), StandingClock()
    clock.now = DUE_FIRST - timedelta(hours=4)
    async with open_database(folder / "planning.db") as database:
        await publish(database, large_agenda(scale.sessions), clock)
        bot = WakingBot(database, clock, Telegram(), rate=20)
        await bot.agenda.load()
        await bot.welcome(range(1, scale.people + 1))
        agenda = bot.agenda.current.agenda
        keynote, *others = agenda.sessions
        async with database.transaction() as connection:
            for chat_id in range(1, scale.people + 1):
                for session in (keynote, *dice.sample(others, min(scale.follows - 1, len(others)))):
                    await add_follow(
                        connection,
                        chat_id=chat_id,
                        handle=session.handle,
                        kind="session",
                        told_version=1,
                        followed_at=clock.now,
                    )
        print(f"{scale.people} people, {scale.sessions} sessions, {scale.people * scale.follows} follows")
        print(f"counting who wants which reminder, once a version: {await milliseconds(bot.reminders.next_due):.0f} ms")
        moments = [await milliseconds(bot.reminders.next_due) for _ in range(5)]
        print(f"the next due moment: {statistics.median(moments):.2f} ms")
        again = []
        for n in range(20):
            await bot.follows.follow(n % scale.people + 1, dice.choice(others))
            again.append(await milliseconds(bot.reminders.next_due))
        print(f"the next due moment after somebody followed: {statistics.median(again):.2f} ms")
        begins_at = await bot.reminders.next_due()
        assert begins_at is not None
        print(f"sending begins {(DUE_FIRST - begins_at).total_seconds():.0f} s before ten to twelve, at 20 a second")
        clock.now = begins_at
        print(
            f"planning the reminders of {scale.people} followers: {await milliseconds(bot.reminders.plan_due):.0f} ms"
        )
        print(f"nothing new: {await milliseconds(bot.reminders.plan_due):.2f} ms")
        clock.now += timedelta(minutes=1)
        print(f"all anew, once a minute: {await milliseconds(bot.reminders.plan_due):.0f} ms")
        await bot.follows.set_lead(1, 30)
        print(f"for one person who changed the lead: {await milliseconds(bot.reminders.plan_due):.2f} ms")


async def bench_lateness(folder: Path, scale: Scale) -> None:
    """Print how late reminders are that become due one after another."""
    shortly_before, earlier = clock_starting_at(DUE_FIRST - timedelta(seconds=1)), timedelta(hours=1)
    offset = (datetime.now(UTC) - shortly_before()).total_seconds()

    def clock() -> datetime:
        return shortly_before() - earlier

    telegram = Telegram(scale.reminders)
    async with open_database(folder / "lateness.db") as database:
        starts = [START + n * DUE_EVERY for n in range(scale.reminders)]
        await publish(database, an_agenda(*(a_session(f"s{n}", starts_at=at) for n, at in enumerate(starts))), clock)
        bot = WakingBot(database, clock, telegram, rate=30)
        await bot.agenda.load()
        await bot.welcome(range(1, scale.reminders + 1))
        for chat_id, session in enumerate(bot.agenda.current.agenda.sessions, start=1):
            await bot.follows.follow(chat_id, session)
        earlier = timedelta(0)  # who follows a moment before needs no reminder
        await bot.queue.start()
        await bot.delivery.start()
        await bot.notices.tick()
        async with asyncio.timeout(60 + scale.reminders * DUE_EVERY.total_seconds()):
            await telegram.all_taken.wait()
        await bot.queue.stop(wait=False)
        await bot.delivery.stop(timedelta(seconds=1))
    late = sorted(
        (at - offset - (starts[chat_id - 1] - timedelta(minutes=10)).timestamp()) * 1000
        for chat_id, at in telegram.taken
    )
    print(
        f"from due to handed over, {len(late)} reminders: median {statistics.median(late):.0f}, worst {late[-1]:.0f} ms"
    )


async def bench(scale: Scale) -> None:
    """Measure both in a folder of their own."""
    with tempfile.TemporaryDirectory() as folder:
        await bench_planning(Path(folder), scale)
        await bench_lateness(Path(folder), scale)


def main() -> None:
    """Measure at the scale asked for."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--people", type=int, default=10_000)
    parser.add_argument("--sessions", type=int, default=1_100)
    parser.add_argument("--follows", type=int, default=15, help="sessions that each person follows")
    parser.add_argument("--reminders", type=int, default=20, help="reminders due one by one")
    asyncio.run(bench(Scale(**vars(parser.parse_args()))))


if __name__ == "__main__":
    main()
