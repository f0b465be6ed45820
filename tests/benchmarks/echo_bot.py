"""Bare bots to measure against: each answers a text with the same text, and a tap with its data.

Usage: python -m tests.benchmarks.echo_bot {stock,transport,intake} API_URL DATABASE

`stock`: python-telegram-bot as it comes. `transport`: the same, its requests on our transport. `intake`: our transport
and our durable intake, nothing else of Ghid.
"""

from __future__ import annotations

import asyncio
import sys
from pathlib import Path
from typing import Any

from telegram import Update
from telegram.ext import Application, CallbackQueryHandler, MessageHandler, filters

from bot.intake.intake import Intake
from bot.intake.polling import Polling
from bot.storage.database import open_database
from bot.transport import AiohttpRequest

TOKEN = "4242424242:BENCH-benchmark-token-benchmark"


async def echo(update: Update, _: Any) -> None:
    """Answer."""
    assert update.effective_message is not None
    await update.effective_message.reply_text(update.effective_message.text or "")


async def tap(update: Update, _: Any) -> None:
    """End the spinner and put the button's data in the message's place."""
    query = update.callback_query
    assert query is not None
    await query.answer()
    await query.edit_message_text(f"you chose {query.data}")


async def main(kind: str, url: str, path: Path) -> None:
    """Poll until killed."""
    builder = Application.builder().token(TOKEN).base_url(f"{url}/bot")
    if kind != "stock":
        builder = builder.request(AiohttpRequest()).get_updates_request(AiohttpRequest())
    if kind == "intake":
        builder = builder.updater(None)
    application = builder.build()
    application.add_handler(MessageHandler(filters.TEXT, echo))
    application.add_handler(CallbackQueryHandler(tap))
    async with application:
        await application.start()
        if kind == "intake":
            async with open_database(path) as database:
                intake = Intake(application, database)
                await intake.start()
                await Polling(application.bot, intake, allowed_updates=["message", "callback_query"]).run()
        assert application.updater is not None
        await application.updater.start_polling(timeout=10)
        await asyncio.Event().wait()


if __name__ == "__main__":
    asyncio.run(main(sys.argv[1], sys.argv[2], Path(sys.argv[3])))
