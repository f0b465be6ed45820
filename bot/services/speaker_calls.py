"""A speaker in trouble calls the organisers, all of them at once; the first to answer speaks for all."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Collection
from datetime import timedelta

from bot.clock import Clock
from bot.messages.outgoing import OutgoingMessage
from bot.messages.view import View
from bot.models import Attendee, OutboxItem
from bot.services.agenda import AgendaService
from bot.services.renderings import Obsolete, Rendered, Rendering
from bot.services.speaker_claims import SpeakerClaimService
from bot.services.speaker_outbox import SpeakerCallKind, SpeakerNotice, tell_organisers, tell_speaker
from bot.speakers import CallAnswer, CallKind, CallState, SpeakerCall
from bot.storage.database import Database
from bot.storage.organisers import add_audit_entry
from bot.storage.speaker_calls import add_call, answer_call, delete_call, find_call
from content.appearances import appearances

NOT_TWICE_WITHIN = timedelta(minutes=2)


class SpeakerCallService:
    """``organisers``: who they are now."""

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

    async def call(self, chat_id: int, kind: CallKind) -> CallState:
        """Let every organiser hear it, by night too. It is about what the speaker is on next.

        Raises:
            LookupError: this person is no speaker.
        """
        now, organisers = self._clock(), await self._organisers()
        profiles = sorted(self._claims.profiles_of(chat_id))
        if not profiles:
            raise LookupError("this person is no speaker")
        coming = [
            each
            for each in appearances(self._agenda.current.agenda, profiles)
            if each.ends_at > now and not each.session.cancelled
        ]
        handle = coming[0].speaker.handle if coming else profiles[0]
        async with self._database.transaction() as connection:
            number = await add_call(
                connection,
                chat_id=chat_id,
                handle=handle,
                session=coming[0].session.handle if coming else None,
                kind=kind,
                now=now,
                not_since=now - NOT_TWICE_WITHIN,
            )
            if number is None:
                return CallState.TWICE
            if not await tell_organisers(connection, organisers, SpeakerCallKind.CALL, number, now):
                await delete_call(connection, number)
                return CallState.NOBODY_TO_CALL
            await add_audit_entry(connection, now, chat_id, "call organisers", {"speaker": handle, "kind": kind.value})
        return CallState.SENT

    async def find(self, number: int) -> SpeakerCall | None:
        """Return a call; None: there is none, or who called was forgotten."""
        return await find_call(self._database.reader, number)

    async def answer(self, number: int, by: int, answer: CallAnswer) -> bool:
        """Pass an organiser's answer on to the speaker; False: somebody has answered before, or it is gone."""
        now = self._clock()
        async with self._database.transaction() as connection:
            call = await find_call(connection, number)
            if call is None or not await answer_call(connection, number, by, answer, now):
                return False
            payload = {"number": str(number)}
            await tell_speaker(
                connection, call.chat_id, SpeakerNotice.ANSWERED, key=str(number), payload=payload, now=now
            )
            await add_audit_entry(connection, now, by, "answer speaker", {"speaker": call.handle})
        return True


class CallRenderer:
    """Writes a call to an organiser, unless another has answered it; or that answer to the speaker.

    ``write``: either of them.
    """

    def __init__(
        self,
        calls: SpeakerCallService,
        *,
        view_of: Callable[[Attendee], View],
        write: Callable[[SpeakerCall, View], OutgoingMessage],
        may_read: Callable[[int], Awaitable[bool]] | None = None,
    ) -> None:
        self._calls = calls
        self._view_of = view_of
        self._write = write
        self._may_read = may_read

    async def render(self, item: OutboxItem, attendee: Attendee) -> Rendering:
        """Return the message."""
        call = await self._calls.find(int(item.payload["number"]))
        if call is None or (self._may_read is not None and not await self._may_read(item.chat_id)):
            return Obsolete()
        return Rendered(self._write(call, self._view_of(attendee)))
