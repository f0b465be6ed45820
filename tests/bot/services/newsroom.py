"""A conference whose changes are told: planned, written and recorded as delivery does it, on a clock that stands."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from types import MappingProxyType

from bot.messages.changes import change_notice
from bot.messages.outgoing import OutgoingMessage
from bot.messages.view import View
from bot.models import Attendee, OutboxItem
from bot.services.changes import SETTLE, ChangeRenderer, ChangeService, News
from bot.services.renderings import Held, Obsolete, Rendered
from bot.services.versions import VersionService
from bot.storage.attendees import find_attendee
from bot.storage.outbox import Done, claim, put_back, record_done
from content.agenda import Session
from tests.bot.services.conference import Conference
from tests.builders import a_session

TALK = a_session("talk", starts_at="15:00", speakers=["ana"])
PANEL = a_session("panel", starts_at="16:00", speakers=["ana", "ion"])
LUNCH = a_session("lunch", starts_at="13:30")


def later(session: Session, hours: float = 1) -> Session:
    """Return the session so many hours later."""
    shift = timedelta(hours=hours)
    return replace(session, starts_at=session.starts_at + shift, ends_at=session.ends_at + shift)


@dataclass(frozen=True, slots=True)
class Told:
    """Who was told of which sessions: ``{"talk": "cancelled"}``."""

    chat_id: int
    sessions: dict[str, str]


class Newsroom(Conference):
    """A conference that tells people what changed. ``profiles``: who is which speakers, by handle."""

    profiles: Mapping[int, frozenset[str]] = MappingProxyType({})

    def start(self) -> None:
        """Begin with nothing remembered, as after a restart."""
        super().start()
        self.versions = VersionService(self.database, self.agenda)
        self.changes = ChangeService(self.database, self.clock, self.agenda, self.versions)
        self.change_renderer = ChangeRenderer(
            self.database,
            self.agenda,
            self.changes,
            self.follows,
            view_of=self._view_of,
            write=self._write_news,
            profiles_of=lambda chat_id: self.profiles.get(chat_id, frozenset()),
        )
        self.news: list[News] = []

    async def tell(self) -> list[Told]:
        """Plan, and send what is due now; return who was told what."""
        await self.changes.plan()
        return await self.deliver()

    async def tell_settled(self) -> list[Told]:
        """Plan, let the settle minute pass, and send what is due then."""
        await self.changes.plan()
        self.clock.now += SETTLE
        return await self.deliver()

    async def deliver(self) -> list[Told]:
        """Send what was planned and is due."""
        told: list[Told] = []
        while items := await self.claimed():
            for item in items:
                if message := await self.write(item):
                    assert message.text
                    told.append(Told(item.chat_id, _sessions(self.news.pop())))
        return told

    async def claimed(self) -> tuple[OutboxItem, ...]:
        """Take in hand what is due."""
        async with self.database.transaction() as connection:
            return await claim(connection, self.clock.now, 100, ())

    async def write(self, item: OutboxItem) -> OutgoingMessage | None:
        """Write and record one row; None: nothing was sent."""
        rendering = await self.change_renderer.render(item, await self.attendee(item.chat_id))
        return await self.record(item, rendering)

    async def record(self, item: OutboxItem, rendering: object) -> OutgoingMessage | None:
        """Record what became of a row, as delivery does."""
        now, message = self.clock.now, None
        async with self.database.transaction() as connection:
            if item.expires_at <= now:
                await record_done(connection, [Done(item, "expired", now)])
                return None
            match rendering:
                case Rendered(written, on_recorded):
                    message = written
                    await record_done(connection, [Done(item, "sent", now)])
                case Held(until):
                    assert until > now
                    await put_back(connection, item, until, attempt=False)
                    return None
                case Obsolete(delete=False, on_recorded=on_recorded):
                    await record_done(connection, [Done(item, "dropped", now)])
                case other:
                    raise AssertionError(other)
            if on_recorded:
                await on_recorded(connection)
        return message

    async def queued(self) -> list[tuple[int, timedelta]]:
        """Return who waits for a notice, and for how long."""
        rows = await self.database.reader.execute_fetchall(
            "SELECT chat_id, not_before FROM outbox WHERE state = 'queued' AND kind = 'change' ORDER BY chat_id"
        )
        return [(row[0], datetime.fromisoformat(row[1]) - self.clock.now) for row in rows]

    async def attendee(self, chat_id: int) -> Attendee:
        """Return who this is."""
        attendee = await find_attendee(self.database.reader, chat_id)
        assert attendee is not None
        return attendee

    async def told_versions(self, chat_id: int) -> set[int]:
        """Return the versions that this person was last told of."""
        rows = await self.database.reader.execute_fetchall(
            "SELECT told_version FROM follows WHERE chat_id = ?", (chat_id,)
        )
        return {row[0] for row in rows}

    def _write_news(self, news: News, view: View) -> OutgoingMessage:
        self.news.append(news)
        return change_notice(news, view)


def _sessions(news: News) -> dict[str, str]:
    return {each.news.session.id: each.news.kind.value for each in news}
