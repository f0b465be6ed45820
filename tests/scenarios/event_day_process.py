"""Ghid's services in a process that dies at a commit, and the phones it sends to."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Mapping, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from random import Random

from bot.i18n import LOCALES, localizer
from bot.messages.changes import change_notice
from bot.messages.outgoing import OutgoingMessage
from bot.messages.reminders import reminder_message
from bot.messages.view import View
from bot.models import Attendee, Later, Never, NeverReason, NoticeKind, Outcome, Sent
from bot.services.agenda import AgendaService
from bot.services.attendees import AttendeeService
from bot.services.broadcasts import BroadcastService
from bot.services.changes import ChangeRenderer, ChangeService
from bot.services.delivery import DeliveryService
from bot.services.follows import FollowService
from bot.services.notices import NoticeService
from bot.services.reminders import ReminderRenderer, ReminderService
from bot.services.renderings import Renderer
from bot.services.versions import VersionService
from bot.storage.database import Connection, Database
from content.agenda import Session
from content.notices import NewsKind, PersonalNews
from tests.bot.services.standing_clock import StandingClock
from tests.scenarios.event_day_actions import (
    Action,
    Block,
    Change,
    Follow,
    Mute,
    Publish,
    Return,
    SetLead,
    SetSessionLead,
    Slot,
    StopChanges,
    Unfollow,
    WakeMe,
)
from tests.scenarios.event_day_script import LANGUAGES, agenda_of

WORKERS = 8
FAST = 1e6  # messages a second: reminders begin exactly at their time


@dataclass(frozen=True, slots=True)
class Told(OutgoingMessage):
    """A message that also says in data what it says in words."""

    reminder: tuple[str, datetime] | None = None
    changes: frozenset[Change] = frozenset()


@dataclass(frozen=True, slots=True)
class Delivery:
    """What Telegram took, when, and from which life of the process; ``answered``: Telegram's answer arrived."""

    at: datetime
    life: int
    chat: int
    message: Told
    answered: bool


@dataclass
class Phones:
    """Everybody's phone, and Telegram before them. ``trouble``: the share of calls that go wrong."""

    clock: StandingClock
    random: Random
    trouble: float = 0.0
    blocked: set[int] = field(default_factory=set)
    taken: list[Delivery] = field(default_factory=list)
    refused: list[int] = field(default_factory=list)  # chats that Telegram could not be reached for

    async def take(self, chat: int, message: OutgoingMessage, life: Life) -> Outcome:
        """Answer as Telegram does."""
        await asyncio.sleep(0)
        if life.dead:
            raise asyncio.CancelledError
        if chat in self.blocked:
            return Never(NeverReason.BLOCKED, ConnectionError("blocked"))
        assert isinstance(message, Told)
        error = ConnectionError("a bad line")
        luck = self.random.random() / self.trouble * 3 if self.trouble else 9
        if luck < 1:
            return Later(timedelta(milliseconds=2), may_have_been_sent=False, error=error)
        if luck < 2:
            self.refused.append(chat)
            return Later(None, may_have_been_sent=False, error=error)
        lost = luck < 3
        self.taken.append(Delivery(self.clock.now, life.number, chat, message, not lost))
        for _ in range(self.random.randint(0, 6)):
            await asyncio.sleep(0)
        return Later(None, may_have_been_sent=True, error=error) if lost else Sent(len(self.taken))


@dataclass
class Life:
    """One process from its start to its death."""

    number: int
    dead: bool = False
    died: asyncio.Event = field(default_factory=asyncio.Event)

    async def end(self) -> None:
        """Stand still from now on; nothing of this process happens any more."""
        self.dead = True
        self.died.set()
        await asyncio.Event().wait()


class MortalDatabase(Database):
    """Ends the process at each n-th commit, by turns just before and just after it; ``every`` 0: never."""

    def __init__(self, real: Database, life: Life, count: list[int], every: int) -> None:
        self.reader = real.reader
        self._real, self._life, self._count, self._every = real, life, count, every

    @asynccontextmanager
    async def transaction(self) -> AsyncIterator[Connection]:
        async with self._real.transaction() as connection:
            if self._life.dead:
                raise asyncio.CancelledError
            yield connection
            self._count[0] += 1
            dies = bool(self._every) and self._count[0] % self._every == 0
            if dies and self._count[0] // self._every % 2:
                await self._life.end()
        if dies:
            await self._life.end()


