"""When the sending of each reminder begins, so that the last one goes out at its time. In memory alone."""

from __future__ import annotations

import math
from bisect import bisect_right
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

from bot.models import LEADS, Follows
from bot.services.follows import ways_to
from bot.storage.columns import moment_column
from bot.storage.reminders import Audience, ReminderGroup, Ways
from bot.storage.revisions import StartVersions
from content.agenda import Agenda


@dataclass(frozen=True, slots=True)
class Start:
    """When a session starts (in UTC), and which agenda version said so."""

    session: str
    starts_at: datetime
    version: int


class ReminderSchedule:
    """The reminders of one agenda version: who wants them is counted, and they are in order of time.

    Each lead of each session is a group. ``n`` people take ``n / rate`` seconds, and groups that follow closely wait
    for each other: counted back from the last one, each begins early enough to be done by its time, in whole seconds.
    """

    def __init__(self, version: int, agenda: Agenda, known: StartVersions, rate: float) -> None:
        self.version = version
        self.agenda = agenda
        self.starts: Mapping[str, Start] = {start.session: start for start in _starts(agenda, known)}
        self.ways: Ways = {handle: ways_to(agenda.session_by_id[id_], agenda) for handle, id_ in self._ids(agenda)}
        self._rate = rate
        self._audience: dict[str, dict[int, int]] = {}
        # UTC: two moments of one zone are not as far apart as their clock times say.
        self._due = sorted(
            ((start.starts_at - timedelta(minutes=lead)).timestamp(), start.session, lead)
            for start in self.starts.values()
            for lead in LEADS
        )
        self._places = {(session, lead): place for place, (_, session, lead) in enumerate(self._due)}
        self._begins: list[float] | None = None

    def starts_at(self, session: str) -> datetime | None:
        """Return when a session starts; None: it is not on."""
        start = self.starts.get(session)
        return start.starts_at if start else None

    def set_audience(self, audience: Audience) -> None:
        """Say how many people have each lead for each session."""
        self._audience = {session: dict(leads) for session, leads in audience.items()}
        self._begins = None

    def change_audience(self, before: Follows, after: Follows) -> None:
        """Count one person anew."""
        for follows, difference in ((before, -1), (after, 1)):
            for session in follows.sessions_in(self.agenda):
                lead = follows.lead(session.handle)
                if lead is not None and session.handle in self.starts:
                    leads = self._audience.setdefault(session.handle, {})
                    leads[_minutes(lead)] = leads.get(_minutes(lead), 0) + difference
        self._begins = None

    def begun(self, now: datetime) -> list[ReminderGroup]:
        """Return the groups whose sending has begun and whose session has not, those of nobody too."""
        places = range(bisect_right(self._all_begins(), now.timestamp()))
        groups = (self._due[place] for place in places)
        return [
            self._group(self._places[session, lead])
            for _, session, lead in groups
            if self.starts[session].starts_at > now
        ]

    def in_bites(self, groups: Iterable[ReminderGroup], most: int) -> list[list[ReminderGroup]]:
        """Divide groups, in their order, into bites of so many people, or of one group of more."""
        bites: list[list[ReminderGroup]] = []
        left = 0
        for group in groups:
            people = max(0, self._people(group.session, group.lead_minutes))
            if not bites or people > left:
                bites.append([])
                left = most
            bites[-1].append(group)
            left -= people
        return bites

    def next_begin(self, now: datetime) -> datetime | None:
        """Return when the sending of the next reminders that somebody wants begins after ``now``, in UTC."""
        begins = self._all_begins()
        for place in range(bisect_right(begins, now.timestamp()), len(begins)):
            _, session, lead = self._due[place]
            if self._audience.get(session, {}).get(lead, 0) > 0:
                return self._group(place).begins_at
        return None

    def has_begun(self, session: str, lead: timedelta, now: datetime) -> bool:
        """Return whether those with this lead are being sent their reminders of this session."""
        place = self._places.get((session, _minutes(lead)))
        return place is not None and self._all_begins()[place] <= now.timestamp()

    def _group(self, place: int) -> ReminderGroup:
        _, session, lead = self._due[place]
        start = self.starts[session]
        begins_at = datetime.fromtimestamp(self._all_begins()[place], UTC)
        return ReminderGroup(session, start.starts_at, start.version, lead, begins_at)

    def _all_begins(self) -> list[float]:
        if self._begins is None:
            begins: list[float] = []
            ahead = 0.0  # seconds of sending that must be over before this group is due
            after = math.inf
            for due_at, session, lead in reversed(self._due):
                ahead = max(0.0, ahead - (after - due_at)) + max(0, self._people(session, lead)) / self._rate
                begins.append(due_at - math.floor(ahead))
                after = due_at
            begins.reverse()
            self._begins = begins
        return self._begins

    def _people(self, session: str, lead: int) -> int:
        leads = self._audience.get(session)
        return leads.get(lead, 0) if leads else 0

    def _ids(self, agenda: Agenda) -> Iterable[tuple[str, str]]:
        return ((session.handle, session.id) for session in agenda.sessions if session.handle in self.starts)


def _starts(agenda: Agenda, known: StartVersions) -> Iterable[Start]:
    for session in agenda.sessions:
        starts_at, version = known.get(session.handle, ("", 0))
        # Another start in the database: another process has just moved it, and we are about to take that over.
        if not session.cancelled and "time" not in session.unknown and starts_at == moment_column(session.starts_at):
            yield Start(session.handle, session.starts_at.astimezone(UTC), version)


def _minutes(lead: timedelta) -> int:
    return int(lead.total_seconds()) // 60
