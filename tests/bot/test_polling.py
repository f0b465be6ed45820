"""The poll loop against a real HTTP server with Telegram's offset rule."""

from __future__ import annotations

import asyncio
import json
from collections.abc import AsyncIterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from telegram import Update
from telegram.error import InvalidToken
from telegram.ext import TypeHandler

from bot.intake.intake import Intake
from bot.intake.polling import Polling
from bot.storage import inbox
from bot.storage.database import Database, open_database
from tests.bot.bot_api import TOKEN, AnyApplication, BotApi, bot_api, message_update, refusal, running_application

NOW = datetime(2023, 11, 22, 8, 5, tzinfo=UTC)
SOON = timedelta(milliseconds=1)


class Clock:
    """Stands still until it is set."""

    def __init__(self) -> None:
        self.now = NOW

    def __call__(self) -> datetime:
        return self.now


@pytest.fixture
async def api() -> AsyncIterator[BotApi]:
    async with bot_api() as running:
        yield running


@pytest.fixture
async def application(api: BotApi) -> AsyncIterator[AnyApplication]:
    async with running_application(api.url) as running:
        yield running


@pytest.fixture
async def database(tmp_path: Path) -> AsyncIterator[Database]:
    async with open_database(tmp_path / "ghid.db") as opened:
        yield opened


@pytest.fixture
async def intake(application: AnyApplication, database: Database) -> AsyncIterator[Intake]:
    intake = Intake(application, database)
    await intake.start()
    yield intake
    await intake.stop()


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
def polling(application: AnyApplication, intake: Intake, clock: Clock) -> Polling:
    return Polling(
        application.bot,
        intake,
        allowed_updates=["message", "callback_query"],
        clock=clock,
        wait=timedelta(seconds=1),
        shortest_pause=SOON,
        longest_pause=SOON,
    )


class Heard:
    """The texts handled, to wait for."""

    def __init__(self, application: AnyApplication) -> None:
        self.texts: list[str] = []
        self._more = asyncio.Event()
        application.add_handler(TypeHandler(Update, self))

    async def __call__(self, update: Update, _: object) -> None:
        assert update.message is not None
        self.texts.append(update.message.text or "")
        self._more.set()

    async def until(self, count: int) -> list[str]:
        async with asyncio.timeout(10):
            while len(self.texts) < count:
                self._more.clear()
                await self._more.wait()
        return self.texts


@pytest.fixture
async def heard(application: AnyApplication) -> Heard:
    return Heard(application)


@pytest.fixture
async def run(polling: Polling) -> AsyncIterator[asyncio.Task[None]]:
    task = asyncio.create_task(polling.run())
    yield task
    task.cancel()
    await asyncio.gather(task, return_exceptions=True)


async def test_updates_are_handled_and_only_then_confirmed(
    api: BotApi, heard: Heard, run: asyncio.Task[None], database: Database
) -> None:
    await api.deliver(*(message_update(number, chat_id=number % 10, text=str(number)) for number in range(1, 251)))
    assert sorted(await heard.until(250), key=int) == [str(number) for number in range(1, 251)]
    await api.until(4, "getUpdates")
    assert api.offsets[:4] == [None, 101, 201, 251]
    assert api.called("deleteWebhook")
    asked = api.called("getUpdates")[0].parameters
    assert json.loads(asked["allowed_updates"]) == ["message", "callback_query"]
    assert (asked["limit"], asked["timeout"]) == ("100", "1")


async def test_after_a_restart_what_telegram_delivers_again_is_not_handled_again(
    api: BotApi, heard: Heard, application: AnyApplication, intake: Intake
) -> None:
    await api.deliver(message_update(1, text="once"))
    await intake.accept([message_update(1, text="once")])  # committed, then the process ended before it could confirm
    await intake.idle()
    polling = Polling(application.bot, intake, allowed_updates=["message"], wait=timedelta(seconds=1))
    task = asyncio.create_task(polling.run())
    await api.deliver(message_update(2, text="new"))
    await heard.until(2)
    task.cancel()
    assert heard.texts == ["once", "new"]


