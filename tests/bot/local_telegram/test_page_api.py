"""The phone page gets what it needs and can do what a person does, as agreed."""

import aiohttp
import pytest

from bot.local_telegram import LocalTelegram, Person
from tests.bot.local_telegram.bot_api_client import BotApi, form
from tests.bot.local_telegram.conftest import StandingClock
from tests.bot.local_telegram.page_client import EventStream, Page

BUTTONS = {"inline_keyboard": [[{"text": "Next", "callback_data": "next"}]]}


@pytest.fixture
def page(session: aiohttp.ClientSession, telegram: LocalTelegram) -> Page:
    return Page(session, telegram)


async def test_the_state_names_bot_people_and_clock(page: Page, bot_api: BotApi, clock: StandingClock) -> None:
    await bot_api("setMyDescription", description="Asistentul conferinței", language_code="ro")
    await bot_api("setMyName", name="Ghid Iași", language_code="ro")

    state = await page.get("state?language_code=ro")

    assert state["bot"] == {
        "id": 1000000001,
        "first_name": "Ghid Iași",
        "username": "ghid_local_bot",
        "description": "Asistentul conferinței",
        "short_description": "",
    }
    assert state["people"][0] == {
        "id": 1001,
        "first_name": "Ana",
        "last_name": "",
        "language_code": "ro",
        "role": "attendee",
        "about": "Came for the health track",
        "blocked": False,
        "unread": 0,
    }
    assert state["now"] == clock.moment.isoformat()
    assert state["event_clock"] is True


async def test_a_person_writes_and_the_bot_gets_it(page: Page, bot_api: BotApi) -> None:
    message = await page.post("chats/1001/messages", text="/agenda mâine")

    updates = await bot_api("getUpdates")
    assert updates[0]["message"] == message
    assert message["entities"] == [{"type": "bot_command", "offset": 0, "length": 7}]
    assert (await page.get("chats/1001"))["messages"] == [message]


async def test_a_chat_shows_messages_menu_and_keyboard(page: Page, bot_api: BotApi, ana: Person) -> None:
    keys = {"keyboard": [[{"text": "Agenda"}]], "resize_keyboard": True}
    commands = [{"command": "agenda", "description": "Agenda"}]
    await bot_api("setMyCommands", commands=commands, language_code="ro")
    await bot_api("sendMessage", chat_id=ana.id, text="one", reply_markup=keys)
    assert (await page.get("state"))["people"][0]["unread"] == 1

    chat = await page.get("chats/1001")

    assert [message["text"] for message in chat["messages"]] == ["/start", "one"]
    assert "reply_markup" not in chat["messages"][1]
    assert chat["keyboard"] == keys
    assert chat["commands"] == commands
    assert (chat["blocked"], chat["started"]) == (False, True)
    assert (await page.get("state"))["people"][0]["unread"] == 0


async def test_a_press_becomes_a_callback_query(page: Page, bot_api: BotApi, ana: Person) -> None:
    sent = await bot_api("sendMessage", chat_id=ana.id, text="a", reply_markup=BUTTONS)

    pressed = await page.post("chats/1001/presses", message_id=sent["message_id"], data="next")

    query = (await bot_api("getUpdates"))[0]["callback_query"]
    assert query["id"] == pressed["callback_query_id"]
    assert (query["data"], query["message"]["text"], query["from"]["first_name"]) == ("next", "a", "Ana")


async def test_what_the_app_would_not_offer_is_a_409(page: Page, bot_api: BotApi, ana: Person) -> None:
    sent = await bot_api("sendMessage", chat_id=ana.id, text="a", reply_markup=BUTTONS)
    here = "chats/1001"

    assert "gone" in (await page.post(f"{here}/presses", 409, message_id=99, data="next"))["error"]
    assert (
        "no such button"
        in (await page.post(f"{here}/presses", 409, message_id=sent["message_id"], data="other"))["error"]
    )
    assert "nothing to send" in (await page.post(f"{here}/messages", 409, text="  "))["error"]
    assert "at most 4096" in (await page.post(f"{here}/messages", 409, text="x" * 4097))["error"]
    assert "at most 64" in (await page.post(f"{here}/start", 409, payload="a b"))["error"]
    await page.post(f"{here}/block", blocked=True)
    assert "blocked" in (await page.post(f"{here}/messages", 409, text="a"))["error"]


async def test_blocking_and_starting_again_are_told_to_the_bot(page: Page, bot_api: BotApi, ana: Person) -> None:
    assert (await page.post("chats/1001/block", blocked=True))["blocked"] is True
    assert (await bot_api.refusal("sendMessage", chat_id=ana.id, text="a"))[0] == 403

    message = await page.post("chats/1001/start", payload="session_ab12")

    updates = await bot_api("getUpdates")
    statuses = [one["my_chat_member"]["new_chat_member"]["status"] for one in updates if "my_chat_member" in one]
    assert statuses == ["kicked", "member"]
    assert message["text"] == updates[-1]["message"]["text"] == "/start session_ab12"


