"""How far a long file is read, in the chat: one message, changed now and then, gone when there is an answer."""

from __future__ import annotations

import asyncio
from collections.abc import Coroutine
from contextlib import suppress
from typing import Any, TypeVar

from telegram.error import TelegramError

from bot import sender
from bot.context import BotContext
from bot.messages.content_problems import being_read
from bot.models import Sent

FIRST_AFTER = 3.0
"""Seconds: what is read sooner needs no word about it."""
EVERY = 5.0
"""Seconds between two changes of the message; Telegram does not like more."""

T = TypeVar("T")


class ReadingProgress:
    """Called with how much is done, 0 to 1, it remembers; `watch` tells the chat."""

    def __init__(self, name: str, context: BotContext) -> None:
        self._name = name
        self._context = context
        self._done = 0.0
        self._message: int | None = None

    def __call__(self, done: float) -> None:
        self._done = done

    async def watch(self, reading: Coroutine[Any, Any, T]) -> T:
        """Return what is read, or raise what reading it raises."""
        task = asyncio.create_task(reading)
        try:
            wait = FIRST_AFTER
            while not (await asyncio.wait({task}, timeout=wait))[0]:
                await self._tell()
                wait = EVERY
            return task.result()
        finally:
            task.cancel()  # nothing to it if it is over; if the bot stops, the child process stops with it
            await self._forget()

    async def _tell(self) -> None:
        """Send the message, or change it; trouble with it is no trouble of the reading."""
        bot, chat_id = self._context.bot, self._context.attendee.chat_id
        message = being_read(self._name, self._done, self._context.view)
        if self._message is not None:
            await sender.edit(bot, chat_id, self._message, message)
        elif isinstance(outcome := await sender.send(bot, chat_id, message), Sent):
            self._message = outcome.message_id

    async def _forget(self) -> None:
        if self._message is not None:
            with suppress(TelegramError):
                await self._context.bot.delete_message(self._context.attendee.chat_id, self._message)
