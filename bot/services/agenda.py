"""The agenda that everyone sees, and how a new one takes its place while people go on asking."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from functools import cache
from importlib import resources

from bot.clock import Clock
from bot.materials import ChatMaterial, MaterialState
from bot.models import THE_BUILT_IN_EVENT
from bot.publishing import ConfirmedEdit, EditEffects
from bot.services.added_materials import with_added, without_added
from bot.services.agenda_imports import (
    ImportPreview,
    ImportResult,
    NothingChanged,
    PreparedImport,
    StoredAgenda,
    VersionMovedError,
    prepare_import,
    preview_import,
    read_stored_agenda,
    store_import,
)
from bot.storage.chat_materials import read_materials
from bot.storage.database import Database
from bot.storage.inbox import StorageError
from bot.storage.revisions import fill_revisions
from bot.storage.versions import latest_version_number
from content.agenda import Agenda
from content.edit_effects import effects_between
from content.formats.yaml import read_agenda
from content.questions.index import QuestionIndex, build_index
from content.questions.names import documents_of, same_names

BUILT_IN_EVENT = "iasi-2023.yaml"
TRY_AGAIN = timedelta(minutes=10)  # a version that could not be taken over
logger = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class CurrentAgenda:
    """What everyone sees now: version ``version`` with the materials that people added in the chat.

    Every item has its handle. ``published``: the version alone, as it is kept.
    """

    version: int
    agenda: Agenda
    index: QuestionIndex
    published: Agenda

    @classmethod
    def of(
        cls, version: int, published: Agenda, added: Sequence[ChatMaterial] = (), before: CurrentAgenda | None = None
    ) -> CurrentAgenda:
        """Build the question index too, which takes a while for a large agenda: in a thread, not in the loop.

        That of the agenda ``before`` is kept if everything is still called the same.
        """
        agenda = with_added(published, added)
        is_kept = before is not None and same_names(before.agenda, agenda)
        return cls(version, agenda, before.index if before and is_kept else build_index(agenda), published)


@dataclass(frozen=True, slots=True)
class _Unusable:
    """A version that could not be taken over, when that was tried last."""

    version: int
    tried_at: datetime


class AgendaService:
    """Holds the current agenda in memory, and keeps it the one that the database has."""

    def __init__(self, database: Database, clock: Clock) -> None:
        self._database = database
        self._clock = clock
        self._lock = asyncio.Lock()
        self._current: CurrentAgenda | None = None
        self._added: tuple[ChatMaterial, ...] = ()
        self._unusable: _Unusable | None = None

    @property
    def current(self) -> CurrentAgenda:
        """The agenda that everyone sees now.

        Raises:
            RuntimeError: `load` was not awaited yet.
        """
        if self._current is None:
            raise RuntimeError("the agenda is not loaded yet")
        return self._current

    async def load(self) -> None:
        """Read the current agenda. An empty database gets the built-in event first, and a log line says so."""
        async with self._lock:
            stored = await read_stored_agenda(self._database)
            if stored.agenda is None:
                stored = await self._store_built_in_event(stored)
            self._added = await read_materials(self._database.reader, MaterialState.PUBLISHED)
            current = await _indexed(stored, self._added)
            async with self._database.transaction() as connection:
                await fill_revisions(connection, current.agenda, current.version)
            self._current = current

    async def refresh_if_changed(self) -> bool:
        """Take over a version that another process imported. One small read if there is none; returns whether.

        One that cannot be read or searched is logged, and the old one goes on; it is tried again after ten minutes.
        """
        latest = await latest_version_number(self._database.reader)
        if latest == self.current.version or self._is_unusable(latest):
            return False
        async with self._lock:
            try:
                stored = await read_stored_agenda(self._database)
                if stored.version == self.current.version:
                    return False
                current = await _indexed(stored, self._added)
            except StorageError:
                raise  # the database's trouble, not the version's: it passes
            except Exception as error:  # noqa: BLE001 - whatever is wrong with it, people go on asking
                self._note_unusable(latest, error)
                return False
            self._current, self._unusable = current, None
            logger.info("The agenda is now version %d, imported by another process", current.version)
            return True

    async def take_up_added(self) -> None:
        """Show what people added in the chat as it stands now; questions know its names a moment later."""
        async with self._lock:
            self._added = await read_materials(self._database.reader, MaterialState.PUBLISHED)
            current = self.current
            agenda = with_added(current.published, self._added)
            # The old index does no harm: what it names and the agenda lacks is not answered about.
            self._current = replace(current, agenda=agenda)
            if documents_of(agenda) != documents_of(current.agenda):
                index = await asyncio.to_thread(build_index, agenda)
                self._current = replace(self._current, index=index)

    async def stored(self) -> StoredAgenda:
        """Return what the database holds. Of the version that everyone sees nothing but the handles is read."""
        return await read_stored_agenda(self._database, self._current)

    async def preview(self, agenda: Agenda) -> ImportPreview:
        """Return what importing this agenda would do now.

        Raises:
            OtherEventError: the agenda is another event's.
        """
        stored = await self.stored()
        return await asyncio.to_thread(preview_import, stored, without_added(agenda))

    async def import_agenda(
        self,
        agenda: Agenda,
        *,
        author: str,
        note: str,
        expected_version: int | None = None,
        allow_mass_removal: bool = False,
        made_by: ConfirmedEdit | None = None,
    ) -> ImportResult | NothingChanged:
        """Make this agenda the current one. Whatever is raised, all is as it was.

        ``expected_version``: the version that was previewed; None: whichever is current. ``made_by``: the edit of
        which it is the result; it is kept with the version.

        Raises:
            OtherEventError: the agenda is another event's.
            MassRemovalError: it would remove more than half of the sessions, and that was not allowed.
            VersionMovedError: another version than the expected one is current.
        """
        async with self._lock:
            stored = await self.stored()
            if expected_version is not None and stored.version != expected_version:
                raise VersionMovedError(expected_version, stored.version)
            prepared = await asyncio.to_thread(
                prepare_import,
                stored,
                without_added(agenda),  # it may have been made from what everyone sees
                self._clock,
                author=author,
                note=note,
                allow_mass_removal=allow_mass_removal,
            )
            if isinstance(prepared, NothingChanged):
                return prepared
            # The index before the commit: an agenda that cannot be searched does not become the current one.
            current = await asyncio.to_thread(
                CurrentAgenda.of, prepared.version.number, prepared.agenda, self._added, self._current
            )
            await store_import(self._database, prepared, await _effects(made_by, stored, prepared))
            self._current = current
        logger.info("The agenda is now version %d, imported by %s", current.version, author)
        return ImportResult(current.version, prepared.changes)

    def _is_unusable(self, version: int) -> bool:
        found = self._unusable
        return found is not None and found.version == version and self._clock() - found.tried_at < TRY_AGAIN

    def _note_unusable(self, version: int, error: Exception) -> None:
        known = self._unusable is not None and self._unusable.version == version
        self._unusable = _Unusable(version, self._clock())
        logger.error(
            "Version %d of the agenda cannot be used, version %d goes on; the next try is in %d minutes",
            version,
            self.current.version,
            TRY_AGAIN / timedelta(minutes=1),
            exc_info=None if known else error,
        )

    async def _store_built_in_event(self, empty: StoredAgenda) -> StoredAgenda:
        agenda = await asyncio.to_thread(built_in_event)
        prepared = prepare_import(empty, agenda, self._clock, author="Ghid", note=THE_BUILT_IN_EVENT)
        if isinstance(prepared, NothingChanged):
            raise TypeError("an empty database differs from any agenda")
        try:
            await store_import(self._database, prepared)
        except VersionMovedError:
            logger.info("Another process imported the first agenda")
        else:
            name = agenda.event.name.pick(agenda.event.default_language)
            logger.info("The database was empty: Ghid starts with the built-in event, %s", name)
        return await read_stored_agenda(self._database)


@cache
def built_in_event() -> Agenda:
    """Read the event that comes with Ghid, once per process."""
    source = resources.files("content") / "data" / BUILT_IN_EVENT
    return read_agenda(source.read_bytes(), BUILT_IN_EVENT)


async def _effects(made_by: ConfirmedEdit | None, stored: StoredAgenda, prepared: PreparedImport) -> EditEffects | None:
    if made_by is None:
        return None
    effects = await asyncio.to_thread(lambda: effects_between(stored.with_handles(), prepared.agenda))
    return EditEffects(made_by, effects)


async def _indexed(stored: StoredAgenda, added: Sequence[ChatMaterial]) -> CurrentAgenda:
    return await asyncio.to_thread(lambda: CurrentAgenda.of(stored.version, stored.with_handles(), added))
