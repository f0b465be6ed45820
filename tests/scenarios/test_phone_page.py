"""A conversation on the phone page: writing, pressing, files, blocking, other people."""

import re
from pathlib import Path

import pytest
from playwright.async_api import expect

from tests.scenarios.browser import PhonePage, saved, written

pytestmark = [pytest.mark.browser, pytest.mark.asyncio(loop_scope="session")]


def _keyboard(*rows: list[tuple[str, str]]) -> dict[str, object]:
    return {"inline_keyboard": [[{"text": text, "callback_data": data} for text, data in row] for row in rows]}


async def test_what_a_person_types_reaches_the_bot_and_its_answer_appears(phone: PhonePage) -> None:
    page = await phone.open()
    field = page.get_by_label("Message", exact=True)
    await field.fill("when does")
    await field.press("Shift+Enter")
    await field.press_sequentially("Coșniță speak?")
    await field.press("Enter")
    message = await phone.bot.update("message")
    assert message["text"] == "when does\nCoșniță speak?"
    await phone.bot.call("sendChatAction", chat_id=phone.ana.id, action="typing")
    await expect(page.locator("#typing")).to_have_text("typing")
    await phone.bot.call("sendMessage", chat_id=phone.ana.id, text="At 10:30, in the main hall.")
    await expect(page.locator(".message.in .text")).to_have_text("At 10:30, in the main hall.")
    await expect(page.locator(".message.in time")).to_have_text("10:05")
    await expect(page.locator("#typing")).to_be_hidden()
    await expect(page.locator("#calls-body tr").first).to_contain_text("sendMessage")
    assert await field.input_value() == ""


async def test_a_press_edits_the_message_in_place_and_the_focus_stays(phone: PhonePage) -> None:
    card = await phone.say(phone.ana, "Wednesday", reply_markup=_keyboard([("Thursday", "day:23"), ("Rooms", "r")]))
    page = await phone.open()
    button = page.get_by_role("button", name="Thursday", exact=True)
    await button.focus()
    await page.keyboard.press("Enter")
    await expect(button).to_have_attribute("aria-busy", "true")
    query = await phone.bot.update("callback_query")
    assert query["data"] == "day:23"
    count = await page.locator(".message").count()
    await phone.bot.call(
        "editMessageText",
        chat_id=phone.ana.id,
        message_id=card["message_id"],
        text="Thursday",
        reply_markup=_keyboard([("Wednesday", "day:22"), ("Rooms", "r")]),
    )
    await expect(page.locator(".message.in .text")).to_have_text("Thursday")
    await expect(page.locator(".message.in .edited")).to_be_visible()
    await expect(page.get_by_role("button", name="Wednesday", exact=True)).to_be_focused()
    assert await page.locator(".message").count() == count
    await phone.bot.call("answerCallbackQuery", callback_query_id=query["id"], text="Three workshops that day")
    await expect(page.locator("#toasts")).to_have_text("Three workshops that day")


async def test_a_press_waits_until_it_is_answered_and_an_alert_waits_for_a_tap(phone: PhonePage) -> None:
    await phone.say(phone.ana, "Sure?", reply_markup=_keyboard([("Yes", "y")]))
    page = await phone.open()
    button = page.get_by_role("button", name="Yes")
    await button.click()
    query = await phone.bot.update("callback_query")
    await expect(button).to_have_attribute("aria-busy", "true")
    await phone.bot.call("answerCallbackQuery", callback_query_id=query["id"], text="It is over.", show_alert=True)
    await expect(page.get_by_role("dialog")).to_contain_text("It is over.")
    await expect(button).not_to_have_attribute("aria-busy", "true")
    await page.keyboard.press("Escape")
    await expect(page.get_by_role("dialog")).to_be_hidden()


async def test_the_command_menu_filters_and_works_by_keyboard(phone: PhonePage) -> None:
    commands = [("agenda", "Day by day"), ("now", "What is on"), ("next", "What comes next")]
    listed = [{"command": command, "description": words} for command, words in commands]
    page = await phone.open()
    await phone.bot.call("setMyCommands", commands=listed)
    await page.get_by_role("button", name="Menu of commands").click()
    await expect(page.get_by_role("option")).to_have_count(3)
    await page.keyboard.press("Escape")
    await expect(page.get_by_role("listbox")).to_be_hidden()
    field = page.get_by_label("Message", exact=True)
    await expect(field).to_be_focused()
    await field.press_sequentially("/n")
    await expect(page.get_by_role("option")).to_have_count(2)
    await page.keyboard.press("ArrowDown")
    await expect(page.get_by_role("option", selected=True)).to_contain_text("/next")
    active = await page.get_by_role("option", selected=True).get_attribute("id")
    assert await field.get_attribute("aria-activedescendant") == active
    await page.keyboard.press("Enter")
    assert (await phone.bot.update("message"))["text"] == "/next"
    await expect(field).to_have_value("")


