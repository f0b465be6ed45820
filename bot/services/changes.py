"""Telling people that the agenda changed: who may have to be told, what, and when."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime, timedelta
from functools import partial
from itertools import pairwise

from bot.clock import Clock
from bot.messages.outgoing import OutgoingMessage
from bot.messages.view import View
from bot.models import Attendee, NoticeKind, OutboxItem, RecentChange, RecentChanges, VersionEntry
from bot.services.agenda import AgendaService, CurrentAgenda
from bot.services.follows import FollowService
from bot.services.notice_budget import CAP_PERIOD, held_until
from bot.services.renderings import Held, Obsolete, Rendered, Rendering
from bot.services.stored_versions import NoSuchVersionError
from bot.services.versions import VersionService
from bot.storage.changes import (
    FollowNews,
    mark_told,
    note_perhaps_told,
    people_to_tell,
    plan_change_rows,
    skip_version,
    told_of,
    told_versions,
)
from bot.storage.database import Connection, Database
from bot.storage.outbox import notices_sent_since
from content.formats.documents import DocumentError
from content.notices import SOON, AgendaNews, PersonalNews, SessionNews, agenda_news, personal_news

logger = logging.getLogger(__name__)

SETTLE = timedelta(minutes=1)
"""How long a new version waits before people hear of it: a mistake may be undone, more changes may follow."""
SETTLE_AT_MOST = timedelta(minutes=5)
"""How long a notice waits for an agenda that goes on changing."""
LATEST_BEFORE = timedelta(hours=1)
"""A notice that is held back comes this long before what it is about, or as soon as it may."""
PLANNED_ANEW = timedelta(minutes=1)
"""How often people who are not told yet are planned for again: who had blocked the bot may be back."""
RECENT_VERSIONS = 10
_PLANNED_AT_ONCE = 1_000
_SKIPPED_AT_ONCE = 1_000

News = tuple[PersonalNews, ...]


@dataclass
class _Known:
    """What was worked out about the current version. ``settled_at``: when people may hear of it."""

    version: int
    settled_at: datetime
    news: dict[int, AgendaNews] = field(default_factory=dict)
    planned_at: dict[int, datetime] = field(default_factory=dict)
    recent: dict[int, RecentChanges] = field(default_factory=dict)


class ChangeService:
    """Compares what people were told with the current agenda, and queues a notice for whom that concerns."""

    def __init__(self, database: Database, clock: Clock, agenda: AgendaService, versions: VersionService) -> None:
        self._database = database
        self._clock = clock
        self._agenda = agenda
        self._versions = versions
        self._lock = asyncio.Lock()
        self._known: _Known | None = None

    async def plan(self) -> int:
        """Queue a notice for everybody who may have to be told and has none yet; return how many."""
        current, now = self._agenda.current, self._clock()
        known = await self._known_of(current)
        told = [
            version
            for version in await told_versions(self._database.reader)
            if version < current.version and _is_past(known.planned_at.get(version), now)
        ]
        if not told:
            return 0
        news_since = await self.news_since(told, current)
        wanted = {version: _follow_news(version, news_since[version], now, known.settled_at) for version in told}
        news = [each for listed in wanted.values() for each in listed]
        people, added = await people_to_tell(self._database.reader, news, current=current.version), 0
        # In small bites: whoever answers people writes too.
        for start in range(0, len(people), _PLANNED_AT_ONCE):
            async with self._database.transaction() as connection:
                part = people[start : start + _PLANNED_AT_ONCE]
                added += await plan_change_rows(
                    connection, part, current=current.version, now=now, restless_since=now - SETTLE_AT_MOST
                )
        for version, listed in wanted.items():
            await self._skip(version, current.version, [each.handle for each in listed])
        known.planned_at.update(dict.fromkeys(told, now))
        return added

    async def news_since(self, told: Collection[int], current: CurrentAgenda) -> Mapping[int, AgendaNews]:
        """Return for each of these versions what differs now; a version that cannot be read any more has no news."""
        known = await self._known_of(current)
        if missing := [version for version in told if version not in known.news]:
            async with self._lock:  # many notices are written at once, and one comparison serves them all
                for version in missing:
                    if version not in known.news:
                        known.news[version] = await self._compared(version, current)
        return known.news

    async def settled_at(self, current: CurrentAgenda) -> datetime:
        """Return when people may hear of the current version, unless it is urgent."""
        return (await self._known_of(current)).settled_at

    async def recent_changes(self, versions: int = RECENT_VERSIONS) -> RecentChanges:
        """Return what differs from so many versions ago: what is still to come first, then what is over."""
        current, now = self._agenda.current, self._clock()
        known = await self._known_of(current)
        if versions not in known.recent:
            known.recent[versions] = await self._recent(current, versions)
        recent = known.recent[versions]
        changes = sorted(
            recent.changes,
            key=lambda change: (change.news.over_at <= now, change.news.starts_at(now), change.news.session.handle),
        )
        return RecentChanges(recent.since, tuple(changes))

    async def _known_of(self, current: CurrentAgenda) -> _Known:
        if self._known is None or self._known.version != current.version:
            now = self._clock()
            history = await self._versions.history(1)
            # A command in another process stamps versions by its own clock, and the demo's is years behind.
            seen_at = min([now, *(entry.created_at for entry in history if entry.number == current.version)])
            self._known = _Known(current.version, seen_at + SETTLE)
        return self._known

    async def _compared(self, version: int, current: CurrentAgenda) -> AgendaNews:
        try:
            old = await self._versions.version(version)
        except (NoSuchVersionError, DocumentError) as error:
            logger.warning("Nobody can be told what changed since version %d: %s", version, error)
            return AgendaNews()
        return await asyncio.to_thread(agenda_news, old, current.agenda)

    async def _skip(self, told: int, current: int, concerned: Collection[str]) -> None:
        """Take people on to the current version whom it does not concern."""
        after: int | None = 0  # people alone follow, and their chats have positive ids
        while after is not None:
            async with self._database.transaction() as connection:
                after = await skip_version(
                    connection, concerned, told=told, current=current, after=after, limit=_SKIPPED_AT_ONCE
                )

    async def _recent(self, current: CurrentAgenda, versions: int) -> RecentChanges:
        history = [entry for entry in await self._versions.history(versions + 1) if entry.number <= current.version]
        since, base, changed_by = None, current.agenda, dict[str, VersionEntry]()
        for entry, before in pairwise(history):
            try:
                older = await self._versions.version(before.number)
            except DocumentError as error:
                logger.warning("What changed before version %d cannot be told: %s", entry.number, error)
                break
            for handle in (await asyncio.to_thread(agenda_news, older, base)).by_session:
                changed_by.setdefault(handle, entry)
            since, base = before, older
        if since is None:
            return RecentChanges()
        news = (await asyncio.to_thread(agenda_news, base, current.agenda)).by_session
        return RecentChanges(
            since, tuple(RecentChange(each, changed_by.get(handle, history[0])) for handle, each in news.items())
        )


class ChangeRenderer:
    """Writes the notice of a change from what a person was last told and the agenda of the moment.

    ``view_of``: what messages to this person are written from; ``write``: the words. ``profiles_of``: the handles of
    the speakers that a person is; of their own sessions they hear as speakers, sooner, and not a second time here.
    """

    def __init__(
        self,
        database: Database,
        agenda: AgendaService,
        changes: ChangeService,
        follows: FollowService,
        *,
        view_of: Callable[[Attendee], View],
        write: Callable[[News, View], OutgoingMessage],
        profiles_of: Callable[[int], Collection[str]] = lambda _: (),
    ) -> None:
        self._database = database
        self._agenda = agenda
        self._changes = changes
        self._follows = follows
        self._view_of = view_of
        self._write = write
        self._profiles_of = profiles_of

    async def render(self, item: OutboxItem, attendee: Attendee) -> Rendering:
        """Return the notice; when to try again; or that there is nothing to tell any more.

        With the record, whatever it is, the person counts as told of the version that was compared.
        """
        current, follows = self._agenda.current, await self._follows.follows_of(item.chat_id)
        read = await told_of(self._database.reader, item.chat_id)
        # Whoever followed while we read may have seen a version that comes after the one to be told of.
        told = {handle: min(version, current.version) for handle, version in read.items()}
        # An earlier try, of which nobody knows whether it arrived, told of this version.
        perhaps_told = min(int(item.payload.get("perhaps_told", current.version)), current.version)
        versions = set(told.values()) | ({perhaps_told} - {current.version})
        news_since = await self._changes.news_since(versions, current)
        view = replace(self._view_of(attendee), agenda=current.agenda, follows=follows)
        muted = [handle for handle in follows.session_wishes if follows.muted(handle)]
        own = {
            each.session.handle
            for handle in self._profiles_of(item.chat_id)
            for version in versions
            for each in news_since[version].by_follow.get(handle, ())
        }
        news = personal_news(told, news_since, muted=muted, now=view.now) if follows.wishes.changes else ()
        if follows.wishes.changes and perhaps_told in versions:
            # What that try said and is so no more: it has to be taken back.
            known = {each.news.session.handle for each in news}
            undone = personal_news(dict.fromkeys(told, perhaps_told), news_since, muted=muted, now=view.now)
            news += tuple(each for each in undone if each.news.session.handle not in known)
        news = tuple(each for each in news if each.news.session.handle not in own)
        recorded = partial(_record_told, chat_id=item.chat_id, version=current.version)
        if not news:
            return Obsolete(on_recorded=recorded)
        if until := await self._held_until(item, [each.news for each in news], view, current):
            return Held(until)
        return Rendered(
            self._write(news, view),
            recorded,
            before_sending=partial(_note_perhaps_told, row_id=item.id, version=current.version),
            not_taken=partial(_note_perhaps_told, row_id=item.id, version=item.payload.get("perhaps_told")),
        )

    async def _held_until(
        self, item: OutboxItem, news: Collection[SessionNews], view: View, current: CurrentAgenda
    ) -> datetime | None:
        if any(each.urgent(view.now) for each in news):
            return None
        planned_at = datetime.fromisoformat(item.payload["planned_at"])
        settled_at = min(await self._changes.settled_at(current), planned_at + SETTLE_AT_MOST)
        if settled_at > view.now:
            return settled_at
        until = held_until(
            kind=NoticeKind.CHANGE,
            urgent=False,
            wishes=view.follows.wishes,
            now=view.now,
            zone=current.agenda.event.time_zone,
            sent_lately=await notices_sent_since(self._database.reader, item.chat_id, view.now - CAP_PERIOD),
        )
        # UTC: in the night of a clock change three hours on the clock are not three hours.
        first_start = min(each.starts_at(view.now).astimezone(UTC) for each in news)
        if until and until > first_start - LATEST_BEFORE:
            return first_start - SOON  # from then on it is urgent
        return until


def _is_past(planned_at: datetime | None, now: datetime) -> bool:
    """Whether it is time to plan again; a clock that was set back does not put it off."""
    return planned_at is None or not timedelta(0) <= now - planned_at < PLANNED_ANEW


def _follow_news(told: int, news: AgendaNews, now: datetime, settled_at: datetime) -> list[FollowNews]:
    """Return for each handle with news that are not over when its followers are to hear of them."""
    found = []
    for handle, all_news in news.by_follow.items():
        if coming := [each for each in all_news if each.over_at > now]:
            urgent = any(each.urgent(now) for each in coming)
            over_at = max(each.over_at for each in coming)
            found.append(FollowNews(told, handle, now if urgent else settled_at, over_at, urgent))
    return found


async def _record_told(connection: Connection, *, chat_id: int, version: int) -> None:
    await mark_told(connection, chat_id, version)


async def _note_perhaps_told(connection: Connection, *, row_id: int, version: int | None) -> None:
    await note_perhaps_told(connection, row_id, version)
