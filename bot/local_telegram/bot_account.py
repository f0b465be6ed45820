"""The bot itself: who it is, its names and descriptions by language, its command menus by scope and language."""

import re
from dataclasses import dataclass, field

from bot.local_telegram.json_types import JsonObject

FAKE_TOKEN = re.compile(r"([1-9]\d{4,15}):LOCAL-DEMO-[A-Za-z0-9_-]{1,40}")
DEFAULT_TOKEN = "1000000001:LOCAL-DEMO-not-a-token"  # noqa: S105 - it opens nothing, and says so

# A menu's place: the scope's type, the chat and the user it names (0 for none), the language ("" for all).
MenuKey = tuple[str, int, int, str]


@dataclass(slots=True)
class BotAccount:
    """What BotFather and the setMy… methods know of a bot."""

    id: int
    first_name: str
    username: str
    names: dict[str, str] = field(default_factory=dict)
    descriptions: dict[str, str] = field(default_factory=dict)
    short_descriptions: dict[str, str] = field(default_factory=dict)
    menus: dict[MenuKey, list[JsonObject]] = field(default_factory=dict)
    menu_button: JsonObject = field(default_factory=lambda: {"type": "commands"})

    def user(self) -> JsonObject:
        """Return the bot as the sender of a message."""
        return {"id": self.id, "is_bot": True, "first_name": self.first_name, "username": self.username}

    def get_me(self) -> JsonObject:
        """Return the User of getMe, with the fields only it has."""
        return {
            **self.user(),
            "can_join_groups": True,
            "can_read_all_group_messages": False,
            "supports_inline_queries": True,
            "can_connect_to_business": False,
            "has_main_web_app": False,
        }

    def menu_for(self, person_id: int, language_code: str) -> list[JsonObject]:
        """Return the commands a person sees in the private chat: the narrowest scope first, in it their language."""
        scopes = (("chat", person_id), ("all_private_chats", 0), ("default", 0))
        for scope, chat_id in scopes:
            for language in (language_code, ""):
                menu = self.menus.get((scope, chat_id, 0, language))
                if menu:
                    return menu
        return []


def in_language(texts: dict[str, str], language_code: str) -> str:
    """Return the text a person of this language sees: theirs, else the one for all."""
    return texts.get(language_code) or texts.get("", "")
