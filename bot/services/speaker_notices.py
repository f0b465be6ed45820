"""What is said unasked to speakers, and by speakers to the organisers, written at the moment of sending."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass

from bot.messages.outgoing import OutgoingMessage
from bot.messages.view import View
from bot.models import Attendee, OutboxItem
from bot.services.renderings import Obsolete, Rendered, Renderer, Rendering
from bot.services.speaker_claims import SpeakerClaimService
from bot.services.speaker_outbox import SpeakerNotice
from bot.services.speaker_requests import SpeakerRequestService
from bot.speakers import SpeakerRequest
from content.agenda import Speaker

Write = Callable[[Speaker, View], OutgoingMessage]
ViewOf = Callable[[Attendee], View]


class ByTopic:
    """Hands a row to who writes about its topic (``payload["about"]``)."""

    def __init__(self, renderers: Mapping[str, Renderer]) -> None:
        self._renderers = renderers

    async def render(self, item: OutboxItem, attendee: Attendee) -> Rendering:
        """Return what that renderer returns; nobody writes about what an older version planned."""
        renderer = self._renderers.get(str(item.payload["about"]))
        return await renderer.render(item, attendee) if renderer else Obsolete()


@dataclass(frozen=True, slots=True)
class ClaimNotices:
    """Tells somebody what became of their request, or that a profile is theirs no more, if that is still so."""

    claims: SpeakerClaimService
    view_of: ViewOf
    confirmed: Write
    refused: Write
    undone: Write

    async def render(self, item: OutboxItem, attendee: Attendee) -> Rendering:
        """Return the notice."""
        view, handle = self.view_of(attendee), str(item.payload["speaker"])
        speaker = view.agenda.by_handle.get(handle)
        theirs = self.claims.owners.get(handle) == item.chat_id
        about = SpeakerNotice(item.payload["about"])
        if not isinstance(speaker, Speaker) or theirs is not (about is SpeakerNotice.CONFIRMED):
            return Obsolete()
        write = {
            SpeakerNotice.CONFIRMED: self.confirmed,
            SpeakerNotice.REFUSED: self.refused,
            SpeakerNotice.UNDONE: self.undone,
        }[about]
        return Rendered(write(speaker, view))


@dataclass(frozen=True, slots=True)
class RequestNotices:
    """Asks an organiser whether somebody is the speaker that they say they are, unless that is decided."""

    requests: SpeakerRequestService
    is_organiser: Callable[[int], Awaitable[bool]]
    view_of: ViewOf
    write: Callable[[SpeakerRequest, Speaker, View], OutgoingMessage]

    async def render(self, item: OutboxItem, attendee: Attendee) -> Rendering:
        """Return the question."""
        request, view = await self.requests.find(int(item.payload["number"])), self.view_of(attendee)
        if request is None or request.granted is not None or not await self.is_organiser(item.chat_id):
            return Obsolete()
        speaker = view.agenda.by_handle.get(request.handle)
        return Rendered(self.write(request, speaker, view)) if isinstance(speaker, Speaker) else Obsolete()
