"""Who may do what: checked by the server at each action, forged and stale buttons included."""

from __future__ import annotations

from collections.abc import Callable, Coroutine
from functools import wraps
from typing import Any

from telegram import Update

from bot.context import BotContext
from bot.messages.desk import not_an_organiser
from handlers.replies import reply, show

Handler = Callable[[Update, BotContext], Coroutine[Any, Any, None]]


async def may_organise(update: Update, context: BotContext) -> bool:
    """Whether who is speaking is an organiser now; if not, they are told so."""
    if await context.services.organisers.is_organiser(context.attendee.chat_id):
        return True
    refusal = not_an_organiser(context.attendee.chat_id, context.view)
    if update.callback_query is None:
        await reply(context, refusal)
    else:
        await show(update, context, refusal)
    return False


def organisers_only(handler: Handler) -> Handler:
    """Let only organisers through to this handler."""

    @wraps(handler)
    async def guarded(update: Update, context: BotContext) -> None:
        if await may_organise(update, context):
            await handler(update, context)

    return guarded
