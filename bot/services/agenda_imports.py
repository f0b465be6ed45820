"""A new agenda in the place of the old: compared, refused if it looks like a mistake, stored whole or not at all."""

from __future__ import annotations

import asyncio
import hashlib
import json
from dataclasses import dataclass
from typing import Protocol

from bot.clock import Clock
from bot.models import AgendaVersion
from bot.publishing import EditEffects
from bot.services.handles import assign_handles, with_handles, without_handles
from bot.storage.agendas import current_version, read_current_agenda, write_current_agenda
from bot.storage.chat_edits import add_chat_edit
from bot.storage.database import Database
from bot.storage.handles import Handles, read_handles, write_handles
from bot.storage.revisions import record_revisions
from bot.storage.versions import add_version, latest_version_number, packed
from content.agenda import Agenda
from content.changes import AgendaChanges, compare_agendas
from content.formats.documents import FORMAT, to_document
from content.questions.question import EntityKind


class OtherEventError(Exception):
    """The agenda is another event's; one database holds one. ``current`` and ``given`` are the events' ids."""

    def __init__(self, current: str, given: str) -> None:
        super().__init__(f"this database holds {current}, not {given}")
        self.current = current
        self.given = given


class MassRemovalError(Exception):
    """The agenda lacks more than half of the sessions there are: ``removed`` of ``total``."""

    def __init__(self, removed: int, total: int) -> None:
        super().__init__(f"{removed} of {total} sessions would be removed")
        self.removed = removed
        self.total = total


class VersionMovedError(Exception):
    """Somebody imported in between: ``expected`` was current when it was decided, ``found`` is now."""

    def __init__(self, expected: int, found: int) -> None:
        super().__init__(f"version {found} is current, not {expected}")
        self.expected = expected
        self.found = found


@dataclass(frozen=True, slots=True)
class StoredAgenda:
    """What the database holds; ``version`` 0 and ``agenda`` None: nothing yet. Its items may lack their handles."""

    version: int
    agenda: Agenda | None
    handles: Handles

    def with_handles(self) -> Agenda:
        """Return the agenda, every item with its handle.

        Raises:
            ValueError: there is no agenda yet.
        """
        if self.agenda is None:
            raise ValueError("nothing was imported yet")
        return with_handles(self.agenda, self.handles)


class StoredVersion(Protocol):
    """A version whose agenda is in memory."""

    @property
    def version(self) -> int: ...

    @property
    def published(self) -> Agenda: ...


@dataclass(frozen=True, slots=True)
class ImportPreview:
    """What an import would do to version ``version``."""

    version: int
    changes: AgendaChanges


@dataclass(frozen=True, slots=True)
class PreparedImport:
    """All that is left to do is to store it. ``agenda`` carries handles."""

    version: AgendaVersion
    agenda: Agenda
    handles: Handles
    changes: AgendaChanges
    before: Agenda | None = None
    """What it takes the place of."""


@dataclass(frozen=True, slots=True)
class ImportResult:
    """The agenda is now version ``version``."""

    version: int
    changes: AgendaChanges


@dataclass(frozen=True, slots=True)
class NothingChanged:
    """The agenda is the same as version ``version``, which stays current."""

    version: int


async def read_stored_agenda(database: Database, known: StoredVersion | None = None) -> StoredAgenda:
    """Read the current version as it is at one moment; of the ``known`` one, if it is that, only the handles."""
    # In a transaction, lest another process's import comes between two of its statements.
    async with database.transaction() as connection:
        version = await current_version(connection)
        is_known = known is not None and known.version == version
        return StoredAgenda(
            version=version,
            agenda=known.published if known and is_known else await read_current_agenda(connection),
            handles=await read_handles(connection),
        )


def preview_import(stored: StoredAgenda, agenda: Agenda) -> ImportPreview:
    """Return what the import would do. Takes a while for a large agenda: in a thread, not in the loop.

    Raises:
        OtherEventError: the agenda is another event's.
    """
    return ImportPreview(stored.version, _compared(stored, agenda))


