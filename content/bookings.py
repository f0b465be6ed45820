"""Rooms and people that are in two sessions at the same time."""

from __future__ import annotations

import heapq
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime

from content.agenda import Agenda, Session, SessionKind

MAX_OTHERS = 3
_FREE_FOR_ALL = {SessionKind.BREAK, SessionKind.SOCIAL}


@dataclass(frozen=True, slots=True)
class Booking:
    """A room's or a person's time in one session. Moments are aware; UTC makes them comparable across clock changes."""

    session: Session
    starts_at: datetime
    ends_at: datetime


@dataclass(frozen=True, slots=True)
class Clash:
    """A booking that overlaps with others which began no later: the first few of them."""

    booking: Booking
    others: tuple[Booking, ...]


def room_clashes(agenda: Agenda) -> Iterator[tuple[str, Clash]]:
    """Yield the id of each room with its clashes. A block does not clash with the session it is part of."""
    by_room: dict[str, list[Booking]] = {}
    for session in _taking_place(agenda):
        if session.room_id:
            by_room.setdefault(session.room_id, []).append(Booking(session, session.starts_at, session.ends_at))
    yield from _clashes(agenda, by_room, _both_are_breaks)


def speaker_clashes(agenda: Agenda) -> Iterator[tuple[str, Clash]]:
    """Yield the id of each speaker with their clashes; their own minutes count where they have any."""
    by_speaker: dict[str, list[Booking]] = {}
    for session in _taking_place(agenda):
        if session.kind in _FREE_FOR_ALL:
            continue
        for part in session.speakers:
            booking = Booking(session, part.starts_at or session.starts_at, part.ends_at or session.ends_at)
            by_speaker.setdefault(part.speaker_id, []).append(booking)
    yield from _clashes(agenda, by_speaker, lambda one, other: one is other)


def _taking_place(agenda: Agenda) -> Iterable[Session]:
    return (session for session in agenda.sessions if not session.cancelled)


def _both_are_breaks(one: Session, other: Session) -> bool:
    return one.kind in _FREE_FOR_ALL and other.kind in _FREE_FOR_ALL


def _clashes(
    agenda: Agenda, bookings: dict[str, list[Booking]], may_overlap: Callable[[Session, Session], bool]
) -> Iterator[tuple[str, Clash]]:
    for owner, owned in bookings.items():
        running: list[tuple[float, int, Booking]] = []  # by end, so that what is over leaves at once
        for number, booking in enumerate(sorted(owned, key=lambda booking: booking.starts_at.timestamp())):
            start, end = booking.starts_at.timestamp(), booking.ends_at.timestamp()
            while running and running[0][0] <= start:
                heapq.heappop(running)
            others = []
            for _, _, other in running:
                sessions = (booking.session, other.session)
                if not _are_kin(agenda, *sessions) and not may_overlap(*sessions):
                    others.append(other)
                    if len(others) == MAX_OTHERS:
                        break
            if others and end > start:
                yield owner, Clash(booking, tuple(others))
            if end > start:
                heapq.heappush(running, (end, number, booking))


def _are_kin(agenda: Agenda, one: Session, other: Session) -> bool:
    """Tell whether one of them is, at whatever remove, a part of the other."""
    if not one.part_of and not other.part_of:
        return False  # most sessions; the umbrellas of each pair would take most of the time
    return other.id in _umbrellas(agenda, one) or one.id in _umbrellas(agenda, other)


def _umbrellas(agenda: Agenda, session: Session) -> set[str]:
    found: set[str] = set()
    parent = session.part_of
    while parent and parent not in found:
        found.add(parent)
        umbrella = agenda.session_by_id.get(parent)
        parent = umbrella.part_of if umbrella else None
    return found
