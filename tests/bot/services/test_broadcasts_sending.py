"""Broadcasts under way: paused, resumed, cancelled, refused, slowed down and begun anew, and the numbers add up."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import replace
from datetime import timedelta

import pytest

from bot.broadcasts import Broadcast, BroadcastDraft, BroadcastProgress, BroadcastState
from bot.local_telegram.faults import Fault
from bot.models import Media, MediaKind
from tests.bot.services.station import AUTHOR, Station, adds_up, in_words

MOVED = in_words(en="The talk moved to hall 2")
PEOPLE = 20
SLOW = 40.0  # a second
SECOND = timedelta(seconds=1)


async def confirm(station: Station, draft: BroadcastDraft = MOVED) -> Broadcast:
    return await station.broadcasts.confirm(draft, AUTHOR, draft_key="draft")


def told(station: Station) -> int:
    return sum(map(len, station.got().values()))


@asynccontextmanager
async def on_its_way(station: Station) -> AsyncIterator[Broadcast]:
    """A broadcast of which a few were sent, and the rest is being sent meanwhile."""
    await station.crowd(PEOPLE)
    await station.open(rate=SLOW)
    broadcast = await confirm(station)
    delivering = asyncio.create_task(station.delivery.deliver_due())
    async with asyncio.timeout(5):
        while station.delivery.figures.sent < 3:  # noqa: ASYNC110 - a figure has no event
            await asyncio.sleep(0.002)
    yield broadcast
    await delivering


async def progress(station: Station, broadcast: Broadcast) -> BroadcastProgress:
    counted = await station.broadcasts.progress(broadcast.id)
    assert adds_up(counted)
    return counted


async def test_a_pause_holds_back_the_rest_and_after_it_everybody_is_told_once(station: Station) -> None:
    async with on_its_way(station) as broadcast:
        paused = await station.broadcasts.pause(broadcast.id, AUTHOR)
        before = told(station)
        assert paused.state is BroadcastState.PAUSED
    assert told(station) <= before + 4  # what the workers had in hand
    halfway = await progress(station, broadcast)
    assert (halfway.total, halfway.sent, halfway.left) == (PEOPLE, told(station), PEOPLE - told(station))
    assert (halfway.rate_per_second, halfway.eta, halfway.held) == (0, None, 0)

    station.clock.now += timedelta(hours=30)  # a pause does not count
    await station.open()
    await station.delivery.deliver_due()
    assert told(station) == halfway.sent
    assert (await station.broadcasts.get(broadcast.id)).state is BroadcastState.PAUSED

    assert (await station.broadcasts.resume(broadcast.id, AUTHOR)).state is BroadcastState.SENDING
    await station.delivery.deliver_due()
    station.clock.now += 5 * SECOND  # for what was in hand when the pause began
    await station.delivery.deliver_due()
    assert [len(texts) for texts in station.got().values()] == [1] * PEOPLE
    assert [each.id for each in await station.broadcasts.finished()] == [broadcast.id]
    assert (await progress(station, broadcast)).sent == PEOPLE
    assert await station.trail() == ["send broadcast", "pause broadcast", "resume broadcast"]


async def test_a_cancelled_one_reaches_nobody_more_and_says_how_many_it_spared(station: Station) -> None:
    async with on_its_way(station) as broadcast:
        await station.broadcasts.cancel(broadcast.id, AUTHOR)
        before = told(station)
    assert told(station) <= before + 4
    assert told(station) < PEOPLE
    (ended,) = await station.broadcasts.finished()
    assert (ended.state, ended.done_at) == (BroadcastState.CANCELLED, station.clock.now)
    counted = await progress(station, broadcast)
    assert (counted.sent, counted.cancelled, counted.left) == (told(station), PEOPLE - told(station), 0)

    assert await station.broadcasts.cancel(broadcast.id, AUTHOR) == ended
    assert await station.broadcasts.resume(broadcast.id, AUTHOR) == ended
    assert await station.trail() == ["send broadcast", "cancel broadcast"]


async def test_a_paused_one_can_be_cancelled(station: Station) -> None:
    await station.crowd(3)
    broadcast = await confirm(station)
    await station.broadcasts.pause(broadcast.id, AUTHOR)
    assert (await station.broadcasts.cancel(broadcast.id, AUTHOR)).done_at
    await station.delivery.deliver_due()
    assert station.got() == {}
    assert (await progress(station, broadcast)).cancelled == 3


async def test_a_second_tap_on_a_button_changes_nothing(station: Station) -> None:
    await station.crowd(2)
    broadcast = await confirm(station)
    assert await station.broadcasts.resume(broadcast.id, AUTHOR) == broadcast
    paused = await station.broadcasts.pause(broadcast.id, AUTHOR)
    assert await station.broadcasts.pause(broadcast.id, AUTHOR) == paused
    assert await station.trail() == ["send broadcast", "pause broadcast"]


async def test_who_blocked_the_bot_or_is_gone_is_counted_and_left_alone(station: Station) -> None:
    people = await station.crowd(6)
    people[0].blocks()
    people[1].blocks()
    await station.attendees.mark_blocked(people[2].id)
    broadcast = await confirm(station)
    await station.delivery.deliver_due()

    counted = await progress(station, broadcast)
    assert (counted.total, counted.sent, counted.blocked) == (5, 3, 2)
    assert await station.broadcasts.head_count(broadcast.draft.audience) == {"en": 3}


async def test_a_pause_that_telegram_wants_loses_nobody(station: Station) -> None:
    await station.crowd(6)
    station.telegram.faults.next("sendMessage", Fault(status=429, retry_after=1), times=2)
    broadcast = await confirm(station)
    await station.delivery.deliver_due()
    assert [len(texts) for texts in station.got().values()] == [1] * 6
    assert (await progress(station, broadcast)).sent == 6


async def test_trouble_on_the_way_is_tried_again_and_what_telegram_refuses_is_counted(station: Station) -> None:
    people = await station.crowd(4)
    station.telegram.faults.next("sendMessage", Fault(status=502), chat_id=people[0].id)
    station.telegram.faults.next("sendMessage", Fault(reset=True), chat_id=people[1].id)
    refused = Fault(status=400, description="Bad Request: TEXT_INVALID")
    station.telegram.faults.next("sendMessage", refused, chat_id=people[2].id)
    broadcast = await confirm(station)
    await station.delivery.deliver_due()
    assert (await progress(station, broadcast)).left == 2
    assert not await station.broadcasts.finished()

    station.clock.now += 60 * SECOND
    await station.delivery.deliver_due()
    counted = await progress(station, broadcast)
    assert (counted.sent, counted.failed, counted.left) == (3, 1, 0)


async def test_a_file_that_telegram_does_not_know_fails_for_everybody_and_ends(station: Station) -> None:
    await station.crowd(3)
    broadcast = await confirm(station, BroadcastDraft({"en": "Plan"}, media=Media(MediaKind.DOCUMENT, "nonsense")))
    await station.delivery.deliver_due()
    assert (await station.broadcasts.finished())[0].state is BroadcastState.DONE
    assert (await progress(station, broadcast)).failed == 3


async def test_what_could_not_be_sent_for_a_day_expires(station: Station) -> None:
    await station.crowd(2)
    broadcast = await confirm(station)
    station.clock.now += timedelta(hours=24)
    await station.delivery.deliver_due()
    assert station.got() == {}
    assert (await progress(station, broadcast)).expired == 2


async def test_a_stop_in_the_middle_and_a_new_start_tell_everybody(station: Station) -> None:
    async with on_its_way(station) as broadcast:
        await station.delivery.stop(5 * SECOND)
    assert 0 < told(station) < PEOPLE

    await station.open()
    assert [each.id for each in await station.broadcasts.active()] == [broadcast.id]
    assert await station.broadcasts.start_due() == 0
    await station.delivery.start()
    await station.delivery.deliver_due()
    await station.delivery.stop(SECOND)
    assert [len(texts) for texts in station.got().values()] == [1] * PEOPLE
    assert (await progress(station, broadcast)).sent == PEOPLE


async def test_the_report_is_due_until_it_is_marked_and_stays_true_after_the_rows_are_gone(station: Station) -> None:
    people = await station.crowd(3)
    people[0].blocks()
    broadcast = await confirm(station)
    await station.broadcasts.set_progress_message(broadcast.id, 42)
    await station.delivery.deliver_due()

    await station.open()
    (ended,) = await station.broadcasts.finished()
    assert ended.progress_message == 42
    await station.broadcasts.mark_reported(ended.id)
    assert await station.broadcasts.finished() == await station.broadcasts.active() == ()
    async with station.database.transaction() as connection:
        await connection.execute("DELETE FROM outbox")
    counted = await progress(station, broadcast)
    assert (counted.total, counted.sent, counted.blocked) == (3, 2, 1)
    assert await station.broadcasts.latest() == (replace(ended, reported=True),)


@pytest.mark.parametrize("urgent", [True, False])
async def test_an_urgent_one_overtakes_one_that_is_being_sent(station: Station, urgent: bool) -> None:
    await station.crowd(3)
    await station.broadcasts.confirm(MOVED, AUTHOR, draft_key="first")
    alarm = BroadcastDraft({"en": "Please leave the hall"}, urgent=urgent)
    await station.broadcasts.confirm(alarm, AUTHOR, draft_key="second")
    await station.open(workers=1)
    await station.delivery.deliver_due()
    first = {texts[0] for texts in station.got().values()}
    assert first == ({"Please leave the hall"} if urgent else {"The talk moved to hall 2"})
