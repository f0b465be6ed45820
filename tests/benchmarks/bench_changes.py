"""Publishing a change to a large agenda with many followers: planning and writing the notices, and the loop meanwhile.

Usage: python -m tests.benchmarks.bench_changes [--sessions 1100] [--followers 10000] [--cancelled 0.1]

Each person follows two sessions and a speaker; the new version moves a third of the sessions and cancels some. Nothing
is sent: sending has its own rate. The waits are the longest that an answer, and an answer that writes, would have had.
"""

from __future__ import annotations

import argparse
import asyncio
import gc
import random
import tempfile
import time
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

from bot.i18n import localizer
from bot.messages.changes import change_notice
from bot.messages.view import View
from bot.models import Attendee
from bot.services.agenda import AgendaService
from bot.services.agenda_imports import PreparedImport, prepare_import, read_stored_agenda, store_import
from bot.services.changes import SETTLE, ChangeRenderer, ChangeService
from bot.services.follows import FollowService
from bot.services.renderings import Rendered
from bot.services.versions import VersionService
from bot.storage.database import Database, open_database
from bot.storage.outbox import Done, claim, record_done
from content.agenda import Agenda, Session
from tests.builders import a_moment, a_session, an_agenda

ROOMS, DAYS, SPEAKERS = 35, 2, 1_200
CLAIMED_AT_ONCE = 200
SAMPLE = 2_000
SEEN = date(2023, 11, 1)
START = a_moment("2023-11-22 09:00")


@dataclass(slots=True)
class Clock:
    """Shows what is set."""

    now: datetime = datetime(2023, 11, 21, 8, tzinfo=UTC)

    def __call__(self) -> datetime:
        return self.now


