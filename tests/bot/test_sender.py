"""OutgoingMessage → Telegram, and what Telegram's errors mean for it."""

from __future__ import annotations

import json
from collections.abc import AsyncIterator
from datetime import timedelta

import pytest
from telegram import Bot
from telegram.error import NetworkError, TelegramError, TimedOut

from bot.messages.outgoing import CallbackButton, LinkButton, OutgoingMessage
from bot.models import Later, Never, NeverReason, Sent
from bot.sender import answer_callback, edit, outcome_of, send
from bot.transport import AiohttpRequest, NotSentError
from tests.bot.bot_api import TOKEN, BotApi, bot_api, granted, refusal

MESSAGE = OutgoingMessage(
    "<b>Daniel Coșniță</b>",
    ((CallbackButton("10:00", "s:abc"), LinkButton("Map", "https://example.org/")), (CallbackButton("Back", "b"),)),
)


@pytest.fixture
async def api() -> AsyncIterator[BotApi]:
    async with bot_api() as running:
        yield running


@pytest.fixture
async def bot(api: BotApi) -> AsyncIterator[Bot]:
    bot = Bot(TOKEN, base_url=f"{api.url}/bot", request=AiohttpRequest(), get_updates_request=AiohttpRequest())
    async with bot:
        yield bot


async def test_text_and_buttons_go_out_as_html_without_a_preview(api: BotApi, bot: Bot) -> None:
    outcome = await send(bot, 7, MESSAGE)
    call = api.called("sendMessage")[0].parameters
    assert isinstance(outcome, Sent)
    assert (call["text"], call["parse_mode"]) == ("<b>Daniel Coșniță</b>", "HTML")
    assert json.loads(call["link_preview_options"]) == {"is_disabled": True}
    assert json.loads(call["reply_markup"]) == {
        "inline_keyboard": [
            [{"text": "10:00", "callback_data": "s:abc"}, {"text": "Map", "url": "https://example.org/"}],
            [{"text": "Back", "callback_data": "b"}],
        ]
    }


async def test_a_message_without_buttons_has_no_keyboard(api: BotApi, bot: Bot) -> None:
    await send(bot, 7, OutgoingMessage("hello"))
    assert "reply_markup" not in api.called("sendMessage")[0].parameters


@pytest.mark.parametrize(
    ("code", "description", "reason"),
    [
        (403, "Forbidden: bot was blocked by the user", NeverReason.BLOCKED),
        (403, "Forbidden: user is deactivated", NeverReason.DEACTIVATED),
        (403, "Forbidden: bot can't initiate conversation with a user", NeverReason.FORBIDDEN),
        (400, "Bad Request: chat not found", NeverReason.CHAT_NOT_FOUND),
        (400, "Bad Request: PEER_ID_INVALID", NeverReason.CHAT_NOT_FOUND),
        (400, "Bad Request: message is too long", NeverReason.BAD_REQUEST),
        (400, "Bad Request: can't parse entities: unsupported start tag", NeverReason.BAD_REQUEST),
    ],
)
async def test_what_telegram_refuses_for_good_is_never_sent(
    api: BotApi, bot: Bot, code: int, description: str, reason: NeverReason
) -> None:
    api.answers["sendMessage"].append(refusal(code, description))
    outcome = await send(bot, 7, MESSAGE)
    assert isinstance(outcome, Never)
    assert outcome.reason is reason


async def test_a_chat_that_moved_is_not_found(api: BotApi, bot: Bot) -> None:
    api.answers["sendMessage"].append(refusal(400, "Bad Request: group chat was upgraded", migrate_to_chat_id=-100))
    outcome = await send(bot, 7, MESSAGE)
    assert isinstance(outcome, Never)
    assert outcome.reason is NeverReason.CHAT_NOT_FOUND


async def test_flood_control_says_when_and_that_nothing_was_sent(api: BotApi, bot: Bot) -> None:
    api.answers["sendMessage"].append(refusal(429, "Too Many Requests: retry after 12", retry_after=12))
    outcome = await send(bot, 7, MESSAGE)
    assert isinstance(outcome, Later)
    assert (outcome.after, outcome.may_have_been_sent) == (timedelta(seconds=12), False)


