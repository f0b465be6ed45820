"""What organisers tell many people at once: the values."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from enum import StrEnum

from bot.models import Media


class AudienceKind(StrEnum):
    """How an audience is chosen."""

    EVERYONE = "everyone"
    LANGUAGE = "language"
    FOLLOWERS = "followers"
    SPEAKERS = "speakers"  # those who have claimed their profile


@dataclass(frozen=True, slots=True)
class Audience:
    """Who is told; those who blocked the bot never are.

    ``value``: a language, or the handle of the session or speaker that is followed; empty for everyone and for
    speakers. A session's followers are those of its speakers too, without those who muted it.
    """

    kind: AudienceKind = AudienceKind.EVERYONE
    value: str = ""


@dataclass(frozen=True, slots=True)
class BroadcastDraft:
    """A message as an organiser wrote it. ``texts``: Telegram's HTML by language, the caption if there is ``media``.

    ``urgent``: goes first and by night too. ``send_at`` (aware) None or past: now.
    """

    texts: Mapping[str, str] = field(default_factory=dict)
    media: Media | None = None
    audience: Audience = field(default_factory=Audience)
    urgent: bool = False
    send_at: datetime | None = None

    def text_for(self, language: str, default_language: str) -> str:
        """Return what somebody of this language reads: their own, else the event's language, else what there is."""
        for wanted in (language, default_language):
            if wanted in self.texts:
                return self.texts[wanted]
        return next(iter(self.texts.values()), "")


class BroadcastState(StrEnum):
    """Where a broadcast stands."""

    SCHEDULED = "scheduled"
    SENDING = "sending"
    PAUSED = "paused"
    CANCELLED = "cancelled"
    DONE = "done"


@dataclass(frozen=True, slots=True)
class Broadcast:
    """A confirmed broadcast. ``author``: a chat id. Moments are in UTC.

    ``done_at``: nobody is left to be told, be it because it was cancelled. ``progress_message``: the author's message
    that shows its progress. ``reported``: the author has its final report.
    """

    id: int
    author: int
    draft: BroadcastDraft
    state: BroadcastState
    created_at: datetime
    started_at: datetime | None = None
    done_at: datetime | None = None
    progress_message: int | None = None
    reported: bool = False


@dataclass(frozen=True, slots=True)
class BroadcastProgress:
    """People by what became of their message: ``total`` is the sum of all others but ``held``.

    ``left``: not told yet; ``held``: those of them who wait for the morning. ``blocked``: they blocked the bot, or are
    gone. ``expired``: too late to be of use. ``cancelled``: left when it was cancelled. ``eta``: how long it will take
    still; None: not known, or it does not move.
    """

    total: int = 0
    sent: int = 0
    left: int = 0
    blocked: int = 0
    failed: int = 0
    expired: int = 0
    cancelled: int = 0
    held: int = 0
    rate_per_second: float = 0
    eta: timedelta | None = None
