"""All the local Telegram knows, in memory: the bot, the people, their chats, and what is under way."""

from collections import OrderedDict
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta

from bot.local_telegram.bot_account import BotAccount
from bot.local_telegram.calls import Call, CallLog
from bot.local_telegram.chats import Account, Chat
from bot.local_telegram.faults import Faults
from bot.local_telegram.files import FileStore
from bot.local_telegram.json_types import JsonObject
from bot.local_telegram.limits import FloodLimiter
from bot.local_telegram.live import LiveEvents
from bot.local_telegram.refusals import bad_request, forbidden
from bot.local_telegram.updates import UpdateQueue
from bot.local_telegram.webhooks import Webhook

# Telegram publishes no figure; answers later than this are refused often enough that a bot must not count on more.
CALLBACK_LIFETIME = timedelta(seconds=60)
_KEPT_QUERIES = 10_000


@dataclass(slots=True)
class Query:
    """A callback or inline query that waits for its answer. `answer` is None until it comes."""

    id: str
    chat_id: int
    asked_at: datetime
    kind: str = "callback_query"
    answer: JsonObject | None = None


class TelegramState:
    """The state, and the few changes to it that several methods share."""

    def __init__(self, bot: BotAccount, token: str, now: Callable[[], datetime]) -> None:
        self.bot = bot
        self.token = token
        self.now = now
        self.chats: dict[int, Chat] = {}
        self.queries: OrderedDict[str, Query] = OrderedDict()
        self.updates = UpdateQueue()
        self.webhook = Webhook(self.updates, now)
        self.files = FileStore()
        self.live = LiveEvents()
        self.calls = CallLog()
        self.faults = Faults()
        self.limits = FloodLimiter()
        self._last_message_id = 0

    def unix_now(self) -> int:
        """Return the moment as Telegram writes it."""
        return int(self.now().timestamp())

    def add_account(self, account: Account) -> Chat:
        """Add a person, who has not started the bot yet."""
        chat = self.chats[account.id] = Chat(account)
        self.live.publish("person", chat.page_person())
        return chat

    def chat(self, chat_id: int | str | None) -> Chat:
        """Return the chat a call names. Raises Refusal if it names none, or one that does not exist."""
        if chat_id is None or chat_id == "":
            raise bad_request("chat_id is empty")
        if isinstance(chat_id, str) and chat_id.lstrip("-").isdigit():
            chat_id = int(chat_id)
        if isinstance(chat_id, int):
            found = self.chats.get(chat_id)
        else:
            name = chat_id.removeprefix("@").lower()
            found = next((chat for chat in self.chats.values() if chat.account.username.lower() == name), None)
        if found is None:
            raise bad_request("chat not found")
        return found

    def open_chat(self, chat_id: int | str | None) -> Chat:
        """Return the chat a call may write to. Raises Refusal also if its person never started or blocked the bot."""
        chat = self.chat(chat_id)
        if chat.blocked:
            raise forbidden("bot was blocked by the user")
        if not chat.started:
            raise forbidden("bot can't initiate conversation with a user")
        return chat

    def add_message(self, chat: Chat, content: JsonObject, *, from_bot: bool) -> JsonObject:
        """Put a new message into a chat and return it."""
        self._last_message_id += 1
        message = {
            "message_id": self._last_message_id,
            "from": self.bot.user() if from_bot else chat.account.user(),
            "chat": chat.account.chat(),
            "date": self.unix_now(),
            **content,
        }
        chat.keep(message)
        self.live.publish("message", {"chat_id": chat.account.id, "message": message})
        if from_bot:
            chat.unread += 1
            self.live.publish("person", chat.page_person())
        return message

    def replace_message(self, chat: Chat, message: JsonObject) -> JsonObject:
        """Put an edited message in the place of the old one and return it."""
        edited = {**message, "edit_date": self.unix_now()}
        chat.keep(edited)
        self.live.publish("edit", {"chat_id": chat.account.id, "message": edited})
        return edited

    def remove_message(self, chat: Chat, message_id: int) -> None:
        """Take a message out of its chat."""
        chat.forget(message_id)
        self.live.publish("delete", {"chat_id": chat.account.id, "message_id": message_id})

    def mark_read(self, chat: Chat) -> None:
        """Count nothing as unread any more."""
        if chat.unread:
            chat.unread = 0
            self.live.publish("person", chat.page_person())

    def add_query(self, query: Query) -> None:
        """Remember a query until it is answered; the oldest are forgotten."""
        self.queries[query.id] = query
        while len(self.queries) > _KEPT_QUERIES:
            self.queries.popitem(last=False)

    def waiting_query(self, query_id: str, kind: str) -> Query:
        """Return a query that may still be answered. Raises Refusal if it is unknown, answered or too old."""
        query = self.queries.get(query_id)
        is_late = query is not None and self.now() - query.asked_at > CALLBACK_LIFETIME
        if query is None or query.kind != kind or query.answer is not None or is_late:
            raise bad_request("query is too old and response timeout expired or query ID is invalid")
        return query

    def record(self, call: Call) -> None:
        """Add a call to the log and show it on the page."""
        self.calls.calls.append(call)
        if not call.is_quiet:
            self.live.publish("call", call.page_call())