async def test_a_file_goes_to_the_bot_and_back_to_the_page(page: Page, bot_api: BotApi, ana: Person) -> None:
    body = form(file=("Слайди ?.pdf", b"%PDF-1.7"), caption="see <b>")
    async with page.session.post(f"{page.telegram.api_url}/local/chats/1001/files", data=body) as response:
        message = await response.json()

    document = (await bot_api("getUpdates"))[0]["message"]["document"]
    assert message["document"] == document
    assert (document["file_name"], document["mime_type"], message["caption"]) == (
        "Слайди ?.pdf",
        "application/pdf",
        "see <b>",
    )
    path = (await bot_api("getFile", file_id=document["file_id"]))["file_path"]
    token = page.telegram.token
    async with page.session.get(f"{page.telegram.api_url}/file/bot{token}/{path}") as response:
        assert await response.read() == b"%PDF-1.7"
    async with page.session.get(f"{page.telegram.api_url}/local/files/{document['file_id']}") as response:
        assert await response.read() == b"%PDF-1.7"
        assert response.headers["Content-Disposition"].startswith("attachment; filename*=UTF-8''%D0%A1")
        assert response.headers["X-Content-Type-Options"] == "nosniff"


async def test_wrong_requests_get_plain_errors(page: Page, telegram: LocalTelegram) -> None:
    await page.post("chats/5/messages", 404, text="a")
    await page.post("chats/1001/messages", 400, text=5)
    await page.post("chats/1001/block", 400, blocked="yes")
    async with page.session.post(f"{telegram.api_url}/local/chats/1001/messages", data={"text": "a"}) as response:
        assert response.status == 415
    too_big = form(file=("big.bin", bytes(20 * 1024 * 1024 + 1)))
    async with page.session.post(f"{telegram.api_url}/local/chats/1001/files", data=too_big) as response:
        assert response.status == 413


async def test_everything_that_happens_is_streamed(page: Page, bot_api: BotApi, ana: Person) -> None:
    async with page.session.get(f"{page.telegram.api_url}/local/events") as response:
        assert response.content_type == "text/event-stream"
        events = EventStream(response)
        sent = await bot_api("sendMessage", chat_id=ana.id, text="a", reply_markup=BUTTONS)
        query_id = await ana.presses("Next")
        await bot_api("answerCallbackQuery", callback_query_id=query_id, text="ok", show_alert=True)
        edited = await bot_api("editMessageText", chat_id=ana.id, message_id=sent["message_id"], text="b")
        await bot_api("sendChatAction", chat_id=ana.id, action="typing")
        await bot_api("deleteMessage", chat_id=ana.id, message_id=sent["message_id"])
        await bot_api("setMyCommands", commands=[])
        ana.blocks()

        assert await events.next_of("message") == {"chat_id": ana.id, "message": sent}
        call = await events.next_of("call")
        assert (call["method"], call["chat_id"], call["ok"], call["error_code"]) == ("sendMessage", ana.id, True, None)
        assert await events.next_of("callback_answer") == {
            "chat_id": ana.id,
            "callback_query_id": query_id,
            "text": "ok",
            "show_alert": True,
            "url": "",
        }
        assert await events.next_of("edit") == {"chat_id": ana.id, "message": edited}
        assert await events.next_of("action") == {"chat_id": ana.id, "action": "typing"}
        assert await events.next_of("delete") == {"chat_id": ana.id, "message_id": sent["message_id"]}
        assert await events.next_of("commands") == {"chat_id": ana.id}
        assert (await events.next_of("person"))["blocked"] is True


async def test_a_page_that_comes_back_gets_what_it_missed(page: Page, bot_api: BotApi, ana: Person) -> None:
    url = f"{page.telegram.api_url}/local/events"
    async with page.session.get(url) as response:
        await bot_api("sendChatAction", chat_id=ana.id, action="typing")
        number, kind, _ = await EventStream(response).next()
    assert kind == "action"
    await bot_api("sendMessage", chat_id=ana.id, text="missed")

    async with page.session.get(url, headers={"Last-Event-ID": str(number)}) as response:
        events = EventStream(response)
        assert (await events.next())[0] == number + 1
        assert (await events.next_of("message"))["message"]["text"] == "missed"


@pytest.mark.parametrize("number", ["0", "999999"])
async def test_a_page_that_missed_too_much_is_told_to_reload(
    page: Page, telegram: LocalTelegram, ana: Person, number: str
) -> None:
    for _ in range(1100):
        telegram.state.live.publish("action", {"chat_id": ana.id, "action": "typing"})

    async with page.session.get(f"{telegram.api_url}/local/events", headers={"Last-Event-ID": number}) as response:
        assert (await EventStream(response).next())[1:] == ("reload", {})


async def test_the_call_log_tells_what_was_refused_and_ignored(page: Page, bot_api: BotApi, ana: Person) -> None:
    await bot_api("getUpdates")
    await bot_api("sendMessage", chat_id=ana.id, text="a", disable_web_page_preview=True)
    await bot_api.refusal("sendMessage", chat_id=ana.id, text="")

    calls = (await page.get("calls"))["calls"]

    assert [call["method"] for call in calls] == ["sendMessage", "sendMessage"]
    assert calls[0]["warnings"] == ["unknown parameter disable_web_page_preview"]
    assert (calls[1]["ok"], calls[1]["error_code"], calls[1]["description"]) == (
        False,
        400,
        "Bad Request: message text is empty",
    )
