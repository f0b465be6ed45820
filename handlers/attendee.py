"""Group −2: who is speaking, before any other handler looks at the update."""

from __future__ import annotations

from telegram import ChatMember, Update
from telegram.constants import ChatType
from telegram.ext import ApplicationHandlerStop

from bot.context import BotContext


async def recognise(update: Update, context: BotContext) -> None:
    """Find out who is speaking and in which language to answer.

    Raises:
        ApplicationHandlerStop: nobody is: a group, a channel, or an update without a chat. Ghid talks to people.
    """
    chat, user = update.effective_chat, update.effective_user
    if chat is None or user is None or chat.type != ChatType.PRIVATE:
        raise ApplicationHandlerStop
    context.attendee = await context.services.attendees.welcome(chat.id, user.language_code)
    await context.load_follows()
    await context.load_rights()


async def note_membership(update: Update, context: BotContext) -> None:
    """Note that a person blocked the bot, or let it in again; there is nothing to say.

    Raises:
        ApplicationHandlerStop: always: nobody spoke.
    """
    changed, chat = update.my_chat_member, update.effective_chat
    if changed is None or chat is None or chat.type != ChatType.PRIVATE:
        raise ApplicationHandlerStop
    if changed.new_chat_member.status == ChatMember.BANNED:
        await context.services.attendees.mark_blocked(chat.id)
    else:
        await context.services.attendees.mark_unblocked(chat.id)
    raise ApplicationHandlerStop
