"""Messages taken from one chat to another: copied without, forwarded with their origin."""

from bot.local_telegram.json_types import JsonObject
from bot.local_telegram.methods.method import (
    CAPTION,
    SENDING,
    Method,
    caption_fields,
    chat_of,
    read_caption,
    sending_fields,
)
from bot.local_telegram.parameters import Parameters
from bot.local_telegram.refusals import bad_request
from bot.local_telegram.state import TelegramState

_CONTENT = ("text", "entities", "link_preview_options", "document", "photo", "caption", "caption_entities")


def copy_message(state: TelegramState, given: Parameters) -> JsonObject:
    """Send the content of a message again, with another caption if one is given."""
    message = _source(state, given, "copy", "copied")
    content = {name: message[name] for name in _CONTENT if name in message}
    if "caption" in given.values and ("document" in content or "photo" in content):
        content = {name: value for name, value in content.items() if not name.startswith("caption")}
        content |= caption_fields(read_caption(given))
    chat = state.open_chat(chat_of(given))
    copied = state.add_message(chat, {**content, **sending_fields(chat, given)}, from_bot=True)
    return {"message_id": copied["message_id"]}


def forward_message(state: TelegramState, given: Parameters) -> JsonObject:
    """Send a message on, saying whose it was."""
    message = _source(state, given, "forward", "forwarded")
    content = {name: message[name] for name in _CONTENT if name in message}
    origin = message.get("forward_origin") or {
        "type": "user",
        "sender_user": message["from"],
        "date": message["date"],
    }
    chat = state.open_chat(chat_of(given))
    fields = {**content, "forward_origin": origin, **sending_fields(chat, given)}
    return state.add_message(chat, fields, from_bot=True)


def _source(state: TelegramState, given: Parameters, verb: str, participle: str) -> JsonObject:
    message = state.chat(chat_of(given, "from_chat_id")).messages.get(given.integer("message_id"))
    if message is None:
        raise bad_request(f"message to {verb} not found")
    if message.get("has_protected_content"):
        raise bad_request(f"message can't be {participle}")
    return message


_FORWARD_TAKES = frozenset(
    [
        "chat_id",
        "message_thread_id",
        "direct_messages_topic_id",
        "disable_notification",
        "protect_content",
        "message_effect_id",
        "suggested_post_parameters",
    ]
)

METHODS = {
    "copyMessage": Method(
        copy_message,
        {
            **{name: kind for name, kind in SENDING.items() if name != "business_connection_id"},
            **CAPTION,
            "from_chat_id": "chat",
            "message_id": "integer",
            "video_start_timestamp": "integer",
            "show_caption_above_media": "boolean",
        },
    ),
    "forwardMessage": Method(
        forward_message,
        {
            **{name: kind for name, kind in SENDING.items() if name in _FORWARD_TAKES},
            "from_chat_id": "chat",
            "message_id": "integer",
            "video_start_timestamp": "integer",
        },
    ),
}
