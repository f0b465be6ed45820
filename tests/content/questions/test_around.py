"""What comes before or after something of the agenda, and what is on in a while."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from content.answering import answer
from content.answers import AroundAnswer, SessionAnswer, SlotAnswer
from content.questions.index import build_index
from content.questions.lexicon import lexicon
from content.questions.question import Intent
from content.questions.time_words import read_time
from content.questions.understand import understand
from content.questions.words import read_words
from tests.content.questions.invented_event import DAYS, ZONE, invented_agenda

AGENDA = invented_agenda()
INDEX = build_index(AGENDA)
MORNING = datetime(2031, 5, 7, 9, tzinfo=ZONE).astimezone(UTC)


@pytest.mark.parametrize(
    ("text", "anchor", "found", "after"),
    [
        ("what is after the keynote?", "welcome-keynote", ["varroa-panel"], True),
        ("before the panel", "varroa-panel", ["welcome-keynote"], False),
        ("ce urmează după discursul principal", "welcome-keynote", ["varroa-panel"], True),
        ("ce e înainte de panel", "varroa-panel", ["welcome-keynote"], False),
        ("що після ключової доповіді", "welcome-keynote", ["varroa-panel"], True),
        ("що буде перед панеллю", "varroa-panel", ["welcome-keynote"], False),
        ("что после панели", "varroa-panel", [], True),
        ("who is after Ada Wójcik", "welcome-keynote", ["varroa-panel"], True),
    ],
)
def test_what_comes_around_a_session_is_told(text: str, anchor: str, found: list[str], after: bool) -> None:
    said = answer(understand(text, INDEX), AGENDA, MORNING)
    assert isinstance(said, AroundAnswer)
    assert (said.anchor.id, [each.id for each in said.sessions], said.after) == (anchor, found, after)


def test_who_comes_after_somebody_of_the_same_session_is_on_its_list() -> None:
    said = answer(understand("who is after Petru Lungu", INDEX), AGENDA, MORNING)
    assert isinstance(said, SessionAnswer)
    assert said.session.id == "varroa-panel"


@pytest.mark.parametrize(
    ("text", "intent"),
    [
        ("remind me 10 minutes before the panel", Intent.FOLLOW),
        ("slides after the panel", Intent.MATERIALS),
        ("нагадай за 15 хвилин до панелі", Intent.FOLLOW),
    ],
)
def test_a_wish_beside_a_session_stays_a_wish(text: str, intent: Intent) -> None:
    question = understand(text, INDEX)
    assert (question.intent, [each.id for each in question.entities]) == (intent, ["varroa-panel"])


SPANS = {
    60: ("in an hour", "peste o oră", "într-o oră", "через годину", "за годину", "через час"),
    30: ("in half an hour", "peste o jumătate de oră", "через пів години", "через півгодини", "через полчаса"),
    90: ("in an hour and a half", "peste o oră și jumătate", "через півтори години", "через полтора часа"),
    120: ("in two hours", "peste două ore", "через дві години", "через два часа"),
    150: ("in 2 and a half hours", "peste două ore și jumătate"),
}


@pytest.mark.parametrize(("minutes", "said"), [(minutes, said) for minutes, ways in SPANS.items() for said in ways])
def test_how_long_from_now_is_read(minutes: int, said: str) -> None:
    assert ahead(f"{said}?") == timedelta(minutes=minutes)


@given(
    st.sampled_from(["in {} minutes", "peste {} de minute", "через {} хвилин", "через {} минут"]),
    st.integers(2, 59),
)
def test_any_number_of_minutes_from_now_is_read(way: str, minutes: int) -> None:
    assert ahead(way.format(minutes)) == timedelta(minutes=minutes)


def test_what_is_on_in_an_hour_is_what_is_on_then() -> None:
    said = answer(understand("що буде через годину", INDEX), AGENDA, MORNING)
    assert isinstance(said, SlotAnswer)
    assert [each.id for each in said.sessions] == ["welcome-keynote"]
    assert said.day == DAYS[0]


def ahead(text: str) -> timedelta | None:
    words = read_words(text)
    told = read_time(words, lexicon().read(words), DAYS)[0]
    return told.ahead if told else None
