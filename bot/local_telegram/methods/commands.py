"""The command menus: set, read and deleted by scope and language."""

import re

from bot.local_telegram.bot_account import MenuKey
from bot.local_telegram.json_types import JsonObject
from bot.local_telegram.methods.method import Method
from bot.local_telegram.parameters import Parameters
from bot.local_telegram.refusals import bad_request
from bot.local_telegram.state import TelegramState

_COMMAND = re.compile(r"[a-z0-9_]{1,32}")
_LANGUAGE = re.compile(r"(?:[a-z]{2})?")
_MOST_COMMANDS = 100
_DESCRIPTION_CHARACTERS = 256
_WIDE_SCOPES = frozenset({"default", "all_private_chats", "all_group_chats", "all_chat_administrators"})
_GROUP_SCOPES = frozenset({"chat_administrators", "chat_member"})


def set_my_commands(state: TelegramState, given: Parameters) -> bool:
    """Set one menu; an empty one is deleted."""
    key = _menu_key(state, given)
    commands = [_checked_command(value) for value in given.array("commands") or []]
    if len(commands) > _MOST_COMMANDS:
        raise bad_request("BOT_COMMANDS_TOO_MUCH")
    if commands:
        state.bot.menus[key] = commands
    else:
        state.bot.menus.pop(key, None)
    _tell(state, key)
    return True


def get_my_commands(state: TelegramState, given: Parameters) -> list[JsonObject]:
    """Return exactly the menu of this scope and language; Telegram looks no further here."""
    return state.bot.menus.get(_menu_key(state, given), [])


def delete_my_commands(state: TelegramState, given: Parameters) -> bool:
    """Delete one menu, so that people see the next wider one."""
    key = _menu_key(state, given)
    state.bot.menus.pop(key, None)
    _tell(state, key)
    return True


def checked_language(given: Parameters) -> str:
    """Return the call's language, "" for all. Raises Refusal unless it is two letters."""
    language = given.text("language_code")
    if not _LANGUAGE.fullmatch(language):
        raise bad_request("invalid language code specified")
    return language


def _menu_key(state: TelegramState, given: Parameters) -> MenuKey:
    language = checked_language(given)
    scope = given.object("scope") or {"type": "default"}
    kind = scope.get("type")
    if kind in _WIDE_SCOPES:
        return (str(kind), 0, 0, language)
    if kind == "chat":
        return ("chat", state.chat(scope.get("chat_id")).account.id, 0, language)
    if kind in _GROUP_SCOPES:
        state.chat(scope.get("chat_id"))
        raise bad_request("can't use specified scope in private chats")
    raise bad_request("can't parse BotCommandScope: Unsupported type specified")


def _checked_command(value: object) -> JsonObject:
    if not isinstance(value, dict):
        raise bad_request("can't parse BotCommand: Expected an Object")
    for name in ("command", "description"):
        if name not in value:
            raise bad_request(f"can't parse BotCommand: Can't find field \"{name}\"")
    command = str(value["command"]).strip().removeprefix("/")
    description = str(value["description"]).strip()
    if not command:
        raise bad_request("command must be non-empty")
    if len(command) > 32:
        raise bad_request("command length must not exceed 32")
    if not description:
        raise bad_request("command description must be non-empty")
    if len(description) > _DESCRIPTION_CHARACTERS:
        raise bad_request(f"command description length must not exceed {_DESCRIPTION_CHARACTERS}")
    if not _COMMAND.fullmatch(command):
        raise bad_request("BOT_COMMAND_INVALID")
    return {"command": command, "description": description}


def _tell(state: TelegramState, key: MenuKey) -> None:
    for chat_id in [key[1]] if key[1] else list(state.chats):
        state.live.publish("commands", {"chat_id": chat_id})


METHODS = {
    "setMyCommands": Method(set_my_commands, {"commands": "array", "scope": "object", "language_code": "string"}),
    "getMyCommands": Method(get_my_commands, {"scope": "object", "language_code": "string"}),
    "deleteMyCommands": Method(delete_my_commands, {"scope": "object", "language_code": "string"}),
}
