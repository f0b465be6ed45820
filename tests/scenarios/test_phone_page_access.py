"""The phone page for everyone: names, contrast, sizes, narrow screens, light and dark, a lost connection."""

import base64
import re
from contextlib import AsyncExitStack
from typing import Literal
from urllib.parse import urlsplit

import aiohttp
import pytest
from playwright.async_api import Page, expect

from bot.local_telegram import running_local_telegram
from tests.scenarios.browser import PEOPLE, WEDNESDAY_MORNING, Contexts, PhonePage, ScriptedBot

pytestmark = [pytest.mark.browser, pytest.mark.asyncio(loop_scope="session")]

_NAMELESS = """() => [...document.querySelectorAll(
    "button, a[href], input, textarea, [role=menu], [role=listbox], nav, aside, dialog, [role=log]")]
  .filter((element) => !element.hidden && element.type !== "file")
  .filter((element) => !(element.getAttribute("aria-label") || element.getAttribute("aria-labelledby")
    || element.labels?.length || element.innerText?.trim() || element.textContent.trim()))
  .map((element) => element.outerHTML)"""

_SMALL = """() => [...document.querySelectorAll("button, a.key, a.document, textarea, label")]
  .filter((element) => element.checkVisibility() && !element.matches(".text .text-button, .skip-link"))
  .map((element) => [element.id || element.className, element.getBoundingClientRect()])
  .filter(([, box]) => box.width > 1 && (box.width < 44 || box.height < 44))
  .map(([name, box]) => `${name} ${box.width}×${box.height}`)"""

# The contrast of each visible text with the colour behind it, by the formula of WCAG 2.2.
_CONTRAST = """() => {
  const canvas = document.createElement("canvas").getContext("2d", { willReadFrequently: true });
  const parse = (colour) => {
    canvas.clearRect(0, 0, 1, 1);
    canvas.fillStyle = colour;
    canvas.fillRect(0, 0, 1, 1);
    return [...canvas.getImageData(0, 0, 1, 1).data].map((part, index) => (index === 3 ? part / 255 : part));
  };
  const over = (top, below) => [0, 1, 2].map((index) => top[index] * top[3] + below[index] * (1 - top[3])).concat(1);
  const background = (element) => {
    const layers = [];
    for (let at = element; at; at = at.parentElement) {
      const colour = parse(getComputedStyle(at).backgroundColor);
      if (colour[3] > 0) layers.push(colour);
      if (colour[3] === 1) break;
    }
    return layers.reverse().reduce((below, top) => over(top, below), [255, 255, 255, 1]);
  };
  const light = (colour) => colour.slice(0, 3)
    .map((part) => part / 255).map((part) => (part <= 0.04045 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4))
    .reduce((sum, part, index) => sum + part * [0.2126, 0.7152, 0.0722][index], 0);
  const found = {};
  const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
  while (walker.nextNode()) {
    const element = walker.currentNode.parentElement;
    if (!walker.currentNode.data.trim() || !element.checkVisibility({ visibilityProperty: true })) continue;
    if (element.closest(".visually-hidden, .skip-link, .avatar, .spoiler:not(.shown)")) continue;
    const below = background(element);
    const text = over(parse(getComputedStyle(element).color), below);
    const [a, b] = [light(text), light(below)];
    const ratio = (Math.max(a, b) + 0.05) / (Math.min(a, b) + 0.05);
    const name = `${element.localName}.${element.className}`;
    found[name] = Math.min(found[name] ?? 99, ratio);
  }
  return found;
}"""


