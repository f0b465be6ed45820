"""`ghid signs`: a PDF to print, whose QR codes open the bot at the right place."""

from __future__ import annotations

import argparse
import asyncio
import re
import sqlite3
import sys
from collections.abc import Sequence
from pathlib import Path

from bot.clock import system_clock
from bot.commands.bot_name import asked_username
from bot.commands.content_file import counted
from bot.logs import configure_logging
from bot.services.agenda_imports import read_stored_agenda
from bot.services.speaker_codes import CLAIM_PREFIX, CODE_LASTS, SpeakerCodes
from bot.settings import Settings, SettingsError, StorageSettings
from bot.signs.signs import ClaimCard, signs_pdf
from bot.storage.database import DatabaseTooNewError, open_database
from bot.storage.speaker_claims import read_claims
from content.agenda import Agenda
from content.formats.documents import DocumentError

DONE, NOT_DONE, WRONG_CALL = 0, 1, 2
_USERNAME = re.compile(r"[A-Za-z][A-Za-z0-9_]{3,31}")  # core.telegram.org/bots/features#botfather
_ONLY_OWNER = 0o600


def register(parser: argparse.ArgumentParser) -> None:
    """Describe the command and its arguments."""
    parser.description = (
        "Write a PDF of A4 sheets in every language of Ghid's: a poster for the entrance and a sign for each room, "
        "whose QR code answers what is on there now and next. With --speakers, cards too by which each speaker claims "
        "their profile."
    )
    parser.add_argument("out", type=Path, metavar="OUT.pdf", help="the file to write; an existing one is replaced")
    parser.add_argument("--bot", metavar="NAME", help="the bot's user name; default: Telegram is asked, with the token")
    parser.add_argument(
        "--speakers",
        action="store_true",
        help="add a card for each speaker whom nobody has claimed. Each card holds a new one-time code: keep the file "
        "to yourself, and hand every card to its speaker alone",
    )
    parser.add_argument("--database", type=Path, metavar="PATH", help="default: DATABASE_PATH, or data/ghid.db")


def run(arguments: argparse.Namespace) -> int:
    """Write the file. Returns 1 if it or the database cannot be used, 2 if the call or the settings are wrong."""
    try:
        database, username = _database(arguments), _username(arguments)
    except SettingsError as error:
        for problem in error.problems:
            print(f"ghid signs: {problem}", file=sys.stderr)
        return WRONG_CALL
    except ValueError as error:
        print(f"ghid signs: {error}", file=sys.stderr)
        return WRONG_CALL
    if username is None:
        print("ghid signs: Telegram did not say the bot's name; give it: --bot NAME", file=sys.stderr)
        return NOT_DONE
    if not database.exists():
        print(
            f"ghid signs: there is no database at {database} yet; import an agenda: ghid import FILE", file=sys.stderr
        )
        return NOT_DONE
    try:
        return _write(database, arguments.out, username, with_cards=arguments.speakers)
    except (DatabaseTooNewError, DocumentError, sqlite3.Error) as error:
        print(f"ghid signs: the database cannot be used: {error}", file=sys.stderr)
    except OSError as error:
        print(f"ghid signs: {arguments.out} cannot be written: {error}", file=sys.stderr)
    return NOT_DONE


def _write(database: Path, out: Path, username: str, *, with_cards: bool) -> int:
    agenda = asyncio.run(_agenda(database))
    if agenda is None:
        print("ghid signs: the database holds no agenda yet; import one: ghid import FILE", file=sys.stderr)
        return NOT_DONE
    out.touch()  # before there are codes that nobody would ever see
    cards = asyncio.run(_cards(database, agenda, username)) if with_cards else ()
    if with_cards:
        out.chmod(_ONLY_OWNER)
    out.write_bytes(signs_pdf(agenda, username, cards))
    print(f"{out}: a poster and {counted(len(agenda.rooms), 'door sign')} for @{username}")
    if with_cards:
        last = f"They work once each, until {cards[0].until}. " if cards else ""
        print(
            f"{counted(len(cards), 'speaker card')}. {last}Whoever has this file could claim the profiles: print it, "
            "hand the cards out, delete it."
        )
    return DONE


async def _agenda(path: Path) -> Agenda | None:
    async with open_database(path) as database:
        stored = await read_stored_agenda(database)
        return stored.with_handles() if stored.agenda else None


async def _cards(path: Path, agenda: Agenda, username: str) -> Sequence[ClaimCard]:
    """Make a code for everybody unclaimed, and return their cards from A to Z."""
    now = system_clock()
    async with open_database(path) as database:
        claimed = {claim.handle for claim in await read_claims(database.reader)}
        unclaimed = (speaker for speaker in agenda.speakers if speaker.handle not in claimed)
        speakers = sorted(unclaimed, key=lambda speaker: speaker.name.casefold())
        codes = await SpeakerCodes(database, lambda: now).make_for([speaker.handle for speaker in speakers])
    until = (now + CODE_LASTS).astimezone(agenda.event.time_zone).date()
    link = f"https://t.me/{username}?start={CLAIM_PREFIX}"
    return [ClaimCard(speaker, f"{link}{codes[speaker.handle]}", until) for speaker in speakers]


def _database(arguments: argparse.Namespace) -> Path:
    """Return where the database is.

    Raises:
        SettingsError: a setting is wrong.
    """
    chosen: Path | None = arguments.database
    return chosen or StorageSettings.load().database_path


def _username(arguments: argparse.Namespace) -> str | None:
    """Return the bot's name; None: Telegram did not answer.

    Raises:
        SettingsError: the settings lack the token.
        ValueError: what was given is no user name.
    """
    if arguments.bot is not None:
        name: str = arguments.bot.removeprefix("@").removeprefix("https://t.me/")
        if not _USERNAME.fullmatch(name):
            raise ValueError(f"{arguments.bot!r} is no user name of a bot; it looks like my_event_bot")
        return name
    settings = Settings.load()
    configure_logging("WARNING", secrets=[settings.telegram_bot_token.get_secret_value()])
    return asyncio.run(asked_username(settings))
