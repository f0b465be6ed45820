"""Buttons that send a calendar file; the screen they stand on stays."""

from __future__ import annotations

import asyncio

from telegram import Update

from bot.context import BotContext
from bot.messages.calendar import my_calendar, nothing_followed, session_calendar
from bot.messages.screens import TargetGoneError
from handlers.replies import alert, attach


async def send_mine(update: Update, context: BotContext) -> None:
    """Send all that the person follows as one file; say so if that is nothing."""
    view = context.view
    shown = await context.services.calendar.sessions_of(view.follows)
    if not shown:
        await alert(update, context, nothing_followed(context.t))
        return
    # In a thread: whoever follows hundreds of sessions must not hold up others.
    await attach(update, context, await asyncio.to_thread(my_calendar, shown, view, context.bot.username))


async def send_session(handle: str, update: Update, context: BotContext) -> None:
    """Send one session as a file.

    Raises:
        TargetGoneError: it is no longer in the agenda.
    """
    shown = await context.services.calendar.session(handle)
    if shown is None:
        raise TargetGoneError
    await attach(update, context, session_calendar(shown, context.view, context.bot.username))
