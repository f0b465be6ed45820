"""How the bot presents itself on Telegram: command menus and descriptions. Telegram limits how often they are set."""

from __future__ import annotations

import logging

from telegram import Bot, BotCommandScopeChat
from telegram.error import TelegramError

from bot.i18n import LOCALES, localizer
from bot.messages.profile import command_menu, description, short_description
from content.agenda import Event

logger = logging.getLogger(__name__)


async def publish_profile(bot: Bot, event: Event) -> None:
    """Set the menus and descriptions of every language that differ from what Telegram shows. Errors are logged.

    An empty language code stands for everybody whose phone speaks none of ours: they get the event's default.
    """
    default = event.default_language if event.default_language in LOCALES else "en"
    try:
        for code, language in (("", default), *((each, each) for each in LOCALES)):
            await _publish(bot, event, code, language)
    except TelegramError as error:
        logger.warning("The command menu and descriptions were not all set: %s", type(error).__name__)


async def set_chat_menu(bot: Bot, chat_id: int, language: str, *, organiser: bool) -> None:
    """Show the command menu of one chat in the person's language and for their role. Errors are logged."""
    try:
        await bot.set_my_commands(
            command_menu(localizer(language), organiser=organiser), scope=BotCommandScopeChat(chat_id)
        )
    except TelegramError as error:
        # The menu is a convenience: the choice itself stands, and the next one sets the menu again.
        logger.warning("The command menu of a chat was not changed: %s", type(error).__name__)


async def _publish(bot: Bot, event: Event, code: str, language: str) -> None:
    t = localizer(language)
    menu = command_menu(t)
    shown = tuple((each.command, each.description) for each in await bot.get_my_commands(language_code=code))
    if shown != menu:
        await bot.set_my_commands(menu, language_code=code)
    text, short = description(t, event), short_description(t, event)
    if (await bot.get_my_description(language_code=code)).description != text:
        await bot.set_my_description(text, language_code=code)
    if (await bot.get_my_short_description(language_code=code)).short_description != short:
        await bot.set_my_short_description(short, language_code=code)
