"""The accounts that exist, and the private chat each person has with the bot."""

from collections import OrderedDict
from dataclasses import dataclass, field

from bot.local_telegram.json_types import JsonObject

_KEPT_MESSAGES = 2000


@dataclass(frozen=True, slots=True)
class Account:
    """A person's account. `role` and `about` are for the phone page alone; Telegram knows neither."""

    id: int
    first_name: str
    language_code: str
    last_name: str = ""
    username: str = ""
    role: str = "attendee"
    about: str = ""

    def user(self) -> JsonObject:
        """Return the Bot API's User."""
        optional = {"last_name": self.last_name, "username": self.username, "language_code": self.language_code}
        return {
            "id": self.id,
            "is_bot": False,
            "first_name": self.first_name,
            **{name: value for name, value in optional.items() if value},
        }

    def chat(self) -> JsonObject:
        """Return the Bot API's Chat: the private chat has its person's id."""
        optional = {"username": self.username, "last_name": self.last_name}
        return {
            "id": self.id,
            "first_name": self.first_name,
            **{name: value for name, value in optional.items() if value},
            "type": "private",
        }


@dataclass(slots=True)
class Chat:
    """One person's chat with the bot. Messages are replaced when edited, never changed in place."""

    account: Account
    started: bool = False
    blocked: bool = False
    unread: int = 0
    messages: OrderedDict[int, JsonObject] = field(default_factory=OrderedDict)
    pinned: list[int] = field(default_factory=list)
    menu_button: JsonObject | None = None
    keyboard: JsonObject | None = None
    reactions: dict[int, list[JsonObject]] = field(default_factory=dict)

    def keep(self, message: JsonObject) -> None:
        """Add or replace a message; the oldest go when there are too many."""
        self.messages[message["message_id"]] = message
        while len(self.messages) > _KEPT_MESSAGES:
            self.forget(next(iter(self.messages)))

    def forget(self, message_id: int) -> None:
        """Remove a message and what hangs on it."""
        self.messages.pop(message_id, None)
        self.reactions.pop(message_id, None)
        if message_id in self.pinned:
            self.pinned.remove(message_id)

    def page_person(self) -> JsonObject:
        """Return the person as the phone page lists people."""
        account = self.account
        return {
            "id": account.id,
            "first_name": account.first_name,
            "last_name": account.last_name,
            "language_code": account.language_code,
            "role": account.role,
            "about": account.about,
            "blocked": self.blocked,
            "unread": self.unread,
        }
