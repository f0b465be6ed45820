"""`ghid history`: the versions of the agenda, who made them, when and why, and what each changed."""

from __future__ import annotations

import argparse
import asyncio
import sqlite3
import sys
from itertools import zip_longest
from pathlib import Path

from bot.commands.changes import summary
from bot.commands.content_file import counted
from bot.commands.terminal import columns
from bot.services.agenda_imports import read_stored_agenda
from bot.services.stored_versions import read_agenda_of
from bot.settings import SettingsError, StorageSettings
from bot.storage.database import Database, DatabaseTooNewError, open_database
from bot.storage.versions import read_history
from content.changes import compare_agendas
from content.formats.documents import DocumentError

DONE, NOT_DONE, WRONG_CALL = 0, 1, 2


def register(parser: argparse.ArgumentParser) -> None:
    """Describe the command and its arguments."""
    parser.description = (
        "List the versions of the agenda, the newest first: when each was made (on the event's clock), by "
        "whom, why, and what it changed. `ghid undo` goes back."
    )
    parser.add_argument("--limit", type=int, default=10, metavar="N", help="how many to list; default: 10")
    parser.add_argument("--database", type=Path, metavar="PATH", help="default: DATABASE_PATH, or data/ghid.db")


def run(arguments: argparse.Namespace) -> int:
    """Print the history."""
    if arguments.limit < 1:
        print("ghid history: --limit must be at least 1", file=sys.stderr)
        return WRONG_CALL
    try:
        path = arguments.database or StorageSettings.load().database_path
    except SettingsError as error:
        print(f"ghid history: {error}", file=sys.stderr)
        return WRONG_CALL
    if not path.exists():
        print(f"There is no database at {path} yet.")
        return NOT_DONE
    try:
        return asyncio.run(_show(path, arguments.limit))
    except (DatabaseTooNewError, DocumentError, sqlite3.Error, OSError) as error:
        print(f"ghid history: the database cannot be used: {error}", file=sys.stderr)
        return NOT_DONE


async def _show(path: Path, limit: int) -> int:
    async with open_database(path) as database:
        lines = await _lines(database, limit)
    print("\n".join(lines))
    return DONE


async def _lines(database: Database, limit: int) -> list[str]:
    stored = await read_stored_agenda(database)
    if stored.agenda is None:
        return ["Nothing was imported yet."]
    history = await read_history(database.reader, limit + 1, up_to=stored.version)
    rows, newer, current = [], stored.agenda, stored.with_handles()
    for entry, before in zip_longest(history[:limit], history[1 : limit + 1]):
        if before is None:
            what = f"The first version: {counted(len(newer.sessions), 'session')}."
        else:
            older = await read_agenda_of(database.reader, before.number, current)
            what = summary(await asyncio.to_thread(compare_agendas, older, newer))
            newer = older
        created_at = entry.created_at.astimezone(stored.agenda.event.time_zone)
        rows.append((str(entry.number), f"{created_at:%Y-%m-%d %H:%M}", entry.author, entry.note or "–", what))
    return columns([("VERSION", "WHEN", "BY", "NOTE", "WHAT CHANGED"), *rows])
