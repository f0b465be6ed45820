"""The buttons of the organisers' numbers."""

from __future__ import annotations

from dataclasses import dataclass

from bot.messages.payload import Payload


@dataclass(frozen=True, slots=True)
class OpenNumbers(Payload, code="nu"):
    """How it goes, in numbers."""


@dataclass(frozen=True, slots=True)
class SendNumbers(Payload, code="ns"):
    """Send all numbers as a spreadsheet."""
