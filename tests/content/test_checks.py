"""What asks for a second look."""

from __future__ import annotations

import time
from datetime import date
from typing import Any

import pytest

from content.agenda import Agenda, Link, SessionKind, SessionSpeaker
from content.checks import check_agenda, link_doubt
from content.formats.problems import Severity
from content.localized_text import LocalizedText
from tests.builders import (
    a_fact,
    a_material,
    a_moment,
    a_room,
    a_session,
    a_speaker,
    a_text,
    a_track,
    an_agenda,
    an_event,
)

ENGLISH = an_event(languages=("en",))


def doubts_of(agenda: Agenda) -> list[str]:
    """Every doubt as ``where code``."""
    return [f"{doubt.where} {doubt.code}" for doubt in check_agenda(agenda)]


def doubts_about(*sessions: Any, **parts: Any) -> list[str]:
    """Every doubt about an English agenda of these sessions."""
    return doubts_of(an_agenda(*sessions, **({"event": ENGLISH} | parts)))


def test_a_sound_agenda_raises_no_doubt() -> None:
    assert (
        doubts_about(
            a_session("a", room_id="hall", speakers=["ana"]), a_session("b", starts_at="11:00", room_id="hall")
        )
        == []
    )


def test_a_room_booked_twice_is_told_with_the_names_of_both_sessions() -> None:
    agenda = an_agenda(
        a_session("a", "First", "10:00", room_id="hall"),
        a_session("b", "Second", "10:59", room_id="hall"),
        a_session("c", "Third", "12:30", room_id="hall"),
        rooms=[a_room("hall", "Big hall")],
        event=ENGLISH,
    )

    [doubt] = check_agenda(agenda)

    assert doubt.severity is Severity.DOUBT
    assert doubt.where == "b"
    assert doubt.what == (
        "“Second” overlaps with “First” in the room “Big hall” (Wednesday, 22 November, 10:59–11:59)."
    )


def test_sessions_that_touch_or_do_not_take_place_do_not_clash() -> None:
    booked: dict[str, Any] = {"room_id": "hall", "speakers": ["ana"]}

    assert doubts_about(a_session("a", **booked), a_session("b", starts_at="11:00", **booked)) == []
    assert doubts_about(a_session("a", **booked), a_session("b", cancelled=True, **booked)) == []


def test_a_block_clashes_with_another_block_but_not_with_its_umbrella() -> None:
    booked: dict[str, Any] = {"room_id": "hall", "speakers": ["ana"]}
    umbrella = a_session("umbrella", minutes=120, **booked)
    one = a_session("one", part_of="umbrella", **booked)
    inner = a_session("inner", minutes=30, part_of="one", **booked)
    other = a_session("other", starts_at="10:45", part_of="umbrella", **booked)

    assert doubts_about(umbrella, one, inner) == []
    assert doubts_about(umbrella, one, other) == ["other room_booked_twice", "other speaker_booked_twice"]


def test_a_speaker_booked_twice_is_told_by_name() -> None:
    agenda = an_agenda(
        a_session("a", "First", room_id="one", speakers=["ana"]),
        a_session("b", "Second", room_id="two", speakers=["ana"]),
        speakers=[a_speaker("ana", "Ana Popescu")],
        event=ENGLISH,
    )

    assert [doubt.what for doubt in check_agenda(agenda)] == [
        "Ana Popescu is in “Second” and in “First” at the same time (Wednesday, 22 November, 10:00–11:00)."
    ]


def test_own_minutes_decide_when_a_speaker_is_busy() -> None:
    early = SessionSpeaker("ana", starts_at=a_moment("10:00"), ends_at=a_moment("10:20"))
    late = SessionSpeaker("ana", starts_at=a_moment("10:20"), ends_at=a_moment("10:40"))

    assert doubts_about(a_session("a", speakers=[early]), a_session("b", speakers=[late])) == []
    assert doubts_about(a_session("a", speakers=[early]), a_session("b", speakers=["ana"])) == [
        "b speaker_booked_twice"
    ]


def test_own_minutes_outside_of_the_session_are_doubtful() -> None:
    part = SessionSpeaker("ana", starts_at=a_moment("10:50"), ends_at=a_moment("11:10"))

    assert doubts_about(a_session("a", speakers=[part])) == ["a outside_session"]


def test_breaks_and_dinners_in_parallel_do_not_matter() -> None:
    lunch = a_session("lunch", kind=SessionKind.BREAK, room_id="foyer", speakers=["ana"])
    dinner = a_session("dinner", kind=SessionKind.SOCIAL, room_id="foyer", speakers=["ana"])
    talk = a_session("talk", room_id="hall", speakers=["ana"])

    assert doubts_about(lunch, dinner, talk) == []


@pytest.mark.parametrize(
    ("part", "doubts"),
    [
        ({"minutes": 0}, ["a no_length"]),
        ({"minutes": 12 * 60}, []),
        ({"minutes": 12 * 60 + 1}, ["a very_long"]),
        ({"starts_at": "2023-11-20 23:00"}, ["a outside_event"]),
        ({"starts_at": "2023-11-24 00:00"}, []),  # the night of the last day
        ({"starts_at": "2023-11-24 06:00"}, ["a outside_event"]),
        ({"starts_at": "2023-11-23 23:30"}, []),
        ({"title": "x" * 200}, []),
        ({"title": "x" * 201}, ["a title_too_long"]),
        ({"website": "https://example.com/x"}, ["a link_placeholder"]),
    ],
)
def test_a_doubtful_session_is_named(part: dict[str, Any], doubts: list[str]) -> None:
    assert doubts_about(a_session("a", **part)) == doubts


