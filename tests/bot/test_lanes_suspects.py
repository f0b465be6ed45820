"""Lanes with suspects, updates that were in hand when a process ended: each is at work alone."""

from __future__ import annotations

import asyncio
from datetime import timedelta

from bot.intake.lanes import Lanes
from bot.models import InboxItem
from tests.bot.test_lanes import SOON, Desk, item, lanes_for


async def test_a_suspect_is_alone_and_the_others_go_on_between_two_of_them() -> None:
    desk = Desk()
    lanes = lanes_for(desk.handle, workers=3)
    desk.close(1, 7)
    lanes.add(item(7, 7))
    await desk.until(lambda: desk.started == [7])
    lanes.add(item(1, 1, deaths=1))
    lanes.add(item(2, 2, deaths=1))
    for number in (3, 4):
        lanes.add(item(number, number))
    await asyncio.sleep(0)
    assert desk.started == [7], "it waits for what is at work, and nobody starts meanwhile"
    desk.gates[7].set()
    await desk.until(lambda: 1 in desk.started)
    assert (desk.started, desk.at_work) == ([7, 1], 1)
    lanes.add(item(5, 5))
    desk.gates[1].set()
    await lanes.idle()
    assert desk.ended == [7, 1, 3, 4, 5, 2]


async def test_what_was_handled_is_on_the_disk_before_a_suspect_is_at_work_and_the_other_way_round() -> None:
    desk = Desk()
    written: list[asyncio.Future[None]] = []

    async def handle(one: InboxItem) -> asyncio.Future[None]:
        await desk.handle(one)
        written.append(asyncio.get_running_loop().create_future())
        return written[-1]

    lanes = lanes_for(handle, workers=2)
    lanes.add(item(1, 1))
    await desk.until(lambda: desk.ended == [1])
    lanes.add(item(2, 2, deaths=1))
    lanes.add(item(3, 3))
    for number in (1, 2, 3):
        await desk.until(lambda number=number: len(desk.ended) == number)  # type: ignore[misc]
        for _ in range(10):
            await asyncio.sleep(0)
        assert desk.started == [1, 2, 3][:number]
        written[-1].set_result(None)
    await lanes.idle()


async def test_those_with_the_fewest_deaths_come_first_and_each_chat_keeps_its_order() -> None:
    desk = Desk()
    lanes = lanes_for(desk.handle, workers=3)
    for one in (item(1, 1, deaths=3), item(2, 1), item(3, 3, deaths=2), item(4, 4, deaths=1), item(5, 3, deaths=1)):
        lanes.add(one)
    await lanes.idle()
    assert desk.ended == [4, 3, 5, 1, 2]


async def test_a_suspect_of_two_deaths_waits_for_calm_and_holds_up_only_its_own_chat() -> None:
    desk = Desk()
    lanes = Lanes(desk.handle, workers=3, hurry=lambda: None, calm=timedelta(hours=1))
    for one in (item(1, 1, deaths=2), item(2, 1), item(3, 3, deaths=1), item(4, 4)):
        lanes.add(one)
    await desk.until(lambda: len(desk.ended) == 2)
    await lanes.stop(SOON)
    assert sorted(desk.ended) == [3, 4]
    lanes = Lanes(desk.handle, workers=3, hurry=lambda: None, calm=SOON)
    lanes.add(item(1, 1, deaths=2))
    await lanes.idle()
    assert desk.ended[2:] == [1]


async def test_a_suspect_that_tries_again_is_alone_again() -> None:
    desk = Desk()
    desk.retries[1] = 2
    lanes = lanes_for(desk.handle, workers=3)
    lanes.add(item(1, 1, deaths=1))
    lanes.add(item(2, 2))
    await lanes.idle()
    assert desk.started == [1, 2, 1, 1]
    assert desk.most_at_work == 1


async def test_a_stop_neither_waits_for_a_suspect_in_line_nor_starts_it() -> None:
    desk = Desk()
    desk.close(1, 2)
    lanes = lanes_for(desk.handle, workers=2)
    lanes.add(item(1, 1))
    await desk.until(lambda: desk.started == [1])
    for one in (item(2, 2, deaths=1), item(3, 3, deaths=1)):
        lanes.add(one)
    stop = asyncio.create_task(lanes.stop(timedelta(seconds=30)))
    await asyncio.sleep(0)
    desk.gates[1].set()
    await stop
    assert desk.started == [1]


async def test_a_stop_cancels_a_suspect_that_outlives_its_grace() -> None:
    desk = Desk()
    desk.close(1)
    lanes = lanes_for(desk.handle, workers=2)
    lanes.add(item(1, 1, deaths=1))
    await desk.until(lambda: desk.started == [1])
    await lanes.stop(SOON)
    assert (desk.ended, desk.at_work) == ([], 0)
