"""A thousand messages a second from one chat, beside others who ask as always: the flood waits for itself alone."""

from __future__ import annotations

import asyncio
import statistics
import time
from collections.abc import Callable, Sequence
from pathlib import Path

from bot.local_telegram import Person
from tests.scenarios.conversation import a_conversation

MESSAGES, BURSTS, SECONDS = 1_000, 10, 1.0  # a burst is twice what may wait of one chat
QUESTIONS = ("when does Cosnita speak?", "/now", "what is next?", "where is the venue?", "/speakers")
SLOWER = 12  # times, at the most, in the mean: it is two to three; in one queue with the flood it is 23 and more


async def floods(person: Person) -> float:
    """Send all messages within a second, in bursts; return how long that took."""
    began = time.perf_counter()
    for burst in range(BURSTS):
        for number in range(MESSAGES // BURSTS):
            await person.sends(QUESTIONS[number % len(QUESTIONS)])
        until = began + SECONDS * (burst + 1) / BURSTS
        await asyncio.sleep(max(0.0, until - time.perf_counter()))  # the pace is the flood's own
    return time.perf_counter() - began


async def asked_in_turn(people: Sequence[Person], goes_on: Callable[[int], bool]) -> list[float]:
    """Let one after another ask as long as it goes on; return how long each answer took."""
    took: list[float] = []
    while goes_on(len(took)):
        person = people[len(took) % len(people)]
        question = QUESTIONS[len(took) // len(people) % len(QUESTIONS)]
        began = time.perf_counter()
        await person.asks(question, timeout=30)
        took.append(time.perf_counter() - began)
    return took


async def test_a_thousand_messages_a_second_from_one_chat_slow_down_that_chat_alone(tmp_path: Path) -> None:
    async with a_conversation(tmp_path) as conversation:
        flooder, *others = [conversation.person("en") for _ in range(6)]
        async with conversation.ghid() as bot:
            for person in (flooder, *others):
                await person.asks("/start")
            await asked_in_turn(others, lambda asked: asked < 25)  # what is read at the first use is read
            before = await asked_in_turn(others, lambda asked: asked < 100)

            flood = asyncio.create_task(floods(flooder))
            beside = await asked_in_turn(others, lambda asked: asked < 25 or not flood.done())
            assert await flood < 2 * SECONDS
            await bot.intake.idle()
            after = await asked_in_turn(others, lambda asked: asked < 100)

        quiet = max(statistics.mean(before), statistics.mean(after))
        assert statistics.mean(beside) <= SLOWER * quiet
        asked = 25 + len(before) + len(beside) + len(after)
        assert sum(len(person.replies) for person in others) == len(others) + asked
        assert len(flooder.replies) < 1 + MESSAGES, "what goes beyond the cap is dropped"
        assert bot.intake.waiting == 0
