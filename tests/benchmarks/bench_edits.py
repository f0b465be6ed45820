"""An organiser's edit of a large agenda: preview and confirming, beside one reading of the event's file.

Usage: python -m tests.benchmarks.bench_edits [--sessions 1100] [--rounds 5]

Measured is the processor's time of the whole process, whichever thread spends it; both take turns. A room with all that
follows in it runs late; the file is the same agenda as frab XML, read by our own reader.
"""

from __future__ import annotations

import argparse
import asyncio
import statistics
import tempfile
import time
from dataclasses import dataclass, field
from pathlib import Path

from bot.commands.export import written
from bot.publishing import ConfirmedEdit, EditPreview
from bot.services.agenda import AgendaService
from bot.services.agenda_edits import AgendaEditService
from bot.services.agenda_imports import ImportResult, PreparedImport, prepare_import, read_stored_agenda, store_import
from bot.storage.database import open_database
from content.agenda import Agenda
from content.edits import RunLate
from content.formats.detect import read_file
from tests.benchmarks.bench_imports import a_large_agenda
from tests.builders import a_moment

NOW = a_moment("2023-11-21 08:05")


@dataclass(slots=True)
class Costs:
    """Seconds of the processor, of each round."""

    reading: list[float] = field(default_factory=list)
    preview: list[float] = field(default_factory=list)
    confirm: list[float] = field(default_factory=list)


async def measured(agenda: Agenda, rounds: int) -> Costs:
    """Let a room run late again and again, and read the file in between."""
    costs, file = Costs(), written(agenda, "frab-xml")
    with tempfile.TemporaryDirectory() as folder:
        async with open_database(Path(folder) / "ghid.db") as database:
            first = prepare_import(await read_stored_agenda(database), agenda, lambda: NOW, author="", note="")
            if not isinstance(first, PreparedImport):
                raise TypeError("an empty database differs from any agenda")
            await store_import(database, first)
            service = AgendaService(database, lambda: NOW)
            await service.load()
            edits = AgendaEditService(database, lambda: NOW, service)
            for number in range(rounds):
                edit = _late(service.current.agenda)
                before = time.process_time()
                read_file(file, "event.xml")
                costs.reading.append(time.process_time() - before)
                before = time.process_time()
                shown = await edits.preview(edit)
                costs.preview.append(time.process_time() - before)
                if not isinstance(shown, EditPreview):
                    raise TypeError("the room does not run late")
                before = time.process_time()
                made = await edits.confirm(
                    ConfirmedEdit(edit, f"token-{number}"), note="", expected_version=shown.version
                )
                costs.confirm.append(time.process_time() - before)
                if not isinstance(made, ImportResult):
                    raise TypeError("nothing was changed")
    return costs


def _late(agenda: Agenda) -> RunLate:
    """Return that the first session of the day, with all later in its room, begins five minutes later."""
    session = agenda.sessions[0]
    return RunLate(session.handle, 5, agenda.room_by_id[session.room_id or ""].handle)


def bench(sessions: int, rounds: int) -> None:
    """Print what each costs, and as a ratio."""
    costs = asyncio.run(measured(a_large_agenda(sessions), rounds))
    reading = statistics.median(costs.reading)
    print(f"{sessions} sessions, the median of {rounds} rounds; reading the file once: {reading:.2f} s")
    print("| an edit | seconds | to one reading of the file |")
    for name, each in (("preview", costs.preview), ("confirm", costs.confirm)):
        spent = statistics.median(each)
        print(f"| {name} | {spent:.2f} | {spent / reading:.2f} |")


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--sessions", type=int, default=1_100)
    parser.add_argument("--rounds", type=int, default=5)
    given = parser.parse_args()
    bench(given.sessions, given.rounds)
