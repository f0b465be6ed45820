"""Schedules in frab's XML: what is read, what is odd, and what is said about it."""

from __future__ import annotations

from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

import pytest

from content.agenda import MaterialKind, SessionKind
from content.formats.problems import ContentError
from tests.content.formats.frab_files import day, doubts, element, event, person, read, schedule

BUCHAREST = ZoneInfo("Europe/Bucharest")


def refused(data: bytes) -> list[str]:
    with pytest.raises(ContentError) as raised:
        read(data)
    return [str(problem) for problem in raised.value.problems]


def test_a_schedule_becomes_an_agenda() -> None:
    talk = event(
        "17",
        guid="0b7a",
        title="Lighthouses &amp; lamps",
        subtitle="A history",
        abstract="Light.",
        description="More light.",
        track="Coast",
        type="keynote",
        language="ro",
        url="/talks/17",
        persons=person("Ilinca Far", "4") + person("Оксана Світло", "5"),
        attachments=element("attachment", "Slides", href="/files/lamps.pdf"),
    )
    file = read(schedule(day(talk), base_url="https://harbour.example.net/2031/", city="Constanța", venue="Pier"))

    agenda = file.agenda
    assert (file.format, agenda.event.id, agenda.event.default_language) == ("frab-xml", "harbour-2031", "ro")
    assert agenda.event.name.texts == {"ro": "Harbour Days 2031"}
    assert agenda.event.place.texts == {"ro": "Pier, Constanța"}
    (session,) = agenda.sessions
    assert session.id == "0b7a"
    assert session.title.texts == {"ro": "Lighthouses & lamps"}
    assert session.description.texts == {"ro": "A history\n\nLight.\n\nMore light."}
    assert session.starts_at == datetime(2031, 6, 5, 10, tzinfo=BUCHAREST)
    assert session.duration == timedelta(minutes=45)
    assert (session.kind, session.language, session.room_id, session.track_id) == (
        SessionKind.KEYNOTE,
        "ro",
        "hall",
        "coast",
    )
    assert session.website == "https://harbour.example.net/talks/17"
    assert [agenda.speaker_by_id[part.speaker_id].name for part in session.speakers] == ["Ilinca Far", "Оксана Світло"]
    assert [speaker.id for speaker in agenda.speakers] == ["ilinca-far", "oksana-svitlo"]
    (slides,) = agenda.materials
    assert (slides.url, slides.kind) == ("https://harbour.example.net/files/lamps.pdf", MaterialKind.PRESENTATION)
    assert slides.session_ids == (session.id,)
    assert not file.doubts


def test_sessions_are_found_with_and_without_rooms_and_days_around_them() -> None:
    data = schedule(day(event("1"), room=None), day(event("2", room="Deck"), date="2031-06-06"))

    agenda = read(data).agenda

    assert [session.starts_at.day for session in agenda.sessions] == [5, 6]
    assert {room.id for room in agenda.rooms} == {"hall", "deck"}


def test_duplicate_ids_and_guids_are_told_apart_and_reported() -> None:
    data = schedule(
        day(
            event("7", guid="a", start="10:00"),
            event("7", guid="b", start="11:00"),
            event("8", guid="c", start="14:00", title="Again"),
            event("8", guid="c", start="12:00", title="Again"),
        )
    )

    file = read(data)

    assert [(session.id, session.starts_at.hour) for session in file.agenda.sessions] == [
        ("a", 10),
        ("b", 11),
        ("c", 12),
        ("c-2", 14),
    ]
    assert len(doubts(file, "source_id_shared")) == 4


def test_one_person_under_several_numbers_is_one_person() -> None:
    data = schedule(
        day(
            event("1", persons=person("Vlad Mast", "1") + person("Ina Keel", "0")),
            event("2", start="12:00", persons=person("Vlad  Mast", "2") + person("Ola Rope", "0") + person(" ", "0")),
            event("3", start="13:00", persons=person("Ina Keel", "0") + person("Ina Keel", "0")),
        )
    )

    file = read(data)

    assert [speaker.name for speaker in file.agenda.speakers] == ["Vlad Mast", "Ina Keel", "Ola Rope"]
    assert "Vlad Mast has different numbers in this file (2)" in doubts(file, "source_person_numbers")[0]
    assert len(doubts(file, "source_nameless")) == 1
    assert len(doubts(file, "source_person_twice")) == 1


