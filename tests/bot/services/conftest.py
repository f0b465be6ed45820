"""A clock that stands still."""

import pytest

from tests.bot.services.standing_clock import StandingClock


@pytest.fixture
def clock() -> StandingClock:
    return StandingClock()
