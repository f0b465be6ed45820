"""Messages as they are sent, edited, deleted, replied to, copied and kept."""

from typing import Any

from bot.local_telegram import LocalTelegram, Person
from tests.bot.local_telegram.bot_api_client import BotApi
from tests.bot.local_telegram.conftest import StandingClock

BUTTONS = {"inline_keyboard": [[{"text": "Next", "callback_data": "next"}]]}


async def test_a_message_is_the_bot_apis_own_object(bot_api: BotApi, ana: Person, clock: StandingClock) -> None:
    sent = await bot_api(
        "sendMessage", chat_id=str(ana.id), text="<b>🙂 a</b>", parse_mode="HTML", reply_markup=BUTTONS
    )

    assert sent == {
        "message_id": 2,
        "from": {"id": 1000000001, "is_bot": True, "first_name": "Ghid", "username": "ghid_local_bot"},
        "chat": {"id": 1001, "first_name": "Ana", "type": "private"},
        "date": int(clock.moment.timestamp()),
        "text": "🙂 a",
        "entities": [{"type": "bold", "offset": 0, "length": 4}],
        "reply_markup": BUTTONS,
    }
    assert ana.messages[-1] == sent


async def test_an_edit_without_a_keyboard_takes_it_away(bot_api: BotApi, ana: Person, clock: StandingClock) -> None:
    sent = await bot_api("sendMessage", chat_id=ana.id, text="a", reply_markup=BUTTONS)
    clock.move(minutes=1)

    edited = await bot_api("editMessageText", chat_id=ana.id, message_id=sent["message_id"], text="b")

    assert "reply_markup" not in edited
    assert edited["edit_date"] == sent["date"] + 60
    assert ana.messages[-1]["text"] == "b"
    assert sent["text"] == "a"


async def test_editing_the_keyboard_keeps_the_text(bot_api: BotApi, ana: Person) -> None:
    sent = await bot_api("sendMessage", chat_id=ana.id, text="<b>a</b>", parse_mode="HTML")

    edited = await bot_api(
        "editMessageReplyMarkup", chat_id=ana.id, message_id=sent["message_id"], reply_markup=BUTTONS
    )

    assert (edited["text"], edited["entities"], edited["reply_markup"]) == ("a", sent["entities"], BUTTONS)


async def test_deleted_messages_are_gone(bot_api: BotApi, ana: Person) -> None:
    ids = [(await bot_api("sendMessage", chat_id=ana.id, text=text))["message_id"] for text in "abc"]

    await bot_api("deleteMessage", chat_id=ana.id, message_id=ids[0])
    await bot_api("deleteMessages", chat_id=ana.id, message_ids=[ids[1], 999, 1])

    assert [message["text"] for message in ana.messages] == ["c"]


async def test_a_reply_carries_what_it_replies_to(bot_api: BotApi, ana: Person) -> None:
    reply = await bot_api("sendMessage", chat_id=ana.id, text="a", reply_parameters={"message_id": 1})
    lenient = {"message_id": 99, "allow_sending_without_reply": True}

    assert reply["reply_to_message"]["text"] == "/start"
    assert "reply_to_message" not in await bot_api("sendMessage", chat_id=ana.id, text="a", reply_parameters=lenient)


async def test_copies_have_no_origin_and_forwards_do(bot_api: BotApi, telegram: LocalTelegram, ana: Person) -> None:
    olena = telegram.people[1]
    await olena.sends("question")
    source = {"chat_id": ana.id, "from_chat_id": olena.id, "message_id": olena.messages[0]["message_id"]}

    await bot_api("copyMessage", **source)
    await bot_api("forwardMessage", **source)

    copied, forwarded = ana.replies
    assert (copied["text"], "forward_origin" in copied) == ("question", False)
    assert forwarded["forward_origin"]["sender_user"]["first_name"] == "Olena"


async def test_a_username_names_a_chat(bot_api: BotApi, telegram: LocalTelegram) -> None:
    mihai = telegram.add_person("Mihai", "en", username="mihai_p", last_name="Pop")
    await mihai.sends("/start")

    await bot_api("sendMessage", chat_id="@Mihai_P", text="a")

    assert mihai.replies[0]["chat"] == {
        "id": mihai.id,
        "first_name": "Mihai",
        "last_name": "Pop",
        "username": "mihai_p",
        "type": "private",
    }


async def test_a_chat_keeps_its_latest_two_thousand_messages(telegram: LocalTelegram, ana: Person) -> None:
    for number in range(2100):
        await ana.sends(f"message {number}")

    assert len(ana.messages) == 2000
    assert ana.messages[-1]["text"] == "message 2099"


async def test_pins_and_reactions_are_remembered(bot_api: BotApi, ana: Person) -> None:
    this: dict[str, Any] = {"chat_id": ana.id, "message_id": 1}

    await bot_api("pinChatMessage", **this)
    await bot_api("setMessageReaction", **this, reaction=[{"type": "emoji", "emoji": "❤️"}])

    assert (await bot_api("getChat", chat_id=ana.id))["pinned_message"]["text"] == "/start"
    await bot_api("unpinChatMessage", chat_id=ana.id)
    assert "pinned_message" not in await bot_api("getChat", chat_id=ana.id)
