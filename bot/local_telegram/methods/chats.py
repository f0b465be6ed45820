"""Chats: who is in them, what is pinned, what the bot is doing, reactions."""

from bot.local_telegram.json_types import JsonObject
from bot.local_telegram.methods.method import Method, chat_of
from bot.local_telegram.parameters import Parameters
from bot.local_telegram.refusals import bad_request
from bot.local_telegram.state import TelegramState

_ACTIONS = frozenset(
    [
        "typing",
        "upload_photo",
        "record_video",
        "upload_video",
        "record_voice",
        "upload_voice",
        "upload_document",
        "choose_sticker",
        "find_location",
        "record_video_note",
        "upload_video_note",
    ]
)
REACTIONS = frozenset(
    [
        "❤",
        "👍",
        "👎",
        "🔥",
        "🥰",
        "👏",
        "😁",
        "🤔",
        "🤯",
        "😱",
        "🤬",
        "😢",
        "🎉",
        "🤩",
        "🤮",
        "💩",
        "🙏",
        "👌",
        "🕊",
        "🤡",
        "🥱",
        "🥴",
        "😍",
        "🐳",
        "❤\u200d🔥",
        "🌚",
        "🌭",
        "💯",
        "🤣",
        "⚡",
        "🍌",
        "🏆",
        "💔",
        "🤨",
        "😐",
        "🍓",
        "🍾",
        "💋",
        "🖕",
        "😈",
        "😴",
        "😭",
        "🤓",
        "👻",
        "👨\u200d💻",
        "👀",
        "🎃",
        "🙈",
        "😇",
        "😨",
        "🤝",
        "✍",
        "🤗",
        "🫡",
        "🎅",
        "🎄",
        "☃",
        "💅",
        "🤪",
        "🗿",
        "🆒",
        "💘",
        "🙉",
        "🦄",
        "😘",
        "💊",
        "🙊",
        "😎",
        "👾",
        "🤷\u200d♂",
        "🤷",
        "🤷\u200d♀",
        "😡",
    ]
)


def get_chat(state: TelegramState, given: Parameters) -> JsonObject:
    """Return all that is known of a chat."""
    chat = state.chat(chat_of(given))
    info = {
        **chat.account.chat(),
        "accent_color_id": chat.account.id % 7,
        "max_reaction_count": 11,
        "accepted_gift_types": {
            "unlimited_gifts": True,
            "limited_gifts": True,
            "unique_gifts": True,
            "premium_subscription": True,
            "gifts_from_channels": True,
        },
    }
    if chat.account.username:
        info["active_usernames"] = [chat.account.username]
    if chat.pinned and chat.pinned[-1] in chat.messages:
        info["pinned_message"] = chat.messages[chat.pinned[-1]]
    return info


def get_chat_member(state: TelegramState, given: Parameters) -> JsonObject:
    """Return the person or the bot as a member of their chat."""
    chat = state.chat(chat_of(given))
    user_id = given.integer("user_id")
    if user_id == chat.account.id:
        return {"user": chat.account.user(), "status": "member"}
    if user_id == state.bot.id:
        return {"user": state.bot.user(), "status": "member"}
    raise bad_request("user not found")


def pin_chat_message(state: TelegramState, given: Parameters) -> bool:
    """Pin a message above the others."""
    chat = state.open_chat(chat_of(given))
    message_id = given.integer("message_id")
    if message_id not in chat.messages:
        raise bad_request("message to pin not found")
    if message_id in chat.pinned:
        chat.pinned.remove(message_id)
    chat.pinned.append(message_id)
    return True


def unpin_chat_message(state: TelegramState, given: Parameters) -> bool:
    """Unpin a message, the latest one if none is named."""
    chat = state.open_chat(chat_of(given))
    message_id = given.integer("message_id") or (chat.pinned[-1] if chat.pinned else 0)
    if message_id not in chat.pinned:
        raise bad_request("message to unpin not found")
    chat.pinned.remove(message_id)
    return True


def send_chat_action(state: TelegramState, given: Parameters) -> bool:
    """Show for a few seconds what the bot is doing."""
    action = given.text("action")
    if action not in _ACTIONS:
        raise bad_request("wrong parameter action in request")
    chat = state.open_chat(chat_of(given))
    state.live.publish("action", {"chat_id": chat.account.id, "action": action})
    return True


def set_message_reaction(state: TelegramState, given: Parameters) -> bool:
    """Set or take back the bot's reaction; a bot has one per message."""
    chat = state.open_chat(chat_of(given))
    message_id = given.integer("message_id")
    if message_id not in chat.messages:
        raise bad_request("message to react not found")
    reactions = given.array("reaction") or []
    if len(reactions) > 1:
        raise bad_request("REACTIONS_TOO_MANY")
    for reaction in reactions:
        if reaction.get("type") != "emoji" or str(reaction.get("emoji", "")).replace("\ufe0f", "") not in REACTIONS:
            raise bad_request("REACTION_INVALID")
    chat.reactions[message_id] = reactions
    return True


METHODS = {
    "getChat": Method(get_chat, {"chat_id": "chat"}),
    "getChatMember": Method(get_chat_member, {"chat_id": "chat", "user_id": "integer"}),
    "pinChatMessage": Method(
        pin_chat_message,
        {
            "business_connection_id": "string",
            "chat_id": "chat",
            "message_id": "integer",
            "disable_notification": "boolean",
        },
    ),
    "unpinChatMessage": Method(
        unpin_chat_message, {"business_connection_id": "string", "chat_id": "chat", "message_id": "integer"}
    ),
    "sendChatAction": Method(
        send_chat_action,
        {
            "business_connection_id": "string",
            "chat_id": "chat",
            "message_thread_id": "integer",
            "action": "string",
        },
    ),
    "setMessageReaction": Method(
        set_message_reaction,
        {"chat_id": "chat", "message_id": "integer", "reaction": "array", "is_big": "boolean"},
    ),
}
