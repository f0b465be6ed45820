"""Updates for the bot: numbered, kept until confirmed, handed out by long polling under Telegram's rules."""

import asyncio
from collections import deque
from collections.abc import Iterable
from itertools import islice

from bot.local_telegram.json_types import JsonObject
from bot.local_telegram.refusals import conflict

_KEPT = 100_000
LONGEST_POLL = 50
# What a bot gets only if it names it.
ON_REQUEST = frozenset({"chat_member", "message_reaction", "message_reaction_count"})


class UpdateQueue:
    """The bot's unconfirmed updates, oldest first."""

    def __init__(self, first_id: int = 100_000_001) -> None:
        self.pending: deque[JsonObject] = deque(maxlen=_KEPT)
        self.allowed: tuple[str, ...] | None = None
        self._next_id = first_id
        # Set while a poll, or the webhook, waits for an update.
        self.polled = asyncio.Event()
        self._waiting: asyncio.Future[None] | None = None

    def push(self, kind: str, payload: JsonObject) -> int | None:
        """Queue an update; None if the bot asked not to get this kind."""
        if not self._is_allowed(kind):
            return None
        update_id = self._next_id
        self._next_id += 1
        self.pending.append({"update_id": update_id, kind: payload})
        self._wake()
        return update_id

    def push_whole(self, update: JsonObject) -> int:
        """Queue an update as given, numbering it if it has no number; allowed_updates does not apply."""
        update_id = int(update.get("update_id", self._next_id))
        self._next_id = max(self._next_id, update_id + 1)
        self.pending.append({**update, "update_id": update_id})
        self._wake()
        return update_id

    async def poll(self, offset: int, limit: int, timeout: float) -> list[JsonObject]:  # noqa: ASYNC109 - getUpdates' own
        """Confirm what lies before `offset` and return what follows, waiting up to `timeout` seconds for something.

        A negative offset keeps only that many of the newest. Raises Refusal 409 in the poll that another one ends.
        """
        self.end_poll("terminated by other getUpdates request; make sure that only one bot instance is running")
        if offset < 0:
            self.drop_all_but(-offset)
        else:
            self.confirm_before(offset)
        if not self.pending and timeout > 0:
            await self._wait(timeout)
        return list(islice(self.pending, limit))

    def confirm_before(self, update_id: int) -> None:
        """Forget the updates numbered below `update_id`."""
        while self.pending and self.pending[0]["update_id"] < update_id:
            self.pending.popleft()

    def drop_all_but(self, count: int) -> None:
        """Forget all but the newest `count` updates."""
        while len(self.pending) > count:
            self.pending.popleft()

    def allow(self, kinds: Iterable[str] | None) -> None:
        """Set which kinds are queued from now on; an empty list means the usual ones, None leaves it as it was."""
        if kinds is not None:
            self.allowed = tuple(kinds) or None

    def end_poll(self, reason: str) -> None:
        """End the poll that waits now, if one does, with a 409."""
        if self._waiting is not None and not self._waiting.done():
            self._waiting.set_exception(conflict(reason))

    def close(self) -> None:
        """Let a waiting poll go home empty-handed."""
        self._wake()

    async def wait_for_some(self) -> None:
        """Return once an update is pending; for the webhook, which polls nobody."""
        while not self.pending:
            await self._wait(None)

    def _is_allowed(self, kind: str) -> bool:
        return kind in self.allowed if self.allowed else kind not in ON_REQUEST

    async def _wait(self, seconds: float | None) -> None:
        waiter = self._waiting = asyncio.get_running_loop().create_future()
        self.polled.set()
        try:
            async with asyncio.timeout(seconds):
                await waiter
        except TimeoutError:
            pass
        finally:
            if self._waiting is waiter:
                self._waiting = None
                self.polled.clear()

    def _wake(self) -> None:
        if self._waiting is not None and not self._waiting.done():
            self._waiting.set_result(None)
