"""Ghid itself on the local Telegram: what scenario tests talk to, over real HTTP."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from datetime import datetime
from functools import cache
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from pydantic import SecretStr

from bot.application import RunningBot, running_bot
from bot.local_telegram import LocalTelegram, Person, running_local_telegram
from bot.services.agenda import AgendaService
from bot.settings import Settings
from bot.storage.database import open_database
from tests.builders import a_moment

Message = dict[str, Any]
DURING_THE_OPENING = "2023-11-22 10:05"
LANGUAGES = ("en", "ro", "uk")


@dataclass
class FrozenClock:
    """Shows one moment until a test moves it."""

    now: datetime = field(default_factory=lambda: a_moment(DURING_THE_OPENING))

    def __call__(self) -> datetime:
        return self.now

    def moves_to(self, moment: str) -> None:
        """Show this moment of the event's zone from now on."""
        self.now = a_moment(moment)


@dataclass
class Conversation:
    """A local Telegram, and the way to start and stop Ghid on it."""

    telegram: LocalTelegram
    clock: FrozenClock
    database: Path

    @asynccontextmanager
    async def ghid(self) -> AsyncIterator[RunningBot]:
        """Run Ghid on this Telegram; what it stored stays for the next run."""
        if not self.database.exists() and self.clock() == a_moment(DURING_THE_OPENING):
            self.database.write_bytes(await asyncio.to_thread(_with_the_built_in_event))
        settings = Settings(
            telegram_bot_token=SecretStr(self.telegram.token),
            telegram_api_url=self.telegram.api_url,
            database_path=self.database,
            webhook_url=None,
            webhook_secret=None,
            port=None,
        )
        async with running_bot(settings, clock=self.clock) as bot:
            yield bot

    def person(self, language_code: str) -> Person:
        """Bring in somebody whose phone speaks this language."""
        return self.telegram.add_person("Ana", language_code)


@asynccontextmanager
async def a_conversation(folder: Path) -> AsyncIterator[Conversation]:
    """Start a local Telegram; its clock stands during the opening of the built-in event."""
    clock = FrozenClock()
    async with running_local_telegram(port=0, now=clock) as telegram:
        yield Conversation(telegram, clock, folder / "ghid.db")


@cache
def _with_the_built_in_event() -> bytes:
    """Return the database that a first start during the opening makes, before anybody wrote: made once per process."""

    async def make(path: Path) -> None:
        async with open_database(path) as database:
            await AgendaService(database, FrozenClock()).load()
            await database.checkpoint()

    with TemporaryDirectory() as folder:
        path = Path(folder) / "ghid.db"
        asyncio.run(make(path))
        return path.read_bytes()


def labels(message: Message) -> list[str]:
    """Return the labels of a message's buttons, in reading order."""
    return [button["text"] for row in _rows(message) for button in row]


def callback_labels(message: Message) -> list[str]:
    """Return the labels of the buttons that come back to the bot."""
    return [button["text"] for row in _rows(message) for button in row if "callback_data" in button]


def _rows(message: Message) -> list[list[Message]]:
    rows: list[list[Message]] = message.get("reply_markup", {}).get("inline_keyboard", [])
    return rows
