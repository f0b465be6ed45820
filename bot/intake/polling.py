"""Long polling: ask, commit, and only then ask with a higher offset, which lets Telegram forget."""

from __future__ import annotations

import asyncio
import json
import logging
import random
from collections.abc import Sequence
from datetime import datetime, timedelta
from urllib.parse import urlencode

from telegram import Bot
from telegram.error import Conflict, InvalidToken, RetryAfter, TelegramError

from bot.clock import Clock, system_clock
from bot.intake.intake import Intake
from bot.storage.inbox import StorageError

logger = logging.getLogger(__name__)

# Telegram numbers on from a random id, perhaps a smaller one, after a week without updates; an offset from before
# would then confirm new updates unseen. Asked without one, Telegram begins with the oldest it still has.
_OFFSET_EXPIRES = timedelta(days=6)
_READ_MARGIN_SECONDS = 10.0


class Polling:
    """The poll loop. ``wait``: how long Telegram holds a question open when there is nothing new.

    After network trouble it pauses ``shortest_pause``, doubling up to ``longest_pause``, with jitter; while another
    process polls, always the longest.
    """

    def __init__(
        self,
        bot: Bot,
        intake: Intake,
        *,
        allowed_updates: Sequence[str],
        clock: Clock = system_clock,
        wait: timedelta = timedelta(seconds=30),
        shortest_pause: timedelta = timedelta(seconds=1),
        longest_pause: timedelta = timedelta(seconds=30),
    ) -> None:
        self._bot = bot
        self._intake = intake
        self._allowed_updates = json.dumps(list(allowed_updates))
        self._clock = clock
        self._wait = wait
        self._shortest = shortest_pause.total_seconds()
        self._longest = longest_pause.total_seconds()
        self._failures = 0
        self._offset: int | None = None
        self._last_update_at = clock()
        self.last_answer_at: datetime | None = None
        """When Telegram last answered a poll; None before the first answer."""

    async def run(self) -> None:
        """Poll until cancelled.

        Raises:
            InvalidToken: Telegram does not know the token; nothing will change that.
        """
        webhook_removed = False
        while True:
            try:
                if not webhook_removed:
                    await self._bot.delete_webhook()
                    webhook_removed = True
                await self._intake.room()
                await self._poll()
                self._failures = 0
            except InvalidToken:
                logger.critical("Telegram refuses the token: put the one from @BotFather into TELEGRAM_BOT_TOKEN")
                # Anew: the original's text may quote the token.
                failure = InvalidToken("Telegram refuses the token in TELEGRAM_BOT_TOKEN")
            except (TelegramError, StorageError) as error:
                await self._pause(error)
                continue
            else:
                continue
            raise failure

    async def _poll(self) -> None:
        if self._clock() - self._last_update_at > _OFFSET_EXPIRES:
            self._offset = None
        parameters = {
            "timeout": str(int(self._wait.total_seconds())),
            "limit": "100",
            "allowed_updates": self._allowed_updates,
        }
        # The first question of a process has no offset: what was accepted before is recognised by its id.
        if self._offset is not None:
            parameters["offset"] = str(self._offset)
        # Not `Bot.get_updates`: it would build all objects here, and the inbox wants Telegram's own JSON.
        updates = await self._bot.request.post(
            f"{self._bot.base_url}/getUpdates?{urlencode(parameters)}",
            read_timeout=self._wait.total_seconds() + _READ_MARGIN_SECONDS,
        )
        if not isinstance(updates, list):
            raise TelegramError("getUpdates answered with something else than updates")
        self.last_answer_at = self._clock()
        if not updates:
            return
        await self._intake.accept(updates)
        self._last_update_at = self._clock()
        self._offset = max(int(update["update_id"]) for update in updates) + 1

    async def _pause(self, error: TelegramError | StorageError) -> None:
        self._failures += 1
        seconds = min(self._longest, self._shortest * 2 ** min(self._failures - 1, 16))
        if isinstance(error, RetryAfter):
            wait = error.retry_after
            seconds = wait.total_seconds() if isinstance(wait, timedelta) else float(wait)
        elif isinstance(error, Conflict):
            seconds = self._longest
            logger.error(
                "Another program receives this bot's updates (%s). Stop the other one: only one may run with a token.",
                error,
            )
        elif self._failures == 1 or seconds >= self._longest:
            logger.warning("Polling failed (%s: %s)", type(error).__name__, error)
        # Many bots behind one network come back at different moments.
        await asyncio.sleep(seconds * random.uniform(1.0, 1.25))  # noqa: S311 - no secret depends on it
