"""The values that rows become."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from enum import Enum, IntEnum, StrEnum
from typing import Any

from content.agenda import Agenda, Session, Speaker
from content.notices import SessionNews

COMMAND_LINE = "command line"
"""Who imported a version by `ghid import`, or undid one; people read other words for it."""

FROM_THE_CHAT = "organiser"
"""Who changed a version from the organisers' desk. Attendees read no more; who it was stands in the trail."""

THE_BUILT_IN_EVENT = "the built-in event"
"""The note of the version that an empty database begins with; people read other words for it."""

LEADS = (5, 10, 15, 30, 60)
"""How many minutes before a session a reminder may come; 0 stands for none."""
JUST_TOLD = timedelta(minutes=1)
"""A reminder due within this of following its session does not come: the start is said when it is followed."""


@dataclass(frozen=True, slots=True)
class Attendee:
    """Anyone who talks to the bot.

    ``language`` is always one of ours; ``language_chosen`` is false while it is only a guess, because Telegram named
    none of ours and the person has not chosen. Days are in UTC. ``blocked_at``: when Telegram said that this person
    blocked the bot; None once they write again.
    """

    chat_id: int
    language: str = "en"
    language_chosen: bool = True
    first_seen_on: date = date.min
    last_seen_on: date = date.min
    blocked_at: datetime | None = None


@dataclass(frozen=True, slots=True)
class AgendaVersion:
    """The agenda as it was after one import. ``document`` is JSON text in ``format``, ``sha256`` its hash in hex.

    Numbers begin at 1. ``author``: who imported it, in words; ``note``: why, may be empty.
    """

    number: int
    created_at: datetime
    author: str
    note: str
    format: str
    sha256: str
    document: str


@dataclass(frozen=True, slots=True)
class VersionEntry:
    """A line of the agenda's history: an `AgendaVersion` without its document."""

    number: int
    created_at: datetime
    author: str
    note: str


@dataclass(frozen=True, slots=True)
class RecentChange:
    """A session that differs from what it was. ``version``: the last one that changed it."""

    news: SessionNews
    version: VersionEntry


@dataclass(frozen=True, slots=True)
class RecentChanges:
    """What differs now from version ``since`` (None: there is no earlier one), what is still to come first."""

    since: VersionEntry | None = None
    changes: tuple[RecentChange, ...] = ()


@dataclass(frozen=True, slots=True)
class InboxItem:
    """An update that Telegram handed over and that is not yet handled.

    ``attempts`` counts the tries so far; ``deaths``: how many processes ended while it was in hand, as far as known.
    """

    update_id: int
    chat_id: int | None
    payload: str
    attempts: int = 0
    deaths: int = 0


class NeverReason(Enum):
    """Why a message can never be sent as it is."""

    BLOCKED = "blocked"
    DEACTIVATED = "deactivated"
    CHAT_NOT_FOUND = "chat not found"
    FORBIDDEN = "forbidden"
    BAD_REQUEST = "bad request"


@dataclass(frozen=True, slots=True)
class Sent:
    """Telegram took it (or showed it already)."""

    message_id: int


@dataclass(frozen=True, slots=True)
class Later:
    """Not now. ``after``: what Telegram asked for, None if it did not say.

    ``may_have_been_sent``: trying again may show the message twice. ``error``: for a caller that gives up by raising.
    """

    after: timedelta | None
    may_have_been_sent: bool
    error: Exception = field(compare=False, repr=False)


@dataclass(frozen=True, slots=True)
class Never:
    """Not this message to this chat, ever. ``error`` as in `Later`."""

    reason: NeverReason
    error: Exception = field(compare=False, repr=False)


Outcome = Sent | Later | Never
"""What became of a message handed to Telegram."""


class MediaKind(StrEnum):
    """What Telegram shows a file as."""

    PHOTO = "photo"
    DOCUMENT = "document"


@dataclass(frozen=True, slots=True)
class Media:
    """A file that Telegram keeps for this bot under ``file_id``."""

    kind: MediaKind
    file_id: str


class NoticeKind(StrEnum):
    """What a message sent unasked is about."""

    REMINDER = "reminder"
    CHANGE = "change"
    MATERIAL = "material"
    BROADCAST = "broadcast"
    ANSWER = "answer"
    SPEAKER = "speaker"  # to a speaker, about their own appearances
    SPEAKER_CALL = "speaker call"  # from a speaker to the organisers
    ORGANISERS = "organisers"


class Priority(IntEnum):
    """Which message sent unasked goes first: the smaller."""

    URGENT = 5
    SPEAKER = 8
    REMINDER = 10
    ANSWER = 15
    CHANGE = 20
    MATERIAL = 25
    BROADCAST = 30


@dataclass(frozen=True, slots=True)
class OutboxItem:
    """A message to be sent unasked. ``key`` says what it is about: planned twice, it is sent once.

    ``payload``: JSON-safe, as little as needed to write the text at the moment of sending. ``expires_at``: after it
    the message is better not sent.
    """

    id: int
    key: str
    chat_id: int
    kind: NoticeKind
    priority: Priority
    payload: Mapping[str, Any]
    not_before: datetime
    expires_at: datetime
    attempts: int = 0


@dataclass(frozen=True, slots=True)
class NoticeWishes:
    """How a person wants to be told. ``lead_minutes``: 0 means no reminders."""

    lead_minutes: int = 10
    changes: bool = True
    quiet_hours: bool = True


@dataclass(frozen=True, slots=True)
class SessionWish:
    """What a person wants for one session alone; ``lead_minutes`` None: as for all."""

    lead_minutes: int | None = None
    muted: bool = False


@dataclass(frozen=True, slots=True)
class Follows:
    """What one person follows, by handle, and how they want to be told."""

    sessions: frozenset[str] = frozenset()
    speakers: frozenset[str] = frozenset()
    wishes: NoticeWishes = NoticeWishes()
    session_wishes: Mapping[str, SessionWish] = field(default_factory=dict)

    def muted(self, handle: str) -> bool:
        """Whether this session is to stay silent."""
        return self.session_wishes.get(handle, SessionWish()).muted

    def lead(self, handle: str) -> timedelta | None:
        """Return how long before this session to remind; None: not at all."""
        own = self.session_wishes.get(handle, SessionWish())
        minutes = self.wishes.lead_minutes if own.lead_minutes is None else own.lead_minutes
        return None if own.muted or minutes == 0 else timedelta(minutes=minutes)

    def sessions_in(self, agenda: Agenda) -> tuple[Session, ...]:
        """Return the sessions of this agenda that are followed, directly or through a speaker, in order of start."""
        ids = set[str]()
        for handle in self.sessions | self.speakers:
            match agenda.by_handle.get(handle):
                case Session(id=session_id):
                    ids.add(session_id)
                case Speaker(id=speaker_id):
                    ids.update(session.id for session in agenda.sessions_of(speaker_id))
                case _:
                    pass  # it left the agenda
        return tuple(session for session in agenda.sessions if session.id in ids) if ids else ()


@dataclass(frozen=True, slots=True)
class Organiser:
    """An attendee with rights. ``invited_by`` None: the command line or ORGANISER_IDS."""

    chat_id: int
    since: datetime
    invited_by: int | None = None


@dataclass(frozen=True, slots=True)
class AuditEntry:
    """Something an organiser did. ``actor`` None: the command line."""

    at: datetime
    actor: int | None
    action: str
    details: Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Dialog:
    """What somebody is in the middle of: which conversation (``kind``) and where in it (JSON-safe ``state``)."""

    kind: str
    state: Mapping[str, Any]
    updated_at: datetime
