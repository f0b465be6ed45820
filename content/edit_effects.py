"""What an edit set, session by session: so that a file which would undo it can be told from one which knows it.

An edit also becomes a JSON-safe document here, and comes back from one.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import asdict, dataclass
from datetime import UTC, datetime
from enum import StrEnum
from typing import Any

from content.agenda import Agenda, Session
from content.edits import AgendaEdit, Cancel, ChangePerson, ChangeRoom, Move, Restore, RunLate

_KINDS: dict[str, type[AgendaEdit]] = {
    "move": Move,
    "late": RunLate,
    "room": ChangeRoom,
    "cancel": Cancel,
    "restore": Restore,
    "person": ChangePerson,
}
_NAMES = {kind: name for name, kind in _KINDS.items()}


class EffectField(StrEnum):
    """What of a session an edit can set."""

    STARTS = "starts"
    ENDS = "ends"
    ROOM = "room"
    CANCELLED = "cancelled"
    PEOPLE = "people"


@dataclass(frozen=True, slots=True)
class Effect:
    """One field of one session (by handle) as an edit left it; ``value`` is only ever compared."""

    session: str
    field: EffectField
    value: str


def effects_between(before: Agenda, after: Agenda) -> tuple[Effect, ...]:
    """Return what differs, as it is after. Both agendas carry handles; sessions that came or went are left out."""
    found = []
    for session in after.sessions:
        was = before.by_handle.get(session.handle)
        if isinstance(was, Session):
            old, new = _values(was, before), _values(session, after)
            found += [Effect(session.handle, field, new[field]) for field in EffectField if old[field] != new[field]]
    return tuple(found)


def undone_by(effects: Iterable[Effect], current: Agenda, coming: Agenda) -> frozenset[str]:
    """Return the handles of the sessions of which ``coming`` has another value where ``current`` still has the edit's.

    A session that ``coming`` lacks is one of them.
    """
    found = set()
    for effect in effects:
        now, then = current.by_handle.get(effect.session), coming.by_handle.get(effect.session)
        in_force = isinstance(now, Session) and _values(now, current)[effect.field] == effect.value
        kept = isinstance(then, Session) and _values(then, coming)[effect.field] == effect.value
        if in_force and not kept:
            found.add(effect.session)
    return frozenset(found)


def edit_document(edit: AgendaEdit) -> dict[str, Any]:
    """Return the edit as texts and numbers."""
    values = {name: value.isoformat() if isinstance(value, datetime) else value for name, value in asdict(edit).items()}
    return {"kind": _NAMES[type(edit)], **values}


def edit_of(document: Mapping[str, Any]) -> AgendaEdit:
    """Return the edit of a document.

    Raises:
        ValueError: it is none of ours.
    """
    values = {name: value for name, value in document.items() if name != "kind"}
    try:
        if "starts_at" in values:
            values["starts_at"] = datetime.fromisoformat(values["starts_at"])
        return _KINDS[document["kind"]](**values)
    except (KeyError, TypeError, ValueError) as error:
        raise ValueError(f"not an edit: {document!r}") from error


def _values(session: Session, agenda: Agenda) -> dict[EffectField, str]:
    room = agenda.room_by_id.get(session.room_id or "")
    people = sorted(
        f"{part.role} {speaker.handle}"
        for part in session.speakers
        if (speaker := agenda.speaker_by_id.get(part.speaker_id))
    )
    return {
        EffectField.STARTS: session.starts_at.astimezone(UTC).isoformat(),
        EffectField.ENDS: session.ends_at.astimezone(UTC).isoformat(),
        EffectField.ROOM: room.handle if room else "",
        EffectField.CANCELLED: str(session.cancelled),
        EffectField.PEOPLE: ",".join(people),
    }