def prepare_import(
    stored: StoredAgenda, agenda: Agenda, clock: Clock, *, author: str, note: str, allow_mass_removal: bool = False
) -> PreparedImport | NothingChanged:
    """Do all of the work that needs no database. Takes a while for a large agenda: in a thread, not in the loop.

    Raises:
        OtherEventError: the agenda is another event's.
        MassRemovalError: it would remove more than half of the sessions, and that was not allowed.
    """
    changes = _compared(stored, agenda)
    if stored.agenda is not None:
        # What differs in no field can still stand in another order, or have other ids.
        if not changes and _document(without_handles(stored.agenda)) == _document(without_handles(agenda)):
            return NothingChanged(stored.version)
        removed, total = len(changes.sessions.removed), len(stored.agenda.sessions)
        if removed * 2 > total and not allow_mass_removal:
            raise MassRemovalError(removed, total)
    handles = assign_handles(
        stored.handles,
        agenda,
        {
            EntityKind.SESSION: changes.sessions.new_ids,
            EntityKind.SPEAKER: changes.speakers.new_ids,
            EntityKind.ROOM: changes.rooms.new_ids,
            EntityKind.TRACK: changes.tracks.new_ids,
            EntityKind.MATERIAL: changes.materials.new_ids,
        },
    )
    # With its handles: ids may be given to other sessions later, and old versions are still to be read.
    handled = with_handles(agenda, handles)
    document = _document(handled)
    version = AgendaVersion(
        number=stored.version + 1,
        created_at=clock(),
        author=author,
        note=note,
        format=f"ghid-json-{FORMAT}",
        sha256=hashlib.sha256(document.encode()).hexdigest(),
        document=document,
    )
    return PreparedImport(version, handled, handles, changes, stored.agenda)


async def store_import(database: Database, prepared: PreparedImport, made_by: EditEffects | None = None) -> None:
    """Make the prepared agenda the current one, or leave everything as it was. ``made_by``: the edit that it is.

    Raises:
        VersionMovedError: another version became current since it was prepared.
        sqlite3.IntegrityError: the agenda points at something it does not have.
    """
    number = prepared.version.number
    document = await asyncio.to_thread(packed, prepared.version)
    async with database.transaction() as connection:
        found = await latest_version_number(connection)
        if found != number - 1:
            raise VersionMovedError(number - 1, found)
        await add_version(connection, prepared.version, document)
        if made_by is not None:
            await add_chat_edit(connection, number, made_by)
        await write_current_agenda(connection, prepared.agenda, number, before=prepared.before)
        await write_handles(connection, prepared.handles)
        await record_revisions(connection, prepared.agenda, number, changed=_changed_sessions(prepared))


def _changed_sessions(prepared: PreparedImport) -> set[str]:
    """Return the handles of the sessions that read otherwise than before, because of their room or speakers too."""
    changes, handles = prepared.changes, prepared.handles
    rooms, tracks, speakers = (
        {change.new.id for change in kind.changed} for kind in (changes.rooms, changes.tracks, changes.speakers)
    )
    ids = {session.id for session in (*changes.sessions.added, *changes.sessions.removed)}
    ids |= {change.new.id for change in changes.sessions.changed}
    ids |= {
        session.id
        for session in prepared.agenda.sessions
        if changes.event
        or session.room_id in rooms
        or session.track_id in tracks
        or any(part.speaker_id in speakers for part in session.speakers)
    }
    return {handles[EntityKind.SESSION, id_] for id_ in ids}


def _compared(stored: StoredAgenda, agenda: Agenda) -> AgendaChanges:
    if stored.agenda is not None and stored.agenda.event.id != agenda.event.id:
        raise OtherEventError(stored.agenda.event.id, agenda.event.id)
    return compare_agendas(stored.agenda or Agenda(agenda.event), agenda)


def _document(agenda: Agenda) -> str:
    return json.dumps(to_document(agenda), ensure_ascii=False, separators=(",", ":"))
