"""A running local Telegram with two people, a clock that stands still, and a bot that calls it."""

from collections.abc import AsyncIterator
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta

import aiohttp
import pytest

from bot.local_telegram import LocalTelegram, Person, running_local_telegram
from tests.bot.local_telegram.bot_api_client import BotApi


@dataclass
class StandingClock:
    """Now, until it is moved."""

    moment: datetime = field(default_factory=lambda: datetime(2023, 11, 22, 8, 5, tzinfo=UTC))

    def __call__(self) -> datetime:
        return self.moment

    def move(self, **by: float) -> None:
        self.moment += timedelta(**by)


@pytest.fixture
def clock() -> StandingClock:
    return StandingClock()


@pytest.fixture
async def telegram(clock: StandingClock) -> AsyncIterator[LocalTelegram]:
    people = [
        ("Ana", "ro", "attendee", "Came for the health track"),
        ("Olena", "uk", "organiser", "Runs the agenda"),
    ]
    async with running_local_telegram(people=people, now=clock, event_clock=True) as running:
        yield running


@pytest.fixture
async def session() -> AsyncIterator[aiohttp.ClientSession]:
    async with aiohttp.ClientSession() as opened:
        yield opened


@pytest.fixture
def bot_api(telegram: LocalTelegram, session: aiohttp.ClientSession) -> BotApi:
    return BotApi(session, telegram)


@pytest.fixture
async def ana(telegram: LocalTelegram) -> Person:
    """Ana, who started the bot; her first message is no longer pending."""
    person = telegram.people[0]
    await person.sends("/start")
    telegram.state.updates.drop_all_but(0)
    return person
