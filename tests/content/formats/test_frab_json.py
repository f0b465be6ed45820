"""Schedules in JSON: frab's, pretalx's export, what pretalx's API answers; and JSON that is none of these."""

from __future__ import annotations

import json
from typing import Any

import pytest

from content.agenda import SessionKind
from content.formats.detect import ReadFile, read_file
from content.formats.problems import ContentError
from content.formats.schedule_drafts import Hints
from tests.content.formats import frab_files
from tests.content.formats.frab_files import doubts


def frab(*events: dict[str, Any], **conference: Any) -> dict[str, Any]:
    said = {"acronym": "harbour-2031", "title": "Harbour Days 2031", "time_zone_name": "Europe/Bucharest"} | conference
    days = [{"index": 1, "date": "2031-06-05", "rooms": {"Hall": list(events)}}]
    return {"schedule": {"version": "1", "conference": {**said, "days": days}}}


def event(id_: int = 1, **fields: Any) -> dict[str, Any]:
    said = {
        "id": id_,
        "guid": f"g-{id_}",
        "start": "10:00",
        "duration": "00:45",
        "room": "Hall",
        "title": f"Talk {id_}",
    }
    return said | {"persons": [], "links": [], "attachments": []} | fields


def read(tree: Any, name: str = "days.json", **options: Any) -> ReadFile:
    data = tree if isinstance(tree, bytes) else json.dumps(tree, indent=1).encode()
    return read_file(data, name, hints=Hints(**options))


def refused(data: bytes) -> str:
    with pytest.raises(ContentError) as raised:
        read(data)
    return str(raised.value)


def test_xml_and_json_of_one_schedule_give_one_agenda() -> None:
    people = [{"id": 4, "public_name": "Ilinca Far"}, {"id": 0, "public_name": "Ola Rope"}]
    links = [{"url": "https://x.example.net/a.pdf", "title": "Slides"}, "https://plain.example.net"]
    fields = {"abstract": "<p>Light</p>", "language": "en", "type": "workshop", "track": "Coast", "subtitle": "Lamps"}

    file = read(frab(event(1, persons=people, links=links, **fields)))
    xml = frab_files.schedule(
        frab_files.day(
            frab_files.event(
                "1",
                guid="g-1",
                persons=frab_files.person("Ilinca Far", "4") + frab_files.person("Ola Rope", "0"),
                links='<link href="https://x.example.net/a.pdf">Slides</link><link>https://plain.example.net</link>',
                **fields,
            )
        )
    )

    assert file.format == "frab-json"
    assert file.agenda == frab_files.read(xml).agenda


def test_the_place_of_an_oddity_is_that_of_its_object() -> None:
    file = read(frab(event(1), event(2, title="CANCELLED Knots", persons=[{"public_name": " "}])))

    written = json.dumps(frab(event(1), event(2, title="CANCELLED Knots", persons=[{"public_name": " "}])), indent=1)
    lines = written.split("\n")
    (cancelled,), (nameless,) = doubts(file, "source_cancelled"), doubts(file, "source_nameless")
    line = int(cancelled.split(":")[1])
    assert '"id": 2' in lines[line]
    assert "public_name" in lines[int(nameless.split(":")[1])]


def test_a_room_that_stands_twice_loses_nothing() -> None:
    written = json.dumps(frab(event(1), event(2)))
    first, second = json.dumps([event(1)])[1:-1], json.dumps([event(2)])[1:-1]
    twice = written.replace(f"[{first}, {second}]", f'[{first}], "Hall": [{second}]')

    file = read(twice.encode())

    assert len(file.agenda.sessions) == 2
    assert "“Hall” stands twice" in doubts(file, "source_key_twice")[0]


def test_an_export_of_pretalx_brings_biographies_and_accounts() -> None:
    ana = {"id": 1, "code": "AAA", "public_name": "Ana Mast", "biography": "Sails."}
    other = {"id": 2, "code": "BBB", "public_name": "Ana Mast", "biography": ""}

    file = read(frab(event(1, persons=[ana]), event(2, persons=[other])))

    assert file.format == "pretalx-json"
    assert [(speaker.id, speaker.bio.pick("en")) for speaker in file.agenda.speakers] == [
        ("ana-mast-aaa", "Sails."),
        ("ana-mast-bbb", ""),
    ]


