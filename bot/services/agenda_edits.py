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
    StoredAgenda,
    VersionMovedError,
)
from bot.services.foreseen_news import foreseen_news
from bot.services.handles import assign_handles, with_handles
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
        stored, now = await self._agenda.stored(), self._clock()
        current = await asyncio.to_thread(stored.with_handles)
        coming = await asyncio.to_thread(_edited, stored, current, edit)
        if coming == current:
            return NothingChanged(stored.version)
        news, told = await foreseen_news(self._database, current, coming, version=stored.version + 1, now=now)
        doubts = await asyncio.to_thread(edit_doubts, current, coming, now)
        return EditPreview(stored.version, edit, coming, news, told, doubts)

    async def confirm(
        self, confirmed: ConfirmedEdit, *, note: str, expected_version: int
    ) -> ImportResult | NothingChanged:
        """Make the edit. ``note``: what it is, in the words of the history.

        Raises:
            EditTargetGoneError: as in `preview`.
            VersionMovedError: another version than the expected one is current.
        """
        stored = await self._agenda.stored()
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


def _edited(stored: StoredAgenda, current: Agenda, edit: AgendaEdit) -> Agenda:
    """Return the agenda after the edit, every item with its handle."""
    agenda = apply_edit(current, edit)
    return with_handles(agenda, assign_handles(stored.handles, agenda, {}))


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