def test_a_block_outside_of_its_umbrella_is_doubtful() -> None:
    assert doubts_about(a_session("u"), a_session("b", starts_at="10:30", part_of="u")) == ["b outside_umbrella"]


def test_a_text_missing_in_a_language_of_the_event_is_told_once_an_entry() -> None:
    both = LocalizedText.of(en="Both", ro="Amândouă")
    session = a_session("a", both, description=a_text("English only"), topics=(a_text("growth"), a_text("clusters")))
    agenda = an_agenda(session, event=an_event(name=both, languages=("en", "ro")))

    assert [doubt.what for doubt in check_agenda(agenda)] == [
        "“Both” is not complete in Romanian; missing: the description, a topic."
    ]


def test_texts_of_every_sort_of_entry_are_looked_at() -> None:
    agenda = an_agenda(
        a_session("a", room_id="hall", track_id="track", speakers=["ana"]),
        speakers=[a_speaker("ana", role="Director")],
        materials=[a_material("deck", url="https://a.eu/d")],
        facts=[a_fact("wifi", links=(Link(a_text("Map"), "https://a.eu/m"),))],
        event=an_event(languages=("en", "uk")),
    )

    names = ["iasi-2023", "a", "ana", "hall", "track", "deck", "wifi"]
    assert doubts_of(agenda) == [f"{name} not_translated" for name in names]


def test_a_speaker_without_a_session_is_doubtful_unless_the_file_says_that_nobody_knows() -> None:
    people = [a_speaker("ana"), a_speaker("ion", unknown=frozenset({"sessions"}))]

    assert doubts_about(a_session(), speakers=people) == ["ana no_session"]


def test_one_name_for_two_speakers_is_doubtful() -> None:
    people = [a_speaker("ana", "Ana Popescu"), a_speaker("ana-2", "Ana  popescu")]

    assert doubts_about(a_session(speakers=["ana", "ana-2"]), speakers=people) == ["ana same_name"]


def test_a_material_needs_an_address_or_a_page_to_look_on() -> None:
    materials = [a_material("a", url=None), a_material("b", found_at="https://a.eu/event")]

    assert doubts_about(a_session(), materials=materials) == ["a no_address"]


def test_a_name_longer_than_fits_on_a_button_is_doubtful() -> None:
    long, fits = "x" * 201, "x" * 200

    def doubts(name: str) -> list[str]:
        return doubts_about(
            a_session(room_id="hall", track_id="track", speakers=["ana"]),
            rooms=[a_room("hall", name)],
            tracks=[a_track("track", name)],
            speakers=[a_speaker("ana", name, name)],
        )

    assert doubts(fits) == []
    assert doubts(long) == [f"{id_} name_too_long" for id_ in ("ana", "ana", "hall", "track")]


def test_an_event_without_sessions_is_doubtful() -> None:
    assert doubts_about() == ["iasi-2023 no_sessions"]


@pytest.mark.parametrize(
    ("url", "code"),
    [
        ("https://clustercollaboration.eu/a/b.pdf?x=1#y", None),
        ("http://unirea.ro", None),
        ("https://пример.укр/сторінка", None),
        ("https://en.wikipedia.org/wiki/Ia%C8%99i_(disambiguation)", None),
        ("www.a.eu", "link_malformed"),
        ("ftp://a.eu/x", "link_malformed"),
        ("javascript:alert(1)", "link_malformed"),
        ("https://", "link_malformed"),
        ("https://a.eu/x y", "link_malformed"),
        ("https://https://a.eu", "link_malformed"),
        ("https://[a.eu", "link_malformed"),
        ("https://bank.eu@evil.ro/", "link_with_credentials"),
        ("https://localhost:8000/", "link_placeholder"),
        ("https://example.org/", "link_placeholder"),
        ("https://192.168.0.1/", "link_to_machine"),
        ("https://intranet/", "link_to_machine"),
        ("https://[::1]/", "link_to_machine"),
        ("https://a.b/", "link_not_on_button"),
        ("https://a..eu/", "link_not_on_button"),
        ("https://a.eu:99999/", "link_not_on_button"),
        ("https://a.eu/x.", "link_ending"),
    ],
)
def test_doubtful_links_are_told_from_good_ones(url: str, code: str | None) -> None:
    assert link_doubt(url) == code


def test_links_of_event_session_material_and_fact_are_looked_at() -> None:
    bad = "https://a.eu/x,"
    agenda = an_agenda(
        a_session("a", website=bad),
        materials=[a_material("m", url=bad, found_at=bad)],
        facts=[a_fact("wifi", links=(Link(a_text("Map"), bad),))],
        event=an_event(website=bad, languages=("en",), starts_on=date(2023, 11, 22)),
    )

    owners = ["iasi-2023", "a", "m", "m", "wifi"]
    assert doubts_of(agenda) == [f"{owner} link_ending" for owner in owners]


def test_thousands_of_sessions_in_one_room_at_one_time_are_checked_quickly() -> None:
    agenda = an_agenda(
        *(a_session(f"s-{n}", room_id="hall", speakers=[f"p-{n % 50}"]) for n in range(5000)), event=ENGLISH
    )
    started = time.process_time()

    assert len(check_agenda(agenda)) == 4999 + 4950

    assert time.process_time() - started < 10
