"""Speakers hear of changes first, once, not for nothing, and not at night unless it is near."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest

from bot.messages.outgoing import OutgoingMessage
from bot.messages.speaker_notices import please_look, speaker_change
from bot.messages.view import View
from bot.services.changes import SETTLE as FOLLOWERS_SETTLE
from bot.services.changes import News
from bot.services.speaker_changes import SETTLE, LookRenderer, SpeakerChangeRenderer
from bot.services.speaker_notices import ByTopic
from bot.services.speaker_outbox import SpeakerNotice
from bot.services.speakers import SpeakerServices
from bot.speakers import CodeState
from tests.bot.services.newsroom import LUNCH, PANEL, TALK, Newsroom, later

ANA, ION, OLENA = 1, 2, 3
Heard = tuple[int, dict[str, str]]


class Wire:
    """The newsroom's speakers, and what they hear."""

    def __init__(self, newsroom: Newsroom) -> None:
        self.newsroom = newsroom
        self.written: list[News] = []
        self.start()

    def start(self) -> None:
        """Begin with nothing remembered, as after a restart."""
        room = self.newsroom

        async def nobody() -> tuple[int, ...]:
            return ()

        self.speakers = SpeakerServices.of(room.database, room.clock, room.agenda, room.changes, nobody)
        changes, claims = self.speakers.changes, self.speakers.claims
        self.renderer = ByTopic(
            {
                SpeakerNotice.CHANGE: SpeakerChangeRenderer(
                    room.agenda, changes, claims, room.follows, view_of=room._view_of, write=self._write
                ),
                SpeakerNotice.LOOK: LookRenderer(claims, view_of=room._view_of, write=please_look),
            }
        )

    async def claims(self, chat_id: int, *speaker_ids: str) -> None:
        """Make this person these speakers."""
        await self.newsroom.welcome(chat_id)
        for speaker_id in speaker_ids:
            code = await self.speakers.codes.make(self.newsroom.speaker(speaker_id).handle)
            assert (await self.speakers.claims.claim(code, chat_id)).state is CodeState.GOOD

    async def hear(self, after: timedelta = SETTLE) -> list[Heard]:
        """Plan, wait, and deliver what is due; return who heard of what."""
        await self.speakers.changes.plan()
        self.newsroom.clock.now += after
        return await self.deliver()

    async def deliver(self) -> list[Heard]:
        """Deliver what is due."""
        heard: list[Heard] = []
        while items := await self.newsroom.claimed():
            for item in items:
                rendering = await self.renderer.render(item, await self.newsroom.attendee(item.chat_id))
                if await self.newsroom.record(item, rendering):
                    news = self.written.pop() if self.written else ()
                    heard.append((item.chat_id, {each.news.session.id: each.news.kind.value for each in news}))
        return sorted(heard, key=lambda each: each[0])

    async def unseen(self) -> set[int]:
        """Return who was told of a change and has not tapped "seen"."""
        return {claim.chat_id for claim in await self.speakers.claims.all() if claim.unseen}

    def _write(self, news: News, version: int, view: View) -> OutgoingMessage:
        self.written.append(news)
        return speaker_change(news, version, view)


@pytest.fixture
async def wire(newsroom: Newsroom) -> Wire:
    """Ana talks and sits on the panel with Ion."""
    opened = Wire(newsroom)
    await opened.claims(ANA, "ana")
    await opened.claims(ION, "ion")
    return opened


async def test_each_speaker_hears_of_their_own_sessions_once(wire: Wire) -> None:
    await wire.newsroom.publish(later(TALK), PANEL, replace(LUNCH, room_id="foyer"))

    assert await wire.hear() == [(ANA, {"talk": "changed"})]
    assert await wire.hear() == []
    assert await wire.unseen() == {ANA}


async def test_speakers_hear_before_followers(wire: Wire) -> None:
    assert SETTLE < FOLLOWERS_SETTLE
    await wire.newsroom.follow(OLENA, "panel")
    await wire.newsroom.publish(TALK, later(PANEL), LUNCH)
    await wire.newsroom.changes.plan()

    assert await wire.hear() == [(ANA, {"panel": "changed"}), (ION, {"panel": "changed"})]
    assert [chat for chat, _ in await wire.newsroom.queued()] == [OLENA]


async def test_who_follows_their_own_session_hears_of_it_once_as_its_speaker(wire: Wire) -> None:
    await wire.newsroom.follow(ANA, "panel", "lunch")
    wire.newsroom.profiles = {ANA: wire.speakers.claims.profiles_of(ANA)}
    await wire.newsroom.publish(TALK, later(PANEL), later(LUNCH))

    assert [chat_id for chat_id, _ in await wire.hear()] == [ANA, ION]
    assert [each.sessions for each in await wire.newsroom.tell_settled()] == [{"lunch": "changed"}]


