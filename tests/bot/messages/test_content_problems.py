"""What is wrong with a file is said in the reader's language, every kind of it, with its values."""

from __future__ import annotations

import re
from collections.abc import Iterator
from string import Formatter

import pytest

from bot.i18n import LOCALES, localizer
from bot.messages.content_problems import broken_file, checked_agenda
from bot.messages.outgoing import OutgoingDocument, OutgoingMessage
from bot.messages.problem_words import problem_words
from bot.messages.view import View
from content.checks import check_agenda
from content.formats.problem_dates import spoken
from content.formats.problem_texts import PARTS, TEXTS, doubt, error
from content.formats.problems import ContentError, Problem, Severity
from content.formats.yaml import read_agenda
from content.localized_text import LocalizedText
from tests.builders import a_moment, a_room, a_session, an_agenda, an_event

OTHERS = [language for language in LOCALES if language != "en"]
BROKEN = b"""ghid: 1
event: {id: x, name: X, starts: 2023-11-21, ends: 2023-11-23, time_zone: Europe/Bucharest}
rooms:
  - naem: Hall
sessions:
  - id: a
    title: [A, B]
    starts: tomorrow
    speakers: nobody
"""


def view_in(language: str) -> View:
    return View(localizer(language), an_agenda(), a_moment("10:05"))


def places(sentence: str) -> set[str]:
    return {name for _, name, _, _ in Formatter().parse(sentence) if name}


def every_problem() -> Iterator[Problem]:
    """One of each kind, its values marked; one for each part that a parameter can be."""
    for code, sentence in TEXTS.items():
        marked = {name: f"⟨{name}⟩" for name in places(sentence)} | {"language": "uk"}
        yield error("file.yaml:1:1", code, **marked)
        for name in places(sentence) & set(PARTS):
            for part in PARTS[name]:
                within = {each: f"⟨{each}⟩" for each in places(part)}
                yield doubt("file.yaml:1:1", code, **within | marked | {name: part})


@pytest.mark.parametrize("language", OTHERS)
@pytest.mark.parametrize("code", TEXTS)
def test_every_kind_has_its_own_words_with_every_value(code: str, language: str) -> None:
    marked = {name: f"⟨{name}⟩" for name in places(TEXTS[code])} | {"language": "uk"}

    said = problem_words(error("file.yaml:1:1", code, **marked), view_in(language))

    assert said != TEXTS[code].format(**marked)
    assert [value for value in marked.values() if value != "uk" and value not in said] == []


@pytest.mark.parametrize("language", OTHERS)
def test_no_english_words_are_left_in_a_sentence(language: str) -> None:
    words = {part for parts in PARTS.values() for part in parts}
    left = [
        (problem.code, part)
        for problem in every_problem()
        for part in words
        if part in re.sub("`[^`]*`", "", problem_words(problem, view_in(language)))
    ]

    assert left == []


def test_english_is_what_the_command_line_says() -> None:
    view = view_in("en")

    assert [each for each in every_problem() if problem_words(each, view) != each.what] == []


def test_a_problem_without_a_code_stays_as_it_is() -> None:
    assert problem_words(Problem(Severity.ERROR, "x", "Something else."), view_in("uk")) == "Something else."


@pytest.mark.parametrize(
    ("language", "said"),
    [
        ("ro", "Această sesiune nu are `ends`. Adăugați un rând, de exemplu `ends: 2023-11-22 11:00`."),
        ("uk", "Ця сесія: немає ключа `ends`. Додайте рядок, наприклад `ends: 2023-11-22 11:00`."),
    ],
)
def test_a_broken_file_is_explained(language: str, said: str) -> None:
    with pytest.raises(ContentError) as caught:
        read_agenda(BROKEN, "agenda.yaml")

    message = broken_file(caught.value.problems, view_in(language))
    text = message.data.decode() if isinstance(message, OutgoingDocument) else message.text

    assert said in text
    assert [english for english in ("Write", "stands where", "did you mean") if english.lower() in text.lower()] == []


