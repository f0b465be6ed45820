"""`ghid import FILE`: make an agenda file the current agenda, after showing what that changes."""

from __future__ import annotations

import argparse
import asyncio
import json
import shlex
import sqlite3
import sys
from pathlib import Path
from typing import Any

from bot.clock import system_clock
from bot.commands.changes import changed_fields, lines, summary
from bot.commands.content_file import (
    UnreadableFileError,
    counts,
    format_of,
    options_of,
    print_problems,
    read_content_file,
    register_reading,
)
from bot.commands.terminal import confirmed
from bot.models import COMMAND_LINE
from bot.services.agenda_imports import (
    ImportPreview,
    MassRemovalError,
    NothingChanged,
    OtherEventError,
    PreparedImport,
    StoredAgenda,
    VersionMovedError,
    prepare_import,
    preview_import,
    read_stored_agenda,
    store_import,
)
from bot.services.upload_reading import ReadUpload
from bot.settings import SettingsError, StorageSettings
from bot.storage.database import DatabaseTooNewError, open_database
from content.agenda import Agenda
from content.carrying_over import carry_over
from content.formats.problems import ContentError, Problem, Severity

DONE, NOT_USABLE, WRONG_CALL = 0, 1, 2


def register(parser: argparse.ArgumentParser) -> None:
    """Describe the command and its arguments."""
    parser.description = (
        "Make an agenda file the current agenda, as a new version. It shows first what that changes. "
        "A running bot takes it over within five seconds. "
        "Exit code 0: imported, 1: not usable or not wanted, 2: wrong call."
    )
    register_reading(parser)
    parser.add_argument("--dry-run", action="store_true", help="only show what would change")
    parser.add_argument("--json", action="store_true", help="print one JSON object instead of words")
    parser.add_argument("--yes", action="store_true", help="do not ask")
    parser.add_argument(
        "--allow-mass-removal", action="store_true", help="even if more than half of the sessions would go"
    )
    parser.add_argument("--database", type=Path, metavar="PATH", help="default: DATABASE_PATH, or data/ghid.db")


def run(arguments: argparse.Namespace) -> int:
    """Import, or say why not."""
    try:
        path = arguments.database or StorageSettings.load().database_path
        return asyncio.run(_import(arguments, path, is_new=not path.exists()))
    except ContentError as error:
        return _refuse(arguments, error.problems, format_of(arguments.file))
    except (UnreadableFileError, SettingsError) as error:
        print(f"ghid import: {error}", file=sys.stderr)
        return WRONG_CALL
    except (DatabaseTooNewError, sqlite3.Error, OSError) as error:
        print(f"ghid import: the database cannot be used: {error}", file=sys.stderr)
        return NOT_USABLE


async def _import(arguments: argparse.Namespace, path: Path, *, is_new: bool) -> int:
    current = None
    if not is_new:
        async with open_database(path) as database:
            current = (await read_stored_agenda(database)).agenda
    read = await read_content_file(arguments.file, options_of(arguments, current))
    return await _Import(arguments, read, path).run()


