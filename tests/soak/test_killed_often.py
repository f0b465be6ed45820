"""Killed two hundred times at random moments under load: every question is answered, and few twice."""

from __future__ import annotations

import asyncio
import random
import signal
from pathlib import Path

import pytest

from bot.i18n import localizer
from bot.local_telegram import Person
from bot.storage import inbox
from bot.storage.database import open_database
from tests.scenarios.conversation import a_conversation
from tests.scenarios.program import ghid_run, killed_at_the_end

KILLS, PEOPLE, WORKERS = 200, 80, 64
MOST_ASKED = 900  # by one person: the local Telegram keeps 2,000 messages of a chat, and what is gone is not counted
PRIVACY = localizer("en").plain.gettext("What I keep about you")


async def ask_on(people: list[Person], asked: dict[int, int], stop: asyncio.Event, dice: random.Random) -> None:
    """Let people ask, one after another, until told to stop; no chat so fast that it counts as a flood."""
    while not stop.is_set():
        person = dice.choice(people)
        if asked[person.id] < MOST_ASKED and asked[person.id] - len(person.replies) < 20:
            await person.sends(dice.choice(("/now", "/next", "when does Cosnita speak?", "/my")))
            asked[person.id] += 1
        await asyncio.sleep(0.01)


@pytest.mark.soak
@pytest.mark.parametrize("kills", [KILLS])
async def test_it_is_killed_at_random_moments_under_load_and_loses_nothing(tmp_path: Path, kills: int) -> None:
    dice = random.Random(20231122)
    async with a_conversation(tmp_path) as conversation:
        people = [conversation.telegram.add_person(f"Ana {n}", "en") for n in range(PEOPLE)]
        asked = {person.id: 0 for person in people}
        stop = asyncio.Event()
        asking = asyncio.create_task(ask_on(people, asked, stop, dice))
        for _ in range(kills):
            async with killed_at_the_end(await ghid_run(conversation)) as program:
                await asyncio.sleep(dice.uniform(0.5, 3.0))
                program.send_signal(signal.SIGKILL)
                await program.wait()
        stop.set()
        await asking

        async with killed_at_the_end(await ghid_run(conversation)) as program:
            for person in people:  # the last question of each: answers that came twice do not stand for others
                await person.sends("/privacy")
                asked[person.id] += 1
            for person in people:
                await person.waits_for(lambda message: PRIVACY in message["text"], timeout=120)
            program.send_signal(signal.SIGTERM)
            assert await asyncio.wait_for(program.wait(), timeout=20) == 0

        async with open_database(conversation.database) as database:
            assert await inbox.figures(database.reader) == inbox.InboxFigures(0, None, 0), "none waits or is set aside"
        answers = sum(len(person.replies) for person in people)
        missing = [asked[person.id] - len(person.replies) for person in people]
        assert max(missing) <= 0, missing
        assert answers <= sum(asked.values()) + kills * WORKERS
        assert len(conversation.telegram.state.updates.pending) == 0
