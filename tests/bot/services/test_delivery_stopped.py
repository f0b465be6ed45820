"""Delivery that is stopped, cancelled or killed: nobody is missed, few are told twice, nothing stays in hand."""

from __future__ import annotations

import asyncio
import signal
import sys
from collections import Counter
from collections.abc import AsyncIterator
from datetime import timedelta
from pathlib import Path

import pytest

from bot.clock import system_clock
from bot.local_telegram.faults import Fault
from bot.models import Attendee, NoticeKind, Priority
from bot.storage import outbox
from bot.storage.attendees import save_attendee
from bot.storage.database import Database, open_database
from tests.bot.bot_api import bot_api
from tests.bot.services.post_office import HOUR, PostOffice, post_office
from tests.bot.services.standing_clock import StandingClock

ROOT = Path(__file__).parents[3]
SECOND = timedelta(seconds=1)
ROWS, WORKERS = 200, 4


@pytest.fixture
async def post(database: Database, clock: StandingClock) -> AsyncIterator[PostOffice]:
    async with post_office(database, clock, people=20) as opened:
        yield opened


async def test_a_stop_waits_for_answers_and_leaves_nothing_in_hand(post: PostOffice) -> None:
    post.open(workers=4)
    post.telegram.faults.next("sendMessage", Fault(seconds=0.2), times=100)
    for number, person in enumerate(post.people):
        await post.put(str(number), person)
    await post.delivery.start()
    await asyncio.wait(
        [asyncio.create_task(person.waits_for(1)) for person in post.people], return_when="FIRST_COMPLETED"
    )

    await post.delivery.stop(5 * SECOND)

    told = {key for key, state in (await post.states()).items() if state == "sent"}
    assert told == {text for person in post.people for text in post.got(person)}
    assert 0 < len(told) <= 8
    assert Counter((await post.states()).values()) == {"sent": len(told), "queued": 20 - len(told)}

    post.telegram.faults.clear()
    post.open()
    await post.delivery.start()
    await post.delivery.deliver_due()
    await post.delivery.stop(SECOND)
    assert [len(post.got(person)) for person in post.people] == [1] * 20


async def test_what_telegram_did_not_answer_in_time_is_sent_again_at_the_next_start(post: PostOffice) -> None:
    post.open(workers=2)
    post.telegram.faults.next("sendMessage", Fault(seconds=0.4), times=2)
    for number in range(6):
        await post.put(str(number), post.people[number])
    await post.delivery.start()
    async with asyncio.timeout(5):
        while len(post.letters.asked) < 2:  # noqa: ASYNC110 - a list has no event
            await asyncio.sleep(0.005)

    await post.delivery.stop(timedelta(seconds=0.05))
    assert Counter((await post.states()).values()) == {"sending": 2, "queued": 4}

    post.open()
    await post.delivery.start()
    await post.delivery.deliver_due()
    await post.delivery.stop(SECOND)
    assert set((await post.states()).values()) == {"sent"}
    assert all(post.got(post.people[number]) for number in range(6))
    assert sum(len(post.got(post.people[number])) for number in range(6)) <= 8


async def test_a_stop_during_a_pause_is_quick_and_queues_what_was_claimed(post: PostOffice) -> None:
    post.telegram.faults.next("sendMessage", Fault(status=429, retry_after=600))
    for number, person in enumerate(post.people):
        await post.put(str(number), person)
    await post.delivery.start()
    await post.paused()
    async with asyncio.timeout(5):  # until all that may be claimed is, and none is under way
        while Counter((await post.states()).values())["sending"] < 8 or post.delivery.figures.sent < 7:  # noqa: ASYNC110 - a row has no event
            await asyncio.sleep(0.005)

    async with asyncio.timeout(1):
        await post.delivery.stop(5 * SECOND)

    assert "sending" not in (await post.states()).values()
    assert await post.delivery.deliver_due() == 0


async def test_results_that_cannot_be_written_are_written_later_and_nothing_is_sent_twice(
    post: PostOffice, tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    async with post.database.transaction() as connection:
        await connection.execute("PRAGMA busy_timeout = 10")
    await post.put("news", post.people[0])
    post.telegram.faults.next("sendMessage", Fault(seconds=0.1))
    delivering = asyncio.create_task(post.delivery.deliver_due())
    async with asyncio.timeout(5):
        while not post.letters.asked:  # noqa: ASYNC110 - a list has no event
            await asyncio.sleep(0.005)
    async with open_database(tmp_path / "ghid.db") as other_process, other_process.transaction():
        async with asyncio.timeout(5):
            while "cannot be written" not in caplog.text:  # noqa: ASYNC110 - a log has no event
                await asyncio.sleep(0.005)
        assert (await post.states())["news"] == "sending"

    assert await delivering == 1
    assert await post.states() == {"news": "sent"}
    assert post.got(post.people[0]) == ["news"]


async def test_a_change_notice_found_in_hand_merges_with_the_one_queued_since(post: PostOffice) -> None:
    ana = post.people[0]
    await post.put("change 1", ana, kind=NoticeKind.CHANGE)
    async with post.database.transaction() as connection:
        await outbox.claim(connection, post.clock.now, 1, ())
    await post.put("change 2", ana, kind=NoticeKind.CHANGE)

    await post.delivery.start()
    await post.delivery.deliver_due()
    await post.delivery.stop(SECOND)

    assert post.got(ana) == ["change 2"]


async def fill(path: Path) -> None:
    now = system_clock()
    async with open_database(path) as database, database.transaction() as connection:
        for number in range(1, ROWS + 1):
            await save_attendee(connection, Attendee(number, first_seen_on=now.date(), last_seen_on=now.date()))
            await outbox.add_row(
                connection,
                key=str(number),
                chat_id=number,
                kind=NoticeKind.REMINDER,
                priority=Priority.REMINDER,
                payload={"text": str(number)},
                not_before=now,
                expires_at=now + HOUR,
                created_at=now,
            )


def program(url: str, path: Path) -> list[str]:
    return [sys.executable, "-m", "tests.bot.services.delivery_program", url, str(path), str(WORKERS)]


@pytest.mark.parametrize("killed_after", [(60,), pytest.param((1, 90), marks=pytest.mark.soak)])
async def test_a_killed_process_misses_nobody_and_repeats_at_most_one_message_a_worker(
    tmp_path: Path, killed_after: tuple[int, ...]
) -> None:
    path = tmp_path / "rows.db"
    await fill(path)
    async with bot_api() as api:
        for messages in killed_after:
            process = await asyncio.create_subprocess_exec(*program(api.url, path), cwd=ROOT)
            await api.until(messages)
            process.send_signal(signal.SIGKILL)
            assert await process.wait() == -signal.SIGKILL
            assert len(api.called("sendMessage")) < ROWS, "killed too late to tell anything"
        process = await asyncio.create_subprocess_exec(*program(api.url, path), cwd=ROOT)
        async with asyncio.timeout(20):
            assert await process.wait() == 0
    times = Counter(int(call.parameters["text"]) for call in api.called("sendMessage"))
    assert set(times) == set(range(1, ROWS + 1)), "missed"
    assert sum(times.values()) - ROWS <= WORKERS * len(killed_after)
    async with open_database(path) as database:
        rows = await database.reader.execute_fetchall("SELECT DISTINCT state FROM outbox")
    assert [row[0] for row in rows] == ["sent"]
