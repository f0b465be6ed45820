"""What a method is: the parameters it takes and the function that does it."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field

from bot.local_telegram.chats import Chat
from bot.local_telegram.formatting import FormattedText, format_text
from bot.local_telegram.formatting.entities import url_problem
from bot.local_telegram.formatting.utf16 import utf16_length
from bot.local_telegram.json_types import JsonObject
from bot.local_telegram.keyboards import reply_markup
from bot.local_telegram.parameters import Kind, Parameters
from bot.local_telegram.refusals import bad_request
from bot.local_telegram.state import TelegramState

TEXT_UNITS = 4096
CAPTION_UNITS = 1024
# The free effects of private chats, by their published ids.
_EFFECTS = frozenset(
    {
        "5104841245755180586",
        "5107584321108051014",
        "5104858069142078462",
        "5159385139981059251",
        "5046509860389126442",
        "5046589136895476101",
    }
)


@dataclass(frozen=True, slots=True)
class Method:
    """One Bot API method. `run` returns the result, or something to await for it."""

    run: Callable[[TelegramState, Parameters], object]
    parameters: Mapping[str, Kind] = field(default_factory=dict)


SENDING: Mapping[str, Kind] = {
    "business_connection_id": "string",
    "chat_id": "chat",
    "message_thread_id": "integer",
    "direct_messages_topic_id": "integer",
    "disable_notification": "boolean",
    "protect_content": "boolean",
    "allow_paid_broadcast": "boolean",
    "message_effect_id": "string",
    "suggested_post_parameters": "object",
    "reply_parameters": "object",
    "reply_markup": "object",
}
CAPTION: Mapping[str, Kind] = {"caption": "string", "parse_mode": "string", "caption_entities": "array"}


def chat_of(given: Parameters, name: str = "chat_id") -> int | str | None:
    """Return the chat a call names, as it names it."""
    value: int | str | None = given.values.get(name)
    return value


def read_text(given: Parameters, too_long: str) -> FormattedText:
    """Return the message text of a call, parsed. Raises Refusal if it is empty, unreadable or too long."""
    source = given.text("text")
    if not source:
        raise bad_request("message text is empty")
    formatted = format_text(source, given.text("parse_mode"), given.array("entities"))
    if not formatted.text:
        raise bad_request("text must be non-empty")
    if utf16_length(formatted.text) > TEXT_UNITS:
        raise bad_request(too_long)
    return formatted


def read_caption(given: Parameters) -> FormattedText:
    """Return the caption of a call, parsed; it may be empty. Raises Refusal if it is unreadable or too long."""
    formatted = format_text(given.text("caption"), given.text("parse_mode"), given.array("caption_entities"))
    if utf16_length(formatted.text) > CAPTION_UNITS:
        raise bad_request("message caption is too long")
    return formatted


def caption_fields(caption: FormattedText) -> JsonObject:
    """Return a caption as fields of a Message; an empty one has none."""
    return caption.fields("caption", "caption_entities") if caption.text else {}


def sending_fields(chat: Chat, given: Parameters) -> JsonObject:
    """Return the fields of a Message that come from how it is sent. Raises Refusal for what does not fit a chat."""
    check_sending(given)
    fields: JsonObject = {}
    if (effect := given.text("message_effect_id")) and effect not in _EFFECTS:
        raise bad_request("EFFECT_ID_INVALID")
    if effect:
        fields["effect_id"] = effect
    if given.boolean("protect_content"):
        fields["has_protected_content"] = True
    if replied := _replied_message(chat, given.object("reply_parameters")):
        fields["reply_to_message"] = {name: value for name, value in replied.items() if name != "reply_to_message"}
    if options := given.object("link_preview_options"):
        fields["link_preview_options"] = checked_preview(options)
    markup = reply_markup(given.object("reply_markup"))
    if markup and "inline_keyboard" in markup:
        fields["reply_markup"] = markup
    elif markup:
        # As in Telegram, the keyboard below the text field belongs to the chat; a Message does not carry it.
        chat.keyboard = markup if "keyboard" in markup else None
    return fields


def check_sending(given: Parameters) -> None:
    """Raise Refusal for what no private chat with a plain bot can have."""
    if given.text("business_connection_id"):
        raise bad_request("business connection not found")
    if given.integer("message_thread_id") or given.integer("direct_messages_topic_id"):
        raise bad_request("message thread not found")
    if given.object("suggested_post_parameters") is not None:
        raise bad_request("suggested posts can be sent only to channel direct messages")
    if given.boolean("allow_paid_broadcast"):
        raise bad_request("FLOODSKIP_NOT_ALLOWED")


def _replied_message(chat: Chat, reply: JsonObject | None) -> JsonObject | None:
    if not reply:
        return None
    if "message_id" not in reply:
        raise bad_request('can\'t find field "message_id"')
    message = chat.messages.get(reply["message_id"])
    if message is None and not reply.get("allow_sending_without_reply"):
        raise bad_request("message to be replied not found")
    return message


def checked_preview(options: JsonObject) -> JsonObject:
    """Return link preview options. Raises Refusal if one is of the wrong type."""
    for name in ("is_disabled", "prefer_small_media", "prefer_large_media", "show_above_text"):
        if name in options and not isinstance(options[name], bool):
            raise bad_request(f'field "{name}" must be of type Boolean')
    if options.get("url") and url_problem(options["url"]):
        raise bad_request("WEBPAGE_URL_INVALID")
    known = ("is_disabled", "url", "prefer_small_media", "prefer_large_media", "show_above_text")
    return {name: options[name] for name in known if name in options}
