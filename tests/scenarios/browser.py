"""The phone page in a real headless Chromium, beside a bot that does only what the test says."""

import asyncio
import shutil
from collections.abc import AsyncIterator
from contextlib import AsyncExitStack
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path
from typing import Any, Literal, TypeAlias
from zoneinfo import ZoneInfo

import aiohttp
import pytest
import pytest_asyncio
from playwright.async_api import Browser, BrowserContext, Download, Page, async_playwright

from bot.local_telegram import LocalTelegram, Person, running_local_telegram

WEDNESDAY_MORNING = datetime(2023, 11, 22, 10, 5, tzinfo=ZoneInfo("Europe/Bucharest"))
PEOPLE = (
    ("Ana", "en", "attendee", "First time in Iași"),
    ("Ioana", "ro", "organiser", "Runs the registration desk"),
    ("Олена", "uk", "speaker", "On stage on Wednesday"),
)
CHROMIUM_ARGUMENTS = [
    "--headless",
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]
_PATIENCE = 5.0

# The browser as a desktop (False) and as a phone with a touch screen (True).
Contexts: TypeAlias = dict[bool, BrowserContext]


class ScriptedBot:
    """A bot without a will: it calls the Bot API over HTTP exactly as told."""

    def __init__(self, telegram: LocalTelegram, session: aiohttp.ClientSession) -> None:
        self._address = f"{telegram.api_url}/bot{telegram.token}"
        self._session = session
        self._offset = 0

    async def answer_to(self, method: str, **parameters: object) -> dict[str, Any]:
        """Call a method and return the whole answer, refused or not."""
        async with self._session.post(f"{self._address}/{method}", json=parameters) as response:
            answer: dict[str, Any] = await response.json()
        return answer

    async def call(self, method: str, **parameters: object) -> Any:
        """Call a method and return its result; the test fails if it was refused."""
        answer = await self.answer_to(method, **parameters)
        assert answer["ok"], answer
        return answer["result"]

    async def send_file(self, chat_id: int, name: str, content: bytes, method: str = "sendDocument") -> Any:
        """Upload a file into a chat."""
        form = aiohttp.FormData(quote_fields=False)
        form.add_field("chat_id", str(chat_id))
        form.add_field("photo" if method == "sendPhoto" else "document", content, filename=name)
        async with self._session.post(f"{self._address}/{method}", data=form) as response:
            answer = await response.json()
        assert answer["ok"], answer
        return answer["result"]

    async def update(self, kind: str) -> dict[str, Any]:
        """Wait for the next update of this kind; others are passed over."""
        async with asyncio.timeout(_PATIENCE):
            while True:
                for update in await self.call("getUpdates", offset=self._offset, limit=1, timeout=2):
                    self._offset = update["update_id"] + 1
                    if kind in update:
                        found: dict[str, Any] = update[kind]
                        return found

    async def download(self, file_id: str) -> bytes:
        """Fetch what a person sent."""
        path = (await self.call("getFile", file_id=file_id))["file_path"]
        base, _, token = self._address.rpartition("/")
        async with self._session.get(f"{base}/file/{token}/{path}") as response:
            return await response.read()


@dataclass(slots=True)
class PhonePage:
    """A local Telegram, its scripted bot, and the browser pages that look at it."""

    telegram: LocalTelegram
    bot: ScriptedBot
    contexts: Contexts
    complaints: list[str] = field(default_factory=list)
    _pages: list[Page] = field(default_factory=list)

    @property
    def ana(self) -> Person:
        """The person whose chat opens first."""
        return self.telegram.people[0]

    @property
    def ioana(self) -> Person:
        """Someone else."""
        return self.telegram.people[1]

    async def open(
        self,
        *,
        width: int = 1280,
        height: int = 800,
        scheme: Literal["light", "dark"] = "light",
        touch: bool = False,
    ) -> Page:
        """Open the page and wait until it is connected."""
        page = await self.contexts[touch].new_page()
        self._pages.append(page)
        await page.set_viewport_size({"width": width, "height": height})
        await page.emulate_media(color_scheme=scheme)
        page.on("pageerror", lambda error: self.complaints.append(str(error)))
        page.on("console", lambda entry: self.complaints.append(entry.text) if entry.type == "error" else None)
        await page.goto(self.telegram.page_url)
        await page.locator("#text:visible, #unblock:visible").wait_for()
        await page.locator("body[data-connection=live]").wait_for()
        await page.locator("#clock .clock-time:not(:empty)").wait_for(state="attached")
        return page

    async def say(self, person: Person, text: str, **parameters: object) -> dict[str, Any]:
        """Let the bot write to a person, who starts it first if need be."""
        if not person.messages:
            await person.sends("/start")
        message: dict[str, Any] = await self.bot.call("sendMessage", chat_id=person.id, text=text, **parameters)
        return message

    async def close(self) -> None:
        """Close the pages."""
        for page in self._pages:
            await page.close()


def chromium_path() -> str | None:
    """Return where Chromium is installed, or None; the one that was built without windows needs least."""
    names = ("chromium-headless-shell", "chromium", "chromium-browser", "google-chrome")
    return next(filter(None, map(shutil.which, names)), None)


@pytest_asyncio.fixture(scope="session", loop_scope="session")
async def chromium() -> AsyncIterator[Contexts]:
    """One browser for all tests of this process, as a desktop and as a phone.

    What a page stores stays with its origin, and each test's server has a port of its own.
    """
    path = chromium_path()
    if path is None:
        pytest.skip("no Chromium on this machine: apt-get install chromium")
    async with async_playwright() as playwright:
        browser = await playwright.chromium.launch(executable_path=path, args=CHROMIUM_ARGUMENTS)
        contexts = {touch: await _context(browser, touch) for touch in (False, True)}
        yield contexts
        await browser.close()


async def _context(browser: Browser, touch: bool) -> BrowserContext:
    context = await browser.new_context(
        has_touch=touch,
        is_mobile=touch,
        locale="en-GB",
        timezone_id="America/New_York",
        reduced_motion="reduce",
    )
    context.set_default_timeout(_PATIENCE * 1000)
    return context


@pytest_asyncio.fixture(loop_scope="session")
async def phone(chromium: Contexts) -> AsyncIterator[PhonePage]:
    """A fresh local Telegram with a scripted bot; the test fails if the page complains in its console."""
    async with AsyncExitStack() as stack:
        telegram = await stack.enter_async_context(
            running_local_telegram(people=PEOPLE, now=lambda: WEDNESDAY_MORNING, event_clock=True)
        )
        session = await stack.enter_async_context(aiohttp.ClientSession())
        phone = PhonePage(telegram, ScriptedBot(telegram, session), chromium)
        stack.push_async_callback(phone.close)
        yield phone
        assert phone.complaints == []


def written(path: Path, content: bytes) -> Path:
    """Write a file for the page to send."""
    path.write_bytes(content)
    return path


async def saved(download: Download) -> bytes:
    """Return what a download brought."""
    return await asyncio.to_thread(Path(await download.path()).read_bytes)
