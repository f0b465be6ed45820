"""The values that rows become."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime


@dataclass(frozen=True, slots=True)
class Attendee:
    """Anyone who talks to the bot.

    ``language`` is always one of ours; ``language_chosen`` is false while it is only a guess, because Telegram named
    none of ours and the person has not chosen. Days are in UTC. ``blocked_at``: when Telegram said that this person
    blocked the bot; None once they write again.
    """

    chat_id: int
    language: str = "en"
    language_chosen: bool = True
    first_seen_on: date = date.min
    last_seen_on: date = date.min
    blocked_at: datetime | None = None


@dataclass(frozen=True, slots=True)
class AgendaVersion:
    """The agenda as it was after one import. ``document`` is JSON text in ``format``, ``sha256`` its hash in hex.

    Numbers begin at 1. ``author``: who imported it, in words; ``note``: why, may be empty.
    """

    number: int
    created_at: datetime
    author: str
    note: str
    format: str
    sha256: str
    document: str


@dataclass(frozen=True, slots=True)
class InboxItem:
    """An update that Telegram handed over and that is not yet handled. ``attempts`` counts the tries so far."""

    update_id: int
    chat_id: int | None
    payload: str
    attempts: int = 0
