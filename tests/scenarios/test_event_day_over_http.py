"""An event day of twenty people on their phones: the whole bot, stopped and started in between, over real HTTP."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest

from bot.application import RunningBot
from bot.local_telegram.faults import Fault
from bot.messages.deep_links import deep_link
from content.agenda import Agenda, Session
from tests.scenarios.conversation import LANGUAGES, a_conversation


@pytest.mark.slow
async def test_twenty_people_hear_of_a_move_and_are_reminded_once_through_restarts_and_bad_lines(
    tmp_path: Path,
) -> None:
    async with a_conversation(tmp_path) as conversation:
        people = [conversation.telegram.add_person(f"Ana {n}", LANGUAGES[n % 3]) for n in range(20)]
        conversation.clock.moves_to("2023-11-22 09:00")
        async with conversation.ghid() as bot:
            session = bot.services.agenda.current.agenda.session_by_id["keynote-speeches"]
            for person in people:
                await person.asks(f"/start {deep_link('ghid_bot', session).split('=')[1]}")
                await bot.services.follows.follow(person.id, session)
            before = {person.id: len(person.replies) for person in people}
            moved = replace(
                session, starts_at=session.starts_at + timedelta(hours=1), ends_at=session.ends_at + timedelta(hours=1)
            )
            await bot.services.agenda.import_agenda(_with(bot, moved), author="Olena", note="")
            people[3].blocks()
            conversation.telegram.faults.next("sendMessage", Fault(status=429, retry_after=1), chat_id=people[1].id)
            await _settles(bot)

        assert {person.id: len(person.replies) - before[person.id] for person in people} == {
            person.id: int(person is not people[3]) for person in people
        }

        people[3].unblocks()
        conversation.clock.now = moved.starts_at - timedelta(minutes=10)
        conversation.telegram.faults.next("sendMessage", Fault(answer_lost=True), chat_id=people[2].id)
        async with conversation.ghid() as bot:
            await people[3].asks("/now")
            await _settles(bot)
        conversation.clock.now += timedelta(minutes=1, seconds=5)
        async with conversation.ghid() as bot:
            await _settles(bot)

        # The notice and the reminder; one lost answer is one repeat, and whoever was back asked what is on.
        assert {person.id: len(person.replies) - before[person.id] for person in people} == {
            person.id: 3 if person in (people[2], people[3]) else 2 for person in people
        }


def _with(bot: RunningBot, moved: Session) -> Agenda:
    agenda = bot.services.agenda.current.agenda
    sessions = tuple(moved if each.id == "keynote-speeches" else each for each in agenda.sessions)
    return replace(agenda, sessions=sessions)


async def _settles(bot: RunningBot) -> None:
    await bot.services.notices.tick()
    await bot.services.delivery.deliver_due()
