"""A hundred thousand attendees: how long everything takes that goes over all of them, and who waits meanwhile.

Usage: python -m tests.benchmarks.bench_capacity [--people 100000] [--follows 8] [--sessions 1100] [--sent 5000]

Everything runs in one process on the services of `ghid run`, messages go to the instant stub at no limit. The waits are
the longest that an answer, and an answer that writes, would have had. docs/capacity.md says what follows from it.
"""

from __future__ import annotations

import argparse
import asyncio
import gc
import os
import tempfile
import time
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

from pydantic import SecretStr

from bot.application import build_application
from bot.assembly import assemble_services
from bot.broadcasts import BroadcastDraft
from bot.context import Services
from bot.services.backups import look_through
from bot.services.delivery_pace import Pace
from bot.settings import GivenSettings
from bot.storage.backups import copy_database
from bot.storage.database import Database, open_database
from bot.storage.outbox import requeue_sending
from tests.benchmarks import crowd
from tests.benchmarks.bench_answers import instant_stub
from tests.benchmarks.bench_changes import longest_waits
from tests.benchmarks.bench_delivery import NO_LIMIT, WORKERS
from tests.benchmarks.bench_footprint import resident_mb
from tests.benchmarks.echo_bot import TOKEN

START = datetime(2026, 11, 14, 9, tzinfo=UTC)
THE_DAY_BEFORE = START - timedelta(days=1)
TEXT = "<b>Lunch</b> is served in the foyer."


@dataclass(slots=True)
class Clock:
    """Shows what is set."""

    now: datetime = THE_DAY_BEFORE

    def __call__(self) -> datetime:
        return self.now


@dataclass(slots=True)
class Table:
    """Prints a line a step, and keeps the longest waits."""

    database: Database
    longest: dict[str, float] = field(default_factory=dict)

    async def step(self, what: str, action: Callable[[], Awaitable[Any]]) -> Any:
        """Do it, and print how long it took and who waited."""
        async with longest_waits(self.database) as waits:
            began = time.perf_counter()
            result = await action()
            seconds = time.perf_counter() - began
        self.longest[what] = max(waits.loop, waits.writer)
        shown = f" ({result:,})" if isinstance(result, int) and not isinstance(result, bool) else ""
        print(
            f"{what + shown:52} {seconds:9.3f} s {waits.loop * 1000:9.0f} ms {waits.writer * 1000:9.0f} ms", flush=True
        )
        return result


@asynccontextmanager
async def services_on(path: Path, port: int, clock: Clock) -> AsyncIterator[tuple[Services, Database]]:
    """Make everything that `ghid run` has, without taking updates."""
    settings = GivenSettings(
        telegram_bot_token=SecretStr(TOKEN),
        telegram_api_url=f"http://127.0.0.1:{port}",
        database_path=path,
        organiser_ids=(crowd.FIRST_CHAT,),
    )
    async with open_database(path) as database:
        application = build_application(settings)
        async with application.bot:
            application.services = await assemble_services(application, database, clock, settings)
            delivery = application.services.delivery
            delivery._pace = delivery._row._pace = Pace(NO_LIMIT, WORKERS)
            yield application.services, database


async def change_keynote(services: Services) -> None:
    """Publish a version in which the first session, the one that many follow, is a quarter of an hour later."""
    agenda = services.agenda.current.agenda
    later = timedelta(minutes=15)
    first = agenda.sessions[0]
    moved = replace(first, starts_at=first.starts_at + later, ends_at=first.ends_at + later)
    await services.agenda.import_agenda(
        replace(agenda, sessions=(moved, *agenda.sessions[1:])), author="bench", note=""
    )


async def delivered(services: Services, most: int) -> int:
    """Send until so many are sent, or nothing is left; what is in hand then goes back."""
    before = services.delivery.figures.sent
    sending = asyncio.create_task(services.delivery.deliver_due())
    while services.delivery.figures.sent - before < most and not sending.done():  # noqa: ASYNC110 - no event tells
        await asyncio.sleep(0.02)
    services.delivery._stopping = True
    await sending
    services.delivery._stopping = False
    async with services.delivery._database.transaction() as connection:
        await requeue_sending(connection)
    services.delivery._claimed.clear()
    services.delivery._busy.clear()
    return services.delivery.figures.sent - before


