"""A real process with 200 updates at hand is killed, started again, and nobody stays without an answer."""

from __future__ import annotations

import asyncio
import signal
import sys
from collections import Counter, defaultdict
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path

import pytest

from bot.storage import inbox
from bot.storage.database import open_database
from tests.bot.bot_api import BotApi, bot_api, message_update

ROOT = Path(__file__).parents[2]
UPDATES, CHATS, WORKERS = 200, 20, 8


@asynccontextmanager
async def program(api: BotApi, path: Path) -> AsyncIterator[asyncio.subprocess.Process]:
    process = await asyncio.create_subprocess_exec(
        sys.executable, "-m", "tests.bot.intake_program", api.url, str(path), str(WORKERS), cwd=ROOT
    )
    try:
        yield process
    finally:
        if process.returncode is None:
            process.kill()
        await process.wait()


@pytest.mark.parametrize("answers_before", [90, pytest.param(1, marks=pytest.mark.soak)])
async def test_a_killed_process_loses_no_update_keeps_each_chat_s_order_and_repeats_few(
    tmp_path: Path, answers_before: int
) -> None:
    path = tmp_path / "ghid.db"
    async with bot_api() as api:
        await api.deliver(*(message_update(n, chat_id=n % CHATS, text=str(n)) for n in range(1, UPDATES + 1)))
        async with program(api, path) as process:
            await api.until(answers_before)
            process.send_signal(signal.SIGKILL)
            assert await process.wait() == -signal.SIGKILL
        before = [int(call.parameters["text"]) for call in api.called("sendMessage")]
        assert len(before) < UPDATES, "killed too late to tell anything"
        async with program(api, path) as process:
            async with asyncio.timeout(20):
                while len(answered(api)) < UPDATES:
                    await api.until(len(api.called("sendMessage")) + 1)
            process.send_signal(signal.SIGTERM)
            async with asyncio.timeout(10):
                assert await process.wait() == 0
    answers = Counter(answered(api, every=True))
    assert set(answers) == set(range(1, UPDATES + 1)), "lost"
    repeated = [number for number, times in answers.items() if times > 1]
    assert len(repeated) <= WORKERS
    assert set(repeated) <= set(before)
    first: dict[int, list[int]] = defaultdict(list)
    for number in dict.fromkeys(answered(api, every=True)):
        first[number % CHATS].append(number)
    assert all(numbers == sorted(numbers) for numbers in first.values()), "order"
    async with open_database(path) as database:
        assert await inbox.figures(database.reader) == inbox.InboxFigures(0, None, 0)


@pytest.mark.soak
async def test_an_update_that_kills_its_process_is_set_aside_after_five_deaths_and_all_others_are_answered(
    tmp_path: Path,
) -> None:
    path = tmp_path / "ghid.db"
    async with bot_api() as api:
        await api.deliver(message_update(1, chat_id=1, text="die"))
        await api.deliver(*(message_update(n, chat_id=n % CHATS, text=str(n)) for n in range(2, UPDATES + 1)))
        for _ in range(5):
            async with program(api, path) as process:
                assert await asyncio.wait_for(process.wait(), timeout=20) == -signal.SIGKILL
        async with program(api, path) as process:
            async with asyncio.timeout(20):
                while len(answered(api)) < UPDATES - 1:
                    await api.until(len(api.called("sendMessage")) + 1)
            process.send_signal(signal.SIGTERM)
            async with asyncio.timeout(10):
                assert await process.wait() == 0
    assert set(answered(api)) == set(range(2, UPDATES + 1))
    async with open_database(path) as database:
        assert [row.item.update_id for row in await inbox.set_aside_updates(database.reader)] == [1]


def answered(api: BotApi, *, every: bool = False) -> list[int]:
    numbers = [int(call.parameters["text"]) for call in api.called("sendMessage")]
    return numbers if every else list(set(numbers))
