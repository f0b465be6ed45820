"""Reminders: written to the outbox once they are due, and checked again at the moment of sending."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Collection, Sequence
from dataclasses import replace
from datetime import UTC, datetime, timedelta

from bot.clock import Clock
from bot.messages.outgoing import OutgoingMessage
from bot.messages.view import View
from bot.models import JUST_TOLD, LEADS, Attendee, Follows, OutboxItem
from bot.services.agenda import AgendaService
from bot.services.follows import FollowService
from bot.services.reminder_schedule import ReminderSchedule, Start
from bot.services.renderings import Obsolete, Rendered, Rendering
from bot.storage.columns import moment_column
from bot.storage.database import Database
from bot.storage.reminders import ReminderGroup, add_reminders, count_audience
from bot.storage.revisions import start_versions
from content.agenda import Session

PLANNED_ANEW = timedelta(minutes=1)
"""How often all that is due is planned again, whatever was planned before: for those who had blocked the bot."""
_PLANNED_AT_ONCE = 5_000  # people: whoever is answered meanwhile writes, too

_GroupKey = tuple[str, int, int]


class ReminderService:
    """Plans reminders. Who wants one is counted once an agenda version, and kept up to date from then on.

    ``rate``: messages a second; with many followers the sending begins earlier.
    """

    def __init__(
        self, database: Database, clock: Clock, agenda: AgendaService, follows: FollowService, rate: float
    ) -> None:
        self._database = database
        self._clock = clock
        self._agenda = agenda
        self._rate = rate
        self._schedule: ReminderSchedule | None = None
        self._counted: bool | None = None  # None: not yet; False: while somebody followed
        self._lock = asyncio.Lock()
        self._changes = 0  # of follows and wishes so far
        self._touched: set[int] = set()  # whose follows or wishes changed since they were last planned
        self._planned: set[_GroupKey] = set()
        self._planned_at: datetime | None = None
        # Chat, session and lead of who followed it when its reminder was due anyway, and when it starts. In memory
        # alone: a reminder after a restart does no harm.
        self._just_told: dict[tuple[int, str, int], datetime] = {}
        follows.subscribe(self._follows_changed)

    async def plan_due(self) -> int:
        """Write a row for everybody whose reminder is due and who has none yet; return how many."""
        schedule = await self._current_schedule()
        now = self._clock()
        if self._planned_at is None or not timedelta(0) <= now - self._planned_at < PLANNED_ANEW:
            self._planned, self._planned_at = set(), now
        due = schedule.begun(now)
        fresh = [group for group in due if _key(group) not in self._planned]
        known = [group for group in due if _key(group) in self._planned]
        chats, self._touched = self._touched, set()
        self._just_told = {key: starts_at for key, starts_at in self._just_told.items() if starts_at > now}
        added = 0
        try:
            for some in schedule.in_bites(fresh, _PLANNED_AT_ONCE):
                added += await self._add(schedule, some, now)
                if schedule is self._schedule:
                    self._planned.update(map(_key, some))
            if known and chats:
                added += await self._add(schedule, known, now, chats)
        except BaseException:
            self._touched |= chats
            raise
        return added

    async def _add(
        self,
        schedule: ReminderSchedule,
        groups: Sequence[ReminderGroup],
        now: datetime,
        chats: Collection[int] | None = None,
    ) -> int:
        async with self._database.transaction() as connection:
            told = [key for key, starts_at in self._just_told.items() if schedule.starts_at(key[1]) == starts_at]
            return await add_reminders(connection, groups, schedule.ways, now, chats=chats, told=told)

    async def next_due(self) -> datetime | None:
        """Return when somebody's next reminders are due after now (in UTC); None: nobody waits for one."""
        schedule = await self._current_schedule()
        return schedule.next_begin(self._clock())

    async def is_due(self, chat_id: int, handle: str, start_version: int, follows: Follows) -> bool:
        """Return whether this person is to be reminded now of the start which that agenda version set."""
        schedule, lead = await self._current_schedule(exact=False), follows.lead(handle)
        start = schedule.starts.get(handle)
        if start is None or start.version != start_version or lead is None:
            return False
        if self._was_told(chat_id, start, lead):
            return False
        key = (handle, start_version, int(lead.total_seconds()) // 60)
        return key in self._planned or schedule.has_begun(handle, lead, self._clock())

    def _was_told(self, chat_id: int, start: Start, lead: timedelta) -> bool:
        """Whether this person was told of this start when they followed, with this lead or a shorter one."""
        return any(
            self._just_told.get((chat_id, start.session, minutes)) == start.starts_at
            for minutes in LEADS
            if timedelta(minutes=minutes) <= lead
        )

    async def _current_schedule(self, *, exact: bool = True) -> ReminderSchedule:
        """Return the schedule of the current agenda; ``exact``: nobody followed while its people were counted."""
        async with self._lock:
            current, schedule = self._agenda.current, self._schedule
            if schedule is None or schedule.version != current.version:
                known = await start_versions(self._database.reader)
                schedule = ReminderSchedule(current.version, current.agenda, known, self._rate)
                self._schedule, self._planned, self._counted = schedule, set(), None
            if self._counted is None or (exact and not self._counted):
                changes = self._changes
                schedule.set_audience(await count_audience(self._database.reader, schedule.ways))
                # Somebody may have followed meanwhile, and be in the count or not: then it is done again next time.
                self._counted = changes == self._changes
            return schedule

    def _follows_changed(self, chat_id: int, before: Follows, after: Follows) -> None:
        self._touched.add(chat_id)
        self._changes += 1
        now, handles = self._clock(), self._agenda.current.agenda.by_handle
        for handle in after.sessions - before.sessions:
            session, lead = handles.get(handle), after.lead(handle)
            if isinstance(session, Session) and lead is not None and now < session.starts_at < now + lead + JUST_TOLD:
                self._just_told[chat_id, handle, int(lead.total_seconds()) // 60] = session.starts_at.astimezone(UTC)
        if self._schedule:
            self._schedule.change_audience(before, after)


class ReminderRenderer:
    """Writes a reminder with the agenda and the wishes of the moment, or finds that there is nothing to say.

    ``view_of``: what messages to this person are written from; ``write``: the words.
    """

    def __init__(
        self,
        follows: FollowService,
        reminders: ReminderService,
        view_of: Callable[[Attendee], View],
        write: Callable[[Session, View], OutgoingMessage],
    ) -> None:
        self._follows = follows
        self._reminders = reminders
        self._view_of = view_of
        self._write = write

    async def render(self, item: OutboxItem, attendee: Attendee) -> Rendering:
        """Return the reminder; or delete the row if the session moved, is off, muted or not followed any more.

        The key goes with the row: another start has its own, and whoever changes their mind back is reminded.
        """
        follows, handle = await self._follows.follows_of(item.chat_id), str(item.payload["session"])
        if not await self._reminders.is_due(item.chat_id, handle, int(item.payload["version"]), follows):
            return Obsolete(delete=True)
        view = replace(self._view_of(attendee), follows=follows)
        session = view.agenda.by_handle.get(handle)
        if (
            not isinstance(session, Session)
            or moment_column(session.starts_at) != item.payload["starts_at"]
            or session not in follows.sessions_in(view.agenda)
        ):
            return Obsolete(delete=True)
        return Rendered(self._write(session, view))


def _key(group: ReminderGroup) -> _GroupKey:
    return group.session, group.start_version, group.lead_minutes
