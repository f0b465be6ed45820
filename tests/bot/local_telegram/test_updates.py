"""Long polling follows Telegram's rules: offsets confirm, polls wait and wake, only one bot polls."""

import asyncio
import time
from typing import Any

import pytest

from bot.local_telegram import LocalTelegram, Person
from tests.bot.local_telegram.bot_api_client import BotApi, form

SECOND_POLLER = (
    409,
    "Conflict: terminated by other getUpdates request; make sure that only one bot instance is running",
)
WEBHOOK_ACTIVE = (
    409,
    "Conflict: can't use getUpdates method while webhook is active; use deleteWebhook to delete the webhook first",
)


async def waiting_poll(telegram: LocalTelegram, poll: Any) -> asyncio.Task[Any]:
    """Start a poll and return its task once it waits on the server."""
    task: asyncio.Task[Any] = asyncio.ensure_future(poll)
    await telegram.state.updates.polled.wait()
    return task


def texts(updates: list[dict[str, Any]]) -> list[str]:
    return [update["message"]["text"] for update in updates]


async def test_an_update_stays_until_a_higher_offset_confirms_it(bot_api: BotApi, ana: Person) -> None:
    await ana.sends("one")
    await ana.sends("two")

    first = await bot_api("getUpdates")
    again = await bot_api("getUpdates", limit=1)
    rest = await bot_api("getUpdates", offset=first[0]["update_id"] + 1)

    assert texts(first) == ["one", "two"]
    assert texts(again) == ["one"]
    assert texts(rest) == ["two"]
    assert await bot_api("getUpdates", offset=first[1]["update_id"] + 1) == []


async def test_a_negative_offset_keeps_only_the_newest(bot_api: BotApi, ana: Person) -> None:
    for text in ("one", "two", "three"):
        await ana.sends(text)

    assert texts(await bot_api("getUpdates", offset=-1)) == ["three"]
    assert texts(await bot_api("getUpdates")) == ["three"]


async def test_a_waiting_poll_wakes_at_once(bot_api: BotApi, telegram: LocalTelegram, ana: Person) -> None:
    poll = await waiting_poll(telegram, bot_api("getUpdates", timeout=30))

    began = time.perf_counter()
    await ana.sends("hello")

    assert texts(await poll) == ["hello"]
    assert time.perf_counter() - began < 1


async def test_a_poll_without_updates_ends_empty_after_its_timeout(bot_api: BotApi, ana: Person) -> None:
    assert await bot_api("getUpdates", timeout=1) == []


async def test_a_second_poller_ends_the_first(bot_api: BotApi, telegram: LocalTelegram, ana: Person) -> None:
    first = await waiting_poll(telegram, bot_api.refusal("getUpdates", timeout=30))
    second = asyncio.ensure_future(bot_api("getUpdates", timeout=30))

    assert await first == SECOND_POLLER
    await ana.sends("hello")
    assert texts(await second) == ["hello"]


async def test_a_webhook_excludes_polling(bot_api: BotApi, telegram: LocalTelegram, ana: Person) -> None:
    poll = await waiting_poll(telegram, bot_api.refusal("getUpdates", timeout=30))

    await bot_api("setWebhook", url="http://127.0.0.1:9/")

    assert await poll == (409, "Conflict: terminated by setWebhook request")
    assert await bot_api.refusal("getUpdates") == WEBHOOK_ACTIVE
    await bot_api("setWebhook", url="")
    assert await bot_api("getUpdates") == []


async def test_only_the_kinds_asked_for_are_queued(bot_api: BotApi, ana: Person) -> None:
    await bot_api("getUpdates", allowed_updates=["my_chat_member"])
    await ana.sends("not wanted")
    ana.blocks().unblocks()

    updates = await bot_api("getUpdates")

    assert [update["my_chat_member"]["new_chat_member"]["status"] for update in updates] == ["kicked", "member"]
    await bot_api("getUpdates", offset=updates[-1]["update_id"] + 1, allowed_updates=[])
    await ana.sends("wanted again")
    assert texts(await bot_api("getUpdates")) == ["wanted again"]


async def test_odd_updates_pass_as_they_are(bot_api: BotApi, telegram: LocalTelegram) -> None:
    odd = {"update_id": 7, "something_new": {"a": 1}}
    telegram.push_update(odd)
    next_id = telegram.push_update({"poll_answer": {}})

    updates = await bot_api("getUpdates")

    assert updates[0] == odd
    assert updates[1] == {"update_id": next_id, "poll_answer": {}}


@pytest.mark.parametrize("encoding", ["query", "form", "json", "multipart"])
async def test_parameters_come_in_every_encoding(bot_api: BotApi, ana: Person, encoding: str) -> None:
    given = {"chat_id": str(ana.id), "text": "жук", "reply_markup": '{"inline_keyboard":[]}', "protect_content": "1"}
    url, session = bot_api.url("SendMessage"), bot_api.session
    requests = {
        "query": lambda: session.get(url, params=given),
        "form": lambda: session.post(url, data=given),
        "json": lambda: session.post(url, json=given),
        "multipart": lambda: session.post(url, data=form(**given)),
    }

    async with requests[encoding]() as response:
        answer = await response.json()

    assert answer["result"]["text"] == "жук"
    assert answer["result"]["has_protected_content"]