class Process:
    """The services of one life, put together as `bot.application` does."""

    def __init__(self, database: Database, life: Life, phones: Phones) -> None:
        self.database, self.life, self.phones = database, life, phones
        clock = phones.clock
        self.alarm: datetime | None = None
        self.started = False
        self.agenda = AgendaService(database, clock)
        self.attendees = AttendeeService(database, clock, LANGUAGES, lambda: "en")
        self.follows = FollowService(database, clock, self.agenda)
        self.versions = VersionService(database, self.agenda)
        self.reminders = ReminderService(database, clock, self.agenda, self.follows, FAST)
        self.changes = ChangeService(database, clock, self.agenda, self.versions)

        def view_of(attendee: Attendee) -> View:
            return View(localizer(attendee.language), self.agenda.current.agenda, clock())

        renderers: dict[NoticeKind, Renderer] = {
            NoticeKind.REMINDER: ReminderRenderer(self.follows, self.reminders, view_of, _reminder),
            NoticeKind.CHANGE: ChangeRenderer(
                database, self.agenda, self.changes, self.follows, view_of=view_of, write=_change
            ),
        }
        self.delivery = DeliveryService(database, clock, self, self.attendees, renderers, rate=FAST, workers=WORKERS)
        broadcasts = BroadcastService(database, clock, self.agenda, LOCALES)
        self.notices = NoticeService(self.reminders, self.changes, broadcasts, self.delivery, self)

    async def send(self, chat_id: int, message: OutgoingMessage) -> Outcome:
        """As `Sender`."""
        return await self.phones.take(chat_id, message, self.life)

    def aim(self, moment: datetime | None) -> None:
        """As `WakeUp`."""
        self.alarm = moment

    async def start(self) -> None:
        """Begin, as `bot.application` does."""
        await self.agenda.load()
        await self.delivery.start()
        await self.notices.tick()
        self.started = True

    async def settle(self) -> None:
        """Plan and deliver all that is due at this moment."""
        await self.notices.tick()
        await self.delivery.deliver_due()

    async def do(self, action: Action, languages: Mapping[int, str]) -> None:
        """Do what one update or one import asks for; a second time it changes nothing."""
        agenda, follows = self.agenda.current.agenda, self.follows
        match action:
            case Follow(chat, target) | Unfollow(chat, target):
                found = agenda.session_by_id.get(target) or agenda.speaker_by_id.get(target)
                if found is not None and isinstance(action, Follow):
                    await follows.follow(chat, found)
                elif found is not None:
                    await follows.unfollow(chat, found.handle)
            case Mute(chat, session, on):
                if session in agenda.session_by_id:
                    await follows.mute(chat, agenda.session_by_id[session].handle, on)
            case SetLead(chat, minutes):
                await follows.set_lead(chat, minutes)
            case SetSessionLead(chat, session, own):
                if session in agenda.session_by_id:
                    await follows.set_session_lead(chat, agenda.session_by_id[session].handle, own)
            case StopChanges(chat):
                await follows.set_changes(chat, on=False)
            case WakeMe(chat):
                await follows.set_quiet_hours(chat, on=False)
            case Block(chat):
                self.phones.blocked.add(chat)
            case Return(chat):
                self.phones.blocked.discard(chat)
                await self.attendees.welcome(chat, languages[chat])
            case Publish(_, int(version)):
                await self.versions.undo(author="Olena", note="back", to=version)
            case Publish(programme):
                await self.agenda.import_agenda(agenda_of(programme), author="Olena", note="", allow_mass_removal=True)


def _reminder(session: Session, view: View) -> Told:
    message = reminder_message(session, view)
    return Told(message.text, message.buttons, reminder=(session.id, session.starts_at.astimezone(UTC)))


def _change(news: Sequence[PersonalNews], view: View) -> Told:
    message = change_notice(news, view)
    return Told(message.text, message.buttons, changes=frozenset(map(_told_change, news)))


def _told_change(personal: PersonalNews) -> Change:
    news = personal.news
    old = _slot(news.old) if news.kind in {NewsKind.CHANGED, NewsKind.CANCELLED} else None
    new = _slot(news.new) if news.kind is not NewsKind.CANCELLED else None
    return news.session.id, old, new


def _slot(session: Session | None) -> Slot | None:
    if session is None:
        return None
    title = session.title.texts["en"].removesuffix(" en")
    minutes = int(session.duration / timedelta(minutes=1))
    speakers = frozenset(part.speaker_id for part in session.speakers)
    return Slot(title, session.starts_at.astimezone(UTC), minutes, session.room_id or "", speakers, session.cancelled)
