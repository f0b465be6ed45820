"""Days and clock times are read in four languages."""

from __future__ import annotations

from datetime import date, time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from content.questions.lexicon import lexicon
from content.questions.question import TimeWords
from content.questions.time_words import read_time
from content.questions.words import read_words
from tests.content.questions.invented_event import DAYS

WAYS = {
    "en": ("what is on at {}", "who speaks at {} tomorrow", "between {} and 23:59"),
    "ro": ("ce este la {}", "cine vorbește la ora {}", "între {} și 23:59"),
    "uk": ("що о {}", "хто виступає о {} завтра", "між {} та 23:59"),
    "ru": ("что в {}", "кто выступает в {}", "между {} и 23:59"),
}
MONTHS = {"en": "May", "ro": "mai", "uk": "травня", "ru": "мая"}


def told(text: str) -> TimeWords | None:
    words = read_words(text)
    return read_time(words, lexicon().read(words), DAYS)[0]


@given(st.sampled_from(sorted(WAYS)), st.integers(0, 2), st.integers(8, 22), st.integers(0, 59))
def test_a_clock_time_put_into_words_is_read_back(language: str, way: int, hour: int, minute: int) -> None:
    read = told(WAYS[language][way].format(f"{hour}:{minute:02}"))
    assert read is not None
    assert read.starts == time(hour, minute)


@given(st.sampled_from(sorted(MONTHS)), st.integers(1, 31))
def test_a_date_put_into_words_is_read_back(language: str, day: int) -> None:
    read = told(f"{day} {MONTHS[language]}")
    assert read is not None
    assert read.day == date(2031, 5, day)


@pytest.mark.parametrize(
    ("text", "meaning"),
    [
        ("що завтра о десятій", "tomorrow@10:00"),
        ("о пів на третю", "@14:30"),
        ("між 14 і 16", "@14:00-16:00"),
        ("в половине третьего", "@14:30"),
        ("la două și jumătate", "@14:30"),
        ("half past two", "@14:30"),
        ("quarter to eleven", "@10:45"),
        ("at 5pm", "@17:00"),
        ("at 7", "@19:00"),
        ("at 7 in the morning", "/morning@07:00"),
        ("9-11", "@09:00-11:00"),
        ("з 9 до 11", "@09:00-11:00"),
        ("from 2 to 4 pm tomorrow", "tomorrow@14:00-16:00"),
        ("după prânz pe 7", "2031-05-07/afternoon"),
        ("в четвер зранку", "2031-05-08/morning"),
        ("what happens on the 8th?", "2031-05-08"),
        ("7-го о 10:30", "2031-05-07@10:30"),
        ("08.05", "2031-05-08"),
        ("8 May 2031", "2031-05-08"),
        ("2031-05-08", "2031-05-08"),
        ("tonight", "today/evening"),
        ("ultima zi", "2031-05-08"),
        ("friday", "2031-05-09"),
        ("25 december", "2031-12-25"),
        ("ce e mâine dimineață", "tomorrow/morning"),
        ("после обеда", "/afternoon"),
        ("ieri", "yesterday"),
        ("la trei fără un sfert", "@14:45"),
        ("la ora zece fără zece", "@09:50"),
        ("la două și zece", "@14:10"),
        ("între două și patru", "@14:00-16:00"),
        ("între nouă și zece", "@09:00-10:00"),
        ("mie. 7 mai", "2031-05-07"),
        ("ср, 7 трав.", "2031-05-07"),
        ("Wed 7 May", "2031-05-07"),
        ("ср", "2031-05-07"),
        ("mie", "2031-05-07"),
        ("чверть на третю", "@14:15"),
        ("без чверті три", "@14:45"),
        ("за п’ять третя", "@14:55"),
        ("опівдня", "@12:00"),
        ("о першій ночі", "@01:00"),
        ("двадцять п’ятого травня", "2031-05-25"),
        ("тридцять першого травня", "2031-05-31"),
        ("тридцать первого мая", "2031-05-31"),
        ("полтретьего", "@14:30"),
        ("без пяти три", "@14:55"),
        ("четверть третьего", "@14:15"),
        ("at ten to three", "@14:50"),
        ("from ten to three", "@10:00-15:00"),
        ("twenty past ten", "@10:20"),
        ("thirty first of May", "2031-05-31"),
    ],
)
def test_time_words_mean(text: str, meaning: str) -> None:
    assert str(told(text)) == meaning


@pytest.mark.parametrize("text", ["day 1", "the first day", "ziua 1", "перший день", "день 1"])
def test_a_bare_day_number_is_kept_to_be_asked_back(text: str) -> None:
    assert told(text) == TimeWords(day_number=1)


@pytest.mark.parametrize(
    "text",
    [
        "Java 17",
        "la revedere",
        "who is the one",
        "30 february",
        "чи є щось про мед",
        "99:99",
        "eu vin cu mine",
        "mai 2 vorbitori",
        "la noua sesiune",
    ],
)
def test_numbers_and_prepositions_alone_name_no_time(text: str) -> None:
    assert told(text) is None
