"""`ghid export --format F FILE`: the agenda as a file, for people, for other programs, or to be imported again."""

from __future__ import annotations

import argparse
import asyncio
import sqlite3
import sys
from pathlib import Path

from bot.clock import system_clock
from bot.commands.content_file import counts
from bot.services.agenda import built_in_event
from bot.services.agenda_imports import read_stored_agenda
from bot.services.handles import assign_handles, with_handles
from bot.settings import SettingsError, StorageSettings
from bot.storage.database import DatabaseTooNewError, open_database
from content.agenda import Agenda

FORMATS = ("yaml", "xlsx", "ics", "frab-json", "frab-xml")


def register(parser: argparse.ArgumentParser) -> None:
    """Describe the command and its arguments."""
    parser.description = (
        "Write the current agenda to a file; without a database, the built-in event, as a template to begin with. "
        "YAML and Excel hold all of it, the others what their programs know."
    )
    parser.add_argument("--format", choices=FORMATS, required=True)
    parser.add_argument("file", type=Path, metavar="FILE", help="where to write; it must not be there yet")
    parser.add_argument("--force", action="store_true", help="write over a file that is there")
    parser.add_argument("--database", type=Path, metavar="PATH", help="default: DATABASE_PATH, or data/ghid.db")


def run(arguments: argparse.Namespace) -> int:
    """Write the file, or say why not."""
    try:
        path = arguments.database or StorageSettings.load().database_path
        agenda = (asyncio.run(_stored(path)) if path.exists() else None) or _built_in()
        data = written(agenda, arguments.format)
        with arguments.file.open("wb" if arguments.force else "xb") as file:
            file.write(data)
    except FileExistsError:
        print(f"ghid export: {arguments.file} is there already; add --force to write over it.", file=sys.stderr)
        return 2
    except SettingsError as error:
        print(f"ghid export: {error}", file=sys.stderr)
        return 2
    except (DatabaseTooNewError, sqlite3.Error, OSError, ValueError) as error:
        print(f"ghid export: {error}", file=sys.stderr)
        return 1
    print(f"Wrote {arguments.file}: {counts(agenda)}.")
    return 0


def written(agenda: Agenda, format_: str) -> bytes:
    """Return the agenda as a file. Only the writer that is asked for is loaded."""
    if format_ == "yaml":
        from content.formats.yaml_writer import write_yaml  # noqa: PLC0415

        return write_yaml(agenda)
    if format_ == "xlsx":
        from content.formats.excel_writer import write_excel  # noqa: PLC0415

        return write_excel(agenda)
    if format_ == "ics":
        from content.formats.calendar_writer import write_calendar  # noqa: PLC0415

        return write_calendar(agenda, system_clock())
    from content.formats.frab_writer import write_frab_json, write_frab_xml  # noqa: PLC0415

    return write_frab_json(agenda) if format_ == "frab-json" else write_frab_xml(agenda)


async def _stored(path: Path) -> Agenda | None:
    async with open_database(path) as database:
        stored = await read_stored_agenda(database)
        return stored.with_handles() if stored.agenda else None


def _built_in() -> Agenda:
    agenda = built_in_event()
    return with_handles(agenda, assign_handles({}, agenda, {}))
