"""What Telegram refuses is refused, with its code and in its words."""

from typing import Any

import pytest

from bot.local_telegram import LocalTelegram, Person
from tests.bot.local_telegram.bot_api_client import BotApi
from tests.bot.local_telegram.conftest import StandingClock

NOT_MODIFIED = (
    "Bad Request: message is not modified: specified new message content and reply markup are exactly the same "
    "as a current content and reply markup of the message"
)
TOO_OLD = "Bad Request: query is too old and response timeout expired or query ID is invalid"


def keyboard(*buttons: Any) -> dict[str, Any]:
    return {"inline_keyboard": [list(buttons)]}


SEND_REFUSALS: list[tuple[dict[str, Any], str]] = [
    ({"text": ""}, "message text is empty"),
    ({}, "message text is empty"),
    ({"text": "  \n "}, "text must be non-empty"),
    ({"text": "<b></b>", "parse_mode": "HTML"}, "text must be non-empty"),
    ({"text": "x" * 4097}, "message is too long"),
    ({"text": "🙂" * 2049}, "message is too long"),
    ({"text": "a", "parse_mode": "XML"}, "unsupported parse_mode"),
    ({"text": "<br>", "parse_mode": "html"}, "can't parse entities: Unsupported start tag \"br\" at byte offset 0"),
    ({"text": "a", "entities": [{"type": "bold", "offset": 9, "length": 1}]},
     "entity begins after the end of the text at UTF-16 offset 9"),
    ({"text": "a", "entities": [{"type": "bold", "offset": 0, "length": 9}]},
     "entity beginning at UTF-16 offset 0 ends after the end of the text at UTF-16 offset 9"),
    ({"text": "a", "entities": [{"type": "bold", "offset": -1, "length": 1}]},
     "receive an entity with incorrect offset -1"),
    ({"text": "a", "entities": [{"type": "loud", "offset": 0, "length": 1}]},
     "can't parse MessageEntity: Unsupported type specified"),
    ({"text": "a", "entities": [{"type": "text_link", "offset": 0, "length": 1}]},
     "can't parse MessageEntity: Can't find field \"url\""),
    ({"text": "a", "entities": [{"type": "text_link", "offset": 0, "length": 1, "url": "not-a-url"}]},
     "entity URL 'not-a-url' is invalid: Wrong HTTP URL"),
    ({"text": "a", "entities": "[{"}, "can't parse entities JSON object"),
    ({"text": "a", "reply_markup": "["}, "can't parse reply keyboard markup JSON object"),
    ({"text": "a", "reply_markup": "[]"}, "object expected as reply markup"),
    ({"text": "a", "reply_markup": {"inline_keyboard": "x"}}, 'field "inline_keyboard" must be of type Array'),
    ({"text": "a", "reply_markup": {"inline_keyboard": [{}]}},
     'field "inline_keyboard" must be an Array of Arrays'),
    ({"text": "a", "reply_markup": keyboard({"text": "b", "callback_data": "д" * 33})}, "BUTTON_DATA_INVALID"),
    ({"text": "a", "reply_markup": keyboard({"text": "b", "callback_data": ""})},
     "can't parse inline keyboard button: Text buttons are unallowed in the inline keyboard"),
    ({"text": "a", "reply_markup": keyboard({"text": "b"})},
     "can't parse inline keyboard button: Text buttons are unallowed in the inline keyboard"),
    ({"text": "a", "reply_markup": keyboard({"callback_data": "x"})},
     "can't parse inline keyboard button: Can't find field \"text\""),
    ({"text": "a", "reply_markup": keyboard({"text": 5, "callback_data": "x"})},
     "can't parse inline keyboard button: Field \"text\" must be of type String"),
    ({"text": "a", "reply_markup": keyboard({"text": " ", "callback_data": "x"})},
     "inline keyboard button text must be non-empty"),
    ({"text": "a", "reply_markup": keyboard({"text": "b", "url": "not-a-url"})},
     "inline keyboard button URL 'not-a-url' is invalid: Wrong HTTP URL"),
    ({"text": "a", "reply_markup": keyboard({"text": "b", "url": "ftp://example.com"})},
     "inline keyboard button URL 'ftp://example.com' is invalid: Unsupported URL protocol"),
    ({"text": "a", "reply_markup": keyboard({"text": "b", "url": "https://example.com/a b"})}, "BUTTON_URL_INVALID"),
    ({"text": "a", "reply_markup": keyboard({"text": "b", "web_app": {"url": "http://example.com"}})},
     "inline keyboard button Web App URL 'http://example.com' is invalid: Only HTTPS links are allowed"),
    ({"text": "a", "reply_markup": keyboard({"text": "b", "copy_text": {"text": "x" * 257}})},
     "BUTTON_COPY_TEXT_INVALID"),
    ({"text": "a", "reply_markup": keyboard({"text": "b", "pay": True})}, "BUTTON_TYPE_INVALID"),
    ({"text": "a", "reply_markup": keyboard({"text": "b", "callback_data": "x", "style": "loud"})},
     "BUTTON_STYLE_INVALID"),
    ({"text": "a", "reply_markup": {"inline_keyboard": [[{"text": "b", "callback_data": "x"}]] * 101}},
     "reply markup is too long"),
    ({"text": "a", "reply_markup": {"inline_keyboard": [[{"text": "b" * 200, "callback_data": "x"}]] * 60}},
     "reply markup is too long"),
    ({"text": "a", "reply_markup": {"inline_keyboard": [[{"text": "b", "callback_data": "x"}] * 9]}},
     "reply markup is too long"),
    ({"text": "a", "reply_markup": {"keyboard": [[{"text": "b"}]], "selective": "yes"}},
     'field "selective" must be of type Boolean'),
    ({"text": "a", "reply_markup": {"force_reply": "yes"}}, 'field "force_reply" must be of type Boolean'),
    ({"text": "a", "reply_parameters": {"message_id": 999}}, "message to be replied not found"),
    ({"text": "a", "reply_parameters": {"quote": "x"}}, 'can\'t find field "message_id"'),
    ({"text": "a", "link_preview_options": {"is_disabled": "yes"}}, 'field "is_disabled" must be of type Boolean'),
    ({"text": "a", "link_preview_options": {"url": "not-a-url"}}, "WEBPAGE_URL_INVALID"),
    ({"text": "a", "message_effect_id": "999"}, "EFFECT_ID_INVALID"),
    ({"text": "a", "message_thread_id": 5}, "message thread not found"),
    ({"text": "a", "business_connection_id": "x"}, "business connection not found"),
    ({"text": "a", "allow_paid_broadcast": True}, "FLOODSKIP_NOT_ALLOWED"),
    ({"text": "a", "suggested_post_parameters": {}},
     "suggested posts can be sent only to channel direct messages"),
    ({"text": "a", "disable_notification": "perhaps"}, 'parameter "disable_notification" must be of type Boolean'),
]  # fmt: skip