async def test_a_refused_token_leaves_the_message_for_later(api: BotApi, bot: Bot) -> None:
    api.answers["sendMessage"].append(refusal(401, "Unauthorized"))
    outcome = await send(bot, 7, MESSAGE)
    assert isinstance(outcome, Later)
    assert not outcome.may_have_been_sent


@pytest.mark.parametrize(
    ("error", "may_have_been_sent"),
    [
        (NotSentError("refused"), False),
        (TimedOut(), True),
        (NetworkError("reset"), True),
        (TelegramError("Invalid server response"), True),
    ],
)
def test_network_trouble_is_for_later_and_tells_what_may_have_been_sent(
    error: TelegramError, may_have_been_sent: bool
) -> None:
    outcome = outcome_of(error)
    assert isinstance(outcome, Later)
    assert (outcome.after, outcome.may_have_been_sent, outcome.error) == (None, may_have_been_sent, error)


async def test_an_edit_keeps_its_message(api: BotApi, bot: Bot) -> None:
    assert await edit(bot, 7, 55, MESSAGE) == Sent(55)
    call = api.called("editMessageText")[0].parameters
    assert (call["chat_id"], call["message_id"], call["parse_mode"]) == ("7", "55", "HTML")


async def test_an_edit_that_changes_nothing_is_done(api: BotApi, bot: Bot) -> None:
    wording = (
        "Bad Request: message is not modified: specified new message content and reply markup are exactly the same as"
        " a current content and reply markup of the message"
    )
    api.answers["editMessageText"].append(refusal(400, wording))
    assert await edit(bot, 7, 55, MESSAGE) == Sent(55)
    assert not api.called("sendMessage")


@pytest.mark.parametrize(
    "wording",
    [
        "message to edit not found",
        "message can't be edited",
        "MESSAGE_ID_INVALID",
        "there is no text in the message to edit",
    ],
)
async def test_what_cannot_be_edited_is_sent_anew(api: BotApi, bot: Bot, wording: str) -> None:
    api.answers["editMessageText"].append(refusal(400, f"Bad Request: {wording}"))
    outcome = await edit(bot, 7, 55, MESSAGE)
    assert isinstance(outcome, Sent)
    assert outcome.message_id != 55
    assert api.called("sendMessage")[0].parameters["text"] == MESSAGE.text


async def test_an_edit_for_someone_who_blocked_the_bot_is_never_sent(api: BotApi, bot: Bot) -> None:
    api.answers["editMessageText"].append(refusal(403, "Forbidden: bot was blocked by the user"))
    outcome = await edit(bot, 7, 55, MESSAGE)
    assert isinstance(outcome, Never)
    assert outcome.reason is NeverReason.BLOCKED


async def test_an_edit_with_bad_html_is_not_sent_a_second_time(api: BotApi, bot: Bot) -> None:
    api.answers["editMessageText"].append(refusal(400, "Bad Request: can't parse entities: unclosed tag"))
    assert isinstance(await edit(bot, 7, 55, MESSAGE), Never)
    assert not api.called("sendMessage")


async def test_a_pressed_button_gets_its_notice(api: BotApi, bot: Bot) -> None:
    assert await answer_callback(bot, "q1", "Done", alert=True)
    call = api.called("answerCallbackQuery")[0].parameters
    assert (call["callback_query_id"], call["text"], call["show_alert"]) == ("q1", "Done", "true")


@pytest.mark.parametrize(
    "answer",
    [
        refusal(400, "Bad Request: query is too old and response timeout expired or query ID is invalid"),
        refusal(400, "Bad Request: QUERY_ID_INVALID"),
        refusal(429, "Too Many Requests: retry after 3", retry_after=3),
        refusal(500, "Internal Server Error"),
    ],
)
async def test_a_button_answered_too_late_or_not_at_all_raises_nothing(
    api: BotApi, bot: Bot, answer: tuple[int, bytes]
) -> None:
    api.answers["answerCallbackQuery"].append(answer)
    assert not await answer_callback(bot, "q1")


async def test_an_old_query_is_no_news_for_the_log(api: BotApi, bot: Bot, caplog: pytest.LogCaptureFixture) -> None:
    api.answers["answerCallbackQuery"] += [
        refusal(400, "Bad Request: query is too old and response timeout expired or query ID is invalid"),
        granted(True),
    ]
    assert not await answer_callback(bot, "q1")
    assert await answer_callback(bot, "q2")
    assert not [record for record in caplog.records if record.name == "bot.sender"]