async def the_day(services: Services, table: Table, path: Path, clock: Clock, sent: int) -> None:
    """Go through a conference's day."""
    reminders, broadcasts = services.notices._reminders, services.broadcasts
    organiser, somebody = crowd.FIRST_CHAT, crowd.FIRST_CHAT + 1
    await table.step("count who wants which reminder, once a version", reminders.next_due)
    clock.now = START - timedelta(minutes=9)
    await table.step("plan the reminders that are due", reminders.plan_due)
    await table.step("send some of them", lambda: delivered(services, sent))
    await table.step("publish: the first session is later", lambda: change_keynote(services))
    await table.step("plan the notices of that", services.changes.plan)
    clock.now += timedelta(minutes=2)
    draft = BroadcastDraft({"en": TEXT}, urgent=True)
    made = await table.step("broadcast to everybody: write the rows", lambda: send_to_all(services, draft))
    broadcast = (await broadcasts.latest(1))[0].id
    await table.step("send some of it", lambda: delivered(services, sent))
    await table.step("its progress, every five seconds", lambda: broadcasts.progress(broadcast))
    await table.step("pause it", lambda: broadcasts.pause(broadcast, organiser))
    await table.step("resume it", lambda: broadcasts.resume(broadcast, organiser))
    await table.step("cancel it", lambda: broadcasts.cancel(broadcast, organiser))
    assert made
    keynote = services.agenda.current.agenda.sessions[0]
    await table.step("somebody follows a session", lambda: services.follows.follow(somebody, keynote))
    await table.step("the tick after that, and every minute", services.notices.tick)
    await table.step("look after itself, every minute", lambda: watch(services))
    await table.step("the page of numbers", lambda: nothing(services.numbers.read()))
    await table.step("a backup, looked through", lambda: asyncio.to_thread(copy_database, path, path.with_suffix(".b")))
    await table.step("/mydata of one", lambda: nothing(services.privacy.about(somebody)))
    await table.step("/forget of one", lambda: services.privacy.forget(somebody))
    clock.now = START + timedelta(days=120)
    await table.step("purge, 90 days after the event", services.privacy.purge_if_due)


async def send_to_all(services: Services, draft: BroadcastDraft) -> int:
    """Confirm a broadcast, and return how many people it is for."""
    made = await services.broadcasts.confirm(draft, crowd.FIRST_CHAT, draft_key="bench")
    return (await services.broadcasts.progress(made.id)).total


async def watch(services: Services) -> None:
    """Do what a job does every minute."""
    await services.self_watch.tick()
    await services.stall_watch.tick()


async def nothing(action: Awaitable[object]) -> None:
    """Await it, and leave its result out of the table."""
    await action


async def run(asked: argparse.Namespace, port: int) -> None:
    """Fill a database and go through the day."""
    clock = Clock()
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "ghid.db"
        await crowd.fill(
            path,
            clock,
            people=asked.people,
            follows=asked.follows,
            keynote=0.2,
            sessions=asked.sessions,
            start=START,
        )
        print(f"{asked.people:,} people: {path.stat().st_size / 2**20:.0f} MiB of database")
        began = time.perf_counter()
        await asyncio.to_thread(look_through, path, None)
        looked = time.perf_counter()
        async with services_on(path, port, clock) as (services, database):
            print(f"at the start: look through the file {looked - began:.2f} s, ", end="")
            print(f"read agenda and state {time.perf_counter() - looked:.2f} s\n")
            print(f"{'':52} {'takes':>11} {'loop waits':>12} {'a write waits':>12}")
            gc.freeze()  # as `ghid run` does once it runs
            await the_day(services, Table(database), path, clock, asked.sent)
        size, memory = path.stat().st_size / 2**20, resident_mb(os.getpid())
        print(f"\nafterwards {size:.0f} MiB of database, {memory:.0f} MiB in memory")


def main() -> None:
    """Start the stub and measure."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--people", type=int, default=100_000)
    parser.add_argument("--follows", type=int, default=8)
    parser.add_argument("--sessions", type=int, default=1_100)
    parser.add_argument("--sent", type=int, default=5_000, help="messages sent of each kind")
    asked = parser.parse_args()
    with instant_stub() as port:
        asyncio.run(run(asked, port))


if __name__ == "__main__":
    main()
