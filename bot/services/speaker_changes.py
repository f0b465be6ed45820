"""Speakers hear first what changes in their sessions, and tap "seen"; organisers know who has not.

First: followers wait for a minute, speakers for ten seconds, so that what an organiser corrects at once is one message
and not two; and where both may go out, a speaker's message goes before those of reminders, followers and broadcasts.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Collection, Mapping
from dataclasses import replace
from datetime import datetime, timedelta
from functools import partial

from bot.clock import Clock
from bot.messages.outgoing import OutgoingMessage
from bot.messages.view import View
from bot.models import Attendee, NoticeKind, OutboxItem
from bot.services.agenda import AgendaService, CurrentAgenda
from bot.services.changes import ChangeService, News
from bot.services.follows import FollowService
from bot.services.notice_budget import held_until
from bot.services.renderings import Held, Obsolete, Rendered, Rendering
from bot.services.speaker_claims import SpeakerClaimService
from bot.services.speaker_outbox import SpeakerNotice, tell_speaker
from bot.speakers import SpeakerClaim
from bot.storage.database import Connection, Database
from bot.storage.organisers import add_audit_entry
from bot.storage.speaker_notices import bring_forward, note_change_seen, note_speaker_told
from content.notices import personal_news

SETTLE = timedelta(seconds=10)
WAKES_FROM = timedelta(hours=12)
"""A change of what starts within this time is told to its speaker by night too."""
REMIND_AGAIN = timedelta(minutes=10)
"""How often at most a speaker is asked again to look at a change."""


class SpeakerChangeService:
    """Compares what each speaker was told with the current agenda, and queues a message for whom that concerns."""

    def __init__(
        self,
        database: Database,
        clock: Clock,
        agenda: AgendaService,
        changes: ChangeService,
        claims: SpeakerClaimService,
    ) -> None:
        self._database = database
        self._clock = clock
        self._agenda = agenda
        self._changes = changes
        self._claims = claims

    async def plan(self) -> int:
        """Queue a message for every speaker who has to be told; return how many."""
        current, now, added = self._agenda.current, self._clock(), 0
        for chat_id, claims in (await self._behind(current)).items():
            news = await self.news_for(claims, current, now)
            async with self._database.transaction() as connection:
                if not news:
                    await note_speaker_told(connection, chat_id, current.version, now, changed=())
                    continue
                urgent = any(each.news.urgent(now) for each in news)
                not_before = now if urgent else now + SETTLE
                if not await bring_forward(connection, chat_id, SpeakerNotice.CHANGE, not_before):
                    added += await tell_speaker(
                        connection,
                        chat_id,
                        SpeakerNotice.CHANGE,
                        key=str(current.version),
                        payload={},
                        now=now,
                        not_before=not_before,
                        expires_at=max(each.news.over_at for each in news),
                    )
        return added

    async def next_due(self) -> datetime | None:
        """Return None: delivery itself wakes for the rows that wait."""
        return None

    async def news_for(self, claims: Collection[SpeakerClaim], current: CurrentAgenda, now: datetime) -> News:
        """Return what one person has to be told about the speakers that they are."""
        told = {claim.handle: min(claim.told_version, current.version) for claim in claims}
        news_since = await self._changes.news_since(set(told.values()), current)
        return personal_news(told, news_since, muted=(), now=now)

    async def seen(self, chat_id: int, version: int) -> bool:
        """Write down that a speaker tapped "seen"; False: what they were told since then they have not seen."""
        now = self._clock()
        async with self._database.transaction() as connection:
            await note_change_seen(connection, chat_id, version, now)
        return not any(claim.unseen for claim in await self._claims.all() if claim.chat_id == chat_id)

    async def remind_unseen(self, by: int) -> int:
        """Ask every speaker again who has not tapped "seen"; return how many were not asked lately."""
        now = self._clock()
        unseen = {claim.chat_id: claim.change_version for claim in await self._claims.all() if claim.unseen}
        turn = int(now.timestamp() // REMIND_AGAIN.total_seconds())
        asked = 0
        async with self._database.transaction() as connection:
            for chat_id, version in unseen.items():
                asked += await tell_speaker(
                    connection, chat_id, SpeakerNotice.LOOK, key=f"{version}:{turn}", payload={}, now=now
                )
            if asked:
                await add_audit_entry(connection, now, by, "remind speakers", {"speakers": asked})
        return asked

    async def _behind(self, current: CurrentAgenda) -> Mapping[int, list[SpeakerClaim]]:
        """Return the claims of everybody who was not told of the current version, unless it is being told now."""
        if not self._claims.owners:
            return {}
        found: defaultdict[int, list[SpeakerClaim]] = defaultdict(list)
        for claim in await self._claims.all():
            if claim.told_version < current.version:
                found[claim.chat_id].append(claim)
        return found


class SpeakerChangeRenderer:
    """Writes to a speaker what changed since they were told last, with the agenda of the moment."""

    def __init__(
        self,
        agenda: AgendaService,
        changes: SpeakerChangeService,
        claims: SpeakerClaimService,
        follows: FollowService,
        *,
        view_of: Callable[[Attendee], View],
        write: Callable[[News, int, View], OutgoingMessage],
    ) -> None:
        self._agenda = agenda
        self._changes = changes
        self._claims = claims
        self._follows = follows
        self._view_of = view_of
        self._write = write

    async def render(self, item: OutboxItem, attendee: Attendee) -> Rendering:
        """Return the message; when to try again; or that there is nothing to tell any more."""
        current = self._agenda.current
        mine = [claim for claim in await self._claims.all() if claim.chat_id == item.chat_id]
        view = replace(
            self._view_of(attendee), agenda=current.agenda, profiles=frozenset(claim.handle for claim in mine)
        )
        news = await self._changes.news_for(mine, current, view.now) if mine else ()
        if not news:
            return Obsolete(on_recorded=partial(_told, chat_id=item.chat_id, version=current.version, now=view.now))
        if until := await self._held_until(item, news, view):
            return Held(until)
        about = {speaker.handle for each in news for speaker in each.speakers} & view.profiles
        recorded = partial(
            _told, chat_id=item.chat_id, version=current.version, now=view.now, changed=about or view.profiles
        )
        return Rendered(self._write(news, current.version, view), recorded)

    async def _held_until(self, item: OutboxItem, news: News, view: View) -> datetime | None:
        soon = min(each.news.starts_at(view.now) for each in news) <= view.now + WAKES_FROM
        return held_until(
            kind=NoticeKind.SPEAKER,
            urgent=soon,
            wishes=(await self._follows.follows_of(item.chat_id)).wishes,
            now=view.now,
            zone=view.agenda.event.time_zone,
            sent_lately=(),
        )


class LookRenderer:
    """Asks a speaker again to look at a change, unless they have tapped "seen" meanwhile."""

    def __init__(
        self,
        claims: SpeakerClaimService,
        *,
        view_of: Callable[[Attendee], View],
        write: Callable[[int, View], OutgoingMessage],
    ) -> None:
        self._claims = claims
        self._view_of = view_of
        self._write = write

    async def render(self, item: OutboxItem, attendee: Attendee) -> Rendering:
        """Return the request."""
        unseen = [claim for claim in await self._claims.all() if claim.chat_id == item.chat_id and claim.unseen]
        versions = [claim.change_version for claim in unseen if claim.change_version is not None]
        if not versions:
            return Obsolete()
        view = replace(self._view_of(attendee), profiles=self._claims.profiles_of(item.chat_id))
        return Rendered(self._write(max(versions), view))


async def _told(
    connection: Connection, *, chat_id: int, version: int, now: datetime, changed: Collection[str] = ()
) -> None:
    await note_speaker_told(connection, chat_id, version, now, changed=changed)
