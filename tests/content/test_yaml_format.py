"""What a good content file says, and how much of YAML it may use."""

from __future__ import annotations

from datetime import date, datetime
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest

import content
from content.agenda import FactStatus, Link, MaterialKind, SessionKind, SessionSpeaker, SpeakerRole
from content.checks import check_agenda
from content.formats.yaml import read_agenda
from content.localized_text import LocalizedText
from tests.builders import a_moment
from tests.content.content_files import EVENT, a_file, one_session, problems_of

EVENT_TOO = """\
  default_language: ro
  theme: {en: Smart growth, ro: Creștere inteligentă}
  place: Iași
  website: https://example.eu/event
  hashtag: "#ECCPMatchmaking"
  aliases: [ECCP conference]
"""

WHOLE = a_file(
    """
    rooms:
      - {id: plenary-hall, name: {en: Plenary hall}, illustrative: true, aliases: [main hall]}
    tracks:
      - {id: pitches, name: Pitchuri, aliases: [pitch]}
    speakers:
      - id: daniel-cosnita
        name: Daniel Coșniță
        organisation: {en: CLUSTERO}
        role: Președinte
        bio: A few words.
        aliases: [Даніел Кошніце]
        organisation_aliases: [Cluster Association]
        unknown: [role, sessions]
    sessions:
      - id: pitching
        title: Pitching
        starts: 2023-11-22 10:00
        ends: 2023-11-22 12:00
      - id: keynote
        title: {en: "Keynote: what next?", uk: Доповідь}
        description: Words.
        kind: keynote
        starts: 2023-11-22 9:15
        ends: 2023-11-22T11:00
        room: plenary-hall
        track: pitches
        part_of: pitching
        language: en
        website: https://example.eu/keynote
        speakers:
          - daniel-cosnita
          - {id: daniel-cosnita, role: moderator, starts: 10:40, ends: "11:00"}
        topics: [{en: growth, ro: creștere}, clusters]
        aliases: [opening talk]
        illustrative: [time, room]
        unknown: [speakers]
        announced: true
        cancelled: true
    materials:
      - id: final-agenda
        title: Final agenda
        kind: document
        link: https://example.eu/a.pdf
        found_at: https://example.eu/
        speakers: [daniel-cosnita]
        sessions: [keynote, keynote]
        language: en
        aliases: [programme]
        unknown: [language]
    facts:
      - topic: parking
        title: Parking
        text: {en: Behind the hall.}
        status: unknown
        links: [{title: Map, url: https://example.eu/map}]
        aliases: [car]
    """,
    event=EVENT + EVENT_TOO,
)


def test_every_key_of_the_format_reaches_the_agenda() -> None:
    agenda = read_agenda(WHOLE.encode(), "event.yaml")

    event = agenda.event
    assert (event.id, event.starts_on, event.ends_on) == ("iasi-2023", date(2023, 11, 21), date(2023, 11, 23))
    assert (event.time_zone, event.languages) == (ZoneInfo("Europe/Bucharest"), ("en", "ro", "uk"))
    assert event.theme.texts == {"en": "Smart growth", "ro": "Creștere inteligentă"}
    assert (event.website, event.hashtag) == ("https://example.eu/event", "#ECCPMatchmaking")
    assert event.aliases == ("ECCP conference",)

    room, track, speaker = agenda.rooms[0], agenda.tracks[0], agenda.speakers[0]
    assert (room.name.texts, room.illustrative, room.aliases) == ({"en": "Plenary hall"}, True, ("main hall",))
    assert (track.name.texts, track.aliases) == ({"ro": "Pitchuri"}, ("pitch",))
    assert (speaker.name, speaker.role.texts) == ("Daniel Coșniță", {"ro": "Președinte"})
    assert (speaker.aliases, speaker.organisation_aliases) == (("Даніел Кошніце",), ("Cluster Association",))
    assert speaker.unknown == {"role", "sessions"}

    session = agenda.session_by_id["keynote"]
    assert session.title.texts == {"en": "Keynote: what next?", "uk": "Доповідь"}
    assert (session.starts_at, session.ends_at) == (a_moment("09:15"), a_moment("11:00"))
    assert (session.kind, session.room_id, session.track_id) == (SessionKind.KEYNOTE, "plenary-hall", "pitches")
    assert (session.part_of, session.language, session.website) == ("pitching", "en", "https://example.eu/keynote")
    assert session.speakers == (
        SessionSpeaker("daniel-cosnita"),
        SessionSpeaker("daniel-cosnita", SpeakerRole.MODERATOR, a_moment("10:40"), a_moment("11:00")),
    )
    assert [topic.texts for topic in session.topics] == [{"en": "growth", "ro": "creștere"}, {"ro": "clusters"}]
    assert (session.illustrative, session.unknown) == (frozenset({"time", "room"}), frozenset({"speakers"}))
    assert (session.announced, session.cancelled) == (True, True)

    material = agenda.materials[0]
    assert (material.kind, material.url) == (MaterialKind.DOCUMENT, "https://example.eu/a.pdf")
    assert (material.found_at, material.speaker_ids) == ("https://example.eu/", ("daniel-cosnita",))
    assert (material.session_ids, material.unknown) == (("keynote",), frozenset({"language"}))
    fact = agenda.fact_by_topic["parking"]
    assert (fact.status, fact.links) == (
        FactStatus.UNKNOWN,
        (Link(LocalizedText.of(ro="Map"), "https://example.eu/map"),),
    )


