"""Addresses on buttons: Telegram refuses a whole message for one that it does not like."""

from __future__ import annotations

from dataclasses import replace

from bot.i18n import Html
from bot.messages.formatting import lines, paragraphs
from bot.messages.outgoing import MAX_TEXT_LENGTH, ButtonRows, LinkButton, OutgoingMessage
from content.web_addresses import can_be_on_a_button


def sendable(message: OutgoingMessage) -> OutgoingMessage:
    """Return the message without the buttons that Telegram would refuse; their addresses stand in the text instead."""
    refused = _refused(message.buttons)
    if not refused:
        return message
    return replace(message, text=_with_addresses(message.text, refused), buttons=_without(message.buttons, refused))


def _refused(rows: ButtonRows) -> list[LinkButton]:
    return [
        button
        for row in rows
        for button in row
        if isinstance(button, LinkButton) and not can_be_on_a_button(button.url)
    ]


def _without(rows: ButtonRows, refused: list[LinkButton]) -> ButtonRows:
    kept = (tuple(button for button in row if button not in refused) for row in rows)
    return tuple(row for row in kept if row)


def _with_addresses(text: str, refused: list[LinkButton]) -> str:
    """Add the addresses that still fit: a long message goes out without them rather than not at all."""
    for button in dict.fromkeys(refused):
        longer = paragraphs(Html(text), lines(button.text, button.url))
        # With the markup, which does not count: near enough.
        if len(longer.encode("utf-16-le")) // 2 <= MAX_TEXT_LENGTH:
            text = longer
    return text
