"""`ghid demo`: everything on this machine, no token, no account: a local Telegram with a phone page, and the bot."""

from __future__ import annotations

import argparse
import asyncio
import sys
import tempfile
import threading
import webbrowser
from datetime import datetime
from pathlib import Path
from zoneinfo import ZoneInfo

from pydantic import SecretStr

from bot.application import RunningBot, running_bot, until_stopped
from bot.clock import clock_starting_at
from bot.local_telegram import LocalTelegram, running_local_telegram
from bot.logs import configure_logging
from bot.services.speaker_codes import CLAIM_PREFIX
from bot.settings import GivenSettings
from content.formats.file_times import FIRST_YEAR, LAST_YEAR

DEMO_ZONE = ZoneInfo("Europe/Bucharest")  # the phones of the demo stand in Iași and show its time
DEMO_MOMENT = datetime(2023, 11, 22, 10, 5, tzinfo=DEMO_ZONE)  # the opening is on, the keynotes come next
ORGANISER_ID = 1005  # Ioana: the local Telegram numbers people from 1001
PERSONAS = (
    ("Emma", "en", "attendee", "Attendee, reads English"),
    ("Andrei", "ro", "attendee", "Attendee, reads Romanian"),
    ("Olena", "uk", "attendee", "Attendee, reads Ukrainian"),
    ("Klaus", "de", "attendee", "Attendee whose phone speaks German: Ghid asks for a language first"),
    ("Ioana", "en", "organiser", "Organiser: write /organiser"),
    ("Daniel", "en", "speaker", "Speaker, just opened the organisers’ link: answer it, then write /speaker"),
)


SPEAKER, SPEAKER_ID = 5, "daniel-cosnita"  # the persona's place, and whom the link is for: on at 10:40


def register(parser: argparse.ArgumentParser) -> None:
    """Describe the command and its arguments."""
    parser.description = (
        "Everything on this machine: a local Telegram with a phone page, its clock set back to the event."
    )
    parser.add_argument("--port", type=int, default=8790, help="the page's port on 127.0.0.1 (default: 8790)")
    parser.add_argument(
        "--at",
        type=_moment,
        default=DEMO_MOMENT,
        metavar="MOMENT",
        help="where its clock starts, in Iași: 2023-11-30T09:00 is the week after (default: 2023-11-22T10:05)",
    )
    parser.add_argument("--no-browser", action="store_true", help="do not open the page in a browser")


def run(arguments: argparse.Namespace) -> int:
    """Serve the page until SIGINT or SIGTERM. Returns 1 if the port is taken."""
    configure_logging("WARNING", "text")
    try:
        asyncio.run(until_stopped(_serve(arguments.port, arguments.at, browser=not arguments.no_browser)))
    except (OSError, OverflowError) as error:  # OverflowError: no port has such a number
        reason = getattr(error, "strerror", None) or error
        print(f"ghid: the demo cannot listen on port {arguments.port}: {reason}", file=sys.stderr)
        print("ghid: choose another one with --port.", file=sys.stderr)
        return 1
    return 0


async def invite_speaker(telegram: LocalTelegram, bot: RunningBot) -> None:
    """Let the speaker open a one-time link, as if an organiser had passed it on: the bot asks "are you …?"."""
    speaker = bot.services.agenda.current.agenda.speaker_by_id[SPEAKER_ID]
    code = await bot.services.speakers.codes.make(speaker.handle)
    await telegram.people[SPEAKER].opens(f"{CLAIM_PREFIX}{code}")


def _moment(text: str) -> datetime:
    try:
        moment = datetime.fromisoformat(text)
    except ValueError:
        raise argparse.ArgumentTypeError(f"{text!r} is no moment such as 2023-11-30T09:00") from None
    if not FIRST_YEAR <= moment.year <= LAST_YEAR:
        raise argparse.ArgumentTypeError(f"years from {FIRST_YEAR} to {LAST_YEAR} are possible")
    return moment if moment.tzinfo else moment.replace(tzinfo=DEMO_ZONE)


async def _serve(port: int, at: datetime, *, browser: bool) -> None:
    clock = clock_starting_at(at)
    with tempfile.TemporaryDirectory(prefix="ghid-demo-") as folder:
        async with running_local_telegram(
            port=port, people=PERSONAS, now=lambda: clock().astimezone(DEMO_ZONE), event_clock=True
        ) as telegram:
            settings = GivenSettings(
                telegram_bot_token=SecretStr(telegram.token),
                telegram_api_url=telegram.api_url,
                database_path=Path(folder) / "ghid.db",
                organiser_ids=(ORGANISER_ID,),
            )
            async with running_bot(settings, clock=clock) as bot:
                print(f"Ghid's demo: {telegram.page_url}")
                print("A local demo, not Telegram: nothing leaves this machine. Ctrl+C ends it.")
                way = "back" if at < datetime.now(DEMO_ZONE) else "ahead"
                print(f"Its clock is set {way} to {at.astimezone(DEMO_ZONE):%-d %B %Y, %H:%M}, and goes on from there.")
                print("To see a change told: be Ioana, write /organiser and change what somebody follows;")
                print(f"or import a file: ghid import FILE --database {settings.database_path}", flush=True)
                await invite_speaker(telegram, bot)
                if browser:
                    # On the side, and nothing waits for it: some browsers return when they are closed.
                    threading.Thread(target=webbrowser.open, args=(telegram.page_url,), daemon=True).start()
                await bot.failure
