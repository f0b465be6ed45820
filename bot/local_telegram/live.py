"""What happens, as it happens: numbered events kept in a ring, for the phone page and for whoever waits in a test."""

import asyncio
from collections import deque
from dataclasses import dataclass

from bot.local_telegram.json_types import JsonObject

_KEPT = 1000


@dataclass(frozen=True, slots=True)
class LiveEvent:
    """One thing that happened. `number` rises by one from event to event."""

    number: int
    kind: str
    data: JsonObject


class LiveEvents:
    """The ring of events, and waiting for the next one without polling."""

    def __init__(self) -> None:
        self._events: deque[LiveEvent] = deque(maxlen=_KEPT)
        self._waiting: set[asyncio.Future[None]] = set()
        self.last_number = 0
        self.closed = False

    def publish(self, kind: str, data: JsonObject) -> None:
        """Record an event and wake everyone who waits."""
        self.last_number += 1
        self._events.append(LiveEvent(self.last_number, kind, data))
        self._wake()

    def since(self, number: int) -> list[LiveEvent]:
        """Return the events after `number`, oldest first; those that fell out of the ring are missing."""
        wanted = min(self.last_number - number, len(self._events))
        return [self._events[index] for index in range(len(self._events) - wanted, len(self._events))]

    def holds_all_since(self, number: int) -> bool:
        """Tell whether nothing after `number` was lost, and `number` is one of ours."""
        return self.last_number - len(self._events) <= number <= self.last_number

    async def wait(self, number: int) -> None:
        """Return once there is an event after `number`, or the server closes."""
        while self.last_number <= number and not self.closed:
            waiter = asyncio.get_running_loop().create_future()
            self._waiting.add(waiter)
            try:
                await waiter
            finally:
                self._waiting.discard(waiter)

    def close(self) -> None:
        """Let everyone who waits go."""
        self.closed = True
        self._wake()

    def _wake(self) -> None:
        for waiter in self._waiting:
            if not waiter.done():
                waiter.set_result(None)
