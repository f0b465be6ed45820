"""Rows of the outbox to speakers, and from them to every organiser: what each is about, and how it is keyed."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import datetime, timedelta
from enum import StrEnum
from typing import Any

from bot.models import NoticeKind, Priority
from bot.storage.attendees import find_attendee
from bot.storage.database import Connection
from bot.storage.outbox import add_row

KEPT = timedelta(days=2)
"""How long a message about a claim or a call is worth sending."""


class SpeakerNotice(StrEnum):
    """What a speaker is told unasked."""

    CONFIRMED = "confirmed"
    REFUSED = "refused"
    UNDONE = "undone"
    REMINDER = "reminder"
    CHANGE = "change"
    LOOK = "look"  # please look at that change
    ANSWERED = "answered"  # by an organiser, a call


class SpeakerCallKind(StrEnum):
    """What organisers are told by a speaker, or by somebody who says they are one."""

    REQUEST = "request"
    CALL = "call"


async def tell_speaker(
    connection: Connection,
    chat_id: int,
    about: SpeakerNotice,
    *,
    key: str,
    payload: Mapping[str, Any],
    now: datetime,
    not_before: datetime | None = None,
    expires_at: datetime | None = None,
) -> bool:
    """Queue a message to a speaker; False: one with this key was queued before."""
    return await add_row(
        connection,
        key=f"speaker:{about}:{chat_id}:{key}",
        chat_id=chat_id,
        kind=NoticeKind.SPEAKER,
        priority=Priority.SPEAKER,
        payload={"about": about.value, **payload},
        not_before=not_before or now,
        expires_at=expires_at or now + KEPT,
        created_at=now,
    )


async def tell_organisers(
    connection: Connection,
    organisers: Iterable[int],
    about: SpeakerCallKind,
    number: int,
    now: datetime,
) -> int:
    """Queue a message to each of these organisers who has written to the bot; return how many. It is urgent."""
    told = 0
    for chat_id in organisers:
        known = await find_attendee(connection, chat_id)
        if known is None or known.blocked_at is not None:
            continue
        told += await add_row(
            connection,
            key=f"speaker call:{about}:{number}:{chat_id}",
            chat_id=chat_id,
            kind=NoticeKind.SPEAKER_CALL,
            priority=Priority.URGENT,
            payload={"about": about.value, "number": number},
            not_before=now,
            expires_at=now + KEPT,
            created_at=now,
        )
    return told
