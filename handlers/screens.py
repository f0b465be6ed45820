"""Commands and buttons that show one screen."""

from __future__ import annotations

from collections.abc import Callable, Coroutine
from typing import Any

from telegram import Update

from bot.context import BotContext
from bot.messages.broadcast_reasons import WhyTold, why_told
from bot.messages.buttons import (
    AnswerAbout,
    ChooseLanguage,
    Follow,
    OpenAgenda,
    OpenChanges,
    OpenLanguages,
    OpenMatchmaking,
    OpenMaterials,
    OpenMine,
    OpenNext,
    OpenNow,
    OpenReminders,
    OpenSession,
    OpenSpeaker,
    OpenSpeakers,
    OpenStart,
    OpenVenue,
    Payload,
    SendCalendar,
    SendSessionCalendar,
    Unfollow,
    UnknownPayloadError,
    parse,
)
from bot.messages.changes import changes_page
from bot.messages.notices import old_button, target_gone
from bot.messages.outgoing import OutgoingMessage
from bot.messages.privacy_buttons import AskForget, ConfirmForget, OpenPrivacy, SendMyData
from bot.messages.screens import TargetGoneError, screen
from handlers import calendar, desk, follows, material_waits, open_questions, privacy, speaker_desk
from handlers.language import choose
from handlers.replies import alert, reply, show

Callback = Callable[[Update, BotContext], Coroutine[Any, Any, None]]

COMMANDS: dict[str, Payload] = {
    "agenda": OpenAgenda(),
    "now": OpenNow(),
    "next": OpenNext(),
    "speakers": OpenSpeakers(),
    "materials": OpenMaterials(),
    "matchmaking": OpenMatchmaking(),
    "venue": OpenVenue(),
    "my": OpenMine(),
    "changes": OpenChanges(),
    "language": OpenLanguages(),
    "settings": OpenReminders(),  # Telegram's own word for it
    "stop": OpenReminders(),  # who wants to hear no more finds every switch there
    "privacy": OpenPrivacy(),
    "forget": AskForget(),
}
"""Each command that shows the same screen as a button."""

_ELSEWHERE = (desk.press, speaker_desk.press, open_questions.press)
"""Who may take a press before it is looked for among the screens."""


def command(payload: Payload) -> Callback:
    """Return the handler of a command: the screen as a new message."""

    async def handle(_: Update, context: BotContext) -> None:
        await reply(context, await shown(payload, context))

    return handle


async def press(update: Update, context: BotContext) -> None:
    """Show what a pressed button means in the place of its message, or send its file; say so if that is gone."""
    query, notice = update.callback_query, None
    try:
        payload = parse((query.data if query else None) or "")
        for press_elsewhere in _ELSEWHERE:
            if await press_elsewhere(payload, update, context):
                return None
        match payload:
            case SendCalendar():
                return await calendar.send_mine(update, context)
            case SendSessionCalendar(handle):
                return await calendar.send_session(handle, update, context)
            case WhyTold():
                return await alert(update, context, why_told(payload, context.view))
            case SendMyData():
                return await privacy.send(update, context)
            case ConfirmForget(asked_at):
                return await privacy.forget(asked_at, update, context)
            case ChooseLanguage(language):
                await choose(language, context)
        notice = await follows.apply(payload, context) or await material_waits.apply(payload, context)
        message = await shown(payload, context)
    except UnknownPayloadError:
        await show(update, context, screen(OpenStart(), context.view), notice=old_button(context.t))
    except TargetGoneError:
        # What could be done all the same (unfollowing) is said with it.
        await alert(update, context, " ".join(filter(None, (notice, target_gone(context.t)))))
    else:
        await show(update, context, message, notice=notice, alert=False)


async def shown(payload: Payload, context: BotContext) -> OutgoingMessage:
    """Return the screen; what changed is read from the versions, all others need the present agenda alone."""
    if isinstance(payload, OpenChanges):
        recent = await context.services.changes.recent_changes()
        return changes_page(recent, context.view, payload.page)
    message = screen(payload, context.view)
    match payload:
        case OpenSession(handle) | OpenSpeaker(handle) | Follow(handle) | Unfollow(handle):
            await context.services.mentions.note(context.attendee.chat_id, handle)
        case AnswerAbout(intent, handle):
            await context.services.mentions.note(context.attendee.chat_id, handle, intent)
    return message