@pytest.mark.parametrize(("parameters", "reason"), SEND_REFUSALS)
async def test_a_message_telegram_would_not_send_is_refused(
    bot_api: BotApi, ana: Person, parameters: dict[str, Any], reason: str
) -> None:
    assert await bot_api.refusal("sendMessage", chat_id=ana.id, **parameters) == (400, f"Bad Request: {reason}")
    assert ana.replies == []


@pytest.mark.parametrize("text", ["x" * 4096, "🙂" * 2048])
async def test_the_length_counts_after_parsing_in_utf_16_units(bot_api: BotApi, ana: Person, text: str) -> None:
    await bot_api("sendMessage", chat_id=ana.id, text=f"<b>{text}</b>", parse_mode="HTML")

    assert ana.replies[0]["text"] == text


@pytest.mark.parametrize(
    ("chat_id", "reason"),
    [(None, "chat_id is empty"), ("", "chat_id is empty"), (5, "chat not found"), (-100, "chat not found"),
     ("@nobody_here", "chat not found"), ("not_a_chat", "chat not found")],
)  # fmt: skip
async def test_a_chat_that_does_not_exist_is_refused(bot_api: BotApi, chat_id: Any, reason: str) -> None:
    assert await bot_api.refusal("sendMessage", chat_id=chat_id, text="a") == (400, f"Bad Request: {reason}")


async def test_a_person_who_never_started_cannot_be_written_to(bot_api: BotApi, telegram: LocalTelegram) -> None:
    olena = telegram.people[1]

    refusal = await bot_api.refusal("sendMessage", chat_id=olena.id, text="a")

    assert refusal == (403, "Forbidden: bot can't initiate conversation with a user")


@pytest.mark.parametrize(
    ("method", "parameters"),
    [("sendMessage", {"text": "a"}), ("sendChatAction", {"action": "typing"}),
     ("editMessageText", {"text": "b", "message_id": 2}), ("sendDocument", {"document": "x"})],
)  # fmt: skip
async def test_a_person_who_blocked_the_bot_cannot_be_written_to(
    bot_api: BotApi, ana: Person, method: str, parameters: dict[str, Any]
) -> None:
    await bot_api("sendMessage", chat_id=ana.id, text="a")
    ana.blocks()

    refusal = await bot_api.refusal(method, chat_id=ana.id, **parameters)

    assert refusal == (403, "Forbidden: bot was blocked by the user")


