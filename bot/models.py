"""The values that rows become."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime


@dataclass(frozen=True, slots=True)
class Attendee:
    """Anyone who talks to the bot.

    ``language`` is the one chosen (or taken from Telegram), None until there is one. ``blocked_at``: when Telegram
    said that this person blocked the bot; None once they write again.
    """

    chat_id: int
    language: str | None = None
    first_seen_at: datetime | None = None
    blocked_at: datetime | None = None


@dataclass(frozen=True, slots=True)
class InboxItem:
    """An update that Telegram handed over and that is not yet handled. ``attempts`` counts the tries so far."""

    update_id: int
    chat_id: int | None
    payload: str
    attempts: int = 0
