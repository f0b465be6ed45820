"""Any agenda at all, for property tests: fields filled or not, odd texts, moments in the night of a clock change."""

from datetime import UTC, date, datetime, timedelta
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

_WORDS = st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\0"), max_size=12)
_IDS = st.text("abcé-_@/'\"…", min_size=1, max_size=6)
_TEXTS = st.dictionaries(st.sampled_from(["en", "ro", "uk"]), _WORDS).map(LocalizedText)
_LISTS = st.lists(_WORDS, max_size=3).map(tuple)
_MAYBE = st.none() | _WORDS
_FLAGS = st.frozensets(st.sampled_from(["time", "room", "session"]))
_ZONES = st.sampled_from([ZoneInfo("Europe/Bucharest"), ZoneInfo("America/St_Johns"), ZoneInfo("UTC")])
_CLOCKS_GO_BACK = datetime(2023, 10, 28, 20, tzinfo=UTC)  # 29 October, 03:00 to 04:00 is there twice in Bucharest


def _ids(number: int) -> st.SearchStrategy[list[str]]:
    return st.lists(_IDS, unique=True, max_size=number)


@st.composite
def _sessions(draw: st.DrawFn, zone: ZoneInfo, rooms: list[str], tracks: list[str], people: list[str]) -> list[Session]:
    moments = st.integers(0, 12 * 60).map(lambda minute: (_CLOCKS_GO_BACK + timedelta(minutes=minute)).astimezone(zone))
    part = st.just(()) if not people else st.lists(
        st.builds(
            SessionSpeaker,
            st.sampled_from(people),
            st.sampled_from(SpeakerRole),
            st.none() | moments,
            st.none() | moments,
        ),
        max_size=3,
    ).map(tuple)  # fmt: skip
    ids = draw(_ids(6))
    return [
        draw(
            st.builds(
                Session,
                st.just(session_id),
                _TEXTS,
                moments,
                moments,
                st.sampled_from(SessionKind),
                st.sampled_from([None, *rooms]),
                st.sampled_from([None, *tracks]),
                st.sampled_from([None, *ids]),
                _TEXTS,
                _MAYBE,
                _MAYBE,
                part,
                st.lists(_TEXTS, max_size=2).map(tuple),
                _LISTS,
                _FLAGS,
                _FLAGS,
                st.booleans(),
                st.booleans(),
            )
        )
        for session_id in ids
    ]


@st.composite
def agendas(draw: st.DrawFn) -> Agenda:
    """Any agenda whose references hold."""
    zone = draw(_ZONES)
    rooms, tracks, people = draw(_ids(3)), draw(_ids(3)), draw(_ids(4))
    sessions = draw(_sessions(zone, rooms, tracks, people))
    some_people = st.lists(st.sampled_from(people), max_size=2).map(tuple) if people else st.just(())
    some_sessions = (
        st.lists(st.sampled_from([item.id for item in sessions]), max_size=2).map(tuple) if sessions else st.just(())
    )
    days = sorted(draw(st.lists(st.dates(date(2000, 1, 1), date(2040, 1, 1)), min_size=2, max_size=2)))
    links = st.lists(st.builds(Link, _TEXTS, _WORDS), max_size=2).map(tuple)
    return Agenda(
        event=Event(
            "an-event", draw(_TEXTS), days[0], days[1], zone, ("en", "uk"), "uk", draw(_TEXTS), draw(_TEXTS),
            draw(_MAYBE), draw(_MAYBE), draw(_LISTS),
        ),
        sessions=tuple(sessions),
        speakers=tuple(
            Speaker(
                each, draw(_WORDS), draw(_TEXTS), draw(_TEXTS), draw(_TEXTS), draw(_LISTS), draw(_LISTS), draw(_FLAGS)
            )
            for each in people
        ),
        rooms=tuple(Room(each, draw(_TEXTS), draw(st.booleans()), draw(_LISTS)) for each in rooms),
        tracks=tuple(Track(each, draw(_TEXTS), draw(_LISTS)) for each in tracks),
        materials=tuple(
            Material(
                each, draw(_TEXTS), draw(st.sampled_from(MaterialKind)), draw(_MAYBE), draw(_MAYBE), draw(some_people),
                draw(some_sessions), draw(_MAYBE), draw(_LISTS), draw(_FLAGS),
            )
            for each in draw(_ids(3))
        ),
        facts=tuple(
            Fact(each, draw(_TEXTS), draw(_TEXTS), draw(st.sampled_from(FactStatus)), draw(links), draw(_LISTS))
            for each in draw(_ids(3))
        ),
    )  # fmt: skip
