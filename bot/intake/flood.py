"""How many updates of each chat wait, and when that is a flood."""

from __future__ import annotations


class FloodGate:
    """Counts per chat. A flood begins with the first update over ``limit`` and ends when none of its chat waits."""

    def __init__(self, limit: int) -> None:
        self._limit = limit
        self._waiting: dict[int, int] = {}
        self._flooding: set[int] = set()

    def admits(self, chat_id: int | None) -> bool:
        """Say whether one more update of this chat may wait. Without a chat: always."""
        return chat_id is None or self._waiting.get(chat_id, 0) < self._limit

    def begins_flood(self, chat_id: int) -> bool:
        """Note that an update was dropped; True for the first of a flood."""
        first = chat_id not in self._flooding
        self._flooding.add(chat_id)
        return first

    def enter(self, chat_id: int | None) -> None:
        """Count one more."""
        if chat_id is not None:
            self._waiting[chat_id] = self._waiting.get(chat_id, 0) + 1

    def leave(self, chat_id: int | None) -> None:
        """Count one less."""
        if chat_id is None:
            return
        left = self._waiting.get(chat_id, 0) - 1
        if left > 0:
            self._waiting[chat_id] = left
        else:
            self._waiting.pop(chat_id, None)
            self._flooding.discard(chat_id)
