"""The notice budget: quiet nights, at most six unasked an hour, and what passes both."""

from __future__ import annotations

from datetime import UTC, datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.models import NoticeKind, NoticeWishes
from bot.services.notice_budget import CAP, CAP_PERIOD, held_until

BUCHAREST = ZoneInfo("Europe/Bucharest")
ZONES = [BUCHAREST, *map(ZoneInfo, ("UTC", "America/St_Johns", "Asia/Kathmandu", "Pacific/Chatham", "Asia/Kolkata"))]
MINUTE = timedelta(minutes=1)

moments = st.datetimes(datetime(2020, 1, 1), datetime(2030, 1, 1), timezones=st.just(UTC))  # noqa: DTZ001 - `timezones` adds it
ages = st.lists(st.timedeltas(timedelta(seconds=1), timedelta(hours=3)), max_size=15)


def held(
    now: datetime,
    sent: list[datetime] | None = None,
    *,
    zone: ZoneInfo = BUCHAREST,
    kind: NoticeKind = NoticeKind.CHANGE,
    urgent: bool = False,
    quiet: bool = True,
) -> datetime | None:
    wishes = NoticeWishes(quiet_hours=quiet)
    return held_until(kind=kind, urgent=urgent, wishes=wishes, now=now, zone=zone, sent_lately=sent or [])


def local(day: int, clock: str, month: int = 11) -> datetime:
    return datetime.combine(datetime(2023, month, day).date(), time.fromisoformat(clock), BUCHAREST)  # noqa: DTZ001 - only its date


@pytest.mark.parametrize(
    ("now", "until"),
    [
        (local(22, "21:59:59"), None),
        (local(22, "22:00"), local(23, "07:00")),
        (local(22, "23:59:59"), local(23, "07:00")),
        (local(23, "00:00"), local(23, "07:00")),
        (local(23, "06:59:59"), local(23, "07:00")),
        (local(23, "07:00"), None),
        (local(28, "23:00", month=10), local(29, "07:00", month=10)),  # the clocks go back that night
        (local(25, "23:00", month=3), local(26, "07:00", month=3)),  # and forward that one
    ],
)
def test_nothing_comes_by_night_in_the_event_s_zone(now: datetime, until: datetime | None) -> None:
    assert held(now) == until
    assert held(now, quiet=False) is None


def test_the_seventh_notice_within_an_hour_waits_until_the_first_is_an_hour_old() -> None:
    now = local(22, "12:00")
    sent = [now - age * MINUTE for age in (50, 40, 30, 20, 10, 5)]
    assert held(now, sent[1:]) is None
    assert held(now, sent) == now + 10 * MINUTE
    assert held(now, [now - 59 * MINUTE, *sent]) == now + 10 * MINUTE
    assert held(now, [now - 61 * MINUTE, *sent[1:]]) is None


def test_what_the_cap_moves_into_the_night_waits_for_the_morning() -> None:
    now = local(22, "21:50")
    assert held(now, [now - 10 * MINUTE] * 6) == local(23, "07:00")
    assert held(now, [now - 10 * MINUTE] * 6, quiet=False) == local(22, "22:40")


@given(now=moments, sent=ages, zone=st.sampled_from(ZONES), quiet=st.booleans())
def test_reminders_and_what_is_urgent_pass_both(
    now: datetime, sent: list[timedelta], zone: ZoneInfo, quiet: bool
) -> None:
    lately = [now - age for age in sent]
    assert held(now, lately, zone=zone, quiet=quiet, kind=NoticeKind.REMINDER) is None
    assert held(now, lately, zone=zone, quiet=quiet, urgent=True) is None


@given(now=moments, sent=ages, zone=st.sampled_from(ZONES), quiet=st.booleans())
def test_when_the_wait_is_over_the_notice_may_go_and_not_a_second_earlier(
    now: datetime, sent: list[timedelta], zone: ZoneInfo, quiet: bool
) -> None:
    lately = [now - age for age in sent]
    until = held(now, lately, zone=zone, quiet=quiet)
    moment = until or now
    assert held(moment, lately, zone=zone, quiet=quiet) is None
    assert not (quiet and (moment.astimezone(zone).time() >= time(22) or moment.astimezone(zone).time() < time(7)))
    assert sum(moment - CAP_PERIOD < one for one in lately) < CAP
    if until is not None:
        assert now < until <= now + timedelta(hours=12)
        assert until.tzinfo is UTC
        assert held(until - timedelta(seconds=1), lately, zone=zone, quiet=quiet) == until


@given(start=moments, gaps=st.lists(st.timedeltas(timedelta(0), 40 * MINUTE), max_size=40))
def test_over_a_whole_day_nobody_gets_more_than_six_in_any_hour_and_all_in_the_end(
    start: datetime, gaps: list[timedelta]
) -> None:
    sent: list[datetime] = []
    now = start
    for gap in gaps:
        now += gap
        now = max(now, held(now, sent) or now)
        sent.append(now)
    assert len(sent) == len(gaps)
    for first, seventh in zip(sent, sent[CAP:], strict=False):
        assert seventh - first >= CAP_PERIOD
