"""What of a new agenda concerns whoever follows: one named scenario a field, and who hears of it."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from datetime import datetime
from typing import Any

import pytest

from content.agenda import Agenda, Session, SessionSpeaker
from content.localized_text import LocalizedText
from content.notices import (
    AgendaNews,
    ChangedField,
    NewsKind,
    PersonalNews,
    SessionNews,
    agenda_news,
    personal_news,
)
from tests.builders import a_moment, a_room, a_session, a_speaker, an_agenda

MORNING = a_moment("08:00")


def handled(agenda: Agenda) -> Agenda:
    """Each item's id is its handle too."""
    return replace(
        agenda,
        sessions=tuple(replace(session, handle=session.id) for session in agenda.sessions),
        speakers=tuple(replace(speaker, handle=speaker.id) for speaker in agenda.speakers),
    )


def news_of(old: Iterable[Session], new: Iterable[Session], **parts: Any) -> AgendaNews:
    return agenda_news(handled(an_agenda(*old, **parts)), handled(an_agenda(*new, **parts)))


def told(news: AgendaNews) -> dict[str, NewsKind]:
    return {handle: each.kind for handle, each in news.by_session.items()}


def personal(
    news: AgendaNews, *follows: str, muted: Iterable[str] = (), now: datetime = MORNING
) -> tuple[PersonalNews, ...]:
    return personal_news(dict.fromkeys(follows, 1), {1: news}, muted=muted, now=now)


def heard(*args: Any, **options: Any) -> dict[str, NewsKind]:
    return {each.news.session.handle: each.news.kind for each in personal(*args, **options)}


@pytest.mark.parametrize("gone", ["taken out", "marked"])
def test_only_cancellations_tell_each_follower_and_what_else_is_on_then(gone: str) -> None:
    old = [
        a_session("talk", starts_at="10:00", speakers=["ana"]),
        a_session("panel", starts_at="10:30"),
        a_session("keynote", starts_at="10:00", part_of="plenary"),
        a_session("plenary", starts_at="09:00", minutes=180),
        a_session("dinner", starts_at="19:00"),
    ]
    left = [replace(old[0], cancelled=True)] if gone == "marked" else []

    news = news_of(old, [*left, *old[1:]])

    assert told(news) == {"talk": NewsKind.CANCELLED}
    cancelled = news.by_session["talk"]
    assert cancelled.old == old[0]
    assert [session.id for session in cancelled.instead] == ["keynote", "panel"]
    assert heard(news, "talk") == heard(news, "ana") == {"talk": NewsKind.CANCELLED}
    assert heard(news, "panel") == {}


PARTS = SessionSpeaker("ana", starts_at=a_moment("10:10"), ends_at=a_moment("10:30"))
CHANGES: dict[str, tuple[dict[str, Any], tuple[ChangedField, ...]]] = {
    "nothing": ({}, ()),
    "a later start": ({"starts_at": "11:00"}, (ChangedField.TIME,)),
    "another day": ({"starts_at": "2023-11-23 10:00"}, (ChangedField.DAY,)),
    "another room": ({"room_id": "red-hall"}, (ChangedField.ROOM,)),
    "a room that is open again": ({"room_id": None}, (ChangedField.ROOM,)),
    "a longer session": ({"minutes": 90}, (ChangedField.DURATION,)),
    "another title": ({"title": "Regions and clusters"}, (ChangedField.TITLE,)),
    "a title in other capitals": ({"title": "the  TALK"}, ()),
    "a new translation": ({"title": LocalizedText.of(en="The talk", ro="Discursul")}, ()),
    "another speaker": ({"speakers": ["ion"]}, (ChangedField.SPEAKERS,)),
    "one speaker more": ({"speakers": [PARTS, "ion"]}, (ChangedField.SPEAKERS,)),
    "own minutes of a speaker": (
        {"speakers": [SessionSpeaker("ana", starts_at=a_moment("10:30"), ends_at=a_moment("10:50"))]},
        (ChangedField.MINUTES,),
    ),
    "own minutes that moved with the session": (
        {
            "starts_at": "11:00",
            "speakers": [SessionSpeaker("ana", starts_at=a_moment("11:10"), ends_at=a_moment("11:30"))],
        },
        (ChangedField.TIME,),
    ),
    "the same instant in another zone": ({"starts_at": datetime.fromisoformat("2023-11-22T08:00:00+00:00")}, ()),
    "a description": ({"description": LocalizedText.of(en="Longer than before")}, ()),
    "time, length, room and title": (
        {"starts_at": "11:00", "minutes": 30, "room_id": "red-hall", "title": "Regions"},
        (ChangedField.TIME, ChangedField.DURATION, ChangedField.ROOM, ChangedField.TITLE),
    ),
}


