"""Take the README's pictures from the real demo, in Chromium: `.venv/bin/python -m tests.take_pictures`."""

from __future__ import annotations

import asyncio
import io
import tempfile
from collections.abc import AsyncIterator, Callable, Sequence
from contextlib import asynccontextmanager
from dataclasses import replace
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

from PIL import Image
from playwright.async_api import Browser, async_playwright
from pydantic import SecretStr

from bot.application import RunningBot, running_bot
from bot.clock import Clock, clock_starting_at
from bot.commands.demo import DEMO_MOMENT, DEMO_ZONE, ORGANISER_ID, PERSONAS
from bot.local_telegram import LocalTelegram, running_local_telegram
from bot.services.agenda import built_in_event
from bot.settings import GivenSettings
from tests.scenarios.browser import CHROMIUM_ARGUMENTS, chromium_path

PICTURES = Path(__file__).parent.parent / "docs" / "pictures"
EMMA, ANDREI, OLENA, KLAUS = 1001, 1002, 1003, 1004


class Ahead:
    """The demo's clock, which can be put ahead of its ticking."""

    def __init__(self, at: datetime) -> None:
        self._ticking = clock_starting_at(at)
        self.ahead = timedelta()

    def __call__(self) -> datetime:
        """Return now."""
        return self._ticking() + self.ahead


@asynccontextmanager
async def a_demo(
    people: Sequence[tuple[str, str, str, str]] = PERSONAS,
    organiser: int = ORGANISER_ID,
    at: datetime = DEMO_MOMENT,
    clock: Clock | None = None,
) -> AsyncIterator[tuple[LocalTelegram, RunningBot, Browser]]:
    """Run these people and the bot on a random port, with a browser to look at them. ``organiser``: a chat id."""
    clock = clock or clock_starting_at(at)
    PICTURES.mkdir(parents=True, exist_ok=True)
    async with running_local_telegram(
        port=0, people=people, now=lambda: clock().astimezone(DEMO_ZONE), event_clock=True
    ) as telegram:
        with tempfile.TemporaryDirectory() as folder:
            settings = GivenSettings(
                telegram_bot_token=SecretStr(telegram.token),
                telegram_api_url=telegram.api_url,
                database_path=Path(folder) / "ghid.db",
                organiser_ids=(organiser,),
            )
            async with running_bot(settings, clock=clock) as bot, async_playwright() as playwright:
                browser = await playwright.chromium.launch(executable_path=chromium_path(), args=CHROMIUM_ARGUMENTS)
                yield telegram, bot, browser
                await browser.close()


async def main() -> None:
    """Hold a few conversations and take a picture of each."""
    async with a_demo() as (telegram, _, browser):
        await converse(telegram)
        await shoot(browser, telegram, OLENA, name="conversation", size=(390, 844))
        await shoot(browser, telegram, ANDREI, name="romanian", size=(390, 844), dark=True)
        await shoot(browser, telegram, EMMA, name="desktop", size=(1280, 800))
    clock = Ahead(DEMO_MOMENT - timedelta(minutes=2))
    async with a_demo(clock=clock) as (telegram, bot, browser):
        await be_told(telegram, bot, clock)
        for person, language in ((KLAUS, "en"), (ANDREI, "ro"), (OLENA, "uk")):
            await shoot(browser, telegram, person, name=f"notices-{language}", size=(390, 1240))


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


async def be_told(telegram: LocalTelegram, bot: RunningBot, clock: Ahead) -> None:
    """Let three people follow two sessions, be reminded of one two minutes later, and hear that the other moved."""
    _, andrei, olena, klaus = telegram.people[:4]
    await klaus.asks("/start")
    await klaus.taps("English")
    agenda = built_in_event()
    panel = bot.services.agenda.current.agenda.session_by_id["panel-discussion"]
    wishes = {
        klaus: ("follow the keynotes", "In 10 minutes", "Moved"),
        andrei: ("amintește-mi de discursurile principale", "Peste 10 minute", "S-a reprogramat"),
        olena: ("нагадай про ключові доповіді", "Через 10 хвилин", "Перенесено"),
    }
    for person, (wish, _, _) in wishes.items():
        await person.asks(f"/start f_{panel.handle}")
        await person.asks(wish)
    clock.ahead = timedelta(minutes=2)
    bot.services.notices.soon()
    for person, (_, reminder, _) in wishes.items():
        await person.waits_for(beginning(reminder))
    later = replace(
        agenda.session_by_id["panel-discussion"],
        starts_at=panel.starts_at + timedelta(minutes=30),
        ends_at=panel.ends_at + timedelta(minutes=30),
        room_id="foyer",
    )
    sessions = tuple(later if each.id == panel.id else each for each in agenda.sessions)
    await bot.services.agenda.import_agenda(replace(agenda, sessions=sessions), author="Ioana", note="")
    bot.services.notices.soon()
    for person, (_, _, moved) in wishes.items():
        await person.waits_for(beginning(moved))


def beginning(words: str) -> Callable[[dict[str, Any]], bool]:
    """Tell a message by its first words."""
    return lambda message: str(message["text"]).startswith(words)


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
    taken = await page.screenshot()
    await page.close()
    await asyncio.to_thread(save_small, taken, PICTURES / f"{name}.png")


def save_small(png: bytes, path: Path) -> None:
    """Save a picture in 256 colours: a third of the size, and text as sharp as it was."""
    picture = Image.open(io.BytesIO(png)).convert("RGB")
    few = picture.quantize(256, method=Image.Quantize.FASTOCTREE, dither=Image.Dither.NONE)
    few.save(path, optimize=True)


if __name__ == "__main__":
    asyncio.run(main())
