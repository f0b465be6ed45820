"""`ghid undo`: make an older version of the agenda the current one again, after showing what that changes."""

from __future__ import annotations

import argparse
import asyncio
import sqlite3
import sys
from pathlib import Path

from bot.clock import system_clock
from bot.commands.changes import lines, summary
from bot.commands.terminal import confirmed
from bot.models import COMMAND_LINE
from bot.services.agenda_imports import (
    NothingChanged,
    VersionMovedError,
    prepare_import,
    preview_import,
    read_stored_agenda,
    store_import,
)
from bot.services.stored_versions import NoSuchVersionError, read_agenda_of
from bot.settings import SettingsError, StorageSettings
from bot.storage.database import Database, DatabaseTooNewError, open_database
from content.formats.documents import DocumentError

DONE, NOT_DONE, WRONG_CALL = 0, 1, 2


def register(parser: argparse.ArgumentParser) -> None:
    """Describe the command and its arguments."""
    parser.description = (
        "Make a new version of the agenda that equals the one before the current. It shows first what "
        "that changes. Undone twice, the first undo is taken back; to go back further, name the version. A running bot "
        "takes it over within five seconds; whoever was not told yet of what is undone hears nothing. "
        "Exit code 0: done, 1: not possible or not wanted, 2: wrong call."
    )
    parser.add_argument("--to", type=int, metavar="VERSION", help="go back to this one; `ghid history` lists them")
    parser.add_argument("--note", default="", help="why, for the history")
    parser.add_argument("--yes", action="store_true", help="do not ask")
    parser.add_argument("--database", type=Path, metavar="PATH", help="default: DATABASE_PATH, or data/ghid.db")


def run(arguments: argparse.Namespace) -> int:
    """Go back, or say why not."""
    try:
        path = arguments.database or StorageSettings.load().database_path
    except SettingsError as error:
        print(f"ghid undo: {error}", file=sys.stderr)
        return WRONG_CALL
    if not path.exists():
        print(f"ghid undo: there is no database at {path} yet.", file=sys.stderr)
        return NOT_DONE
    try:
        return asyncio.run(_undo(path, arguments))
    except VersionMovedError as error:
        print(
            f"ghid undo: somebody else imported version {error.found} in the meantime; nothing was changed. "
            "Run the command again to see what is different now.",
            file=sys.stderr,
        )
    except (DatabaseTooNewError, DocumentError, sqlite3.Error, OSError) as error:
        print(f"ghid undo: the database cannot be used: {error}", file=sys.stderr)
    return NOT_DONE


async def _undo(path: Path, arguments: argparse.Namespace) -> int:
    async with open_database(path) as database:
        return await _undo_in(database, arguments)


async def _undo_in(database: Database, arguments: argparse.Namespace) -> int:
    stored = await read_stored_agenda(database)
    target = stored.version - 1 if arguments.to is None else arguments.to
    if stored.agenda is None or (arguments.to is None and target < 1):
        print("There is nothing to undo: no version comes before the current one.")
        return NOT_DONE
    try:
        agenda = await read_agenda_of(database.reader, target, stored.with_handles())
    except NoSuchVersionError as error:
        print(f"ghid undo: {error}; `ghid history` lists them.", file=sys.stderr)
        return WRONG_CALL
    note = arguments.note or f"as version {target}"
    # Whoever goes back to a version has seen it: however much goes with the newer one, it is meant.
    prepared = prepare_import(stored, agenda, system_clock, author=COMMAND_LINE, note=note, allow_mass_removal=True)
    if isinstance(prepared, NothingChanged):
        print(f"Nothing to do: version {prepared.version} says the same as version {target}.")
        return DONE
    changes = preview_import(stored, agenda).changes
    print(f"From version {stored.version} back to what version {target} says:")
    print(summary(changes))
    for line in lines(changes, agenda.event.default_language):
        print(line)
    if not arguments.yes:
        if not sys.stdin.isatty():
            print("ghid undo: nobody is here to be asked; add --yes.", file=sys.stderr)
            return WRONG_CALL
        if not confirmed("Go back?"):
            print("Nothing was changed.")
            return NOT_DONE
    await store_import(database, prepared)
    print(f"This is now version {prepared.version.number}.")
    return DONE
