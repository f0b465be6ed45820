"""The hours of schedules: nights, zones, offsets that are wrong, lengths in all spellings."""

from __future__ import annotations

from datetime import timedelta

import pytest

from tests.builders import an_event
from tests.content.formats.frab_files import day, doubts, event, read, schedule


def test_a_start_after_midnight_belongs_to_the_night_after_its_day() -> None:
    data = schedule(
        day(event("1", start="00:30"), event("2", start="05:59"), event("3", start="06:00"), event("4", start="23:30")),
        day_change="09:00:00",
    )

    file = read(data)

    assert [f"{session.starts_at:%d %H:%M}" for session in file.agenda.sessions] == [
        "05 06:00",
        "05 23:30",
        "06 00:30",
        "06 05:59",
    ]
    assert len(doubts(file, "source_night")) == 2
    assert file.agenda.event.ends_on.day == 5


def test_a_whole_moment_wins_over_the_day_it_is_listed_under() -> None:
    file = read(schedule(day(event("1", date="2031-06-06T00:30:00+03:00", start="00:30"))))

    assert f"{file.agenda.sessions[0].starts_at:%d %H:%M}" == "06 00:30"
    assert doubts(file, "source_night")[0].endswith(
        "is listed under Thursday, 5 June 2031 and starts after midnight: Friday, 6 June, 00:30."
    )


def test_the_printed_hour_wins_over_a_wrong_offset() -> None:
    wrong = [event(str(n), date=f"2031-06-05T1{n}:00:00+00:00", start=f"1{n}:00") for n in range(3)]

    file = read(schedule(day(*wrong)))

    assert [session.starts_at.hour for session in file.agenda.sessions] == [10, 11, 12]
    (said,) = doubts(file, "source_offset_differs")
    assert "Europe/Bucharest is +03:00" in said
    assert "Sessions that say so: 3" in said


def test_a_right_offset_of_another_zone_is_the_moment_it_says() -> None:
    file = read(schedule(day(event("1", date="2031-06-05T07:00:00+00:00", start="10:00"))))

    assert file.agenda.sessions[0].starts_at.hour == 10
    assert not doubts(file, "source_offset_differs")


def test_two_hours_that_fit_in_no_way_are_reported() -> None:
    file = read(schedule(day(event("1", date="2031-06-05T09:15:00+03:00", start="10:00"))))

    assert file.agenda.sessions[0].starts_at.hour == 10
    assert "10:00 is taken" in doubts(file, "source_hours_differ")[0]


@pytest.mark.parametrize(
    ("conference", "date", "zone", "why"),
    [
        ({"city": "Brussels"}, "-", "Europe/Brussels", "the town is Brussels"),
        ({"city": "Iași"}, "-", "Europe/Bucharest", "the town is Iași"),
        ({}, "2031-06-05T10:00:00+01:00", "Etc/GMT-1", "its hours are +01:00"),
        ({}, "-", "UTC", "nothing in it says more"),
        ({"city": "Brussels"}, "2031-06-05T10:00:00-04:00", "Etc/GMT+4", "its hours are -04:00"),
        ({"time_zone_name": "Mars/Crater", "city": "Berlin"}, "-", "Europe/Berlin", "the town is Berlin"),
    ],
)
def test_a_zone_that_is_not_said_is_looked_for_and_reported(
    conference: dict[str, str], date: str, zone: str, why: str
) -> None:
    file = read(schedule(day(event("1", date=date)), **({"time_zone_name": "-"} | conference)))

    assert file.agenda.event.time_zone.key == zone
    assert file.agenda.sessions[0].starts_at.hour == 10
    said = doubts(file, "source_zone_unknown" if "time_zone_name" in conference else "source_zone_unsaid")
    assert why in said[0]


def test_offsets_of_summer_and_winter_choose_a_zone_that_has_both() -> None:
    summer = day(event("1", date="2031-10-25T10:00:00+03:00"), date="2031-10-25")
    winter = day(event("2", date="2031-10-27T10:00:00+02:00"), date="2031-10-27")

    file = read(schedule(summer, winter, time_zone_name="-"))

    assert file.agenda.event.time_zone.key == "Europe/Bucharest"
    assert [session.starts_at.hour for session in file.agenda.sessions] == [10, 10]


def test_a_session_in_the_night_of_a_clock_change_keeps_its_length() -> None:
    file = read(schedule(day(event("1", start="02:30", duration="02:00"), date="2031-10-26")))

    (session,) = file.agenda.sessions
    assert session.duration == timedelta(hours=2)
    assert f"{session.ends_at:%H:%M %z}" == "03:30 +0200"


def test_the_zone_that_the_call_names_wins() -> None:
    data = schedule(day(event("1", date="2031-06-05T10:00:00+00:00", start="10:00")), time_zone_name="-")

    file = read(data, zone="America/Toronto")

    assert f"{file.agenda.sessions[0].starts_at:%H:%M %z}" == "10:00 -0400"
    assert not doubts(file, "source_zone_unsaid")


def test_the_zone_of_the_event_that_there_is_fits_its_next_schedule() -> None:
    current = an_event("harbour-2031")
    data = schedule(day(event("1")), time_zone_name="-")

    assert read(data, current=current).agenda.event.time_zone.key == "Europe/Bucharest"
    assert read(data, current=an_event("another")).agenda.event.time_zone.key == "UTC"


@pytest.mark.parametrize(
    ("duration", "minutes", "is_doubtful"),
    [
        ("8:00", 480, False),
        ("00:30:00", 30, False),
        ("45", 45, False),
        ("", 0, True),
        ("soon", 0, True),
        ("00:00", 0, False),
    ],
)
def test_lengths_are_read_as_programs_write_them(duration: str, minutes: int, is_doubtful: bool) -> None:
    file = read(schedule(day(event("1", duration=duration))))

    assert file.agenda.sessions[0].duration == timedelta(minutes=minutes)
    assert bool(doubts(file, "source_length_unreadable")) is is_doubtful
