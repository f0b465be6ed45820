"""Messages at the edges: nothing planned, nothing named, too much of everything, things that look alike."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from bot.commands.terminal import plain_text
from bot.i18n import LOCALES, localizer
from bot.messages.answers import answer_message
from bot.messages.buttons import OpenAgenda, OpenDay, OpenMaterial, OpenNext, OpenNow, OpenSession, OpenSpeakers
from bot.messages.menus import start_message
from bot.messages.screens import screen
from bot.messages.view import View
from bot.services.handles import assign_handles, with_handles
from content.agenda import Agenda, Session, SessionKind
from content.answering import in_room_now
from content.answers import Answer, ChoiceAnswer, SessionAnswer, SessionFocus, UnknownAnswer
from content.questions.question import Entity, EntityKind, Intent, Question
from tests.bot.messages.crawler import every_screen, flaws
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

BEFORE, DURING, AFTER = "2023-10-01 12:00", "2023-11-22 10:05", "2023-12-01 12:00"


def seen(agenda: Agenda, moment: str = DURING, language: str = "en") -> View:
    return View(localizer(language), with_handles(agenda, assign_handles({}, agenda, {})), a_moment(moment))


def said(answer: Answer, view: View) -> list[str]:
    return answer_message(answer, view).text.split("\n")


@pytest.mark.parametrize("moment", [BEFORE, DURING, AFTER])
@pytest.mark.parametrize("language", LOCALES)
@pytest.mark.parametrize("agenda", [an_agenda(), an_agenda(a_session(cancelled=True))])
def test_every_screen_of_an_event_with_next_to_nothing_can_be_sent(agenda: Agenda, language: str, moment: str) -> None:
    view = seen(agenda, moment, language)

    screens = every_screen(view, start_message(view), screen(OpenAgenda(), view))

    assert {data: found for data, message in screens.items() if (found := flaws(message))} == {}


def test_an_event_without_sessions_is_over_only_when_it_is_over() -> None:
    for payload in (OpenNow(), OpenNext()):
        assert screen(payload, seen(an_agenda(), BEFORE)).text == "Nothing is planned yet."
        assert screen(payload, seen(an_agenda(), AFTER)).text.startswith("The event is over")


def test_a_room_that_is_done_does_not_end_the_event() -> None:
    view = seen(an_agenda(a_session("late", starts_at="18:00"), rooms=[a_room("foyer", "Foyer")]))

    message = answer_message(in_room_now(view.agenda, "foyer", view.now), view)

    assert message.text == "Nothing more is planned in Foyer."


def test_the_place_is_not_said_twice() -> None:
    named = an_event(name="Regions – Iași", place=a_text("Iași"))
    other = an_event(name="Regions", place=a_text("Iași"))

    assert start_message(seen(an_agenda(event=named))).text.count("Iași") == 1
    assert start_message(seen(an_agenda(event=other))).text.count("Iași") == 1


def test_what_is_next_counts_what_it_does_not_list() -> None:
    view = seen(an_agenda(*(a_session(f"talk-{n}", starts_at="10:15") for n in range(9))))

    for payload in (OpenNow(), OpenNext()):
        assert "and 4 more sessions" in screen(payload, view).text


def test_the_hours_of_a_day_are_those_of_what_takes_place() -> None:
    day = [
        a_session("coffee", starts_at="2023-11-22 08:00", kind=SessionKind.BREAK),
        a_session("gone", starts_at="2023-11-22 08:30", cancelled=True),
        a_session("talk", starts_at="2023-11-22 09:00"),
        a_session("some-time", starts_at="2023-11-22 09:30", unknown=frozenset({"time"})),
        a_session("late", starts_at="2023-11-22 23:00", ends_at="2023-11-23 01:30"),
        a_session("dinner", starts_at="2023-11-22 23:30", kind=SessionKind.SOCIAL),
    ]

    text = plain_text(screen(OpenDay(date(2023, 11, 22)), seen(an_agenda(*day))))

    assert text.split("\n")[1] == "3 sessions · 09:00–01:30"


@pytest.mark.parametrize(
    ("sessions", "second"),
    [
        ([a_session("dinner", kind=SessionKind.SOCIAL)], ""),
        ([a_session("talk", unknown=frozenset({"time"}))], "1 session"),
    ],
)
def test_a_day_of_dinners_has_no_hours_and_nor_has_one_whose_times_nobody_knows(
    sessions: list[Session], second: str
) -> None:
    day = sessions[0].starts_at.date()

    assert plain_text(screen(OpenDay(day), seen(an_agenda(*sessions)))).split("\n")[1] == second


def test_what_was_asked_of_a_session_stands_first_though_nobody_knows_it() -> None:
    session = a_session("lunch", "Lunch")
    view = seen(an_agenda(session))

    assert said(SessionAnswer(session, SessionFocus.PLACE), view)[0] == "<b>Room: not published</b>"
    assert said(SessionAnswer(session, SessionFocus.SPEAKERS), view)[0] == "Nobody is named for it."


def test_a_time_that_nobody_knows_is_said_to_be_unknown() -> None:
    session = a_session("lunch", "Lunch", unknown=frozenset({"time"}))
    view = seen(an_agenda(session))

    assert said(SessionAnswer(session), view)[-1].startswith("<i>The time has not been published")


def choice_of(kind: EntityKind, *ids: str) -> tuple[ChoiceAnswer, UnknownAnswer]:
    options = tuple(Entity(kind, each, each) for each in ids)
    return ChoiceAnswer(Question("", Intent.SESSION_TIME, options, ambiguous=True), options), UnknownAnswer(options)


def test_choices_of_the_same_name_can_be_told_apart() -> None:
    agenda = an_agenda(
        a_session("coffee-1", "Coffee break", starts_at="11:00"),
        a_session("coffee-2", "Coffee break", starts_at="2023-11-23 11:00"),
        speakers=[a_speaker("ana-1", "Ana Pop", "Clustero"), a_speaker("ana-2", "Ana Pop", "ECCP")],
        materials=[
            a_material("m-1", "Slides", speaker_ids=("ana-1",)),
            a_material("m-2", "Slides", session_ids=("coffee-1",)),
        ],
    )
    view = seen(agenda)
    expected = {
        (EntityKind.SESSION, "coffee-1", "coffee-2"): [
            "Wed 22 Nov 11:00 Coffee break",
            "Thu 23 Nov 11:00 Coffee break",
        ],
        (EntityKind.SPEAKER, "ana-1", "ana-2"): ["Ana Pop, Clustero", "Ana Pop, ECCP"],
        (EntityKind.MATERIAL, "m-1", "m-2"): ["Slides, Ana Pop", "Slides, Coffee break"],
    }
    for (kind, *ids), names in expected.items():
        for answer in choice_of(kind, *ids):
            shown = [row[0].text for row in answer_message(answer, view).buttons[:2]]
            assert shown == names


def test_sessions_of_one_name_at_one_hour_of_two_days_have_their_own_labels() -> None:
    agenda = an_agenda(
        a_session("one", "Workshop", starts_at="10:15", speakers=["ana"]),
        a_session("two", "Workshop", starts_at="2023-11-23 10:15", speakers=["ana"]),
        rooms=[a_room("foyer")],
    )
    view = seen(agenda)

    screens = every_screen(view, start_message(view))

    assert {data: found for data, message in screens.items() if (found := flaws(message))} == {}


def test_a_letter_counts_its_own_speakers_only() -> None:
    view = seen(an_agenda(speakers=[a_speaker(f"s-{n}", f"{'AB'[n % 2]}na {n}") for n in range(50)]))

    assert screen(OpenSpeakers("A"), view).text.startswith("<b>A</b> · 25 speakers")


def test_letters_of_their_own_are_listed_apart_and_marks_are_not() -> None:
    names = [
        "Йосип",
        "Игорь",
        "Їжак",
        "Іван",
        "Ёлка",
        "Ева",
        "Єва",
        "Ștefan",
        "Sandu",
        "Țepeș",
        "Tudor",
        "Ґабор",
        "Гай",
    ]
    view = seen(an_agenda(speakers=[a_speaker(f"s-{n}-{k}", f"{names[n]} {k}") for n in range(13) for k in range(4)]))

    letters = [button.text for row in screen(OpenSpeakers(), view).buttons[:-1] for button in row]

    assert letters == [
        *("S (8)", "T (8)"),
        *("Г (4)", "Ґ (4)", "Е (4)", "Ё (4)", "Є (4)", "И (4)", "І (4)", "Ї (4)", "Й (4)"),
    ]
    assert screen(OpenSpeakers("Й"), view).text.startswith("<b>Й</b> · 4 speakers")
    decomposed = seen(an_agenda(speakers=[a_speaker("s", "И\u0306осип")]))
    assert "осип" in screen(OpenSpeakers("Й"), decomposed).text


@pytest.mark.parametrize(
    ("people", "labels"),
    [
        ([("Ana Pop", "Clustero", ""), ("Ana Pop", "ECCP", "")], ["Ana Pop, Clustero", "Ana Pop, ECCP"]),
        ([("Ana Pop", "Clustero", ""), ("Ana  pop", "", "")], ["Ana Pop, Clustero", "Ana pop"]),
        ([("Ana Pop", "ECCP", "Director"), ("Ana Pop", "ECCP", "Mayor")], ["Ana Pop, Director", "Ana Pop, Mayor"]),
        ([("Ana Pop", "ECCP", "")] * 2, ["Ana Pop (1)", "Ana Pop (2)"]),
        ([("Ana Pop", "ECCP", ""), ("Ion Rusu", "ECCP", "")], ["Ana Pop", "Ion Rusu"]),
        ([("A" * 60, "", "")] * 2, [f"{'A' * 15}…{'A' * 15} (1)", f"{'A' * 15}…{'A' * 15} (2)"]),
    ],
)
def test_people_of_one_name_can_be_told_apart_wherever_they_stand(
    people: list[tuple[str, str, str]], labels: list[str]
) -> None:
    speakers = [a_speaker(f"p-{n}", name, of, role) for n, (name, of, role) in enumerate(people)]
    ids = tuple(speaker.id for speaker in speakers)
    agenda = an_agenda(
        a_session("talk", speakers=ids), speakers=speakers, materials=[a_material("slides", speaker_ids=ids)]
    )
    view = seen(agenda)
    session, material = view.agenda.sessions[0].handle, view.agenda.materials[0].handle

    for payload in (OpenSession(session), OpenSpeakers(), OpenMaterial(material)):
        shown = [button.text for row in screen(payload, view).buttons for button in row]
        assert sorted(text for text in shown if text in labels) == labels


def test_names_in_a_script_of_very_many_first_letters_are_paged_instead() -> None:
    view = seen(an_agenda(speakers=[a_speaker(f"s-{n}", f"{chr(0x4E00 + n)}明") for n in range(300)]))

    screens = every_screen(view, screen(OpenSpeakers(), view), start_message(view))

    assert {data: found for data, message in screens.items() if (found := flaws(message))} == {}
    assert screen(OpenSpeakers(), view).text.startswith("<b>Speakers from A to Z</b> · 300 speakers")


def test_an_event_of_a_whole_year_can_be_walked_through() -> None:
    first = a_moment("2023-01-01 10:00")
    sessions = [a_session(f"s-{n}", starts_at=first + timedelta(days=n)) for n in range(365)]
    event = an_event(starts_on=first.date(), ends_on=first.date() + timedelta(days=364))
    view = seen(an_agenda(*sessions, event=event))

    screens = every_screen(view, screen(OpenAgenda(), view))

    assert {data: found for data, message in screens.items() if (found := flaws(message))} == {}
    assert len([data for data in screens if data.startswith("s:")]) == 365


LONG = "Very & <long> " * 700  # what a content file may hold in any of its texts


def test_texts_as_long_as_a_content_file_may_hold_fit_into_every_message() -> None:
    speakers = [a_speaker(f"s-{n}", f"{n} {LONG}", LONG, LONG, bio=a_text(LONG)) for n in range(13)]
    parts = [speaker.id for speaker in speakers]
    sessions = [
        a_session(
            f"talk-{n}",
            LONG,
            starts_at=f"{10 + n // 2}:00",
            speakers=parts,
            room_id="hall",
            track_id="track",
            description=a_text(LONG),
            topics=(a_text(LONG),) * 9,
        )
        for n in range(8)
    ]
    agenda = an_agenda(
        *sessions,
        speakers=speakers,
        rooms=[a_room("hall", LONG)],
        tracks=[a_track("track", LONG)],
        materials=[
            a_material(f"m-{n}", LONG, speaker_ids=tuple(parts), session_ids=("talk-0", "talk-1")) for n in range(9)
        ],
        facts=[
            a_fact(t, LONG, LONG) for t in ("venue", "matchmaking", "sectors", "matchmaking-platform", "organisers")
        ],
        event=an_event(name=LONG, theme=a_text(LONG), place=a_text(LONG)),
    )
    view = seen(agenda)

    screens = every_screen(view, start_message(view))

    lengths = {
        data: found for data, message in screens.items() if (found := [f for f in flaws(message) if "alike" not in f])
    }
    assert lengths == {}
