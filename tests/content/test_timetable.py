"""What is on at a given moment."""

from __future__ import annotations

from datetime import date, datetime, time
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from content import timetable
from content.agenda import Agenda, Session
from content.questions.question import DayPart
from content.timetable import Phase
from tests.builders import BUCHAREST, a_moment, a_session, an_agenda

MORNING = a_session("opening", starts_at="09:30", ends_at="10:15")
UMBRELLA = a_session("pitching", starts_at="14:00", ends_at="15:45")
BLOCK = a_session("pitch-ua", starts_at="14:10", ends_at="14:30", part_of="pitching")
NEXT_BLOCK = a_session("pitch-md", starts_at="14:30", ends_at="14:50", part_of="pitching")
DINNER = a_session("dinner", starts_at="19:30", ends_at="2023-11-23 00:30")


@pytest.fixture
def agenda() -> Agenda:
    return an_agenda(MORNING, UMBRELLA, BLOCK, NEXT_BLOCK, DINNER)


def test_a_block_stands_for_the_session_it_is_part_of(agenda: Agenda) -> None:
    assert timetable.on_now(agenda, a_moment("14:15")) == (BLOCK,)


def test_the_umbrella_is_on_between_its_blocks(agenda: Agenda) -> None:
    assert timetable.on_now(agenda, a_moment("15:00")) == (UMBRELLA,)


def test_a_session_is_over_at_its_end(agenda: Agenda) -> None:
    assert timetable.on_now(agenda, a_moment("10:15")) == ()


def test_a_session_past_midnight_is_still_on(agenda: Agenda) -> None:
    assert timetable.on_now(agenda, a_moment("2023-11-23 00:15")) == (DINNER,)


def test_a_cancelled_session_is_neither_on_nor_next() -> None:
    agenda = an_agenda(a_session("talk", starts_at="10:00", cancelled=True), a_session("later", starts_at="12:00"))

    assert timetable.on_now(agenda, a_moment("10:30")) == ()
    assert [session.id for session in timetable.on_next(agenda, a_moment("09:00"))] == ["later"]


def test_next_is_every_session_of_the_next_start(agenda: Agenda) -> None:
    parallel = an_agenda(a_session("one", starts_at="09:15"), a_session("two", starts_at="09:15"), MORNING)

    assert [session.id for session in timetable.on_next(parallel, a_moment("08:00"))] == ["one", "two"]


def test_nothing_is_next_after_the_last_start(agenda: Agenda) -> None:
    assert timetable.on_next(agenda, a_moment("20:00")) == ()


@pytest.mark.parametrize(
    ("moment", "expected"),
    [
        ("2023-11-20 23:59", Phase.BEFORE),
        ("2023-11-21 00:00", Phase.DURING),
        ("2023-11-23 23:59", Phase.DURING),
        ("2023-11-24 00:10", Phase.AFTER),
    ],
)
def test_the_event_is_before_on_or_over(agenda: Agenda, moment: str, expected: Phase) -> None:
    assert timetable.phase(agenda, a_moment(moment)) is expected


def test_the_event_is_on_while_its_last_night_goes_past_midnight() -> None:
    agenda = an_agenda(a_session("party", starts_at="2023-11-23 22:00", ends_at="2023-11-24 02:00"))

    assert timetable.phase(agenda, a_moment("2023-11-24 01:00")) is Phase.DURING


def test_a_days_list_shows_the_umbrella_for_its_blocks(agenda: Agenda) -> None:
    assert timetable.whole(agenda.sessions_on(date(2023, 11, 22))) == (MORNING, UMBRELLA, DINNER)


def test_a_span_takes_what_overlaps_it(agenda: Agenda) -> None:
    found = timetable.at_clock(agenda, date(2023, 11, 22), time(9), time(14))

    assert found == (MORNING,)


def test_the_evening_begins_at_six(agenda: Agenda) -> None:
    assert timetable.in_part(agenda.sessions, DayPart.EVENING) == (DINNER,)


@given(hour=st.integers(0, 23), minute=st.integers(0, 59))
def test_now_agrees_with_a_clock_time_of_today(hour: int, minute: int) -> None:
    agenda = an_agenda(MORNING, UMBRELLA, BLOCK, NEXT_BLOCK, DINNER)
    now = a_moment(f"2023-11-22 {hour:02}:{minute:02}")

    running = timetable.on_now(agenda, now)

    at_that_time = timetable.at_clock(agenda, date(2023, 11, 22), time(hour, minute))
    assert set(running) <= set(at_that_time)
    assert bool(running) == bool(at_that_time)


def pairs(*sessions: Session) -> list[tuple[str, str]]:
    return [(one.id, other.id) for one, other in timetable.clashes(sessions)]


def test_sessions_that_overlap_clash_in_order_of_start() -> None:
    day = a_session("day", starts_at="09:00", ends_at="18:00")
    lunch = a_session("lunch", starts_at="12:00", ends_at="13:00")
    talk = a_session("talk", starts_at="12:30", ends_at="13:30")
    after = a_session("after", starts_at="13:30", ends_at="14:00")

    assert pairs(after, talk, lunch, day) == [("day", "lunch"), ("day", "talk"), ("lunch", "talk"), ("day", "after")]


def test_what_ends_when_the_other_starts_does_not_clash() -> None:
    assert pairs(MORNING, a_session("next", starts_at="10:15")) == []


def test_a_block_does_not_clash_with_what_it_is_part_of_however_deep() -> None:
    inner = a_session("inner", starts_at="14:15", ends_at="14:20", part_of="pitch-ua")
    beside = a_session("beside", starts_at="14:16", ends_at="14:18", part_of="elsewhere")

    assert pairs(UMBRELLA, BLOCK, inner, NEXT_BLOCK) == []
    assert pairs(UMBRELLA, BLOCK, beside) == [("pitching", "beside"), ("pitch-ua", "beside")]


@pytest.mark.parametrize("odd", [{"cancelled": True}, {"unknown": frozenset({"time"})}, {"ends_at": "09:40"}])
def test_what_is_off_or_without_a_length_or_a_time_clashes_with_nothing(odd: dict[str, Any]) -> None:
    assert pairs(MORNING, a_session("other", **({"starts_at": "09:40", "ends_at": "10:00"} | odd))) == []


def test_blocks_that_claim_to_be_part_of_each_other_are_kin_and_no_endless_search() -> None:
    one, other = a_session("one", part_of="other"), a_session("other", part_of="one")

    assert pairs(one, other) == []


def test_in_the_night_of_a_clock_change_instants_clash_not_clock_times() -> None:
    def session(session_id: str, first: str, last: str) -> Session:
        starts_at, ends_at = (
            datetime.fromisoformat(f"2023-10-29T{moment}").astimezone(BUCHAREST) for moment in (first, last)
        )
        return a_session(session_id, starts_at=starts_at, ends_at=ends_at)

    summer = session("summer", "03:10:00+03:00", "03:50:00+03:00")
    winter = session("winter", "03:10:00+02:00", "03:50:00+02:00")
    through = session("through", "03:40:00+03:00", "03:20:00+02:00")

    assert pairs(winter, summer) == []
    assert pairs(winter, through, summer) == [("summer", "through"), ("through", "winter")]
