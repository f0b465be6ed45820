"""Somebody without a code says that they are a speaker; an organiser says whether that is so."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Collection
from datetime import timedelta

from bot.clock import Clock
from bot.services.agenda import AgendaService
from bot.services.speaker_claims import SpeakerClaimService
from bot.services.speaker_outbox import SpeakerCallKind, SpeakerNotice, tell_organisers, tell_speaker
from bot.speakers import Decision, RequestState, SpeakerClaim, SpeakerRequest
from bot.storage.database import Database
from bot.storage.organisers import add_audit_entry
from bot.storage.speaker_claims import (
    add_request,
    count_open_requests,
    decide_request,
    delete_request,
    find_claim,
    find_request,
    refused_since,
)

REFUSED_FOR = timedelta(days=1)
MAX_OPEN = 3


class SpeakerRequestService:
    """Passes requests on to the organisers, and their answer back. ``organisers``: who they are now."""

    def __init__(
        self,
        database: Database,
        clock: Clock,
        agenda: AgendaService,
        claims: SpeakerClaimService,
        organisers: Callable[[], Awaitable[Collection[int]]],
    ) -> None:
        self._database = database
        self._clock = clock
        self._agenda = agenda
        self._claims = claims
        self._organisers = organisers

    async def ask(self, chat_id: int, handle: str, name: str) -> RequestState:
        """Ask the organisers whether this person is this speaker. ``name``: what Telegram calls them."""
        now, organisers = self._clock(), await self._organisers()
        if self._claims.owners.get(handle) == chat_id:
            return RequestState.YOURS
        async with self._database.transaction() as connection:
            if await refused_since(connection, chat_id, handle, now - REFUSED_FOR):
                return RequestState.REFUSED
            waiting = await count_open_requests(connection, chat_id)
            number = await add_request(connection, chat_id, handle, name, now) if waiting < MAX_OPEN else None
            if number is None:
                same = await count_open_requests(connection, chat_id, handle)
                return RequestState.WAITING if same else RequestState.TOO_MANY
            if not await tell_organisers(connection, organisers, SpeakerCallKind.REQUEST, number, now):
                await delete_request(connection, number)
                return RequestState.NOBODY_TO_ASK
            await add_audit_entry(connection, now, chat_id, "ask claim", {"speaker": handle})
        return RequestState.ASKED

    async def find(self, number: int) -> SpeakerRequest | None:
        """Return a request; None: there is none, or who asked was forgotten."""
        return await find_request(self._database.reader, number)

    async def decide(self, number: int, by: int, *, granted: bool) -> Decision:
        """Write down an organiser's yes or no, once; who asked is told."""
        now, claim = self._clock(), None
        async with self._database.transaction() as connection:
            request = await find_request(connection, number)
            if request is None:
                return Decision.GONE
            known = await find_claim(connection, request.handle)
            if granted and known is not None and known.chat_id != request.chat_id and request.granted is None:
                return Decision.TAKEN
            if not await decide_request(connection, number, by, granted=granted, now=now):
                return Decision.DECIDED_BEFORE
            if granted and known is None:
                claim = SpeakerClaim(request.handle, request.chat_id, now, by, self._agenda.current.version)
                await self._claims.add(connection, claim)
            if not granted:
                details = {"speaker": request.handle, "chat_id": request.chat_id}
                await add_audit_entry(connection, now, by, "refuse claim", details)
            about = SpeakerNotice.CONFIRMED if granted else SpeakerNotice.REFUSED
            payload = {"speaker": request.handle}
            await tell_speaker(connection, request.chat_id, about, key=str(number), payload=payload, now=now)
        if claim is not None:
            self._claims.added(claim)
        return Decision.DONE
