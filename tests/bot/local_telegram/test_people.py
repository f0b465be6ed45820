"""People as scenario tests drive them: they do things in the app and wait for conditions, not for time."""

import asyncio
from typing import Any

import pytest

from bot.local_telegram import LocalTelegram, Person, actions
from bot.local_telegram.actions import CannotDoThat
from tests.bot.local_telegram.bot_api_client import BotApi

BUTTONS = {
    "inline_keyboard": [
        [{"text": "Next", "callback_data": "next"}, {"text": "Next day", "callback_data": "next_day"}],
        [{"text": "Slides", "url": "https://example.com/"}],
        [{"text": "Open", "url": "https://t.me/ghid_local_bot?start=session_ab12"}],
    ]
}


async def echo(bot_api: BotApi) -> None:
    """Answer each message with its text and each press with an edit, until cancelled."""
    offset = 0
    while True:
        for update in await bot_api("getUpdates", offset=offset, timeout=30):
            offset = update["update_id"] + 1
            if message := update.get("message"):
                await bot_api("sendMessage", chat_id=message["chat"]["id"], text=message["text"], reply_markup=BUTTONS)
            elif query := update.get("callback_query"):
                this = {"chat_id": query["from"]["id"], "message_id": query["message"]["message_id"]}
                await bot_api("editMessageText", **this, text=f"pressed {query['data']}", reply_markup=BUTTONS)
                await bot_api("answerCallbackQuery", callback_query_id=query["id"], text="done")


@pytest.fixture
async def echoing(bot_api: BotApi) -> Any:
    task = asyncio.ensure_future(echo(bot_api))
    yield
    task.cancel()
    await asyncio.gather(task, return_exceptions=True)


@pytest.mark.usefixtures("echoing")
async def test_asking_waits_for_the_answer(telegram: LocalTelegram) -> None:
    ana, olena = telegram.people

    answers = await asyncio.gather(ana.asks("one"), olena.asks("two"))

    assert [answer["text"] for answer in answers] == ["one", "two"]
    assert [message["from"]["is_bot"] for message in ana.messages] == [False, True]


@pytest.mark.usefixtures("echoing")
async def test_tapping_finds_the_button_and_waits_for_the_edit(telegram: LocalTelegram) -> None:
    ana = telegram.people[0]
    first, second = await ana.asks("one"), await ana.asks("two")

    assert (await ana.taps("Next"))["text"] == "pressed next"
    assert (await ana.taps("Next d", first))["text"] == "pressed next_day"

    assert [message["text"] for message in ana.replies] == ["pressed next_day", "pressed next"]
    assert ana.replies[1]["message_id"] == second["message_id"]


@pytest.mark.usefixtures("echoing")
async def test_a_press_can_wait_for_its_note(telegram: LocalTelegram) -> None:
    ana = telegram.people[0]
    await ana.asks("one")

    answer = await ana.waits_for_answer(await ana.presses("Next"))

    assert (answer["text"], answer["show_alert"]) == ("done", False)


@pytest.mark.usefixtures("echoing")
async def test_a_link_to_the_bot_itself_is_followed(telegram: LocalTelegram) -> None:
    ana = telegram.people[0]
    await ana.asks("one")

    assert (await ana.taps("Open"))["text"] == "/start session_ab12"


@pytest.mark.usefixtures("echoing")
async def test_buttons_that_are_not_there_are_named(telegram: LocalTelegram) -> None:
    ana = telegram.people[0]
    await ana.asks("one")

    with pytest.raises(LookupError, match=r"no button 'Back'; the chat shows \['Next', 'Next day', 'Slides', 'Open'\]"):
        await ana.presses("Back")
    with pytest.raises(LookupError, match="leads out of the chat"):
        await ana.presses("Slides")


async def test_a_key_of_the_reply_keyboard_is_sent_as_text(bot_api: BotApi, ana: Person) -> None:
    await bot_api("sendMessage", chat_id=ana.id, text="a", reply_markup={"keyboard": [[{"text": "Agenda"}]]})

    await ana.presses("Agenda")

    assert (await bot_api("getUpdates"))[0]["message"]["text"] == "Agenda"
    await bot_api("sendMessage", chat_id=ana.id, text="b", reply_markup={"remove_keyboard": True})
    with pytest.raises(LookupError):
        await ana.presses("Agenda")


async def test_waiting_takes_a_count_or_a_condition(bot_api: BotApi, ana: Person) -> None:
    wanted = asyncio.ensure_future(ana.waits_for(lambda message: "late" in message["text"]))
    third = asyncio.ensure_future(ana.waits_for(3))
    for text in ("early", "late", "later"):
        await bot_api("sendMessage", chat_id=ana.id, text=text)

    assert (await third)["text"] == "later"
    assert (await wanted)["text"] == "late"


async def test_waiting_in_vain_says_what_happened_instead(bot_api: BotApi, ana: Person) -> None:
    await bot_api.refusal("sendMessage", chat_id=ana.id, text="<b>", parse_mode="HTML")

    with pytest.raises(TimeoutError, match=r"Ana waited 0\.01 s for 1 messages of the bot; .*find end tag"):
        await ana.waits_for(1, timeout=0.01)


async def test_an_inline_search_gets_its_results(bot_api: BotApi, telegram: LocalTelegram, ana: Person) -> None:
    search = asyncio.ensure_future(ana.searches("health"))
    query = (await bot_api("getUpdates", timeout=30))[0]["inline_query"]
    content = {"message_text": "x"}
    results = [{"type": "article", "id": str(n), "title": "A", "input_message_content": content} for n in range(2)]

    await bot_api("answerInlineQuery", inline_query_id=query["id"], results=results)

    assert [result["id"] for result in (await search)["results"]] == ["0", "1"]
    state, chat = telegram.state, telegram.state.chats[ana.id]
    actions.choose_inline_result(state, chat, query["id"], "health", "1")
    with pytest.raises(CannotDoThat):
        actions.choose_inline_result(state, chat, query["id"], "health", "9")


@pytest.mark.parametrize(
    ("results", "reason"),
    [
        ([{"type": "article", "id": str(n)} for n in range(51)], "RESULTS_TOO_MUCH"),
        ([{"type": "article", "id": ""}], "RESULT_ID_INVALID"),
        ([{"type": "article", "id": "x" * 65}], "RESULT_ID_INVALID"),
        ([{"type": "article", "id": "1"}] * 2, "RESULT_ID_DUPLICATE"),
        ([{"type": "riddle", "id": "1"}], "can't parse inline query result: Unsupported type specified"),
    ],
)
async def test_inline_answers_that_cannot_be_are_refused(
    bot_api: BotApi, telegram: LocalTelegram, ana: Person, results: list[Any], reason: str
) -> None:
    query_id = actions.search_inline(telegram.state, telegram.state.chats[ana.id], "health")

    refusal = await bot_api.refusal("answerInlineQuery", inline_query_id=query_id, results=results)

    assert refusal == (400, f"Bad Request: {reason}")


async def test_a_person_who_blocked_cannot_write(ana: Person) -> None:
    ana.blocks()

    with pytest.raises(CannotDoThat, match="blocked"):
        await ana.sends("hello")
    await ana.opens("session_ab12")
    assert ana.messages[-1]["text"] == "/start session_ab12"
