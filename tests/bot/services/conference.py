"""A conference in a real database, with people who follow and are reminded on a clock that stands."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta

from bot.i18n import localizer
from bot.messages.outgoing import OutgoingMessage
from bot.messages.reminders import reminder_message
from bot.messages.view import View
from bot.models import Attendee
from bot.services.agenda import AgendaService
from bot.services.agenda_imports import PreparedImport, prepare_import, read_stored_agenda, store_import
from bot.services.follows import FollowService
from bot.services.reminders import ReminderRenderer, ReminderService
from bot.services.renderings import Obsolete, Rendered
from bot.storage.attendees import save_attendee
from bot.storage.database import Database
from bot.storage.outbox import Done, claim, delete_row, record_done
from content.agenda import Agenda, Session, Speaker
from tests.bot.services.standing_clock import StandingClock
from tests.builders import a_moment, an_agenda

SINCE = date(2023, 11, 1)


@dataclass(frozen=True, slots=True)
class Reminded:
    """Who was reminded of which session, with the first line of the text."""

    chat_id: int
    session: str
    text: str


class Conference:
    """Everything that following and reminding needs. Chats are numbered from 1."""

    def __init__(self, database: Database, clock: StandingClock, rate: float = 20) -> None:
        self.database = database
        self.clock = clock
        self._rate = rate
        self.agenda = AgendaService(database, clock)
        self.start()

    def start(self) -> None:
        """Begin with nothing remembered, as after a restart."""
        self.follows = FollowService(self.database, self.clock, self.agenda)
        self.reminders = ReminderService(self.database, self.clock, self.agenda, self.follows, self._rate)
        self.renderer = ReminderRenderer(self.follows, self.reminders, self._view_of, self._write)
        self._written: list[str] = []

    def at(self, moment: str | datetime) -> None:
        """Set the clock to a time of Bucharest, or to any moment."""
        self.clock.now = a_moment(moment).astimezone(UTC)

    async def publish(self, *sessions: Session, agenda: Agenda | None = None) -> None:
        """Make these sessions the agenda; what is the same as before makes no version."""
        agenda = agenda or an_agenda(*sessions)
        stored = await read_stored_agenda(self.database)
        if stored.agenda is None:
            prepared = prepare_import(stored, agenda, self.clock, author="Olena", note="")
            assert isinstance(prepared, PreparedImport)
            await store_import(self.database, prepared)
            await self.agenda.load()
        else:
            await self.agenda.import_agenda(agenda, author="Olena", note="", allow_mass_removal=True)

    async def welcome(self, *chats: int, blocked: bool = False) -> None:
        """Let these people have written once."""
        blocked_at = self.clock.now if blocked else None
        async with self.database.transaction() as connection:
            for chat_id in chats:
                await save_attendee(connection, Attendee(chat_id, "en", True, SINCE, SINCE, blocked_at))

    def session(self, session_id: str) -> Session:
        """Return the session as it is now."""
        return self.agenda.current.agenda.session_by_id[session_id]

    def speaker(self, speaker_id: str) -> Speaker:
        """Return the person as they are now."""
        return self.agenda.current.agenda.speaker_by_id[speaker_id]

    async def follow(self, chat_id: int, *session_ids: str) -> None:
        """Welcome this person and let them follow these sessions."""
        await self.welcome(chat_id)
        for session_id in session_ids:
            assert await self.follows.follow(chat_id, self.session(session_id))

    async def remind(self) -> list[Reminded]:
        """Plan what is due and send it, as delivery does; return who was reminded."""
        await self.reminders.plan_due()
        return await self.send()

    async def reminded(self) -> list[tuple[int, str]]:
        """Plan and send as `remind`; return chats and session ids alone."""
        return [(one.chat_id, one.session) for one in await self.remind()]

    async def send(self) -> list[Reminded]:
        """Send what was planned."""
        reminded: list[Reminded] = []
        while True:
            async with self.database.transaction() as connection:
                items = await claim(connection, self.clock.now, 100, ())
            if not items:
                return reminded
            for item in items:
                rendering = await self.renderer.render(item, Attendee(item.chat_id))
                async with self.database.transaction() as connection:
                    match rendering:
                        case Rendered(message):
                            await record_done(connection, [Done(item, "sent", self.clock.now)])
                            reminded.append(Reminded(item.chat_id, self._written.pop(), message.text.split("\n")[0]))
                        case Obsolete(delete=True):
                            await delete_row(connection, item)
                        case other:
                            raise AssertionError(other)

    async def rows(self) -> int:
        """Count the rows of the outbox, done or not."""
        rows = await self.database.reader.execute_fetchall("SELECT count(*) FROM outbox")
        return int(next(iter(rows))[0])

    async def next_due(self) -> timedelta | None:
        """Return how long it is until the next reminder."""
        moment = await self.reminders.next_due()
        return moment - self.clock.now if moment else None

    def _view_of(self, attendee: Attendee) -> View:
        return View(localizer(attendee.language), self.agenda.current.agenda, self.clock.now)

    def _write(self, session: Session, view: View) -> OutgoingMessage:
        self._written.append(session.id)
        return reminder_message(session, view)
