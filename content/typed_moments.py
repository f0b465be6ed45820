"""A moment that somebody typed: "14:30", or "23.11 08:00" for another day."""

from __future__ import annotations

import re
from datetime import datetime, timedelta

_TYPED = re.compile(r"(?:(?P<day>\d{1,2})\.(?P<month>\d{1,2})\.?,?\s+)?(?P<hour>\d{1,2})[:.](?P<minute>\d{2})")
_NEXT_YEAR_AFTER = timedelta(days=180)  # 05.01 written in December means the coming January


def typed_moment(text: str, near: datetime) -> datetime | None:
    """Return what a typed time means in the zone of ``near`` (aware), on its day if none is typed; None: nothing."""
    found = _TYPED.fullmatch(text.strip())
    if found is None:
        return None
    try:
        moment = near.replace(hour=int(found["hour"]), minute=int(found["minute"]), second=0, microsecond=0, fold=0)
        if found["day"]:
            moment = moment.replace(month=int(found["month"]), day=int(found["day"]))
            if near - moment > _NEXT_YEAR_AFTER:
                moment = moment.replace(year=near.year + 1)
    except ValueError:
        return None
    return moment
