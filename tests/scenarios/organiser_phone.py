"""What an organiser does with their phone in scenario tests, and what a forger does without the button."""

from __future__ import annotations

import secrets

from bot.application import RunningBot
from bot.i18n import localizer
from bot.local_telegram import Person, actions
from bot.local_telegram.formatting import format_text
from bot.local_telegram.methods.files import media_fields
from bot.local_telegram.methods.method import caption_fields
from bot.local_telegram.state import Query
from tests.bot.local_telegram.every_method import PNG
from tests.scenarios.conversation import Conversation, Message


def label(language: str, text: str) -> str:
    """Return a button's label in this language."""
    return str(localizer(language).plain.pgettext("button", text))


def said(language: str, text: str, /, **values: object) -> str:
    """Return a message in this language, without markup."""
    return str(localizer(language).plain.gettext(text, **values))


async def an_organiser(bot: RunningBot, conversation: Conversation, language: str) -> Person:
    """Let somebody in by a one-time link."""
    person = conversation.person(language)
    await person.asks("/start")
    await person.asks(f"/start o_{await bot.services.organisers.invite()}")
    return person


async def an_attendee(conversation: Conversation, language: str) -> Person:
    """Bring in somebody who has written to the bot."""
    person = conversation.person(language)
    await person.asks("/start")
    return person


async def pressed(person: Person, text: str, message: Message | None = None) -> Message:
    """Press a button that sends several messages, and return the last one."""
    await person.waits_for_answer(await person.presses(text, message))
    return person.replies[-1]


async def forged(conversation: Conversation, person: Person, data: str) -> Message:
    """Press a button that no message has, on the person's latest message, and return what stands there afterwards."""
    state, seen = conversation.telegram.state, person.replies[-1]
    query = Query(str(secrets.randbits(62)), person.id, state.now())
    state.add_query(query)
    payload = {"id": query.id, "from": person.account.user(), "message": seen, "chat_instance": "1", "data": data}
    state.updates.push("callback_query", payload)
    await person.waits_for_answer(query.id)
    await person.asks("/help")  # behind the press in the same lane: it is done with
    return next(message for message in person.replies if message["message_id"] == seen["message_id"])


async def sends_formatted(conversation: Conversation, person: Person, html: str) -> Message:
    """Write a message with formatting and return the answer."""
    return await _answered(conversation, person, format_text(html, "HTML").fields())


async def sends_photo(conversation: Conversation, person: Person, caption: str) -> Message:
    """Send a photo and return the answer."""
    stored = conversation.telegram.state.files.keep_photo("room.png", PNG)
    return await _answered(conversation, person, {**media_fields(stored), **caption_fields(format_text(caption))})


async def corrects(conversation: Conversation, person: Person, message: Message, text: str) -> Message:
    """Edit a message of the person's own and return the answer."""
    before = len(person.replies)
    edited = {**message, "text": text, "edit_date": message["date"] + 1}
    conversation.telegram.state.updates.push("edited_message", edited)
    return await person.waits_for(before + 1)


async def _answered(conversation: Conversation, person: Person, content: Message) -> Message:
    state, before = conversation.telegram.state, len(person.replies)
    actions._send(state, state.chats[person.id], content)
    return await person.waits_for(before + 1)


async def everything_sent(bot: RunningBot) -> None:
    """Let all that is due go out, and tell the author of it."""
    await bot.services.notices.settled()
    await bot.services.notices.tick()
    await bot.services.delivery.deliver_due()
    await bot.services.broadcast_reports.tick()
