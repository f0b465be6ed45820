"""What a person sees when their update could not be handled, and what the log says."""

from __future__ import annotations

import logging

from telegram import Update
from telegram.constants import ChatType
from telegram.ext import ApplicationHandlerStop

from bot import sender
from bot.context import BotContext
from bot.i18n import localizer
from bot.messages.notices import something_failed
from bot.messages.outgoing import OutgoingMessage

logger = logging.getLogger(__name__)


async def apologise(update: object, context: BotContext) -> None:
    """Tell the person that something went wrong. The log has the error already: the intake wrote it.

    Raises:
        ApplicationHandlerStop: always after an update, so that no later group works on what half failed.
    """
    if not isinstance(update, Update):
        logger.error("A job failed", exc_info=context.error)
        return
    chat, user = update.effective_chat, update.effective_user
    if chat is not None and user is not None and chat.type == ChatType.PRIVATE:
        # An error handler has a context of its own, which knows nobody yet.
        language = context.services.attendees.language_of(chat.id, user.language_code)
        await sender.send(context.bot, chat.id, OutgoingMessage(something_failed(localizer(language))))
    raise ApplicationHandlerStop
