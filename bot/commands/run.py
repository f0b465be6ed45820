"""`ghid run`: the bot on Telegram, by polling or, with WEBHOOK_URL, by webhook."""

from __future__ import annotations

import argparse
import asyncio
import gc
import logging
import sqlite3
import sys

from telegram.error import InvalidToken

from bot.application import RunningBot
from bot.application import run as run_bot
from bot.logs import configure_logging
from bot.services.backups import DatabaseDamagedError
from bot.settings import Settings, SettingsError
from bot.storage.database import DatabaseTooNewError
from bot.storage.lock import DatabaseInUseError

logger = logging.getLogger(__name__)


async def offer_a_first_organiser(bot: RunningBot) -> None:
    """Without an organiser, show a terminal a one-time link; a log gets only the command that makes one."""
    organisers = bot.services.organisers
    if await organisers.exist():
        return
    if not sys.stdout.isatty():
        logger.info("Nobody is an organiser yet: `ghid invite organiser` makes a one-time link")
        return
    link = f"https://t.me/{bot.application.bot.username}?start=o_{await organisers.invite()}"
    print(f"Nobody is an organiser yet. Whoever opens this link first, within seven days, is one:\n{link}", flush=True)


async def settle(bot: RunningBot) -> None:
    """What there is now stays: leave it out of every later collection of garbage, and see to a first organiser.

    A collection of all would stop every thread, and so every answer, for a tenth of a second or more.
    """
    gc.freeze()
    await offer_a_first_organiser(bot)


def register(parser: argparse.ArgumentParser) -> None:
    """Describe the command and its arguments."""
    parser.description = "Run the bot on Telegram: by polling, or by webhook when WEBHOOK_URL is set."


def run(_: argparse.Namespace) -> int:
    """Run until SIGINT or SIGTERM. Returns 0 after a stop, 1 if it cannot run, 2 if the settings are wrong."""
    try:
        settings = Settings.load()
    except SettingsError as error:
        for problem in error.problems:
            print(f"ghid: {problem}", file=sys.stderr)
        return 2
    secrets = [settings.telegram_bot_token, *filter(None, [settings.webhook_secret])]
    configure_logging(
        settings.log_level, settings.log_format, secrets=[secret.get_secret_value() for secret in secrets]
    )
    try:
        asyncio.run(run_bot(settings, started=settle))
    except InvalidToken:
        print("ghid: Telegram does not know this TELEGRAM_BOT_TOKEN; copy it again from @BotFather.", file=sys.stderr)
    except (DatabaseDamagedError, DatabaseInUseError, DatabaseTooNewError) as error:
        print(f"ghid: {error}", file=sys.stderr)
    except (OSError, sqlite3.Error) as error:
        print(f"ghid: it cannot start: {error}. `ghid doctor` says what is wrong.", file=sys.stderr)
    else:
        return 0
    return 1
