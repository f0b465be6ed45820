"""Buttons about what is kept of a person."""

from __future__ import annotations

from dataclasses import dataclass

from bot.messages.payload import Payload


@dataclass(frozen=True, slots=True)
class OpenPrivacy(Payload, code="pv"):
    """What is kept, why and how long."""


@dataclass(frozen=True, slots=True)
class SendMyData(Payload, code="pd"):
    """Send all that is kept about the presser as a file."""


@dataclass(frozen=True, slots=True)
class AskForget(Payload, code="pf"):
    """Ask whether the presser wants to be forgotten."""


@dataclass(frozen=True, slots=True)
class ConfirmForget(Payload, code="pc"):
    """Forget the presser. ``asked_at``: when they were asked, in minutes since 1970; an old yes is asked for again."""

    asked_at: int
