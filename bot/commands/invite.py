"""`ghid invite organiser`: a one-time link that makes whoever opens it an organiser."""

from __future__ import annotations

import argparse
import asyncio
import sqlite3
import sys

from telegram import Bot
from telegram.error import TelegramError

from bot.clock import system_clock
from bot.logs import configure_logging
from bot.services.organisers import OrganiserService
from bot.settings import Settings, SettingsError
from bot.storage.database import DatabaseTooNewError, open_database
from bot.transport import AiohttpRequest


def register(parser: argparse.ArgumentParser) -> None:
    """Describe the command and its arguments."""
    parser.description = "Make a one-time link. Whoever opens it first, within seven days, is an organiser."
    parser.add_argument("role", choices=("organiser",), help="whom to invite")


def run(_: argparse.Namespace) -> int:
    """Print the link. Returns 1 if the database cannot be used, 2 if the settings are wrong."""
    try:
        settings = Settings.load()
    except SettingsError as error:
        for problem in error.problems:
            print(f"ghid invite: {problem}", file=sys.stderr)
        return 2
    configure_logging("WARNING", secrets=[settings.telegram_bot_token.get_secret_value()])
    try:
        print(asyncio.run(_link(settings)))
    except (DatabaseTooNewError, OSError, sqlite3.Error) as error:
        print(f"ghid invite: the database cannot be used: {error}", file=sys.stderr)
        return 1
    print("It works once, within seven days. Only its hash is kept: it cannot be shown again.")
    return 0


async def _link(settings: Settings) -> str:
    async with open_database(settings.database_path) as database:
        code = await OrganiserService(database, system_clock).invite()
    payload = f"o_{code}"
    username = await _username(settings)
    if username is None:
        return f"Telegram did not answer, so only this is known: write the bot /start {payload}"
    return f"https://t.me/{username}?start={payload}"


async def _username(settings: Settings) -> str | None:
    bot = Bot(
        settings.telegram_bot_token.get_secret_value(),
        base_url=f"{settings.telegram_api_url}/bot",
        request=AiohttpRequest(),
        get_updates_request=AiohttpRequest(),
    )
    try:
        async with bot:
            return bot.username
    except TelegramError:
        return None
