"""What an organiser changes on the day, a session at a time: an agenda and an edit make the next agenda.

Edits name sessions, rooms and people by handle, so that one that was decided on one version can be made on the next.
The blocks of a session go where it goes. A typed name that the agenda knows already is that room or person.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Mapping
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta

from anyascii import anyascii

from content.agenda import Agenda, Room, Session, SessionSpeaker, Speaker
from content.delays import delayed, moved, rest_of_day
from content.families import ancestors, descendants
from content.localized_text import LocalizedText


class EditTargetGoneError(LookupError):
    """The agenda has no such session, room or person (any more)."""


@dataclass(frozen=True, slots=True)
class Move:
    """Let a session begin at another moment (aware); it stays as long as it is."""

    session: str
    starts_at: datetime


@dataclass(frozen=True, slots=True)
class RunLate:
    """Let a session begin later or, if it has ``begun``, end later; and what follows in ``room`` that day too."""

    session: str
    minutes: int
    room: str = ""
    begun: bool = False


@dataclass(frozen=True, slots=True)
class ChangeRoom:
    """Let a session take place elsewhere: in the room of this handle, or in one named ``name``."""

    session: str
    room: str = ""
    name: str = ""


@dataclass(frozen=True, slots=True)
class Cancel:
    """Let a session not take place."""

    session: str


@dataclass(frozen=True, slots=True)
class Restore:
    """Let a cancelled session take place after all."""

    session: str


@dataclass(frozen=True, slots=True)
class ChangePerson:
    """Let one person go from a session (``out``), another come (``into``, or a new one of this ``name``), or both."""

    session: str
    out: str = ""
    into: str = ""
    name: str = ""


AgendaEdit = Move | RunLate | ChangeRoom | Cancel | Restore | ChangePerson


def apply_edit(agenda: Agenda, edit: AgendaEdit) -> Agenda:
    """Return the agenda after the edit; its items carry handles, what is new has an empty one.

    Raises:
        EditTargetGoneError: a session, room or person that the edit names is not in this agenda.
    """
    session = session_of(agenda, edit.session)
    match edit:
        case Move(starts_at=starts_at):
            by = starts_at.astimezone(UTC) - session.starts_at.astimezone(UTC)
            return _with(agenda, {each.id: _known_time(moved(each, by)) for each in _family(agenda, session)})
        case RunLate(minutes=minutes, room=room, begun=begun):
            rest = rest_of_day(agenda, session, _room(agenda, room).id) if room else ()
            return _with(agenda, delayed(agenda, session, timedelta(minutes=minutes), rest, begun=begun))
        case ChangeRoom():
            return _in_room(agenda, session, edit)
        case Cancel():
            return _with(agenda, {each.id: replace(each, cancelled=True) for each in _family(agenda, session)})
        case Restore():
            whole = [each for each in ancestors(agenda, session) if each.cancelled]
            return _with(
                agenda, {each.id: replace(each, cancelled=False) for each in (*_family(agenda, session), *whole)}
            )
        case ChangePerson():
            return _with_person(agenda, session, edit)


def session_of(agenda: Agenda, handle: str) -> Session:
    """Return the session of this handle.

    Raises:
        EditTargetGoneError: there is none.
    """
    found = agenda.by_handle.get(handle)
    if not isinstance(found, Session):
        raise EditTargetGoneError(handle)
    return found


def room_named(agenda: Agenda, name: str) -> Room | None:
    """Return the room that is called so in any language; None: none is."""
    return next((room for room in agenda.rooms if _is_called(name, (*room.name.texts.values(), *room.aliases))), None)


def person_named(agenda: Agenda, name: str) -> Speaker | None:
    """Return the person who is called exactly so; None: nobody is."""
    return next((speaker for speaker in agenda.speakers if _is_called(name, (speaker.name,))), None)


def _in_room(agenda: Agenda, session: Session, edit: ChangeRoom) -> Agenda:
    found = _room(agenda, edit.room) if edit.room else room_named(agenda, edit.name)
    if found is None:
        title = LocalizedText({agenda.event.default_language: edit.name})
        found = Room(_new_id(edit.name, agenda.room_by_id, "room"), title)
        agenda = replace(agenda, rooms=(*agenda.rooms, found))
    leaving = [
        each
        for each in _family(agenda, session)
        if each is session or (each.room_id is not None and each.room_id == session.room_id)
    ]
    return _with(agenda, {each.id: _known_room(replace(each, room_id=found.id)) for each in leaving})


def _with_person(agenda: Agenda, session: Session, edit: ChangePerson) -> Agenda:
    gone = _person(agenda, edit.out) if edit.out else None
    come = _person(agenda, edit.into) if edit.into else person_named(agenda, edit.name) if edit.name else None
    if come is None and edit.name:
        come = Speaker(_new_id(edit.name, agenda.speaker_by_id, "speaker"), edit.name)
        agenda = replace(agenda, speakers=(*agenda.speakers, come))
    if come is not None and "sessions" in come.unknown:
        named = replace(come, unknown=come.unknown - {"sessions"})
        agenda = replace(agenda, speakers=tuple(named if each is come else each for each in agenda.speakers))
    if gone is None:
        if come is None or any(part.speaker_id == come.id for part in session.speakers):
            return agenda
        parts = (*session.speakers, SessionSpeaker(come.id))
        return _with(agenda, {session.id: replace(session, speakers=parts, unknown=session.unknown - {"speakers"})})
    into = come.id if come else None
    return _with(
        agenda,
        {
            each.id: replace(each, speakers=_replaced(each.speakers, gone.id, into))
            for each in _sessions_left(agenda, session, gone.id)
        },
    )


def _sessions_left(agenda: Agenda, session: Session, speaker_id: str) -> list[Session]:
    """Return the session, its blocks, and what it is a block of unless the person is in another of its blocks."""
    family = _family(agenda, session)
    own = {each.id for each in family}
    wholes = [
        whole
        for whole in ancestors(agenda, session)
        if not any(
            part.speaker_id == speaker_id
            for block in descendants(agenda, whole)
            if block.id not in own and block.part_of == whole.id
            for part in block.speakers
        )
    ]
    return [*family, *wholes]


def _replaced(parts: tuple[SessionSpeaker, ...], out: str, into: str | None) -> tuple[SessionSpeaker, ...]:
    """Put one person in another's place; who has a part there already gets no second one."""
    there = {part.speaker_id for part in parts}
    if into is None or into in there:
        return tuple(part for part in parts if part.speaker_id != out)
    return tuple(replace(part, speaker_id=into) if part.speaker_id == out else part for part in parts)


