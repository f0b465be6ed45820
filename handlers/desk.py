"""The organisers' desk: /organiser, its buttons, becoming an organiser by a link."""

from __future__ import annotations

from collections.abc import Callable, Coroutine
from typing import Any

from telegram import Update

from bot.context import BotContext
from bot.messages import desk_buttons
from bot.messages.desk import (
    desk,
    invitation,
    invitation_not_valid,
    not_removable,
    organisers_list,
    organisers_tool,
    removal_question,
    trail,
    trail_tool,
)
from bot.messages.outgoing import OutgoingMessage
from bot.messages.payload import Payload
from bot.profile import set_chat_menu
from bot.services.organisers import FixedOrganiserError
from handlers.access import may_organise, organisers_only
from handlers.desk_tools import Tool, offer, tools
from handlers.dialogs import organises
from handlers.replies import alert, reply, show

INVITE_PREFIX = "o_"

offer(Tool.ORGANISERS, organisers_tool)
offer(Tool.TRAIL, trail_tool)

Action = Callable[[Any, Update, BotContext], Coroutine[Any, Any, None]]
ACTIONS: dict[type[Payload], Action] = {}
"""What each button of the desk does. Only organisers get here: `press` checks first."""


SHARED: set[type[Payload]] = set()
"""Those of them that speakers press too, at their own desk."""


def action(payload: type[Payload]) -> Callable[[Action], Action]:
    """Register what a button of the desk does."""

    def register(function: Action) -> Action:
        ACTIONS[payload] = function
        return function

    return register


@organisers_only
async def open_desk(_: Update, context: BotContext) -> None:
    """Show the desk."""
    await reply(context, await _desk(context))


async def press(payload: Payload, update: Update, context: BotContext) -> bool:
    """Do what a button of the desk asks, if it is one and its presser is an organiser; False: it is none."""
    act = ACTIONS.get(type(payload))
    if act is None:
        return False
    if type(payload) in SHARED and context.profiles and not await organises(context):
        return False
    if await may_organise(update, context):
        await act(payload, update, context)
    return True


async def accept_invitation(code: str, context: BotContext) -> None:
    """Make the person an organiser by a one-time link, or say that it does not work any more."""
    chat_id = context.attendee.chat_id
    if not await context.services.organisers.accept(code, chat_id):
        await reply(context, invitation_not_valid(context.view))
        return
    speaker = bool(context.profiles)
    await set_chat_menu(context.bot, chat_id, context.attendee.language, organiser=True, speaker=speaker)
    await reply(context, await _desk(context))


@action(desk_buttons.OpenDesk)
async def _show_desk(_: desk_buttons.OpenDesk, update: Update, context: BotContext) -> None:
    await show(update, context, await _desk(context))


@action(desk_buttons.OpenOrganisers)
async def _show_organisers(_: desk_buttons.OpenOrganisers, update: Update, context: BotContext) -> None:
    await show(update, context, organisers_list(await context.services.organisers.all(), context.view))


@action(desk_buttons.InviteOrganiser)
async def _invite(_: desk_buttons.InviteOrganiser, update: Update, context: BotContext) -> None:
    code = await context.services.organisers.invite(context.attendee.chat_id)
    link = f"https://t.me/{context.bot.username}?start={INVITE_PREFIX}{code}"
    await show(update, context, invitation(link, context.view))


@action(desk_buttons.RemoveOrganiser)
async def _ask_removal(payload: desk_buttons.RemoveOrganiser, update: Update, context: BotContext) -> None:
    await show(update, context, removal_question(payload.chat_id, context.view))


@action(desk_buttons.ConfirmRemoval)
async def _remove(payload: desk_buttons.ConfirmRemoval, update: Update, context: BotContext) -> None:
    try:
        removed = await context.services.organisers.remove(payload.chat_id, context.attendee.chat_id)
    except FixedOrganiserError:
        await alert(update, context, not_removable(context.view))
        return
    if removed and (person := await context.services.attendees.find(payload.chat_id)):
        speaker = bool(context.services.speakers.claims.profiles_of(payload.chat_id))
        await set_chat_menu(context.bot, payload.chat_id, person.language, organiser=False, speaker=speaker)
    await show(update, context, organisers_list(await context.services.organisers.all(), context.view))


@action(desk_buttons.OpenTrail)
async def _show_trail(_: desk_buttons.OpenTrail, update: Update, context: BotContext) -> None:
    await show(update, context, trail(await context.services.organisers.trail(), context.view))


async def _desk(context: BotContext) -> OutgoingMessage:
    return desk(context.view, await tools(context))
