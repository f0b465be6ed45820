"""Reading an agenda of FOSDEM's size in each format, beside the plain parser of that format: time and memory.

Usage: python -m tests.benchmarks.bench_imports [--sessions 1100] [--rounds 3]

The agenda is made up and written by our own writers. Both read in turns; memory is what Python allocated at the most.
"""

from __future__ import annotations

import argparse
import gc
import io
import json
import statistics
import time
import tracemalloc
from collections.abc import Callable
from datetime import timedelta
from xml.etree import ElementTree as ET

import yaml
from icalendar import Calendar
from openpyxl import load_workbook

from bot.commands.export import written
from bot.services.handles import assign_handles, with_handles
from content.agenda import Agenda
from content.formats.detect import read_file
from tests.builders import a_moment, a_room, a_session, a_speaker, a_text, an_agenda, an_event

WORDS = "a lighthouse keeper talks about rope and knots and lamps and what the sea does to all of them "
DAYS = 3


def a_large_agenda(sessions: int) -> Agenda:
    """Return an agenda with as many people as sessions, descriptions of a thousand characters, and 30 rooms."""
    first = a_moment("2023-11-21 08:00")
    agenda = an_agenda(
        *(
            a_session(
                f"talk-{number}",
                title=f"Knot number {number}",
                description=a_text((WORDS * 10).strip()),
                starts_at=first + timedelta(days=number % DAYS, minutes=30 * (number // DAYS % 24)),
                room_id=f"room-{number % 30}",
                speakers=(f"person-{number}",),
            )
            for number in range(sessions)
        ),
        event=an_event(languages=("en",)),
        speakers=tuple(a_speaker(f"person-{number}", f"Keeper Number{number}") for number in range(sessions)),
        rooms=tuple(a_room(f"room-{number}") for number in range(30)),
    )
    return with_handles(agenda, assign_handles({}, agenda, {}))


def _cells(data: bytes) -> int:
    book = load_workbook(io.BytesIO(data), read_only=True)
    return sum(len(row) for sheet in book.worksheets for row in sheet.iter_rows(values_only=True))


PLAIN: dict[str, tuple[str, Callable[[bytes], object]]] = {
    "frab-xml": ("ElementTree", ET.fromstring),  # our own file
    "frab-json": ("json", json.loads),
    "ics": ("icalendar", Calendar.from_ical),
    "yaml": ("PyYAML in C", lambda data: yaml.load(data, yaml.CSafeLoader)),  # a safe loader
    "xlsx": ("openpyxl, read-only", _cells),
}


def _seconds(read: Callable[[bytes], object], data: bytes) -> float:
    gc.collect()
    started = time.process_time()
    read(data)
    return time.process_time() - started


def _peak(read: Callable[[bytes], object], data: bytes) -> float:
    gc.collect()
    tracemalloc.start()
    kept = read(data)
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    del kept
    return peak / 1_000_000


def bench(sessions: int, rounds: int) -> None:
    """Print a row for each format."""
    agenda = a_large_agenda(sessions)
    print(f"{sessions} sessions, the median of {rounds} rounds")
    print("| format | size | beside | time, to it | seconds | memory, to it | MB |")
    for format_, (name, plain) in PLAIN.items():
        data = written(agenda, format_)
        read_file(data, "event")  # what is loaded once is not measured
        ours, theirs = [], []
        for _ in range(rounds):
            theirs.append(_seconds(plain, data))
            ours.append(_seconds(lambda given: read_file(given, "event"), data))
        mine, other = statistics.median(ours), statistics.median(theirs)
        memory, plain_memory = _peak(lambda given: read_file(given, "event"), data), _peak(plain, data)
        print(
            f"| {format_} | {len(data) / 1_000_000:.1f} MB | {name} | {mine / other:.1f} | {mine:.2f} "
            f"| {memory / plain_memory:.1f} | {memory:.0f} |"
        )


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--sessions", type=int, default=1_100)
    parser.add_argument("--rounds", type=int, default=3)
    given = parser.parse_args()
    bench(given.sessions, given.rounds)
