"""Agendas of any sort that Ghid's own file can hold, for round trips."""

from __future__ import annotations

from datetime import date, datetime, timedelta
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
from content.formats.schedule_texts import clean
from content.formats.schedule_times import at, later
from content.localized_text import LocalizedText

ZONE = ZoneInfo("Europe/Bucharest")
NIGHT = datetime(2031, 10, 26, 2)  # noqa: DTZ001  # the clock goes back in it

texts = (
    st.one_of(
        st.sampled_from(["= 1 + 1", "no", "~", "20:00", "#1 # 2", "a | b \\ c", "- x", "'q' \"w\": {e}", "1.0", "-"]),
        st.text(st.characters(exclude_categories=("Cs", "Cc", "Co", "Cn")), min_size=1, max_size=30),
        st.just("two\nlines\n\nand more"),
    )
    .map(clean)
    .filter(bool)
)
lines = texts.map(lambda text: " ".join(text.split())).filter(bool)
words = st.dictionaries(st.sampled_from(["en", "ro"]), texts, min_size=1).map(LocalizedText)
some_words = st.one_of(st.just(LocalizedText()), words)
aliases = st.lists(texts, max_size=2).map(tuple)


def entries(kind: str, count: int = 3) -> list[str]:
    return [f"{kind}-{number}" for number in range(count)]


@st.composite
def sessions(draw: st.DrawFn, id_: str) -> Session:
    start = at(NIGHT + timedelta(minutes=draw(st.integers(-600, 600))), ZONE)
    start = later(start, timedelta(minutes=draw(st.sampled_from([0, 60]))))
    end = later(start, timedelta(minutes=draw(st.integers(0, 200))))
    people = draw(st.lists(st.sampled_from(entries("person")), unique=True, max_size=3))
    own = draw(st.booleans())
    parts = [
        SessionSpeaker(each, draw(st.sampled_from(SpeakerRole)), start if own else None, end if own else None)
        for each in people
    ]
    return Session(
        id=id_,
        title=draw(words),
        starts_at=start,
        ends_at=end,
        kind=draw(st.sampled_from(SessionKind)),
        room_id=draw(st.none() | st.sampled_from(entries("room"))),
        track_id=draw(st.none() | st.sampled_from(entries("track"))),
        description=draw(some_words),
        language=draw(st.none() | st.sampled_from(["en", "uk"])),
        website=draw(st.none() | st.just("https://x.example.net/ä?b=c#d")),
        speakers=tuple(parts),
        topics=tuple(draw(st.lists(words, max_size=2))),
        aliases=draw(aliases),
        illustrative=draw(st.frozensets(st.sampled_from(["session", "time", "room"]))),
        unknown=draw(st.frozensets(st.sampled_from(["speakers", "time"]))),
        announced=draw(st.booleans()),
        cancelled=draw(st.booleans()),
    )


@st.composite
def agendas(draw: st.DrawFn) -> Agenda:
    """An agenda that is whole: what is referred to is there."""
    event = Event(
        id="harbour-2031",
        name=draw(words),
        starts_on=date(2031, 10, 25),
        ends_on=date(2031, 10, 27),
        time_zone=ZONE,
        languages=("en", "ro"),
        theme=draw(some_words),
        hashtag=draw(st.none() | st.just("#harbour")),
        aliases=draw(aliases),
    )
    material = Material(
        id="slides",
        title=draw(words),
        kind=draw(st.sampled_from(MaterialKind)),
        url="https://x.example.net/a b.pdf".replace(" ", "%20"),
        speaker_ids=("person-0",),
        session_ids=("session-0",),
        aliases=draw(aliases),
    )
    link = Link(draw(words), "https://x.example.net/map")
    fact = Fact("parking", draw(words), draw(words), draw(st.sampled_from(FactStatus)), (link,), draw(aliases))
    return Agenda(
        event=event,
        sessions=tuple(draw(sessions(id_)) for id_ in entries("session")),
        speakers=tuple(
            Speaker(id_, draw(lines), draw(some_words), draw(some_words), draw(some_words), draw(aliases))
            for id_ in entries("person")
        ),
        rooms=tuple(Room(id_, draw(words), draw(st.booleans()), draw(aliases)) for id_ in entries("room")),
        tracks=tuple(Track(id_, draw(words), draw(aliases)) for id_ in entries("track")),
        materials=(material,),
        facts=(fact,),
    )
