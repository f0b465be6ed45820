"""Reading an old version of the agenda, its items with their handles."""

from __future__ import annotations

import asyncio
import json
from collections import defaultdict

from bot.models import AgendaVersion
from bot.services.handles import with_handles
from bot.storage.database import Connection
from bot.storage.handles import Handles, read_handles
from bot.storage.versions import read_version
from content.agenda import Agenda
from content.changes import compare_agendas
from content.formats.documents import from_document
from content.questions.question import EntityKind


class NoSuchVersionError(LookupError):
    """There is no version ``number``."""

    def __init__(self, number: int) -> None:
        super().__init__(f"there is no version {number} of the agenda")
        self.number = number


async def read_agenda_of(connection: Connection, number: int, current: Agenda) -> Agenda:
    """Read a version, its items with their handles. ``current``: the current agenda, with handles.

    Raises:
        NoSuchVersionError: there is no such number.
        DocumentError: a newer Ghid wrote it, or it is damaged.
    """
    version = await read_version(connection, number)
    if version is None:
        raise NoSuchVersionError(number)
    handles = await read_handles(connection)
    return await asyncio.to_thread(_agenda_of, version, handles, current)


def _agenda_of(version: AgendaVersion, handles: Handles, current: Agenda) -> Agenda:
    agenda = from_document(json.loads(version.document))
    if all(session.handle for session in agenda.sessions):
        return agenda
    # Versions from before attendees could follow were kept without handles. An id that changed since is known by what
    # it became; an item that is nowhere any more may keep none, and nobody can have followed it.
    changes = compare_agendas(agenda, current)
    new_ids = {
        EntityKind.SESSION: changes.sessions.new_ids,
        EntityKind.SPEAKER: changes.speakers.new_ids,
        EntityKind.ROOM: changes.rooms.new_ids,
        EntityKind.TRACK: changes.tracks.new_ids,
        EntityKind.MATERIAL: changes.materials.new_ids,
    }
    kept = {(kind, old): handles[kind, new] for kind, ids in new_ids.items() for old, new in ids.items()}
    return with_handles(agenda, defaultdict(str, {**handles, **kept}))
