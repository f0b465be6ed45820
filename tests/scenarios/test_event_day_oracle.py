"""The judge of the event day knows which messages may come again, and still fails those that may not."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from tests.scenarios.event_day_actions import Follow, Publish, Script, Slot
from tests.scenarios.event_day_oracle import Oracle
from tests.scenarios.event_day_process import Delivery, Told

ANA = 7
NOON = datetime(2023, 10, 29, 12, 0, tzinfo=UTC)
TALK = Slot("Talk", NOON + timedelta(hours=1), 60, "aula", frozenset())
OTHER = replace(TALK, title="Other", start=NOON + timedelta(hours=5))
MOVED = replace(TALK, room="forum")
NEWS = frozenset({("talk", TALK, MOVED)})


def told(*, life: int, answered: bool) -> Delivery:
    return Delivery(NOON, life, ANA, Told("moved", changes=NEWS), answered)


@pytest.fixture
def oracle() -> Oracle:
    """Ana follows a talk that has just been moved."""
    judge = Oracle(Script({"talk": TALK, "other": OTHER}, {ANA: "en"}, (Follow(ANA, "talk"),), ()))
    judge.hears(Publish({"talk": MOVED, "other": OTHER}), NOON)
    return judge


def next_version(oracle: Oracle) -> None:
    """A version that changes nothing for Ana."""
    oracle.hears(Publish({"talk": MOVED, "other": replace(OTHER, room="forum")}), NOON)


def test_a_message_whose_answer_was_lost_may_come_again_after_another_version(oracle: Oracle) -> None:
    oracle.sees(NOON, [told(life=1, answered=False)], [])
    next_version(oracle)
    oracle.sees(NOON, [told(life=1, answered=True)], [])

    assert (oracle.notices, oracle.lost, sum(oracle.repeats.values())) == (1, 1, 0)


def test_a_message_that_was_not_recorded_at_a_death_may_come_again_after_another_version(oracle: Oracle) -> None:
    oracle.sees(NOON, [told(life=1, answered=True)], [])
    next_version(oracle)
    oracle.sees(NOON, [told(life=2, answered=True)], [])

    assert (oracle.notices, oracle.lost, dict(oracle.repeats)) == (1, 0, {1: 1})


def test_a_message_that_comes_again_is_brought_up_to_date(oracle: Oracle) -> None:
    oracle.sees(NOON, [told(life=1, answered=False)], [])
    oracle.hears(Publish({"talk": replace(TALK, room="studio"), "other": OTHER}), NOON)
    news = frozenset({("talk", TALK, replace(TALK, room="studio"))})
    oracle.sees(NOON, [Delivery(NOON, 1, ANA, Told("moved", changes=news), answered=True)], [])

    assert (oracle.notices, oracle.lost, sum(oracle.repeats.values())) == (1, 1, 0)


def test_one_process_says_nothing_twice(oracle: Oracle) -> None:
    oracle.sees(NOON, [told(life=1, answered=True)], [])
    next_version(oracle)

    with pytest.raises(AssertionError, match="said twice by one process"):
        oracle.sees(NOON, [told(life=1, answered=True)], [])
