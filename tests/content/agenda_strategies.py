"""Agendas of all sorts for property tests: odd zones, nights of clock changes, any Unicode."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from hypothesis import strategies as st

from content.agenda import (
    Agenda,
    Event,
    Fact,
    FactStatus,
    Link,
    Material,
    MaterialKind,
    Room,
    Session,
    SessionKind,
    SessionSpeaker,
    Speaker,
    SpeakerRole,
    Track,
)
from content.localized_text import LocalizedText

ZONES = [
    "Europe/Bucharest",
    "UTC",
    "Asia/Kathmandu",
    "Australia/Lord_Howe",  # half an hour of daylight saving
    "America/St_Johns",
    "Africa/Casablanca",  # daylight saving below zero
    "Pacific/Apia",
    "Pacific/Kiritimati",
]
IDS = [f"id-{number}" for number in range(6)]

ODD = [
    *("a", "Ș", "ї", "é", "e\u0301", "🦊", "🇷🇴", "ß", "ﬁ", "中文", "שלום", "\u202eabc", "\u200b", "\xa0", "\ufeff"),
    *("'", '"', "''", "\\", "# no", "- a", "a: b", "{a}", "[a", "&a", "*a", "!a", "%a", "@a", "`a", "|", ">", "?"),
    *("~", "null", "no", "true", "1e3", "0x1f", "20:00", "2023-11-22", "1_000", "=1+1", "+40", "<b>&", "A plain title"),
    *(" a", "a ", "a\nb", "a\n\nb", "a\tb", "\x00", "\x85", "\u2028"),
]
# Most are drawn whole: letter by letter takes ten times as long.
letters = st.sampled_from(ODD) | st.text(min_size=1, max_size=6)
texts = st.builds(LocalizedText, st.dictionaries(st.sampled_from(["en", "ro", "uk"]), letters, max_size=3))
words = st.lists(letters, max_size=2).map(tuple)
handles = st.text("abcdefghjkmnpqrstuvwxyz23456789", min_size=0, max_size=8)
links = st.none() | st.just("https://example.eu/ä?b=c#d")


def parts(*names: str) -> st.SearchStrategy[frozenset[str]]:
    """Any of these parts."""
    return st.frozensets(st.sampled_from(names))


def moments(zone: ZoneInfo) -> st.SearchStrategy[datetime]:
    """Real moments in this zone, often around the clock changes of 2023."""
    anywhere = st.datetimes(datetime(1971, 1, 1), datetime(2150, 1, 1))  # noqa: DTZ001  # hypothesis wants naive bounds
    at_changes = st.builds(
        lambda day, minutes: day + timedelta(minutes=minutes),
        st.sampled_from([datetime(2023, 10, 29), datetime(2023, 3, 26), datetime(2023, 4, 1, 15)]),  # noqa: DTZ001  # as above
        st.integers(0, 300),
    )
    return (anywhere | at_changes).map(lambda moment: moment.replace(microsecond=0, tzinfo=UTC).astimezone(zone))


@st.composite
def sessions(draw: st.DrawFn, zone: ZoneInfo, id_: str) -> Session:
    """A session that refers to any of the ids."""
    ids = st.none() | st.sampled_from(IDS)
    starts_at = draw(moments(zone))
    length = draw(
        st.timedeltas(timedelta(), timedelta(hours=14)).map(lambda length: timedelta(minutes=length.seconds // 60))
    )
    own = st.none() | st.just(starts_at)
    people = st.builds(SessionSpeaker, st.sampled_from(IDS), st.sampled_from(SpeakerRole), own, own)
    return Session(
        id=id_,
        title=draw(texts),
        starts_at=starts_at,
        ends_at=(starts_at.astimezone(UTC) + length).astimezone(zone),
        kind=draw(st.sampled_from(SessionKind)),
        room_id=draw(ids),
        track_id=draw(ids),
        part_of=draw(ids),
        description=draw(texts),
        language=draw(st.sampled_from([None, "en", "uk"])),
        website=draw(links),
        speakers=tuple(draw(st.lists(people, max_size=2))),
        topics=tuple(draw(st.lists(texts, max_size=2))),
        aliases=draw(words),
        illustrative=draw(parts("session", "time", "room")),
        unknown=draw(parts("speakers", "moderator")),
        announced=draw(st.booleans()),
        cancelled=draw(st.booleans()),
        handle=draw(handles),
    )


@st.composite
def agendas(draw: st.DrawFn, zone_name: str | None = None) -> Agenda:
    """An agenda whose entries have ids of one small pool, so that two agendas share some."""
    zone = ZoneInfo(zone_name or draw(st.sampled_from(ZONES)))
    ids = st.lists(st.sampled_from(IDS), unique=True, max_size=4)
    starts_on = draw(st.dates(date(1971, 1, 1), date(2150, 1, 1)))
    return Agenda(
        event=Event(
            id="event",
            name=draw(texts),
            starts_on=starts_on,
            ends_on=starts_on + timedelta(days=draw(st.integers(0, 5))),
            time_zone=zone,
            languages=draw(st.sampled_from([("en",), ("ro", "en"), ("uk",)])),
            default_language=draw(st.sampled_from(["en", "ro"])),
            theme=draw(texts),
            website=draw(links),
            hashtag=draw(st.none() | letters),
            aliases=draw(words),
        ),
        sessions=tuple(draw(sessions(zone, id_)) for id_ in draw(ids)),
        speakers=tuple(draw(_speakers(id_)) for id_ in draw(ids)),
        rooms=tuple(draw(st.builds(Room, st.just(id_), texts, st.booleans(), words, handles)) for id_ in draw(ids)),
        tracks=tuple(draw(st.builds(Track, st.just(id_), texts, words, handles)) for id_ in draw(ids)),
        materials=tuple(draw(_materials(id_)) for id_ in draw(ids)),
        facts=tuple(draw(_facts(id_)) for id_ in draw(ids)),
    )


def _speakers(id_: str) -> st.SearchStrategy[Speaker]:
    unknown = parts("role", "organisation", "sessions")
    return st.builds(Speaker, st.just(id_), letters, texts, texts, texts, words, words, unknown, handles)


def _materials(id_: str) -> st.SearchStrategy[Material]:
    ids: Any = st.lists(st.sampled_from(IDS), unique=True, max_size=2).map(tuple)
    kinds, languages = st.sampled_from(MaterialKind), st.sampled_from([None, "en"])
    unknown = parts("link", "language")
    return st.builds(Material, st.just(id_), texts, kinds, links, links, ids, ids, languages, words, unknown, handles)


def _facts(topic: str) -> st.SearchStrategy[Fact]:
    buttons: Any = st.lists(st.builds(Link, texts, st.just("https://example.eu")), max_size=2).map(tuple)
    return st.builds(Fact, st.just(topic), texts, texts, st.sampled_from(FactStatus), buttons, words)
