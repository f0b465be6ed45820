"""The bot's own name, asked from Telegram: links and QR codes need it."""

from __future__ import annotations

from telegram import Bot
from telegram.error import TelegramError

from bot.settings import Settings
from bot.transport import AiohttpRequest


async def asked_username(settings: Settings) -> str | None:
    """Return the name without its @; None: Telegram did not answer."""
    bot = Bot(
        settings.telegram_bot_token.get_secret_value(),
        base_url=f"{settings.telegram_api_url}/bot",
        request=AiohttpRequest(),
        get_updates_request=AiohttpRequest(),
    )
    try:
        async with bot:
            return bot.username
    except TelegramError:
        return None
