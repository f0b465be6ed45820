"""Clock times said in words, as people say them aloud, are read back in four languages."""

from __future__ import annotations

from datetime import date, time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from content.questions.lexicon import lexicon
from content.questions.time_words import read_time
from content.questions.words import read_words

EN = ("one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve")
RO = ("unu", "două", "trei", "patru", "cinci", "șase", "șapte", "opt", "nouă", "zece", "unsprezece", "douăsprezece")
RO_SHORT = (*RO[:10], "unșpe", "doișpe")
UK_STEMS = (
    "перш",
    "друг",
    "трет",
    "четверт",
    "п’ят",
    "шост",
    "сьом",
    "восьм",
    "дев’ят",
    "десят",
    "одинадцят",
    "дванадцят",
)
# as after «за чверть»; as after «пів на»; as after «о»
UK = tuple(
    [stem + (soft if stem == "трет" else hard) for stem in UK_STEMS] for hard, soft in ("ая", "ую", ("ій", "ій"))
)
RU = ("час", "два", "три", "четыре", "пять", "шесть", "семь", "восемь", "девять", "десять", "одиннадцать", "двенадцать")
RU_STEMS = (
    *("перв", "втор", "треть", "четвёрт", "пят", "шест", "седьм", "восьм", "девят", "десят", "одиннадцат", "двенадцат"),
)
RU_GENITIVE = tuple(stem + ("его" if stem == "треть" else "ого") for stem in RU_STEMS)

Ways = dict[int, tuple[str, ...]]


def english(this: int, following: int) -> Ways:
    now, then = EN[this], EN[following]
    return {
        0: (f"at {now}", f"who speaks at {now} o'clock"),
        15: (f"quarter past {now}", f"at {now} fifteen"),
        20: (f"twenty past {now}", f"at twenty minutes past {now}"),
        30: (f"half past {now}", f"at {now} thirty"),
        45: (f"quarter to {then}", f"at {now} forty five"),
        50: (f"at ten to {then}",),
        55: (f"at five minutes to {then}",),
    }


def romanian(this: int, following: int) -> Ways:
    now, then = RO[this], RO[following]
    return {
        0: (f"la {now}", f"ce e la ora {now}", f"la {RO_SHORT[this]}"),
        15: (f"la {now} și un sfert", f"la {now} și cincisprezece"),
        20: (f"la {now} și douăzeci",),
        30: (f"la {now} și jumătate", f"la {now} jumate", f"la ora {now} și treizeci"),
        45: (f"la {then} fără un sfert", f"la {now} patruzeci și cinci"),
        50: (f"la {then} fără zece",),
        55: (f"la ora {then} fără cinci",),
    }


def ukrainian(this: int, following: int) -> Ways:
    nominative, accusative, locative = UK
    return {
        0: (f"о {locative[this]}", f"хто виступає о {locative[this]} годині"),
        15: (f"чверть на {accusative[following]}", f"о чверть по {locative[this]}"),
        20: (f"о {locative[this]} двадцять",),
        30: (f"о пів на {accusative[following]}", f"пів на {accusative[following]}"),
        45: (f"за чверть {nominative[following]}", f"без чверті {nominative[following]}"),
        50: (f"за десять {nominative[following]}", f"за десять хвилин {nominative[following]}"),
        55: (f"за п’ять {nominative[following]}",),
    }


def russian(this: int, following: int) -> Ways:
    then = RU_GENITIVE[following]
    ways = {
        15: (f"четверть {then}",),
        30: (f"в половине {then}", f"пол{then}", f"в пол {then}"),
    }
    if this:  # «в час» says no number
        ways[0] = (f"в {RU[this]}", f"кто выступает в {RU[this]} часов")
        ways[20] = (f"в {RU[this]} двадцать",)
    if following:
        ways[45] = (f"без четверти {RU[following]}",)
        ways[50] = (f"без десяти {RU[following]}", f"без десяти минут {RU[following]}")
        ways[55] = (f"без пяти {RU[following]}",)
    return ways


SPOKEN = {"en": english, "ro": romanian, "uk": ukrainian, "ru": russian}


@given(
    st.sampled_from(sorted(SPOKEN)),
    st.integers(8, 19),
    st.sampled_from([0, 15, 20, 30, 45, 50, 55]),
    st.integers(0, 2),
)
def test_a_clock_time_said_aloud_is_read_back(language: str, hour: int, minute: int, way: int) -> None:
    this = (hour - 1) % 12
    ways = SPOKEN[language](this, (this + 1) % 12).get(minute, ())
    for said in ways[way : way + 1]:
        assert clock(said) == (time(hour, minute), None), said


@pytest.mark.parametrize("language", sorted(SPOKEN))
def test_every_hour_of_the_day_is_known_in_words(language: str) -> None:
    for hour in range(8, 20):
        this = (hour - 1) % 12
        for minute, ways in SPOKEN[language](this, (this + 1) % 12).items():
            for said in ways:
                assert clock(said) == (time(hour, minute), None), said


@pytest.mark.parametrize(
    ("said", "starts", "ends"),
    [
        ("from ten to three", time(10), time(15)),
        ("between nine and ten", time(9), time(10)),
        ("între nouă și zece", time(9), time(10)),
        ("de la zece la două", time(10), time(14)),
        ("з дев’ятої до десятої", time(9), time(10)),
        ("между девятью и десятью", None, None),
        ("с девяти до десяти", time(9), time(10)),
        ("о першій ночі", time(1), None),
        ("la noua sesiune", None, None),
        ("at two sessions", None, None),
    ],
)
def test_spans_and_what_is_no_time(said: str, starts: time | None, ends: time | None) -> None:
    assert clock(said) == (starts, ends)


def clock(said: str) -> tuple[time | None, time | None]:
    words = read_words(said)
    told = read_time(words, lexicon().read(words), (date(2031, 5, 7), date(2031, 5, 8)))[0]
    return (told.starts, told.ends) if told else (None, None)
