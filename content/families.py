"""Sessions that are blocks of others, at whatever remove."""

from __future__ import annotations

from content.agenda import Agenda, Session


def ancestors(agenda: Agenda, session: Session) -> tuple[Session, ...]:
    """Return the session that this one is a block of, what that is a block of, and so on. A circle ends."""
    found: dict[str, Session] = {}
    whole = agenda.session_by_id.get(session.part_of or "")
    while whole and whole.id not in found and whole.id != session.id:
        found[whole.id] = whole
        whole = agenda.session_by_id.get(whole.part_of or "")
    return tuple(found.values())


def descendants(agenda: Agenda, session: Session) -> tuple[Session, ...]:
    """Return the blocks of a session, their blocks, and so on. A circle ends."""
    blocks: dict[str, list[Session]] = {}
    for each in agenda.sessions:
        if each.part_of:
            blocks.setdefault(each.part_of, []).append(each)
    found: dict[str, Session] = {}
    waiting = [session.id]
    while waiting:
        for block in blocks.get(waiting.pop(), ()):
            if block.id not in found and block.id != session.id:
                found[block.id] = block
                waiting.append(block.id)
    return tuple(found.values())
