"""The three minutes that README promises to whoever tries the demo."""

from __future__ import annotations

import re
from pathlib import Path

from bot.commands.demo import DEMO_MOMENT, ORGANISER_ID, PERSONAS, SPEAKER, invite_speaker
from bot.local_telegram import Person
from tests.scenarios.conversation import Conversation, a_conversation
from tests.scenarios.organiser_phone import everything_sent

README = (Path(__file__).parents[2] / "README.md").read_text(encoding="utf-8")
STEPS = README.split("In three minutes:")[1].split("\n\n")[1].split("\n")


def written(step: str) -> list[str]:
    """What the step says to write."""
    return re.findall("«([^»]+)»", step)


def tapped(step: str) -> list[str]:
    """What the step says to tap, in order."""
    return re.findall(r"\*([^*]+)\*", step)


def named(conversation: Conversation, name: str) -> Person:
    return next(each for each in conversation.telegram.people if each.account.first_name == name)


async def test_the_tour_of_the_demo_goes_as_readme_says(tmp_path: Path) -> None:
    asking, changing, hearing, claiming = STEPS
    async with a_conversation(tmp_path) as conversation:
        for persona in PERSONAS:
            conversation.telegram.add_person(*persona)
        olena, ioana, daniel = (named(conversation, name) for name in ("Olena", "Ioana", "Daniel"))
        async with conversation.ghid() as bot:
            await ioana.asks(f"/start o_{await bot.services.organisers.invite()}")
            await invite_speaker(conversation.telegram, bot)

            await olena.asks("/start")
            for words in written(asking):
                card = await olena.asks(words)
            await ioana.asks("/organiser")
            *until_the_session, late, minutes, yes = tapped(changing)
            for label in (*until_the_session, "11:30", late, minutes, yes):
                changed = await ioana.taps(label)
            await everything_sent(bot)
            heard = await olena.waits_for(lambda message: "11:30–13:00 → 11:45–13:15" in message.get("text", ""))
            desk = await daniel.taps(tapped(claiming)[0])

    assert [step.split()[2].strip(",:") for step in (asking, changing, hearing, claiming)] == [
        *("Olena", "Ioana", "Olena", "Daniel")
    ]
    assert "Enrico Venturini" in card["text"]
    assert changed["text"].startswith("Changed.")
    assert heard["text"].startswith("Перенесено")
    assert "Enrico Venturini" in heard["text"]
    assert "Your own minutes: 10:40–11:00" in desk["text"]
    assert (PERSONAS[ORGANISER_ID - 1001][0], PERSONAS[SPEAKER][0]) == ("Ioana", "Daniel")
    assert f"{DEMO_MOMENT:%-d %B %Y, %H:%M}" in README
