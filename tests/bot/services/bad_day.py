"""An instant Bot API on a bad day: some people blocked the bot, some calls fail in every way that Telegram has."""

from __future__ import annotations

import asyncio
import json
from collections import Counter
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

from tests.benchmarks.instant_stub import CHAT, Connection, Stub

REFUSED = b"HTTP/1.1 %d X\r\nContent-Type: application/json\r\nContent-Length: %d\r\n\r\n"
BLOCKED_EVERY = 50  # people: 2 %
NOT_TAKEN: dict[int, tuple[int, dict[str, object]]] = {
    700: (429, {"parameters": {"retry_after": 1}}),
    1_300: (502, {}),
    2_900: (500, {}),
    4_300: (502, {}),
    6_600: (429, {"parameters": {"retry_after": 1}}),
    8_500: (503, {}),
}
"""By the number of the call: refused, and nothing done."""

RESET = {1_000, 3_700, 7_100}
"""Calls whose connection breaks before anything is done."""

ANSWER_LOST = {400, 1_700, 3_300, 5_900, 7_700, 9_100}
"""Calls that are carried out, and whose connection then breaks."""

NEVER_ANSWERED = {600, 5_200}
"""Calls that are carried out and to which no answer ever comes."""


class BadDay(Stub):
    """What became of the calls. ``taken``: messages that arrived, by chat; ``refused``: people who blocked the bot."""

    def __init__(self) -> None:
        super().__init__()
        self.calls = 0
        self.taken: Counter[int] = Counter()
        self.refused: Counter[int] = Counter()
        self.lost = 0
        self.faults = Counter[str]()
        self._arrived = asyncio.Event()

    async def until(self, calls: int) -> None:
        """Wait until so many calls arrived."""
        while self.calls < calls:
            self._arrived.clear()
            await self._arrived.wait()

    def call(self, chat_id: int) -> int | bytes | None:
        """Count a call; return a refusal, 0 for a broken connection, -1 for silence, None for success."""
        self.calls += 1
        self._arrived.set()
        if self.calls in NOT_TAKEN:
            status, more = NOT_TAKEN[self.calls]
            self.faults[str(status)] += 1
            return _refusal(status, more)
        if self.calls in RESET:
            self.faults["reset"] += 1
            return 0
        if chat_id % BLOCKED_EVERY == 0:
            self.refused[chat_id] += 1
            return _refusal(403, {"description": "Forbidden: bot was blocked by the user"})
        self.taken[chat_id] += 1
        if self.calls in ANSWER_LOST | NEVER_ANSWERED:
            self.lost += 1
            return 0 if self.calls in ANSWER_LOST else -1
        return None


def _refusal(status: int, more: dict[str, object]) -> bytes:
    body = json.dumps({"ok": False, "error_code": status, "description": "no", **more}).encode()
    return REFUSED % (status, len(body)) + body


class BadConnection(Connection):
    """One connection to it."""

    def __init__(self, stub: BadDay) -> None:
        super().__init__(stub)
        self._day = stub

    def _answer(self, target: bytes, body: bytes) -> None:
        if not target.lower().endswith(b"/sendmessage"):
            super()._answer(target, body)
            return
        chat = CHAT.search(body)
        match self._day.call(int(chat[1]) if chat else 0):
            case bytes(refusal):
                self._transport.write(refusal)
            case 0:
                self._transport.abort()
            case -1:
                return
            case _:
                super()._answer(target, body)


@asynccontextmanager
async def a_bad_day() -> AsyncIterator[tuple[str, BadDay]]:
    """Serve on any free port of loopback; the address, and what happens there."""
    day = BadDay()
    server = await asyncio.get_running_loop().create_server(lambda: BadConnection(day), "127.0.0.1", 0)
    async with server:
        yield f"http://127.0.0.1:{server.sockets[0].getsockname()[1]}", day
