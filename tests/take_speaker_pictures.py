"""Take the speaker guide's pictures, in Chromium: `.venv/bin/python -m tests.take_speaker_pictures`."""

from __future__ import annotations

import asyncio
from datetime import timedelta

from bot.application import RunningBot
from bot.commands.demo import DEMO_MOMENT
from bot.local_telegram import LocalTelegram
from tests.scenarios.organiser_phone import everything_sent
from tests.scenarios.speaker_phone import a_claim_link, publish_moved
from tests.take_pictures import a_demo, shoot

WIDTH, HEIGHT = 390, 760
HEIGHTS = {"speaker-desk": 1180}  # where there is more to see
PEOPLE = (("Daniel", "en", "speaker", "Speaker"), ("Ioana", "en", "organiser", "Organiser"))
DANIEL, IOANA = 1001, 1002


async def main() -> None:
    """Let a speaker claim, look, hear of a change and call the organisers; take a picture of each."""
    async with a_demo(PEOPLE, IOANA, DEMO_MOMENT + timedelta(minutes=11)) as (telegram, bot, browser):
        for name, tell in STORY.items():
            await tell(telegram, bot)
            person = IOANA if name == "speaker-call" else DANIEL
            await shoot(browser, telegram, person, name=name, size=(WIDTH, HEIGHTS.get(name, HEIGHT)))


async def _claim(telegram: LocalTelegram, bot: RunningBot) -> None:
    daniel, ioana = telegram.people
    await ioana.asks("/start")
    await daniel.asks(await a_claim_link(bot))


async def _desk(telegram: LocalTelegram, _: RunningBot) -> None:
    await telegram.people[0].taps("Yes, that is me")


async def _change(telegram: LocalTelegram, bot: RunningBot) -> None:
    await publish_moved(bot, "keynote-speeches", 15)
    await everything_sent(bot)
    await telegram.people[0].waits_for(lambda message: "Your own sessions changed" in message.get("text", ""))


async def _call(telegram: LocalTelegram, bot: RunningBot) -> None:
    daniel, ioana = telegram.people
    await daniel.asks("/speaker")
    await daniel.taps("I am running late")
    await everything_sent(bot)
    await ioana.waits_for(lambda message: "is running late" in message.get("text", ""))


STORY = {"speaker-claim": _claim, "speaker-desk": _desk, "speaker-change": _change, "speaker-call": _call}


if __name__ == "__main__":
    asyncio.run(main())
