"""How fast messages go out unasked: a rate, the pauses Telegram asks for, and patience while it cannot be reached."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from typing import Final

from aiolimiter import AsyncLimiter

_BURST_SECONDS: Final = 0.1  # so much may be caught up: timers wake late, never early
_FIRST_PAUSE: Final = 1.0
_LONGEST_PAUSE: Final = 30.0


@dataclass(slots=True)
class Turn:
    """Somebody may send now. ``began``: when, on the loop's clock; ``used``: set it if something is sent."""

    began: float
    used: bool = False


class Pace:
    """Turns to send, ``rate`` a second at the most. In real time, whatever the event's clock shows.

    ``patience``: failures in a row, each without any answer of Telegram's, after which all wait and then try anew.
    """

    def __init__(self, rate: float, patience: int) -> None:
        burst = max(1.0, rate * _BURST_SECONDS)
        self._limiter = AsyncLimiter(burst, burst / rate)
        self._patience = patience
        self._line = asyncio.Lock()
        self._has_slot = False
        self._open_at = 0.0
        self._failures = 0

    @property
    def paused_for(self) -> float:
        """Seconds until sending goes on; 0: it does."""
        return max(0.0, self._open_at - asyncio.get_running_loop().time())

    @asynccontextmanager
    async def turn(self) -> AsyncIterator[Turn]:
        """Wait for a turn, one at a time. One that is not used is left to the next in line."""
        async with self._line:
            while not self._has_slot or self.paused_for:
                if (seconds := self.paused_for) > 0:
                    await asyncio.sleep(seconds)
                elif not self._has_slot:
                    await self._limiter.acquire()
                    self._has_slot = True
            turn = Turn(asyncio.get_running_loop().time())
            yield turn
            self._has_slot = not turn.used

    def pause(self, seconds: float) -> None:
        """Let nobody send for so long: Telegram asked for it."""
        self._open_at = max(self._open_at, asyncio.get_running_loop().time() + seconds)

    def answered(self) -> None:
        """Telegram answered, whatever it said."""
        self._failures = 0

    def unanswered(self, turn: Turn) -> None:
        """What was sent in this turn got no answer."""
        # Those under way together when the way broke are one trouble, not one pause each.
        if turn.began < self._open_at:
            return
        self._failures += 1
        if self._failures >= self._patience:
            self.pause(min(_LONGEST_PAUSE, _FIRST_PAUSE * 2.0 ** min(self._failures - self._patience, 10)))