def slot(code: str, **talk: Any) -> dict[str, Any]:
    place = {
        "room": {"en": "Hall", "ro": "Sală"},
        "start": "2031-06-05T10:00:00+03:00",
        "end": "2031-06-05T10:30:00+03:00",
    }
    said: dict[str, Any] = {
        "code": code,
        "title": f"Talk {code}",
        "speakers": [],
        "track": None,
        "submission_type": {"en": "Talk"},
    }
    return said | {"slot": place, "content_locale": "en", "state": "confirmed", "resources": []} | talk


def test_an_answer_of_the_api_becomes_an_agenda_with_its_breaks() -> None:
    lunch = {"room": {"en": "Hall"}, "start": "2031-06-05T12:00:00+03:00", "end": "2031-06-05T13:00:00+03:00"}
    people = [{"code": "P1", "name": "Ilinca Far", "biography": "Keeps the light."}]
    tree = {
        "slots": [
            slot("QX1", speakers=people, track={"en": "Coast"}),
            slot("QX2", slot=None),
            slot("QX3", state="canceled"),
        ],
        "version": "0.3",
        "breaks": [lunch | {"description": {"en": "Lunch"}}],
    }

    file = read(tree, "harbour-2031_api_v2.json", zone="Europe/Bucharest")

    assert (file.format, file.names_event, file.agenda.event.id) == ("pretalx-json", False, "harbour-2031-api")
    assert [(session.id, session.kind, session.cancelled) for session in file.agenda.sessions] == [
        ("qx1", SessionKind.TALK, False),
        ("qx3", SessionKind.TALK, True),
        ("break-05-1200-hall", SessionKind.BREAK, False),
    ]
    assert file.agenda.speakers[0].bio.pick("en") == "Keeps the light."
    assert "(Talk QX2)" in doubts(file, "source_session_unscheduled")[0]


def test_a_newer_answer_with_talks_inside_slots_is_read_too() -> None:
    talk = slot("QX1", submission_type={"name": {"en": "Keynote"}}, track={"name": {"en": "Coast"}})
    place = talk.pop("slot") | {"room": {"id": 4, "name": {"en": "Hall"}}}

    (session,) = read({"slots": [{"id": 9, **place, "submission": talk}]}).agenda.sessions

    assert (session.id, session.kind) == ("qx1", SessionKind.KEYNOTE)
    assert (session.room_id, session.track_id) == ("hall", "coast")


def test_one_page_of_several_is_refused() -> None:
    tree = {"count": 80, "next": "https://x.example.net/?page=2", "previous": None, "results": [slot("QX1")]}

    assert "one page of several; there are 80 entries" in refused(json.dumps(tree).encode())


@pytest.mark.parametrize(
    ("data", "said"),
    [
        (b'{"schedule": {"conference": {"days": [', "1:39: error: The JSON is broken here: a value is missing"),
        (b'{\n "slots": [1 2]}', "2:14: error: The JSON is broken here: a comma is missing"),
        (b'{"talks": [], "rooms": []}', "It begins with: talks, rooms."),
        (b"[1, 2]", "It begins with: list."),
        (b"[" * 200_000, "nests too deeply"),
        (b'{"slots": "\xff"}', "1:12: error: The file is not UTF-8 text: the byte 0xFF"),
        (b'{"slots": [' + b"9" * 5_000 + b"]}", "it cannot be read"),
        (b'{"slots": []}', "not one session"),
        (b'{"schedule": {"conference": {"days": [{"rooms": []}, 7]}}}', "not one session"),
    ],
)
def test_what_is_no_schedule_is_refused_with_its_reason(data: bytes, said: str) -> None:
    assert said in refused(data)


def test_half_a_character_is_replaced_and_can_be_stored() -> None:
    (session,) = read(frab(event(1, title="Knots \ud83d", abstract="a\x00b"))).agenda.sessions

    assert session.title.pick("en") == "Knots �"
    assert session.description.pick("en") == "ab"
