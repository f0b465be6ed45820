"""A webhook gets every update, in order, again until the bot takes it."""

import asyncio
from collections.abc import AsyncIterator
from typing import Any

import pytest
from aiohttp import web

from bot.local_telegram import LocalTelegram, Person
from tests.bot.local_telegram.bot_api_client import BotApi


class Bot:
    """A bot's own web server: answers with the statuses it is given, then with 200."""

    def __init__(self) -> None:
        self.statuses: list[int] = []
        self.taken: asyncio.Queue[Any] = asyncio.Queue()
        self.requests: list[web.Request] = []
        self.url = ""

    async def handle(self, request: web.Request) -> web.Response:
        self.requests.append(request)
        update = await request.json()
        status = self.statuses.pop(0) if self.statuses else 200
        if status == 200:
            self.taken.put_nowait(update["message"]["text"])
        return web.Response(status=status)


@pytest.fixture
async def bot() -> AsyncIterator[Bot]:
    bot = Bot()
    app = web.Application()
    app.router.add_post("/hook", bot.handle)
    runner = web.AppRunner(app, access_log=None)
    await runner.setup()
    await web.TCPSite(runner, "127.0.0.1", 0).start()
    bot.url = f"http://127.0.0.1:{runner.addresses[0][1]}/hook"
    yield bot
    await runner.cleanup()


async def test_updates_come_in_order_with_the_secret(bot_api: BotApi, ana: Person, bot: Bot) -> None:
    await ana.sends("before")
    await bot_api("setWebhook", url=bot.url, secret_token="s3cret-_")
    await ana.sends("after")

    assert [await bot.taken.get(), await bot.taken.get()] == ["before", "after"]
    assert {request.headers["X-Telegram-Bot-Api-Secret-Token"] for request in bot.requests} == {"s3cret-_"}
    assert {request.content_type for request in bot.requests} == {"application/json"}


async def test_an_update_is_sent_again_until_the_bot_takes_it(
    bot_api: BotApi, telegram: LocalTelegram, ana: Person, bot: Bot
) -> None:
    bot.statuses = [500, 302]
    await bot_api("setWebhook", url=bot.url)
    await ana.sends("one")
    await ana.sends("two")

    assert [await bot.taken.get(), await bot.taken.get()] == ["one", "two"]
    assert len(bot.requests) == 4
    info = await bot_api("getWebhookInfo")
    assert info["last_error_message"] == "Wrong response from the webhook: 302 Found"
    assert info["pending_update_count"] in {0, 1}


async def test_what_the_bot_does_not_take_stays_pending(bot_api: BotApi, telegram: LocalTelegram, ana: Person) -> None:
    await bot_api("setWebhook", url="http://127.0.0.1:9/", allowed_updates=["message"], max_connections=7)
    await ana.sends("one")
    async with asyncio.timeout(5):
        while "last_error_message" not in (info := await bot_api("getWebhookInfo")):  # noqa: ASYNC110 - seen from outside
            await asyncio.sleep(0)

    assert info["last_error_message"] == "Connection refused"
    assert info["pending_update_count"] == 1
    assert (info["max_connections"], info["allowed_updates"]) == (7, ["message"])
    await bot_api("deleteWebhook")
    assert len(await bot_api("getUpdates")) == 1


async def test_pending_updates_can_be_dropped(bot_api: BotApi, ana: Person, bot: Bot) -> None:
    await ana.sends("old")
    await bot_api("setWebhook", url=bot.url, drop_pending_updates=True)
    await ana.sends("new")

    assert await bot.taken.get() == "new"


@pytest.mark.parametrize(
    ("parameters", "reason"),
    [
        ({"url": "not a url"}, "invalid webhook URL specified"),
        ({"url": "http://127.0.0.1:99999/"}, "invalid webhook URL specified"),
        ({"url": "ftp://127.0.0.1/"}, "bad webhook: An HTTPS URL must be provided for webhook"),
        ({"url": "https://example.com/"}, "bad webhook: the local Telegram delivers to this machine only"),
        ({"url": "http://127.0.0.1/", "secret_token": "a b"}, "secret token contains unallowed characters"),
        ({"url": "http://127.0.0.1/", "secret_token": "a" * 257}, "secret token is too long"),
    ],
)
async def test_a_webhook_that_cannot_be_is_refused(bot_api: BotApi, parameters: dict[str, str], reason: str) -> None:
    assert await bot_api.refusal("setWebhook", **parameters) == (400, f"Bad Request: {reason}")


async def test_the_secret_is_not_in_the_call_log(bot_api: BotApi, telegram: LocalTelegram, bot: Bot) -> None:
    await bot_api("setWebhook", url=f"{bot.url}?{telegram.token}", secret_token="s3cret")

    logged = repr(telegram.calls)
    assert "s3cret" not in logged
    assert telegram.token not in logged
    assert "<token>" in logged
