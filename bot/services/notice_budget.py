"""When something may be said to a person who did not ask: not at night, and not too often."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import UTC, datetime, time, timedelta
from zoneinfo import ZoneInfo

from bot.models import NoticeKind, NoticeWishes

QUIET_FROM = time(22)
QUIET_UNTIL = time(7)
CAP = 6
CAP_PERIOD = timedelta(hours=1)


def held_until(
    *,
    kind: NoticeKind,
    urgent: bool,
    wishes: NoticeWishes,
    now: datetime,
    zone: ZoneInfo,
    sent_lately: Iterable[datetime],
) -> datetime | None:
    """Return until when (in UTC) this notice has to wait; None: it may go now.

    ``zone``: the event's, in which the night is told. ``sent_lately``: when this person was told something unasked
    (`bot.storage.outbox.notices_sent_since`), at least over the last hour.
    """
    if kind is NoticeKind.REMINDER or urgent:
        return None
    now = now.astimezone(UTC)
    sent = sorted(moment.astimezone(UTC) for moment in sent_lately)
    moment = _allowed_by_cap(now, sent)
    if wishes.quiet_hours:
        # The night's end leaves the cap's room only wider, so one look at each is enough.
        moment = _night_over(moment, zone)
    return moment if moment > now else None


def _allowed_by_cap(now: datetime, sent: list[datetime]) -> datetime:
    if len(sent) < CAP:
        return now
    return max(now, sent[-CAP] + CAP_PERIOD)


def _night_over(moment: datetime, zone: ZoneInfo) -> datetime:
    local = moment.astimezone(zone)
    if QUIET_UNTIL <= local.time() < QUIET_FROM:
        return moment
    day = local.date() + timedelta(days=local.time() >= QUIET_FROM)
    return datetime.combine(day, QUIET_UNTIL, zone).astimezone(UTC)
