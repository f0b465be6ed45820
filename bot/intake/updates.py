"""A raw update as an inbox item: only its id and its chat are looked at here."""

from __future__ import annotations

import json
from collections.abc import Mapping

from bot.models import InboxItem

_LARGEST_INTEGER = 2**63 - 1  # SQLite's


class NotAnUpdateError(ValueError):
    """No JSON object with a usable ``update_id``; nothing can be done with it."""


def to_inbox_item(update: object) -> InboxItem:
    """Return the item for one decoded update, of whatever kind; kinds yet unknown are kept as they are.

    Raises:
        NotAnUpdateError: no object, or without a usable id.
    """
    if not isinstance(update, dict):
        raise NotAnUpdateError("an update is a JSON object")
    update_id = update.get("update_id")
    if not isinstance(update_id, int) or isinstance(update_id, bool) or not 0 <= update_id <= _LARGEST_INTEGER:
        raise NotAnUpdateError("an update has a number as update_id")
    try:
        # ASCII: half a surrogate pair is legal in JSON, but SQLite takes no text with it.
        payload = json.dumps(update, separators=(",", ":"), allow_nan=False)
    except (ValueError, RecursionError):
        raise NotAnUpdateError("an update is plain JSON") from None
    return InboxItem(update_id=update_id, chat_id=_chat_of(update), payload=payload, attempts=1)


def _chat_of(update: Mapping[str, object]) -> int | None:
    """Return whose lane it is: the chat, or the person (in a private chat the two are one number)."""
    for content in update.values():
        if not isinstance(content, dict):
            continue
        message = content.get("message")
        for holder, key in ((content, "chat"), (message, "chat"), (content, "from"), (content, "user")):
            if isinstance(holder, dict) and (number := _number(holder.get(key))) is not None:
                return number
    return None


def _number(value: object) -> int | None:
    number = value.get("id") if isinstance(value, dict) else None
    return number if isinstance(number, int) and abs(number) <= _LARGEST_INTEGER else None
