"""Rows claimed together: no more than go out soon, each looked at anew when its turn comes, given back in a pause."""

from __future__ import annotations

import asyncio
from collections import Counter
from collections.abc import AsyncIterator
from datetime import timedelta

import pytest

from bot.local_telegram.faults import Fault
from bot.models import Priority
from bot.services.attendees import AttendeeService
from bot.storage.database import Database
from bot.storage.privacy import erase_person
from tests.bot.services.post_office import PostOffice, post_office
from tests.bot.services.standing_clock import StandingClock

SECOND = timedelta(seconds=1)
PEOPLE = 20


@pytest.fixture
async def post(database: Database, clock: StandingClock) -> AsyncIterator[PostOffice]:
    async with post_office(database, clock, people=PEOPLE) as opened:
        for number, person in enumerate(opened.people):
            await opened.put(f"{number:02}", person, priority=Priority.CHANGE)
        yield opened


async def until_asked(post: PostOffice, count: int) -> None:
    """Wait until so many letters were written."""
    async with asyncio.timeout(5):
        while len(post.letters.asked) < count:  # noqa: ASYNC110 - a list has no event
            await asyncio.sleep(0.005)


@pytest.mark.parametrize(("rate", "workers", "claimed"), [(20, 1, 5), (20, 8, 8), (1e6, 1, PEOPLE)])
async def test_what_goes_out_in_a_quarter_of_a_second_is_claimed_at_once_and_one_a_worker_at_least(
    post: PostOffice, rate: float, workers: int, claimed: int
) -> None:
    post.open(rate=rate, workers=workers)
    post.telegram.faults.next("sendMessage", Fault(seconds=0.3), times=PEOPLE)
    await post.delivery.start()
    await until_asked(post, 1)
    assert Counter((await post.states()).values())["sending"] == claimed
    await post.delivery.stop(SECOND)
    assert "sending" not in (await post.states()).values()


async def test_who_blocks_the_bot_or_is_forgotten_while_their_message_is_claimed_gets_none(post: PostOffice) -> None:
    post.open(workers=1)
    post.telegram.faults.next("sendMessage", Fault(seconds=0.2))
    blocks, forgotten, comes_back = post.people[7:10]
    await post.attendees.mark_blocked(comes_back.id)
    delivering = asyncio.create_task(post.delivery.deliver_due())
    await until_asked(post, 1)
    assert Counter((await post.states()).values()) == {"sending": PEOPLE}

    await post.attendees.mark_blocked(blocks.id)
    async with post.database.transaction() as connection:
        await erase_person(connection, forgotten.id)
    await post.attendees.forget_person(forgotten.id)
    await post.attendees.mark_unblocked(comes_back.id)

    assert await delivering == PEOPLE - 2
    assert [len(post.got(person)) for person in (blocks, forgotten, comes_back)] == [0, 0, 1]
    assert len(post.handed_over()) == PEOPLE - 2


async def test_in_a_pause_all_but_one_a_worker_is_queued_again_and_then_sent_once(post: PostOffice) -> None:
    post.open(workers=2)
    post.telegram.faults.next("sendMessage", Fault(status=429, retry_after=1))
    delivering = asyncio.create_task(post.delivery.deliver_due())
    await post.paused()
    async with asyncio.timeout(1):
        while Counter((await post.states()).values())["sending"] > 2:  # noqa: ASYNC110 - a row has no event
            await asyncio.sleep(0.005)
    await delivering
    assert [len(post.got(person)) for person in post.people] == [1] * PEOPLE
    assert len(post.handed_over()) == PEOPLE + 1


async def test_people_read_together_are_found_without_asking_the_database_again(post: PostOffice) -> None:
    attendees = AttendeeService(post.database, post.clock, ("en",), lambda: "en")
    chats = [person.id for person in post.people]
    async with post.database.transaction() as connection:
        await attendees.recall(connection, [*chats, 5])
    asked: list[str] = []
    await post.database.reader.set_trace_callback(asked.append)
    assert [found.chat_id for chat in chats if (found := await attendees.find(chat))] == chats
    assert asked == []
    assert await attendees.find(5) is None
    assert len(asked) == 1