async def test_edits_that_cannot_be_made_are_refused(bot_api: BotApi, ana: Person) -> None:
    markup = keyboard({"text": "b", "callback_data": "x"})
    sent = await bot_api("sendMessage", chat_id=ana.id, text="<b>a</b>", parse_mode="HTML", reply_markup=markup)
    here = {"chat_id": ana.id, "message_id": sent["message_id"]}

    async def refused(method: str = "editMessageText", **parameters: Any) -> str:
        return (await bot_api.refusal(method, **{**here, **parameters}))[1]

    assert await refused(text="<b>a</b>", parse_mode="HTML", reply_markup=markup) == NOT_MODIFIED
    assert await refused("editMessageReplyMarkup", reply_markup=markup) == NOT_MODIFIED
    assert await refused(text="") == "Bad Request: message text is empty"
    assert await refused(text="x" * 4097) == "Bad Request: MESSAGE_TOO_LONG"
    assert await refused(text="b", message_id=999) == "Bad Request: message to edit not found"
    assert await refused(text="b", message_id=1) == "Bad Request: message can't be edited"
    assert await refused(text="b", message_id=0) == "Bad Request: message identifier is not specified"
    assert await refused(text="b", inline_message_id="x") == "Bad Request: MESSAGE_ID_INVALID"
    caption_refusal = await refused("editMessageCaption", caption="b")
    assert caption_refusal == "Bad Request: there is no caption in the message to edit"


async def test_deletions_that_cannot_be_made_are_refused(bot_api: BotApi, ana: Person, clock: StandingClock) -> None:
    sent = await bot_api("sendMessage", chat_id=ana.id, text="a")
    gone = await bot_api.refusal("deleteMessage", chat_id=ana.id, message_id=999)
    clock.move(hours=48, seconds=1)

    late = await bot_api.refusal("deleteMessage", chat_id=ana.id, message_id=sent["message_id"])
    many = await bot_api.refusal("deleteMessages", chat_id=ana.id, message_ids=list(range(1, 102)))
    odd = await bot_api.refusal("deleteMessages", chat_id=ana.id, message_ids=[0])

    assert gone == (400, "Bad Request: message to delete not found")
    assert late == (400, "Bad Request: message can't be deleted for everyone")
    assert many == (400, "Bad Request: too many message identifiers specified")
    assert odd == (400, "Bad Request: invalid message identifier specified")
    assert await bot_api.refusal("deleteMessages", chat_id=ana.id, message_ids=[]) == (
        400,
        "Bad Request: message identifiers are not specified",
    )


async def test_callback_answers_come_once_in_time_and_short(bot_api: BotApi, ana: Person, clock: StandingClock) -> None:
    await bot_api("sendMessage", chat_id=ana.id, text="a", reply_markup=keyboard({"text": "b", "callback_data": "x"}))
    query_id, late_id = await ana.presses("b"), await ana.presses("b")

    async def refused(**parameters: Any) -> tuple[int, str]:
        return await bot_api.refusal("answerCallbackQuery", **parameters)

    assert await refused(callback_query_id="unknown") == (400, TOO_OLD)
    assert await refused(callback_query_id=query_id, text="x" * 201) == (400, "Bad Request: MESSAGE_TOO_LONG")
    assert await refused(callback_query_id=query_id, url="https://example.com") == (400, "Bad Request: URL_INVALID")
    await bot_api("answerCallbackQuery", callback_query_id=query_id, text="x" * 200)
    assert await refused(callback_query_id=query_id) == (400, TOO_OLD)
    clock.move(seconds=61)
    assert await refused(callback_query_id=late_id) == (400, TOO_OLD)


@pytest.mark.parametrize(
    ("method", "parameters", "reason"),
    [
        ("sendChatAction", {"action": "sleeping"}, "wrong parameter action in request"),
        ("pinChatMessage", {"message_id": 99}, "message to pin not found"),
        ("unpinChatMessage", {}, "message to unpin not found"),
        ("setMessageReaction", {"message_id": 99}, "message to react not found"),
        ("setMessageReaction", {"message_id": 1, "reaction": [{"type": "emoji", "emoji": "🧀"}]}, "REACTION_INVALID"),
        ("getChatMember", {"user_id": 5}, "user not found"),
        ("copyMessage", {"from_chat_id": 1001, "message_id": 99}, "message to copy not found"),
        ("forwardMessage", {"from_chat_id": 1001, "message_id": 99}, "message to forward not found"),
    ],
)
async def test_other_calls_about_nothing_are_refused(
    bot_api: BotApi, ana: Person, method: str, parameters: dict[str, Any], reason: str
) -> None:
    assert await bot_api.refusal(method, chat_id=ana.id, **parameters) == (400, f"Bad Request: {reason}")


async def test_a_protected_message_stays_where_it_is(bot_api: BotApi, ana: Person) -> None:
    sent = await bot_api("sendMessage", chat_id=ana.id, text="a", protect_content=True)
    source = {"chat_id": ana.id, "from_chat_id": ana.id, "message_id": sent["message_id"]}

    assert await bot_api.refusal("copyMessage", **source) == (400, "Bad Request: message can't be copied")
    assert await bot_api.refusal("forwardMessage", **source) == (400, "Bad Request: message can't be forwarded")
