"""A small bot, run as a process of its own so that it can be killed: it answers each text with the same text.

The text "die" kills it.

Usage: python -m tests.bot.intake_program API_URL DATABASE WORKERS
"""

from __future__ import annotations

import asyncio
import os
import signal
import sys
from datetime import timedelta
from pathlib import Path
from typing import Any

from telegram import Update
from telegram.ext import TypeHandler

from bot.intake.intake import Intake
from bot.intake.polling import Polling
from bot.storage.database import open_database
from tests.bot.bot_api import running_application


async def answer(update: Update, context: Any) -> None:
    """Answer after a moment, as an answer over a real network would."""
    assert update.message is not None
    await asyncio.sleep(0.002)
    if update.message.text == "die":
        os.kill(os.getpid(), signal.SIGKILL)
    await context.bot.send_message(update.message.chat.id, update.message.text or "")


async def run(url: str, path: Path, workers: int) -> None:
    """Poll until SIGTERM."""
    stop = asyncio.Event()
    asyncio.get_running_loop().add_signal_handler(signal.SIGTERM, stop.set)
    async with open_database(path) as database, running_application(url) as application:
        application.add_handler(TypeHandler(Update, answer))
        intake = Intake(application, database, workers=workers, calm=timedelta(seconds=0.5))
        await intake.start()
        polling = asyncio.create_task(Polling(application.bot, intake, allowed_updates=["message"]).run())
        await stop.wait()
        polling.cancel()
        await intake.stop()


if __name__ == "__main__":
    asyncio.run(run(sys.argv[1], Path(sys.argv[2]), int(sys.argv[3])))
