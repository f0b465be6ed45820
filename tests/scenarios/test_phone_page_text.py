"""The words of a message on the phone page: formatting, safety, moments."""

import struct
import zlib

import pytest
from playwright.async_api import Page, expect

from tests.scenarios.browser import PhonePage

pytestmark = [pytest.mark.browser, pytest.mark.asyncio(loop_scope="session")]

_READ_RUNS = """element => {
  const runs = [];
  const walker = document.createTreeWalker(element, NodeFilter.SHOW_TEXT);
  while (walker.nextNode()) {
    const tags = [];
    for (let at = walker.currentNode.parentElement; at !== element; at = at.parentElement) tags.unshift(at.localName);
    runs.push([walker.currentNode.data, tags.join(" ")]);
  }
  return runs;
}"""


async def _runs(page: Page) -> list[list[str]]:
    """Each piece of the last message's text with the elements around it."""
    runs: list[list[str]] = await page.locator(".message.in .text").last.evaluate(_READ_RUNS)
    return runs


def _picture(width: int, height: int) -> bytes:
    def chunk(kind: bytes, data: bytes) -> bytes:
        return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))

    header = struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0)
    pixels = zlib.compress((b"\0" + b"\x17\x79\x7f" * width) * height)
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", header) + chunk(b"IDAT", pixels) + chunk(b"IEND", b"")


async def test_formatting_counts_as_telegram_does_and_nests(phone: PhonePage) -> None:
    text = "🙂👩‍🚀 <b>bold <i>both</i></b> &amp; <u>line</u> <s>gone</s> <code>x &lt; y</code>"
    await phone.say(phone.ana, text, parse_mode="HTML")
    page = await phone.open()
    assert await _runs(page) == [
        ["🙂👩‍🚀 ", ""],
        ["bold ", "strong"],
        ["both", "strong em"],
        [" & ", ""],
        ["line", "u"],
        [" ", ""],
        ["gone", "s"],
        [" ", ""],
        ["x < y", "code"],
    ]


async def test_overlapping_entities_are_cut_so_that_elements_close(phone: PhonePage) -> None:
    page = await phone.open()
    runs = await page.evaluate(
        """async () => {
          const { renderText } = await import("/page/entities.js");
          const element = document.createElement("div");
          const entities = [
            { type: "bold", offset: 2, length: 4 }, { type: "italic", offset: 4, length: 4 },
            { type: "underline", offset: 50, length: 4 }, { type: "unheard_of", offset: 0, length: 2 },
          ];
          element.append(renderText("🙂bolditalic", entities, {}));
          return [...element.childNodes].map((node) => node.outerHTML ?? node.data);
        }"""
    )
    assert "".join(runs) == "🙂<strong>bo<em>ld</em></strong><em>it</em>alic"


async def test_quotations_code_blocks_and_spoilers_open(phone: PhonePage) -> None:
    long = "\n".join(f"line {number}" for number in range(9))
    text = (
        f"Before\n<blockquote expandable>{long}</blockquote>\nAfter <tg-spoiler>the <b>winner</b></tg-spoiler>\n"
        '<pre><code class="language-python">a = 1</code></pre>\n<blockquote>short</blockquote>\nend'
    )
    await phone.say(phone.ana, text, parse_mode="HTML")
    page = await phone.open()
    quote = page.locator(".expandable")
    closed = await quote.evaluate("element => element.clientHeight")
    await page.get_by_role("button", name="Show all").click()
    await expect(page.get_by_role("button", name="Show less")).to_have_attribute("aria-expanded", "true")
    assert await quote.evaluate("element => element.clientHeight") > 2 * closed
    assert "\n\n" not in await page.locator(".message.in .text").inner_text()
    await expect(page.locator(".text pre")).to_have_attribute("data-language", "python")
    spoiler = page.get_by_role("button", name="Hidden text")
    await spoiler.focus()
    await page.keyboard.press("Enter")
    await expect(page.locator(".spoiler.shown strong")).to_have_text("winner")
    await expect(spoiler).to_have_count(0)


