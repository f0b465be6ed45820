"""How the bot presents itself: set once, anew when the event's words change, and patient when Telegram is not."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, suppress
from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path

import pytest
from telegram import Bot

from bot.local_telegram import LocalTelegram, running_local_telegram
from bot.local_telegram.faults import Fault
from bot.profile import keep_profile
from bot.services.agenda import built_in_event
from bot.transport import AiohttpRequest
from content.agenda import Event
from content.localized_text import LocalizedText
from tests.builders import an_event
from tests.scenarios.conversation import a_conversation
from tests.scenarios.program import until

SOON = timedelta(milliseconds=1)
EVENT = an_event(name="Clusters meet Regions")
RENAMED = replace(EVENT, name=LocalizedText.of(en="Clusters Meet Everybody"))


@pytest.fixture
async def telegram() -> AsyncIterator[LocalTelegram]:
    async with running_local_telegram() as running:
        yield running


class Kept:
    """A profile that follows ``event``; counts how often that was looked at."""

    def __init__(self, event: Event) -> None:
        self.event = event
        self.looks = 0

    def __call__(self) -> Event:
        self.looks += 1
        return self.event

    async def is_settled(self) -> None:
        """Wait until the event as it is was published: a look follows only on what the one before led to."""
        seen = self.looks
        await until(lambda: self.looks >= seen + 2)


@asynccontextmanager
async def kept_profile(telegram: LocalTelegram, event: Event) -> AsyncIterator[Kept]:
    kept = Kept(event)
    async with Bot(
        telegram.token,
        base_url=f"{telegram.api_url}/bot",
        request=AiohttpRequest(),
        get_updates_request=AiohttpRequest(),
    ) as bot:
        keeping = asyncio.create_task(keep_profile(bot, kept, SOON))
        try:
            yield kept
        finally:
            keeping.cancel()
            with suppress(asyncio.CancelledError):
                await keeping


def names_shown(telegram: LocalTelegram) -> set[str]:
    """Return which of the two names stand in descriptions of both kinds, in any language."""
    account = telegram.state.bot
    shown = [*account.descriptions.values(), *account.short_descriptions.values()]
    assert len(shown) == 6, "English is what everybody else reads too"
    return {
        name for name in ("Clusters meet Regions", "Clusters Meet Everybody") if any(name in text for text in shown)
    }


def calls(telegram: LocalTelegram) -> int:
    return sum("My" in call.method for call in telegram.calls)


async def test_an_event_under_another_name_is_presented_anew(telegram: LocalTelegram) -> None:
    async with kept_profile(telegram, EVENT) as kept:
        await kept.is_settled()
        assert names_shown(telegram) == {"Clusters meet Regions"}

        kept.event = RENAMED
        await kept.is_settled()

        assert names_shown(telegram) == {"Clusters Meet Everybody"}


async def test_an_import_that_leaves_the_words_alone_asks_telegram_nothing(telegram: LocalTelegram) -> None:
    async with kept_profile(telegram, EVENT) as kept:
        await kept.is_settled()
        before = calls(telegram)

        kept.event = replace(EVENT, ends_on=date(2023, 11, 24))
        await kept.is_settled()

        assert calls(telegram) == before


async def test_too_many_requests_are_waited_for_and_the_rest_is_set_then(telegram: LocalTelegram) -> None:
    telegram.faults.next("setMyDescription", Fault(status=429, retry_after=1))
    async with kept_profile(telegram, EVENT) as kept:
        await until(lambda: telegram.faults.waiting == 0)
        kept.event = RENAMED
        await kept.is_settled()

    assert names_shown(telegram) == {"Clusters Meet Everybody"}, "what it said by then"


async def test_another_trouble_is_logged_and_ends_nothing(
    telegram: LocalTelegram, caplog: pytest.LogCaptureFixture
) -> None:
    telegram.faults.next("setMyCommands", Fault(status=500))
    async with kept_profile(telegram, EVENT) as kept:
        await kept.is_settled()
        kept.event = RENAMED
        await kept.is_settled()

    assert names_shown(telegram) == {"Clusters Meet Everybody"}
    assert [record.getMessage() for record in caplog.records if record.name == "bot.profile"] == [
        "The command menu and descriptions were not all set: NetworkError"
    ]


async def test_a_running_bot_presents_what_was_imported_meanwhile(tmp_path: Path) -> None:
    async with a_conversation(tmp_path) as conversation, conversation.ghid() as bot:
        descriptions = conversation.telegram.state.bot.short_descriptions
        await until(lambda: len(descriptions) == 3)
        agenda = built_in_event()
        renamed = replace(agenda, event=replace(agenda.event, name=LocalizedText.of(en="Another name")))

        await bot.services.agenda.import_agenda(renamed, author="test", note="")

        await until(lambda: all("Another name" in text for text in descriptions.values()))
