"""A clock that stands still, and a conference on it."""

from collections.abc import AsyncIterator

import pytest

from bot.storage.database import Database
from tests.bot.services.conference import Conference
from tests.bot.services.newsroom import LUNCH, PANEL, TALK, Newsroom
from tests.bot.services.standing_clock import StandingClock
from tests.bot.services.station import Station, a_station


@pytest.fixture
def clock() -> StandingClock:
    return StandingClock()


@pytest.fixture
def conference(database: Database, clock: StandingClock) -> Conference:
    return Conference(database, clock)


@pytest.fixture
async def newsroom(database: Database, clock: StandingClock) -> Newsroom:
    """It is 10:05; the first session begins in more than three hours."""
    newsroom = Newsroom(database, clock)
    await newsroom.publish(TALK, PANEL, LUNCH)
    return newsroom


@pytest.fixture
async def station(database: Database, clock: StandingClock) -> AsyncIterator[Station]:
    """It is 10:05, and nobody is there yet."""
    async with a_station(database, clock) as opened:
        yield opened