async def test_start_links_and_commands_in_a_message_work_in_the_chat(phone: PhonePage) -> None:
    username = (await phone.bot.call("getMe"))["username"]
    link = f"https://t.me/{username}?start=room_main"
    text = f'Press /agenda or <a href="{link}">the main hall</a>'
    keyboard = {"inline_keyboard": [[{"text": "Slides", "url": "https://example.org/"}, {"text": "Hall", "url": link}]]}
    await phone.say(phone.ana, text, parse_mode="HTML", reply_markup=keyboard)
    assert (await phone.bot.update("message"))["text"] == "/start"
    page = await phone.open()
    await page.get_by_role("button", name="/agenda").click()
    assert (await phone.bot.update("message"))["text"] == "/agenda"
    for name in ("the main hall", "Hall"):
        await page.get_by_role("link", name=name, exact=True).click()
        assert (await phone.bot.update("message"))["text"] == "/start room_main"
    slides = page.get_by_role("link", name="Slides")
    assert await slides.get_attribute("target") == "_blank"
    assert "noopener" in (await slides.get_attribute("rel") or "")


async def test_an_empty_chat_introduces_the_bot_and_starts_it(phone: PhonePage) -> None:
    await phone.bot.call("setMyDescription", description="I know the agenda.")
    await phone.bot.call("setMyDescription", description="Știu agenda.", language_code="ro")
    page = await phone.open()
    await expect(page.locator("#intro-words")).to_have_text("I know the agenda.")
    await page.locator(".person", has_text="Ioana").click()
    await expect(page.locator("#intro-words")).to_have_text("Știu agenda.")
    await page.get_by_role("button", name="Start").click()
    assert (await phone.bot.update("message"))["text"] == "/start"
    await expect(page.locator("#intro")).to_be_hidden()


async def test_files_go_both_ways(phone: PhonePage, tmp_path: Path) -> None:
    page = await phone.open()
    await page.locator("#file").set_input_files(written(tmp_path / "слайди.pdf", b"%PDF from the speaker"))
    await expect(page.locator("#chosen")).to_contain_text("слайди.pdf")
    await page.get_by_label("Message", exact=True).fill("My slides")
    await page.get_by_role("button", name="Send").click()
    message = await phone.bot.update("message")
    assert message["document"]["file_name"] == "слайди.pdf"
    assert message["caption"] == "My slides"
    assert await phone.bot.download(message["document"]["file_id"]) == b"%PDF from the speaker"
    await expect(page.locator("#chosen")).to_be_hidden()
    await phone.bot.send_file(phone.ana.id, "Agenda finală.pdf", b"%PDF from the bot")
    async with page.expect_download() as started:
        await page.locator(".message.in .document").click()
    download = await started.value
    assert download.suggested_filename == "Agenda finală.pdf"
    assert await saved(download) == b"%PDF from the bot"


async def test_a_blocked_bot_is_refused_until_it_is_unblocked(phone: PhonePage) -> None:
    await phone.say(phone.ana, "Hello")
    page = await phone.open()
    await page.get_by_role("button", name="Chat menu").click()
    await page.get_by_role("menuitem", name="Block Ghid").press("Enter")
    assert (await phone.bot.update("my_chat_member"))["new_chat_member"]["status"] == "kicked"
    await expect(page.locator(".notice").last).to_contain_text("You blocked Ghid")
    refused = await phone.bot.answer_to("sendMessage", chat_id=phone.ana.id, text="Still there?")
    assert refused["error_code"] == 403
    await expect(page.locator("#calls-body tr").first).to_contain_text("403")
    await expect(page.locator("#calls-body tr").first).to_contain_text("bot was blocked by the user")
    await page.get_by_role("button", name="Unblock Ghid").click()
    await expect(page.get_by_label("Message", exact=True)).to_be_visible()
    await phone.say(phone.ana, "Welcome back")
    await expect(page.locator(".message.in .text").last).to_have_text("Welcome back")


