"""Answers to what people pressed or searched for."""

from urllib.parse import parse_qs, urlsplit

from bot.local_telegram.methods.method import Method
from bot.local_telegram.parameters import Parameters
from bot.local_telegram.refusals import bad_request
from bot.local_telegram.state import TelegramState

_ANSWER_CHARACTERS = 200
_MOST_RESULTS = 50
_RESULT_ID_BYTES = 64
_RESULT_TYPES = frozenset(
    [
        "article",
        "audio",
        "contact",
        "game",
        "document",
        "gif",
        "location",
        "mpeg4_gif",
        "photo",
        "venue",
        "video",
        "voice",
        "sticker",
    ]
)


def answer_callback_query(state: TelegramState, given: Parameters) -> bool:
    """End the wait of a pressed button, with a note or an alert if there is a text."""
    query = state.waiting_query(given.text("callback_query_id"), "callback_query")
    text, url = given.text("text"), given.text("url")
    if len(text) > _ANSWER_CHARACTERS:
        raise bad_request("MESSAGE_TOO_LONG")
    if url and not _is_own_link(state, url):
        raise bad_request("URL_INVALID")
    query.answer = {
        "chat_id": query.chat_id,
        "callback_query_id": query.id,
        "text": text,
        "show_alert": given.boolean("show_alert"),
        "url": url,
    }
    state.live.publish("callback_answer", query.answer)
    return True


def answer_inline_query(state: TelegramState, given: Parameters) -> bool:
    """Offer results to someone who typed the bot's name and a query."""
    query = state.waiting_query(given.text("inline_query_id"), "inline_query")
    results = given.array("results") or []
    if len(results) > _MOST_RESULTS:
        raise bad_request("RESULTS_TOO_MUCH")
    ids = set()
    for result in results:
        if not isinstance(result, dict) or result.get("type") not in _RESULT_TYPES:
            raise bad_request("can't parse inline query result: Unsupported type specified")
        result_id = str(result.get("id", ""))
        if not 0 < len(result_id.encode()) <= _RESULT_ID_BYTES:
            raise bad_request("RESULT_ID_INVALID")
        if result_id in ids:
            raise bad_request("RESULT_ID_DUPLICATE")
        ids.add(result_id)
    if len(given.text("next_offset").encode()) > 64:
        raise bad_request("NEXT_OFFSET_INVALID")
    query.answer = {"results": results, "next_offset": given.text("next_offset"), "button": given.object("button")}
    state.live.publish("inline_answer", {"chat_id": query.chat_id, "inline_query_id": query.id})
    return True


def _is_own_link(state: TelegramState, url: str) -> bool:
    parts = urlsplit(url)
    is_ours = parts.netloc in {"t.me", "telegram.me"} and parts.path.strip("/").lower() == state.bot.username.lower()
    return is_ours and "start" in parse_qs(parts.query)


METHODS = {
    "answerCallbackQuery": Method(
        answer_callback_query,
        {
            "callback_query_id": "string",
            "text": "string",
            "show_alert": "boolean",
            "url": "string",
            "cache_time": "integer",
        },
    ),
    "answerInlineQuery": Method(
        answer_inline_query,
        {
            "inline_query_id": "string",
            "results": "array",
            "cache_time": "integer",
            "is_personal": "boolean",
            "next_offset": "string",
            "button": "object",
        },
    ),
}