async def test_links_lead_only_where_a_browser_may_go(phone: PhonePage) -> None:
    text = "see example.org/a, mail desk@example.org, call +40 232 000 000, ask @someone, #iasi"
    await phone.say(phone.ana, text, entities=_found(text))
    page = await phone.open()
    links = page.locator(".message.in .text a")
    addresses = [await link.get_attribute("href") for link in await links.all()]
    wanted = ["http://example.org/a", "mailto:desk@example.org", "tel:+40232000000", "https://t.me/someone"]
    assert addresses == wanted
    assert {await link.get_attribute("rel") for link in await links.all()} == {"noopener noreferrer"}
    rendered = await page.evaluate(
        """async () => {
          const { renderText } = await import("/page/entities.js");
          const taps = { botUsername: "ghid_local_bot" };
          const addresses = ["javascript:alert(1)", "data:text/html,x", "JaVaScRiPt://x%0aalert(1)", "file:///etc/passwd"];
          return addresses.map((url) => {
            const element = document.createElement("div");
            element.append(renderText("tap", [{ type: "text_link", offset: 0, length: 3, url }], taps));
            return element.innerHTML;
          });
        }"""
    )
    assert rendered == ["tap"] * 4


def _found(text: str) -> list[dict[str, object]]:
    kinds = {
        "url": "example.org/a",
        "email": "desk@example.org",
        "phone_number": "+40 232 000 000",
        "mention": "@someone",
        "hashtag": "#iasi",
    }
    return [{"type": kind, "offset": text.index(part), "length": len(part)} for kind, part in kinds.items()]


async def test_markup_stays_text_wherever_it_comes_from(phone: PhonePage) -> None:
    attack = "<img src=x onerror=\"document.title='owned'\"><script>document.title='owned'</script>"
    await phone.bot.call("setMyDescription", description=attack)
    await phone.bot.call("setMyCommands", commands=[{"command": "x", "description": attack}])
    page = await phone.open()
    await expect(page.locator("#intro-words")).to_have_text(attack)
    keyboard = {"inline_keyboard": [[{"text": attack, "callback_data": attack[:60]}]]}
    await phone.say(phone.ana, attack, reply_markup=keyboard)
    await phone.bot.send_file(phone.ana.id, "<img src=x onerror=alert(1)>.pdf", b"x")
    await expect(page.locator(".message.in .text").first).to_have_text(attack)
    await expect(page.locator(".key")).to_have_text(attack)
    await expect(page.locator(".document-name")).to_contain_text("<img src=x onerror=alert(1)>.pdf")
    await page.locator(".key").click()
    query = await phone.bot.update("callback_query")
    await phone.bot.call("answerCallbackQuery", callback_query_id=query["id"], text=attack)
    await expect(page.locator(".toast")).to_have_text(attack)
    await page.get_by_label("Message", exact=True).fill("/")
    await expect(page.locator(".command-words")).to_have_text(attack)
    assert await page.locator("#chat img, #chat script").count() == 0
    assert await page.title() != "owned"


async def test_a_moment_shows_in_the_viewers_own_zone(phone: PhonePage) -> None:
    text = '<tg-time unix="1700641800">10:30</tg-time> in the main hall'
    await phone.say(phone.ana, text, parse_mode="HTML")
    page = await phone.open()
    await page.get_by_role("button", name="10:30").click()
    await expect(page.locator("#toasts")).to_contain_text("03:30")
    await expect(page.locator("#toasts")).to_contain_text("America/New York")


async def test_times_and_days_are_those_of_the_demo_clock(phone: PhonePage) -> None:
    await phone.say(phone.ana, "Good morning")
    page = await phone.open()
    await expect(page.locator(".day")).to_have_text("Wednesday 22 November")
    await expect(page.locator(".message.in .meta time")).to_have_text("10:05")
    await expect(page.locator("#clock")).to_contain_text("Wed, 22 Nov 2023")
    await expect(page.locator("#clock .clock-time")).to_contain_text("10:05:0")


async def test_photos_replies_and_captions_show(phone: PhonePage) -> None:
    await phone.ana.sends("/start")
    question = await phone.ana.sends("where is the map?")
    await phone.bot.send_file(phone.ana.id, "map.png", _picture(320, 200), method="sendPhoto")
    reply = {"message_id": question["message_id"]}
    await phone.say(phone.ana, "Above.", reply_parameters=reply)
    page = await phone.open()
    photo = page.get_by_role("img", name="Photo")
    await photo.evaluate("image => image.decode()")
    assert await photo.evaluate("image => [image.naturalWidth, image.naturalHeight]") == [320, 200]
    head = page.locator(".reply-head")
    await expect(head).to_contain_text("where is the map?")
    await head.click()
    await expect(page.locator(f"#message-{question['message_id']}")).to_be_focused()