@pytest.mark.parametrize(
    ("language", "said"),
    [
        ("ro", "„Both” nu are toate textele în limba ucraineană; lipsesc: titlul."),
        ("uk", "«Both»: неповний переклад (українська); бракує: назва."),
    ],
)
def test_a_doubt_names_languages_and_quotes_as_the_reader_does(language: str, said: str) -> None:
    agenda = an_agenda(a_session("a", title="Both"), event=an_event(languages=("en", "uk")))

    message = checked_agenda(check_agenda(agenda), view_in(language))
    text = message.data.decode() if isinstance(message, OutgoingDocument) else message.text

    assert said in text


@pytest.mark.parametrize(
    ("language", "words"),
    [
        ("en", "“Lunch” overlaps with “Opening speeches” in the room “Great hall”"),
        ("ro", "„Prânz” se suprapune cu „Deschidere” în sala „Sala mare”"),
        ("uk", "«Обід» накладається в часі на «Відкриття» у залі «Велика зала»"),
    ],
)
def test_a_doubt_names_sessions_and_rooms_as_its_reader_knows_them(language: str, words: str) -> None:
    opening = LocalizedText.of(en="Opening speeches", ro="Deschidere", uk="Відкриття")
    agenda = an_agenda(
        a_session("opening", opening, room_id="hall"),
        a_session("lunch", LocalizedText.of(en="Lunch", ro="Prânz", uk="Обід"), "10:30", room_id="hall"),
        rooms=[a_room("hall", LocalizedText.of(en="Great hall", ro="Sala mare", uk="Велика зала"))],
    )
    view = View(localizer(language), agenda, a_moment("09:00"))

    said = checked_agenda([each for each in check_agenda(agenda) if each.code == "room_booked_twice"], view)

    assert isinstance(said, OutgoingMessage)
    assert words in said.text


NIGHT = a_session("night", "Night", "2023-11-22 23:00", "2023-11-23 01:00", room_id="hall")
DATED = [
    a_session("early", "Early", "10:00", room_id="hall"),
    a_session("late", "Late", "10:30", room_id="hall"),
    NIGHT,
    a_session("later", "Later", "2023-11-22 23:30", "2023-11-23 00:30", room_id="hall"),
    a_session("next-year", "Next year", "2024-11-22 10:00"),
    a_session("part", "Part", "2023-11-23 00:30", "2023-11-23 01:30", part_of="night"),
]


@pytest.mark.parametrize(
    ("language", "day", "short", "night"),
    [
        (
            "en",
            "Friday, 22 November 2024",
            "Wednesday, 22 November, 10:30–11:30",
            "23:00 – Thursday, 23 November, 01:00",
        ),
        ("ro", "vineri, 22 noiembrie 2024", "miercuri, 22 noiembrie, 10:30–11:30", "23:00 – joi, 23 noiembrie, 01:00"),
        (
            "uk",
            "п’ятниця, 22 листопада 2024",
            "середа, 22 листопада, 10:30–11:30",
            "23:00 – четвер, 23 листопада, 01:00",
        ),
    ],
)
def test_a_doubt_says_days_and_hours_as_its_reader_does(language: str, day: str, short: str, night: str) -> None:
    agenda = an_agenda(*DATED, rooms=[a_room("hall", "Hall")])
    doubts = {(each.where, each.code): each for each in check_agenda(agenda)}
    view = View(localizer(language), agenda, a_moment("09:00"))

    assert f"({short})" in problem_words(doubts["late", "room_booked_twice"], view)
    assert day in problem_words(doubts["next-year", "outside_event"], view)
    assert night in problem_words(doubts["part", "outside_umbrella"], view)


def test_a_value_that_is_no_date_stays_as_it_is() -> None:
    assert spoken("2023-11-22 10:30+02:00") == "2023-11-22 10:30+02:00"
    assert spoken("1970") == "1970"
