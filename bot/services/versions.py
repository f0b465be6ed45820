"""The versions of the agenda: each one as it was, their history, and the way back."""

from __future__ import annotations

import asyncio
from collections import OrderedDict

from bot.models import VersionEntry
from bot.services.agenda import AgendaService
from bot.services.agenda_imports import ImportResult, NothingChanged
from bot.services.stored_versions import read_agenda_of
from bot.storage.database import Database
from bot.storage.versions import read_history
from content.agenda import Agenda

_REMEMBERED = 4  # what people were last told of is rarely further back; a large agenda takes megabytes


class VersionService:
    """Reads old versions, and makes one of them the current agenda again."""

    def __init__(self, database: Database, agenda: AgendaService) -> None:
        self._database = database
        self._agenda = agenda
        self._lock = asyncio.Lock()
        self._remembered: OrderedDict[int, Agenda] = OrderedDict()

    async def version(self, number: int) -> Agenda:
        """Return the agenda as it was in this version, every item with its handle.

        Raises:
            NoSuchVersionError: there is no such number.
            DocumentError: a newer Ghid wrote it, or it is damaged.
        """
        current = self._agenda.current
        if number == current.version:
            return current.published
        async with self._lock:
            if number in self._remembered:
                self._remembered.move_to_end(number)
                return self._remembered[number]
            agenda = await read_agenda_of(self._database.reader, number, current.published)
            self._remembered[number] = agenda
            if len(self._remembered) > _REMEMBERED:
                self._remembered.popitem(last=False)
            return agenda

    async def history(self, limit: int | None = None) -> tuple[VersionEntry, ...]:
        """Return the versions up to the current one, newest first, at most ``limit`` of them."""
        return await read_history(self._database.reader, limit, up_to=self._agenda.current.version)

    async def undo(self, *, author: str, note: str, to: int | None = None) -> ImportResult | NothingChanged:
        """Make a new version that equals version ``to``; None: the one before the current.

        Undone twice, the first undo is taken back.

        Raises:
            NoSuchVersionError: there is no such version, or none before the current one.
            VersionMovedError: somebody imported meanwhile.
        """
        current = self._agenda.current.version
        agenda = await self.version(current - 1 if to is None else to)
        # Whoever goes back to a version has seen it: however much goes with the newer one, it is meant.
        return await self._agenda.import_agenda(
            agenda, author=author, note=note, expected_version=current, allow_mass_removal=True
        )
