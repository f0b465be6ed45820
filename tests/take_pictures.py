"""Take the README's pictures from the real demo, in Chromium: `.venv/bin/python -m tests.take_pictures`."""

from __future__ import annotations

import asyncio
import tempfile
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

from playwright.async_api import Browser, async_playwright
from pydantic import SecretStr

from bot.application import RunningBot, running_bot
from bot.clock import clock_starting_at
from bot.commands.demo import DEMO_MOMENT, DEMO_ZONE, PERSONAS
from bot.local_telegram import LocalTelegram, running_local_telegram
from bot.services.agenda import built_in_event
from bot.settings import Settings
from tests.scenarios.browser import CHROMIUM_ARGUMENTS, chromium_path

PICTURES = Path(__file__).parent.parent / "docs" / "pictures"
EMMA, ANDREI, OLENA, KLAUS = 1001, 1002, 1003, 1004


async def main() -> None:
    """Hold a few conversations and take a picture of each."""
    clock = clock_starting_at(DEMO_MOMENT)
    PICTURES.mkdir(parents=True, exist_ok=True)
    async with running_local_telegram(
        port=0, people=PERSONAS, now=lambda: clock().astimezone(DEMO_ZONE), event_clock=True
    ) as telegram:
        with tempfile.TemporaryDirectory() as folder:
            settings = Settings(
                telegram_bot_token=SecretStr(telegram.token),
                telegram_api_url=telegram.api_url,
                database_path=Path(folder) / "ghid.db",
                webhook_url=None,
                webhook_secret=None,
                port=None,
            )
            async with running_bot(settings, clock=clock) as bot, async_playwright() as playwright:
                await converse(telegram)
                await be_told(telegram, bot)
                browser = await playwright.chromium.launch(executable_path=chromium_path(), args=CHROMIUM_ARGUMENTS)
                await shoot(browser, telegram, OLENA, name="conversation", size=(390, 844))
                await shoot(browser, telegram, ANDREI, name="romanian", size=(390, 844), dark=True)
                await shoot(browser, telegram, EMMA, name="desktop", size=(1280, 800))
                await shoot(browser, telegram, KLAUS, name="notices", size=(390, 844))
                await browser.close()


async def converse(telegram: LocalTelegram) -> None:
    """Let three people ask what people ask."""
    emma, andrei, olena = telegram.people[:3]
    await emma.asks("/start")
    await emma.asks("who is from undp moldova?")
    await emma.asks("what's next")
    await andrei.asks("/start")
    await andrei.asks("unde vorbeste cosnita")
    await olena.asks("/start")
    await olena.asks("коли виступає Вентуріні?")


async def be_told(telegram: LocalTelegram, bot: RunningBot) -> None:
    """Let somebody follow two sessions, be reminded of one, and hear that the other moved."""
    klaus = telegram.people[3]
    await klaus.asks("/start")
    await klaus.taps("English")
    agenda = built_in_event()
    panel = bot.services.agenda.current.agenda.session_by_id["panel-discussion"]
    await klaus.asks(f"/start f_{panel.handle}")
    await klaus.asks("follow the keynotes")
    await klaus.waits_for(lambda message: message["text"].startswith("In 10 minutes"))
    later = replace(
        agenda.session_by_id["panel-discussion"],
        starts_at=panel.starts_at + timedelta(minutes=30),
        ends_at=panel.ends_at + timedelta(minutes=30),
        room_id="foyer",
    )
    sessions = tuple(later if each.id == panel.id else each for each in agenda.sessions)
    await bot.services.agenda.import_agenda(replace(agenda, sessions=sessions), author="Ioana", note="")
    bot.services.notices.soon()
    await klaus.waits_for(lambda message: message["text"].startswith("Moved"))


async def shoot(
    browser: Browser, telegram: LocalTelegram, person: int, *, name: str, size: tuple[int, int], dark: bool = False
) -> None:
    """Save what the page shows to this person."""
    width, height = size
    page = await browser.new_page(
        viewport={"width": width, "height": height},
        color_scheme="dark" if dark else "light",
        device_scale_factor=2 if width < 500 else 1,
    )
    await page.goto(f"{telegram.page_url}#{person}")
    await page.locator(".message").last.wait_for()
    await page.wait_for_timeout(600)
    await page.screenshot(path=PICTURES / f"{name}.png")
    await page.close()


if __name__ == "__main__":
    asyncio.run(main())