def test_names_that_are_written_alike_get_ids_of_their_own_whatever_their_order() -> None:
    one = read(schedule(day(event("1", persons=person("Bo Li") + person("BO LI")))))
    other = read(schedule(day(event("1", persons=person("BO LI") + person("Bo Li")))))

    ids = {speaker.name: speaker.id for speaker in one.agenda.speakers}
    assert len(set(ids.values())) == 2
    assert ids == {speaker.name: speaker.id for speaker in other.agenda.speakers}


def test_a_session_that_cannot_be_placed_is_left_out_and_named() -> None:
    file = read(schedule(day(event("1"), event("2", start="soon", title="Lost"), event("3", start="-"))))

    assert len(file.agenda.sessions) == 1
    assert doubts(file, "source_session_unreadable") == [
        "days.xml:10:1 A session is left out, because its start cannot be read: “soon”. (Lost)"
    ]
    assert "no time yet. (Talk 3)" in doubts(file, "source_session_unscheduled")[0]


def test_titles_languages_and_links_that_are_none_are_reported() -> None:
    odd = event(
        "1",
        title=" ",
        abstract="First line.\nSecond.",
        language="klingon?",
        url="javascript:alert(1)",
        links=element("link", "Video", href="https://v.example.net/1"),
        attachments=element("attachment", "Slides", href="/no-base.pdf"),
    )

    file = read(schedule(day(odd), element("day", element("room", name="Attic"), date="2031-06-06")))

    (session,) = file.agenda.sessions
    assert session.title.pick("en") == "First line."
    assert (session.language, session.website, file.agenda.materials) == (None, None, ())
    codes = {doubt.code for doubt in file.doubts}
    assert codes == {
        "source_untitled", "source_language", "source_bad_link", "source_links_left", "source_rooms_empty",
    }  # fmt: skip


def test_broken_xml_names_its_line_and_its_reason() -> None:
    data = schedule(day(event("1"), event("2"))).replace(b"<title>Talk 2</title>", b"<title>Talk 2 < 3</title>")

    (said,) = refused(data)
    assert said.startswith("days.xml:13:16: error: The XML is broken here: a character that may not stand here")


def test_a_file_that_breaks_off_is_refused_at_its_end() -> None:
    whole = schedule(day(event("1"), event("2")))

    (said,) = refused(whole[: len(whole) // 2])
    assert "The XML is broken here" in said


@pytest.mark.parametrize(
    ("data", "begins"),
    [
        (b"<event><event_details/><subevent/></event>", "<event> (conf.researchr.org)"),
        (b"<!DOCTYPE html><html><body/></html>", "<html> (HTML)"),
        (b"<rss><channel/></rss>", "<rss> (RSS)"),
    ],
)
def test_another_dialect_is_refused_by_name(data: bytes, begins: str) -> None:
    (said,) = refused(data)

    assert f"begins with {begins}" in said


def test_a_schedule_without_sessions_is_refused_and_not_imported_as_nothing() -> None:
    assert "not one session" in refused(schedule(day()))[0]
    assert "`conference` is missing" in refused(b"<schedule><version>1</version></schedule>")[0]
    said = refused(schedule(day(event("1", start="never"))))
    assert "not one session" in said[0]
    assert "its start cannot be read" in said[1]


def test_days_that_lie_years_apart_are_a_mistake() -> None:
    assert "an event may last 366 days" in refused(schedule(day(event("1")), day(event("2"), date="2033-01-01")))[0]


def test_other_encodings_are_read_as_they_say() -> None:
    data = schedule(day(event("1", title="Fânărie"))).decode()

    utf16 = data.replace("UTF-8", "UTF-16").encode("utf-16")
    cyrillic = data.replace("Fânărie", "Маяк").replace("UTF-8", "windows-1251").encode("windows-1251")
    assert read(utf16).agenda.sessions[0].title.pick("en") == "Fânărie"
    assert read(cyrillic).agenda.sessions[0].title.pick("en") == "Маяк"
    assert "encoding" in refused(data.replace("UTF-8", "martian").encode())[0]
