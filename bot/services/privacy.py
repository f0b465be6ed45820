"""What is kept about a person: shown to them, erased when they say so, and erased for all some time after the event."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Iterable
from datetime import timedelta
from pathlib import Path
from typing import Protocol

from bot.clock import Clock
from bot.privacy.kinds import KEPT_AFTER_VISIT, Stored, purge_day
from bot.services.agenda import AgendaService
from bot.storage.database import Database
from bot.storage.forgotten_list import append_forgotten, shorten_forgotten_list
from bot.storage.privacy import (
    Rows,
    erase_person,
    leave_no_trace,
    note_forgotten,
    person_hash,
    purge_people,
    purge_some,
    read_salt,
    stored_about,
)

logger = logging.getLogger(__name__)

_PURGED_AT_ONCE = 500


class Memory(Protocol):
    """A service that keeps something about people outside the tables: in memory, or in files."""

    async def forget_person(self, chat_id: int | None) -> None:
        """Forget this person; None: everybody. Done twice, it is done once."""


class PrivacyService:
    """``memories`` are told of whoever is forgotten: what services keep outside the tables goes too."""

    def __init__(
        self,
        database: Database,
        clock: Clock,
        agenda: AgendaService,
        path: Path,
        memories: Iterable[Memory] = (),
    ) -> None:
        self._database = database
        self._clock = clock
        self._agenda = agenda
        self._path = path
        self._memories = tuple(memories)

    async def salt(self) -> bytes:
        """Return the random number with which this database hashes ids."""
        return await read_salt(self._database.reader)

    async def about(self, chat_id: int) -> tuple[tuple[Stored, Rows], ...]:
        """Return every row that names this person, by table."""
        return await stored_about(self._database.reader, chat_id)

    async def forget(self, chat_id: int) -> None:
        """Erase this person from the database at once, and from every backup as soon as it is restored.

        Raises:
            OSError, sqlite3.Error: nothing was erased.
        """
        now = self._clock()
        hashed = person_hash(chat_id, await self.salt())
        # First: were it lost, a restore would bring the person back.
        await asyncio.to_thread(append_forgotten, self._path, hashed, now)
        await self._tell_memories(chat_id)
        async with self._database.transaction() as connection:
            await erase_person(connection, chat_id)
            await note_forgotten(connection, hashed, now)
        await self._tell_memories(chat_id)  # again: one may have read a row in the meantime
        await leave_no_trace(self._database)
        logger.info("Somebody was forgotten as they asked")

    async def purge_if_due(self) -> int:
        """Erase what the event's time has run out for; returns how many people that were."""
        event = self._agenda.current.agenda.event
        now = self._clock()
        today = now.astimezone(event.time_zone).date()
        if today < purge_day(event):
            return 0
        keep_since = today - KEPT_AFTER_VISIT
        first_seen_until, erased = purge_day(event) - timedelta(days=1), 0
        some = _PURGED_AT_ONCE
        while some == _PURGED_AT_ONCE:  # in small bites: whoever answers people writes too
            async with self._database.transaction() as connection:
                some = await purge_some(
                    connection, _PURGED_AT_ONCE, first_seen_until=first_seen_until, last_seen_before=keep_since
                )
            erased += some
        async with self._database.transaction() as connection:
            erased += await purge_people(connection, first_seen_until=first_seen_until, last_seen_before=keep_since)
        if erased:
            await self._tell_memories(None)
            await asyncio.to_thread(shorten_forgotten_list, self._path, now - KEPT_AFTER_VISIT)
            await leave_no_trace(self._database)
            logger.info(
                "The event is over for %d days: what was kept about people was erased (%d)",
                (today - event.ends_on).days,
                erased,
            )
        return erased

    async def _tell_memories(self, chat_id: int | None) -> None:
        for memory in self._memories:
            await memory.forget_person(chat_id)
