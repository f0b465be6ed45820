"""Take the organiser guide's pictures from the real demo: `.venv/bin/python -m tests.take_organiser_pictures`."""

from __future__ import annotations

import asyncio

from playwright.async_api import Browser

from bot.application import RunningBot
from bot.local_telegram import LocalTelegram, Person
from tests.scenarios.test_large_upload import a_large_schedule
from tests.take_pictures import a_demo, shoot

PHONE = (390, 844)


async def main() -> None:
    """Do what the guide tells, and take a picture at each point."""
    async with a_demo() as (telegram, bot, browser):
        emma, andrei, olena, _, ioana, *_ = telegram.people
        for person in (emma, andrei, olena):
            await person.asks("/start")
        await ioana.asks("/start")
        await ioana.asks("/language")
        await ioana.taps("English")
        await ioana.asks("/organiser")
        await shoot(browser, telegram, ioana.id, name="organiser-desk", size=PHONE)
        await tell_everybody(ioana, telegram, browser)
        await run_late(ioana, (emma, andrei), telegram, browser, bot)
        await answer_a_question(ioana, emma, telegram, browser)
        await put_slides_up(ioana, telegram, browser, bot)
        await send_a_large_file(ioana, telegram, browser)


async def tell_everybody(ioana: Person, telegram: LocalTelegram, browser: Browser) -> None:
    """Write one text in two languages and stop where it waits for the confirming tap; then send it."""
    await ioana.asks("/organiser")
    await ioana.taps("Tell everybody")
    await ioana.asks("Lunch is served in the foyer today.")
    await ioana.taps("Add: Română")
    await ioana.asks("Prânzul se servește astăzi în foaier.")
    await ioana.taps("Add: Українська")
    await ioana.asks("Обід сьогодні у фойє.")
    await ioana.taps("Next: who gets it")
    await ioana.waits_for_answer(await ioana.presses("Everybody"))
    await shoot(browser, telegram, ioana.id, name="organiser-broadcast", size=(390, 1240))
    await ioana.taps("Send now to")
    await ioana.waits_for(lambda message: "Broadcast: finished" in str(message["text"]))


async def run_late(
    ioana: Person, followers: tuple[Person, ...], telegram: LocalTelegram, browser: Browser, bot: RunningBot
) -> None:
    """Let the keynotes start a quarter of an hour later, and all that follows in their room."""
    sessions = bot.services.agenda.current.agenda.session_by_id
    for person in followers:
        await person.asks(f"/start f_{sessions['panel-discussion'].handle}")
    await ioana.asks(f"/start s_{sessions['keynote-speeches'].handle}")
    await ioana.taps("Change the session")
    await ioana.taps("Running late")
    await ioana.taps("+15")
    await shoot(browser, telegram, ioana.id, name="organiser-running-late", size=(390, 1480))
    await ioana.taps("Yes, change it", timeout=30)


async def answer_a_question(ioana: Person, emma: Person, telegram: LocalTelegram, browser: Browser) -> None:
    """Let an attendee ask what the programme does not say, and answer it once for all."""
    await emma.asks("Is there a prayer room?")
    await emma.taps("Ask the organisers")
    await ioana.asks("/organiser")
    await ioana.taps("Questions")
    await ioana.taps("1. Is there a prayer room?")
    await ioana.taps("Answer")
    await ioana.asks("Yes: room 12 on the first floor, open all day.")
    await ioana.waits_for_answer(await ioana.presses("Next: preview"))
    await shoot(browser, telegram, ioana.id, name="organiser-questions", size=PHONE)
    await ioana.taps("Send the answer")


async def put_slides_up(ioana: Person, telegram: LocalTelegram, browser: Browser, bot: RunningBot) -> None:
    """Add a link to a session's slides."""
    opening = bot.services.agenda.current.agenda.session_by_id["opening-speeches"]
    await ioana.asks(f"/start s_{opening.handle}")
    await ioana.waits_for_answer(await ioana.presses("Add slides or a document"))
    await ioana.asks("Opening words https://example.org/opening.pdf")
    await ioana.taps("Opening words")
    await shoot(browser, telegram, ioana.id, name="organiser-slides", size=PHONE)
    await ioana.taps("Publish")


async def send_a_large_file(ioana: Person, telegram: LocalTelegram, browser: Browser) -> None:
    """Send a schedule of the size of FOSDEM's, and stop where it waits for the yes."""
    await ioana.sends_file("fahrplan.xml", a_large_schedule(1_100))
    await ioana.waits_for(lambda message: str(message.get("text", "")).startswith("New agenda:"), timeout=60)
    await shoot(browser, telegram, ioana.id, name="organiser-new-agenda", size=(390, 1640))
    await ioana.taps("Discard")


if __name__ == "__main__":
    asyncio.run(main())