def _room(agenda: Agenda, handle: str) -> Room:
    found = agenda.by_handle.get(handle)
    if not isinstance(found, Room):
        raise EditTargetGoneError(handle)
    return found


def _person(agenda: Agenda, handle: str) -> Speaker:
    found = agenda.by_handle.get(handle)
    if not isinstance(found, Speaker):
        raise EditTargetGoneError(handle)
    return found


def _family(agenda: Agenda, session: Session) -> tuple[Session, ...]:
    return (session, *descendants(agenda, session))


def _with(agenda: Agenda, changed: Mapping[str, Session]) -> Agenda:
    return replace(agenda, sessions=tuple(changed.get(session.id, session) for session in agenda.sessions))


def _known_time(session: Session) -> Session:
    """Take the time as published: an organiser said it."""
    return replace(session, illustrative=session.illustrative - {"time"}, unknown=session.unknown - {"time"})


def _known_room(session: Session) -> Session:
    return replace(session, illustrative=session.illustrative - {"room"}, unknown=session.unknown - {"room"})


def _new_id(name: str, taken: Collection[str], fallback: str) -> str:
    plain = re.sub(r"[^a-z0-9]+", "-", anyascii(name).lower()).strip("-") or fallback
    number, found = 1, plain
    while found in taken:
        number += 1
        found = f"{plain}-{number}"
    return found


def _is_called(name: str, names: Collection[str]) -> bool:
    return _folded(name) in map(_folded, names)


def _folded(name: str) -> str:
    return " ".join(name.casefold().split())
