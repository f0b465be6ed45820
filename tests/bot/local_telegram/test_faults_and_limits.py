"""Bad days on request: lost answers, resets, delays, wrong answers and floods."""

import asyncio
import time
from itertools import count

import aiohttp
import pytest

from bot.local_telegram import Fault, LocalTelegram, Person
from bot.local_telegram.limits import FloodLimiter
from tests.bot.local_telegram.bot_api_client import BotApi


async def test_a_reset_comes_before_anything_is_done(bot_api: BotApi, telegram: LocalTelegram, ana: Person) -> None:
    telegram.faults.next("sendMessage", Fault(reset=True))

    with pytest.raises(aiohttp.ClientOSError):
        await bot_api("sendMessage", chat_id=ana.id, text="a")

    assert ana.replies == []
    assert telegram.calls[-1].description == "connection reset by a scheduled fault"
    await bot_api("sendMessage", chat_id=ana.id, text="a")


async def test_a_lost_answer_comes_after_everything_is_done(
    bot_api: BotApi, telegram: LocalTelegram, ana: Person
) -> None:
    telegram.faults.next("sendMessage", Fault(answer_lost=True))

    with pytest.raises((aiohttp.ClientOSError, aiohttp.ServerDisconnectedError)):
        await bot_api("sendMessage", chat_id=ana.id, text="a")

    assert len(ana.replies) == 1


async def test_wrong_answers_come_as_given(bot_api: BotApi, telegram: LocalTelegram, ana: Person) -> None:
    telegram.faults.next("sendMessage", Fault(retry_after=3), times=2)
    telegram.faults.next("sendMessage", Fault(status=502, body="<html>"))

    for _ in range(2):
        refusal = await bot_api.refusal("sendMessage", chat_id=ana.id, text="a")
        assert refusal == (429, "Too Many Requests: retry after 3")
    async with bot_api.session.post(bot_api.url("sendMessage"), json={}) as response:
        assert (response.status, await response.text()) == (502, "<html>")
    assert ana.replies == []


async def test_a_fault_can_wait_for_one_chat(bot_api: BotApi, telegram: LocalTelegram, ana: Person) -> None:
    olena = telegram.people[1]
    await olena.sends("/start")
    telegram.faults.next("sendMessage", Fault(status=500), chat_id=olena.id)

    await bot_api("sendMessage", chat_id=ana.id, text="a")

    assert await bot_api.refusal("sendMessage", chat_id=olena.id, text="a") == (500, "Internal Server Error")


async def test_a_delay_holds_one_answer_and_not_the_others(
    bot_api: BotApi, telegram: LocalTelegram, ana: Person
) -> None:
    telegram.faults.next("sendMessage", Fault(seconds=0.2))

    began = time.perf_counter()
    slow = asyncio.ensure_future(bot_api("sendMessage", chat_id=ana.id, text="slow"))
    await bot_api("getMe")
    quick = time.perf_counter() - began
    await slow

    assert quick < 0.2 <= time.perf_counter() - began


async def test_limits_are_off_until_enabled(bot_api: BotApi, telegram: LocalTelegram, ana: Person) -> None:
    for _ in range(40):
        await bot_api("sendMessage", chat_id=ana.id, text="a")
    telegram.limits.enabled = True
    telegram.limits.clock = lambda: 100.0
    for _ in range(3):
        await bot_api("sendMessage", chat_id=ana.id, text="a")

    async with bot_api.session.post(bot_api.url("sendMessage"), json={"chat_id": ana.id, "text": "a"}) as response:
        answer = await response.json()

    assert response.status == 429
    assert answer["parameters"] == {"retry_after": 1}


def test_a_chat_takes_a_burst_and_then_one_a_second() -> None:
    moments = iter([0, 0, 0, 0, 0.5, 1.0, 1.1])
    limiter = FloodLimiter(enabled=True, clock=lambda: float(next(moments)))

    refused = [limiter.check("sendMessage", 1) is not None for _ in range(7)]

    assert refused == [False, False, False, True, True, False, True]


def test_all_chats_together_take_thirty_a_second() -> None:
    limiter = FloodLimiter(enabled=True, clock=lambda: 5.0)
    chats = count(1)

    refused = [limiter.check("sendMessage", next(chats)) is not None for _ in range(31)]

    assert refused == [False] * 30 + [True]


def test_answers_to_presses_are_not_counted() -> None:
    limiter = FloodLimiter(enabled=True, clock=lambda: 5.0)

    assert not any(limiter.check("answerCallbackQuery", 1) for _ in range(100))
