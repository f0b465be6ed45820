"""The notice of a change and the list of changes, as people read them."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from datetime import datetime, timedelta

import pytest

from bot.commands.terminal import plain_text
from bot.i18n import LOCALES, localizer
from bot.messages.buttons import Mute, OpenChanges, OpenReminders, OpenSession, SetChanges, parse
from bot.messages.changes import MAX_LINES, change_notice, changes_page
from bot.messages.outgoing import OutgoingMessage
from bot.messages.session_news import few_named
from bot.messages.view import View
from bot.models import COMMAND_LINE, RecentChange, RecentChanges, VersionEntry
from content.agenda import Agenda, Session, SessionSpeaker
from content.localized_text import LocalizedText
from content.notices import AgendaNews, agenda_news, personal_news
from tests.bot.messages.crawler import callback_data, flaws
from tests.builders import a_moment, a_room, a_session, a_speaker, an_agenda

MORNING = a_moment("08:00")
PEOPLE = [a_speaker("ana", "Ana Pop"), a_speaker("ion", "Ion Rusu")]
ROOMS = [a_room("blue", "Blue hall"), a_room("red", "Red hall")]
TALK = a_session("talk", "The talk", "10:00", room_id="blue", speakers=["ana"])
OTHER = a_session("other", "Another talk", "12:00", room_id="blue")


def agenda_of(*sessions: Session) -> Agenda:
    agenda = an_agenda(*sessions, speakers=PEOPLE, rooms=ROOMS)
    return replace(
        agenda,
        sessions=tuple(replace(session, handle=session.id) for session in agenda.sessions),
        speakers=tuple(replace(speaker, handle=speaker.id) for speaker in agenda.speakers),
    )


def notice(
    old: Iterable[Session], new: Iterable[Session], *follows: str, language: str = "en", now: datetime = MORNING
) -> OutgoingMessage:
    before, after = agenda_of(*old), agenda_of(*new)
    news = personal_news(dict.fromkeys(follows or ["talk"], 1), {1: agenda_news(before, after)}, muted=(), now=now)
    return change_notice(news, View(localizer(language), after, now))


def about(message: OutgoingMessage) -> list[str]:
    """Return the lines of the first paragraph."""
    return plain_text(message).split("\n\n")[0].split("\n")


def moved(starts_at: str, minutes: int = 60) -> Session:
    return replace(TALK, starts_at=a_moment(starts_at), ends_at=a_moment(starts_at) + timedelta(minutes=minutes))


SLOT = SessionSpeaker("ana", starts_at=a_moment("10:10"), ends_at=a_moment("10:30"))
TODAY = "Today, 10:00–11:00"
CHANGES: dict[str, tuple[Session, Session, list[str]]] = {
    "time": (TALK, moved("11:00", 30), ["Moved: The talk", "Today: 10:00–11:00 → 11:00–11:30"]),
    "time of another day": (
        moved("2023-11-23 10:00"),
        moved("2023-11-23 11:00"),
        ["Moved: The talk", "Thursday, 23 November: 10:00–11:00 → 11:00–12:00"],
    ),
    "day": (
        TALK,
        moved("2023-11-23 09:00", 30),
        ["Moved: The talk", "Day: Today, 10:00–11:00 → Tomorrow, Thursday, 23 November, 09:00–09:30"],
    ),
    "duration": (
        TALK,
        moved("10:00", 150),
        ["Changed: The talk", "Today, 10:00–12:30", "Duration: 60 minutes → 2\u00a0h 30\u00a0min"],
    ),
    "whole hours": (
        moved("10:00", 120),
        moved("10:00", 1),
        ["Changed: The talk", "Today, 10:00–10:01", "Duration: 2 hours → 1 minute"],
    ),
    "room": (TALK, replace(TALK, room_id="red"), ["Changed: The talk", TODAY, "Room: Blue hall → Red hall"]),
    "room found": (
        replace(TALK, room_id=None),
        TALK,
        ["Changed: The talk", TODAY, "The room is known now: Blue hall"],
    ),
    "room open": (
        TALK,
        replace(TALK, room_id=None),
        ["Changed: The talk", TODAY, "No room is published any more; it was: Blue hall"],
    ),
    "title": (
        TALK,
        replace(TALK, title=LocalizedText.of(en="Better")),
        ["Changed: Better", TODAY, "It was called: The talk"],
    ),
    "speakers": (
        TALK,
        replace(TALK, speakers=(SessionSpeaker("ion"),)),
        ["Changed: The talk", TODAY, "New in this session: Ion Rusu", "No longer in this session: Ana Pop"],
    ),
    "own minutes": (
        replace(TALK, speakers=(SLOT,)),
        replace(TALK, speakers=(replace(SLOT, starts_at=a_moment("10:30"), ends_at=a_moment("10:50")),)),
        ["Changed: The talk", TODAY, "Ana Pop: 10:10–10:30 → 10:30–10:50"],
    ),
    "restored": (replace(TALK, cancelled=True), TALK, ["Takes place after all: The talk", f"{TODAY} · Blue hall"]),
}


@pytest.mark.parametrize("scenario", CHANGES)
def test_each_field_is_told_from_old_to_new(scenario: str) -> None:
    old, new, expected = CHANGES[scenario]

    assert about(notice([old], [new])) == expected


def test_only_cancellations_say_when_it_was_and_what_else_is_on_then() -> None:
    others = [a_session(f"other-{number}", f"Other {number}", "10:00", room_id="red") for number in range(5)]

    message = notice([TALK, *others], others)

    assert about(message) == [
        "Cancelled: The talk",
        "It was to be: today, 10:00–11:00 · Blue hall",
        "On at that time: Other 0 (Red hall), Other 1 (Red hall), Other 2 (Red hall) and 2 more",
    ]
    assert callback_data(message)[:3] == [OpenSession(f"other-{number}").pack() for number in range(3)]
    assert OpenSession("talk").pack() not in callback_data(message)  # it left the agenda


def test_a_new_session_of_a_followed_speaker_names_the_speaker() -> None:
    message = notice([], [TALK], "ana")

    assert plain_text(message).split("\n\n") == [
        "New: The talk\nToday, 10:00–11:00 · Blue hall\nWith: Ana Pop",
        "You get this because you follow: Ana Pop",
    ]


def test_every_notice_says_why_and_how_to_stop_it() -> None:
    two = [moved("12:00"), a_session("lunch", starts_at="14:00", speakers=["ion"])]
    one, both, mixed = (
        notice([TALK], [moved("11:00")]),
        notice([TALK, a_session("lunch")], [moved("12:00")], "talk", "lunch"),
        notice([TALK, a_session("lunch", speakers=["ion"])], two, "talk", "ion"),
    )

    assert plain_text(one).endswith("You get this because you follow this session.")
    assert plain_text(both).endswith("You get this because you follow these sessions.")
    assert plain_text(mixed).endswith("You get this because you follow: Ion Rusu and The talk")
    for message in (one, both, mixed):
        assert [parse(data) for data in callback_data(message)[-2:]] == [SetChanges(0), OpenReminders()]


def test_the_notice_about_one_session_mutes_it_with_one_tap() -> None:
    one = notice([TALK], [moved("11:00")])
    gone = notice([TALK], [])
    two = notice([TALK, OTHER], [moved("11:00"), replace(OTHER, room_id="red")], "talk", "other")

    assert Mute("talk").pack() in callback_data(one)
    assert [data for data in (*callback_data(gone), *callback_data(two)) if isinstance(parse(data), Mute)] == []


@pytest.mark.parametrize(("language", "said"), [("en", "organisers"), ("ro", "organizatori"), ("uk", "організатори")])
def test_who_imported_on_the_command_line_is_named_in_the_readers_language(language: str, said: str) -> None:
    at = a_moment("2023-11-21 18:30")
    old, new = agenda_of(TALK), agenda_of(moved("11:00"))
    [news] = agenda_news(old, new).by_session.values()
    changes = RecentChanges(
        VersionEntry(1, at, "Ghid", ""), (RecentChange(news, VersionEntry(2, at, COMMAND_LINE, "")),)
    )

    page = plain_text(changes_page(changes, View(localizer(language), new, MORNING)))

    assert said in page
    assert COMMAND_LINE not in page


def test_many_changes_are_counted_not_listed() -> None:
    many = [a_session(f"talk-{number}", starts_at=f"{10 + number // 6}:{number % 6}0") for number in range(40)]

    message = notice(many, [], *(session.id for session in many))

    paragraphs = plain_text(message).split("\n\n")
    assert sum(len(part.split("\n")) for part in paragraphs[:-2]) <= MAX_LINES
    assert paragraphs[-2] == f"and {40 - len(paragraphs[:-2])} more changed sessions"
    assert OpenChanges().pack() in callback_data(message)


def test_what_happens_first_is_told_first() -> None:
    lunch = a_session("lunch", starts_at="09:00")

    message = notice([TALK, lunch], [moved("11:00")], "talk", "lunch")

    assert plain_text(message).split("\n\n")[0].startswith("Cancelled: Lunch")


HOSTILE = LocalizedText.of(en=f"<b>&{'🦊' * 300} long </i>" * 20)


def hostile(session_id: str, starts_at: str, people: Iterable[str]) -> Session:
    title = LocalizedText.of(en=f"{session_id} {starts_at} {HOSTILE.texts['en']}")
    return a_session(session_id, title, starts_at, room_id=f"r{starts_at[:2]}", speakers=people)


@pytest.mark.parametrize("language", LOCALES)
def test_hostile_and_endless_texts_can_be_sent_in_every_language(language: str) -> None:
    names = [f"p{number}" for number in range(60)]
    people = [a_speaker(name, f"{name} <script> {'ș' * 3_000}") for name in names]
    rooms = [a_room(f"r{hour}", HOSTILE) for hour in (10, 12)]

    def version(starts_at: str, who: list[str]) -> Agenda:
        sessions = [hostile(f"s{number}", starts_at, who) for number in range(60)]
        agenda = an_agenda(*sessions, speakers=people, rooms=rooms)
        return replace(
            agenda,
            sessions=tuple(replace(session, handle=session.id) for session in agenda.sessions),
            speakers=tuple(replace(speaker, handle=speaker.id) for speaker in agenda.speakers),
        )

    old, new = version("12:00", names[:30]), version("10:00", names[30:])
    for news in (agenda_news(old, new), agenda_news(old, replace(new, sessions=())), agenda_news(AGENDA, new)):
        for follows in (["s1"], [f"s{number}" for number in range(60)], names):
            told = dict.fromkeys(follows, 1)
            found = personal_news(told, {1: news}, muted=(), now=MORNING)
            if found:
                assert flaws(change_notice(found, View(localizer(language), new, MORNING))) == []
        page = changes_page(recent(news), View(localizer(language), new, MORNING), 1)
        assert flaws(page) == []


AGENDA = agenda_of()


def recent(news: AgendaNews) -> RecentChanges:
    first = VersionEntry(1, a_moment("2023-11-20 09:00"), "Olena", "")
    latest = VersionEntry(2, a_moment("2023-11-22 07:40"), "Olena <b>", "agenda.yaml")
    return RecentChanges(first, tuple(RecentChange(each, latest) for each in news.by_session.values()))


def test_the_list_of_changes_says_what_when_and_by_whom() -> None:
    old, new = agenda_of(TALK, a_session("lunch")), agenda_of(moved("11:00"), a_session("dinner", starts_at="19:00"))

    page = changes_page(recent(agenda_news(old, new)), View(localizer("en"), new, MORNING))

    by = "Changed on Wednesday, 22 November, 07:40, by: Olena <b>"
    assert plain_text(page).split("\n\n") == [
        "What changed in the agenda\nCompared with the agenda of Monday, 20 November, 09:00",
        f"Moved: The talk\nToday: 10:00–11:00 → 11:00–12:00\n{by}",
        f"Cancelled: Lunch\nIt was to be: today, 10:00–11:00\n{by}",
        f"New: Dinner\nToday, 19:00–20:00\n{by}",
    ]
    assert callback_data(page)[:2] == [OpenSession("talk").pack(), OpenSession("dinner").pack()]
    assert flaws(page) == []


def test_the_list_turns_pages() -> None:
    new = agenda_of(*(a_session(f"s{number}", starts_at=f"1{number}:00") for number in range(9)))

    pages = [
        changes_page(recent(agenda_news(AGENDA, new)), View(localizer("en"), new, MORNING), number) for number in (0, 2)
    ]

    assert "Page 1 of 3" in plain_text(pages[0])
    assert OpenChanges(1).pack() in callback_data(pages[0])
    assert "New: S8" in plain_text(pages[1])


def test_if_nothing_changed_it_says_so() -> None:
    for nothing in (RecentChanges(), RecentChanges(VersionEntry(1, MORNING, "Olena", ""))):
        page = changes_page(nothing, View(localizer("en"), AGENDA, MORNING))

        assert "Nothing changed so far" in plain_text(page)
        assert flaws(page) == []


@pytest.mark.parametrize(
    ("names", "said"), [("ABC", "A, B and C"), ("ABCD", "A, B, C and D"), ("ABCDE", "A, B, C and 2 more")]
)
def test_who_would_be_the_only_one_left_is_named(names: str, said: str) -> None:
    assert few_named(names, View(localizer("en"), an_agenda(), a_moment("10:00"))) == said
