"""`ghid backup`: a whole copy of the database in one file, while the bot runs or not."""

from __future__ import annotations

import argparse
import sqlite3
import sys
from pathlib import Path

from bot.settings import SettingsError, StorageSettings
from bot.storage.backups import DamagedBackupError, copy_database

DONE, NOT_DONE, WRONG_CALL = 0, 1, 2


def register(parser: argparse.ArgumentParser) -> None:
    """Describe the command and its arguments."""
    parser.description = (
        "Write a whole copy of the database to a file, while the bot runs or not; the copy is looked through. It holds "
        "what is kept about people: keep it as carefully. Exit code 0: done, 1: not done, 2: wrong call."
    )
    parser.add_argument("file", type=Path, metavar="FILE", help="where to write it")
    parser.add_argument("--force", action="store_true", help="replace a file that is there")
    parser.add_argument("--database", type=Path, metavar="PATH", help="default: DATABASE_PATH, or data/ghid.db")


def run(arguments: argparse.Namespace) -> int:
    """Write the copy, or say why not."""
    try:
        path = arguments.database or StorageSettings.load().database_path
    except SettingsError as error:
        print(f"ghid backup: {error}", file=sys.stderr)
        return WRONG_CALL
    if not path.exists():
        print(f"ghid backup: there is no database at {path} yet.", file=sys.stderr)
        return NOT_DONE
    if arguments.file.exists() and not arguments.force:
        print(f"ghid backup: {arguments.file} is there already; name another file, or add --force.", file=sys.stderr)
        return WRONG_CALL
    try:
        copy_database(path, arguments.file)
    except DamagedBackupError as error:
        print(f"ghid backup: {path} is damaged ({error.damage}); `ghid restore` brings a backup back.", file=sys.stderr)
        return NOT_DONE
    except (OSError, sqlite3.Error) as error:
        print(f"ghid backup: nothing was written: {error}", file=sys.stderr)
        return NOT_DONE
    print(f"{arguments.file}: {arguments.file.stat().st_size:,} bytes, looked through.")
    return DONE
