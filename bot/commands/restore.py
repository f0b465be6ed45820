"""`ghid restore`: a backup in the place of the database, which is kept beside it."""

from __future__ import annotations

import argparse
import asyncio
import sqlite3
import sys
from pathlib import Path

from bot.clock import system_clock
from bot.commands.terminal import confirmed
from bot.services.restoring import NotABackupError, Restored, restore
from bot.settings import SettingsError, StorageSettings
from bot.storage.backups import DamagedBackupError
from bot.storage.database import DatabaseTooNewError
from bot.storage.lock import DatabaseInUseError, database_holder
from content.formats.documents import DocumentError

DONE, NOT_DONE, WRONG_CALL = 0, 1, 2


def register(parser: argparse.ArgumentParser) -> None:
    """Describe the command and its arguments."""
    parser.description = (
        "Put a backup in the place of the database, which stays beside it under another name. Stop the bot first. "
        "Whoever had themselves forgotten since is forgotten again; what went out since is not sent again; messages to "
        "many that were under way wait for an organiser. Exit code 0: done, 1: not done, 2: wrong call."
    )
    parser.add_argument("file", type=Path, metavar="FILE", help="the backup")
    parser.add_argument("--yes", action="store_true", help="do not ask")
    parser.add_argument("--database", type=Path, metavar="PATH", help="default: DATABASE_PATH, or data/ghid.db")


def run(arguments: argparse.Namespace) -> int:
    """Restore, or say why not."""
    try:
        path: Path = arguments.database or StorageSettings.load().database_path
    except SettingsError as error:
        print(f"ghid restore: {error}", file=sys.stderr)
        return WRONG_CALL
    if holder := database_holder(path):
        print(f"ghid restore: {path} is in use by {holder}; stop it first.", file=sys.stderr)
        return NOT_DONE
    if not arguments.yes:
        if not sys.stdin.isatty():
            print("ghid restore: nobody is here to be asked; add --yes.", file=sys.stderr)
            return WRONG_CALL
        if not confirmed(f"Put {arguments.file} in the place of {path}?"):
            print("Nothing was changed.")
            return NOT_DONE
    try:
        restored = asyncio.run(restore(arguments.file, path, system_clock))
    except DatabaseInUseError as error:
        print(f"ghid restore: {error}; stop it first.", file=sys.stderr)
    except (NotABackupError, DamagedBackupError, DatabaseTooNewError, DocumentError, OSError, sqlite3.Error) as error:
        print(f"ghid restore: nothing was changed: {error}", file=sys.stderr)
    else:
        for line in _told(restored, path):
            print(line)
        return DONE
    return NOT_DONE


def _told(restored: Restored, path: Path) -> list[str]:
    lines = [f"{path} is restored: {restored.event}, version {restored.version}, {restored.people} people."]
    if restored.replaced is not None:
        lines.append(f"What was there before: {restored.replaced}; delete it once all is well.")
    if restored.forgotten:
        lines.append(f"Forgotten again, as they had asked since: {restored.forgotten}.")
    if restored.known_as_sent is None and restored.replaced is not None:
        lines.append("It could not be read: notices that went out since the backup may come a second time.")
    elif restored.known_as_sent:
        lines.append(f"Notices that went out since and will not be sent again: {restored.known_as_sent}.")
    if restored.held:
        lines.append(f"Messages to many that wait for an organiser’s word in /organiser: {restored.held}.")
    return lines
