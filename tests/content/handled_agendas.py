"""Agendas whose handles can be read: ``s.``, ``p.`` or ``r.`` and the id."""

from __future__ import annotations

from dataclasses import replace

from content.agenda import Agenda


def handled(agenda: Agenda) -> Agenda:
    """Give every item a handle that follows from its id."""
    return replace(
        agenda,
        sessions=tuple(replace(each, handle=f"s.{each.id}") for each in agenda.sessions),
        speakers=tuple(replace(each, handle=f"p.{each.id}") for each in agenda.speakers),
        rooms=tuple(replace(each, handle=f"r.{each.id}") for each in agenda.rooms),
    )
