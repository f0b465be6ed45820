"""A broadcast to very many people on a bad day, its process killed midway: nobody is missed, the numbers add up."""

from __future__ import annotations

import asyncio
import signal
import sys
from datetime import timedelta
from pathlib import Path

import pytest

from bot.broadcasts import BroadcastDraft, BroadcastState
from bot.clock import system_clock
from bot.services.agenda import AgendaService
from bot.services.broadcasts import BroadcastService
from bot.storage.database import Database, open_database
from tests.bot.services.bad_day import ANSWER_LOST, BLOCKED_EVERY, NOT_TAKEN, RESET, a_bad_day
from tests.bot.services.station import AGENDA, AUTHOR, adds_up
from tests.bot.waking_bot import publish

ROOT = Path(__file__).parents[3]
WORKERS, CRASHES = 8, 1
LIFTED_RATE = 1e6


async def broadcasts(database: Database) -> BroadcastService:
    agenda = AgendaService(database, system_clock)
    await agenda.load()
    return BroadcastService(database, system_clock, agenda, ("en",))


async def confirm(path: Path, people: int) -> None:
    """Let everybody have written once, and confirm a broadcast to them that is due in a moment."""
    async with open_database(path) as database:
        await publish(database, AGENDA, system_clock)
        today = system_clock().date().isoformat()
        async with database.transaction() as connection:
            await connection.executemany(
                "INSERT INTO attendees (chat_id, language, language_chosen, first_seen_on, last_seen_on)"
                " VALUES (?, 'en', 1, ?, ?)",
                [(number, today, today) for number in range(1, people + 1)],
            )
        draft = BroadcastDraft({"en": "Lunch"}, urgent=True, send_at=system_clock() + timedelta(milliseconds=50))
        await (await broadcasts(database)).confirm(draft, AUTHOR, draft_key="draft")


@pytest.mark.slow
@pytest.mark.parametrize("people", [1_400, pytest.param(10_000, marks=pytest.mark.soak)])
async def test_nobody_is_missed_and_few_are_told_twice(tmp_path: Path, people: int) -> None:
    path = tmp_path / "rows.db"
    blocked = people // BLOCKED_EVERY
    await confirm(path, people)
    async with a_bad_day() as (url, day), asyncio.timeout(240):
        program = [sys.executable, "-m", "tests.bot.services.broadcast_program", url, str(path), str(WORKERS)]
        first = await asyncio.create_subprocess_exec(*program, str(LIFTED_RATE), cwd=ROOT)
        await day.until(people // 2)
        first.send_signal(signal.SIGKILL)
        assert await first.wait() == -signal.SIGKILL
        assert day.taken.total() < people - blocked, "killed too late to tell anything"
        second = await asyncio.create_subprocess_exec(*program, str(LIFTED_RATE), cwd=ROOT)
        assert await second.wait() == 0

    told = set(day.taken)
    assert told == {number for number in range(1, people + 1) if number % BLOCKED_EVERY}, "missed, or told though gone"
    assert day.taken.total() - len(told) <= WORKERS * CRASHES + day.lost
    assert day.refused.total() - len(day.refused) <= WORKERS * CRASHES, "whoever blocked the bot is left alone"
    faults = [number for number in (*NOT_TAKEN, *RESET, *ANSWER_LOST) if number <= people]
    assert day.calls > max(faults), "not every fault struck"
    assert day.faults.total() == sum(number not in ANSWER_LOST for number in faults)

    async with open_database(path) as database:
        service = await broadcasts(database)
        (ended,) = await service.finished()
        progress = await service.progress(ended.id)
    assert ended.state is BroadcastState.DONE
    assert (progress.total, progress.sent, progress.blocked) == (people, people - blocked, blocked)
    assert (progress.failed, progress.expired, progress.cancelled) == (0, 0, 0)
    assert adds_up(progress)
