"""Whom a broadcast reaches, and from when on."""

from __future__ import annotations

from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from bot.broadcasts import Audience, AudienceKind, BroadcastDraft
from bot.models import NoticeKind, NoticeWishes
from bot.services.follows import ways_to
from bot.services.notice_budget import held_until
from bot.storage.broadcast_rows import SendingTimes
from content.agenda import Agenda, Session

LASTS = timedelta(hours=24)
"""A message that could not be sent for so long says nothing any more; a pause does not count."""


def followed_handles(audience: Audience, agenda: Agenda) -> tuple[str, ...]:
    """Return the handles of which following one makes a person part of this audience; empty for other audiences."""
    if audience.kind is not AudienceKind.FOLLOWERS:
        return ()
    target = agenda.by_handle.get(audience.value)
    return ways_to(target, agenda) if isinstance(target, Session) else (audience.value,)


def morning_after(*, urgent: bool, wishes: NoticeWishes, now: datetime, zone: ZoneInfo) -> datetime | None:
    """Return when the night ends (in UTC) for somebody with these wishes; None: they may be told now."""
    return held_until(
        kind=NoticeKind.BROADCAST,
        urgent=urgent,
        wishes=wishes,
        now=now,
        zone=zone,
        sent_lately=(),  # no cap: an organiser speaks
    )


def sending_times(draft: BroadcastDraft, now: datetime, zone: ZoneInfo) -> SendingTimes:
    """Return when the rows may go that are written, or let go again, now."""
    morning = morning_after(urgent=draft.urgent, wishes=NoticeWishes(), now=now, zone=zone)
    return SendingTimes(now, morning, (morning or now) + LASTS)
