"""A whole event day, with the night in which the clocks change: everybody hears what is due, once, and nothing else."""

from __future__ import annotations

from pathlib import Path

import pytest

from bot.services import agenda
from content.questions.index import build_index
from tests.builders import an_agenda
from tests.scenarios.event_day import EventDay, prepared
from tests.scenarios.event_day_actions import Publish
from tests.scenarios.event_day_oracle import Oracle
from tests.scenarios.event_day_script import a_script

SEED = 13


@pytest.fixture(autouse=True)
def _nobody_asks(monkeypatch: pytest.MonkeyPatch) -> None:
    """The day is about notices: no version needs an index of its own."""
    index = build_index(an_agenda())
    monkeypatch.setattr(agenda, "build_index", lambda _: index)


@pytest.mark.slow
@pytest.mark.parametrize(
    ("people", "dies_every", "trouble"),
    [
        pytest.param(40, 211, 0.04, id="40 people, deaths and bad lines"),
        pytest.param(500, 701, 0.02, id="500 people, deaths and bad lines", marks=pytest.mark.soak),
        pytest.param(20, 97, 0.1, id="20 people, dying all the time", marks=pytest.mark.soak),
        pytest.param(20, 0, 0.0, id="20 people, no trouble at all", marks=pytest.mark.soak),
    ],
)
async def test_a_day_on_which_everybody_hears_what_is_due(
    tmp_path: Path, caplog: pytest.LogCaptureFixture, people: int, dies_every: int, trouble: float
) -> None:
    caplog.set_level("CRITICAL")  # bad lines are said at length
    script, database = a_script(SEED, people), tmp_path / "ghid.db"
    await prepared(database, script)
    oracle = Oracle(script)

    day = EventDay(database, script, dies_every=dies_every, trouble=trouble, seed=SEED)
    await day.run(oracle)

    assert not oracle.waiting
    assert oracle.reminders > 3 * people
    assert oracle.notices > 3 * people
    assert sum(isinstance(action, Publish) for _, action in script.day) > 40
    assert (day.lives > 10) == bool(dies_every)
    assert bool(oracle.lost) == bool(trouble)
    assert dies_every or not oracle.repeats  # a death repeats what was not yet recorded: often nothing
