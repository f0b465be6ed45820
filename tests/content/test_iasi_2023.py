"""The real event's content file says what the sources say, in three languages, and marks what it does not know."""

from __future__ import annotations

import json
from collections import Counter
from pathlib import Path
from typing import Any

import pytest

import content
from content.agenda import Agenda, FactStatus, MaterialKind, SpeakerRole
from content.checks import check_agenda
from content.formats.yaml import read_agenda

FILE = Path(content.__file__).parent / "data" / "iasi-2023.yaml"
SHARED = Path(__file__).parents[2] / ".." / "shared"


def _ids(words: str) -> set[str]:
    return set(words.split())


EVENT_PAGE = "https://clustercollaboration.eu/content/clusters-meet-regions-iasi-romania"
ADDRESSES = {
    EVENT_PAGE,
    "https://clustercollaboration.eu/content/clusters-driving-regional-innovation-comprehensive-look-clusters-meet-regions",
    "https://regionordest.ro/en/clusters-as-drivers-of-regional-innovation-ecosystems",
    "https://www.radioiasi.ro/stiri/regional/iasi-clusterele-motoare-ale-ecosistemelor-regionale-de-inovare-22-23-noiembrie/",
    "https://www.p2greenest.com/en/news/",
    "https://www.hotelunirea.ro",
    "https://www.google.com/maps/search/?api=1&query=Unirea%20Hotel%20%26%20SPA%2C%20Ia%C8%99i",
}
STANDARD_TOPICS = _ids(
    "about objectives audience venue transport parking accessibility wifi food registration badge cloakroom hotel "
    "working-language streaming dress-code currency emergency sockets entry-rules contact organisers matchmaking "
    "sectors matchmaking-platform discover numbers certificate"
)
SPEAKERS_OF = {
    "opening-speeches": "teodora-jilkova vasile-asandei mariella-masselink terente-ciui daniel-cosnita",
    "keynote-speeches": "jan-philipp-kramer daniel-cosnita",
    "panel-discussion": "enrico-venturini carmen-mihai yari-borbon farha-brahmi miljana-cosic",
    "p2greenest": "cristina-colonna-d-istria",
    "ukrainian-clusters-pitching": "roman-lysenko",
    "moldovan-clusters-pitching": "simion-berzoi",
    "romanian-clusters-pitching": (
        "marius-geru rezso-kadar diana-balta genoveva-cojocaru lidia-betoaea gabriela-toader"
    ),
    "eu-clusters-pitching": "antonio-soria johan-wasberg giuseppe-croce lidia-morcillo",
}
MADE_UP_SESSIONS = _ids(
    "registration-21-november slide-check welcome-reception coffee-break-22-november-morning lunch-22-november "
    "coffee-break-22-november-afternoon networking-dinner welcome-coffee-23-november coffee-break-23-november "
    "closing-remarks farewell-lunch"
)


@pytest.fixture(scope="module")
def agenda() -> Agenda:
    return read_agenda(FILE.read_bytes(), FILE.name)


def _shared(path: str) -> Any:
    file = SHARED / path
    if not file.exists():
        pytest.skip(f"{path} is not beside the checkout")
    return json.loads(file.read_text(encoding="utf-8"))


def test_the_whole_event_is_there(agenda: Agenda) -> None:
    kinds = Counter(material.kind for material in agenda.materials)

    assert len(agenda.sessions) == 26
    assert len(agenda.speakers) == 25
    assert kinds == {MaterialKind.PRESENTATION: 20, MaterialKind.DOCUMENT: 2, MaterialKind.PAGE: 1}
    assert {fact.topic for fact in agenda.facts} >= STANDARD_TOPICS
    assert [len(agenda.sessions_on(day)) for day in agenda.event.days] == [3, 15, 8]


def test_the_file_leaves_no_doubts(agenda: Agenda) -> None:
    assert check_agenda(agenda) == ()


def test_speakers_have_their_documented_sessions_in_order(agenda: Agenda) -> None:
    found = {
        session.id: " ".join(part.speaker_id for part in session.speakers)
        for session in agenda.sessions
        if session.speakers
    }

    assert found == SPEAKERS_OF
    assert {speaker.id for speaker in agenda.speakers if "sessions" in speaker.unknown} == {"iva-maric"}
    assert {speaker.id for speaker in agenda.speakers if not agenda.sessions_of(speaker.id)} == {"iva-maric"}


def test_only_three_people_do_more_than_speak(agenda: Agenda) -> None:
    roles = {
        part.speaker_id: part.role
        for session in agenda.sessions
        for part in session.speakers
        if part.role is not SpeakerRole.SPEAKER
    }

    assert roles == {
        "teodora-jilkova": SpeakerRole.MODERATOR,
        "roman-lysenko": SpeakerRole.FACILITATOR,
        "simion-berzoi": SpeakerRole.FACILITATOR,
    }


