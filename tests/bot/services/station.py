"""Broadcasts from a real database to people in the local Telegram, on a clock that stands."""

from __future__ import annotations

from collections import Counter
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from datetime import UTC, datetime

from telegram import Bot

from bot.broadcasts import Audience, BroadcastDraft, BroadcastProgress
from bot.local_telegram import LocalTelegram, running_local_telegram
from bot.local_telegram.people import Person
from bot.models import NoticeKind
from bot.sender import TelegramSender
from bot.services.agenda import AgendaService
from bot.services.attendees import AttendeeService
from bot.services.broadcast_rendering import BroadcastRenderer
from bot.services.broadcasts import BroadcastService
from bot.services.delivery import DeliveryService
from bot.services.follows import FollowService
from bot.storage.database import Database
from bot.transport import AiohttpRequest
from content.agenda import Session, Speaker
from tests.bot.services.standing_clock import StandingClock
from tests.bot.waking_bot import publish
from tests.builders import a_moment, a_session, an_agenda

LANGUAGES = ("en", "ro", "uk")
NO_LIMIT = 1e6
AUTHOR = 7
AGENDA = an_agenda(
    a_session("talk", starts_at="15:00", speakers=["ana"]), a_session("panel", starts_at="16:00", speakers=["ion"])
)


def in_words(**texts: str) -> BroadcastDraft:
    """Return a message to everyone in these languages."""
    return BroadcastDraft(texts)


def adds_up(progress: BroadcastProgress) -> bool:
    """Whether everybody is counted once."""
    parts = progress.sent, progress.left, progress.blocked, progress.failed, progress.expired, progress.cancelled
    return sum(parts) == progress.total


class Station:
    """The services around a broadcast. Everybody in `telegram` has started the bot."""

    def __init__(self, database: Database, clock: StandingClock, telegram: LocalTelegram, bot: Bot) -> None:
        self.database, self.clock, self.telegram, self.bot = database, clock, telegram, bot
        self.people: dict[str, Person] = {}

    async def open(self, *, rate: float = NO_LIMIT, workers: int = 4) -> None:
        """Begin with nothing remembered, as another process would."""
        database, clock = self.database, self.clock
        self.agenda = AgendaService(database, clock)
        await self.agenda.load()
        self.attendees = AttendeeService(database, clock, LANGUAGES, lambda: "en")
        self.follows = FollowService(database, clock, self.agenda)
        self.broadcasts = BroadcastService(database, clock, self.agenda, LANGUAGES)
        self.delivery = DeliveryService(
            database,
            clock,
            TelegramSender(self.bot),
            self.attendees,
            {NoticeKind.BROADCAST: BroadcastRenderer(self.broadcasts, self.follows, self.agenda, clock)},
            rate=rate,
            workers=workers,
        )

    def at(self, moment: str | datetime) -> None:
        """Set the clock to a time of Bucharest, or to any moment."""
        self.clock.now = a_moment(moment).astimezone(UTC)

    async def welcome(self, name: str, language: str = "en") -> Person:
        """Let this person start the bot."""
        person = self.people[name] = self.telegram.add_person(name, language)
        await person.sends("/start")
        await self.attendees.welcome(person.id, language)
        return person

    async def crowd(self, number: int) -> list[Person]:
        """Let so many people start the bot."""
        return [await self.welcome(f"Person {place}") for place in range(number)]

    def target(self, id_: str) -> Session | Speaker:
        """Return this session or speaker."""
        agenda = self.agenda.current.agenda
        return agenda.session_by_id.get(id_) or agenda.speaker_by_id[id_]

    async def follow(self, name: str, *ids: str) -> None:
        """Let this person follow these."""
        for id_ in ids:
            await self.follows.follow(self.people[name].id, self.target(id_))

    async def tell(self, draft: BroadcastDraft, key: str = "draft") -> int:
        """Confirm this, let it go out as far as it can now, and return its id."""
        broadcast = await self.broadcasts.confirm(draft, AUTHOR, draft_key=key)
        await self.delivery.deliver_due()
        return broadcast.id

    def got(self) -> dict[str, list[str]]:
        """What everybody who got something got, text or caption."""
        return {
            name: [str(reply.get("text", reply.get("caption"))) for reply in person.replies]
            for name, person in self.people.items()
            if person.replies
        }

    async def count(self, audience: Audience) -> dict[str, int]:
        """Count this audience by language."""
        return dict(await self.broadcasts.head_count(audience))

    async def rows(self) -> Counter[str]:
        """Count the outbox's rows by state."""
        rows = await self.database.reader.execute_fetchall("SELECT state, count(*) FROM outbox GROUP BY state")
        return Counter({row[0]: row[1] for row in rows})

    async def trail(self) -> list[str]:
        """Return what organisers did, in order."""
        rows = await self.database.reader.execute_fetchall("SELECT action FROM audit ORDER BY id")
        return [row[0] for row in rows]


@asynccontextmanager
async def a_station(database: Database, clock: StandingClock) -> AsyncIterator[Station]:
    """Open one with nobody there yet; it is 10:05 in Bucharest."""
    await publish(database, AGENDA, clock)
    async with (
        running_local_telegram(now=clock) as telegram,
        Bot(
            telegram.token,
            base_url=f"{telegram.api_url}/bot",
            request=AiohttpRequest(read=0.5),
            get_updates_request=AiohttpRequest(),
        ) as bot,
    ):
        station = Station(database, clock, telegram, bot)
        await station.open()
        yield station
