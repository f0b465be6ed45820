"""When sending begins: as late as can be, and early enough for everybody."""

from __future__ import annotations

import random
from datetime import timedelta
from itertools import pairwise

from hypothesis import given
from hypothesis import strategies as st

from bot.models import LEADS
from bot.services.reminder_schedule import ReminderSchedule
from bot.services.reminders import ReminderService
from bot.storage.columns import moment_column
from bot.storage.database import Database
from content.agenda import Session, Speaker
from tests.bot.services.conference import Conference
from tests.bot.services.standing_clock import StandingClock
from tests.builders import a_moment, a_session, an_agenda

SECOND = timedelta(seconds=1)
AUDIENCES = st.lists(
    st.tuples(st.integers(0, 90), st.dictionaries(st.sampled_from(LEADS), st.integers(0, 4_000))),
    min_size=1,
    max_size=6,
)


@given(sessions=AUDIENCES, rate=st.sampled_from([1.0, 7.5, 20.0, 30.0]))
def test_everybody_is_served_in_time_and_nobody_earlier_than_need_be(
    sessions: list[tuple[int, dict[int, int]]], rate: float
) -> None:
    start = a_moment("12:00")
    agenda = an_agenda(
        *(
            a_session(f"s{n}", starts_at=start + timedelta(minutes=minute), handle=f"s{n}")
            for n, (minute, _) in enumerate(sessions)
        )
    )
    schedule = ReminderSchedule(
        1, agenda, {each.handle: (moment_column(each.starts_at), 1) for each in agenda.sessions}, rate
    )
    schedule.set_audience({f"s{n}": leads for n, (_, leads) in enumerate(sessions)})

    last_start = max(each.starts_at for each in agenda.sessions)
    groups = schedule.begun(start - timedelta(minutes=2))
    free_at = None
    for group in groups:
        people = sessions[int(group.session[1:])][1].get(group.lead_minutes, 0)
        due_at = group.starts_at - timedelta(minutes=group.lead_minutes)
        begins = group.begins_at if free_at is None else max(group.begins_at, free_at)
        free_at = begins + timedelta(seconds=people / rate)
        assert group.begins_at <= due_at <= last_start
        assert free_at <= due_at + SECOND + timedelta(microseconds=10)


@given(people=st.lists(st.integers(0, 15), max_size=8))
def test_bites_hold_all_in_their_order_and_no_more_than_they_may_but_for_one_group(people: list[int]) -> None:
    agenda = an_agenda(*(a_session(f"s{n}", handle=f"s{n}") for n in range(len(people))))
    known = {each.handle: (moment_column(each.starts_at), 1) for each in agenda.sessions}
    schedule = ReminderSchedule(1, agenda, known, 20)
    schedule.set_audience({f"s{n}": {10: count} for n, count in enumerate(people)})
    groups = [each for each in schedule.begun(a_moment("09:59")) if each.lead_minutes == 10]
    counts = {f"s{n}": count for n, count in enumerate(people)}

    bites = schedule.in_bites(groups, 10)

    assert [group for bite in bites for group in bite] == groups
    for bite in bites:
        assert bite
        assert len(bite) == 1 or sum(counts[group.session] for group in bite) <= 10
    for one, other in pairwise(bites):
        assert sum(counts[group.session] for group in one) + counts[other[0].session] > 10


async def test_the_sending_begins_earlier_by_followers_through_rate(database: Database, clock: StandingClock) -> None:
    conference = Conference(database, clock, rate=2)
    await conference.publish(
        a_session("talk", starts_at="11:00"),
        a_session("panel", starts_at="11:00"),
        a_session("late", starts_at="11:01"),
    )
    for chat_id in range(1, 61):
        await conference.follow(chat_id, "talk", "panel")
    for chat_id in range(1, 21):
        await conference.follow(chat_id, "late")

    # 120 reminders for 10:50 take a minute; the 20 for 10:51 then have a minute to themselves.
    conference.at("10:48")
    assert await conference.next_due() == 60 * SECOND
    conference.at("10:48:59")
    assert await conference.remind() == []
    conference.at("10:49")
    reminded = await conference.remind()
    assert len(reminded) == 60
    assert {one.text.partition("</b>")[0] for one in reminded} == {"<b>In 11 minutes"}
    assert await conference.next_due() == 30 * SECOND
    conference.at("10:49:30")
    assert len(await conference.remind()) == 60
    assert await conference.next_due() == 80 * SECOND


async def test_whatever_people_press_the_next_moment_is_that_of_a_fresh_count(conference: Conference) -> None:
    dice = random.Random(3)
    speakers = ["ana", "ion", "eva"]
    await conference.publish(
        *(
            a_session(f"s{n}", starts_at=f"{11 + n // 4}:{n % 4 * 15:02}", speakers=dice.sample(speakers, n % 3))
            for n in range(12)
        ),
        a_session("all", starts_at="20:00", speakers=speakers),
    )
    agenda, follows = conference.agenda.current.agenda, conference.follows
    await conference.welcome(*range(1, 6))
    conference.at("08:00")
    seen = set()
    for _ in range(150):
        chat_id, session = dice.randint(1, 5), dice.choice(agenda.sessions)
        target: Session | Speaker = dice.choice((session, dice.choice(agenda.speakers)))
        match dice.randrange(7):
            case 0 | 1:
                await follows.follow(chat_id, target)
            case 2 | 3:
                await follows.unfollow(chat_id, target.handle)
            case 4:
                await follows.mute(chat_id, session.handle, dice.random() < 0.7)
            case 5:
                await follows.set_lead(chat_id, dice.choice((0, 0, *LEADS)))
            case _:
                await follows.set_session_lead(chat_id, session.handle, dice.choice((None, 0, 0, *LEADS)))
        fresh = ReminderService(conference.database, conference.clock, conference.agenda, follows, 20)
        expected = [
            each.starts_at - lead
            for chat_id in range(1, 6)
            for wanted in [await follows.follows_of(chat_id)]
            for each in wanted.sessions_in(agenda)
            if (lead := wanted.lead(each.handle)) is not None
        ]
        moment = await conference.reminders.next_due()
        assert moment == await fresh.next_due() == min(expected, default=None)
        seen.add(moment)
    assert len(seen) > 4
