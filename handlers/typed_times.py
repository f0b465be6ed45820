"""A time that somebody typed, on the event's clock."""

from __future__ import annotations

from datetime import datetime

from bot.context import BotContext
from content.timetable import local
from content.typed_moments import typed_moment


def read_time(text: str, context: BotContext) -> datetime | None:
    """Return the moment that "14:30" or "23.11 08:00" means on the event's clock; None: it means none."""
    return typed_moment(text, local(context.services.agenda.current.agenda.event, context.services.clock()))
