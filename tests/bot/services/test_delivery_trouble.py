"""Delivery on a bad day: Telegram refuses, wants a pause, loses an answer, or cannot be reached at all."""

from __future__ import annotations

import asyncio
import time
from collections import Counter
from collections.abc import AsyncIterator
from datetime import timedelta

import pytest

from bot.local_telegram.faults import Fault
from bot.messages.outgoing import OutgoingMessage
from bot.models import Priority, Sent
from bot.sender import TelegramSender
from bot.services.delivery_pace import Pace
from bot.storage.database import Database
from tests.bot.services.post_office import HOUR, NO_LIMIT, PostOffice, post_office
from tests.bot.services.standing_clock import StandingClock

MINUTE = timedelta(minutes=1)


@pytest.fixture
async def post(database: Database, clock: StandingClock) -> AsyncIterator[PostOffice]:
    async with post_office(database, clock, people=20) as opened:
        yield opened


async def test_a_lost_answer_repeats_its_message_once_and_no_other(post: PostOffice) -> None:
    post.telegram.faults.next("sendMessage", Fault(answer_lost=True), times=3)
    for number, person in enumerate(post.people):
        await post.put(str(number), person)

    first = await post.delivery.deliver_due()
    post.clock.now += timedelta(seconds=1)
    assert first + await post.delivery.deliver_due() == 20

    copies = Counter(text for person in post.people for text in post.got(person))
    assert sorted(copies.values()) == [1] * 17 + [2] * 3
    assert len(copies) == 20


@pytest.mark.parametrize("fault", [Fault(reset=True), Fault(status=502, body="<html>Bad Gateway</html>")])
async def test_network_trouble_puts_back_with_growing_waits_until_it_expires(post: PostOffice, fault: Fault) -> None:
    ana = post.people[0]
    post.telegram.faults.next("sendMessage", fault, times=1000)
    begin = post.clock.now
    await post.put("reminder", ana, expires=begin + 10 * MINUTE)
    waits: list[float] = []
    while True:
        post.open()  # patience with the whole network is another story
        await post.delivery.deliver_due()
        state, attempts, not_before, _ = await post.row("reminder")
        if state != "queued":
            break
        waits.append((not_before - post.clock.now).total_seconds())
        assert attempts == len(waits)
        post.clock.now = not_before

    assert waits[:8] == [1, 2, 5, 10, 20, 40, 60, 60]
    assert state == "expired"
    assert post.clock.now >= begin + 10 * MINUTE
    assert post.got(ana) == []


async def test_a_started_service_comes_back_by_itself_to_what_was_put_back(post: PostOffice) -> None:
    post.telegram.faults.next("sendMessage", Fault(reset=True))
    await post.put("news", post.people[0])
    await post.delivery.start()
    async with asyncio.timeout(5):
        while not post.delivery.figures.retried:  # noqa: ASYNC110 - a figure has no event
            await asyncio.sleep(0.005)
    await asyncio.sleep(0.05)  # it has gone to sleep, until the row is due
    post.clock.now += timedelta(seconds=1)
    await post.people[0].waits_for(1)
    await post.delivery.stop(timedelta(seconds=1))


async def test_a_slow_answer_holds_back_the_same_chat_s_next_message_and_no_other_chat_s(post: PostOffice) -> None:
    ana, ion, *_ = post.people
    post.telegram.faults.next("sendMessage", Fault(seconds=0.2), chat_id=ana.id)
    await post.put("ana 1", ana)
    await post.put("ana 2", ana)
    await post.put("ion", ion, expires=post.clock.now + 2 * HOUR)

    await post.delivery.deliver_due()

    assert [reply["text"] for reply in ana.replies] == ["ana 1", "ana 2"]
    assert post.letters.asked == ["ana 1", "ion", "ana 2"]


async def test_what_telegram_cannot_show_fails_with_its_reason_and_others_go_on(
    post: PostOffice, caplog: pytest.LogCaptureFixture
) -> None:
    ana, ion, *_ = post.people
    await post.put("bad", ana, text="<b>never closed")
    await post.put("good", ana)
    await post.put("ion's", ion)

    assert await post.delivery.deliver_due() == 2

    state, _, _, reason = await post.row("bad")
    assert state == "failed"
    assert reason is not None
    assert "parse" in reason
    assert reason in caplog.text
    assert post.telegram.token not in caplog.text
    assert post.got(ana) == ["good"]


