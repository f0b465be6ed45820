"""Messages as a terminal shows them."""

from __future__ import annotations

import re
from html import unescape

from bot.messages.outgoing import LinkButton, OutgoingMessage

_TAG = re.compile(r"<[^>]+>")


def plain_text(message: OutgoingMessage) -> str:
    """Return the message's words without its markup."""
    return unescape(_TAG.sub("", message.text))


def with_buttons(message: OutgoingMessage) -> str:
    """Return the message's words, then a line for each row of buttons."""
    rows = ("  ".join(f"[{_label(button)}]" for button in row) for row in message.buttons)
    return "\n".join((plain_text(message), "", *rows)).rstrip()


def _label(button: object) -> str:
    return f"{button.text} → {button.url}" if isinstance(button, LinkButton) else str(getattr(button, "text", ""))
