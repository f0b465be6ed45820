"""Messages to Telegram, and Telegram's errors as what they mean for us: sent, later, never.

The one place that looks at Telegram's English: where python-telegram-bot has a class, the class decides; where it has
only a text (every 400 and 403 is alike), the tables below do.
"""

from __future__ import annotations

import logging
from datetime import timedelta

from telegram import Bot, InlineKeyboardButton, InlineKeyboardMarkup, LinkPreviewOptions, Message
from telegram.constants import ParseMode
from telegram.error import BadRequest, ChatMigrated, Forbidden, InvalidToken, RetryAfter, TelegramError

from bot.messages.links import sendable
from bot.messages.outgoing import Button, ButtonRows, LinkButton, OutgoingDocument, OutgoingMessage
from bot.models import Later, MediaKind, Never, NeverReason, Outcome, Sent
from bot.transport import NotSentError

logger = logging.getLogger(__name__)

_NO_PREVIEW = LinkPreviewOptions(is_disabled=True)


# Telegram's wordings, in lower case, cut to what identifies them.
_NEVER_BY_TEXT = {
    "bot was blocked by the user": NeverReason.BLOCKED,
    "user is deactivated": NeverReason.DEACTIVATED,
    "chat not found": NeverReason.CHAT_NOT_FOUND,
    "peer_id_invalid": NeverReason.CHAT_NOT_FOUND,
    "user not found": NeverReason.CHAT_NOT_FOUND,
}
_NOT_MODIFIED = "message is not modified"
_CANNOT_BE_EDITED = (
    "message to edit not found",
    "message can't be edited",
    "message_id_invalid",
    "there is no text in the message to edit",  # a document's card: it has a caption instead
)
_QUERY_EXPIRED = (
    "query is too old and response timeout expired or query id is invalid",
    "query_id_invalid",
)


# What python-telegram-bot raises for a result of another shape than it should have.
_UNREADABLE = (TypeError, KeyError, AttributeError, ValueError)
UNKNOWN_MESSAGE = 0
"""Telegram took a message and did not say in words we understand which one it is; editing it sends it anew."""


def outcome_of(error: TelegramError) -> Later | Never:
    """Return what an error of Telegram's or of the way there means for the message."""
    match error:
        case RetryAfter():
            wait = error.retry_after
            return Later(wait if isinstance(wait, timedelta) else timedelta(seconds=wait), False, error)
        case NotSentError() | InvalidToken():
            # A refused token says nothing about the message: it waits until the operator has put it right.
            return Later(None, False, error)
        case ChatMigrated():
            return Never(NeverReason.CHAT_NOT_FOUND, error)
        case Forbidden():
            return Never(_reason(error, NeverReason.FORBIDDEN), error)
        case BadRequest():  # python-telegram-bot calls it a NetworkError, so it stands before the rest
            return Never(_reason(error, NeverReason.BAD_REQUEST), error)
        case _:
            return Later(None, True, error)


async def send(bot: Bot, chat_id: int, message: OutgoingMessage) -> Outcome:
    """Send a message. Telegram's errors come back as `Later` or `Never`; none is raised."""
    message = sendable(message)
    try:
        sent = await _send(bot, chat_id, message)
        return Sent(sent.message_id)
    except TelegramError as error:
        return outcome_of(error)
    except _UNREADABLE as error:
        return _taken(error)


async def _send(bot: Bot, chat_id: int, message: OutgoingMessage) -> Message:
    buttons, media = keyboard(message.buttons), message.media
    if media is None:
        return await bot.send_message(
            chat_id,
            message.text,
            parse_mode=ParseMode.HTML,
            link_preview_options=_NO_PREVIEW,
            reply_markup=buttons,
        )
    send_file = bot.send_photo if media.kind is MediaKind.PHOTO else bot.send_document
    return await send_file(
        chat_id, media.file_id, caption=message.text or None, parse_mode=ParseMode.HTML, reply_markup=buttons
    )


