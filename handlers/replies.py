"""Sending or editing one message, and what Telegram's answer means for us."""

from __future__ import annotations

import asyncio

from telegram import Update
from telegram.ext import ApplicationHandlerStop

from bot import sender
from bot.context import BotContext
from bot.i18n import escaped
from bot.messages.outgoing import OutgoingDocument, OutgoingMessage
from bot.messages.sessions import menu_button
from bot.models import Later, Never, NeverReason, Outcome

_NOBODY_THERE = {NeverReason.BLOCKED, NeverReason.DEACTIVATED, NeverReason.CHAT_NOT_FOUND}


async def reply(context: BotContext, message: OutgoingMessage) -> None:
    """Send a new message to who is speaking.

    Raises:
        TelegramError: it could not be sent now; the intake tries the update again.
    """
    await conclude(context, await sender.send(context.bot, context.attendee.chat_id, message))


async def show(
    update: Update, context: BotContext, message: OutgoingMessage, *, notice: str | None = None, alert: bool = True
) -> None:
    """Put the message in the place of the one whose button was pressed, and end the button's spinner.

    ``notice``: said over it, in a window that has to be closed or, without ``alert``, for a moment.

    Raises:
        TelegramError: it could not be shown now; the intake tries the update again.
    """
    query = update.callback_query
    if query is None or query.message is None:
        await reply(context, message)
        return
    if message.media is not None:  # a file cannot take the place of a text: it comes below, and the screen stays
        await reply(context, message)
        await sender.answer_callback(context.bot, query.id, notice, alert=alert and notice is not None)
        return
    outcome, _ = await asyncio.gather(
        sender.edit(context.bot, context.attendee.chat_id, query.message.message_id, message),
        sender.answer_callback(context.bot, query.id, notice, alert=alert and notice is not None),
    )
    await conclude(context, outcome)


async def attach(update: Update, context: BotContext, document: OutgoingDocument) -> None:
    """Send a file below the message whose button was pressed, which stays, and end the button's spinner.

    Raises:
        TelegramError: it could not be sent now; the intake tries the update again.
    """
    outcome = await sender.send_document(context.bot, context.attendee.chat_id, document)
    if update.callback_query is not None:
        await sender.answer_callback(context.bot, update.callback_query.id)
    await conclude(context, outcome)


async def alert(update: Update, context: BotContext, text: str) -> None:
    """Say something over the pressed button, in a window that has to be closed; in a message if it is too late for one.

    Raises:
        TelegramError: it could not be said now; the intake tries the update again.
    """
    query = update.callback_query
    if query is None or not await sender.answer_callback(context.bot, query.id, text, alert=True):
        await reply(context, OutgoingMessage(escaped(text), ((menu_button(context.view),),)))


async def conclude(context: BotContext, outcome: Outcome) -> None:
    """Do what an outcome means for who is speaking.

    Raises:
        TelegramError: it could not be sent now; the intake tries the update again.
    """
    match outcome:
        case Later(error=error):
            raise error
        case Never(reason=reason) if reason in _NOBODY_THERE:
            await context.services.attendees.mark_blocked(context.attendee.chat_id)
            raise ApplicationHandlerStop
        case Never(error=error):
            raise error
        case _:
            return
