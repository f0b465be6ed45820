"""Albums: Telegram delivers each picture of one as a message of its own."""

from __future__ import annotations

from collections.abc import Callable, Coroutine
from typing import Any

from telegram import Update

from bot.context import BotContext

Callback = Callable[[Update, BotContext], Coroutine[Any, Any, None]]

_ANSWERED = "album answered last"


def once_an_album(handle: Callback) -> Callback:
    """Return a handler that takes the first message of an album and every message outside of one.

    A chat's messages come one after another; whatever is forgotten at a restart is answered once more.
    """

    async def handle_first(update: Update, context: BotContext) -> None:
        message, chat_data = update.effective_message, context.chat_data
        album = message.media_group_id if message else None
        if album is None or chat_data is None:
            await handle(update, context)
        elif chat_data.get(_ANSWERED) != album:
            await handle(update, context)
            chat_data[_ANSWERED] = album

    return handle_first
