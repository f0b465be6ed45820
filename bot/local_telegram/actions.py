"""What a person does in the app: writes, presses, sends a file, follows a link, blocks. Each becomes an update."""

import re
import secrets

from bot.local_telegram.chats import Chat
from bot.local_telegram.formatting import format_text
from bot.local_telegram.formatting.utf16 import utf16_length
from bot.local_telegram.json_types import JsonObject
from bot.local_telegram.keyboards import button_with_data
from bot.local_telegram.methods.files import media_fields
from bot.local_telegram.methods.method import CAPTION_UNITS, TEXT_UNITS, caption_fields
from bot.local_telegram.state import Query, TelegramState

_PAYLOAD = re.compile(r"[A-Za-z0-9_-]{0,64}")


class CannotDoThat(Exception):  # noqa: N818 - the app would not offer it
    """The app would not let a person do this; the text says why."""


def write_text(state: TelegramState, chat: Chat, text: str) -> JsonObject:
    """Write a message. Raises CannotDoThat if the bot is blocked, or the text empty or longer than a message."""
    formatted = format_text(text)
    if not formatted.text:
        raise CannotDoThat("There is nothing to send.")
    if utf16_length(formatted.text) > TEXT_UNITS:
        raise CannotDoThat(f"A message has at most {TEXT_UNITS} characters.")
    return _send(state, chat, formatted.fields())


def open_link(state: TelegramState, chat: Chat, payload: str = "") -> JsonObject:
    """Press START, as the link ?start=payload offers it; a blocked bot is unblocked by that."""
    if not _PAYLOAD.fullmatch(payload):
        raise CannotDoThat("A start link carries at most 64 of A-Z, a-z, 0-9, _ and -.")
    set_blocked(state, chat, blocked=False)
    return write_text(state, chat, f"/start {payload}".strip())


def send_file(state: TelegramState, chat: Chat, name: str, content: bytes, caption: str = "") -> JsonObject:
    """Send a document. Raises CannotDoThat if the bot is blocked or the caption too long, Refusal if it is empty."""
    _check_not_blocked(chat)
    formatted = format_text(caption)
    if utf16_length(formatted.text) > CAPTION_UNITS:
        raise CannotDoThat(f"A caption has at most {CAPTION_UNITS} characters.")
    stored = state.files.keep_document(name, content)
    return _send(state, chat, {**media_fields(stored), **caption_fields(formatted)})


def press(state: TelegramState, chat: Chat, message_id: int, data: str) -> str:
    """Press an inline button and return the callback query's id. Raises CannotDoThat if there is no such button."""
    message = chat.messages.get(message_id)
    if message is None:
        raise CannotDoThat("This message is gone.")
    if button_with_data(message, data) is None:
        raise CannotDoThat("This message has no such button.")
    _check_not_blocked(chat)
    state.mark_read(chat)
    query = Query(str(secrets.randbits(62)), chat.account.id, state.now())
    state.add_query(query)
    payload = {
        "id": query.id,
        "from": chat.account.user(),
        "message": message,
        "chat_instance": str(chat.account.id * 1_000_003),
        "data": data,
    }
    state.updates.push("callback_query", payload)
    return query.id


def search_inline(state: TelegramState, chat: Chat, text: str) -> str:
    """Type the bot's name and a query; return the inline query's id."""
    query = Query(str(secrets.randbits(62)), chat.account.id, state.now(), kind="inline_query")
    state.add_query(query)
    payload = {"id": query.id, "from": chat.account.user(), "query": text, "offset": "", "chat_type": "sender"}
    state.updates.push("inline_query", payload)
    return query.id


def choose_inline_result(state: TelegramState, chat: Chat, query_id: str, text: str, result_id: str) -> None:
    """Take one of an inline query's results. Raises CannotDoThat if it was not offered."""
    query = state.queries.get(query_id)
    offered = (query.answer or {}).get("results", []) if query else []
    if not any(result["id"] == result_id for result in offered):
        raise CannotDoThat("This result was not offered.")
    payload = {"result_id": result_id, "from": chat.account.user(), "query": text}
    state.updates.push("chosen_inline_result", payload)


def set_blocked(state: TelegramState, chat: Chat, *, blocked: bool) -> None:
    """Block or unblock the bot; nothing happens if it is so already."""
    if chat.blocked == blocked:
        return
    chat.blocked = blocked
    member = {"user": state.bot.user(), "status": "member"}
    banned = {"user": state.bot.user(), "status": "kicked", "until_date": 0}
    payload = {
        "chat": chat.account.chat(),
        "from": chat.account.user(),
        "date": state.unix_now(),
        "old_chat_member": member if blocked else banned,
        "new_chat_member": banned if blocked else member,
    }
    state.updates.push("my_chat_member", payload)
    state.live.publish("person", chat.page_person())


def _send(state: TelegramState, chat: Chat, content: JsonObject) -> JsonObject:
    _check_not_blocked(chat)
    chat.started = True
    state.mark_read(chat)
    message = state.add_message(chat, content, from_bot=False)
    state.updates.push("message", message)
    return message


def _check_not_blocked(chat: Chat) -> None:
    if chat.blocked:
        raise CannotDoThat("You blocked this bot. Unblock it first.")