def large_agenda(sessions: int, start: datetime = START) -> Agenda:
    """Return an agenda like a FOSDEM's, its first day beginning at this moment."""
    return an_agenda(
        *(
            a_session(
                f"session-{number}",
                f"Session {number} of a large event",
                start + timedelta(days=number % DAYS, minutes=30 * (number // ROOMS % 18)),
                minutes=25,
                room_id=f"room-{number % ROOMS}",
                speakers=[f"speaker-{number % SPEAKERS}", f"speaker-{number * 7 % SPEAKERS}"][: 1 + number % 2],
            )
            for number in range(sessions)
        )
    )


def changed(agenda: Agenda, cancelled: float) -> Agenda:
    """Move a third of the sessions by a quarter of an hour and cancel some."""

    def of(number: int, session: Session) -> Session:
        if number % 100 < cancelled * 100:
            return replace(session, cancelled=True)
        quarter = timedelta(minutes=15 if number % 3 == 0 else 0)
        return replace(session, starts_at=session.starts_at + quarter, ends_at=session.ends_at + quarter)

    return replace(agenda, sessions=tuple(of(number, session) for number, session in enumerate(agenda.sessions)))


@dataclass(slots=True)
class Waits:
    """The longest waits so far, in seconds: for the loop, and for a transaction of one's own."""

    loop: float = 0.0
    writer: float = 0.0


@asynccontextmanager
async def longest_waits(database: Database) -> AsyncIterator[Waits]:
    """Measure in the background how long whoever answers people would have to wait."""
    waits = Waits()

    async def watch_loop() -> None:
        while True:
            before = time.perf_counter()
            await asyncio.sleep(0.001)
            waits.loop = max(waits.loop, time.perf_counter() - before - 0.001)

    async def watch_writer() -> None:
        while True:
            before = time.perf_counter()
            async with database.transaction() as connection:
                await connection.execute("SELECT 1")
            waits.writer = max(waits.writer, time.perf_counter() - before)
            await asyncio.sleep(0.002)

    tasks = [asyncio.create_task(watch_loop()), asyncio.create_task(watch_writer())]
    try:
        yield waits
    finally:
        for task in tasks:
            task.cancel()
        await asyncio.wait(tasks)


async def fill(database: Database, current: Agenda, followers: int, first_chat: int = 1) -> None:
    """Let people follow two sessions and one speaker each."""
    chance = random.Random(1)
    day = SEEN.isoformat()
    moment = datetime(2023, 11, 1, tzinfo=UTC).isoformat()
    follows = [
        (chat_id, item.handle, kind)
        for chat_id in range(first_chat, first_chat + followers)
        for kind, items in (
            ("session", chance.sample(current.sessions, 2)),
            ("speaker", chance.sample(current.speakers, 1)),
        )
        for item in items
    ]
    async with database.transaction() as connection:
        await connection.executemany(
            "INSERT INTO attendees VALUES (?, ?, 1, ?, ?, NULL)",
            [
                (chat_id, ("en", "ro", "uk")[chat_id % 3], day, day)
                for chat_id in range(first_chat, first_chat + followers)
            ],
        )
        await connection.executemany(
            "INSERT INTO follows (chat_id, handle, kind, told_version, followed_at) VALUES (?, ?, ?, 1, ?)",
            [(chat_id, handle, kind, moment) for chat_id, handle, kind in follows],
        )


async def imported(database: Database, agenda: AgendaService, clock: Clock, new: Agenda) -> None:
    """Store the first version and load it."""
    prepared = prepare_import(await read_stored_agenda(database), new, clock, author="bench", note="")
    assert isinstance(prepared, PreparedImport)
    await store_import(database, prepared)
    await agenda.load()


async def measure(database: Database, sessions: int, followers: int, cancelled: float) -> None:
    """Publish, plan, write; print."""
    clock = Clock()
    agenda = AgendaService(database, clock)
    first = large_agenda(sessions)
    await imported(database, agenda, clock, first)
    await fill(database, agenda.current.agenda, followers)
    gc.freeze()  # as `ghid run` does once it runs
    changes = ChangeService(database, clock, agenda, VersionService(database, agenda))

    def view_of(attendee: Attendee) -> View:
        return View(localizer(attendee.language), agenda.current.agenda, clock.now)

    renderer = ChangeRenderer(
        database, agenda, changes, FollowService(database, clock, agenda), view_of=view_of, write=change_notice
    )
    for language in ("en", "ro", "uk"):
        localizer(language)
    async with longest_waits(database) as waits:
        began = time.perf_counter()
        await agenda.import_agenda(changed(first, cancelled), author="bench", note="")
        show("publish", time.perf_counter() - began, waits)
    async with longest_waits(database) as waits:
        began = time.perf_counter()
        rows = await changes.plan()
        show(f"plan {rows:,} notices", time.perf_counter() - began, waits)
    async with longest_waits(database) as waits:
        clock.now += timedelta(minutes=1)
        began = time.perf_counter()
        again = await changes.plan()
        show(f"plan again ({again} more)", time.perf_counter() - began, waits)
    clock.now += SETTLE
    await write(database, renderer, clock)


async def write(database: Database, renderer: ChangeRenderer, clock: Clock) -> None:
    """Write a sample of the notices one after another, and record each."""
    written, characters, took = 0, 0, 0.0
    while written < SAMPLE:
        async with database.transaction() as connection:
            items = await claim(connection, clock.now, CLAIMED_AT_ONCE, ())
        if not items:
            break
        began = time.perf_counter()
        renderings = [
            await renderer.render(item, Attendee(item.chat_id, ("en", "ro", "uk")[item.chat_id % 3])) for item in items
        ]
        took += time.perf_counter() - began
        async with database.transaction() as connection:
            for item, rendering in zip(items, renderings, strict=True):
                assert isinstance(rendering, Rendered)
                assert rendering.on_recorded is not None
                await record_done(connection, [Done(item, "sent", clock.now)])
                await rendering.on_recorded(connection)
                characters += len(rendering.message.text)
                written += 1
    print(
        f"{'write':26} {took * 1000 / written:8.2f} ms a notice, {written / took:,.0f} a second, "
        f"{characters // written} characters of markup"
    )


def show(what: str, seconds: float, waits: Waits) -> None:
    """Print one line."""
    loop, writer = waits.loop * 1000, waits.writer * 1000
    print(f"{what:26} {seconds * 1000:8.0f} ms; at most the loop waits {loop:.0f} ms, a write {writer:.0f} ms")


async def run(arguments: argparse.Namespace) -> None:
    """Measure in a database of its own."""
    with tempfile.TemporaryDirectory() as folder:
        async with open_database(Path(folder) / "ghid.db") as database:
            await measure(database, arguments.sessions, arguments.followers, arguments.cancelled)


def main() -> None:
    """Read what is asked."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--sessions", type=int, default=1_100)
    parser.add_argument("--followers", type=int, default=10_000)
    parser.add_argument("--cancelled", type=float, default=0.1, help="the share of the sessions that are cancelled")
    asyncio.run(run(parser.parse_args()))


if __name__ == "__main__":
    main()
