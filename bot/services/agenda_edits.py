"""The agenda changed by buttons: previewed, made once however often it is tapped, and found again in a file's way."""

from __future__ import annotations

import asyncio
from dataclasses import replace

from bot.clock import Clock
from bot.models import FROM_THE_CHAT
from bot.publishing import ChatEdit, ConfirmedEdit, EditPreview
from bot.services.agenda import AgendaService
from bot.services.agenda_imports import (
    ImportResult,
    NothingChanged,
    PreparedImport,
    StoredAgenda,
    VersionMovedError,
    prepare_import,
    read_stored_agenda,
)
from bot.services.foreseen_news import foreseen_news
from bot.storage.chat_edits import chat_edits, version_of_token
from bot.storage.database import Database
from content.agenda import Agenda
from content.edit_doubts import edit_doubts
from content.edit_effects import undone_by
from content.edits import AgendaEdit, apply_edit


class AgendaEditService:
    """Each edit is a version of the agenda, made by the same way as an import."""

    def __init__(self, database: Database, clock: Clock, agenda: AgendaService) -> None:
        self._database = database
        self._clock = clock
        self._agenda = agenda

    async def preview(self, edit: AgendaEdit) -> EditPreview | NothingChanged:
        """Return what the edit would do now.

        Raises:
            EditTargetGoneError: a session, room or person that it names is not in the agenda.
        """
        stored, now = await read_stored_agenda(self._database), self._clock()
        current = await asyncio.to_thread(stored.with_handles)
        prepared = await asyncio.to_thread(self._prepared, stored, current, edit)
        if isinstance(prepared, NothingChanged):
            return prepared
        news, told = await foreseen_news(
            self._database, current, prepared.agenda, version=prepared.version.number, now=now
        )
        doubts = await asyncio.to_thread(edit_doubts, current, prepared.agenda, now)
        return EditPreview(stored.version, edit, prepared.agenda, news, told, doubts)

    async def confirm(
        self, confirmed: ConfirmedEdit, *, note: str, expected_version: int
    ) -> ImportResult | NothingChanged:
        """Make the edit. ``note``: what it is, in the words of the history.

        Raises:
            EditTargetGoneError: as in `preview`.
            VersionMovedError: another version than the expected one is current.
        """
        stored = await read_stored_agenda(self._database)
        if stored.version != expected_version:
            raise VersionMovedError(expected_version, stored.version)
        agenda = await asyncio.to_thread(lambda: apply_edit(stored.with_handles(), confirmed.edit))
        return await self._agenda.import_agenda(
            agenda, author=FROM_THE_CHAT, note=note, expected_version=expected_version, made_by=confirmed
        )

    async def made(self, token: str) -> ChatEdit | None:
        """Return what the confirmed preview of this token became; None: it was not confirmed."""
        version = await version_of_token(self._database.reader, token)
        return next((made for made in await chat_edits(self._database.reader) if made.version == version), None)

    async def by_version(self) -> dict[int, AgendaEdit]:
        """Return the edits by the number of the version that each of them made."""
        return {made.version: made.edit for made in await chat_edits(self._database.reader)}

    def _prepared(self, stored: StoredAgenda, current: Agenda, edit: AgendaEdit) -> PreparedImport | NothingChanged:
        return prepare_import(stored, apply_edit(current, edit), self._clock, author=FROM_THE_CHAT, note="")


async def edits_undone(database: Database, current: Agenda, coming: Agenda) -> tuple[ChatEdit, ...]:
    """Return the edits of which something would not hold any more, the latest first, each with that part alone.

    Both agendas carry handles.
    """
    found = []
    for made in await chat_edits(database.reader):
        if sessions := await asyncio.to_thread(undone_by, made.effects, current, coming):
            kept = tuple(effect for effect in made.effects if effect.session in sessions)
            found.append(replace(made, effects=kept))
    return tuple(found)
