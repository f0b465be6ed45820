"""`ghid invite`: one-time links that make somebody an organiser, or one of the agenda's speakers."""

from __future__ import annotations

import argparse
import asyncio
import sqlite3
import sys
from collections.abc import Sequence

from bot.clock import system_clock
from bot.commands.bot_name import asked_username
from bot.logs import configure_logging
from bot.messages.qr_codes import qr_text
from bot.services.agenda_imports import read_stored_agenda
from bot.services.organisers import OrganiserService
from bot.services.speaker_codes import CLAIM_PREFIX, CODE_LASTS, SpeakerCodes
from bot.settings import Settings, SettingsError
from bot.storage.database import Database, DatabaseTooNewError, open_database
from bot.storage.speaker_claims import read_claims
from content.agenda import Agenda, Speaker
from content.formats.documents import DocumentError

DONE, NOT_DONE, WRONG_CALL = 0, 1, 2


class _NobodyToInviteError(Exception):
    """No speaker fits; says why, in words that say what to do."""


def register(parser: argparse.ArgumentParser) -> None:
    """Describe the command and its arguments."""
    parser.description = (
        "Make one-time links. Whoever opens an organiser's link first, within seven days, is an organiser; whoever "
        "opens a speaker's link first, within thirty days, is that speaker."
    )
    parser.add_argument("role", choices=("organiser", "speaker"), help="whom to invite")
    parser.add_argument("id", nargs="?", help="the speaker: the id in the content file, or the name")
    parser.add_argument("--all", action="store_true", help="every speaker whom nobody has claimed, a line each")
    parser.add_argument(
        "--qr", action=argparse.BooleanOptionalAction, help="show QR codes too (default: for one link, not with --all)"
    )


def run(arguments: argparse.Namespace) -> int:
    """Print the links. Returns 1 if the database cannot be used, 2 if the call or the settings are wrong."""
    if arguments.role == "organiser" and (arguments.id or arguments.all):
        print("ghid invite: an organiser is invited without a name: ghid invite organiser", file=sys.stderr)
        return WRONG_CALL
    if arguments.role == "speaker" and bool(arguments.id) is arguments.all:
        print("ghid invite: say which speaker, or --all: ghid invite speaker ID", file=sys.stderr)
        return WRONG_CALL
    try:
        settings = Settings.load()
    except SettingsError as error:
        for problem in error.problems:
            print(f"ghid invite: {problem}", file=sys.stderr)
        return WRONG_CALL
    configure_logging("WARNING", secrets=[settings.telegram_bot_token.get_secret_value()])
    with_qr = not arguments.all if arguments.qr is None else arguments.qr
    try:
        if arguments.role == "organiser":
            asyncio.run(_organiser(settings, with_qr=with_qr))
        else:
            asyncio.run(_speakers(settings, arguments.id, with_qr=with_qr))
    except _NobodyToInviteError as error:
        print(f"ghid invite: {error}", file=sys.stderr)
        return NOT_DONE
    except (DatabaseTooNewError, DocumentError, OSError, sqlite3.Error) as error:
        print(f"ghid invite: the database cannot be used: {error}", file=sys.stderr)
        return NOT_DONE
    return DONE


async def _organiser(settings: Settings, *, with_qr: bool) -> None:
    async with open_database(settings.database_path) as database:
        code = await OrganiserService(database, system_clock).invite()
    link = _link(await asked_username(settings), f"o_{code}")
    print(link)
    if with_qr and link.startswith("https:"):
        print(qr_text(link))
    print("It works once, within seven days. Only its hash is kept: it cannot be shown again.")


async def _speakers(settings: Settings, wanted: str | None, *, with_qr: bool) -> None:
    """Make a code for this speaker, or for everybody unclaimed, and print the links.

    Raises:
        _NobodyToInviteError: there is nobody to make one for.
    """
    async with open_database(settings.database_path) as database:
        speakers = await _invited(database, wanted)
        codes = await SpeakerCodes(database, system_clock).make_for([speaker.handle for speaker in speakers])
    username = await asked_username(settings)
    for speaker in speakers:
        link = _link(username, f"{CLAIM_PREFIX}{codes[speaker.handle]}")
        print(f"{speaker.name}\t{link}")
        if with_qr and link.startswith("https:"):
            print(qr_text(link))
    print(
        f"Each works once, within {CODE_LASTS.days} days. Only hashes are kept: the links cannot be shown again.",
        file=sys.stderr,
    )


async def _invited(database: Database, wanted: str | None) -> Sequence[Speaker]:
    stored = await read_stored_agenda(database)
    if stored.agenda is None:
        raise _NobodyToInviteError("the database holds no agenda yet; import one: ghid import FILE")
    agenda = stored.with_handles()
    claimed = {claim.handle for claim in await read_claims(database.reader)}
    if wanted is None:
        found = [speaker for speaker in agenda.speakers if speaker.handle not in claimed]
        if not found:
            raise _NobodyToInviteError("every speaker of the agenda is claimed, or it names none")
        return found
    speaker = _named(wanted, agenda)
    if speaker.handle in claimed:
        raise _NobodyToInviteError(f"somebody has claimed {speaker.name}; an organiser can undo that in the chat")
    return [speaker]


def _named(wanted: str, agenda: Agenda) -> Speaker:
    if wanted in agenda.speaker_by_id:
        return agenda.speaker_by_id[wanted]
    folded = " ".join(wanted.casefold().split())
    found = [speaker for speaker in agenda.speakers if " ".join(speaker.name.casefold().split()) == folded]
    if len(found) == 1:
        return found[0]
    near = sorted(each.id for each in agenda.speakers if folded.replace(" ", "-") in each.id)[:5]
    hint = f"; did you mean {', '.join(near)}?" if near else ""
    raise _NobodyToInviteError(f"the agenda has no speaker with the id or the name {wanted!r}{hint}")


def _link(username: str | None, payload: str) -> str:
    if username is None:
        return f"Telegram did not answer, so only this is known: write the bot /start {payload}"
    return f"https://t.me/{username}?start={payload}"
