"""Calendar files, read by a second reader that knows only the standard."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from content.agenda import Event, Session
from content.calendar import CalendarEntry, CalendarSession, calendar_of
from tests.builders import BUCHAREST, a_moment, a_session, an_agenda, an_event
from tests.content.rfc5545 import Entry, merged, read_calendar, read_entries

NOW = a_moment("2023-11-20 09:00")
OPENING = a_session("opening", "Opening", "10:00", handle="abcd1234")
TEXTS = st.text(st.characters(codec="utf-8"), max_size=200)


def an_entry(session: Session = OPENING, summary: str = "Opening", **fields: object) -> CalendarEntry:
    """An entry of a session in an agenda of its own; ``sequence`` and ``gone`` are the session's."""
    shown = CalendarSession(session, an_agenda(session))
    for name in ("sequence", "gone"):
        if name in fields:
            shown = replace(shown, **{name: fields.pop(name)})  # type: ignore[arg-type]  # named by the test
    return replace(CalendarEntry(shown, summary), **fields)  # type: ignore[arg-type]  # named by the test


def a_file(*entries: CalendarEntry, event: Event | None = None, now: datetime = NOW) -> bytes:
    return calendar_of(entries or (an_entry(),), event or an_event(), name="Clusters meet Regions", now=now)


def read(*entries: CalendarEntry, event: Event | None = None) -> Entry:
    (entry,) = read_entries(a_file(*entries, event=event))
    return entry


def test_a_session_is_an_entry_with_its_place_words_and_alarm() -> None:
    found = read(
        an_entry(location="Plenary Hall, Iași", description="Speaker: Ana\n\nBring a pen", lead=timedelta(minutes=15))
    )

    assert found == Entry(
        uid="abcd1234@iasi-2023.ghid",
        sequence=0,
        stamp=NOW.astimezone(UTC),
        starts=a_moment("10:00").astimezone(UTC),
        ends=a_moment("11:00").astimezone(UTC),
        summary="Opening",
        location="Plenary Hall, Iași",
        description="Speaker: Ana\n\nBring a pen",
        status="CONFIRMED",
        alarm=timedelta(minutes=15),
    )


def test_the_file_says_that_it_publishes_and_what_it_is_of() -> None:
    calendar = read_calendar(a_file(an_entry(link="https://t.me/ghid_bot?start=s_abcd1234")))

    assert calendar.properties["METHOD"].value == "PUBLISH"
    assert calendar.text("X-WR-CALNAME") == "Clusters meet Regions"
    assert calendar.inside("VEVENT")[0].properties["URL"].value == "https://t.me/ghid_bot?start=s_abcd1234"


def test_without_a_lead_there_is_no_alarm() -> None:
    assert read(an_entry(lead=None)).alarm is None


@pytest.mark.parametrize("how", ["cancelled in the agenda", "gone from it"])
def test_what_does_not_happen_is_cancelled_and_silent(how: str) -> None:
    session = replace(OPENING, cancelled=how == "cancelled in the agenda")

    found = read(an_entry(session, gone=how == "gone from it", sequence=2, lead=timedelta(minutes=10)))

    assert (found.status, found.sequence, found.alarm) == ("CANCELLED", 2, None)


def test_a_calendar_without_entries_is_refused() -> None:
    with pytest.raises(ValueError, match="at least one"):
        calendar_of((), an_event(), name="", now=NOW)


def test_exported_again_after_changes_the_same_entries_are_up_to_date() -> None:
    panel = a_session("panel", starts_at="12:00", handle="panel000")
    later = replace(OPENING, starts_at=a_moment("15:00"), ends_at=a_moment("16:00"))
    calendar = merged({}, read_entries(a_file(an_entry(), an_entry(panel, "Panel"))))

    second = a_file(
        an_entry(later, sequence=1),
        an_entry(panel, "Cancelled: Panel", sequence=1, gone=True),
        now=NOW + timedelta(hours=1),
    )
    calendar = merged(calendar, read_entries(second))

    assert {uid: (entry.starts, entry.status) for uid, entry in calendar.items()} == {
        "abcd1234@iasi-2023.ghid": (a_moment("15:00").astimezone(UTC), "CONFIRMED"),
        "panel000@iasi-2023.ghid": (a_moment("12:00").astimezone(UTC), "CANCELLED"),
    }


