"""Telegram's flood limits, off unless asked for: one message a second to a chat with short bursts, thirty overall."""

import math
import time
from collections.abc import Callable
from dataclasses import dataclass, field

from bot.local_telegram.refusals import Refusal, too_many_requests

_SENDING = frozenset(
    {
        "sendmessage",
        "senddocument",
        "sendphoto",
        "sendmediagroup",
        "copymessage",
        "forwardmessage",
        "editmessagetext",
        "editmessagecaption",
        "editmessagereplymarkup",
    }
)


@dataclass(slots=True)
class _Bucket:
    """A leaky bucket: holds `size`, loses `rate` a second."""

    rate: float
    size: float
    level: float = 0.0
    at: float = 0.0

    def wait(self, now: float) -> float:
        """Return the seconds until there is room, 0 if there is."""
        self.level = max(0.0, self.level - (now - self.at) * self.rate)
        self.at = now
        return max(0.0, (self.level + 1 - self.size) / self.rate)


@dataclass(slots=True)
class FloodLimiter:
    """Refuses with 429 what comes too fast. `clock` gives seconds that only rise."""

    enabled: bool = False
    chat_rate: float = 1.0
    chat_burst: float = 3.0
    overall_rate: float = 30.0
    overall_burst: float = 30.0
    clock: Callable[[], float] = time.monotonic
    _chats: dict[int, _Bucket] = field(default_factory=dict)
    _overall: _Bucket | None = None

    def check(self, method: str, chat_id: int | None) -> Refusal | None:
        """Return the refusal this call earns, or count it and return None."""
        if not self.enabled or chat_id is None or method.lower() not in _SENDING:
            return None
        now = self.clock()
        if self._overall is None:
            self._overall = _Bucket(self.overall_rate, self.overall_burst, at=now)
        chat = self._chats.setdefault(chat_id, _Bucket(self.chat_rate, self.chat_burst, at=now))
        wait = max(chat.wait(now), self._overall.wait(now))
        if wait > 0:
            return too_many_requests(max(1, math.ceil(wait)))
        chat.level += 1
        self._overall.level += 1
        return None
