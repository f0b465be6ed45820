"""How it goes, in numbers: a message on the desk, and a spreadsheet."""

from __future__ import annotations

import asyncio

from telegram import Update

from bot.context import BotContext
from bot.messages import numbers_buttons as buttons
from bot.messages.numbers import numbers_message, numbers_tool
from bot.messages.numbers_sheet import numbers_sheet
from handlers.desk import action
from handlers.desk_tools import Tool, offer
from handlers.replies import attach, show

offer(Tool.NUMBERS, numbers_tool)


@action(buttons.OpenNumbers)
async def _show(_: buttons.OpenNumbers, update: Update, context: BotContext) -> None:
    await show(update, context, numbers_message(await context.services.numbers.read(), context.view))


@action(buttons.SendNumbers)
async def _send(_: buttons.SendNumbers, update: Update, context: BotContext) -> None:
    numbers = await context.services.numbers.read()
    await attach(update, context, await asyncio.to_thread(numbers_sheet, numbers, context.view))
