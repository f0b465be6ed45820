"""A time that an organiser typed, on the event's clock."""

from __future__ import annotations

import re
from datetime import datetime, timedelta

from bot.context import BotContext
from content.timetable import local

_TIME = re.compile(r"(?:(?P<day>\d{1,2})\.(?P<month>\d{1,2})\.?,?\s+)?(?P<hour>\d{1,2})[:.](?P<minute>\d{2})")
_NEXT_YEAR_AFTER = timedelta(days=180)  # 05.01 written in December means the coming January


def read_time(text: str, context: BotContext) -> datetime | None:
    """Return the moment that "14:30" or "23.11 08:00" means on the event's clock; None: it means none."""
    found = _TIME.fullmatch(text.strip())
    if found is None:
        return None
    now = local(context.services.agenda.current.agenda.event, context.services.clock())
    try:
        moment = now.replace(hour=int(found["hour"]), minute=int(found["minute"]), second=0, microsecond=0, fold=0)
        if found["day"]:
            moment = moment.replace(month=int(found["month"]), day=int(found["day"]))
            if now - moment > _NEXT_YEAR_AFTER:
                moment = moment.replace(year=now.year + 1)
    except ValueError:
        return None
    return moment
