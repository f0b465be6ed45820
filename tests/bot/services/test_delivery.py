"""Delivery: who is sent what, when and in which order, with the real sender and the local Telegram."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from datetime import timedelta

import pytest

from bot.messages.outgoing import OutgoingMessage
from bot.models import NoticeKind, Priority
from bot.services.renderings import Held, Obsolete, Rendered
from bot.storage import outbox
from bot.storage.attendees import find_attendee
from bot.storage.database import Connection, Database
from tests.bot.services.post_office import HOUR, PostOffice, post_office
from tests.bot.services.standing_clock import StandingClock

MINUTE = timedelta(minutes=1)


@pytest.fixture
async def post(database: Database, clock: StandingClock) -> AsyncIterator[PostOffice]:
    async with post_office(database, clock) as opened:
        yield opened


async def test_what_is_due_is_sent_once_and_what_is_not_yet_due_waits(post: PostOffice) -> None:
    ana, ion, _ = post.people
    await post.put("now", ana)
    await post.put("later", ion, due=post.clock.now + MINUTE)

    assert await post.delivery.deliver_due() == 1
    assert await post.delivery.deliver_due() == 0
    assert (post.got(ana), post.got(ion)) == (["now"], [])

    post.clock.now += MINUTE
    assert await post.delivery.deliver_due() == 1
    assert post.got(ion) == ["later"]
    assert await post.states() == {"now": "sent", "later": "sent"}


async def test_reminders_go_before_changes_and_what_expires_first_goes_first(post: PostOffice) -> None:
    post.open(workers=1)
    ana, ion, eva = post.people
    await post.put("change", ana, priority=Priority.CHANGE, kind=NoticeKind.CHANGE)
    await post.put("starts in an hour", ion, expires=post.clock.now + HOUR)
    await post.put("starts soon", eva, expires=post.clock.now + MINUTE)

    await post.delivery.deliver_due()

    assert post.handed_over() == ["starts soon", "starts in an hour", "change"]


async def test_a_chat_gets_its_messages_one_after_another_however_many_are_due(post: PostOffice) -> None:
    ana, ion, _ = post.people
    for number in range(30):
        await post.put(f"{number:02}", ana, expires=post.clock.now + HOUR + number * MINUTE)
        await post.put(f"ion {number:02}", ion, expires=post.clock.now + HOUR + number * MINUTE)

    assert await post.delivery.deliver_due() == 60

    assert post.got(ana) == [f"{number:02}" for number in range(30)]
    assert post.got(ion) == [f"ion {number:02}" for number in range(30)]


async def test_what_expired_is_not_sent(post: PostOffice) -> None:
    await post.put("over", post.people[0], expires=post.clock.now)

    assert await post.delivery.deliver_due() == 0

    assert post.letters.asked == []
    assert await post.states() == {"over": "expired"}
    assert post.delivery.figures.expired == 1


async def test_what_is_held_back_comes_when_its_time_has_come(post: PostOffice) -> None:
    ana = post.people[0]
    await post.put("held", ana)
    post.letters.instead["held"] = Held(post.clock.now + 10 * MINUTE)
    await post.delivery.deliver_due()
    state, attempts, not_before, _ = await post.row("held")
    assert (state, attempts, not_before) == ("queued", 0, post.clock.now + 10 * MINUTE)

    post.letters.instead.clear()
    post.clock.now += 10 * MINUTE
    assert await post.delivery.deliver_due() == 1
    assert post.got(ana) == ["held"]


async def test_what_is_obsolete_is_dropped_or_deleted_so_that_it_may_be_planned_again(post: PostOffice) -> None:
    ana, ion, eva = post.people
    post.letters.instead = {"undone": Obsolete(), "moved": Obsolete(delete=True), "nothing": None}
    for key, person in (("undone", ana), ("moved", ion), ("nothing", eva)):
        await post.put(key, person)

    assert await post.delivery.deliver_due() == 0

    assert await post.states() == {"undone": "dropped", "nothing": "dropped"}
    assert await post.put("moved", ion)
    assert not await post.put("undone", ana)
    assert post.delivery.figures.dropped == 3


async def test_what_hangs_on_a_message_is_written_with_its_record(post: PostOffice) -> None:
    ana, ion, _ = post.people
    seen: list[tuple[str, bool]] = []

    async def told(connection: Connection) -> None:
        rows = await connection.execute_fetchall("SELECT state FROM outbox WHERE key = 'news'")
        seen.append((next(iter(rows))[0], connection.in_transaction))

    async def mistaken(connection: Connection) -> None:
        await connection.execute("UPDATE attendees SET language = '' WHERE chat_id = ?", (ion.id,))

    await post.put("news", ana)
    await post.put("mistaken", ion)
    post.letters.instead = {
        "news": Rendered(OutgoingMessage("news"), told),
        "mistaken": Rendered(OutgoingMessage("mistaken"), mistaken),
    }
    assert await post.delivery.deliver_due() == 2

    assert set(seen) == {("sent", True)}
    # A mistake in what hangs on it is logged, and must not send the message again.
    assert await post.states() == {"news": "sent", "mistaken": "sent"}
    assert await post.delivery.deliver_due() == 0


async def test_a_text_that_cannot_be_written_waits_and_fails_at_last_while_others_go_on(post: PostOffice) -> None:
    ana, ion, _ = post.people
    await post.put("broken", ana)
    await post.put("fine", ana)
    await post.put("ion's", ion)
    post.letters.instead["broken"] = ZeroDivisionError("our own mistake")
    for _ in range(6):
        await post.delivery.deliver_due()
        post.clock.now += MINUTE

    assert post.got(ana) == ["fine"]
    assert post.got(ion) == ["ion's"]
    assert (await post.row("broken"))[::3] == ("failed", "ZeroDivisionError: our own mistake")
    assert post.letters.asked.count("broken") == 5


async def test_who_blocked_the_bot_is_marked_once_and_left_alone_until_they_write(post: PostOffice) -> None:
    ana, ion, _ = post.people
    ana.blocks()
    for key in ("first", "second", "third"):
        await post.put(key, ana)
    await post.put("future", ana, due=post.clock.now + MINUTE)
    await post.put("ion's", ion)

    assert await post.delivery.deliver_due() == 1

    attendee = await find_attendee(post.database.reader, ana.id)
    assert attendee is not None
    assert attendee.blocked_at == post.clock.now
    assert post.handed_over().count("first") == 1
    assert len(post.handed_over()) == 2
    assert await post.states() == dict.fromkeys(("first", "second", "third", "future"), "dropped") | {"ion's": "sent"}
    assert post.delivery.figures.blocked == 1

    # Planned by somebody who did not look: dropped without asking Telegram again.
    post.clock.now += MINUTE
    await post.put("fourth", ana)
    await post.delivery.deliver_due()
    assert (await post.states())["fourth"] == "dropped"
    assert len(post.handed_over()) == 2
    assert (await find_attendee(post.database.reader, ana.id)) == attendee

    ana.unblocks()
    await post.attendees.welcome(ana.id, "en")
    await post.put("fifth", ana)
    assert await post.delivery.deliver_due() == 1
    assert post.got(ana) == ["fifth"]


async def test_a_started_service_sends_what_is_put_in_and_what_becomes_due_by_itself(post: PostOffice) -> None:
    ana, ion, _ = post.people
    await post.delivery.start()
    await post.put("now", ana)
    post.delivery.wake()
    await ana.waits_for(1)

    # The standing clock is set on while the service sleeps until then.
    await post.put("soon", ion, due=post.clock.now + timedelta(milliseconds=50))
    post.delivery.wake()
    await asyncio.sleep(0)
    post.clock.now += timedelta(milliseconds=50)
    await ion.waits_for(1)
    await post.delivery.stop(timedelta(seconds=1))


async def test_done_rows_are_forgotten_after_two_weeks_at_the_next_start(post: PostOffice) -> None:
    await post.put("old", post.people[0])
    await post.delivery.deliver_due()
    await post.put("new", post.people[0], due=post.clock.now + timedelta(days=15), expires=post.clock.now + 400 * HOUR)
    post.clock.now += timedelta(days=15)
    await post.delivery.start()
    await post.people[0].waits_for(2)
    async with asyncio.timeout(5):
        while "old" in await post.states():  # noqa: ASYNC110 - a row has no event
            await asyncio.sleep(0.01)
    await post.delivery.stop(timedelta(seconds=1))
    assert await post.states() == {"new": "sent"}


async def test_however_many_done_rows_there_are_all_are_forgotten_in_small_bites(post: PostOffice) -> None:
    moment = (post.clock.now - timedelta(days=20)).isoformat()
    async with post.database.transaction() as connection:
        await connection.executemany(
            """
            INSERT INTO outbox
                (key, chat_id, kind, priority, payload, not_before, expires_at, created_at, state, done_at)
            VALUES (?1, ?2, 'change', 20, '{}', ?3, ?3, ?3, 'sent', ?3)
            """,
            [(f"change {number}", post.people[0].id, moment) for number in range(2_500)],
        )
    await post.delivery.start()
    async with asyncio.timeout(5):
        while await post.states():  # noqa: ASYNC110 - a row has no event
            await asyncio.sleep(0.01)
    await post.delivery.stop(timedelta(seconds=1))


async def test_a_second_change_notice_for_somebody_merges_with_the_one_put_back(post: PostOffice) -> None:
    ana = post.people[0]

    async def held_while_another_comes() -> None:
        async with post.database.transaction() as connection:
            (item,) = await outbox.claim(connection, post.clock.now, 1, ())
        await post.put("change 2", ana, kind=NoticeKind.CHANGE, due=post.clock.now + 20 * MINUTE)
        async with post.database.transaction() as connection:
            await outbox.put_back(connection, item, post.clock.now + MINUTE, attempt=False)

    await post.put("change 1", ana, kind=NoticeKind.CHANGE)
    await held_while_another_comes()
    post.clock.now += MINUTE

    assert await post.delivery.deliver_due() == 1
    assert post.got(ana) == ["change 2"]
    assert await post.states() == {"change 1": "dropped", "change 2": "sent"}
