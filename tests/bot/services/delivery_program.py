"""Delivery as a process of its own, so that it can be killed. It ends by itself when nothing is due any more.

Usage: python -m tests.bot.services.delivery_program API_URL DATABASE WORKERS
"""

from __future__ import annotations

import asyncio
import sys
from datetime import timedelta
from pathlib import Path

from telegram import Bot

from bot.clock import system_clock
from bot.models import NoticeKind
from bot.sender import TelegramSender
from bot.services.attendees import AttendeeService
from bot.services.delivery import DeliveryService
from bot.storage.database import open_database
from bot.transport import AiohttpRequest
from tests.bot.bot_api import TOKEN
from tests.bot.services.letters import Letters


async def run(url: str, path: Path, workers: int) -> None:
    """Deliver what is due."""
    async with (
        open_database(path) as database,
        Bot(TOKEN, base_url=f"{url}/bot", request=AiohttpRequest(), get_updates_request=AiohttpRequest()) as bot,
    ):
        attendees = AttendeeService(database, system_clock, ("en",), lambda: "en")
        delivery = DeliveryService(
            database,
            system_clock,
            TelegramSender(bot),
            attendees,
            dict.fromkeys(NoticeKind, Letters()),
            rate=500,
            workers=workers,
        )
        await delivery.start()
        await delivery.deliver_due()
        await delivery.stop(timedelta(seconds=5))


if __name__ == "__main__":
    asyncio.run(run(sys.argv[1], Path(sys.argv[2]), int(sys.argv[3])))
