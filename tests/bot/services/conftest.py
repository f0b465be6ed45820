"""A clock that stands still, and a conference on it."""

import pytest

from bot.storage.database import Database
from tests.bot.services.conference import Conference
from tests.bot.services.standing_clock import StandingClock


@pytest.fixture
def clock() -> StandingClock:
    return StandingClock()


@pytest.fixture
def conference(database: Database, clock: StandingClock) -> Conference:
    return Conference(database, clock)
