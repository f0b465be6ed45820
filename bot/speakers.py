"""Attendees who are speakers of the agenda: the values."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import datetime
from enum import StrEnum


@dataclass(frozen=True, slots=True)
class SpeakerClaim:
    """This attendee is the speaker with this handle. ``confirmed_by``: which organiser said so; None: a code did.

    ``change_version``: the latest change that they were told of as a speaker; ``change_seen_at``: when they tapped
    "seen" below it. Moments are in UTC.
    """

    handle: str
    chat_id: int
    claimed_at: datetime
    confirmed_by: int | None = None
    told_version: int = 1
    change_version: int | None = None
    change_told_at: datetime | None = None
    change_seen_at: datetime | None = None

    @property
    def unseen(self) -> bool:
        """Whether they were told of a change and did not tap "seen"."""
        return self.change_version is not None and self.change_seen_at is None


class CodeState(StrEnum):
    """What a code is good for, in the hands of whoever opened it."""

    GOOD = "good"
    YOURS = "yours"  # it made them this speaker already
    TAKEN = "taken"  # somebody else is this speaker
    NOT_VALID = "not valid"  # unknown, used, withdrawn or too old
    TOO_MANY = "too many"  # of those that did not work, by this person: nothing was looked at


@dataclass(frozen=True, slots=True)
class CodeFound:
    """What became of an opened code. ``handle``: whose it is, empty if it is nobody's.

    ``try_again_at`` (in UTC): when codes are looked at again, if there were too many.
    """

    state: CodeState
    handle: str = ""
    try_again_at: datetime | None = None


@dataclass(frozen=True, slots=True)
class ActiveCodes:
    """How many codes of a speaker can still be used, and until when the last of them (in UTC)."""

    count: int = 0
    until: datetime | None = None


class RequestState(StrEnum):
    """What became of "I am this speaker"."""

    ASKED = "asked"
    WAITING = "waiting"  # asked before, and nobody has decided
    REFUSED = "refused"  # not long ago
    TOO_MANY = "too many"  # of them wait for a decision
    YOURS = "yours"
    NOBODY_TO_ASK = "nobody to ask"


@dataclass(frozen=True, slots=True)
class SpeakerRequest:
    """Somebody said without a code that they are this speaker. ``name``: what Telegram calls them; None once decided.

    ``granted`` None: nobody has decided.
    """

    id: int
    chat_id: int
    handle: str
    name: str | None
    asked_at: datetime
    decided_by: int | None = None
    granted: bool | None = None


class Decision(StrEnum):
    """What became of an organiser's yes or no."""

    DONE = "done"
    DECIDED_BEFORE = "decided before"
    TAKEN = "taken"  # somebody else is this speaker: that has to be undone first
    GONE = "gone"  # the request, or who asked


class ListOf(StrEnum):
    """Which speakers an organiser looks at."""

    ALL = "all"
    UNCLAIMED = "unclaimed"
    UNSEEN = "unseen"  # told of a change, and they did not tap "seen"


class SpeakerReminder(StrEnum):
    """When a speaker may be reminded of an appearance."""

    DAY = "day"  # at 18:00 the day before, by the event's clock
    HOUR = "hour"
    QUARTER = "quarter"


@dataclass(frozen=True, slots=True)
class SpeakerWishes:
    """Which reminders of their appearances a speaker wants."""

    day_before: bool = True
    hour_before: bool = True
    quarter_before: bool = True

    def wants(self, reminder: SpeakerReminder) -> bool:
        """Whether this one is wanted."""
        return {
            SpeakerReminder.DAY: self.day_before,
            SpeakerReminder.HOUR: self.hour_before,
            SpeakerReminder.QUARTER: self.quarter_before,
        }[reminder]

    def with_(self, reminder: SpeakerReminder, *, on: bool) -> SpeakerWishes:
        """Return the wishes with this one on or off."""
        match reminder:
            case SpeakerReminder.DAY:
                return replace(self, day_before=on)
            case SpeakerReminder.HOUR:
                return replace(self, hour_before=on)
            case _:
                return replace(self, quarter_before=on)


class CallKind(StrEnum):
    """What a speaker calls out to the organisers."""

    LATE = "late"
    ABSENT = "absent"
    HELP = "help"


class CallAnswer(StrEnum):
    """What an organiser answers with one tap."""

    SEEN = "seen"
    CALL = "call"  # please call or write to me
    COMING = "coming"


class CallState(StrEnum):
    """What became of a call."""

    SENT = "sent"
    TWICE = "twice"  # the same within two minutes
    NOBODY_TO_CALL = "nobody to call"


@dataclass(frozen=True, slots=True)
class SpeakerCall:
    """A speaker's call. ``handle``: of the speaker; ``session``: which one it is about, None: none is to come."""

    id: int
    chat_id: int
    handle: str
    session: str | None
    kind: CallKind
    called_at: datetime
    answer: CallAnswer | None = None
    answered_by: int | None = None
