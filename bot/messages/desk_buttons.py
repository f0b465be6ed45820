"""The buttons of the organisers' desk. The server checks the rights at each press, whatever the button says."""

from __future__ import annotations

from dataclasses import dataclass

from bot.messages.payload import Payload


@dataclass(frozen=True, slots=True)
class OpenDesk(Payload, code="od"):
    """The organisers' desk."""


@dataclass(frozen=True, slots=True)
class OpenOrganisers(Payload, code="oo"):
    """Who is an organiser."""


@dataclass(frozen=True, slots=True)
class InviteOrganiser(Payload, code="oi"):
    """Make a one-time link."""


@dataclass(frozen=True, slots=True)
class RemoveOrganiser(Payload, code="or"):
    """Ask whether this person shall be an organiser no more."""

    chat_id: int


@dataclass(frozen=True, slots=True)
class ConfirmRemoval(Payload, code="ox"):
    """Take this person's rights away."""

    chat_id: int


@dataclass(frozen=True, slots=True)
class OpenTrail(Payload, code="ot"):
    """What organisers did lately."""
