"""Menus by scope and language, names and descriptions: what each person sees, and what is refused."""

from typing import Any

import pytest

from bot.local_telegram import LocalTelegram, Person
from tests.bot.local_telegram.bot_api_client import BotApi


def menu(*names: str) -> list[dict[str, str]]:
    return [{"command": name, "description": name.title()} for name in names]


async def test_the_narrowest_menu_wins_and_language_within_it(
    bot_api: BotApi, telegram: LocalTelegram, ana: Person
) -> None:
    olena = telegram.people[1]
    steps: list[tuple[dict[str, Any], str]] = [
        ({}, "default"),
        ({"language_code": "ro"}, "default_ro"),
        ({"scope": {"type": "all_private_chats"}}, "private"),
        ({"scope": {"type": "all_private_chats"}, "language_code": "ro"}, "private_ro"),
        ({"scope": {"type": "chat", "chat_id": ana.id}}, "chat"),
        ({"scope": {"type": "chat", "chat_id": ana.id}, "language_code": "ro"}, "chat_ro"),
    ]

    seen = []
    for place, name in steps:
        await bot_api("setMyCommands", commands=menu(name), **place)
        seen.append((ana.commands[0]["command"], olena.commands[0]["command"]))

    assert seen == [
        ("default", "default"),
        ("default_ro", "default"),
        ("private", "private"),
        ("private_ro", "private"),
        ("chat", "private"),
        ("chat_ro", "private"),
    ]
    for place, _ in reversed(steps[1:]):
        await bot_api("deleteMyCommands", **place)
    assert ana.commands == menu("default")
    assert await bot_api("getMyCommands", language_code="ro") == []


async def test_a_slash_before_a_command_is_dropped(bot_api: BotApi, ana: Person) -> None:
    await bot_api("setMyCommands", commands=[{"command": "/agenda", "description": " The agenda "}])

    assert ana.commands == [{"command": "agenda", "description": "The agenda"}]


@pytest.mark.parametrize(
    ("parameters", "reason"),
    [
        ({"commands": menu("Agenda")}, "BOT_COMMAND_INVALID"),
        ({"commands": menu("now-or-next")}, "BOT_COMMAND_INVALID"),
        ({"commands": menu("a" * 33)}, "command length must not exceed 32"),
        ({"commands": [{"command": "", "description": "x"}]}, "command must be non-empty"),
        ({"commands": [{"command": "a", "description": ""}]}, "command description must be non-empty"),
        ({"commands": [{"command": "a", "description": "x" * 257}]}, "command description length must not exceed 256"),
        ({"commands": menu(*(f"c{number}" for number in range(101)))}, "BOT_COMMANDS_TOO_MUCH"),
        ({"commands": [{"command": "a"}]}, "can't parse BotCommand: Can't find field \"description\""),
        ({"commands": [], "language_code": "english"}, "invalid language code specified"),
        ({"commands": [], "scope": {"type": "everyone"}}, "can't parse BotCommandScope: Unsupported type specified"),
        ({"commands": [], "scope": {"type": "chat", "chat_id": 5}}, "chat not found"),
        ({"commands": [], "scope": {"type": "chat_administrators", "chat_id": 1001}},
         "can't use specified scope in private chats"),
    ],
)  # fmt: skip
async def test_a_menu_that_cannot_be_is_refused(bot_api: BotApi, parameters: dict[str, Any], reason: str) -> None:
    assert await bot_api.refusal("setMyCommands", **parameters) == (400, f"Bad Request: {reason}")


@pytest.mark.parametrize(
    ("name", "field", "longest"),
    [("Name", "name", 64), ("Description", "description", 512), ("ShortDescription", "short_description", 120)],
)
async def test_texts_are_kept_by_language_and_bounded(bot_api: BotApi, name: str, field: str, longest: int) -> None:
    await bot_api(f"setMy{name}", **{field: "for all"})
    await bot_api(f"setMy{name}", **{field: "ж" * longest}, language_code="uk")

    assert await bot_api(f"getMy{name}", language_code="uk") == {field: "ж" * longest}
    assert await bot_api(f"getMy{name}", language_code="ro") == {field: "for all"}
    assert (await bot_api.refusal(f"setMy{name}", **{field: "x" * (longest + 1)}))[0] == 400
    await bot_api(f"setMy{name}", **{field: ""}, language_code="uk")
    assert await bot_api(f"getMy{name}", language_code="uk") == {field: "for all"}


async def test_a_chats_menu_button_overrides_that_of_all(bot_api: BotApi, ana: Person) -> None:
    assert await bot_api("getChatMenuButton") == {"type": "commands"}
    assert await bot_api("getChatMenuButton", chat_id=ana.id) == {"type": "default"}

    await bot_api("setChatMenuButton", chat_id=ana.id, menu_button={"type": "commands"})

    assert await bot_api("getChatMenuButton", chat_id=ana.id) == {"type": "commands"}
    web_app = {"type": "web_app", "text": "Open", "web_app": {"url": "http://example.com"}}
    assert (await bot_api.refusal("setChatMenuButton", menu_button=web_app))[1] == (
        "Bad Request: menu button Web App URL 'http://example.com' is invalid: Only HTTPS links are allowed"
    )
