"""How the bot presents itself on Telegram: command menus and descriptions. Telegram limits how often they are set."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Callable
from dataclasses import dataclass
from datetime import timedelta

from telegram import Bot, BotCommandScopeChat
from telegram.error import RetryAfter, TelegramError

from bot.i18n import LOCALES, localizer
from bot.messages.profile import command_menu, description, short_description
from content.agenda import Event

logger = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class _Words:
    """What Telegram shows to the phones of one language."""

    language_code: str
    menu: tuple[tuple[str, str], ...]
    description: str
    short_description: str


async def keep_profile(bot: Bot, current: Callable[[], Event], look: timedelta) -> None:
    """Publish the profile, and again whenever the event's words in it change, until cancelled. Errors are logged.

    ``current``: the event as it is now; ``look``: how often to look at it.
    """
    seen: Event | None = None
    shown: list[_Words] | None = None
    while True:
        event = current()
        if event is not seen and (words := _words(event)) != shown:
            try:
                await _publish(bot, words)
            except RetryAfter as error:
                wait = error.retry_after
                seconds = wait.total_seconds() if isinstance(wait, timedelta) else wait
                logger.info("The command menu and descriptions go on being set in %d s", seconds)
                await asyncio.sleep(seconds)
                continue  # with what the event says by then
            except TelegramError as error:
                logger.warning("The command menu and descriptions were not all set: %s", type(error).__name__)
            shown = words
        seen = event
        await asyncio.sleep(look.total_seconds())


async def set_chat_menu(bot: Bot, chat_id: int, language: str, *, organiser: bool, speaker: bool = False) -> None:
    """Show the command menu of one chat in the person's language and for their role. Errors are logged."""
    try:
        await bot.set_my_commands(
            command_menu(localizer(language), organiser=organiser, speaker=speaker), scope=BotCommandScopeChat(chat_id)
        )
    except TelegramError as error:
        # The menu is a convenience: the choice itself stands, and the next one sets the menu again.
        logger.warning("The command menu of a chat was not changed: %s", type(error).__name__)


async def clear_chat_menu(bot: Bot, chat_id: int) -> None:
    """Show this chat the menu that everybody has. Errors are logged."""
    try:
        await bot.delete_my_commands(scope=BotCommandScopeChat(chat_id))
    except TelegramError as error:
        logger.warning("The command menu of a chat was not cleared: %s", type(error).__name__)


def _words(event: Event) -> list[_Words]:
    """Return the words of every language. An empty code stands for everybody whose phone speaks none of ours."""
    default = event.default_language if event.default_language in LOCALES else "en"
    spoken = [(code, localizer(language)) for code, language in (("", default), *((each, each) for each in LOCALES))]
    return [_Words(code, command_menu(t), description(t, event), short_description(t, event)) for code, t in spoken]


async def _publish(bot: Bot, words: list[_Words]) -> None:
    """Set what differs from what Telegram shows: it limits how often these are set."""
    for each in words:
        code = each.language_code
        menu = tuple((one.command, one.description) for one in await bot.get_my_commands(language_code=code))
        if menu != each.menu:
            await bot.set_my_commands(each.menu, language_code=code)
        if (await bot.get_my_description(language_code=code)).description != each.description:
            await bot.set_my_description(each.description, language_code=code)
        if (await bot.get_my_short_description(language_code=code)).short_description != each.short_description:
            await bot.set_my_short_description(each.short_description, language_code=code)
