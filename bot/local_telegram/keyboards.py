"""Reply markup: checked as Telegram checks it, and returned as a Message carries it."""

import json
from typing import Any

from bot.local_telegram.formatting.entities import followed_url, url_problem
from bot.local_telegram.json_types import JsonObject
from bot.local_telegram.refusals import Refusal, bad_request

MOST_BUTTONS = 100
MOST_IN_A_ROW = 8
CALLBACK_DATA_BYTES = 64
# Undocumented; bots report refusals from about here on.
MARKUP_BYTES = 10 * 1024
_COPIED_CHARACTERS = 256
_STYLES = frozenset({"primary", "success", "danger"})
_ACTIONS = (
    "url",
    "callback_data",
    "web_app",
    "login_url",
    "switch_inline_query",
    "switch_inline_query_current_chat",
    "switch_inline_query_chosen_chat",
    "copy_text",
    "callback_game",
    "pay",
)
# The fields of the markups other than the keyboard itself; each is a boolean but the placeholder.
_REPLY_FIELDS = ("is_persistent", "resize_keyboard", "one_time_keyboard", "selective", "input_field_placeholder")


def inline_keyboard(markup: JsonObject | None) -> JsonObject | None:
    """Return a checked inline keyboard, None if there is none or it is empty. Raises Refusal."""
    if not markup:
        return None
    if "inline_keyboard" not in markup:
        raise bad_request("inline keyboard expected")
    rows = _rows(markup, "inline_keyboard")
    checked = [[_inline_button(button) for button in row] for row in rows if row]
    return {"inline_keyboard": checked} if checked else None


def reply_markup(markup: JsonObject | None) -> JsonObject | None:
    """Return any checked reply markup, None if there is none. Raises Refusal."""
    if not markup:
        return None
    if "inline_keyboard" in markup:
        return inline_keyboard(markup)
    for name in ("force_reply", "remove_keyboard", *_REPLY_FIELDS):
        if name in markup and name != "input_field_placeholder" and not isinstance(markup[name], bool):
            raise bad_request(f'field "{name}" must be of type Boolean')
    if len(markup.get("input_field_placeholder", "")) > 64:
        raise bad_request("input field placeholder is too long")
    kept = {name: markup[name] for name in _REPLY_FIELDS if name in markup}
    if "keyboard" in markup:
        rows = [[_reply_button(button) for button in row] for row in _rows(markup, "keyboard") if row]
        return {"keyboard": rows, **kept}
    if markup.get("remove_keyboard"):
        return {"remove_keyboard": True, **kept}
    if markup.get("force_reply"):
        return {"force_reply": True, **kept}
    return None


def button_with_data(message: JsonObject, data: str) -> JsonObject | None:
    """Return the message's inline button that carries this callback data."""
    for row in message.get("reply_markup", {}).get("inline_keyboard", []):
        for button in row:
            if button.get("callback_data") == data:
                found: JsonObject = button
                return found
    return None


def _rows(markup: JsonObject, name: str) -> list[list[Any]]:
    rows = markup[name]
    if not isinstance(rows, list):
        raise bad_request(f'field "{name}" must be of type Array')
    if not all(isinstance(row, list) for row in rows):
        raise bad_request(f'field "{name}" must be an Array of Arrays')
    is_large = len(json.dumps(rows, ensure_ascii=False).encode("utf-8", "replace")) > MARKUP_BYTES
    if is_large or sum(len(row) for row in rows) > MOST_BUTTONS or any(len(row) > MOST_IN_A_ROW for row in rows):
        raise bad_request("reply markup is too long")
    return rows


def _inline_button(button: Any) -> JsonObject:
    if not isinstance(button, dict):
        raise bad_request("inline keyboard button must be an Object")
    if "text" not in button:
        raise _cannot('Can\'t find field "text"')
    if not isinstance(button["text"], str):
        raise _cannot('Field "text" must be of type String')
    if not button["text"].strip():
        raise bad_request("inline keyboard button text must be non-empty")
    if button.get("style") not in {None, *_STYLES}:
        raise bad_request("BUTTON_STYLE_INVALID")
    # Telegram counts an empty string as no action; only the inline queries may be empty.
    present = [
        name for name in _ACTIONS if button.get(name) or (name.startswith("switch_inline_query") and name in button)
    ]
    if not present:
        raise _cannot("Text buttons are unallowed in the inline keyboard")
    if len(present) > 1:
        raise bad_request("inline keyboard button must have exactly one action")
    action = present[0]
    kept = {name: button[name] for name in ("text", "icon_custom_emoji_id", "style") if name in button}
    return {**kept, action: _checked_action(action, button[action])}


def _checked_action(action: str, value: Any) -> Any:
    match action:
        case "url":
            return _checked_url(value)
        case "callback_data":
            if not isinstance(value, str):
                raise _cannot('Field "callback_data" must be of type String')
            if len(value.encode()) > CALLBACK_DATA_BYTES:
                raise bad_request("BUTTON_DATA_INVALID")
        case "web_app":
            url = value.get("url", "") if isinstance(value, dict) else ""
            if not url.startswith("https://"):
                raise bad_request(
                    f"inline keyboard button Web App URL '{url}' is invalid: Only HTTPS links are allowed"
                )
        case "copy_text":
            text = value.get("text", "") if isinstance(value, dict) else ""
            if not 0 < len(text) <= _COPIED_CHARACTERS:
                raise bad_request("BUTTON_COPY_TEXT_INVALID")
        case "callback_game" | "pay":
            raise bad_request("BUTTON_TYPE_INVALID")
    return value


def _checked_url(url: Any) -> str:
    problem = url_problem(url)
    if problem:
        raise bad_request(f"inline keyboard button URL '{url}' is invalid: {problem}")
    if len(url) > 2048 or any(character.isspace() for character in url):
        raise bad_request("BUTTON_URL_INVALID")
    return followed_url(url)


def _reply_button(button: Any) -> JsonObject:
    if isinstance(button, str):
        return {"text": button}
    if not isinstance(button, dict) or not isinstance(button.get("text"), str):
        raise bad_request("can't parse keyboard button: Can't find field \"text\"")
    if not button["text"].strip():
        raise bad_request("keyboard button text must be non-empty")
    return button


def _cannot(reason: str) -> Refusal:
    return bad_request(f"can't parse inline keyboard button: {reason}")
