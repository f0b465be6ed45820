"""Slides and documents that people add in the chat, beside the agenda's versions: the values."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum

from bot.models import Media
from content.agenda import Agenda, Session, Speaker


class MaterialState(StrEnum):
    """Where a material stands: only published ones are seen by attendees."""

    WAITING = "waiting"
    PUBLISHED = "published"
    REFUSED = "refused"


class MaterialSource(StrEnum):
    """Who adds materials."""

    ORGANISER = "organiser"
    SPEAKER = "speaker"


class MaterialAudience(StrEnum):
    """Who is told when a material can be had: those who asked, or those who follow what it belongs to as well."""

    WAITING = "waiting"
    FOLLOWERS = "followers"


@dataclass(frozen=True, slots=True)
class Embargo:
    """Until when nobody gets the thing itself; neither: at once. ``until`` is aware.

    ``after_session``: until the end of its session; of a speaker's last one if it belongs to a speaker.
    """

    until: datetime | None = None
    after_session: bool = False


@dataclass(frozen=True, slots=True)
class MaterialContent:
    """The thing itself: either a link or a file that Telegram keeps."""

    url: str | None = None
    media: Media | None = None


@dataclass(frozen=True, slots=True)
class MaterialDraft:
    """What a material is to be. ``belongs_to``: the handle of a session or speaker; None: the event.

    ``speaker``: the handle of the one of a session's speakers whose slides these are; None: the whole session's.
    """

    belongs_to: str | None
    content: MaterialContent = field(default_factory=MaterialContent)
    title: str = ""
    embargo: Embargo = field(default_factory=Embargo)
    speaker: str | None = None

    @property
    def mark(self) -> str:
        """A short mark that tells it from another one, so that a change of somebody else is noticed."""
        return hashlib.sha256(repr(self).encode()).hexdigest()[:16]


@dataclass(frozen=True, slots=True)
class ChatMaterial:
    """A material as it is kept. ``added_by``: a chat id. Moments are in UTC.

    ``replaces``: the id of the material whose place it takes once it is published. ``refusal``: why it was refused,
    in the organiser's words. ``audience``: who is told of it. ``told``: the followers were, if they are to be.
    """

    id: int
    handle: str
    draft: MaterialDraft
    state: MaterialState
    source: MaterialSource
    added_by: int
    added_at: datetime
    replaces: int | None = None
    decided_by: int | None = None
    refusal: str = ""
    audience: MaterialAudience = MaterialAudience.WAITING
    told: bool = False


@dataclass(frozen=True, slots=True)
class MaterialOutcome:
    """What became of slides that a speaker sent. ``why``: the organiser's word with a refusal; may be empty."""

    title: str
    published: bool
    why: str = ""


@dataclass(frozen=True, slots=True)
class MaterialNews:
    """What one person is told at once. ``asked_for``: they asked; else they follow what these belong to.

    ``about``: the handle of that session or speaker; ``materials``: the handles of what can be had now.
    """

    about: str
    materials: tuple[str, ...]
    asked_for: bool = True


def belongs_nowhere(draft: MaterialDraft, agenda: Agenda) -> bool:
    """Whether what it belongs to left the agenda."""
    return draft.belongs_to is not None and owner_of(draft, agenda) is None


def owner_of(draft: MaterialDraft, agenda: Agenda) -> Session | Speaker | None:
    """Return the session or speaker that a material belongs to; None: it is the event's, or that one is gone."""
    owner = agenda.by_handle.get(draft.belongs_to or "")
    return owner if isinstance(owner, Session | Speaker) else None


def end_of(owner: Session | Speaker | None, agenda: Agenda) -> datetime | None:
    """Return when the session, or the speaker's last one, is over; None: there is none."""
    match owner:
        case Session():
            return owner.ends_at
        case Speaker():
            sessions = [session for session in agenda.sessions_of(owner.id) if not session.cancelled]
            return max((session.ends_at for session in sessions), default=None, key=datetime.timestamp)
        case _:
            return None


def opens_at(draft: MaterialDraft, agenda: Agenda) -> datetime | None:
    """Return when people may have it, in the event's zone; None: at once."""
    if draft.embargo.after_session:
        return end_of(owner_of(draft, agenda), agenda)
    until = draft.embargo.until
    return until.astimezone(agenda.event.time_zone) if until else None
