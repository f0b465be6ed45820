"""How the bot presents itself: its name, descriptions and menu button."""

from collections.abc import Callable

from bot.local_telegram.json_types import JsonObject
from bot.local_telegram.methods.commands import checked_language
from bot.local_telegram.methods.method import Method, chat_of
from bot.local_telegram.parameters import Parameters
from bot.local_telegram.refusals import bad_request
from bot.local_telegram.state import TelegramState


def get_me(state: TelegramState, _: Parameters) -> JsonObject:
    """Return the bot."""
    return state.bot.get_me()


def _setter(
    field: str, longest: int, too_long: str, texts: Callable[[TelegramState], dict[str, str]]
) -> Callable[[TelegramState, Parameters], object]:
    def run(state: TelegramState, given: Parameters) -> bool:
        text, language = given.text(field).strip(), checked_language(given)
        if len(text) > longest:
            raise bad_request(too_long)
        if text:
            texts(state)[language] = text
        else:
            texts(state).pop(language, None)
        return True

    return run


def _getter(
    field: str, texts: Callable[[TelegramState], dict[str, str]], fallback: Callable[[TelegramState], str]
) -> Callable[[TelegramState, Parameters], object]:
    def run(state: TelegramState, given: Parameters) -> JsonObject:
        known = texts(state)
        return {field: known.get(checked_language(given)) or known.get("") or fallback(state)}

    return run


def set_chat_menu_button(state: TelegramState, given: Parameters) -> bool:
    """Set the button beside the text field, for one chat or for all."""
    button = _checked_button(given.object("menu_button") or {"type": "default"})
    if chat_of(given) is None:
        state.bot.menu_button = {"type": "commands"} if button["type"] == "default" else button
    else:
        state.chat(chat_of(given)).menu_button = None if button["type"] == "default" else button
    return True


def get_chat_menu_button(state: TelegramState, given: Parameters) -> JsonObject:
    """Return the button of one chat, or that of all."""
    if chat_of(given) is None:
        return state.bot.menu_button
    return state.chat(chat_of(given)).menu_button or {"type": "default"}


def _checked_button(button: JsonObject) -> JsonObject:
    match button.get("type"):
        case "default" | "commands":
            return {"type": button["type"]}
        case "web_app":
            if not button.get("text"):
                raise bad_request("menu button text must be non-empty")
            url = (button.get("web_app") or {}).get("url", "")
            if not url.startswith("https://"):
                raise bad_request(f"menu button Web App URL '{url}' is invalid: Only HTTPS links are allowed")
            return {"type": "web_app", "text": button["text"], "web_app": {"url": url}}
        case _:
            raise bad_request("can't parse MenuButton: Unsupported type specified")


def _names(state: TelegramState) -> dict[str, str]:
    return state.bot.names


def _descriptions(state: TelegramState) -> dict[str, str]:
    return state.bot.descriptions


def _short_descriptions(state: TelegramState) -> dict[str, str]:
    return state.bot.short_descriptions


METHODS = {
    "getMe": Method(get_me),
    "setMyName": Method(
        _setter("name", 64, "BOT_TITLE_INVALID", _names), {"name": "string", "language_code": "string"}
    ),
    "getMyName": Method(_getter("name", _names, lambda state: state.bot.first_name), {"language_code": "string"}),
    "setMyDescription": Method(
        _setter("description", 512, "BOT_DESCRIPTION_TOO_LONG", _descriptions),
        {"description": "string", "language_code": "string"},
    ),
    "getMyDescription": Method(_getter("description", _descriptions, lambda _: ""), {"language_code": "string"}),
    "setMyShortDescription": Method(
        _setter("short_description", 120, "BOT_SHORT_DESCRIPTION_TOO_LONG", _short_descriptions),
        {"short_description": "string", "language_code": "string"},
    ),
    "getMyShortDescription": Method(
        _getter("short_description", _short_descriptions, lambda _: ""), {"language_code": "string"}
    ),
    "setChatMenuButton": Method(set_chat_menu_button, {"chat_id": "integer", "menu_button": "object"}),
    "getChatMenuButton": Method(get_chat_menu_button, {"chat_id": "integer"}),
}
