"""Which handle stands for which item of the agenda, across versions."""

from __future__ import annotations

import hashlib
import string
from collections.abc import Mapping
from dataclasses import replace

from bot.storage.handles import HandleKey, Handles
from content.agenda import Agenda
from content.questions.question import EntityKind

HANDLE_LENGTH = 8
_LETTERS = string.digits + string.ascii_lowercase


def assign_handles(known: Handles, agenda: Agenda, renamed_sessions: Mapping[str, str]) -> dict[HandleKey, str]:
    """Return every handle after ``agenda`` became current: those known, and new ones for what is new.

    ``renamed_sessions``: old id → new id of sessions recognised as the same; they keep their handle. A new handle
    follows from the event and the item's id alone, so that buttons and printed codes survive a lost database.
    """
    handles = _renamed(known, renamed_sessions)
    taken = set(handles.values())
    for key in _keys(agenda):
        if key not in handles:
            handles[key] = _new_handle(agenda.event.id, key, taken)
            taken.add(handles[key])
    return handles


def with_handles(agenda: Agenda, handles: Handles) -> Agenda:
    """Return the same agenda, every item with its handle."""
    return replace(
        agenda,
        sessions=tuple(replace(item, handle=handles[EntityKind.SESSION, item.id]) for item in agenda.sessions),
        speakers=tuple(replace(item, handle=handles[EntityKind.SPEAKER, item.id]) for item in agenda.speakers),
        rooms=tuple(replace(item, handle=handles[EntityKind.ROOM, item.id]) for item in agenda.rooms),
        tracks=tuple(replace(item, handle=handles[EntityKind.TRACK, item.id]) for item in agenda.tracks),
        materials=tuple(replace(item, handle=handles[EntityKind.MATERIAL, item.id]) for item in agenda.materials),
    )


def _keys(agenda: Agenda) -> list[HandleKey]:
    return [
        *((EntityKind.SESSION, item.id) for item in agenda.sessions),
        *((EntityKind.SPEAKER, item.id) for item in agenda.speakers),
        *((EntityKind.ROOM, item.id) for item in agenda.rooms),
        *((EntityKind.TRACK, item.id) for item in agenda.tracks),
        *((EntityKind.MATERIAL, item.id) for item in agenda.materials),
    ]


def _renamed(known: Handles, renamed_sessions: Mapping[str, str]) -> dict[HandleKey, str]:
    olds = [(EntityKind.SESSION, old) for old in renamed_sessions]
    news = [(EntityKind.SESSION, new) for new in renamed_sessions.values()]
    handles = {key: handle for key, handle in known.items() if key not in {*olds, *news}}
    handles.update({new: known[old] for old, new in zip(olds, news, strict=True)})
    # An id taken over may have been that of a session long gone. Its handle stays too, and points at an id left over.
    left_over = [old for old in olds if old not in news]
    displaced = [known[new] for new in news if new in known and new not in olds]
    handles.update(zip(left_over, displaced, strict=False))
    return handles


def _new_handle(event_id: str, key: HandleKey, taken: set[str]) -> str:
    attempt = 0
    while True:
        seed = "\n".join((event_id, key[0], key[1], str(attempt)))
        number = int.from_bytes(hashlib.sha256(seed.encode()).digest())
        handle = ""
        for _ in range(HANDLE_LENGTH):
            number, digit = divmod(number, len(_LETTERS))
            handle += _LETTERS[digit]
        if handle not in taken:
            return handle
        attempt += 1
