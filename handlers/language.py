"""Changing the language, and the command menu with it."""

from __future__ import annotations

from bot.context import BotContext
from bot.i18n import LOCALES
from bot.messages.buttons import UnknownPayloadError
from bot.profile import set_chat_menu


async def choose(language: str, context: BotContext) -> None:
    """Speak this language with the person from now on, in their command menu too.

    Raises:
        UnknownPayloadError: it is none of ours (a forged button).
    """
    if language not in LOCALES:
        raise UnknownPayloadError(language)
    context.attendee = await context.services.attendees.choose_language(context.attendee.chat_id, language)
    organiser = await context.services.organisers.is_organiser(context.attendee.chat_id)
    await set_chat_menu(
        context.bot, context.attendee.chat_id, language, organiser=organiser, speaker=bool(context.profiles)
    )
