"""A speaker's buttons of their slides. The server checks at each press that the profile is still theirs."""

from __future__ import annotations

from dataclasses import dataclass

from bot.messages.payload import Payload


@dataclass(frozen=True, slots=True)
class OpenMySlides(Payload, code="zl"):
    """What one sent, and for which session one may send more."""


@dataclass(frozen=True, slots=True)
class SendSlides(Payload, code="za"):
    """Send slides for this session, or for oneself."""

    handle: str


@dataclass(frozen=True, slots=True)
class ReplaceSlides(Payload, code="zr"):
    """Send another file or link in the place of this one."""

    handle: str