async def test_somebody_unknown_to_telegram_is_left_alone_like_who_blocked_the_bot(post: PostOffice) -> None:
    stranger = post.telegram.add_person("Never started", "en")
    await post.attendees.welcome(stranger.id, "en")
    await post.put("hello", stranger)
    await post.put("again", stranger)

    assert await post.delivery.deliver_due() == 0

    assert post.handed_over() == ["hello"]
    assert set((await post.states()).values()) == {"dropped"}


async def test_a_pause_wanted_by_telegram_holds_everything_unasked_and_no_answer(post: PostOffice) -> None:
    post.open(workers=4)
    answers = TelegramSender(post.bot)
    post.telegram.faults.next("sendMessage", Fault(status=429, retry_after=1), chat_id=post.people[0].id)
    for number, person in enumerate(post.people[:10]):
        await post.put(f"{number:02}", person)
    begun = time.monotonic()
    delivering = asyncio.create_task(post.delivery.deliver_due())
    await post.paused()
    before = len(post.handed_over())

    assert isinstance(await answers.send(post.people[19].id, OutgoingMessage("an answer")), Sent)
    assert time.monotonic() - begun < 0.9
    # The most that were under way when Telegram asked, and the answer.
    assert len(post.handed_over()) <= max(before, 4) + 1

    assert await delivering == 10
    assert time.monotonic() - begun >= 1
    assert [len(post.got(person)) for person in post.people[:10]] == [1] * 10
    # What was refused keeps its place: it goes before those that came after it.
    assert (await post.row("00"))[:2] == ("sent", 0)


async def test_what_expires_during_a_pause_is_not_sent_after_it(post: PostOffice) -> None:
    post.open(workers=1)
    post.telegram.faults.next("sendMessage", Fault(status=429, retry_after=1))
    await post.put("first", post.people[0], expires=post.clock.now + MINUTE)
    await post.put("second", post.people[1], expires=post.clock.now + HOUR)
    delivering = asyncio.create_task(post.delivery.deliver_due())
    await post.paused()
    post.clock.now += MINUTE

    assert await delivering == 1
    assert await post.states() == {"first": "expired", "second": "sent"}


async def test_reminders_due_during_a_pause_overtake_what_waits(post: PostOffice) -> None:
    post.open(workers=1)
    post.telegram.faults.next("sendMessage", Fault(status=429, retry_after=1))
    for number in range(5):
        await post.put(f"change {number}", post.people[number], priority=Priority.CHANGE)
    delivering = asyncio.create_task(post.delivery.deliver_due())
    await post.paused()
    await post.put("reminder", post.people[9])
    await delivering

    # One refused, one claimed again already; then the reminder, before the other changes.
    assert post.handed_over().index("reminder") <= 2
    assert len(post.handed_over()) == 7


async def test_while_telegram_cannot_be_reached_few_are_tried_and_then_all_arrive(post: PostOffice) -> None:
    post.open(workers=2)
    post.telegram.faults.next("sendMessage", Fault(reset=True), times=3)
    for number, person in enumerate(post.people):
        await post.put(f"{number:02}", person)
    begun = time.monotonic()

    sent = await post.delivery.deliver_due()
    assert time.monotonic() - begun >= 1, "two failures in a row make all wait"
    post.clock.now += MINUTE
    assert sent + await post.delivery.deliver_due() == 20
    assert Counter((await post.states()).values()) == {"sent": 20}


async def test_patience_grows_only_with_troubles_that_follow_one_another() -> None:
    pace = Pace(NO_LIMIT, patience=2)

    async def fail_together(count: int) -> float:
        turns = []
        for _ in range(count):
            async with pace.turn() as turn:
                turn.used = True
                turns.append(turn)
        for turn in turns:
            pace.unanswered(turn)
        return pace.paused_for

    assert await fail_together(1) == 0
    assert 0.9 < await fail_together(5) <= 1
    await asyncio.sleep(pace.paused_for)
    assert 1.9 < await fail_together(5) <= 2
    await asyncio.sleep(pace.paused_for)
    pace.answered()
    assert await fail_together(1) == 0


async def test_a_turn_not_used_costs_nothing() -> None:
    pace = Pace(rate=10, patience=8)
    begun = time.monotonic()
    for number in range(100):
        async with pace.turn() as turn:
            turn.used = number in {0, 99}
    assert time.monotonic() - begun < 0.5
