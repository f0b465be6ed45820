"""Notices of changes through the real delivery to the local Telegram, a process that ends in between included."""

from __future__ import annotations

from datetime import timedelta

from bot.models import NoticeKind
from bot.sender import TelegramSender
from bot.services.changes import SETTLE
from bot.services.delivery import DeliveryService
from tests.bot.services.newsroom import LUNCH, TALK, Newsroom, later
from tests.bot.services.post_office import NO_LIMIT, PostOffice, post_office

HOUR = timedelta(hours=1)


async def delivered(newsroom: Newsroom, office: PostOffice) -> int:
    """Plan and deliver as a process would that starts now; return how many messages were sent."""
    newsroom.start()
    delivery = DeliveryService(
        newsroom.database,
        newsroom.clock,
        TelegramSender(office.bot),
        office.attendees,
        {NoticeKind.CHANGE: newsroom.change_renderer},
        rate=NO_LIMIT,
    )
    await newsroom.changes.plan()
    return await delivery.deliver_due()


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
