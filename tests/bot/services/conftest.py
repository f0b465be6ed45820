"""A clock that stands still, and a conference on it."""

from collections.abc import AsyncIterator

import pytest

from bot.storage.database import Database
from tests.bot.services.conference import Conference
from tests.bot.services.library import Library
from tests.bot.services.newsroom import LUNCH, PANEL, TALK, Newsroom
from tests.bot.services.standing_clock import StandingClock
from tests.bot.services.station import Station, a_station
from tests.builders import a_material, a_session, an_agenda


@pytest.fixture
def clock() -> StandingClock:
    return StandingClock()


@pytest.fixture
def conference(database: Database, clock: StandingClock) -> Conference:
    return Conference(database, clock)


@pytest.fixture
async def library(database: Database, clock: StandingClock) -> Library:
    """It is 10:05; a talk of one speaker, a panel of two and lunch are still to come; the panel has slides."""
    library = Library(database, clock)
    await library.publish(
        agenda=an_agenda(
            a_session("talk", starts_at="11:00", speakers=["ana"]),
            a_session("panel", starts_at="12:00", speakers=["ana", "ion"]),
            a_session("lunch", starts_at="13:00"),
            materials=[a_material("agenda-slides", session_ids=("panel",))],
        )
    )
    return library


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