def test_roles_and_organisations_are_given_or_marked_as_unknown(agenda: Agenda) -> None:
    for speaker in agenda.speakers:
        assert bool(speaker.role) != ("role" in speaker.unknown), speaker.id
        assert bool(speaker.organisation) != ("organisation" in speaker.unknown), speaker.id


def test_every_time_and_room_is_marked_as_illustrative(agenda: Agenda) -> None:
    made_up = {session.id for session in agenda.sessions if "session" in session.illustrative}

    assert all({"time", "room"} <= session.illustrative for session in agenda.sessions)
    assert all(session.room_id for session in agenda.sessions)
    assert all(room.illustrative for room in agenda.rooms)
    assert made_up == MADE_UP_SESSIONS
    assert [session.id for session in agenda.sessions if session.announced] == ["workshop-health"]


def test_minutes_of_a_speaker_lie_within_the_session(agenda: Agenda) -> None:
    parts = [(session, part) for session in agenda.sessions for part in session.speakers if part.starts_at]

    assert len(parts) == 13
    for session, part in parts:
        assert part.starts_at is not None
        assert part.ends_at is not None
        assert session.starts_at <= part.starts_at < part.ends_at <= session.ends_at


def test_blocks_of_the_pitching_session_lie_within_it(agenda: Agenda) -> None:
    whole = agenda.session_by_id["pitching-session"]
    blocks = agenda.parts_of(whole.id)

    assert len(blocks) == 5
    assert all(whole.starts_at <= block.starts_at < block.ends_at <= whole.ends_at for block in blocks)


def test_nobody_invented_an_address(agenda: Agenda) -> None:
    used = {link.url for fact in agenda.facts for link in fact.links}
    used |= {address for material in agenda.materials for address in (material.url, material.found_at) if address}
    used |= {session.website for session in agenda.sessions if session.website}
    used |= {agenda.event.website} if agenda.event.website else set()

    assert used == ADDRESSES
    assert "@" not in FILE.read_text(encoding="utf-8")


def test_a_material_without_a_known_address_points_to_the_event_page(agenda: Agenda) -> None:
    for material in agenda.materials:
        if material.id == "summary-article":
            assert material.url
            assert material.language == "en"
        else:
            assert material.url is None
            assert material.found_at == EVENT_PAGE
            assert material.unknown == {"link", "language"}


def test_every_presentation_belongs_to_a_speaker_of_its_session(agenda: Agenda) -> None:
    for material in agenda.materials:
        if material.kind is MaterialKind.PRESENTATION:
            (speaker_id,) = material.speaker_ids
            (session_id,) = material.session_ids
            assert material.id == f"presentation-{speaker_id}"
            assert agenda.session_by_id[session_id] in agenda.sessions_of(speaker_id)


def test_the_eight_sectors_stand_in_each_language(agenda: Agenda) -> None:
    sectors = agenda.fact_by_topic["sectors"].text

    assert {language: text.count("•") for language, text in sectors.texts.items()} == {"en": 8, "ro": 8, "uk": 8}


def test_what_the_organisers_did_not_publish_is_marked_as_unknown(agenda: Agenda) -> None:
    unknown = {fact.topic for fact in agenda.facts if fact.status is FactStatus.UNKNOWN}

    assert unknown == _ids(
        "contact entry-rules working-language streaming dress-code certificate matchmaking-platform parking "
        "accessibility wifi cloakroom"
    )


def test_ids_are_those_of_the_attendee_questions(agenda: Agenda) -> None:
    entities = _shared("questions/entities.json")["entities"]
    known = {
        "speaker": set(agenda.speaker_by_id),
        "session": set(agenda.session_by_id),
        "document": set(agenda.material_by_id),
    }

    assert [entity["id"] for entity in entities if entity["id"] not in known[entity["kind"]]] == []
    for entity in entities:
        if entity["kind"] == "speaker":
            sessions = agenda.sessions_of(entity["id"])
            reached = {session.id for session in sessions} | {session.part_of for session in sessions}
            assert set(entity["sessions"]) <= reached, entity["id"]


def test_the_timetable_is_the_one_of_the_gathered_facts(agenda: Agenda) -> None:
    facts = _shared("event/iasi-2023-facts.json")["sessions"]
    gathered = Counter(
        (fact["illustrative"]["start"], fact["illustrative"]["end"], fact["illustrative"]["room"]) for fact in facts
    )

    assert gathered == Counter(
        (
            session.starts_at.isoformat(),
            session.ends_at.isoformat(),
            agenda.room_by_id[session.room_id or ""].name.pick("en"),
        )
        for session in agenda.sessions
    )
