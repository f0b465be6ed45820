"""The wake-up on the real scheduler: aimed, aimed anew, and never dropped for being late."""

from __future__ import annotations

import asyncio
import time
from collections.abc import AsyncIterator, Awaitable, Callable
from datetime import datetime, timedelta
from pathlib import Path

import pytest

from bot.clock import clock_starting_at
from bot.context import BotContext
from bot.jobs import refresh_agenda, register_jobs
from bot.messages.outgoing import OutgoingMessage
from bot.models import Outcome
from bot.storage.database import Database, open_database
from tests.bot.waking_bot import WakingBot, publish
from tests.builders import a_moment, a_session, an_agenda

DUE = a_moment("10:50")


class Nobody:
    """Telegram, to whom nothing is sent here."""

    async def send(self, chat_id: int, message: OutgoingMessage) -> Outcome:
        raise AssertionError(message)


async def until(condition: Callable[[], Awaitable[object]]) -> None:
    async with asyncio.timeout(5):
        while not await condition():  # noqa: ASYNC110 - a row of the database, which sets no event
            await asyncio.sleep(0.005)


@pytest.fixture
async def bot(database: Database) -> AsyncIterator[WakingBot]:
    """Show a bot a second before the only reminder is due, and let one person wait for it."""
    running = clock_starting_at(DUE - timedelta(hours=1))
    await publish(database, an_agenda(a_session("talk", starts_at="11:00")), running)

    def clock() -> datetime:
        return running()

    bot = WakingBot(database, clock, Nobody())
    await bot.agenda.load()
    await bot.welcome([1])
    await bot.follows.follow(1, bot.agenda.current.agenda.sessions[0])
    await bot.queue.start()
    running = clock_starting_at(DUE - timedelta(seconds=1))  # only now: a busy machine takes its time until here
    yield bot
    await bot.queue.stop(wait=False)
    await bot.notices.stop()


async def test_it_wakes_at_the_due_moment_of_the_bots_own_clock(bot: WakingBot) -> None:
    await bot.notices.tick()
    assert bot.aims() == 1

    await until(bot.planned_at)

    planned_at = await bot.planned_at()
    assert planned_at is not None
    assert timedelta(0) <= planned_at - DUE < timedelta(seconds=1)
    assert bot.aims() == 0


async def test_there_is_one_aim_and_the_last_counts(bot: WakingBot) -> None:
    for hours in (3, 1, 2, 2):
        bot.wake_up.aim(DUE + timedelta(hours=hours))
        assert bot.aims() == 1
    bot.wake_up.aim(None)
    assert bot.aims() == 0

    bot.wake_up.aim(DUE)
    await until(bot.planned_at)
    bot.wake_up.aim(DUE)
    assert bot.aims() == 1


async def test_what_is_past_wakes_at_once(bot: WakingBot) -> None:
    await bot.follows.set_lead(1, 60)

    bot.wake_up.aim(DUE - timedelta(days=1))

    await until(bot.planned_at)


async def test_a_wake_up_that_a_busy_loop_delays_is_late_and_not_lost(bot: WakingBot) -> None:
    await bot.notices.tick()

    time.sleep(2.2)  # noqa: ASYNC251 - the busy loop; APScheduler's own grace is a second

    await until(bot.planned_at)


async def test_an_agenda_from_another_process_moves_the_aim(bot: WakingBot, tmp_path: Path) -> None:
    await bot.follows.set_lead(1, 60)
    await bot.notices.tick()
    assert bot.aims() == 0
    async with open_database(tmp_path / "ghid.db") as other:
        await publish(other, an_agenda(a_session("talk", starts_at="15:00")), bot.clock)

    await refresh_agenda(BotContext(bot.application))
    await bot.notices.settled()

    (job,) = bot.queue.get_jobs_by_name("wake up")
    assert job.next_t is not None
    hours = (job.next_t - datetime.now(job.next_t.tzinfo)) / timedelta(hours=1)
    assert hours == pytest.approx(3 + 10 / 60, abs=0.01)


async def test_every_recurring_job_may_be_late(bot: WakingBot) -> None:
    register_jobs(bot.application)

    jobs = {job.name: job.job for job in bot.queue.jobs()}

    assert set(jobs) == {
        "refresh agenda",
        "tick notices",
        "watch myself",
        "tell of questions",
        "keep house",
        "write counts",
        "report broadcasts",
    }
    assert {job.misfire_grace_time for job in jobs.values()} == {None}
