"""A day of reminders against a plain reckoning: whatever people press, whatever moves, whoever restarts the bot."""

from __future__ import annotations

import random
from dataclasses import replace
from datetime import datetime, timedelta

import pytest

from bot.models import LEADS
from bot.storage.database import Database
from content.agenda import Session, Speaker
from tests.bot.services.conference import Conference
from tests.bot.services.standing_clock import StandingClock
from tests.builders import BUCHAREST, a_session, a_speaker, an_agenda

CHATS = range(1, 16)
SPEAKERS = ("ana", "ion", "eva", "oleh")
# Bucharest sets its clocks back in this night: 04:00 becomes 03:00.
MORNING = datetime.fromisoformat("2023-10-29T01:00:00+03:00")
MINUTES = 6 * 60


class Day:
    """The agenda as its organisers see it, and who must have been reminded of what."""

    def __init__(self, conference: Conference, seed: int) -> None:
        self.conference = conference
        self.dice = random.Random(seed)
        self.sessions = [
            a_session(f"s{n}", starts_at=self.some_start(), speakers=self.dice.sample(SPEAKERS, n % 3))
            for n in range(16)
        ]
        self.removed: list[Session] = []
        self.moves = dict.fromkeys((session.id for session in self.sessions), 0)
        self.said: set[tuple[int, str, int]] = set()
        self.told: dict[tuple[int, str, int], timedelta] = {}  # with which lead, when they followed

    def some_start(self) -> datetime:
        return (MORNING + timedelta(minutes=5 * self.dice.randrange(MINUTES // 5))).astimezone(BUCHAREST)

    async def publish(self) -> None:
        agenda = an_agenda(*self.sessions, speakers=[a_speaker(each) for each in SPEAKERS])
        await self.conference.publish(agenda=agenda)

    async def edit(self) -> None:
        """Move, cancel, restore, remove, bring back or re-staff a session."""
        place = self.dice.randrange(len(self.sessions))
        session = self.sessions[place]
        match self.dice.randrange(5):
            case 0 | 1:
                start = self.some_start()
                if start.timestamp() != session.starts_at.timestamp():
                    self.moves[session.id] += 1
                    self.sessions[place] = replace(session, starts_at=start, ends_at=start + timedelta(hours=1))
            case 2:
                self.sessions[place] = replace(session, cancelled=not session.cancelled)
            case 3:
                people = a_session(speakers=self.dice.sample(SPEAKERS, 2)).speakers
                self.sessions[place] = replace(session, speakers=people)
            case _:
                self.removed.append(self.sessions.pop(place))
                if len(self.removed) > 2:
                    self.sessions.append(self.removed.pop(0))
        await self.publish()

    async def press(self) -> None:
        """Let somebody follow, unfollow, mute or choose a lead."""
        follows, agenda = self.conference.follows, self.conference.agenda.current.agenda
        chat_id, session = self.dice.choice(CHATS), self.dice.choice(agenda.sessions)
        target: Session | Speaker = self.dice.choice((session, session, self.dice.choice(agenda.speakers)))
        match self.dice.randrange(8):
            case 0 | 1 | 2:
                added = await follows.follow(chat_id, target)
                lead = (await follows.follows_of(chat_id)).lead(target.handle)
                if added and lead is not None and isinstance(target, Session):
                    left = target.starts_at.timestamp() - self.conference.clock.now.timestamp()
                    if 0 < left < lead.total_seconds() + 60:
                        self.told[chat_id, target.id, self.moves[target.id]] = lead
            case 3:
                await follows.unfollow(chat_id, target.handle)
            case 4 | 5:
                await follows.mute(chat_id, session.handle, self.dice.random() < 0.5)
            case 6:
                await follows.set_lead(chat_id, self.dice.choice((0, *LEADS)))
            case _:
                await follows.set_session_lead(chat_id, session.handle, self.dice.choice((None, 0, *LEADS)))

    async def due(self) -> list[tuple[int, str]]:
        """Reckon who must be reminded now, and remember it."""
        now = self.conference.clock.now.timestamp()
        agenda = self.conference.agenda.current.agenda
        found = []
        for chat_id in CHATS:
            follows = await self.conference.follows.follows_of(chat_id)
            for session in agenda.sessions:
                lead = follows.lead(session.handle)
                ways = {session.handle, *(agenda.speaker_by_id[part.speaker_id].handle for part in session.speakers)}
                if session.cancelled or lead is None or not ways & (follows.sessions | follows.speakers):
                    continue
                key = (chat_id, session.id, self.moves[session.id])
                start = session.starts_at.timestamp()
                if (told := self.told.get(key)) is not None and lead >= told:
                    continue
                if start - lead.total_seconds() <= now < start and key not in self.said:
                    self.said.add(key)
                    found.append((chat_id, session.id))
        return sorted(found)


@pytest.mark.parametrize("seed", [0, *(pytest.param(seed, marks=pytest.mark.soak) for seed in range(1, 6))])
async def test_a_day_of_reminders_is_as_reckoned(database: Database, clock: StandingClock, seed: int) -> None:
    conference = Conference(database, clock, rate=10_000)
    conference.at(MORNING)
    day = Day(conference, seed)
    await day.publish()
    await conference.welcome(*CHATS)
    for _ in range(60):
        await day.press()

    while conference.clock.now < MORNING + timedelta(minutes=MINUTES):
        if day.dice.random() < 0.3:
            await day.press()
        if day.dice.random() < 0.08:
            await day.edit()
        if day.dice.random() < 0.03:
            conference.start()
            day.told.clear()
        if day.dice.random() < 0.1:  # what waits meets another agenda and other wishes
            await conference.reminders.plan_due()
            await day.edit()
            await day.press()
        assert sorted((one.chat_id, one.session) for one in await conference.remind()) == await day.due()
        next_due = await conference.reminders.next_due()
        minute = conference.clock.now + timedelta(minutes=1)
        conference.at(minute if next_due is None else min(minute, next_due))

    assert len(day.said) > 30