async def test_when_both_may_go_at_once_the_speakers_go_first(wire: Wire) -> None:
    """A change of what starts within three hours waits for nobody."""
    await wire.newsroom.follow(OLENA, "panel")
    wire.newsroom.at("14:30")
    await wire.newsroom.publish(TALK, later(PANEL), LUNCH)
    await wire.newsroom.changes.plan()
    await wire.speakers.changes.plan()

    items = await wire.newsroom.claimed()

    assert {item.chat_id for item in items[:2]} == {ANA, ION}
    assert [item.chat_id for item in items[2:]] == [OLENA]


async def test_what_is_undone_at_once_is_told_to_nobody(wire: Wire) -> None:
    await wire.newsroom.publish(later(TALK), PANEL, LUNCH)
    await wire.speakers.changes.plan()
    await wire.newsroom.versions.undo(author="Olena", note="")

    assert await wire.hear() == []
    assert await wire.unseen() == set()


async def test_what_is_corrected_at_once_is_one_message(wire: Wire) -> None:
    await wire.newsroom.publish(later(TALK), PANEL, LUNCH)
    await wire.speakers.changes.plan()
    await wire.newsroom.publish(later(TALK, 2), later(PANEL), LUNCH)

    assert await wire.hear() == [(ANA, {"talk": "changed", "panel": "changed"}), (ION, {"panel": "changed"})]
    assert await wire.hear() == []


async def test_cancelled_out_of_it_and_into_it_are_told(wire: Wire) -> None:
    await wire.newsroom.publish(replace(TALK, cancelled=True), replace(PANEL, speakers=PANEL.speakers[:1]), LUNCH)
    assert await wire.hear() == [(ANA, {"talk": "cancelled", "panel": "changed"}), (ION, {"panel": "changed"})]

    await wire.newsroom.publish(replace(TALK, cancelled=True), PANEL, LUNCH)
    assert await wire.hear() == [(ANA, {"panel": "changed"}), (ION, {"panel": "added"})]


async def test_by_night_it_waits_for_the_morning_unless_it_is_near(wire: Wire) -> None:
    wire.newsroom.at("2023-11-21 23:00")  # sixteen hours before the talk
    await wire.newsroom.publish(later(TALK), PANEL, LUNCH)
    assert await wire.hear() == []
    wire.newsroom.at("07:00")
    assert await wire.deliver() == [(ANA, {"talk": "changed"})]

    wire.newsroom.at("06:00")  # eight hours before lunch is over, nine before the talk
    await wire.newsroom.publish(later(TALK, 2), PANEL, LUNCH)
    assert await wire.hear() == [(ANA, {"talk": "changed"})]


async def test_what_is_over_is_no_news(wire: Wire) -> None:
    wire.newsroom.at("18:00")
    await wire.newsroom.publish(replace(TALK, room_id="foyer"), PANEL, LUNCH)

    assert await wire.hear() == []


async def test_one_person_who_is_several_speakers_gets_one_message_and_taps_once(wire: Wire) -> None:
    await wire.speakers.claims.undo(wire.newsroom.speaker("ion").handle, ION, by=OLENA)
    await wire.claims(ANA, "ion")
    await wire.newsroom.publish(TALK, later(PANEL), LUNCH)

    heard = [each for each in await wire.hear() if each[0] == ANA]
    version = wire.newsroom.agenda.current.version

    assert heard == [(ANA, {"panel": "changed"})]
    assert await wire.speakers.changes.seen(ANA, version)
    assert await wire.speakers.changes.seen(ANA, version)
    assert await wire.unseen() == set()


async def test_who_claims_after_a_change_is_not_told_of_it(wire: Wire) -> None:
    await wire.speakers.claims.undo(wire.newsroom.speaker("ana").handle, ANA, by=OLENA)
    await wire.newsroom.publish(later(TALK), PANEL, LUNCH)
    await wire.claims(ANA, "ana")

    assert [each for each in await wire.hear() if each[1]] == []


async def test_they_are_asked_to_look_again_at_most_every_ten_minutes(wire: Wire) -> None:
    await wire.newsroom.publish(TALK, later(PANEL), LUNCH)
    await wire.hear()
    await wire.speakers.changes.seen(ION, wire.newsroom.agenda.current.version)

    asked = [await wire.speakers.changes.remind_unseen(OLENA) for _ in range(2)]
    heard = await wire.deliver()
    wire.newsroom.clock.now += timedelta(minutes=10)
    later_on = await wire.speakers.changes.remind_unseen(OLENA)
    await wire.speakers.changes.seen(ANA, wire.newsroom.agenda.current.version)

    assert asked == [1, 0]
    assert [chat for chat, _ in heard] == [ANA]
    assert later_on == 1
    assert await wire.deliver() == []  # tapped meanwhile


async def test_it_survives_a_restart_between_planning_and_sending(wire: Wire) -> None:
    await wire.newsroom.publish(later(TALK), PANEL, LUNCH)
    await wire.speakers.changes.plan()
    wire.start()
    await wire.speakers.claims.load()

    assert await wire.hear() == [(ANA, {"talk": "changed"})]
