"""Typed text, photos and files of somebody who is in the middle of something; any command ends it."""

from __future__ import annotations

from collections.abc import Awaitable, Callable

from telegram import Update

from bot.context import BotContext
from bot.messages.desk import dialog_ended
from bot.models import Dialog
from handlers.replies import reply

May = Callable[[BotContext], Awaitable[bool]]
Respond = Callable[[Dialog, Update, BotContext], Awaitable[None]]

DIALOGS: dict[str, Respond] = {}
"""Who takes what is sent during a dialog, by its kind."""


RIGHTS: dict[str, May] = {}
"""Who may be in a dialog, by its kind; only organisers where nothing is said."""


def dialog(kind: str, *, may: May | None = None) -> Callable[[Respond], Respond]:
    """Register who takes what is sent during a dialog of this kind, and who may be in one (organisers, if not said)."""

    def register(function: Respond) -> Respond:
        DIALOGS[kind] = function
        if may is not None:
            RIGHTS[kind] = may
        return function

    return register


async def take(update: Update, context: BotContext) -> bool:
    """Hand the message over to the open dialog; False: there is none, or its rights are gone, which ends it."""
    chat_id = context.attendee.chat_id
    current = context.services.dialogs.of(chat_id)
    if current is None:
        return False
    respond = DIALOGS.get(current.kind)
    may = RIGHTS.get(current.kind, organises)
    if respond is None or not await may(context):
        await context.services.dialogs.end(chat_id)
        return False
    await respond(current, update, context)
    return True


async def organises(context: BotContext) -> bool:
    """Whether who is speaking is an organiser now."""
    return await context.services.organisers.is_organiser(context.attendee.chat_id)


async def end(_: Update, context: BotContext) -> None:
    """End what a command interrupts, and say so: nothing is lost quietly."""
    if await context.services.dialogs.end(context.attendee.chat_id):
        await reply(context, dialog_ended(context.view))