async def test_others_count_what_is_unread_and_each_keeps_a_draft(phone: PhonePage) -> None:
    page = await phone.open()
    ana, ioana = (page.locator(f'[data-person="{person.id}"]') for person in (phone.ana, phone.ioana))
    await page.get_by_label("Message", exact=True).fill("half a question")
    for text in ("Bună", "Ce doriți?"):
        await phone.say(phone.ioana, text)
    await expect(ioana.locator(".badge")).to_contain_text("2")
    await ioana.click()
    await expect(page.locator(".message.in")).to_have_count(2)
    await expect(ioana.locator(".badge")).to_have_count(0)
    await expect(page.get_by_label("Message", exact=True)).to_have_value("")
    await phone.say(phone.ioana, "Seen at once")
    await expect(page.locator(".message.in")).to_have_count(3)
    await ana.click()
    await expect(page.get_by_label("Message", exact=True)).to_have_value("half a question")
    await expect(ioana.locator(".badge")).to_have_count(0)


async def test_who_reads_further_up_is_not_carried_away(phone: PhonePage) -> None:
    for number in range(30):
        await phone.say(phone.ana, f"Line {number}\nand its second line")
    page = await phone.open(width=360, height=740, touch=True)
    await expect(page.locator(".message.in").last).to_be_in_viewport()
    transcript = page.locator("#transcript")
    await transcript.evaluate("element => { element.scrollTop = 100 }")
    await expect(page.locator("#jump")).to_be_visible()
    before = await transcript.evaluate("element => element.scrollTop")
    newest = await phone.say(phone.ana, "News")
    await expect(page.locator("#jump .count")).to_have_text("1")
    await phone.bot.call(
        "editMessageText", chat_id=phone.ana.id, message_id=newest["message_id"], text="News,\ncorrected"
    )
    await expect(page.locator(".message.in .text").last).to_contain_text("corrected")
    assert await transcript.evaluate("element => element.scrollTop") == before
    await page.get_by_role("button", name="Jump to the newest message, 1 new").click()
    await expect(page.locator(".message.in").last).to_be_in_viewport()
    await expect(page.locator("#jump")).to_be_hidden()


async def test_a_long_conversation_shows_its_end_first(phone: PhonePage) -> None:
    for number in range(230):
        await phone.ana.sends(f"Question {number}")
    page = await phone.open()
    await expect(page.locator(".message")).to_have_count(200)
    await expect(page.get_by_text("Question 229", exact=True)).to_be_in_viewport()
    await page.locator("#transcript").evaluate("element => { element.scrollTop = 0 }")
    oldest = page.get_by_text("Question 30", exact=True)
    place = await oldest.evaluate("element => element.getBoundingClientRect().top")
    await page.get_by_role("button", name="Earlier messages").click()
    await expect(page.locator(".message")).to_have_count(230)
    await expect(page.locator(".message .text").first).to_have_text("Question 0")
    assert abs(await oldest.evaluate("element => element.getBoundingClientRect().top") - place) < 1
    await expect(page.get_by_role("button", name="Earlier messages")).to_be_hidden()


async def test_only_what_is_new_moves_in(phone: PhonePage) -> None:
    await phone.say(phone.ana, "An old message")
    page = await phone.open()
    await page.emulate_media(reduced_motion="no-preference")
    await page.evaluate(
        """() => {
            window.arrived = [];
            document.addEventListener("animationstart", (event) => {
                window.arrived.push(event.target.innerText);
                document.documentElement.dataset.arrived = window.arrived.join(" ");
            });
        }"""
    )
    for person, messages in ((phone.ioana, 0), (phone.ana, 2)):  # there and back: the conversation is drawn anew
        await page.locator(f'[data-person="{person.id}"]').click()
        await expect(page.locator(".message")).to_have_count(messages)
        await expect(page.locator("#transcript")).to_have_attribute("aria-live", "polite")
    await phone.say(phone.ana, "A new message")
    # An attribute, since the page's own policy forbids a polled script.
    await expect(page.locator("html")).to_have_attribute("data-arrived", re.compile("A new message"))

    arrived = await page.evaluate("window.arrived")
    assert [text for text in arrived if "old message" in text or "/start" in text] == []


async def test_a_deleted_message_disappears(phone: PhonePage) -> None:
    message = await phone.say(phone.ana, "Never mind")
    page = await phone.open()
    await expect(page.locator(".message.in")).to_have_count(1)
    await phone.bot.call("deleteMessage", chat_id=phone.ana.id, message_id=message["message_id"])
    await expect(page.locator(".message.in")).to_have_count(0)
    assert phone.ana.replies == []
