"""What an edit makes worse: rooms and people that would be in two places, times that do not fit."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from content.agenda import Agenda, Room, Session, Speaker
from content.bookings import Clash, room_clashes, speaker_clashes


class DoubtKind(StrEnum):
    """What asks for a second look."""

    ROOM_TWICE = "room twice"
    SPEAKER_TWICE = "speaker twice"
    OUTSIDE_WHOLE = "outside the session it is part of"
    OUTSIDE_EVENT = "outside the event's days"
    PAST = "begins in the past"


@dataclass(frozen=True, slots=True)
class EditDoubt:
    """One doubt about ``session``; ``other``: with what it overlaps, or of what it is a block."""

    kind: DoubtKind
    session: Session
    other: Session | None = None
    room: Room | None = None
    speaker: Speaker | None = None


def edit_doubts(before: Agenda, after: Agenda, now: datetime) -> tuple[EditDoubt, ...]:
    """Return what is doubtful after an edit and was not before, each once; ``now`` is aware."""
    known = {_key(doubt) for doubt in _doubts(before, before, now)}
    found = {_key(doubt): doubt for doubt in _doubts(after, before, now)}
    return tuple(doubt for key, doubt in found.items() if key not in known)


def _doubts(agenda: Agenda, before: Agenda, now: datetime) -> Iterator[EditDoubt]:
    for room_id, clash in room_clashes(agenda):
        for session, other in _pairs(clash):
            yield EditDoubt(DoubtKind.ROOM_TWICE, session, other, room=agenda.room_by_id.get(room_id))
    for speaker_id, clash in speaker_clashes(agenda):
        for session, other in _pairs(clash):
            speaker = agenda.speaker_by_id.get(speaker_id)
            yield EditDoubt(DoubtKind.SPEAKER_TWICE, session, other, speaker=speaker)
    event = agenda.event
    for session in agenda.sessions:
        whole = agenda.session_by_id.get(session.part_of or "")
        if whole and not _within(session, whole):
            yield EditDoubt(DoubtKind.OUTSIDE_WHOLE, session, whole)
        if not event.starts_on <= session.starts_at.date() <= event.ends_on:
            yield EditDoubt(DoubtKind.OUTSIDE_EVENT, session)
        was = before.session_by_id.get(session.id)
        if session.ends_at <= now and was is not None and was.starts_at != session.starts_at:
            yield EditDoubt(DoubtKind.PAST, session)


def _pairs(clash: Clash) -> Iterator[tuple[Session, Session]]:
    for other in clash.others:
        yield clash.booking.session, other.session


def _key(doubt: EditDoubt) -> tuple[DoubtKind, frozenset[str], str]:
    sessions = frozenset((doubt.session.id, doubt.other.id) if doubt.other else (doubt.session.id,))
    return doubt.kind, sessions, doubt.speaker.id if doubt.speaker else doubt.room.id if doubt.room else ""


def _within(session: Session, whole: Session) -> bool:
    starts, ends = (each.timestamp() for each in (whole.starts_at, whole.ends_at))
    return starts <= session.starts_at.timestamp() and session.ends_at.timestamp() <= ends
