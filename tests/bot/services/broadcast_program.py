"""The delivery of broadcasts as a process of its own, so that it can be killed. It ends when no row waits any more.

Usage: python -m tests.bot.services.broadcast_program API_URL DATABASE WORKERS [RATE]
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
from bot.services.agenda import AgendaService
from bot.services.attendees import AttendeeService
from bot.services.broadcast_rendering import BroadcastRenderer
from bot.services.broadcasts import BroadcastService
from bot.services.delivery import DeliveryService
from bot.services.follows import FollowService
from bot.storage.database import Database, open_database
from bot.transport import AiohttpRequest
from tests.bot.bot_api import TOKEN


async def run(url: str, path: Path, workers: int, rate: float = 500) -> None:
    """Start what is due, and deliver it."""
    async with (
        open_database(path) as database,
        Bot(TOKEN, base_url=f"{url}/bot", request=AiohttpRequest(), get_updates_request=AiohttpRequest()) as bot,
    ):
        agenda = AgendaService(database, system_clock)
        await agenda.load()
        attendees = AttendeeService(database, system_clock, ("en",), lambda: "en")
        broadcasts = BroadcastService(database, system_clock, agenda, ("en",))
        follows = FollowService(database, system_clock, agenda)
        renderer = BroadcastRenderer(broadcasts, follows, agenda, system_clock)
        renderers = {NoticeKind.BROADCAST: renderer}
        delivery = DeliveryService(
            database, system_clock, TelegramSender(bot), attendees, renderers, rate=rate, workers=workers
        )
        await delivery.start()
        await broadcasts.start_due()
        await delivery.deliver_due()
        while await _some_wait(database):  # for their next attempt
            await asyncio.sleep(0.2)
            await delivery.deliver_due()
        await broadcasts.finished()
        await delivery.stop(timedelta(seconds=5))


async def _some_wait(database: Database) -> bool:
    found = await database.reader.execute_fetchall("SELECT 1 FROM outbox WHERE state IN ('queued', 'sending') LIMIT 1")
    return bool(list(found))


if __name__ == "__main__":
    asyncio.run(run(sys.argv[1], Path(sys.argv[2]), int(sys.argv[3]), *map(float, sys.argv[4:])))