@pytest.mark.parametrize("scenario", CHANGES)
def test_what_counts_as_a_change(scenario: str) -> None:
    changed, expected = CHANGES[scenario]
    before: dict[str, Any] = {"title": "The talk", "room_id": "blue-hall", "speakers": [PARTS]}
    people, rooms = [a_speaker("ana"), a_speaker("ion")], [a_room("blue-hall"), a_room("red-hall")]

    news = news_of(
        [a_session("talk", **before)], [a_session("talk", **(before | changed))], speakers=people, rooms=rooms
    )

    found = news.by_session.get("talk")
    assert (found.fields if found else ()) == expected


def test_a_room_with_another_name_is_another_room_to_those_who_look_for_it() -> None:
    old = handled(an_agenda(a_session("talk", room_id="hall"), rooms=[a_room("hall", "Blue hall")]))
    new = handled(an_agenda(a_session("talk", room_id="hall"), rooms=[a_room("hall", "Red hall")]))
    renamed = handled(an_agenda(a_session("talk", room_id="room-1"), rooms=[a_room("room-1", "Blue  Hall")]))

    assert agenda_news(old, new).by_session["talk"].fields == (ChangedField.ROOM,)
    assert agenda_news(old, renamed).by_session == {}


def test_a_session_known_by_its_handle_may_have_another_id() -> None:
    old = an_agenda(replace(a_session("s-1", title="Talk"), handle="talk"))
    new = an_agenda(replace(a_session("s-2", title="Talk", starts_at="11:00"), handle="talk"))

    assert agenda_news(old, new).by_session["talk"].fields == (ChangedField.TIME,)


@pytest.mark.parametrize("gone", ["taken out", "marked"])
def test_a_session_that_takes_place_again_is_restored_for_its_followers(gone: str) -> None:
    talk = a_session("talk", speakers=["ana"])
    marked = [replace(talk, cancelled=True)] if gone == "marked" else []

    news = news_of(marked, [talk], speakers=[a_speaker("ana")])

    assert heard(news, "talk") == {"talk": NewsKind.RESTORED}


def test_a_cancelled_session_that_vanishes_or_changes_is_no_news() -> None:
    cancelled = a_session("talk", cancelled=True)

    assert told(news_of([cancelled], [])) == {}
    assert told(news_of([cancelled], [replace(cancelled, starts_at=a_moment("09:00"))])) == {}
    assert told(news_of([], [cancelled])) == {}


def test_a_new_session_is_told_to_those_who_follow_its_speaker() -> None:
    news = news_of([], [a_session("talk", speakers=["ana"])], speakers=[a_speaker("ana"), a_speaker("ion")])

    assert heard(news, "ana") == {"talk": NewsKind.ADDED}
    assert heard(news, "ion") == {}


def test_a_followed_speaker_who_joins_a_session_brings_it_as_new() -> None:
    news = news_of([a_session("panel", speakers=["ion"])], [a_session("panel", speakers=["ion", "ana"])],
                   speakers=[a_speaker("ana"), a_speaker("ion")])  # fmt: skip

    assert heard(news, "ana") == {"panel": NewsKind.ADDED}
    assert heard(news, "ion") == heard(news, "panel") == heard(news, "panel", "ana") == {"panel": NewsKind.CHANGED}


