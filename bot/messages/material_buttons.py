"""The organisers' buttons of slides and documents: those of a draft carry its key, so that an old one does no harm."""

from __future__ import annotations

from dataclasses import dataclass

from bot.messages.payload import Payload


@dataclass(frozen=True, slots=True)
class OpenAdded(Payload, code="yl"):
    """A page of what was added in the chat."""

    page: int = 0


@dataclass(frozen=True, slots=True)
class AskOwner(Payload, code="yn"):
    """Ask whose the new material is."""


@dataclass(frozen=True, slots=True)
class AddMaterial(Payload, code="ya"):
    """Begin a material of this session or speaker."""

    handle: str


@dataclass(frozen=True, slots=True)
class AddToEvent(Payload, code="ye"):
    """Begin a material of the event."""


@dataclass(frozen=True, slots=True)
class ManageMaterial(Payload, code="ym"):
    """What can be done to this material."""

    handle: str


@dataclass(frozen=True, slots=True)
class ReplaceMaterial(Payload, code="yr"):
    """Another link or file in the place of this one."""

    handle: str


@dataclass(frozen=True, slots=True)
class RenameMaterial(Payload, code="yt"):
    """Another title for this one."""

    handle: str


@dataclass(frozen=True, slots=True)
class RescheduleMaterial(Payload, code="yo"):
    """Another moment from which people get this one."""

    handle: str


@dataclass(frozen=True, slots=True)
class AskRemoval(Payload, code="yx"):
    """Ask whether this one shall go."""

    handle: str


@dataclass(frozen=True, slots=True)
class RemoveMaterial(Payload, code="yy"):
    """Take this one away from everybody."""

    handle: str


@dataclass(frozen=True, slots=True)
class AskContent(Payload, code="yc"):
    """What is sent next is the link or the file."""

    key: str


@dataclass(frozen=True, slots=True)
class AskTitle(Payload, code="yi"):
    """What is typed next is the title."""

    key: str


@dataclass(frozen=True, slots=True)
class TakeTitle(Payload, code="yk"):
    """Take the title that was offered."""

    key: str


@dataclass(frozen=True, slots=True)
class OpenAtOnce(Payload, code="yq"):
    """People get it at once."""

    key: str


@dataclass(frozen=True, slots=True)
class OpenAfterSession(Payload, code="yf"):
    """People get it when its session is over."""

    key: str


@dataclass(frozen=True, slots=True)
class AskOpening(Payload, code="yw"):
    """What is typed next is the moment from which people get it."""

    key: str


@dataclass(frozen=True, slots=True)
class SeeMaterial(Payload, code="yp"):
    """Send it as people will get it."""

    key: str


@dataclass(frozen=True, slots=True)
class SaveMaterial(Payload, code="ys"):
    """Publish it, or make it so; ``revision``: what the screen showed."""

    key: str
    revision: int


@dataclass(frozen=True, slots=True)
class DiscardMaterial(Payload, code="yd"):
    """End it without a change."""

    key: str


@dataclass(frozen=True, slots=True)
class SeeAdded(Payload, code="yg"):
    """Send this one as people get it, or would get it."""

    handle: str


@dataclass(frozen=True, slots=True)
class ApproveMaterial(Payload, code="yv"):
    """Publish what a speaker sent."""

    handle: str


@dataclass(frozen=True, slots=True)
class RefuseMaterial(Payload, code="yj"):
    """What is typed next is why a speaker's slides are refused."""

    handle: str


@dataclass(frozen=True, slots=True)
class RefuseSilently(Payload, code="yz"):
    """Refuse what a speaker sent without a word."""

    handle: str