def test_an_older_file_opened_late_takes_nothing_back() -> None:
    moved = replace(OPENING, starts_at=a_moment("15:00"), ends_at=a_moment("16:00"))
    calendar = merged({}, read_entries(a_file(an_entry(moved, sequence=1))))

    calendar = merged(calendar, read_entries(a_file(an_entry(), now=NOW + timedelta(hours=1))))

    assert [entry.starts for entry in calendar.values()] == [a_moment("15:00").astimezone(UTC)]


@settings(max_examples=150, deadline=None)
@given(summary=TEXTS, location=TEXTS, description=TEXTS)
def test_any_text_comes_through_whole_in_lines_that_are_short_enough(
    summary: str, location: str, description: str
) -> None:
    found = read(an_entry(summary=summary, location=location, description=description, lead=None))

    assert _printable(found.summary) == _printable(summary)
    assert _printable(found.location) == _printable(location)
    assert _printable(found.description) == _printable(description)


def _printable(text: str) -> str:
    """Leave out spaces and control characters, which do not all come through."""
    return "".join(character for character in text if character.isprintable() and not character.isspace())


def test_no_character_is_cut_in_two_wherever_a_line_breaks() -> None:
    for padding in range(80):
        title = "x" * padding + "Сесія 🦊 про кластери; Iași, \\n " * 8
        assert read(an_entry(summary=title, lead=timedelta(minutes=5))).summary == title.strip()


ZONES = (
    ("Europe/Bucharest", (3, 26), (10, 29)),
    ("America/New_York", (3, 12), (11, 5)),
    ("Africa/Casablanca", (3, 19), (4, 23)),
    ("Australia/Lord_Howe", (4, 2), (10, 1)),
    ("Europe/Dublin", (3, 26), (10, 29)),
    ("Asia/Kolkata", (1, 1), (12, 31)),
    ("UTC", (1, 1), (12, 31)),
)


@pytest.mark.parametrize(("zone", "first", "second"), ZONES)
def test_times_are_right_around_the_clock_changes_of_every_sort_of_zone(
    zone: str, first: tuple[int, int], second: tuple[int, int]
) -> None:
    own_zone = ZoneInfo(zone)
    event = an_event(time_zone=own_zone)
    sessions = [
        Session(
            id=f"session-{month}-{half_hours}",
            title=OPENING.title,
            starts_at=start.astimezone(own_zone),
            ends_at=(start + timedelta(minutes=45)).astimezone(own_zone),
            handle=f"{month:02}{half_hours:06}",
        )
        for month, day in (first, second)
        for half_hours in range(-48, 96)
        for start in (datetime(2023, month, day, tzinfo=UTC) + timedelta(minutes=30 * half_hours),)
    ]

    found = read_entries(a_file(*map(an_entry, sessions), event=event))

    assert [(entry.starts, entry.ends) for entry in found] == [
        (session.starts_at.astimezone(UTC), session.ends_at.astimezone(UTC)) for session in sessions
    ]


def test_local_times_stand_in_the_file_so_that_people_see_the_event_s_clock() -> None:
    (event,) = read_calendar(a_file()).inside("VEVENT")

    assert event.properties["DTSTART"].value == "20231122T100000"
    assert event.properties["DTSTART"].parameters == {"TZID": "Europe/Bucharest"}


def test_a_clock_time_that_the_spring_skips_becomes_the_one_shown_then() -> None:
    skipped = datetime(2023, 3, 26, 3, 30, tzinfo=BUCHAREST)
    session = replace(OPENING, starts_at=skipped, ends_at=skipped + timedelta(hours=2))

    assert read(an_entry(session)).starts == datetime(2023, 3, 26, 1, 30, tzinfo=UTC)


def test_a_session_without_length_has_no_end() -> None:
    assert read(an_entry(replace(OPENING, ends_at=OPENING.starts_at))).ends is None


def test_a_session_whose_time_nobody_knows_takes_its_day_without_an_alarm() -> None:
    found = read(an_entry(replace(OPENING, unknown=frozenset({"time"})), lead=timedelta(minutes=10)))

    assert (found.starts, found.ends, found.alarm) == (date(2023, 11, 22), None, None)
