"""A delivery service between a real database and the local Telegram, with letters whose text is in their row."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta

from telegram import Bot

from bot.local_telegram import LocalTelegram, running_local_telegram
from bot.local_telegram.people import Person
from bot.models import NoticeKind, Priority
from bot.sender import TelegramSender
from bot.services.attendees import AttendeeService
from bot.services.delivery import DeliveryService
from bot.storage import outbox
from bot.storage.database import Database
from bot.transport import AiohttpRequest
from tests.bot.services.letters import Letters
from tests.bot.services.standing_clock import StandingClock

NO_LIMIT = 1e6
HOUR = timedelta(hours=1)


@dataclass(slots=True)
class PostOffice:
    """The service and all around it. Everybody in `telegram` has started the bot and is known."""

    database: Database
    clock: StandingClock
    telegram: LocalTelegram
    attendees: AttendeeService
    letters: Letters
    bot: Bot
    delivery: DeliveryService = field(init=False)

    def __post_init__(self) -> None:
        self.open()

    def open(self, *, rate: float = NO_LIMIT, workers: int = 8) -> DeliveryService:
        """Begin anew, as another process would."""
        self.delivery = DeliveryService(
            self.database,
            self.clock,
            TelegramSender(self.bot),
            self.attendees,
            dict.fromkeys(NoticeKind, self.letters),
            rate=rate,
            workers=workers,
        )
        return self.delivery

    @property
    def people(self) -> list[Person]:
        return self.telegram.people

    async def put(
        self,
        key: str,
        person: Person,
        *,
        priority: int = Priority.REMINDER,
        kind: NoticeKind = NoticeKind.REMINDER,
        due: datetime | None = None,
        expires: datetime | None = None,
        text: str = "",
    ) -> bool:
        async with self.database.transaction() as connection:
            return await outbox.add_row(
                connection,
                key=key,
                chat_id=person.id,
                kind=kind,
                priority=priority,
                payload={"text": text or key},
                not_before=due or self.clock.now,
                expires_at=expires or self.clock.now + HOUR,
                created_at=self.clock.now,
            )

    def got(self, person: Person) -> list[str]:
        return [str(reply["text"]) for reply in person.replies]

    def handed_over(self) -> list[str]:
        """All texts Telegram was asked to send, refused ones too, in order."""
        return [str(call.parameters["text"]) for call in self.telegram.calls if call.method == "sendMessage"]

    async def paused(self) -> None:
        """Wait until a pause holds delivery."""
        async with asyncio.timeout(5):
            while not self.delivery.figures.paused_for:  # noqa: ASYNC110 - a figure has no event
                await asyncio.sleep(0.005)

    async def states(self) -> dict[str, str]:
        rows = await self.database.reader.execute_fetchall("SELECT key, state FROM outbox ORDER BY id")
        return {row["key"]: row["state"] for row in rows}

    async def row(self, key: str) -> tuple[str, int, datetime, str | None]:
        """Return state, attempts, not_before, reason."""
        rows = await self.database.reader.execute_fetchall("SELECT * FROM outbox WHERE key = ?", (key,))
        row = next(iter(rows))
        moment = datetime.fromisoformat(row["not_before"]).astimezone(UTC)
        return row["state"], row["attempts"], moment, row["reason"]


@asynccontextmanager
async def post_office(database: Database, clock: StandingClock, people: int = 3) -> AsyncIterator[PostOffice]:
    """Open one among so many people."""
    attendees = AttendeeService(database, clock, ("en", "ro", "uk"), lambda: "en")
    async with running_local_telegram(now=clock) as telegram:
        for number in range(people):
            person = telegram.add_person(f"Person {number}", "en")
            await person.sends("/start")
            await attendees.welcome(person.id, "en")
        async with Bot(
            telegram.token,
            base_url=f"{telegram.api_url}/bot",
            request=AiohttpRequest(read=0.5),
            get_updates_request=AiohttpRequest(),
        ) as bot:
            yield PostOffice(database, clock, telegram, attendees, Letters(), bot)
