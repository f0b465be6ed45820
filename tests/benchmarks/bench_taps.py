"""A burst of pressed buttons: how long until each has its screen, Ghid beside a bare aiogram bot, on one instant stub.

Usage: python -m tests.benchmarks.bench_taps [--aiogram PYTHON] [--taps 500] [--rounds 5] [--delay-ms 0]

`--aiogram` is a Python that has aiogram, by default this one. Without aiogram the echo on our intake is all there is to
compare with, and that is said. Every bot ends the spinner and edits the message; Ghid writes its screens into it.
"""

from __future__ import annotations

import argparse
import asyncio
import statistics
import subprocess
import sys
import tempfile
from dataclasses import dataclass
from functools import partial
from pathlib import Path

from bot.clock import system_clock
from bot.messages.buttons import (
    OpenAgenda,
    OpenDay,
    OpenNext,
    OpenNow,
    OpenSession,
    OpenSpeaker,
    OpenSpeakers,
    OpenStart,
    Payload,
)
from bot.services.agenda import AgendaService
from bot.storage.database import open_database
from tests.benchmarks.bench_answers import (
    Program,
    control,
    cpu_seconds,
    cpu_since,
    instant_stub,
    process,
    programs,
    wait,
)

AIOGRAM, ECHO, GHID = "aiogram, bare", "echo, our intake", "Ghid"
CHATS = 500


@dataclass(frozen=True, slots=True)
class Burst:
    """One burst: until the last screen; processor time a tap."""

    seconds: float
    cpu_ms: float


async def presses(database_path: Path) -> list[str]:
    """Return the data of buttons that people press: half of them open a card, which is noted in the database."""
    async with open_database(database_path) as database:
        service = AgendaService(database, system_clock)
        await service.load()
        agenda = service.current.agenda
    session, speaker = agenda.sessions[0], agenda.speakers[0]
    listed: list[Payload] = [
        OpenStart(), OpenSession(session.handle), OpenAgenda(), OpenSpeaker(speaker.handle), OpenNow(),
        OpenSession(agenda.sessions[1].handle), OpenDay(session.starts_at.date()),
        OpenSpeaker(agenda.speakers[1].handle), OpenSpeakers(), OpenNext(),
    ]  # fmt: skip
    return [payload.pack() for payload in listed]


def measure(port: int, program: Program, data: str, asked: argparse.Namespace) -> Burst:
    """Start a bot, let everybody press once so that it knows them, then all at once.

    Raises:
        BotFailedError: it ended, did not finish, or did not end each spinner.
    """
    delay = asked.delay_ms / 1000
    with process(program.arguments, core=0, environment=program.environment, python=program.python) as bot:
        wait(port, bot, lambda stats: stats["waiting_polls"] > 0)
        for amount in (min(CHATS, asked.taps), asked.taps):
            before = cpu_seconds(bot.pid)
            control(port, f"release?updates={amount}&chats={CHATS}&delay={delay}&taps={data}")
            # A spinner may end after its screen is there, and is part of the work.
            wait(port, bot, partial(_is_done, taps=amount))
            stats = wait(port, bot, lambda stats: stats["waiting_polls"] > 0)
        used = cpu_since(bot.pid, before)
    control(port, "release?updates=0&chats=1&delay=0")  # the killed bot's open poll is forgotten
    return Burst(stats["seconds"], used / asked.taps * 1000)


def _is_done(stats: dict[str, float], *, taps: int) -> bool:
    return stats["open"] == 0 and stats["acknowledged"] >= taps


def has_aiogram(python: str) -> bool:
    """Whether this Python can import it."""
    return subprocess.run([python, "-c", "import aiogram"], capture_output=True, check=False).returncode == 0


def show(results: dict[str, list[Burst]], base: str) -> None:
    """Print medians; a ratio is the median of the ratios of each round."""
    print(f"{'':20} {'burst ms':>9} {'ratio':>6} {'CPU ms/tap':>11} {'ratio':>6}   to {base}")
    for name, bursts in results.items():
        pairs = list(zip(bursts, results[base], strict=True))
        seconds, cpu = (statistics.median(getattr(one, field) for one in bursts) for field in ("seconds", "cpu_ms"))
        longer = statistics.median(one.seconds / other.seconds for one, other in pairs)
        dearer = statistics.median(one.cpu_ms / other.cpu_ms for one, other in pairs)
        print(f"{name:20} {seconds * 1000:9.0f} {longer:6.2f} {cpu:11.2f} {dearer:6.2f}")


def main() -> None:
    """Measure all in turn, as often as asked."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--aiogram", default=sys.executable, help="a Python that has aiogram")
    parser.add_argument("--taps", type=int, default=500)
    parser.add_argument("--rounds", type=int, default=5)
    parser.add_argument("--delay-ms", type=float, default=0, help="the stub holds each answer back this long")
    parser.add_argument("--without-ghid", action="store_true", help="the bare bots alone")
    asked = parser.parse_args()
    with (
        tempfile.TemporaryDirectory() as name,
        instant_stub() as port,
    ):
        folder = Path(name)
        bots = {each: program for each, program in programs(folder, port).items() if each in (ECHO, GHID)}
        if asked.without_ghid:
            del bots[GHID]
        if has_aiogram(asked.aiogram):
            script = str(Path(__file__).with_name("aiogram_bot.py"))
            bots[AIOGRAM] = Program([script, f"http://127.0.0.1:{port}"], {}, python=asked.aiogram)
        else:
            print(f"aiogram is left out: {asked.aiogram} does not have it (pip install aiogram, --aiogram PYTHON)")
        data = ",".join(asyncio.run(presses(folder / "ghid.db")))
        results: dict[str, list[Burst]] = {name: [] for name in bots}
        for _ in range(asked.rounds):
            for each, program in bots.items():
                results[each].append(measure(port, program, data, asked))
    print(f"a burst of {asked.taps} taps of {CHATS} chats, {asked.delay_ms:g} ms away, median of {asked.rounds}\n")
    show(results, AIOGRAM if AIOGRAM in results else ECHO)


if __name__ == "__main__":
    main()
