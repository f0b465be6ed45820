"""What is on: now, next, on a day, in a part of a day, for a given moment."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from datetime import UTC, date, datetime, time, timedelta
from enum import StrEnum

from content.agenda import Agenda, Event, Room, Session, Track
from content.questions.question import DayPart

PART_BOUNDS = {
    DayPart.MORNING: (time(0), time(12)),
    DayPart.AFTERNOON: (time(12), time(18)),
    DayPart.EVENING: (time(18), time(23, 59, 59)),
}


class Phase(StrEnum):
    """Whether the event is still to come, on, or over."""

    BEFORE = "before"
    DURING = "during"
    AFTER = "after"


def local(event: Event, moment: datetime) -> datetime:
    """Return the moment (aware) on the event's clock."""
    return moment.astimezone(event.time_zone)


def phase(agenda: Agenda, now: datetime) -> Phase:
    """Return where ``now`` stands beside the event's days; sessions past midnight of the last day still count."""
    today = local(agenda.event, now).date()
    if today < agenda.event.starts_on:
        return Phase.BEFORE
    ends_at = max((session.ends_at for session in agenda.sessions), default=None)
    if today > agenda.event.ends_on and (ends_at is None or ends_at <= now):
        return Phase.AFTER
    return Phase.DURING


def held(sessions: Iterable[Session]) -> tuple[Session, ...]:
    """Leave out what is cancelled."""
    return tuple(session for session in sessions if not session.cancelled)


def on_now(agenda: Agenda, now: datetime) -> tuple[Session, ...]:
    """Return the sessions in progress, innermost only: a block stands for the session it is part of."""
    return innermost(session for session in held(agenda.sessions) if session.starts_at <= now < session.ends_at)


def on_next(agenda: Agenda, now: datetime) -> tuple[Session, ...]:
    """Return the sessions that share the next moment of start, innermost only; empty after the last one."""
    coming = [session for session in held(agenda.sessions) if session.starts_at > now]
    if not coming:
        return ()
    starts_at = min(session.starts_at for session in coming)
    return innermost(session for session in coming if session.starts_at == starts_at)


def in_room_at(agenda: Agenda, room_id: str, now: datetime) -> tuple[tuple[Session, ...], tuple[Session, ...]]:
    """Return what is on in a room, innermost only, and the next that starts there (none or one).

    A block elsewhere, or without a room of its own, does not stand for the session that is on here.
    """
    here = in_room(held(agenda.sessions), room_id)
    running = innermost(session for session in here if session.starts_at <= now < session.ends_at)
    return running, whole(session for session in here if session.starts_at > now)[:1]


def after(agenda: Agenda, anchor: Session) -> tuple[Session, ...]:
    """Return the sessions that start next when this one has ended, on its day; in parallel there may be several."""
    coming = [each for each in _beside(agenda, anchor) if each.starts_at >= anchor.ends_at]
    starts_at = min((each.starts_at for each in coming), default=None)
    return whole(each for each in coming if each.starts_at == starts_at)


def before(agenda: Agenda, anchor: Session) -> tuple[Session, ...]:
    """Return the sessions that end last before this one starts, on its day."""
    past = [each for each in _beside(agenda, anchor) if each.ends_at <= anchor.starts_at]
    ends_at = max((each.ends_at for each in past), default=None)
    return whole(each for each in past if each.ends_at == ends_at)


def _beside(agenda: Agenda, anchor: Session) -> Iterable[Session]:
    return (each for each in held(agenda.sessions_on(anchor.starts_at.date())) if each.id != anchor.id)


def innermost(sessions: Iterable[Session]) -> tuple[Session, ...]:
    """Leave out the sessions of which a block is in the list too: it stands for them."""
    listed = tuple(sessions)
    umbrellas = {session.part_of for session in listed}
    return tuple(session for session in listed if session.id not in umbrellas)


def whole(sessions: Iterable[Session]) -> tuple[Session, ...]:
    """Leave out the blocks whose own session is in the list too: it stands for them."""
    listed = tuple(sessions)
    ids = {session.id for session in listed}
    return tuple(session for session in listed if session.part_of not in ids)


def in_part(sessions: Iterable[Session], part: DayPart) -> tuple[Session, ...]:
    """Return the sessions that start in this part of their day."""
    starts, ends = PART_BOUNDS[part]
    return tuple(session for session in sessions if starts <= session.starts_at.time() < ends)


def at_clock(agenda: Agenda, day: date, starts: time, ends: time | None = None) -> tuple[Session, ...]:
    """Return the sessions in progress at a clock time of the day, or at some time of a span.

    A whole day from midnight to midnight of the event's zone counts as the day.
    """
    zone = agenda.event.time_zone
    begin = datetime.combine(day, starts, zone)
    if ends is None:
        return tuple(session for session in agenda.sessions if session.starts_at <= begin < session.ends_at)
    end = datetime.combine(day, ends, zone)
    if end <= begin:
        end += timedelta(days=1)
    return tuple(session for session in agenda.sessions if session.starts_at < end and session.ends_at > begin)


def in_room(sessions: Iterable[Session], room_id: str) -> tuple[Session, ...]:
    """Return the sessions in this room."""
    return tuple(session for session in sessions if session.room_id == room_id)


def in_track(sessions: Iterable[Session], track_id: str) -> tuple[Session, ...]:
    """Return the sessions of this track."""
    return tuple(session for session in sessions if session.track_id == track_id)


def in_place(sessions: Iterable[Session], place: Room | Track) -> tuple[Session, ...]:
    """Return the sessions in this room or of this track."""
    return in_room(sessions, place.id) if isinstance(place, Room) else in_track(sessions, place.id)


def clashes(sessions: Iterable[Session]) -> Iterator[tuple[Session, Session]]:
    """Yield the pairs of these sessions that overlap, the one that starts first in front, in order of start.

    What is cancelled, has no length or whose time nobody knows overlaps with nothing, and a block does not clash with
    the session it is part of.
    """
    timed = [each for each in held(sessions) if "time" not in each.unknown and each.duration > timedelta(0)]
    umbrella_of = {session.id: session.part_of for session in timed}
    running: list[tuple[datetime, Session]] = []  # by when they end
    # In UTC: in the night of a clock change the clock's times alone would lie.
    for session in sorted(timed, key=lambda each: each.starts_at.astimezone(UTC)):
        starts_at = session.starts_at.astimezone(UTC)
        running = [(ends_at, other) for ends_at, other in running if ends_at > starts_at]
        for _, other in running:
            if not _are_kin(other.id, session.id, umbrella_of):
                yield other, session
        running.append((session.ends_at.astimezone(UTC), session))


def _are_kin(one: str, other: str, umbrella_of: Mapping[str, str | None]) -> bool:
    return one in _umbrellas(other, umbrella_of) or other in _umbrellas(one, umbrella_of)


def _umbrellas(session_id: str, umbrella_of: Mapping[str, str | None]) -> set[str]:
    found: set[str] = set()
    umbrella = umbrella_of.get(session_id)
    while umbrella and umbrella not in found:
        found.add(umbrella)
        umbrella = umbrella_of.get(umbrella)
    return found
