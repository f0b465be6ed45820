"""Buttons by which a person asks to be told of slides, or takes that back. Pressed twice, each holds once."""

from __future__ import annotations

from bot.context import BotContext
from bot.messages import buttons
from bot.messages.buttons import Payload
from bot.messages.material_waits import (
    can_be_waited_for,
    not_waiting_notice,
    there_already_notice,
    waiting_notice,
)
from bot.messages.screens import TargetGoneError
from content.agenda import Session, Speaker


async def apply(payload: Payload, context: BotContext) -> str | None:
    """Do what the button asks, if it is one of these, and return the short notice to show over it.

    Raises:
        TargetGoneError: what it names is no longer in the agenda.
    """
    chat_id, notices = context.attendee.chat_id, context.services.material_notices
    match payload:
        case buttons.WaitForMaterials(handle):
            target = context.view.agenda.by_handle.get(handle)
            if not isinstance(target, Session | Speaker):
                raise TargetGoneError
            if not can_be_waited_for(target, context.view):
                return there_already_notice(context.view)
            await notices.wait(chat_id, target)
            return waiting_notice(context.view)
        case buttons.StopWaiting(handle):
            # Be it in the agenda or not: who wants to hear no more of it shall not, if it comes back.
            await notices.stop_waiting(chat_id, handle)
            return not_waiting_notice(context.view)
        case _:
            return None
