"""What goes into a person's calendar: sessions of today's agenda, and those that left it, which stand as cancelled."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Awaitable, Callable

from bot.models import Follows
from bot.services.agenda import AgendaService
from bot.storage.database import Database
from bot.storage.revisions import last_versions_of_departed, sequences
from content.agenda import Agenda, Session
from content.calendar import CalendarSession


class CalendarService:
    """Puts sessions together with how often they changed.

    ``version`` returns the agenda of an old version, with handles.
    """

    def __init__(self, database: Database, agenda: AgendaService, version: Callable[[int], Awaitable[Agenda]]) -> None:
        self._database = database
        self._agenda = agenda
        self._version = version

    async def session(self, handle: str) -> CalendarSession | None:
        """Return one session; None: it is not in today's agenda."""
        agenda = self._agenda.current.agenda
        session = agenda.by_handle.get(handle)
        if not isinstance(session, Session):
            return None
        risen = await sequences(self._database.reader)
        return CalendarSession(session, agenda, risen.get(handle, 0))

    async def sessions_of(self, follows: Follows) -> tuple[CalendarSession, ...]:
        """Return what somebody follows, directly or through a speaker, in order of start; what left the agenda last."""
        if not follows.sessions and not follows.speakers:
            return ()
        current = self._agenda.current
        risen = await sequences(self._database.reader)
        last_versions = await last_versions_of_departed(self._database.reader, current.version)
        departed: dict[int, set[str]] = defaultdict(set)
        for handle, number in last_versions.items():
            if follows.speakers or handle in follows.sessions:
                departed[number].add(handle)
        found = [
            CalendarSession(session, current.agenda, risen.get(session.handle, 0))
            for session in follows.sessions_in(current.agenda)
        ]
        for number in sorted(departed):
            agenda = await self._version(number)
            found += [
                CalendarSession(session, agenda, risen.get(session.handle, 0), gone=True)
                for session in follows.sessions_in(agenda)
                if session.handle in departed[number] and session.handle not in current.agenda.by_handle
            ]
        return tuple(found)