class _Import:
    """One call of the command."""

    def __init__(self, arguments: argparse.Namespace, read: ReadUpload, path: Path) -> None:
        self.arguments = arguments
        self.read = read
        self.agenda = read.agenda
        self.path = path

    async def run(self) -> int:
        if self.arguments.dry_run and not self.path.exists():
            # Nothing is to be left behind, so not even an empty database.
            return self._show_and_prepare(StoredAgenda(0, None, {}))[0]
        async with open_database(self.path) as database:
            stored = await read_stored_agenda(database)
            code, prepared = self._show_and_prepare(stored)
            if prepared is None:
                return code
            try:
                await store_import(database, prepared)
            except VersionMovedError as error:
                return self._refuse(
                    f"Somebody else imported version {error.found} in the meantime; nothing was changed. "
                    "Run the command again to see what is different now."
                )
        version = prepared.version.number
        return self._finish(preview_import(stored, self.agenda), f"Imported as version {version}.")

    def _show_and_prepare(self, stored: StoredAgenda) -> tuple[int, PreparedImport | None]:
        """Show what would change; return the exit code, and what is to be stored unless it ends here."""
        if not self.read.is_whole:
            self.agenda = carry_over(self.read.agenda, stored.agenda)
        try:
            preview = preview_import(stored, self.agenda)
        except OtherEventError as error:
            return self._refuse(self._about_other_event(error)), None
        self._show(stored, preview)
        try:
            prepared = prepare_import(
                stored,
                self.agenda,
                system_clock,
                author=COMMAND_LINE,
                note=self.arguments.file.name,
                allow_mass_removal=self.arguments.allow_mass_removal,
            )
        except MassRemovalError as error:
            return self._refuse(
                f"{error.removed:,} of {error.total:,} sessions would be removed; nothing was changed. "
                "If that is meant, add --allow-mass-removal.",
                preview,
            ), None
        if isinstance(prepared, NothingChanged):
            sentence = f"Nothing to do: this is what version {prepared.version} says already."
            return self._finish(preview, sentence), None
        if self.arguments.dry_run:
            return self._finish(preview, "Nothing was stored: this was a dry run."), None
        if self._must_ask(stored):
            if self.arguments.json or not sys.stdin.isatty():
                print("ghid import: nobody is here to be asked; add --yes, or --dry-run to look.", file=sys.stderr)
                return WRONG_CALL, None
            if not confirmed("Import this?"):
                print("Nothing was changed.")
                return NOT_USABLE, None
        return DONE, prepared

    def _show(self, stored: StoredAgenda, preview: ImportPreview) -> None:
        if self.arguments.json:
            return
        agenda = self.agenda
        print_problems(self.read.doubts)
        if stored.agenda is None:
            print(f"{self.path} is empty. First version of {agenda.event.id}: {counts(agenda)}.")
        elif preview.changes:
            print(f"Against version {stored.version} in {self.path}:")
            print(summary(preview.changes))
            for line in lines(preview.changes, agenda.event.default_language):
                print(line)

    def _must_ask(self, stored: StoredAgenda) -> bool:
        # The first version takes nothing from anybody.
        return not (self.arguments.yes or self.arguments.dry_run or stored.agenda is None)

    def _refuse(self, what: str, preview: ImportPreview | None = None) -> int:
        problem = Problem(Severity.ERROR, self.agenda.event.id, what)
        return _refuse(self.arguments, (*self.read.doubts, problem), self.read.format, self.agenda, preview)

    def _finish(self, preview: ImportPreview, sentence: str) -> int:
        said = sentence
        if self.arguments.json:
            said = _json(self.read.format, self.agenda, preview, self.read.doubts)
        print(said)
        return DONE

    def _about_other_event(self, error: OtherEventError) -> str:
        new = self.path.with_name(f"{error.given}.db")
        command = f"ghid import --database {shlex.quote(str(new))} {shlex.quote(str(self.arguments.file))}"
        return (
            f"{self.path} holds the event {error.current}, and this file is about {error.given}. One database holds "
            f"one event. Start a new one with: {command} — and run the bot with DATABASE_PATH={shlex.quote(str(new))}"
        )


def _refuse(
    arguments: argparse.Namespace,
    problems: tuple[Problem, ...],
    format_: str = "",
    agenda: Agenda | None = None,
    preview: ImportPreview | None = None,
) -> int:
    if arguments.json:
        print(_json(format_ or arguments.format, agenda, preview, problems))
    else:
        print_problems(problems)
    return NOT_USABLE


def _json(format_: str, agenda: Agenda | None, preview: ImportPreview | None, problems: tuple[Problem, ...]) -> str:
    changes = preview.changes if preview else None
    result: dict[str, Any] = {
        "format": format_,
        "sessions": len(agenda.sessions) if agenda else 0,
        "speakers": len(agenda.speakers) if agenda else 0,
        "rooms": len(agenda.rooms) if agenda else 0,
        "days": len(agenda.event.days) if agenda else 0,
        "added": [session.id for session in changes.sessions.added] if changes else [],
        "removed": [session.id for session in changes.sessions.removed] if changes else [],
        "changed": changed_fields(changes) if changes else [],
        "problems": [
            {"severity": problem.severity, "where": problem.where, "what": problem.what} for problem in problems
        ],
    }
    return json.dumps(result, ensure_ascii=False)
