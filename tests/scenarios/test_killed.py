"""Nobody's question is lost when the process dies with a SIGKILL in the middle of its work."""

from __future__ import annotations

import signal
from pathlib import Path

import pytest

from bot.local_telegram import LocalTelegram, Person
from tests.scenarios.conversation import a_conversation
from tests.scenarios.program import ghid_run

PEOPLE = 20
QUESTIONS_EACH = 10


@pytest.mark.slow
async def test_200_questions_survive_a_sigkill(tmp_path: Path) -> None:
    async with a_conversation(tmp_path) as conversation:
        telegram = conversation.telegram
        people = [telegram.add_person(f"Ana {n}", "en") for n in range(PEOPLE)]
        for person in people:
            for _ in range(QUESTIONS_EACH):
                await person.sends("/next")

        first = await ghid_run(conversation)
        await people[0].waits_for(2, timeout=30)
        first.send_signal(signal.SIGKILL)
        await first.wait()
        answered_before = answers(people)

        async with conversation.ghid() as second:
            for person in people:
                await person.waits_for(QUESTIONS_EACH, timeout=30)
            await second.intake.idle()

        assert first.returncode == -signal.SIGKILL
        assert answered_before < PEOPLE * QUESTIONS_EACH
        # At least once: what was being answered at the kill may come twice, nothing else may.
        assert all(len(person.replies) >= QUESTIONS_EACH for person in people)
        assert answers(people) <= PEOPLE * QUESTIONS_EACH + 64
        assert waiting(telegram) == 0


def answers(people: list[Person]) -> int:
    return sum(len(person.replies) for person in people)


def waiting(telegram: LocalTelegram) -> int:
    return len(telegram.state.updates.pending)
