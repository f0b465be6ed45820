"""A bare aiogram bot to measure against: it ends a tap's spinner and puts the button's data in the message's place.

Usage: PYTHON aiogram_bot.py API_URL

PYTHON is one that has aiogram: that wants an older pydantic than Ghid, hence an environment of its own.
"""

import asyncio
import sys
from typing import Any

from aiogram import Bot, Dispatcher, F  # type: ignore[import-not-found]
from aiogram.client.session.aiohttp import AiohttpSession  # type: ignore[import-not-found]
from aiogram.client.telegram import TelegramAPIServer  # type: ignore[import-not-found]

TOKEN = "4242424242:BENCH-benchmark-token-benchmark"


async def echo(message: Any) -> None:
    """Answer."""
    await message.answer(message.text)


async def tap(query: Any) -> None:
    """End the spinner, edit the message."""
    await query.answer()
    await query.message.edit_text(f"you chose {query.data}")


async def main(url: str) -> None:
    """Poll until killed, each update a task, as aiogram does by itself."""
    bot = Bot(TOKEN, session=AiohttpSession(api=TelegramAPIServer.from_base(url), limit=256))
    dispatcher = Dispatcher()
    dispatcher.message(F.text)(echo)
    dispatcher.callback_query()(tap)
    await dispatcher.start_polling(bot, polling_timeout=10)


if __name__ == "__main__":
    asyncio.run(main(sys.argv[1]))
