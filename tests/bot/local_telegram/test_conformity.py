"""Methods, parameters and answers are the Bot API's own: by its specification and by python-telegram-bot's classes."""

from collections.abc import Iterator
from typing import Any

import pytest
import telegram as ptb

from bot.local_telegram import LocalTelegram
from bot.local_telegram.methods import METHODS
from bot.local_telegram.methods.chats import REACTIONS
from tests.bot.local_telegram.api_specification import Specification, read_specification
from tests.bot.local_telegram.bot_api_client import BotApi
from tests.bot.local_telegram.every_method import call_every_method

KINDS = {
    "integer": {"Integer"},
    "boolean": {"Boolean"},
    "string": {"String"},
    "chat": {"Integer", "String"},
    "file": {"InputFile", "String"},
}
# What each method answers, as python-telegram-bot names it; the others answer True.
CLASSES: dict[str, Any] = {
    "getMe": ptb.User,
    "getUpdates": ptb.Update,
    "getWebhookInfo": ptb.WebhookInfo,
    "sendMessage": ptb.Message,
    "editMessageText": ptb.Message,
    "editMessageCaption": ptb.Message,
    "editMessageReplyMarkup": ptb.Message,
    "sendDocument": ptb.Message,
    "sendPhoto": ptb.Message,
    "sendMediaGroup": ptb.Message,
    "forwardMessage": ptb.Message,
    "copyMessage": ptb.MessageId,
    "getFile": ptb.File,
    "getMyCommands": ptb.BotCommand,
    "getMyName": ptb.BotName,
    "getMyDescription": ptb.BotDescription,
    "getMyShortDescription": ptb.BotShortDescription,
    "getChatMenuButton": ptb.MenuButton,
    "getChat": ptb.ChatFullInfo,
    "getChatMember": ptb.ChatMember,
}


@pytest.fixture(scope="module")
def specification() -> Specification:
    found = read_specification()
    if found is None:
        pytest.skip("the Bot API's specification is not beside the checkout")
    return found


def unknown_fields(value: object, where: str = "") -> Iterator[str]:
    """Yield every field that python-telegram-bot's classes did not know."""
    if isinstance(value, list | tuple):
        for item in value:
            yield from unknown_fields(item, where)
    if isinstance(value, ptb.TelegramObject):
        here = f"{where}.{type(value).__name__}"
        yield from (f"{here}.{name}" for name in value.api_kwargs)
        names = {name for kind in type(value).__mro__ for name in getattr(kind, "__slots__", ()) if name[0] != "_"}
        for name in names - {"api_kwargs"}:
            yield from unknown_fields(getattr(value, name, None), here)


def test_every_method_and_parameter_is_the_bot_apis(specification: Specification) -> None:
    for name, method in METHODS.items():
        known = specification.parameters(name)
        assert method.parameters.keys() <= known.keys(), name
        for parameter, kind in method.parameters.items():
            types = set(known[parameter])
            if kind == "array":
                assert all(one.startswith("Array of ") for one in types), (name, parameter)
            elif kind == "object":
                assert types <= specification.types.keys(), (name, parameter)
            else:
                assert types <= KINDS[kind], (name, parameter)


def test_a_parameter_that_is_not_taken_is_left_out_knowingly(specification: Specification) -> None:
    left_out = {
        (name, parameter)
        for name, method in METHODS.items()
        for parameter in specification.parameters(name).keys() - method.parameters.keys()
    }

    # Rich messages came with Bot API 10.1; python-telegram-bot 22.8 covers 10.0.
    assert left_out == {("editMessageText", "rich_message")}


async def test_every_answer_has_the_bot_apis_fields_and_no_others(
    bot_api: BotApi, telegram: LocalTelegram, specification: Specification
) -> None:
    results = await call_every_method(bot_api, telegram)

    problems = [
        f"{method}: {problem}"
        for method, answers in results.items()
        for answer in answers
        for problem in specification.problems(answer, specification.methods[method]["returns"])
    ]
    assert problems == []


async def test_every_answer_passes_through_python_telegram_bots_classes(
    bot_api: BotApi, telegram: LocalTelegram
) -> None:
    results = await call_every_method(bot_api, telegram)

    assert results.keys() == METHODS.keys()
    for method, answers in results.items():
        for answer in answers:
            if method not in CLASSES:
                assert answer is True, method
                continue
            for item in answer if isinstance(answer, list) else [answer]:
                parsed = CLASSES[method].de_json(item, None)
                assert list(unknown_fields(parsed)) == [], method
                assert parsed.to_dict().keys() >= item.keys() - {"user"}, method


async def test_every_kind_of_update_reaches_python_telegram_bot(bot_api: BotApi, telegram: LocalTelegram) -> None:
    updates = (await call_every_method(bot_api, telegram))["getUpdates"][0]

    kinds = {kind for update in updates for kind in update if kind != "update_id"}
    assert kinds == {"message", "callback_query", "my_chat_member", "inline_query", "chosen_inline_result"}
    assert [update["update_id"] for update in updates] == list(range(100_000_001, 100_000_001 + len(updates)))


def test_the_reactions_are_telegrams() -> None:
    known = {str(emoji).replace("\ufe0f", "") for emoji in ptb.constants.ReactionEmoji}

    assert known == REACTIONS
