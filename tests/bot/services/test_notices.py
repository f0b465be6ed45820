"""The tick: plans, lets go out, and aims at what is due next."""

from __future__ import annotations

import asyncio
import logging
from datetime import datetime, timedelta

import pytest

from bot.broadcasts import BroadcastDraft
from bot.messages.outgoing import OutgoingMessage
from bot.models import NoticeKind, Outcome, Sent
from bot.services.attendees import AttendeeService
from bot.services.broadcast_rendering import BroadcastRenderer
from bot.services.broadcasts import BroadcastService
from bot.services.changes import ChangeService
from bot.services.delivery import DeliveryService
from bot.services.notices import NoticeService
from bot.services.renderings import Renderer
from bot.services.versions import VersionService
from bot.storage.database import Database
from tests.bot.services.conference import Conference
from tests.builders import a_moment, a_session


class Telegram:
    """Takes every message."""

    def __init__(self) -> None:
        self.sent: list[tuple[int, str]] = []
        self.took_one = asyncio.Event()

    async def send(self, chat_id: int, message: OutgoingMessage) -> Outcome:
        self.sent.append((chat_id, message.text))
        self.took_one.set()
        return Sent(len(self.sent))


class Alarm:
    """Remembers where it was aimed."""

    def __init__(self) -> None:
        self.aims: list[datetime | None] = []

    def aim(self, moment: datetime | None) -> None:
        self.aims.append(moment)


class Running:
    """The services of notices, together."""

    def __init__(self, conference: Conference) -> None:
        self.conference, self.telegram, self.alarm = conference, Telegram(), Alarm()
        database, clock, agenda = conference.database, conference.clock, conference.agenda
        changes = ChangeService(database, clock, agenda, VersionService(database, agenda))
        attendees = AttendeeService(database, clock, ["en"], lambda: "en")
        self.broadcasts = BroadcastService(database, clock, agenda, ["en"])
        renderers: dict[NoticeKind, Renderer] = {
            NoticeKind.REMINDER: conference.renderer,
            NoticeKind.BROADCAST: BroadcastRenderer(self.broadcasts, conference.follows, agenda, clock),
        }
        self.delivery = DeliveryService(database, clock, self.telegram, attendees, renderers, rate=30)
        self.notices = NoticeService(conference.reminders, changes, self.broadcasts, self.delivery, self.alarm)

    def minutes_left(self) -> float | None:
        """Return how far ahead the alarm is aimed."""
        aim = self.alarm.aims[-1]
        return None if aim is None else (aim - self.conference.clock.now) / timedelta(minutes=1)


@pytest.fixture
async def running(conference: Conference) -> Running:
    await conference.publish(a_session("talk", starts_at="11:00"), a_session("panel", starts_at="12:00"))
    return Running(conference)


async def test_each_tick_sends_what_is_due_and_aims_at_the_next(running: Running) -> None:
    await running.notices.tick()
    assert running.minutes_left() is None
    await running.conference.follow(1, "talk", "panel")
    await running.notices.tick()
    assert running.minutes_left() == 45

    running.conference.at("10:50")
    await running.notices.tick()
    assert running.minutes_left() == 60
    await running.delivery.deliver_due()

    assert [chat_id for chat_id, _ in running.telegram.sent] == [1]
    assert "In 10 minutes" in running.telegram.sent[0][1]
    running.conference.at("11:50")
    await running.notices.tick()
    assert running.minutes_left() is None
    assert await running.delivery.deliver_due() == 1


async def test_a_broadcast_that_waits_for_its_time_is_aimed_at_and_then_sent(running: Running) -> None:
    await running.conference.welcome(1)
    lunch = BroadcastDraft({"en": "Lunch"}, send_at=a_moment("10:35"))
    await running.broadcasts.confirm(lunch, 7, draft_key="lunch")
    await running.notices.settled()
    assert running.minutes_left() == 30
    await running.conference.follow(1, "talk")
    await running.notices.tick()
    assert running.minutes_left() == 30, "the earlier of both"

    running.conference.at("10:35")
    await running.notices.tick()
    await running.delivery.deliver_due()

    assert running.telegram.sent == [(1, "Lunch")]
    assert running.minutes_left() == 15


async def test_a_tick_wakes_delivery(running: Running) -> None:
    await running.delivery.start()
    await running.conference.follow(1, "talk")
    running.conference.at("10:50")

    await running.notices.tick()

    async with asyncio.timeout(5):
        await running.telegram.took_one.wait()
    await running.delivery.stop(timedelta(seconds=1))


async def test_what_is_asked_for_a_hundred_times_at_once_ticks_once_or_twice(running: Running) -> None:
    await running.conference.follow(1, "talk")

    for _ in range(100):
        running.notices.soon()
    await asyncio.sleep(0)
    for _ in range(100):
        running.notices.soon()
    await running.notices.settled()

    assert len(running.alarm.aims) == 2
    assert running.minutes_left() == 45


async def test_what_changes_during_a_tick_is_seen_by_the_next(running: Running) -> None:
    running.notices.soon()
    await asyncio.sleep(0)
    await running.conference.follow(1, "talk")
    running.notices.soon()

    await running.notices.settled()

    assert running.minutes_left() == 45


async def test_a_tick_that_fails_is_logged_and_the_rest_goes_on(
    running: Running, database: Database, caplog: pytest.LogCaptureFixture
) -> None:
    async with database.transaction() as connection:
        await connection.execute("ALTER TABLE session_revisions RENAME TO elsewhere")
    with caplog.at_level(logging.ERROR, "bot.services.notices"):
        await running.notices.tick()
    assert [record.getMessage() for record in caplog.records] == [
        "Failed at planning reminders",
        "Failed at looking for the next reminder",
    ]
    assert running.minutes_left() is None

    async with database.transaction() as connection:
        await connection.execute("ALTER TABLE elsewhere RENAME TO session_revisions")
    await running.conference.follow(1, "talk")
    await running.notices.tick()
    assert running.minutes_left() == 45


async def test_it_can_be_stopped_at_any_time(running: Running) -> None:
    await running.notices.stop()
    running.notices.soon()
    await asyncio.sleep(0)
    await running.notices.stop()
    await running.notices.tick()
