"""What stalls, the organisers hear, once, and once more when it is over."""

from __future__ import annotations

from datetime import datetime, timedelta

import pytest

from bot.alarms import Alarm, AlarmKind
from bot.models import Attendee, Organiser
from bot.services.organiser_alarm import OrganiserAlarm
from bot.services.organisers import OrganiserService
from bot.services.stall_watch import StallWatch
from bot.storage.alarms import latest_alarm
from bot.storage.attendees import save_attendee
from bot.storage.database import Database
from bot.storage.organisers import add_organiser
from tests.builders import a_moment
from tests.scenarios.conversation import FrozenClock

MINUTE = timedelta(minutes=1)


class Watched:
    """A bot whose clock, outbox and Telegram a test moves."""

    def __init__(self, database: Database) -> None:
        self.database = database
        self.clock = FrozenClock()
        self.steady = 0.0
        self.sent = 0
        self.told_at_once: list[Alarm] = []
        self.answered_at: datetime | None = self.clock.now
        alarm = OrganiserAlarm(database, self.clock, OrganiserService(database, self.clock), lambda: None)
        self.watch = StallWatch(
            database,
            self.clock,
            alarm,
            sent=lambda: self.sent,
            tell_at_once=self._told,
            steady=lambda: self.steady,
        )
        self.watch.telegram_answered_at = lambda: self.answered_at

    async def _told(self, alarm: Alarm) -> None:
        self.told_at_once.append(alarm)

    async def passes(self, minutes: int, *, answering: bool = True) -> None:
        """Let time pass with a tick a minute."""
        for _ in range(minutes):
            self.clock.now += MINUTE
            self.steady += 60
            if answering:
                self.answered_at = self.clock.now
            await self.watch.tick()

    async def told(self) -> list[tuple[str, bool]]:
        """What organisers were told by the outbox: of what, and whether it is over."""
        rows = await self.database.reader.execute_fetchall(
            "SELECT json_extract(payload, '$.details.what'), json_extract(payload, '$.details.until') FROM outbox"
            " WHERE kind = 'organisers' ORDER BY id"
        )
        return [(row[0], row[1] is not None) for row in rows]

    async def is_due(self, key: str) -> None:
        """Put a reminder in the outbox that is due now and late in an hour."""
        now = self.clock.now
        async with self.database.transaction() as connection:
            await connection.execute(
                "INSERT INTO outbox (key, chat_id, kind, priority, payload, not_before, expires_at, created_at)"
                " VALUES (?, 7, 'reminder', 10, '{}', ?2, ?3, ?2)",
                (key, _text(now), _text(now + timedelta(hours=1))),
            )


def _text(moment: datetime) -> str:
    from bot.storage.columns import moment_column  # noqa: PLC0415 - the column's own form

    return moment_column(moment)


@pytest.fixture
async def watched(database: Database) -> Watched:
    """One organiser, and everything well."""
    async with database.transaction() as connection:
        await save_attendee(connection, Attendee(7, "en", True, a_moment("10:00").date(), a_moment("10:00").date()))
        await add_organiser(connection, Organiser(7, a_moment("10:00")))
    watched = Watched(database)
    await watched.watch.tick()
    return watched


async def test_while_all_is_well_nobody_is_told_anything(watched: Watched) -> None:
    await watched.passes(60)

    assert await watched.told() == []
    assert watched.told_at_once == []


@pytest.mark.parametrize("jump", [timedelta(hours=2), timedelta(hours=-2)])
async def test_a_clock_that_jumps_is_told_once(watched: Watched, jump: timedelta) -> None:
    watched.clock.now += jump
    await watched.passes(10)

    assert await watched.told() == [("clock", True)]
    alarm = await latest_alarm(watched.database.reader, AlarmKind.STALLED)
    assert alarm is not None
    assert datetime.fromisoformat(alarm.details["until"]) - datetime.fromisoformat(alarm.details["since"]) == jump


async def test_an_outbox_that_stands_still_is_told_at_once_without_it_and_by_it_when_it_goes_on(
    watched: Watched,
) -> None:
    await watched.is_due("one")
    await watched.passes(20)
    assert [alarm.details["until"] for alarm in watched.told_at_once] == [None]
    assert await watched.told() == []

    async with watched.database.transaction() as connection:
        await connection.execute("UPDATE outbox SET state = 'sent', done_at = not_before")
    watched.sent += 1
    await watched.passes(3)

    assert len(watched.told_at_once) == 1
    assert await watched.told() == [("outbox", True)]


async def test_an_outbox_that_is_long_but_moves_is_no_alarm(watched: Watched) -> None:
    await watched.is_due("last in a long line")
    for _ in range(30):
        watched.sent += 1_200
        await watched.passes(1)

    assert watched.told_at_once == []


async def test_a_silent_telegram_is_told_once_it_answers_again(watched: Watched) -> None:
    await watched.passes(12, answering=False)
    assert await watched.told() == []

    await watched.passes(2)

    assert await watched.told() == [("telegram", True)]
