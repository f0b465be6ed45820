"""Messages to Telegram, and Telegram's errors as what they mean for us: sent, later, never.

The one place that looks at Telegram's English: where python-telegram-bot has a class, the class decides; where it has
only a text (every 400 and 403 is alike), the tables below do.
"""

from __future__ import annotations

import json
import logging
from collections.abc import Mapping
from datetime import timedelta
from typing import Any, Final, cast

from telegram import Bot, InlineKeyboardMarkup
from telegram.constants import ParseMode
from telegram.error import BadRequest, ChatMigrated, Forbidden, InvalidToken, RetryAfter, TelegramError
from telegram.request import RequestData

from bot.messages.links import sendable
from bot.messages.outgoing import Button, ButtonRows, LinkButton, OutgoingDocument, OutgoingMessage
from bot.models import Later, MediaKind, Never, NeverReason, Outcome, Sent
from bot.transport import NotSentError

logger = logging.getLogger(__name__)

_NO_PREVIEW = json.dumps({"is_disabled": True})
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


# What comes of a result of another shape than it should have.
_UNREADABLE = (TypeError, KeyError, AttributeError, ValueError)
UNKNOWN_MESSAGE = 0
"""Telegram took a message and did not say in words we understand which one it is; editing it sends it anew."""


class _JsonParameters:
    """What our transport asks of a `RequestData`, for texts that need no turning into JSON first."""

    contains_files: Final = False

    def __init__(self, parameters: Mapping[str, str]) -> None:
        self.parameters = parameters

    @property
    def json_payload(self) -> bytes:
        """The body."""
        return json.dumps(self.parameters).encode()


async def _call(bot: Bot, method: str, parameters: Mapping[str, str]) -> Any:
    """Call a method and return its result as it came, with none of python-telegram-bot's objects in between.

    Raises:
        TelegramError: as `Bot`'s own methods do.
        KeyError, TypeError: Telegram agreed in an answer of another shape than it should have.
    """
    data = cast("RequestData", _JsonParameters(parameters))
    return await bot.request.post(f"{bot.base_url}/{method}", data)


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
    media = message.media
    if media is None:
        method, content = "sendMessage", _text(message.text)
    else:
        method = "sendPhoto" if media.kind is MediaKind.PHOTO else "sendDocument"
        content = {media.kind.value: media.file_id} | ({"caption": message.text} if message.text else {})
    try:
        return Sent(await _post(bot, method, {"chat_id": str(chat_id), **content}, message.buttons))
    except TelegramError as error:
        return outcome_of(error)
    except _UNREADABLE as error:
        return _taken(error)


async def _post(bot: Bot, method: str, content: Mapping[str, str], buttons: ButtonRows) -> int:
    """Send or edit a message, and return its number.

    Raises:
        TelegramError: Telegram's, or the way's there.
        TypeError, KeyError, ValueError: Telegram took it with an answer of another shape than it should have.
    """
    parameters = {**content, "parse_mode": ParseMode.HTML.value}
    if buttons:
        parameters["reply_markup"] = json.dumps(_keyboard(buttons))
    # Not `Bot.send_message`: an object for each button, and for all that Telegram tells of a message of our own, took
    # as long as understanding a question.
    return int((await _call(bot, method, parameters))["message_id"])


def _text(text: str) -> dict[str, str]:
    return {"text": text, "link_preview_options": _NO_PREVIEW}


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
        place = {"chat_id": str(chat_id), "message_id": str(message_id)}
        return Sent(await _post(bot, "editMessageText", place | _text(message.text), message.buttons))
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
        notice = {"text": text, "show_alert": json.dumps(alert)} if text is not None else {}
        await _call(bot, "answerCallbackQuery", {"callback_query_id": callback_query_id, **notice})
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
    return InlineKeyboardMarkup.de_json(_keyboard(rows)) if rows else None


def _keyboard(rows: ButtonRows) -> dict[str, list[list[dict[str, str]]]]:
    """Return the buttons as Telegram reads them."""
    return {"inline_keyboard": [[_button(button) for button in row] for row in rows]}


def _button(button: Button) -> dict[str, str]:
    if isinstance(button, LinkButton):
        return {"text": button.text, "url": button.url}
    return {"text": button.text, "callback_data": button.data}


def _reason(error: TelegramError, otherwise: NeverReason) -> NeverReason:
    text = error.message.lower()
    return next((reason for wording, reason in _NEVER_BY_TEXT.items() if wording in text), otherwise)