async def _fill(phone: PhonePage) -> None:
    """A conversation that shows every kind of thing."""
    await phone.bot.call("setMyCommands", commands=[{"command": "agenda", "description": "Day by day"}])
    keyboard = {
        "inline_keyboard": [
            [{"text": "A rather long label that has to wrap on a small screen", "callback_data": "1"}],
            [{"text": style, "callback_data": style, "style": style} for style in ("primary", "success", "danger")],
            [{"text": "Slides", "url": "https://example.org"}],
        ]
    }
    text = (
        '<b>Session</b> <a href="https://example.org">link</a> <code>code</code> #tag /agenda '
        '<tg-time unix="1700641800">10:30</tg-time>\n<blockquote>quoted</blockquote>\n<pre>'
        + "wide " * 40
        + f"</pre>\n{'unbreakable' * 20}"
    )
    await phone.say(phone.ana, text, parse_mode="HTML", reply_markup=keyboard)
    await phone.ana.sends("a question /agenda https://example.org/" + "long" * 30)
    await phone.bot.send_file(phone.ana.id, "a-name-that-goes-on-and-on-without-any-end-in-sight-2023.pdf", b"x")
    await phone.say(phone.ioana, "Bună")
    await phone.bot.answer_to("sendMessage", chat_id=1, text="nobody")


async def test_every_control_has_a_name_and_every_region_a_role(phone: PhonePage) -> None:
    await _fill(phone)
    page = await phone.open()
    await expect(page.locator(".message")).to_have_count(4)
    assert await page.evaluate(_NAMELESS) == []
    for role in ("banner", "main", "navigation", "complementary", "log"):
        await expect(page.get_by_role(role)).to_have_count(1)
    await expect(page.get_by_role("banner")).to_contain_text("Local demo — not Telegram")
    log = page.get_by_role("log")
    await expect(log).to_have_attribute("aria-live", "polite")
    assert await log.locator("ol").get_attribute("lang") == "en"
    await page.locator(".person", has_text="Олена").click()
    await expect(log.locator("ol")).to_have_attribute("lang", "uk")
    assert await page.locator('[tabindex]:not([tabindex="0"]):not([tabindex="-1"])').count() == 0


async def test_the_page_says_that_its_clock_is_set_back(phone: PhonePage) -> None:
    page = await phone.open()
    clock = page.locator(".demo-clock")
    await expect(clock).to_contain_text("Clock set back to Wed, 22 Nov 2023 10:05:")
    await page.set_viewport_size({"width": 360, "height": 740})
    await expect(clock.locator(".clock-date")).to_be_visible()
    await page.locator("#people-button").click()
    await expect(page.get_by_text("The clock is set back.")).to_be_visible()


async def test_a_lost_connection_is_said_within_the_edges_of_a_phone(phone: PhonePage) -> None:
    page = await phone.open(width=320, height=740)
    await page.evaluate("document.body.dataset.connection = 'lost'")
    await page.locator("#connection-words").evaluate("element => { element.textContent = 'Reconnecting…'; }")
    for width in (320, 360):
        await page.set_viewport_size({"width": width, "height": 740})
        button = await page.locator("#theme").bounding_box()
        assert button is not None
        assert button["x"] + button["width"] <= width


async def test_text_is_readable_in_both_themes(phone: PhonePage) -> None:
    await _fill(phone)
    page = await phone.open()
    await expect(page.locator(".message")).to_have_count(4)
    await page.get_by_label("Message", exact=True).fill("/")
    await expect(page.get_by_role("option")).to_have_count(1)
    schemes: tuple[Literal["light", "dark"], ...] = ("light", "dark")
    for scheme in schemes:
        await page.emulate_media(color_scheme=scheme)
        contrasts: dict[str, float] = await page.evaluate(_CONTRAST)
        assert len(contrasts) > 25
        assert {name: ratio for name, ratio in contrasts.items() if ratio < 4.5} == {}, scheme


async def test_nothing_overflows_and_targets_are_large_enough(phone: PhonePage) -> None:
    await _fill(phone)
    page = await phone.open(width=320, height=740, touch=True)
    await expect(page.locator(".message")).to_have_count(4)
    for width in (320, 360, 768, 1024):
        await page.set_viewport_size({"width": width, "height": 740})
        assert await page.evaluate("document.documentElement.scrollWidth") == width
        assert await page.locator("#transcript").evaluate("element => element.scrollWidth - element.clientWidth") == 0
        if width > 899:
            continue
        for opener in ("#people-button", "#calls-button", "#chat-menu-button"):
            await page.locator(opener).click()
            assert await page.evaluate(_SMALL) == []
            assert await page.evaluate("document.documentElement.scrollWidth") == width
            await page.keyboard.press("Escape")
            await expect(page.locator(opener)).to_be_focused()
            await expect(page.locator(opener)).to_have_attribute("aria-expanded", "false")


