"""Reminders: each at its time and once, also when things change in the last minutes."""

from __future__ import annotations

from datetime import datetime, timedelta

import pytest

from tests.bot.services.conference import Conference
from tests.builders import a_session

MINUTE = timedelta(minutes=1)


async def test_a_reminder_comes_ten_minutes_before_and_once(conference: Conference) -> None:
    await conference.publish(a_session("talk", starts_at="11:00"))
    await conference.follow(1, "talk")

    conference.at("10:49")
    assert await conference.next_due() == MINUTE
    assert await conference.remind() == []

    conference.at("10:50")
    (one,) = await conference.remind()
    assert (one.chat_id, one.session) == (1, "talk")
    assert "In 10 minutes" in one.text
    assert await conference.next_due() is None
    conference.at("10:59")
    assert await conference.remind() == []


@pytest.mark.parametrize("lead", [5, 10, 15, 30, 60])
async def test_each_lead_is_kept_for_all_and_for_one_session(conference: Conference, lead: int) -> None:
    await conference.publish(a_session("talk", starts_at="12:00"), a_session("other", starts_at="15:00"))
    await conference.follow(1, "talk", "other")
    await conference.follow(2, "talk")
    await conference.follows.set_lead(1, lead)
    await conference.follows.set_session_lead(1, conference.session("other").handle, 30)
    await conference.follows.set_lead(2, 0)

    assert await conference.next_due() == conference.session("talk").starts_at - conference.clock.now - lead * MINUTE
    conference.clock.now += await conference.next_due() or timedelta()
    assert await conference.reminded() == [(1, "talk")]
    conference.at("14:30")
    assert await conference.reminded() == [(1, "other")]
    assert await conference.next_due() is None


async def test_a_reminder_that_could_not_come_at_its_time_comes_as_soon_as_it_can(conference: Conference) -> None:
    await conference.publish(a_session("talk", starts_at="11:00"))
    await conference.follow(1, "talk")
    conference.at("10:56")

    (one,) = await conference.remind()
    assert "In 4 minutes" in one.text
    assert await conference.reminded() == []


@pytest.mark.parametrize("followed_at", ["10:56", "10:49:30"])
async def test_who_follows_a_session_about_to_start_was_just_told_so(conference: Conference, followed_at: str) -> None:
    await conference.publish(a_session("talk", starts_at="11:00", speakers=["ana"]))
    await conference.follow(2, "talk")
    conference.at("10:50")
    assert await conference.reminded() == [(2, "talk")]

    conference.at(followed_at)
    await conference.follow(1, "talk")
    for time in ("10:56", "10:59"):
        conference.at(time)
        assert await conference.reminded() == []


async def test_another_lead_chosen_then_reminds_all_the_same(conference: Conference) -> None:
    await conference.publish(a_session("talk", starts_at="11:00"))
    conference.at("10:51")
    await conference.follow(1, "talk")
    assert await conference.reminded() == []
    await conference.follows.set_lead(1, 5)
    conference.at("10:55")
    assert await conference.reminded() == [(1, "talk")]


async def test_a_changed_lead_does_not_remind_twice(conference: Conference) -> None:
    await conference.publish(a_session("talk", starts_at="11:00"))
    await conference.follow(1, "talk")
    await conference.follows.set_lead(1, 60)
    conference.at("10:00")
    assert await conference.reminded() == [(1, "talk")]

    await conference.follows.set_lead(1, 5)
    for time in ("10:01", "10:55", "10:59"):
        conference.at(time)
        assert await conference.reminded() == []


async def test_a_longer_lead_reminds_at_once_and_a_shorter_one_takes_back_what_waits(conference: Conference) -> None:
    await conference.publish(a_session("talk", starts_at="11:00"))
    await conference.follow(1, "talk")
    await conference.follow(2, "talk")
    conference.at("10:30")
    await conference.follows.set_lead(1, 30)
    await conference.follows.set_lead(2, 60)
    assert await conference.reminders.plan_due() == 2

    await conference.follows.set_session_lead(2, conference.session("talk").handle, 5)

    assert [one.chat_id for one in await conference.send()] == [1]
    conference.at("10:55")
    assert await conference.reminded() == [(2, "talk")]


