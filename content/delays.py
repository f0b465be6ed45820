"""A session that runs late, and what follows it in its room that day."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import UTC, datetime, timedelta

from content.agenda import Agenda, Session
from content.families import ancestors, descendants


def later(moment: datetime, by: timedelta) -> datetime:
    """Return the moment (aware) so much later in its own zone, where the clock may have been changed meanwhile."""
    return (moment.astimezone(UTC) + by).astimezone(moment.tzinfo)


def moved(session: Session, by: timedelta) -> Session:
    """Return the session so much later, and everybody's own minutes with it."""
    parts = tuple(
        replace(
            part,
            starts_at=part.starts_at and later(part.starts_at, by),
            ends_at=part.ends_at and later(part.ends_at, by),
        )
        for part in session.speakers
    )
    return replace(session, starts_at=later(session.starts_at, by), ends_at=later(session.ends_at, by), speakers=parts)


def room_of(agenda: Agenda, session: Session) -> str | None:
    """Return the id of the session's room; a block without one is where its session is. None: nobody knows."""
    wholes = (session, *ancestors(agenda, session))
    return next((each.room_id for each in wholes if each.room_id is not None), None)


def rest_of_day(agenda: Agenda, session: Session, room_id: str | None) -> tuple[Session, ...]:
    """Return what begins after this session in a room on its day, whole sessions and blocks; cancelled ones left out.

    Its own blocks and what it is a block of are not in it; empty if there is no room.
    """
    if room_id is None:
        return ()
    kin = {each.id for each in (session, *ancestors(agenda, session), *descendants(agenda, session))}
    return tuple(
        each
        for each in agenda.sessions
        if _at(each) > _at(session)
        and each.starts_at.date() == session.starts_at.date()
        and not each.cancelled
        and each.id not in kin
        and room_of(agenda, each) == room_id
    )


def delayed(
    agenda: Agenda, session: Session, delay: timedelta, rest: Sequence[Session], *, begun: bool
) -> dict[str, Session]:
    """Return the sessions that a delay changes, as they are after it, by id.

    ``begun``: the session's start stays and its end moves. ``rest`` moves too; then what the session is a block of
    ends later, or moves whole if nothing of it came before.
    """
    wholes = ancestors(agenda, session)
    first = [] if begun else [session, *(each for each in wholes if rest and _at(each) == _at(session))]
    moving = {kin.id: kin for each in (*first, *rest) for kin in (each, *descendants(agenda, each))}
    changed = {id_: moved(each, delay) for id_, each in moving.items()}
    if begun:
        changed[session.id] = _longer(session, delay)
    for whole in wholes:
        if whole.id not in changed and (rest or (begun and _ends(changed[session.id]) > _ends(whole))):
            changed[whole.id] = _longer(whole, delay)
    return changed


def _longer(session: Session, by: timedelta) -> Session:
    return replace(session, ends_at=later(session.ends_at, by))


def _at(session: Session) -> float:
    return session.starts_at.timestamp()


def _ends(session: Session) -> float:
    return session.ends_at.timestamp()
