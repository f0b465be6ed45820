"""Speakers' reminders: for their own minutes, once each, again when moved, never for what is over or off."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

import pytest

from bot.i18n import localizer
from bot.messages.speaker_notices import day_before_reminder, speaker_reminder
from bot.messages.view import View
from bot.models import Attendee
from bot.services.renderings import Obsolete, Rendered
from bot.services.speaker_reminders import SpeakerReminderRenderer
from bot.services.speakers import SpeakerServices
from bot.speakers import CodeState, SpeakerReminder
from bot.storage.outbox import Done, claim, delete_row, record_done
from content.agenda import SessionSpeaker
from tests.bot.services.newsroom import LUNCH, PANEL, TALK, Newsroom, later
from tests.builders import a_moment, a_session

ANA = 1


class Green:
    """The green room: speakers and what they are reminded of."""

    def __init__(self, newsroom: Newsroom) -> None:
        self.newsroom = newsroom
        self.start()

    def start(self) -> None:
        """Begin with nothing remembered, as after a restart."""
        room = self.newsroom

        async def nobody() -> tuple[int, ...]:
            return ()

        self.speakers = SpeakerServices.of(room.database, room.clock, room.agenda, room.changes, nobody)
        self.renderer = SpeakerReminderRenderer(
            self.speakers.reminders,
            self.speakers.claims,
            view_of=self._view_of,
            write_lead=speaker_reminder,
            write_day=day_before_reminder,
        )

    async def claims(self, chat_id: int, speaker_id: str) -> None:
        """Make this person this speaker."""
        await self.newsroom.welcome(chat_id)
        code = await self.speakers.codes.make(self.newsroom.speaker(speaker_id).handle)
        assert (await self.speakers.claims.claim(code, chat_id)).state is CodeState.GOOD

    async def at(self, moment: str) -> list[str]:
        """Set the clock, plan and send as delivery does; return the first lines of what was sent."""
        self.newsroom.at(moment)
        await self.speakers.reminders.plan()
        database, now, sent = self.newsroom.database, self.newsroom.clock.now, list[str]()
        while True:
            async with database.transaction() as connection:
                items = await claim(connection, now, 1, ())
            if not items:
                return sent
            [item] = items
            rendering = None if item.expires_at <= now else await self.renderer.render(item, Attendee(item.chat_id))
            async with database.transaction() as connection:
                match rendering:
                    case None:
                        await record_done(connection, [Done(item, "expired", now)])
                    case Rendered(message):
                        await record_done(connection, [Done(item, "sent", now)])
                        sent.append(message.text.split("\n")[0].removeprefix("<b>").removesuffix("</b>"))
                    case Obsolete(delete=True):
                        await delete_row(connection, item)
                    case other:
                        raise AssertionError(other)

    def _view_of(self, attendee: Attendee) -> View:
        return View(localizer(attendee.language), self.newsroom.agenda.current.agenda, self.newsroom.clock.now)


@pytest.fixture
def green(newsroom: Newsroom) -> Green:
    """Ana talks at 15:00 and sits on the panel at 16:00."""
    return Green(newsroom)


async def test_each_reminder_comes_once_at_its_time(green: Green) -> None:
    green.newsroom.at("2023-11-21 12:00")
    await green.claims(ANA, "ana")

    assert await green.at("2023-11-21 17:59") == []
    assert await green.at("2023-11-21 18:00") == ["Tomorrow you are on in 2 sessions."]
    assert await green.at("2023-11-21 18:01") == []
    assert await green.at("13:59") == []
    assert await green.at("14:00") == ["You are on in 1 hour."]
    assert await green.at("14:45") == ["You are on in 15 minutes."]
    assert await green.at("15:00") == ["You are on in 1 hour."]
    green.start()
    await green.speakers.claims.load()
    assert await green.at("15:01") == []


async def test_own_minutes_count_where_the_agenda_has_them(green: Green) -> None:
    part = SessionSpeaker("ana", starts_at=a_moment("15:30"), ends_at=a_moment("15:50"))
    await green.newsroom.publish(a_session("talk", starts_at="15:00", speakers=[part]))
    await green.claims(ANA, "ana")

    assert await green.at("14:00") == []
    assert await green.at("14:30") == ["You are on in 1 hour."]


async def test_of_several_that_are_due_at_once_the_nearest_comes_alone(green: Green) -> None:
    """The bot was down: an hour and a quarter before need not both be said at ten to."""
    await green.newsroom.publish(TALK, LUNCH)
    await green.claims(ANA, "ana")

    assert await green.at("14:50") == ["You are on in 10 minutes."]


async def test_who_claims_late_sees_it_at_the_desk_and_is_reminded_of_what_is_due_later_alone(green: Green) -> None:
    await green.newsroom.publish(TALK, LUNCH)
    green.newsroom.at("14:20")
    await green.claims(ANA, "ana")

    assert await green.at("14:21") == []
    assert await green.at("14:45") == ["You are on in 15 minutes."]


async def test_what_was_planned_and_could_not_be_sent_is_not_said_beside_the_next_one(green: Green) -> None:
    await green.newsroom.publish(TALK, LUNCH)
    await green.claims(ANA, "ana")
    green.newsroom.at("14:00")
    await green.speakers.reminders.plan()

    assert await green.at("14:46") == ["You are on in 14 minutes."]


async def test_a_move_reminds_again_and_a_move_back_once_more(green: Green) -> None:
    await green.newsroom.publish(TALK, LUNCH)
    await green.claims(ANA, "ana")
    assert await green.at("14:00") == ["You are on in 1 hour."]

    await green.newsroom.publish(later(TALK), LUNCH)
    assert await green.at("14:30") == []
    assert await green.at("15:00") == ["You are on in 1 hour."]

    await green.newsroom.publish(later(TALK, 2), LUNCH)
    await green.newsroom.publish(later(TALK), LUNCH)
    assert await green.at("15:10") == ["You are on in 50 minutes."]


@pytest.mark.parametrize(
    "gone",
    [replace(TALK, cancelled=True), replace(TALK, speakers=()), replace(TALK, unknown=frozenset({"time"}))],
    ids=["cancelled", "no part", "time unknown"],
)
async def test_nothing_comes_for_what_is_off_though_it_was_planned(green: Green, gone: object) -> None:
    await green.newsroom.publish(TALK, LUNCH)
    await green.claims(ANA, "ana")
    green.newsroom.at("14:00")
    assert await green.speakers.reminders.plan() == 1

    await green.newsroom.publish(gone, LUNCH)  # type: ignore[arg-type]  # a session of the table above

    assert await green.at("14:00") == []
    assert await green.at("14:50") == []


async def test_nothing_comes_to_who_is_the_speaker_no_more(green: Green) -> None:
    await green.claims(ANA, "ana")
    green.newsroom.at("14:00")
    await green.speakers.reminders.plan()
    await green.speakers.claims.undo(green.newsroom.speaker("ana").handle, ANA, by=ANA)

    async with green.newsroom.database.transaction() as connection:
        await connection.execute("DELETE FROM outbox WHERE json_extract(payload, '$.about') = 'undone'")
    assert await green.at("14:00") == []


async def test_a_reminder_switched_off_is_not_sent_and_on_again_it_is(green: Green) -> None:
    await green.newsroom.publish(TALK, LUNCH)
    await green.claims(ANA, "ana")
    green.newsroom.at("14:00")
    await green.speakers.reminders.plan()
    await green.speakers.reminders.set_wish(ANA, SpeakerReminder.HOUR, on=False)

    assert await green.at("14:00") == []
    await green.speakers.reminders.set_wish(ANA, SpeakerReminder.HOUR, on=True)
    assert await green.at("14:01") == ["You are on in 59 minutes."]


async def test_the_bot_is_woken_for_the_next_reminder(green: Green) -> None:
    await green.newsroom.publish(PANEL)
    green.newsroom.at("2023-11-21 09:00")
    assert await green.speakers.reminders.next_due() is None
    await green.claims(ANA, "ana")

    moments = []
    for _ in range(3):
        due = await green.speakers.reminders.next_due()
        assert due is not None
        moments.append(due)
        green.newsroom.clock.now = due
    assert moments == [a_moment("2023-11-21 18:00"), a_moment("15:00"), a_moment("15:45")]
    assert await green.speakers.reminders.next_due() is None


async def test_the_evening_before_the_clocks_change_is_the_evening_by_the_clock(green: Green) -> None:
    """On 26 March 2023 the clocks of Bucharest go forward at three."""
    talk = a_session("talk", starts_at="2023-03-26 09:00", speakers=["ana"])
    green.newsroom.at("2023-03-24 09:00")
    await green.newsroom.publish(talk)
    await green.claims(ANA, "ana")

    assert await green.speakers.reminders.next_due() == a_moment("2023-03-25 18:00")
    assert date(2023, 3, 25) + timedelta(days=1) == talk.starts_at.date()
