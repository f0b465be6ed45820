"""Text messages: sent, edited, deleted."""

from collections.abc import Mapping
from datetime import timedelta

from bot.local_telegram.chats import Chat
from bot.local_telegram.json_types import JsonObject
from bot.local_telegram.keyboards import inline_keyboard
from bot.local_telegram.methods.method import (
    CAPTION,
    SENDING,
    Method,
    caption_fields,
    chat_of,
    checked_preview,
    read_caption,
    read_text,
    sending_fields,
)
from bot.local_telegram.parameters import Kind, Parameters
from bot.local_telegram.refusals import bad_request
from bot.local_telegram.state import TelegramState

_DELETABLE = timedelta(hours=48)
_MOST_DELETED = 100
_NOT_MODIFIED = (
    "message is not modified: specified new message content and reply markup are exactly the same "
    "as a current content and reply markup of the message"
)


def send_message(state: TelegramState, given: Parameters) -> JsonObject:
    """Send a text."""
    text = read_text(given, "message is too long")
    chat = state.open_chat(chat_of(given))
    return state.add_message(chat, {**text.fields(), **sending_fields(chat, given)}, from_bot=True)


def edit_message_text(state: TelegramState, given: Parameters) -> JsonObject:
    """Replace a text; without a keyboard the old one goes."""
    text = read_text(given, "MESSAGE_TOO_LONG")
    chat, message = _message_to_edit(state, given)
    if "text" not in message:
        raise bad_request("there is no text in the message to edit")
    new = {name: value for name, value in message.items() if name not in {"text", "entities", "link_preview_options"}}
    if options := given.object("link_preview_options"):
        new["link_preview_options"] = checked_preview(options)
    return _edit(state, chat, message, {**new, **text.fields()}, given)


def edit_message_caption(state: TelegramState, given: Parameters) -> JsonObject:
    """Replace a caption; without a keyboard the old one goes."""
    caption = read_caption(given)
    chat, message = _message_to_edit(state, given)
    if "document" not in message and "photo" not in message:
        raise bad_request("there is no caption in the message to edit")
    new = {name: value for name, value in message.items() if name not in {"caption", "caption_entities"}}
    return _edit(state, chat, message, {**new, **caption_fields(caption)}, given)


def edit_message_reply_markup(state: TelegramState, given: Parameters) -> JsonObject:
    """Replace or remove the inline keyboard."""
    chat, message = _message_to_edit(state, given)
    return _edit(state, chat, message, message, given)


def delete_message(state: TelegramState, given: Parameters) -> bool:
    """Delete one message for both sides."""
    chat = state.chat(chat_of(given))
    message = chat.messages.get(message_id := given.integer("message_id"))
    if message is None:
        raise bad_request("message to delete not found")
    if state.unix_now() - message["date"] > _DELETABLE.total_seconds():
        raise bad_request("message can't be deleted for everyone")
    state.remove_message(chat, message_id)
    return True


def delete_messages(state: TelegramState, given: Parameters) -> bool:
    """Delete several; those that are not there are skipped."""
    ids = given.array("message_ids")
    if not ids:
        raise bad_request("message identifiers are not specified")
    if len(ids) > _MOST_DELETED:
        raise bad_request("too many message identifiers specified")
    if not all(type(message_id) is int and message_id > 0 for message_id in ids):
        raise bad_request("invalid message identifier specified")
    chat = state.chat(chat_of(given))
    for message_id in ids:
        message = chat.messages.get(message_id)
        if message and state.unix_now() - message["date"] <= _DELETABLE.total_seconds():
            state.remove_message(chat, message_id)
    return True


def _message_to_edit(state: TelegramState, given: Parameters) -> tuple[Chat, JsonObject]:
    if given.text("inline_message_id"):
        raise bad_request("MESSAGE_ID_INVALID")
    if given.text("business_connection_id"):
        raise bad_request("business connection not found")
    chat = state.open_chat(chat_of(given))
    message_id = given.integer("message_id")
    if not message_id:
        raise bad_request("message identifier is not specified")
    message = chat.messages.get(message_id)
    if message is None:
        raise bad_request("message to edit not found")
    if not message["from"]["is_bot"] or "forward_origin" in message:
        raise bad_request("message can't be edited")
    return chat, message


def _edit(state: TelegramState, chat: Chat, old: JsonObject, new: JsonObject, given: Parameters) -> JsonObject:
    edited = {name: value for name, value in new.items() if name not in {"reply_markup", "edit_date"}}
    if markup := inline_keyboard(given.object("reply_markup")):
        edited["reply_markup"] = markup
    if edited == {name: value for name, value in old.items() if name != "edit_date"}:
        raise bad_request(_NOT_MODIFIED)
    return state.replace_message(chat, edited)


_EDITING: Mapping[str, Kind] = {
    "business_connection_id": "string",
    "chat_id": "chat",
    "message_id": "integer",
    "inline_message_id": "string",
    "reply_markup": "object",
}
_TEXT: Mapping[str, Kind] = {
    "text": "string",
    "parse_mode": "string",
    "entities": "array",
    "link_preview_options": "object",
}

METHODS = {
    "sendMessage": Method(send_message, {**SENDING, **_TEXT}),
    "editMessageText": Method(edit_message_text, {**_EDITING, **_TEXT}),
    "editMessageCaption": Method(edit_message_caption, {**_EDITING, **CAPTION, "show_caption_above_media": "boolean"}),
    "editMessageReplyMarkup": Method(edit_message_reply_markup, _EDITING),
    "deleteMessage": Method(delete_message, {"chat_id": "chat", "message_id": "integer"}),
    "deleteMessages": Method(delete_messages, {"chat_id": "chat", "message_ids": "array"}),
}