async def send_document(bot: Bot, chat_id: int, document: OutgoingDocument) -> Outcome:
    """Send a file. Errors as in `send`."""
    try:
        send_file = bot.send_photo if document.kind is MediaKind.PHOTO else bot.send_document
        sent = await send_file(
            chat_id,
            document.data,
            filename=document.name,
            caption=document.caption,
            parse_mode=ParseMode.HTML,
            reply_markup=keyboard(document.buttons),
        )
        return Sent(sent.message_id)
    except TelegramError as error:
        return outcome_of(error)
    except _UNREADABLE as error:
        return _taken(error)


class TelegramSender:
    """Telegram as services see it: they hand over a message and are told what became of it."""

    def __init__(self, bot: Bot) -> None:
        self._bot = bot

    async def send(self, chat_id: int, message: OutgoingMessage) -> Outcome:
        """Send a message, as `send` does."""
        return await send(self._bot, chat_id, message)

    async def edit(self, chat_id: int, message_id: int, message: OutgoingMessage) -> Outcome:
        """Put a message in the place of another, as `edit` does."""
        return await edit(self._bot, chat_id, message_id, message)


async def edit(bot: Bot, chat_id: int, message_id: int, message: OutgoingMessage) -> Outcome:
    """Put a message in the place of another; if that one cannot be edited any more, send it as a new one.

    A message that already looks so counts as sent.
    """
    message = sendable(message)
    try:
        edited = await bot.edit_message_text(
            message.text,
            chat_id=chat_id,
            message_id=message_id,
            parse_mode=ParseMode.HTML,
            link_preview_options=_NO_PREVIEW,
            reply_markup=keyboard(message.buttons),
        )
    except BadRequest as error:
        text = error.message.lower()
        if _NOT_MODIFIED in text:
            return Sent(message_id)
        if any(wording in text for wording in _CANNOT_BE_EDITED):
            return await send(bot, chat_id, message)
        return outcome_of(error)
    except TelegramError as error:
        return outcome_of(error)
    except _UNREADABLE as error:
        return _taken(error)
    return Sent(edited.message_id if isinstance(edited, Message) else message_id)


async def edit_buttons(bot: Bot, chat_id: int, message_id: int, buttons: ButtonRows) -> Outcome:
    """Put other buttons below a message, which stays; errors as in `send`. One that has them already counts as sent."""
    try:
        await bot.edit_message_reply_markup(chat_id, message_id, reply_markup=keyboard(buttons))
    except TelegramError as error:
        if isinstance(error, BadRequest) and _NOT_MODIFIED in error.message.lower():
            return Sent(message_id)
        return outcome_of(error)
    return Sent(message_id)


async def answer_callback(bot: Bot, callback_query_id: str, text: str | None = None, *, alert: bool = False) -> bool:
    """End the spinner on a pressed button, perhaps with a short notice (plain text, at most 200 characters).

    Returns False when it came too late or not at all: the press itself counts all the same, so nothing is raised.
    """
    try:
        await bot.answer_callback_query(callback_query_id, text=text, show_alert=alert)
    except TelegramError as error:
        if not any(wording in error.message.lower() for wording in _QUERY_EXPIRED):
            logger.warning("A pressed button was not answered: %s: %s", type(error).__name__, error)
        return False
    return True


def _taken(error: Exception) -> Sent:
    """Telegram agreed, in an answer that cannot be read: sending again would show the message twice."""
    logger.warning("Telegram took a message with an answer that cannot be read (%s)", type(error).__name__)
    return Sent(UNKNOWN_MESSAGE)


def keyboard(rows: ButtonRows) -> InlineKeyboardMarkup | None:
    """Return the buttons in Telegram's classes; None: no buttons."""
    if not rows:
        return None
    return InlineKeyboardMarkup([[_button(button) for button in row] for row in rows])


def _button(button: Button) -> InlineKeyboardButton:
    if isinstance(button, LinkButton):
        return InlineKeyboardButton(button.text, url=button.url)
    return InlineKeyboardButton(button.text, callback_data=button.data)


def _reason(error: TelegramError, otherwise: NeverReason) -> NeverReason:
    text = error.message.lower()
    return next((reason for wording, reason in _NEVER_BY_TEXT.items() if wording in text), otherwise)
