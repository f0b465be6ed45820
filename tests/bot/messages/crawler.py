"""Walks through every screen that buttons lead to, and measures each against Telegram's limits."""

from __future__ import annotations

from collections import Counter, deque
from collections.abc import Iterable

from bot.local_telegram.formatting import format_text
from bot.messages.buttons import OpenChanges, Payload, SendCalendar, SendSessionCalendar, parse
from bot.messages.changes import changes_page
from bot.messages.links import sendable
from bot.messages.outgoing import (
    MAX_CALLBACK_BYTES,
    MAX_CAPTION_LENGTH,
    MAX_TEXT_LENGTH,
    CallbackButton,
    LinkButton,
    OutgoingMessage,
)
from bot.messages.privacy_buttons import ConfirmForget, SendMyData
from bot.messages.screens import screen
from bot.messages.speaker_buttons import AskToSpeak, SendRequest
from bot.messages.speaker_claiming import request_question
from bot.messages.view import View
from bot.models import RecentChanges
from content.agenda import Speaker
from content.web_addresses import can_be_on_a_button

MAX_BUTTONS = 100  # of one message; what Telegram shows of more is not promised
MAX_ROW = 8


def every_screen(
    view: View, *starts: OutgoingMessage, also: Iterable[Payload] = (), of_a_kind: int | None = None
) -> dict[str, OutgoingMessage]:
    """Press every button, those of the screens behind them too, and return each screen by its button's data.

    ``of_a_kind``: of the buttons of one kind press the first so many alone; those of ``also`` are pressed anyway.
    """
    found: dict[str, OutgoingMessage] = {}
    pressed: Counter[type[Payload]] = Counter()
    waiting = deque([*(each.pack() for each in also), *(data for start in starts for data in callback_data(start))])
    wanted = frozenset(waiting)
    while waiting:
        data = waiting.popleft()
        if data in found:
            continue
        payload = parse(data)
        if of_a_kind is None or data in wanted or pressed[type(payload)] < of_a_kind:
            pressed[type(payload)] += 1
            found[data] = _behind(payload, view)
            waiting.extend(callback_data(found[data]))
    return found


def _behind(payload: Payload, view: View) -> OutgoingMessage:
    match payload:
        case OpenChanges(page):
            return changes_page(RecentChanges(), view, page)
        case SendCalendar() | SendSessionCalendar() | SendMyData() | ConfirmForget():
            return OutgoingMessage("a file")  # or what a handler says; the screen stays
        case AskToSpeak(handle) if isinstance(speaker := view.agenda.by_handle[handle], Speaker):
            return request_question(speaker, "Ana <b>& Co</b>", view)
        case SendRequest():
            return OutgoingMessage("asked")
        case _:
            return screen(payload, view)


def callback_data(message: OutgoingMessage) -> list[str]:
    """Return what the buttons of a message carry."""
    return [button.data for row in message.buttons for button in row if isinstance(button, CallbackButton)]


def flaws(message: OutgoingMessage) -> list[str]:
    """Return what Telegram would refuse of a message, or a person could not use; empty: nothing."""
    found = []
    message = sendable(message)
    formatted = format_text(message.text, "HTML")  # raises what Telegram would answer
    if not formatted.text.strip():
        found.append("no text")
    if len(formatted.text.encode("utf-16-le")) // 2 > (MAX_CAPTION_LENGTH if message.media else MAX_TEXT_LENGTH):
        found.append(f"text of {len(formatted.text)} characters")
    if "%(" in formatted.text or "None" in formatted.text:
        found.append("a place was not filled")
    if sum(map(len, message.buttons)) > MAX_BUTTONS or any(not 0 < len(row) <= MAX_ROW for row in message.buttons):
        found.append("rows of buttons")
    for row in message.buttons:
        for button in row:
            if not button.text.strip():
                found.append(f"a button without label: {button}")
            if isinstance(button, CallbackButton) and not 0 < len(button.data.encode()) <= MAX_CALLBACK_BYTES:
                found.append(f"data of {button}")
            if isinstance(button, LinkButton) and not can_be_on_a_button(button.url):
                found.append(f"address of {button}")
    labels = [button.text for row in message.buttons for button in row]
    if len(labels) != len(set(labels)):
        found.append(f"labels that look alike: {labels}")
    return found


def kinds_of(screens: dict[str, OutgoingMessage]) -> set[type[Payload]]:
    """Return which kinds of button were met."""
    return {type(parse(data)) for data in screens}