def test_a_followed_speaker_who_leaves_a_session_is_told_of() -> None:
    news = news_of([a_session("panel", speakers=["ion", "ana"])], [a_session("panel", speakers=["ion"])],
                   speakers=[a_speaker("ana"), a_speaker("ion")])  # fmt: skip

    (only,) = personal(news, "ana")

    assert (only.news.kind, only.news.fields) == (NewsKind.CHANGED, (ChangedField.SPEAKERS,))
    assert [speaker.id for speaker in only.news.left] == ["ana"]
    assert [speaker.id for speaker in only.speakers] == ["ana"]
    assert only.followed is False


def test_somebody_elses_minutes_concern_the_sessions_followers_only() -> None:
    def panel(starts_at: str) -> Session:
        return a_session("panel", speakers=["ana", SessionSpeaker("ion", starts_at=a_moment(starts_at),
                                                                  ends_at=a_moment("11:00"))])  # fmt: skip

    news = news_of([panel("10:10")], [panel("10:20")])

    assert heard(news, "ana") == {}
    assert heard(news, "ion") == heard(news, "panel") == {"panel": NewsKind.CHANGED}


def test_who_follows_a_session_and_its_speakers_hears_of_it_once() -> None:
    people = ["ana", "ion"]
    news = news_of([a_session("talk", speakers=people)], [a_session("talk", starts_at="11:00", speakers=people)])

    (only,) = personal(news, "talk", "ana", "ion")

    assert only.followed is True
    assert {speaker.id for speaker in only.speakers} == {"ana", "ion"}


def test_a_muted_session_is_silent() -> None:
    news = news_of([a_session("talk", speakers=["ana"]), a_session("late", starts_at="17:00", speakers=["ana"])], [],
                   speakers=[a_speaker("ana")])  # fmt: skip

    assert heard(news, "talk", "ana", muted=["talk"]) == {"late": NewsKind.CANCELLED}


def test_what_was_seen_later_counts() -> None:
    since_2 = news_of([a_session("talk", speakers=["ana"])], [a_session("talk", starts_at="11:00", speakers=["ana"])])
    seen_3 = AgendaNews()

    assert personal_news({"ana": 2, "talk": 3}, {2: since_2, 3: seen_3}, muted=(), now=MORNING) == ()
    assert len(personal_news({"ana": 3, "talk": 2}, {2: since_2, 3: seen_3}, muted=(), now=MORNING)) == 0
    assert len(personal_news({"ana": 2}, {2: since_2, 3: seen_3}, muted=(), now=MORNING)) == 1


MOVED: dict[str, tuple[str, str, str, bool, bool]] = {
    # old start, new start, now; whether it is told, whether at once
    "in the afternoon, told in the morning": ("15:00", "16:00", "08:00", True, False),
    "from the afternoon to within three hours": ("15:00", "10:30", "08:00", True, True),
    "from within three hours to the afternoon": ("10:30", "15:00", "08:00", True, True),
    "it is on": ("10:00", "10:15", "10:30", True, True),
    "from over to later": ("08:00", "18:00", "12:00", True, False),
    "from over to over": ("08:00", "09:00", "12:00", False, False),
    "three hours ahead to the minute": ("11:00", "11:30", "08:00", True, True),
}


@pytest.mark.parametrize("scenario", MOVED)
def test_nothing_is_told_of_what_is_over_and_what_is_near_at_once(scenario: str) -> None:
    old, new, now, is_told, urgent = MOVED[scenario]
    news = news_of([a_session("talk", starts_at=old)], [a_session("talk", starts_at=new)])

    found = personal(news, "talk", now=a_moment(now))

    assert bool(found) is is_told
    assert any(each.news.urgent(a_moment(now)) for each in found) is urgent


def test_the_soonest_comes_first_by_its_old_time_or_its_new() -> None:
    news = news_of(
        [a_session("a", starts_at="15:00"), a_session("b", starts_at="14:00"), a_session("c", starts_at="09:00")],
        [a_session("a", starts_at="13:00"), a_session("b", starts_at="18:00"), a_session("c", starts_at="16:00")],
    )

    assert list(heard(news, "a", "b", "c")) == ["c", "a", "b"]
    assert list(heard(news, "a", "b", "c", now=a_moment("10:30"))) == ["a", "b", "c"]


def test_news_about_no_session_are_none() -> None:
    with pytest.raises(ValueError, match="no session"):
        _ = SessionNews(NewsKind.CHANGED, None, None).session
