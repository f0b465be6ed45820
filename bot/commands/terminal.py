"""Messages and tables as a terminal shows them, and asking whoever sits there."""

from __future__ import annotations

import re
from collections.abc import Sequence
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


def columns(table: Sequence[Sequence[str]]) -> list[str]:
    """Return the rows of a table as lines, each column but the last as wide as its longest cell."""
    widths = [max(map(len, column)) for column in zip(*table, strict=True)][:-1]
    return [
        "  ".join([*(cell.ljust(width) for cell, width in zip(row, widths, strict=False)), row[-1]]) for row in table
    ]


def confirmed(question: str) -> bool:
    """Ask for a yes; anything else, and the end of the input, is a no."""
    try:
        return input(f"{question} [y/N] ").strip().lower() in ("y", "yes")
    except EOFError:
        return False


def _label(button: object) -> str:
    return f"{button.text} → {button.url}" if isinstance(button, LinkButton) else str(getattr(button, "text", ""))
