"""Calendars as agendas: folded lines, zones, lengths, people wherever programs put them."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest

from content.agenda import SessionKind
from content.formats.detect import ReadFile, read_file
from content.formats.problems import ContentError
from content.formats.schedule_drafts import Hints
from tests.builders import a_session, an_agenda
from tests.content.formats.frab_files import doubts

HEAD = "BEGIN:VCALENDAR\r\nVERSION:2.0\r\nX-WR-CALNAME:Harbour Days\r\nX-WR-TIMEZONE:Europe/Bucharest\r\n"


def vevent(*lines: str, uid: str = "1", start: str = "DTSTART:20310605T100000", title: str = "Knots") -> str:
    said = [f"UID:{uid}", start, f"SUMMARY:{title}", *lines]
    return "".join(f"{line}\r\n" for line in ("BEGIN:VEVENT", *filter(None, said), "END:VEVENT"))


def calendar(*events: str, head: str = HEAD) -> bytes:
    return (head + "".join(events) + "END:VCALENDAR\r\n").encode()


def read(data: bytes, name: str = "harbour.ics", **hints: Any) -> ReadFile:
    return read_file(data, name, hints=Hints(**hints))


def test_a_calendar_becomes_an_agenda() -> None:
    file = read(
        calendar(
            vevent(
                "DTEND:20310605T110000",
                "LOCATION:Pier\\, deck 2",
                "DESCRIPTION:Speaker: Ilinca Far and Ola Rope\\nAll about <b>knots</b>.",
                "URL:https://harbour.example.net/1",
                "CATEGORIES:Workshop",
                uid="7@harbour",
            )
        )
    )

    assert (file.format, file.agenda.event.id, file.doubts) == ("ics", "harbour-days", ())
    (session,) = file.agenda.sessions
    assert (session.id, session.kind, session.website) == (
        "7-harbour",
        SessionKind.WORKSHOP,
        "https://harbour.example.net/1",
    )
    assert file.agenda.rooms[0].name.pick("en") == "Pier, deck 2"
    assert session.description.pick("en") == "All about knots."
    assert [speaker.name for speaker in file.agenda.speakers] == ["Ilinca Far", "Ola Rope"]
    assert f"{session.starts_at:%d %H:%M %z}" == "05 10:00 +0300"


def test_lines_folded_inside_a_character_are_whole_again() -> None:
    data = calendar(vevent("DTEND:20310605T110000", title="Плавання й вузли"))
    cut = data.index("Плавання".encode()) + 3  # in the middle of a letter

    file = read(data[:cut] + b"\r\n " + data[cut:])

    assert file.agenda.sessions[0].title.pick("en") == "Плавання й вузли"


@pytest.mark.parametrize(
    ("lines", "start", "minutes", "code"),
    [
        (("DURATION:PT1H30M",), "DTSTART:20310605T100000", 90, ""),
        (("DURATION:P1D",), "DTSTART:20310605T100000", 1440, ""),
        (("DTEND:20310605T100000",), "DTSTART:20310605T100000", 0, ""),
        ((), "DTSTART:20310605T100000", 0, ""),
        (("DTEND:20310605T090000",), "DTSTART:20310605T100000", 0, "source_ends_before_start"),
        (("DURATION:soon",), "DTSTART:20310605T100000", 0, "source_length_unreadable"),
        ((), "DTSTART;VALUE=DATE:20310605", 1440, "source_all_day"),
        (("DTEND:20310605T100000Z",), "DTSTART;TZID=Europe/Berlin:20310605T110000", 60, ""),
        (("RRULE:FREQ=DAILY", "DURATION:PT1H"), "DTSTART:20310605T100000", 60, "source_repeats"),
    ],
)
def test_lengths_are_read_as_calendars_write_them(lines: tuple[str, ...], start: str, minutes: int, code: str) -> None:
    file = read(calendar(vevent(*lines, start=start)))

    assert file.agenda.sessions[0].duration == timedelta(minutes=minutes)
    assert [doubt.code for doubt in file.doubts] == ([code] if code else [])


@pytest.mark.parametrize(
    ("start", "hour"),
    [
        ("DTSTART:20310605T070000Z", "10:00"),
        ("DTSTART;TZID=Europe/Berlin:20310605T090000", "10:00"),
        ("DTSTART;TZID=W. Europe Standard Time:20310605T090000", "10:00"),
        ('DTSTART;TZID="/x.org/2031/Europe/Berlin";VALUE=DATE-TIME:20310605T090000', "10:00"),
        ("DTSTART:20310605T100000", "10:00"),
    ],
)
def test_zones_are_read_as_calendars_name_them(start: str, hour: str) -> None:
    (session,) = read(calendar(vevent(start=start))).agenda.sessions

    assert f"{session.starts_at:%H:%M}" == hour


def test_people_stand_in_attendees_or_in_organisers_that_differ() -> None:
    guests = read(calendar(vevent('ATTENDEE;CN="Far, Ilinca";ROLE=CHAIR:invalid:nomail', "ORGANIZER;CN=Us:x")))
    speakers = [vevent(f"ORGANIZER;CN=Person {n}:MAILTO:x@y", uid=str(n), title=f"T{n}") for n in range(4)]
    one = [vevent("ORGANIZER;CN=Us:MAILTO:x@y", uid=str(n), title=f"T{n}") for n in range(4)]

    assert [speaker.name for speaker in guests.agenda.speakers] == ["Far, Ilinca"]
    assert len(read(calendar(*speakers)).agenda.speakers) == 4
    assert not read(calendar(*one)).agenda.speakers


def test_cancelled_events_repeated_uids_and_other_entries() -> None:
    todo = "BEGIN:VTODO\r\nUID:9\r\nEND:VTODO\r\n"
    nameless = HEAD.replace("X-WR-CALNAME:Harbour Days\r\n", "")
    file = read(calendar(vevent("STATUS:CANCELLED"), vevent(title="Ropes"), todo, "what is this\r\n", head=nameless))

    assert [(session.id, session.cancelled) for session in file.agenda.sessions] == [("1", True), ("1-2", False)]
    assert {doubt.code for doubt in file.doubts} == {
        "source_id_shared", "source_entry_left", "source_line_unread", "source_event_unnamed",
    }  # fmt: skip
    assert (file.names_event, file.agenda.event.id) == (False, "harbour")


def test_a_calendar_without_a_name_on_the_days_of_the_event_is_its_calendar() -> None:
    agenda = an_agenda(a_session("panel", starts_at="10:00"))
    nameless = HEAD.replace("X-WR-CALNAME:Harbour Days\r\n", "")
    hints = Hints.of(agenda)

    same = read_file(calendar(vevent(start="DTSTART:20231122T100000"), head=nameless), "x.ics", hints=hints)
    other = read_file(calendar(vevent(), head=nameless), "x.ics", hints=hints)

    assert (same.agenda.event.id, other.agenda.event.id) == (agenda.event.id, "x")


@pytest.mark.parametrize(
    ("data", "said"),
    [
        (b"BEGIN:VCALENDAR\r\nEND:VCALENDAR\r\n", "not one session"),
        (calendar(vevent(start="DTSTART:soon")), "its start cannot be read: “soon”"),
        (calendar(vevent(start="")), "it has no time yet"),
    ],
)
def test_a_calendar_without_sessions_is_refused(data: bytes, said: str) -> None:
    with pytest.raises(ContentError) as raised:
        read(data)

    assert said in str(raised.value)


def test_a_calendar_that_breaks_off_says_so() -> None:
    data = calendar(vevent(uid="1"), vevent(uid="2"))

    file = read(data[: data.rindex(b"END:VEVENT")])

    assert len(file.agenda.sessions) == 2
    assert "VCALENDAR has no end" in doubts(file, "source_calendar_unended")[0]
