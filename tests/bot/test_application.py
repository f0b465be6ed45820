"""Starting and stopping: Telegram out of reach, unwilling for a while, or refusing the token for good."""

from __future__ import annotations

import asyncio
import json
import os
import signal
import socket
from collections.abc import AsyncIterator
from pathlib import Path

import aiohttp
import pytest
from aiohttp import web
from aiohttp.test_utils import TestServer
from pydantic import SecretStr
from telegram.error import InvalidToken

from bot.application import run, running_bot
from bot.settings import Settings
from bot.storage import inbox
from bot.storage.database import open_database
from tests.bot.bot_api import BotApi, message_update, refusal

SECRET = "a-secret-of-the-webhook"


def free_port() -> int:
    with socket.socket() as listening:
        listening.bind(("127.0.0.1", 0))
        return int(listening.getsockname()[1])


def settings(folder: Path, api_url: str, *, webhook_url: str | None = None, port: int | None = None) -> Settings:
    return Settings(
        telegram_bot_token=SecretStr("424242:a-token-that-only-this-test-knows-of"),
        telegram_api_url=api_url,
        database_path=folder / "ghid.db",
        webhook_url=webhook_url,
        webhook_secret=SecretStr(SECRET) if webhook_url else None,
        port=port,
    )


@pytest.fixture
async def api() -> AsyncIterator[BotApi]:
    api = BotApi()
    app = web.Application()
    app.router.add_route("*", "/bot{token}/{method}", api.handle)
    async with TestServer(app) as server:
        api.url = str(server.make_url("")).rstrip("/")
        yield api


@pytest.mark.parametrize("path", ["", "/telegram", "/healthz"])
async def test_a_webhook_takes_updates_at_its_path_beside_the_health_page(
    api: BotApi, tmp_path: Path, path: str
) -> None:
    port = free_port()
    public = f"http://ghid.example.org{path}"
    async with running_bot(settings(tmp_path, api.url, webhook_url=public, port=port)), aiohttp.ClientSession() as web_:
        (registered,) = await api.until(1, "setWebhook")
        posted = await web_.post(
            f"http://127.0.0.1:{port}{path}",
            json=message_update(1, text="/help"),
            headers={"X-Telegram-Bot-Api-Secret-Token": SECRET},
        )
        await api.until(1)
        health = await web_.get(f"http://127.0.0.1:{port}/healthz")

    assert (registered.parameters["url"], registered.parameters["secret_token"]) == (public, SECRET)
    assert (posted.status, health.status) == (200, 200)


async def test_a_webhook_that_telegram_takes_only_later_does_not_end_the_bot(api: BotApi, tmp_path: Path) -> None:
    api.answers["setWebhook"].append(refusal(429, "Too Many Requests: retry after 1", retry_after=1))
    wanted = settings(tmp_path, api.url, webhook_url="http://ghid.example.org/telegram", port=free_port())
    async with running_bot(wanted) as bot:
        await api.until(2, "setWebhook")

        assert not bot.failure.done()


async def test_a_start_waits_as_long_as_telegram_asks_for(api: BotApi, tmp_path: Path) -> None:
    api.answers["getMe"].append(refusal(429, "Too Many Requests: retry after 1", retry_after=1))

    async with running_bot(settings(tmp_path, api.url)):
        assert len(api.called("getMe")) == 2


async def test_the_health_page_answers_while_telegram_is_out_of_reach_and_a_stop_ends_the_waiting(
    tmp_path: Path,
) -> None:
    port, nobody = free_port(), free_port()
    waiting = asyncio.create_task(run(settings(tmp_path, f"http://127.0.0.1:{nobody}", port=port)))
    async with aiohttp.ClientSession() as session, asyncio.timeout(10):
        while True:
            try:
                health = await session.get(f"http://127.0.0.1:{port}/healthz")
                break
            except aiohttp.ClientConnectorError:
                await asyncio.sleep(0.01)
        problems = json.loads(await health.text())["problems"]
        os.kill(os.getpid(), signal.SIGTERM)
        await waiting

    assert (health.status, problems) == (503, ["updates are not accepted"])


async def test_a_refused_token_ends_the_start_and_leaves_nothing_open(api: BotApi, tmp_path: Path) -> None:
    api.answers["getMe"].append(refusal(401, "Unauthorized"))

    with pytest.raises(InvalidToken):
        await run(settings(tmp_path, api.url))


async def test_a_token_refused_later_ends_the_run(api: BotApi, tmp_path: Path) -> None:
    api.answers["getUpdates"].append(refusal(401, "Unauthorized"))

    with pytest.raises(InvalidToken):
        await run(settings(tmp_path, api.url))


async def test_what_was_at_work_when_the_token_was_revoked_is_answered_after_the_restart(
    api: BotApi, tmp_path: Path
) -> None:
    api.answers["sendMessage"].append(refusal(401, "Unauthorized"))
    running = asyncio.create_task(run(settings(tmp_path, api.url)))
    await api.deliver(message_update(7, text="/help"))
    await api.until(1)
    api.answers["getUpdates"].append(refusal(401, "Unauthorized"))
    await api.deliver(message_update(8, chat_id=2, text="/help"))
    with pytest.raises(InvalidToken):
        await running
    async with open_database(tmp_path / "ghid.db") as database:
        kept = [item.update_id for item in await inbox.waiting_updates(database.reader)]
        assert await inbox.set_aside_updates(database.reader) == []

    async with running_bot(settings(tmp_path, api.url)):
        await api.until(3)

    assert 7 in kept
    answered = [call.parameters["chat_id"] for call in api.called("sendMessage")[1:]]
    assert sorted(answered) == ["1", "2"]