async def test_the_theme_is_chosen_once_and_remembered(phone: PhonePage) -> None:
    await _fill(phone)
    page = await phone.open(scheme="light")
    light = await _brightness(page)
    await page.get_by_role("button", name="Use the dark theme").click()
    dark = await _brightness(page)
    assert light > 0.75
    assert 0.03 < dark < 0.3
    await page.reload()
    await expect(page.get_by_role("button", name="Use the light theme")).to_be_visible()
    assert await page.evaluate("getComputedStyle(document.documentElement).colorScheme") == "dark"


async def _brightness(page: Page) -> float:
    """The mean brightness of what the screen shows, 0 to 1."""
    await page.evaluate("() => new Promise((drawn) => requestAnimationFrame(() => requestAnimationFrame(drawn)))")
    picture = base64.b64encode(await page.screenshot()).decode()
    mean: float = await page.evaluate(
        """async (picture) => {
          const image = new Image();
          image.src = `data:image/png;base64,${picture}`;
          await image.decode();
          const canvas = new OffscreenCanvas(64, 64).getContext("2d");
          canvas.drawImage(image, 0, 0, 64, 64);
          const parts = canvas.getImageData(0, 0, 64, 64).data.filter((_, index) => index % 4 < 3);
          return parts.reduce((sum, part) => sum + part, 0) / parts.length / 255;
        }""",
        picture,
    )
    return mean


async def test_panels_and_the_log_of_calls_can_be_put_away(phone: PhonePage) -> None:
    await _fill(phone)
    page = await phone.open()
    await expect(page.locator("#calls-body .failed")).to_contain_text("chat not found")
    await page.get_by_label("Only refusals and warnings").check()
    await expect(page.locator("#calls-body tr:visible")).to_have_count(1)
    await page.get_by_role("button", name="Close the call log").click()
    await expect(page.get_by_role("complementary")).to_be_hidden()
    await expect(page.locator("#calls-button")).to_be_focused()
    await page.reload()
    await expect(page.get_by_role("complementary")).to_be_hidden()
    await page.locator("#calls-button").click()
    await expect(page.get_by_role("complementary")).to_be_visible()


async def test_the_page_finds_back_after_the_server_was_restarted(chromium: Contexts) -> None:
    async with AsyncExitStack() as stack:
        session = await stack.enter_async_context(aiohttp.ClientSession())
        page = await chromium[False].new_page()
        stack.push_async_callback(page.close)
        async with running_local_telegram(people=PEOPLE, now=lambda: WEDNESDAY_MORNING) as telegram:
            port = urlsplit(telegram.api_url).port or 0
            phone = PhonePage(telegram, ScriptedBot(telegram, session), chromium)
            await phone.say(phone.ana, "Before the restart")
            await page.goto(telegram.page_url)
            await expect(page.locator(".message.in")).to_have_text(re.compile("Before the restart"))
            await page.get_by_label("Message", exact=True).fill("not yet sent")
        await expect(page.locator("#connection-words")).to_contain_text("Reconnecting")
        async with running_local_telegram(port, people=PEOPLE, now=lambda: WEDNESDAY_MORNING) as telegram:
            phone = PhonePage(telegram, ScriptedBot(telegram, session), chromium)
            await expect(page.locator("body[data-connection=live]")).to_be_attached()
            await expect(page.locator(".message")).to_have_count(0)
            await phone.say(phone.ana, "After the restart")
            await expect(page.locator(".message.in")).to_have_text(re.compile("After the restart"))
            await expect(page.get_by_label("Message", exact=True)).to_have_value("not yet sent")
            await page.get_by_role("button", name="Send").click()
            assert (await phone.bot.update("message"))["text"] == "/start"
            assert (await phone.bot.update("message"))["text"] == "not yet sent"
