"""Which handle stands for which item of the agenda, across versions."""

from __future__ import annotations

import hashlib
import string
from collections.abc import Container, Mapping
from dataclasses import replace
from typing import TypeVar

from bot.storage.handles import HandleKey, Handles
from content.agenda import Agenda, Material, Room, Session, Speaker, Track
from content.questions.question import EntityKind

HANDLE_LENGTH = 8
T = TypeVar("T", Session, Speaker, Room, Track, Material)
_LETTERS = string.digits + string.ascii_lowercase


def assign_handles(known: Handles, agenda: Agenda, new_ids: Mapping[EntityKind, Mapping[str, str]]) -> Handles:
    """Return every handle after ``agenda`` became current: those known, and new ones for what is new.

    ``new_ids``: by kind, old id → new id of what was recognised as the same; it keeps its handle. A new handle follows
    from the event and the item's id alone, so that buttons and printed codes survive a lost database.
    """
    handles = _renamed(known, new_ids)
    taken = set(handles.values())
    for key in _keys(agenda):
        if key not in handles:
            handles[key] = new_handle(agenda.event.id, key, taken)
            taken.add(handles[key])
    return handles


def with_handles(agenda: Agenda, handles: Handles) -> Agenda:
    """Return the same agenda, every item with its handle; an item that has it already is the same object."""

    def of(kind: EntityKind, items: tuple[T, ...]) -> tuple[T, ...]:
        return tuple(
            item if item.handle == (handle := handles[kind, item.id]) else replace(item, handle=handle)
            for item in items
        )

    return replace(
        agenda,
        sessions=of(EntityKind.SESSION, agenda.sessions),
        speakers=of(EntityKind.SPEAKER, agenda.speakers),
        rooms=of(EntityKind.ROOM, agenda.rooms),
        tracks=of(EntityKind.TRACK, agenda.tracks),
        materials=of(EntityKind.MATERIAL, agenda.materials),
    )


def without_handles(agenda: Agenda) -> Agenda:
    """Return the same agenda as its source has it."""
    return with_handles(agenda, dict.fromkeys(_keys(agenda), ""))


def _keys(agenda: Agenda) -> list[HandleKey]:
    return [
        *((EntityKind.SESSION, item.id) for item in agenda.sessions),
        *((EntityKind.SPEAKER, item.id) for item in agenda.speakers),
        *((EntityKind.ROOM, item.id) for item in agenda.rooms),
        *((EntityKind.TRACK, item.id) for item in agenda.tracks),
        *((EntityKind.MATERIAL, item.id) for item in agenda.materials),
    ]


def _renamed(known: Handles, new_ids: Mapping[EntityKind, Mapping[str, str]]) -> dict[HandleKey, str]:
    pairs = [((kind, old), (kind, new)) for kind, ids in new_ids.items() for old, new in ids.items() if old != new]
    olds, news = {old for old, _ in pairs}, {new for _, new in pairs}
    handles = {key: handle for key, handle in known.items() if key not in olds | news}
    handles.update({new: known[old] for old, new in pairs})
    # An id taken over may have been that of an item long gone. Its handle stays too, and points at an id left over.
    for kind in new_ids:
        left_over = [old for old, _ in pairs if old[0] is kind and old not in news]
        displaced = [known[new] for _, new in pairs if new[0] is kind and new in known and new not in olds]
        handles.update(zip(left_over, displaced, strict=False))
    return handles


def new_handle(event_id: str, key: HandleKey, taken: Container[str]) -> str:
    """Return a handle that nothing has yet; it follows from the event and the item alone."""
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
