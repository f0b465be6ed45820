"""The speaker's desk: /speaker and its buttons, for those who have claimed a profile, as long as they have it."""

from __future__ import annotations

from collections.abc import Callable, Coroutine
from enum import IntEnum, auto
from typing import Any

from telegram import Update

from bot.context import BotContext
from bot.messages.outgoing import Button, OutgoingMessage
from bot.messages.payload import Payload
from bot.messages.speaker_buttons import OpenSpeakerDesk
from bot.messages.speaker_claiming import not_a_speaker
from bot.messages.speaker_desk import in_turn, speaker_desk
from bot.messages.view import View
from handlers.replies import reply, show

Action = Callable[[Any, Update, BotContext], Coroutine[Any, Any, None]]


class Tool(IntEnum):
    """What a speaker can do here, in the order of the desk: what cannot wait stands first."""

    CALLS = auto()
    SLIDES = auto()
    CALENDAR_AND_REMINDERS = auto()


TOOLS: dict[Tool, Callable[[View], list[Button]]] = {}
"""The buttons of each tool."""

ACTIONS: dict[type[Payload], Action] = {}
"""What each button of the desk does. Only speakers get here: `press` checks first."""

OPEN_ACTIONS: dict[type[Payload], Action] = {}
"""Buttons of those who are no speakers yet: anybody may press them, and the services decide."""


def action(payload: type[Payload]) -> Callable[[Action], Action]:
    """Register what a button of the desk does."""

    def register(function: Action) -> Action:
        ACTIONS[payload] = function
        return function

    return register


def open_action(payload: type[Payload]) -> Callable[[Action], Action]:
    """Register what a button does that anybody may press."""

    def register(function: Action) -> Action:
        OPEN_ACTIONS[payload] = function
        return function

    return register


async def open_desk(_: Update, context: BotContext) -> None:
    """Show the desk, or say how a speaker comes by it."""
    await reply(context, await desk_of(context) if context.profiles else not_a_speaker(context.view))


async def press(payload: Payload, update: Update, context: BotContext) -> bool:
    """Do what a button asks, if it is one of these and its presser may; False: it is none."""
    if (act := OPEN_ACTIONS.get(type(payload))) is not None:
        await act(payload, update, context)
        return True
    act = ACTIONS.get(type(payload))
    if act is None:
        return False
    if context.profiles:
        await act(payload, update, context)
    else:
        await show(update, context, not_a_speaker(context.view))
    return True


async def desk_of(context: BotContext, page: int = 0) -> OutgoingMessage:
    """Return the desk of whoever is speaking."""
    view = context.view
    followers = {
        each.session.handle: await context.services.follows.follower_count(each.session) for each in in_turn(view)
    }
    return speaker_desk(followers, view, page, [button for tool in sorted(TOOLS) for button in TOOLS[tool](view)])


@action(OpenSpeakerDesk)
async def _show_desk(payload: OpenSpeakerDesk, update: Update, context: BotContext) -> None:
    await show(update, context, await desk_of(context, payload.page))
