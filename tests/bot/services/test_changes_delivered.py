"""Notices of changes through the real delivery to the local Telegram, a process that ends in between included."""

from __future__ import annotations

import asyncio
from dataclasses import dataclass
from datetime import timedelta

import pytest
from telegram.error import TelegramError, TimedOut

from bot.messages.outgoing import OutgoingMessage
from bot.models import Later, NoticeKind, Outcome
from bot.sender import TelegramSender
from bot.services.changes import SETTLE
from bot.services.delivery import DeliveryService
from bot.services.renderings import Sender
from bot.storage.outbox import requeue_sending
from bot.transport import NotSentError
from tests.bot.services.newsroom import LUNCH, PANEL, TALK, Newsroom, later
from tests.bot.services.post_office import NO_LIMIT, PostOffice, post_office

HOUR = timedelta(hours=1)


async def delivered(newsroom: Newsroom, office: PostOffice) -> int:
    """Plan and deliver as a process would that starts now; return how many messages were sent."""
    newsroom.start()
    await newsroom.changes.plan()
    return await delivery_by(TelegramSender(office.bot), newsroom, office).deliver_due()


def delivery_by(sender: Sender, newsroom: Newsroom, office: PostOffice) -> DeliveryService:
    """Return a new delivery that hands its messages to this sender."""
    renderers = {NoticeKind.CHANGE: newsroom.change_renderer}
    return DeliveryService(newsroom.database, newsroom.clock, sender, office.attendees, renderers, rate=NO_LIMIT)


async def test_each_follower_gets_one_message_whoever_restarts_the_bot(newsroom: Newsroom) -> None:
    async with post_office(newsroom.database, newsroom.clock) as office:
        for person in office.people:
            await newsroom.follow(person.id, "talk", "panel")
            await newsroom.follows.follow(person.id, newsroom.speaker("ana"))
        await newsroom.publish(later(TALK), LUNCH)
        assert await delivered(newsroom, office) == 0
        newsroom.clock.now += SETTLE

        assert await delivered(newsroom, office) == len(office.people)

        newsroom.clock.now += HOUR
        assert await delivered(newsroom, office) == 0
        for person in office.people:
            (text,) = office.got(person)
            assert (text.count("Cancelled: Panel"), text.count("Moved: Talk")) == (1, 1)
            assert await newsroom.told_versions(person.id) == {2}


async def test_who_blocked_the_bot_is_left_alone_and_told_when_they_are_back(newsroom: Newsroom) -> None:
    async with post_office(newsroom.database, newsroom.clock, people=2) as office:
        ana, ion = office.people
        await newsroom.follow(ana.id, "panel")
        await newsroom.follow(ion.id, "panel")
        ana.blocks()
        await newsroom.publish(TALK, LUNCH)
        assert await delivered(newsroom, office) == 0
        newsroom.clock.now += SETTLE
        assert await delivered(newsroom, office) == 1
        ana.unblocks()
        newsroom.clock.now += HOUR

        assert await delivered(newsroom, office) == 0
        await office.attendees.welcome(ana.id, "en")
        assert await delivered(newsroom, office) == 1

        assert len(office.got(ana)) == len(office.got(ion)) == 1


@dataclass
class UndoneMeanwhile:
    """Has the first message refused, while the organisers take back what it tells; the others go to Telegram."""

    sender: TelegramSender
    newsroom: Newsroom
    refusal: Later | None

    async def send(self, chat_id: int, message: OutgoingMessage) -> Outcome:
        if (refusal := self.refusal) is None:
            return await self.sender.send(chat_id, message)
        self.refusal = None
        await self.newsroom.publish(TALK, PANEL)
        return refusal


@pytest.mark.parametrize(
    "refusal",
    [
        Later(timedelta(milliseconds=10), False, TelegramError("Flood control exceeded")),
        Later(None, False, NotSentError("nobody listens")),
    ],
    ids=["too many requests", "no connection"],
)
async def test_what_was_surely_not_told_needs_no_taking_back(newsroom: Newsroom, refusal: Later) -> None:
    async with post_office(newsroom.database, newsroom.clock, people=1) as office:
        (ana,) = office.people
        await newsroom.follow(ana.id, "talk", "panel")
        await newsroom.publish(later(TALK), PANEL)
        await newsroom.changes.plan()
        newsroom.clock.now += SETTLE
        sender = UndoneMeanwhile(TelegramSender(office.bot), newsroom, refusal)
        delivery = delivery_by(sender, newsroom, office)

        await delivery.deliver_due()
        newsroom.clock.now += SETTLE
        await delivery.deliver_due()

        assert sender.refusal is None
        assert office.got(ana) == []
        assert await delivered(newsroom, office) == 0


@dataclass
class LosesAnswers:
    """Hands messages to Telegram and does not hear that it took them; ``dies``: the process ends then."""

    sender: TelegramSender
    dies: bool

    async def send(self, chat_id: int, message: OutgoingMessage) -> Outcome:
        await self.sender.send(chat_id, message)
        if self.dies:
            await asyncio.Event().wait()
        return Later(None, True, TimedOut())


@pytest.mark.parametrize("dies", [False, True])
async def test_what_was_perhaps_told_is_taken_back_when_it_is_so_no_more(newsroom: Newsroom, dies: bool) -> None:
    async with post_office(newsroom.database, newsroom.clock, people=1) as office:
        (ana,) = office.people
        await newsroom.follow(ana.id, "talk", "panel")
        await newsroom.publish(later(TALK), PANEL)
        await newsroom.changes.plan()
        newsroom.clock.now += SETTLE
        lossy = delivery_by(LosesAnswers(TelegramSender(office.bot), dies), newsroom, office)
        trying = asyncio.create_task(lossy.deliver_due())
        await asyncio.wait([trying], timeout=0.5)
        trying.cancel()
        await lossy.stop(timedelta())
        assert "Moved: Talk" in office.got(ana)[0]

        await newsroom.publish(TALK, PANEL)
        newsroom.clock.now += SETTLE
        async with newsroom.database.transaction() as connection:
            await requeue_sending(connection)
        assert await delivered(newsroom, office) == 1

        undone = office.got(ana)[-1]
        assert "Moved: Talk" in undone
        assert undone.index("16:00") < undone.index("15:00")
        newsroom.clock.now += HOUR
        assert await delivered(newsroom, office) == 0
