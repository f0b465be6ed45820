"""The outbox's rate at no limit, beside bare sendMessage calls, and how true it keeps to a rate.

Usage: python -m tests.benchmarks.bench_delivery [--rows 1000] [--rounds 3] [--delay-ms 0 50] [--rate 20] [--seconds 10]

Over the instant stub, in a process of its own. Absolute figures are this machine's; what counts is the ratio to the
bare calls of the same transport, as many at a time, measured in turn in the same run.
"""

from __future__ import annotations

import argparse
import asyncio
import statistics
import tempfile
import time
from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from datetime import timedelta
from itertools import pairwise
from pathlib import Path

from telegram import Bot

from bot.clock import system_clock
from bot.messages.outgoing import OutgoingMessage
from bot.models import Attendee, NoticeKind, OutboxItem, Outcome, Priority
from bot.sender import TelegramSender
from bot.services.attendees import AttendeeService
from bot.services.delivery import DeliveryService
from bot.services.renderings import Rendered
from bot.storage.attendees import save_attendee
from bot.storage.database import Database, open_database
from bot.storage.outbox import add_row
from bot.transport import AiohttpRequest
from tests.benchmarks.bench_answers import control, instant_stub
from tests.benchmarks.echo_bot import TOKEN

WORKERS = 8
NO_LIMIT = 1e6
MESSAGE = OutgoingMessage("<b>Innovation panel</b> starts in 10 minutes, in the Great Hall")


class Letters:
    """Writes the same text for everybody."""

    async def render(self, item: OutboxItem, attendee: Attendee) -> Rendered:
        """Return it."""
        return Rendered(MESSAGE)


@dataclass(slots=True)
class TimedSender:
    """The real sender, with the moment of each handing over."""

    sender: TelegramSender
    moments: list[float] = field(default_factory=list)

    async def send(self, chat_id: int, message: OutgoingMessage) -> Outcome:
        """Note the moment and send."""
        self.moments.append(time.perf_counter())
        return await self.sender.send(chat_id, message)


@dataclass(frozen=True, slots=True)
class Figures:
    """One round."""

    per_second: float
    cpu_ms: float


@asynccontextmanager
async def measured(rows: int, into: list[Figures]) -> AsyncIterator[None]:
    """Time what happens to so many rows inside."""
    begun, cpu = time.perf_counter(), time.process_time()
    yield
    seconds, used = time.perf_counter() - begun, time.process_time() - cpu
    into.append(Figures(rows / seconds, used / rows * 1000))


async def bare_calls(sender: TimedSender, rows: int) -> None:
    """Send as many messages, as many at a time, with no outbox."""
    chats = iter(range(1, rows + 1))

    async def work() -> None:
        for chat_id in chats:
            await sender.send(chat_id, MESSAGE)

    await asyncio.gather(*(work() for _ in range(WORKERS)))


async def fill(database: Database, rows: int, *, held: int = 0) -> None:
    """Put in one row a person, due now; ``held`` more are due tomorrow."""
    now = system_clock()
    async with database.transaction() as connection:
        for chat_id in range(1, rows + held + 1):
            await save_attendee(connection, Attendee(chat_id, first_seen_on=now.date(), last_seen_on=now.date()))
            await add_row(
                connection,
                key=f"reminder:{chat_id}",
                chat_id=chat_id,
                kind=NoticeKind.REMINDER,
                priority=Priority.REMINDER,
                payload={"session": "abcd1234", "starts_at": now.isoformat()},
                not_before=now if chat_id <= rows else now + timedelta(days=1),
                expires_at=now + timedelta(days=2),
                created_at=now,
            )


@asynccontextmanager
async def delivery(sender: TimedSender, rows: int, rate: float, *, held: int = 0) -> AsyncIterator[DeliveryService]:
    """Open a database with so many due rows and a service over it."""
    with tempfile.TemporaryDirectory() as folder:
        async with open_database(Path(folder) / "ghid.db") as database:
            await fill(database, rows, held=held)
            attendees = AttendeeService(database, system_clock, ("en",), lambda: "en")
            renderers = dict.fromkeys(NoticeKind, Letters())
            yield DeliveryService(database, system_clock, sender, attendees, renderers, rate=rate, workers=WORKERS)


async def compare(sender: TimedSender, rows: int, rounds: int) -> None:
    """Print bare calls and the outbox in turn."""
    bare: list[Figures] = []
    ours: list[Figures] = []
    burdened: list[Figures] = []
    for _ in range(rounds):
        async with measured(rows, bare):
            await bare_calls(sender, rows)
        for held, into in ((0, ours), (5 * rows, burdened)):
            async with delivery(sender, rows, NO_LIMIT, held=held) as service, measured(rows, into):
                sent = await service.deliver_due()
            assert sent == rows
    print(f"{'':32} {'messages/s':>10} {'ratio':>6} {'CPU ms each':>12} {'ratio':>6}")
    rounds_by_name = {"bare calls": bare, "outbox": ours, "outbox, 5 times as many to come": burdened}
    for name, figures in rounds_by_name.items():
        per_second = statistics.median(one.per_second for one in figures)
        cpu = statistics.median(one.cpu_ms for one in figures)
        faster = statistics.median(one.per_second / base.per_second for one, base in zip(figures, bare, strict=True))
        dearer = statistics.median(one.cpu_ms / base.cpu_ms for one, base in zip(figures, bare, strict=True))
        print(f"{name:32} {per_second:10.0f} {faster:6.2f} {cpu:12.2f} {dearer:6.2f}")


async def keep_to(sender: TimedSender, rate: float, seconds: float) -> None:
    """Print how true a rate is kept."""
    rows = int(rate * seconds)
    sender.moments.clear()
    async with delivery(sender, rows, rate) as service:
        await service.deliver_due()
    moments = sender.moments
    achieved = (len(moments) - 1) / (moments[-1] - moments[0])
    gaps = [later - earlier for earlier, later in pairwise(moments)]
    print(
        f"asked {rate:g}/s over {seconds:g} s: {achieved:.2f}/s ({achieved / rate:.3f} of it), "
        f"most in any second {most_within(moments, 1.0)}, longest gap {max(gaps) * 1000:.0f} ms"
    )


def most_within(moments: Sequence[float], seconds: float) -> int:
    """Return the most moments in any span of so many seconds."""
    return max(sum(first <= moment < first + seconds for moment in moments) for first in moments)


async def run(asked: argparse.Namespace, port: int) -> None:
    """Measure all."""
    url = f"http://127.0.0.1:{port}/bot"
    async with Bot(TOKEN, base_url=url, request=AiohttpRequest(), get_updates_request=AiohttpRequest()) as bot:
        sender = TimedSender(TelegramSender(bot))
        await bare_calls(sender, 200)  # warm
        for delay in asked.delay_ms:
            control(port, f"release?updates=0&chats=1&delay={delay / 1000}")
            print(f"\n{asked.rows} messages, {WORKERS} at a time, {delay:g} ms away, median of {asked.rounds}")
            await compare(sender, asked.rows, asked.rounds)
            await keep_to(sender, asked.rate, asked.seconds)


def main() -> None:
    """Start the stub and measure."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--rows", type=int, default=1000)
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--delay-ms", type=float, nargs="*", default=[0, 50], help="how far away Telegram seems")
    parser.add_argument("--rate", type=float, default=20)
    parser.add_argument("--seconds", type=float, default=10)
    asked = parser.parse_args()
    with instant_stub() as port:
        asyncio.run(run(asked, port))


if __name__ == "__main__":
    main()
