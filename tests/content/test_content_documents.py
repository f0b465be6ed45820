"""An agenda kept as a document comes back as it was."""

from __future__ import annotations

import json
import time
from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given, settings

from content.agenda import Agenda
from content.formats.documents import DocumentError, from_document, to_document
from tests.builders import a_fact, a_material, a_session, a_speaker, a_text, an_agenda, an_event
from tests.content.agenda_strategies import agendas


@given(agenda=agendas())
@settings(max_examples=40, deadline=None)
def test_an_agenda_survives_a_document_whole(agenda: Agenda) -> None:
    again = from_document(json.loads(json.dumps(to_document(agenda))))

    assert again == agenda
    assert _handles(again) == _handles(agenda)
    assert [(session.starts_at.isoformat(), session.ends_at.isoformat()) for session in again.sessions] == [
        (session.starts_at.isoformat(), session.ends_at.isoformat()) for session in agenda.sessions
    ]
    assert to_document(again) == to_document(agenda)


def test_both_half_past_threes_of_a_night_in_october_stay_apart() -> None:
    zone = ZoneInfo("Europe/Bucharest")
    first, second = (datetime(2023, 10, 29, 3, 30, tzinfo=zone, fold=fold) for fold in (0, 1))
    agenda = an_agenda(a_session("night", starts_at=first, ends_at=second))

    [session] = from_document(to_document(agenda)).sessions

    assert (session.starts_at.fold, session.ends_at.fold) == (0, 1)
    assert session.starts_at.tzinfo is zone


def test_a_document_names_its_format_and_leaves_out_what_is_usual() -> None:
    document = to_document(an_agenda(a_session("opening", handle="abcd2345")))

    assert document["format"] == 1
    assert document["sessions"] == [
        {
            "id": "opening",
            "title": {"en": "Opening"},
            "starts_at": "2023-11-22T10:00:00+02:00",
            "ends_at": "2023-11-22T11:00:00+02:00",
            "handle": "abcd2345",
        }
    ]


@pytest.mark.parametrize(
    ("change", "said"),
    [
        ({"format": 2}, "format 2; this program reads format 1"),
        ({"format": None}, "format None"),
        ({"surprise": 1}, "Agenda: unknown keys: surprise"),
        ({"event": {}}, "damaged"),
        ({"event": None}, "damaged"),
        ({"event": {"time_zone": "UTC"}}, "Event: missing keys: ends_on, id, name, starts_on"),
        ({"sessions": {}}, "a list is expected, not dict"),
        ({"sessions": ["x"]}, "Session: keys are expected, not str"),
        ({"sessions": [{"id": 1}]}, "Session: missing keys: ends_at, starts_at, title"),
        ({"rooms": [{"id": 1, "name": {}}]}, "str is expected, not int"),
        ({"rooms": [{"id": "a", "name": "A"}]}, "a text by language is expected"),
        ({"rooms": [{"id": "a", "name": {}, "illustrative": "no"}]}, "bool is expected, not str"),
        ({"facts": [{"topic": "a", "title": {}, "text": {}, "status": "sure"}]}, "damaged"),
    ],
)
def test_a_strange_document_is_refused_with_its_fault(change: dict[str, Any], said: str) -> None:
    document = to_document(an_agenda(a_session())) | change

    with pytest.raises(DocumentError, match=said):
        from_document(document)


def test_a_moment_without_its_offset_is_refused() -> None:
    document = to_document(an_agenda(a_session()))
    document["sessions"][0]["starts_at"] = "2023-11-22T10:00:00"

    with pytest.raises(DocumentError, match="without its offset"):
        from_document(document)


def test_an_agenda_as_large_as_fosdem_is_written_and_read_within_two_seconds() -> None:
    people = [a_speaker(f"speaker-{number}", aliases=("x", "y")) for number in range(1200)]
    words = a_text("words " * 50)
    sessions = [a_session(f"session-{n}", speakers=[f"speaker-{n}"], description=words) for n in range(1100)]
    agenda = an_agenda(*sessions, speakers=people, materials=[a_material()], facts=[a_fact()], event=an_event())
    started = time.process_time()

    again = from_document(json.loads(json.dumps(to_document(agenda))))

    assert time.process_time() - started < 2
    assert again == agenda


def _handles(agenda: Agenda) -> list[list[str]]:
    return [
        [session.handle for session in agenda.sessions],
        [speaker.handle for speaker in agenda.speakers],
        [room.handle for room in agenda.rooms],
        [track.handle for track in agenda.tracks],
        [material.handle for material in agenda.materials],
    ]
