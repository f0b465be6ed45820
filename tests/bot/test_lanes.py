"""Lanes alone: order within a chat, chats side by side, a bound on the work."""

from __future__ import annotations

import asyncio
from collections import defaultdict
from collections.abc import Callable
from datetime import timedelta

import pytest

from bot.intake.lanes import Handle, Lanes, Retry
from bot.models import InboxItem

SOON = timedelta(milliseconds=1)


def item(update_id: int, chat_id: int | None, deaths: int = 0) -> InboxItem:
    return InboxItem(update_id, chat_id, "{}", 1, deaths)


def lanes_for(handle: Handle, workers: int) -> Lanes:
    return Lanes(handle, workers, hurry=lambda: None)


class Desk:
    """Notes who starts and ends; a gate a chat keeps its handler waiting."""

    def __init__(self) -> None:
        self.started: list[int] = []
        self.ended: list[int] = []
        self.gates: dict[int | None, asyncio.Event] = {}
        self.at_work = self.most_at_work = 0
        self.retries: dict[int, int] = defaultdict(int)
        self.moved = asyncio.Event()

    async def handle(self, one: InboxItem) -> Retry | None:
        self.started.append(one.update_id)
        self.moved.set()
        self.at_work += 1
        self.most_at_work = max(self.most_at_work, self.at_work)
        try:
            await asyncio.sleep(0)
            if one.chat_id in self.gates:
                await self.gates[one.chat_id].wait()
        finally:
            self.at_work -= 1
        if self.retries[one.update_id]:
            self.retries[one.update_id] -= 1
            return Retry(one, SOON)
        self.ended.append(one.update_id)
        self.moved.set()
        return None

    async def until(self, condition: Callable[[], bool]) -> None:
        async with asyncio.timeout(5):
            while not condition():
                self.moved.clear()
                await self.moved.wait()

    def close(self, *chats: int) -> None:
        for chat in chats:
            self.gates[chat] = asyncio.Event()


async def test_a_chat_keeps_its_order_whatever_the_others_do() -> None:
    desk = Desk()
    lanes = lanes_for(desk.handle, workers=7)
    for number in range(1000):
        lanes.add(item(number, number % 23))
    await lanes.idle()
    by_chat: dict[int, list[int]] = defaultdict(list)
    for number in desk.ended:
        by_chat[number % 23].append(number)
    assert len(desk.ended) == 1000
    assert all(numbers == sorted(numbers) for numbers in by_chat.values())


async def test_no_more_handlers_work_at_once_than_there_are_workers() -> None:
    desk = Desk()
    lanes = lanes_for(desk.handle, workers=5)
    for number in range(100):
        lanes.add(item(number, number))
    await lanes.idle()
    assert desk.most_at_work == 5


async def test_a_flooding_chat_waits_for_itself_only() -> None:
    desk = Desk()
    desk.close(0)
    lanes = lanes_for(desk.handle, workers=2)
    for number in range(400):
        lanes.add(item(number, 0))
    for number in range(400, 450):
        lanes.add(item(number, number))
    await desk.until(lambda: len(desk.ended) >= 50)
    assert desk.ended == list(range(400, 450))
    assert desk.started[0] == 0
    assert 1 not in desk.started
    desk.gates[0].set()
    await lanes.idle()
    assert desk.ended[50:] == list(range(400))


async def test_lanes_take_turns_when_all_are_quick() -> None:
    desk = Desk()
    lanes = lanes_for(desk.handle, workers=1)
    for number in range(10):
        lanes.add(item(number, 0))
    lanes.add(item(99, 9))
    await lanes.idle()
    assert desk.ended.index(99) <= 1


async def test_a_lane_that_tries_again_keeps_its_order_and_no_worker() -> None:
    desk = Desk()
    desk.retries[1] = 3
    lanes = lanes_for(desk.handle, workers=1)
    for number in (1, 2):
        lanes.add(item(number, 1))
    lanes.add(item(3, 3))
    await lanes.idle()
    assert desk.started == [1, 3, 1, 1, 1, 2]
    assert desk.ended == [3, 1, 2]


async def test_an_error_of_our_own_ends_neither_lane_nor_worker(caplog: pytest.LogCaptureFixture) -> None:
    desk = Desk()

    async def handle(one: InboxItem) -> Retry | None:
        if one.update_id == 1:
            raise RuntimeError("ours")
        return await desk.handle(one)

    lanes = lanes_for(handle, workers=1)
    for number in (1, 2):
        lanes.add(item(number, 1))
    await lanes.idle()
    assert desk.ended == [2]
    assert "Update 1 could not be handled" in caplog.text


async def test_a_stop_waits_for_those_at_work_and_starts_nothing_more() -> None:
    desk = Desk()
    desk.close(1)
    lanes = lanes_for(desk.handle, workers=1)
    for number in (1, 2):
        lanes.add(item(number, 1))
    await desk.until(lambda: bool(desk.started))
    stop = asyncio.create_task(lanes.stop(timedelta(seconds=30)))
    await asyncio.sleep(0)
    desk.gates[1].set()
    await stop
    assert desk.ended == [1]


async def test_a_stop_cancels_a_handler_that_outlives_its_grace(caplog: pytest.LogCaptureFixture) -> None:
    desk = Desk()
    desk.close(1)
    lanes = lanes_for(desk.handle, workers=1)
    lanes.add(item(1, 1))
    await desk.until(lambda: bool(desk.started))
    await lanes.stop(SOON)
    assert desk.ended == []
    assert desk.at_work == 0
    assert "cancelled" in caplog.text


async def test_what_is_handled_but_not_yet_on_the_disk_still_takes_a_place() -> None:
    desk = Desk()
    written: list[asyncio.Future[None]] = []
    hurried: list[int] = []

    async def handle(one: InboxItem) -> asyncio.Future[None]:
        await desk.handle(one)
        written.append(asyncio.get_running_loop().create_future())
        return written[-1]

    lanes = Lanes(handle, workers=2, hurry=lambda: hurried.append(len(desk.ended)))
    for number in (1, 2, 3):
        lanes.add(item(number, number))
    await desk.until(lambda: len(desk.ended) == 2)
    for _ in range(10):
        await asyncio.sleep(0)
    assert desk.started == [1, 2]
    assert hurried
    written[0].set_result(None)
    await lanes.idle()
    assert desk.ended == [1, 2, 3]
