"""A person as tests and the demo drive one: does things in the app and waits for what the bot does."""

import asyncio
from collections.abc import Callable
from contextlib import suppress
from typing import Self
from urllib.parse import parse_qs, urlsplit

from bot.local_telegram import actions
from bot.local_telegram.chats import Account, Chat
from bot.local_telegram.json_types import JsonObject
from bot.local_telegram.state import TelegramState

SECONDS = 5.0


class Person:
    """One person and their chat with the bot."""

    def __init__(self, state: TelegramState, account: Account) -> None:
        self._state = state
        self._chat: Chat = state.chats[account.id]
        self.account = account

    @property
    def id(self) -> int:
        """The person's id, which is the chat's too."""
        return self.account.id

    @property
    def messages(self) -> list[JsonObject]:
        """All messages in the chat as they stand now, newest last."""
        return list(self._chat.messages.values())

    @property
    def replies(self) -> list[JsonObject]:
        """The bot's messages alone, newest last."""
        return [message for message in self.messages if message["from"]["is_bot"]]

    @property
    def commands(self) -> list[JsonObject]:
        """The command menu this person sees."""
        return self._state.bot.menu_for(self.id, self.account.language_code)

    async def sends(self, text: str) -> JsonObject:
        """Write a message and return it; the bot has not answered yet."""
        return actions.write_text(self._state, self._chat, text)

    async def opens(self, payload: str = "") -> JsonObject:
        """Follow t.me/bot?start=payload and return the /start message."""
        return actions.open_link(self._state, self._chat, payload)

    async def sends_file(self, name: str, content: bytes, caption: str = "") -> JsonObject:
        """Send a document and return its message."""
        return actions.send_file(self._state, self._chat, name, content, caption)

    async def presses(self, label: str, message: JsonObject | None = None) -> str:
        """Press the button whose label is, or else begins with, `label`: in `message`, or the latest that has it.

        Returns the callback query's id. A link to the bot itself is followed, a key of the reply keyboard is sent:
        both return "". Raises LookupError if no button fits, or it leads out of the chat.
        """
        found = self._find_button(label, message)
        if found is None:
            if message is None and (text := self._find_key(label)):
                await self.sends(text)
                return ""
            raise LookupError(f"no button {label!r}; the chat shows {self._labels(message)}")
        holder, button = found
        if "callback_data" in button:
            return actions.press(self._state, self._chat, holder["message_id"], button["callback_data"])
        payload = self._own_payload(button.get("url", ""))
        if payload is None:
            raise LookupError(f"button {button['text']!r} leads out of the chat: {button}")
        await self.opens(payload)
        return ""

    async def asks(self, text: str, timeout: float = SECONDS) -> JsonObject:  # noqa: ASYNC109 - the error says what was awaited
        """Write a message and return the bot's answer: its next new or edited message in this chat."""
        seen = self._state.live.last_number
        await self.sends(text)
        return await self._next_change(seen, timeout, text)

    async def taps(self, label: str, message: JsonObject | None = None, timeout: float = SECONDS) -> JsonObject:  # noqa: ASYNC109 - the error says what was awaited
        """Press a button and return the message the bot sent or edited for it, once it answered the query too."""
        seen = self._state.live.last_number
        query_id = await self.presses(label, message)
        changed = await self._next_change(seen, timeout, label)
        if query_id:
            await self.waits_for_answer(query_id, timeout)
        return self._chat.messages.get(changed["message_id"], changed)

    async def waits_for_answer(self, query_id: str, timeout: float = SECONDS) -> JsonObject:  # noqa: ASYNC109 - the error says what was awaited
        """Return how the bot answered a callback query: text, show_alert, url."""
        query = self._state.queries[query_id]
        await self._until(lambda: query.answer is not None, timeout, f"an answer to callback query {query_id}")
        return query.answer or {}

    async def waits_for(self, wanted: int | Callable[[JsonObject], bool], timeout: float = SECONDS) -> JsonObject:  # noqa: ASYNC109 - the error says what was awaited
        """Wait until the chat holds that many messages of the bot, or one that fits; return the newest (that fits)."""
        if isinstance(wanted, int):
            await self._until(lambda: len(self.replies) >= wanted, timeout, f"{wanted} messages of the bot")
            return self.replies[-1]
        await self._until(lambda: any(map(wanted, self.replies)), timeout, "a message of the bot that fits")
        return next(message for message in reversed(self.replies) if wanted(message))

    async def searches(self, text: str, timeout: float = SECONDS) -> JsonObject:  # noqa: ASYNC109 - the error says what was awaited
        """Type the bot's name and a query, and return the answer: results, next_offset, button."""
        query = self._state.queries[actions.search_inline(self._state, self._chat, text)]
        await self._until(lambda: query.answer is not None, timeout, "an answer to the inline query")
        return {"id": query.id, **(query.answer or {})}

    def blocks(self) -> Self:
        """Block the bot."""
        actions.set_blocked(self._state, self._chat, blocked=True)
        return self

    def unblocks(self) -> Self:
        """Unblock the bot."""
        actions.set_blocked(self._state, self._chat, blocked=False)
        return self

    async def _next_change(self, seen: int, seconds: float, cause: str) -> JsonObject:
        changed: list[JsonObject] = []

        def has_changed() -> bool:
            nonlocal seen
            for event in self._state.live.since(seen):
                message = event.data.get("message")
                if event.kind in {"message", "edit"} and message and event.data["chat_id"] == self.id:
                    changed.extend([message] if message["from"]["is_bot"] else [])
            seen = self._state.live.last_number
            return bool(changed)

        await self._until(has_changed, seconds, f"an answer to {cause!r}")
        return changed[-1]

    async def _until(self, condition: Callable[[], bool], seconds: float, what: str) -> None:
        live = self._state.live
        with suppress(TimeoutError):
            async with asyncio.timeout(seconds):
                # Nothing awaits between the condition and the wait, so no event is missed.
                while not condition() and not live.closed:
                    await live.wait(live.last_number)
        if not condition():
            calls = [f"{call.method} {call.description or 'ok'}" for call in list(self._state.calls.calls)[-5:]]
            last = [message.get("text", "(no text)")[:80] for message in self.messages[-3:]]
            raise TimeoutError(
                f"{self.account.first_name} waited {seconds} s for {what}; last messages {last}, last calls {calls}"
            )

    def _find_button(self, label: str, message: JsonObject | None) -> tuple[JsonObject, JsonObject] | None:
        for holder in [message] if message is not None else reversed(self.replies):
            current = self._chat.messages.get(holder["message_id"], holder)
            buttons = [button for row in _rows(current) for button in row]
            for fits in (str.__eq__, str.startswith):
                for button in buttons:
                    if fits(button["text"], label):
                        return current, button
        return None

    def _find_key(self, label: str) -> str:
        rows = (self._chat.keyboard or {}).get("keyboard", [])
        texts: list[str] = [key["text"] for row in rows for key in row]
        return next((text for text in texts if text == label), next((t for t in texts if t.startswith(label)), ""))

    def _labels(self, message: JsonObject | None) -> list[str]:
        holders = [message] if message is not None else self.replies[-3:]
        return [button["text"] for holder in holders for row in _rows(holder) for button in row]

    def _own_payload(self, url: str) -> str | None:
        parts = urlsplit(url)
        if parts.netloc != "t.me" or parts.path.strip("/").lower() != self._state.bot.username.lower():
            return None
        return parse_qs(parts.query).get("start", [""])[0]


def _rows(message: JsonObject) -> list[list[JsonObject]]:
    rows: list[list[JsonObject]] = message.get("reply_markup", {}).get("inline_keyboard", [])
    return rows
