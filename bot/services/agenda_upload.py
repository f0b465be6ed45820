"""An agenda that an organiser sent to the chat: kept until they decide, previewed, published, taken back."""

from __future__ import annotations

import asyncio
import hashlib
from collections.abc import Callable
from dataclasses import dataclass, replace
from pathlib import Path

from bot.clock import Clock
from bot.models import FROM_THE_CHAT, Dialog
from bot.publishing import AgendaPreview
from bot.services.agenda import AgendaService
from bot.services.agenda_edits import edits_undone
from bot.services.agenda_imports import (
    ImportResult,
    NothingChanged,
    PreparedImport,
    StoredAgenda,
    prepare_import,
)
from bot.services.foreseen_news import foreseen_news
from bot.services.upload_reading import ReadingOptions, ReadUpload, UploadReader
from bot.storage.database import Database
from content.agenda import Agenda
from content.carrying_over import carry_over
from content.checks import check_agenda
from content.formats.problems import Problem
from content.formats.schedule_drafts import Hints


@dataclass(frozen=True, slots=True)
class KeptUpload:
    """A file that waits for a decision; ``sha256`` in hex tells it from the next one."""

    data: bytes
    sha256: str


class AgendaUploadService:
    """Files wait in a folder ``beside`` the database, one a person, and go when they are published or discarded."""

    def __init__(
        self,
        database: Database,
        clock: Clock,
        agenda: AgendaService,
        beside: Path,
        dialog_of: Callable[[int], Dialog | None],
        *,
        reader: UploadReader | None = None,
    ) -> None:
        self._database = database
        self._clock = clock
        self._agenda = agenda
        self._folder = beside.with_name(f"{beside.stem}-uploads")
        self._dialog_of = dialog_of
        self._reader = reader or UploadReader()
        # Of one that is previewed, then confirmed, then confirmed by a number, so that it is read once.
        self._last: tuple[tuple[str, str, Hints], ReadUpload] | None = None

    async def read(self, data: bytes, name: str, progress: Callable[[float], None] | None = None) -> ReadUpload:
        """Read a file in a child process; errors as of `UploadReader.read`. What its format cannot say stays."""
        current = self._agenda.current.agenda
        hints = Hints.of(current)
        key = (await asyncio.to_thread(_sha256, data), name, hints)
        if self._last is not None and self._last[0] == key:
            read = self._last[1]
        else:
            read = await self._reader.read(data, name, ReadingOptions(hints=hints), progress)
            self._last = (key, read)
        return read if read.is_whole else replace(read, agenda=carry_over(read.agenda, current))

    async def keep(self, chat_id: int, data: bytes) -> str:
        """Keep the file until this person decides, in the place of an earlier one; return its SHA-256."""
        await asyncio.to_thread(self._write, chat_id, data)
        return await asyncio.to_thread(_sha256, data)

    async def kept(self, chat_id: int, sha256: str) -> bytes | None:
        """Return the file that waits for this person's decision; None: it is gone, or is another one."""

        def read() -> bytes | None:
            try:
                data = self._path(chat_id).read_bytes()
            except FileNotFoundError:
                return None
            return data if _sha256(data) == sha256 else None

        return await asyncio.to_thread(read)

    async def forget(self, chat_id: int) -> None:
        """Delete the file of this person, if there is one."""
        self._last = None
        await asyncio.to_thread(self._path(chat_id).unlink, missing_ok=True)

    async def forget_person(self, chat_id: int | None) -> None:
        """Delete the file of this person, if there is one; None: everybody's."""

        self._last = None

        def delete() -> None:
            for path in self._folder.glob("*") if chat_id is None else [self._path(chat_id)]:
                path.unlink(missing_ok=True)

        await asyncio.to_thread(delete)

    async def preview(self, read: ReadUpload, name: str) -> AgendaPreview | NothingChanged:
        """Return what publishing would do now, and how many people would hear of it.

        Raises:
            OtherEventError: the agenda is another event's.
        """
        stored = await self._agenda.stored()
        prepared = await asyncio.to_thread(self._prepared, stored, read.agenda)
        if isinstance(prepared, NothingChanged):
            return prepared
        current = await asyncio.to_thread(stored.with_handles)
        news, told = await foreseen_news(
            self._database, current, prepared.agenda, version=prepared.version.number, now=self._clock()
        )
        return AgendaPreview(
            version=stored.version,
            name=name,
            agenda=prepared.agenda,
            changes=prepared.changes,
            news=news,
            told=told,
            removed=len(prepared.changes.sessions.removed),
            total=len(stored.agenda.sessions) if stored.agenda else 0,
            doubts=read.doubts,
            doubts_in_all=read.doubts_in_all,
            undoes=await edits_undone(self._database, current, prepared.agenda),
        )

    async def publish(
        self, agenda: Agenda, *, note: str, expected_version: int, allow_mass_removal: bool
    ) -> ImportResult | NothingChanged:
        """Make it the current agenda; errors as of `AgendaService.import_agenda`."""
        return await self._agenda.import_agenda(
            agenda,
            author=FROM_THE_CHAT,
            note=note,
            expected_version=expected_version,
            allow_mass_removal=allow_mass_removal,
        )

    async def doubts(self) -> tuple[Problem, ...]:
        """Return what asks for a second look in the current agenda."""
        return await asyncio.to_thread(check_agenda, self._agenda.current.published)

    def _prepared(self, stored: StoredAgenda, agenda: Agenda) -> PreparedImport | NothingChanged:
        return prepare_import(stored, agenda, self._clock, author=FROM_THE_CHAT, note="", allow_mass_removal=True)

    def _write(self, chat_id: int, data: bytes) -> None:
        self._folder.mkdir(parents=True, exist_ok=True)
        for path in self._folder.glob("*.upload"):
            # A command ends a dialog without a word to us.
            if self._dialog_of(int(path.stem)) is None:
                path.unlink(missing_ok=True)
        part = self._path(chat_id).with_suffix(".part")
        part.write_bytes(data)
        part.replace(self._path(chat_id))

    def _path(self, chat_id: int) -> Path:
        return self._folder / f"{chat_id}.upload"


def _sha256(data: bytes) -> str:
    return hashlib.sha256(data).hexdigest()