def test_sessions_stand_in_order_of_start_whatever_the_order_of_the_file() -> None:
    assert [session.id for session in read_agenda(WHOLE.encode(), "x").sessions] == ["keynote", "pitching"]


def test_only_the_event_is_needed() -> None:
    agenda = read_agenda(EVENT.encode(), "event.yaml")

    assert agenda.sessions == ()
    assert agenda.event.default_language == "en"


def test_without_languages_the_event_is_in_english() -> None:
    text = "\n".join(line for line in EVENT.splitlines() if "languages" not in line)

    assert read_agenda(text.encode(), "event.yaml").event.languages == ("en",)


@pytest.mark.parametrize(
    ("written", "title"),
    [
        ("20:00", "20:00"),
        ("no", "no"),
        ("2023", "2023"),
        ("0123", "0123"),
        ("1_000", "1_000"),
        ("2023-11-22", "2023-11-22"),
        ("3.10", "3.10"),
        ("off", "off"),
        ("=", "="),
        ("'It''s here'", "It's here"),
        ('"Say \\"hi\\""', 'Say "hi"'),
        ("|\n      two\n      lines", "two\nlines"),
        (">\n      folded\n      text", "folded text"),
        ("плэн 𝒜 ș", "плэн 𝒜 ș"),
        ("Q&A * more! @home", "Q&A * more! @home"),
        ("C#, F# and more # a note", "C#, F# and more"),
        ("'Talk #3'  # a note", "Talk #3"),
    ],
)
def test_a_text_stays_the_text_it_is(written: str, title: str) -> None:
    times = "    starts: 2023-11-22 10:00\n    ends: 2023-11-22 11:00\n"
    text = a_file(f"sessions:\n  - id: a\n{times}    title: {written}\n")

    assert read_agenda(text.encode(), "event.yaml").sessions[0].title.texts == {"en": title}


def test_a_key_with_nothing_behind_it_is_as_if_it_were_not_there() -> None:
    session = read_agenda(one_session("room:\ndescription: ''\ntrack: ~\nspeakers: null\n").encode(), "x").sessions[0]

    assert (session.room_id, session.track_id, session.speakers) == (None, None, ())
    assert not session.description


def test_marks_windows_line_ends_and_json_are_read_too() -> None:
    assert problems_of(b"\xef\xbb\xbf" + WHOLE.replace("\n", "\r\n").encode()) == []
    event = '{"id": "a", "name": "A", "starts": "2023-11-21", "ends": "2023-11-21", "time_zone": "UTC"}'
    assert problems_of(f'{{"ghid": 1, "event": {event}}}') == []


def test_own_minutes_after_midnight_belong_to_the_next_day() -> None:
    text = a_file(
        """
        speakers:
          - {id: dj, name: DJ}
        sessions:
          - id: party
            title: Party
            starts: 2023-11-22 22:00
            ends: 2023-11-23 02:00
            speakers: [{id: dj, starts: "23:30", ends: "01:00"}, {id: dj, role: moderator, starts: 2023-11-23 01:00}]
        """
    )

    first, second = read_agenda(text.encode(), "event.yaml").sessions[0].speakers

    assert (first.starts_at, first.ends_at) == (a_moment("2023-11-22 23:30"), a_moment("2023-11-23 01:00"))
    assert second.starts_at == a_moment("2023-11-23 01:00")


def test_the_hour_that_comes_twice_is_chosen_by_its_offset() -> None:
    event = EVENT.replace("2023-11-21", "2023-10-28").replace("2023-11-23", "2023-10-29")
    times = "    starts: 2023-10-29 03:30+03:00\n    ends: 2023-10-29 03:30+02:00\n"
    text = a_file("sessions:\n  - id: night\n    title: Night\n" + times, event=event)

    session = read_agenda(text.encode(), "event.yaml").sessions[0]

    assert [moment.isoformat()[-6:] for moment in (session.starts_at, session.ends_at)] == ["+03:00", "+02:00"]
    assert session.starts_at.tzinfo is session.ends_at.tzinfo
    assert isinstance(session.starts_at, datetime)


def test_the_built_in_event_can_be_read_and_leaves_no_doubts() -> None:
    path = Path(content.__file__).parent / "data" / "iasi-2023.yaml"

    agenda = read_agenda(path.read_bytes(), path.name)

    assert len(agenda.speakers) == 25
    assert [str(problem) for problem in check_agenda(agenda)] == []
