"""What stands on the organisers' desk and in which order: each tool says where it belongs when it registers."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from enum import IntEnum, auto

from bot.context import BotContext
from bot.messages.outgoing import Button
from bot.messages.view import View


class Tool(IntEnum):
    """The tools of an organiser: what is needed most on the day of the event stands first on the desk."""

    TELL_EVERYBODY = auto()
    CHANGE_AGENDA = auto()
    QUESTIONS = auto()
    MATERIALS = auto()
    SPEAKERS = auto()
    BROADCASTS = auto()
    NUMBERS = auto()
    NEW_AGENDA = auto()
    CHECK_AGENDA = auto()
    ORGANISERS = auto()
    TRAIL = auto()


_TOOLS: dict[Tool, Callable[[BotContext], Awaitable[Button]]] = {}


def offer(tool: Tool, button: Callable[[View], Button]) -> None:
    """Put a tool on the desk whose label is always the same."""

    async def labelled(context: BotContext) -> Button:
        return button(context.view)

    offer_live(tool, labelled)


def offer_live(tool: Tool, button: Callable[[BotContext], Awaitable[Button]]) -> None:
    """Put a tool on the desk whose label says how things stand."""
    _TOOLS[tool] = button


async def tools(context: BotContext) -> list[Button]:
    """Return the buttons of the desk in their order, whichever module was imported first."""
    return [await _TOOLS[tool](context) for tool in sorted(_TOOLS)]