async def test_smaller_ids_after_a_quiet_week_are_not_confirmed_unseen(
    api: BotApi, heard: Heard, clock: Clock, run: asyncio.Task[None]
) -> None:
    await api.deliver(message_update(900_000, text="before"))
    await heard.until(1)
    await api.until(2, "getUpdates")
    clock.now = NOW + timedelta(days=7)
    asked = len(api.offsets)
    await api.until(asked + 1, "getUpdates")
    await api.deliver(message_update(17, text="after"))
    assert await heard.until(2) == ["before", "after"]
    assert api.offsets[asked] is None


@pytest.mark.parametrize(
    "trouble",
    [
        refusal(500, "Internal Server Error"),
        refusal(429, "Too Many Requests: retry after 0", retry_after=0),
        (200, b"<html>not Telegram</html>"),
        (200, b'{"ok":true,"result":true}'),
    ],
)
async def test_trouble_is_sat_out(api: BotApi, heard: Heard, polling: Polling, trouble: tuple[int, bytes]) -> None:
    api.answers["deleteWebhook"].append(trouble)
    api.answers["getUpdates"] += [trouble, trouble]
    await api.deliver(message_update(1, text="hello"))
    task = asyncio.create_task(polling.run())
    assert await heard.until(1) == ["hello"]
    task.cancel()


async def test_a_second_program_with_the_token_is_named_in_the_log(
    api: BotApi, heard: Heard, polling: Polling, caplog: pytest.LogCaptureFixture
) -> None:
    api.answers["getUpdates"].append(refusal(409, "Conflict: terminated by other getUpdates request"))
    await api.deliver(message_update(1, text="hello"))
    task = asyncio.create_task(polling.run())
    await heard.until(1)
    task.cancel()
    assert "Another program receives this bot's updates" in caplog.text


async def test_a_refused_token_ends_it_with_a_clear_error(
    api: BotApi, polling: Polling, caplog: pytest.LogCaptureFixture
) -> None:
    api.answers["getUpdates"].append(refusal(401, "Unauthorized"))
    with pytest.raises(InvalidToken, match="TELEGRAM_BOT_TOKEN"):
        await polling.run()
    assert "BotFather" in caplog.text
    assert TOKEN not in caplog.text


async def test_what_cannot_be_committed_is_not_confirmed(
    api: BotApi, heard: Heard, polling: Polling, intake: Intake, database: Database
) -> None:
    async with database.transaction() as connection:
        await connection.execute("ALTER TABLE accepted_updates RENAME TO hidden")
    await api.deliver(message_update(1, text="hello"))
    task = asyncio.create_task(polling.run())
    await api.until(2, "getUpdates")
    assert api.offsets[:2] == [None, None]
    assert api.unconfirmed == 1
    async with database.transaction() as connection:
        await connection.execute("ALTER TABLE hidden RENAME TO accepted_updates")
    assert await heard.until(1) == ["hello"]
    task.cancel()


async def test_a_full_intake_is_not_brought_more(api: BotApi, application: AnyApplication, database: Database) -> None:
    gate, started = asyncio.Event(), asyncio.Event()

    async def wait(_: object, __: object) -> None:
        started.set()
        await gate.wait()

    application.add_handler(TypeHandler(Update, wait))
    intake = Intake(application, database, capacity=100)
    await intake.start()
    await api.deliver(*(message_update(number, chat_id=number) for number in range(1, 151)))
    polling = Polling(application.bot, intake, allowed_updates=["message"], wait=timedelta(seconds=1))
    task = asyncio.create_task(polling.run())
    await started.wait()
    assert intake.full
    assert len(await inbox.waiting_updates(database.reader)) == 100
    assert len(api.offsets) == 1
    gate.set()
    await api.until(2, "getUpdates")
    task.cancel()
    await intake.stop()
