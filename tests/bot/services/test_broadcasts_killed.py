"""A broadcast whose process is killed: nobody is missed, few are told twice, the numbers add up."""

from __future__ import annotations

import asyncio
import signal
import sys
from collections import Counter
from datetime import timedelta
from pathlib import Path

import pytest

from bot.broadcasts import BroadcastDraft, BroadcastState
from bot.clock import system_clock
from bot.models import Attendee
from bot.services.agenda import AgendaService
from bot.services.broadcasts import BroadcastService
from bot.storage.attendees import save_attendee
from bot.storage.database import Database, open_database
from tests.bot.bot_api import bot_api, refusal
from tests.bot.services.station import AGENDA, AUTHOR, adds_up
from tests.bot.waking_bot import publish

ROOT = Path(__file__).parents[3]
PEOPLE, WORKERS, BLOCKED = 200, 4, 5


async def confirm(path: Path) -> None:
    """Write a broadcast to everybody that was due a moment ago and has no rows yet."""
    async with open_database(path) as database:
        await publish(database, AGENDA, system_clock)
        today = system_clock().date()
        async with database.transaction() as connection:
            for number in range(1, PEOPLE + 1):
                await save_attendee(connection, Attendee(number, first_seen_on=today, last_seen_on=today))
        service = await broadcasts(database)
        draft = BroadcastDraft({"en": "Lunch"}, urgent=True, send_at=system_clock() + timedelta(milliseconds=50))
        broadcast = await service.confirm(draft, AUTHOR, draft_key="draft")
        assert broadcast.state is BroadcastState.SCHEDULED


async def broadcasts(database: Database) -> BroadcastService:
    agenda = AgendaService(database, system_clock)
    await agenda.load()
    return BroadcastService(database, system_clock, agenda, ("en",))


@pytest.mark.soak  # in `make test` the broadcast to very many is killed once
@pytest.mark.parametrize("killed_after", [(40,), (40, 100)])
async def test_a_killed_process_misses_nobody_and_repeats_at_most_one_message_a_worker(
    tmp_path: Path, killed_after: tuple[int, ...]
) -> None:
    path = tmp_path / "rows.db"
    await confirm(path)
    async with bot_api() as api:
        program = [sys.executable, "-m", "tests.bot.services.broadcast_program", api.url, str(path), str(WORKERS)]
        api.answers["sendMessage"].extend([refusal(403, "Forbidden: bot was blocked by the user")] * BLOCKED)
        for messages in killed_after:
            process = await asyncio.create_subprocess_exec(*program, cwd=ROOT)
            await api.until(messages)
            process.send_signal(signal.SIGKILL)
            assert await process.wait() == -signal.SIGKILL
            assert len(api.called("sendMessage")) < PEOPLE, "killed too late to tell anything"
        process = await asyncio.create_subprocess_exec(*program, cwd=ROOT)
        async with asyncio.timeout(20):
            assert await process.wait() == 0
    times = Counter(int(call.parameters["chat_id"]) for call in api.called("sendMessage"))
    assert set(times) == set(range(1, PEOPLE + 1)), "missed"
    assert sum(times.values()) - PEOPLE <= WORKERS * len(killed_after)

    async with open_database(path) as database:
        service = await broadcasts(database)
        (ended,) = await service.finished()
        progress = await service.progress(ended.id)
    assert ended.state is BroadcastState.DONE
    assert (progress.total, progress.sent, progress.blocked) == (PEOPLE, PEOPLE - BLOCKED, BLOCKED)
    assert adds_up(progress)