async def test_a_session_that_moves_reminds_again_also_there_and_back(conference: Conference) -> None:
    at_eleven, at_noon = a_session("talk", starts_at="11:00"), a_session("talk", starts_at="12:00")
    await conference.publish(at_eleven)
    await conference.follow(1, "talk")
    conference.at("10:50")
    assert await conference.reminded() == [(1, "talk")]

    conference.at("10:52")
    await conference.publish(at_noon)
    assert await conference.reminded() == []
    assert await conference.next_due() == 58 * MINUTE
    await conference.publish(at_eleven)
    (one,) = await conference.remind()
    assert "In 8 minutes" in one.text

    await conference.publish(at_noon)
    conference.at("11:50")
    assert await conference.reminded() == [(1, "talk")]


async def test_another_change_than_the_start_does_not_remind_again(conference: Conference) -> None:
    await conference.publish(a_session("talk", starts_at="11:00"))
    await conference.follow(1, "talk")
    conference.at("10:50")
    assert await conference.reminded() == [(1, "talk")]

    await conference.publish(a_session("talk", "A better title", starts_at="11:00", minutes=30))

    assert await conference.reminded() == []


@pytest.mark.parametrize("moved", ["10:30", "12:00"])
async def test_what_waits_while_its_session_moves_is_never_sent(conference: Conference, moved: str) -> None:
    await conference.publish(a_session("talk", starts_at="11:00"))
    await conference.follow(1, "talk")
    conference.at("10:50")
    assert await conference.reminders.plan_due() == 1

    await conference.publish(a_session("talk", starts_at=moved))

    assert await conference.reminded() == []
    assert await conference.rows() == 0


async def test_moved_there_and_back_while_it_waits_it_is_sent_once(conference: Conference) -> None:
    await conference.publish(a_session("talk", starts_at="11:00"))
    await conference.follow(1, "talk")
    conference.at("10:50")
    assert await conference.reminders.plan_due() == 1
    await conference.publish(a_session("talk", starts_at="12:00"))
    await conference.publish(a_session("talk", starts_at="11:00"))

    assert await conference.reminded() == [(1, "talk")]
    assert await conference.reminded() == []


async def test_a_cancelled_session_is_silent_and_a_restored_one_speaks(conference: Conference) -> None:
    talk, other = a_session("talk", starts_at="11:00"), a_session("other", starts_at="18:00")
    await conference.publish(talk, other)
    await conference.follow(1, "talk")
    conference.at("10:50")
    assert await conference.reminders.plan_due() == 1

    await conference.publish(a_session("talk", starts_at="11:00", cancelled=True), other)
    assert await conference.next_due() is None
    assert await conference.reminded() == []
    await conference.publish(other)
    assert await conference.reminded() == []

    await conference.publish(talk, other)
    assert await conference.reminded() == [(1, "talk")]


async def test_nothing_comes_for_what_has_begun(conference: Conference) -> None:
    await conference.publish(a_session("talk", starts_at="11:00"))
    await conference.follow(1, "talk")

    conference.at("11:00")

    assert await conference.reminded() == []
    assert await conference.next_due() is None


async def test_no_reminder_invents_a_time_that_nobody_knows(conference: Conference) -> None:
    await conference.publish(a_session("talk", starts_at="11:00", unknown=frozenset({"time"})))
    await conference.follow(1, "talk")
    conference.at("10:55")

    assert await conference.reminded() == []


async def test_in_the_night_of_a_clock_change_minutes_are_minutes(conference: Conference) -> None:
    # 29 October 2023, Bucharest: at 04:00 summer time it is 03:00 winter time; 03:30 comes twice.
    first, second = "2023-10-29T03:30:00+03:00", "2023-10-29T03:30:00+02:00"
    zone = a_session().starts_at.tzinfo
    await conference.publish(
        *(
            a_session(str(n), starts_at=datetime.fromisoformat(at).astimezone(zone))
            for n, at in enumerate((first, second))
        )
    )
    await conference.follow(1, "0", "1")
    await conference.follows.set_lead(1, 60)

    conference.at(datetime.fromisoformat("2023-10-29T02:29:59+03:00"))
    assert await conference.next_due() == timedelta(seconds=1)
    for at, session in ((first, "0"), (second, "1")):
        conference.at(datetime.fromisoformat(at) - 60 * MINUTE)
        (one,) = await conference.remind()
        assert one.session == session
        assert "In 1 hour" in one.text
    conference.at(datetime.fromisoformat(second))
    assert await conference.reminded() == []
