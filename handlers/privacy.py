"""/mydata and the yes to /forget."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

from telegram import Update

from bot.context import BotContext
from bot.messages.my_data import my_data
from bot.messages.privacy import forget_question, forgotten_message
from bot.profile import clear_chat_menu
from handlers.replies import attach, show

ASKS_AGAIN_AFTER = timedelta(minutes=10)


async def send(update: Update, context: BotContext) -> None:
    """Send all that is kept about the person as a file."""
    chat_id = context.attendee.chat_id
    kept = await context.services.privacy.about(chat_id)
    await attach(update, context, my_data(kept, chat_id, context.view))


async def forget(asked_at: int, update: Update, context: BotContext) -> None:
    """Forget the person, unless they were asked too long ago: then ask again. ``asked_at``: minutes since 1970."""
    view, chat_id = context.view, context.attendee.chat_id
    if not _is_recent(asked_at, view.now):
        await show(update, context, forget_question(view))
        return
    await context.services.privacy.forget(chat_id)
    await show(update, context, forgotten_message(view))
    await clear_chat_menu(context.bot, chat_id)


def _is_recent(asked_at: int, now: datetime) -> bool:
    minutes = int(now.astimezone(UTC).timestamp() // 60) - asked_at
    return 0 <= minutes <= ASKS_AGAIN_AFTER // timedelta(minutes=1)
