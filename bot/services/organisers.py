"""Who is an organiser, how one becomes one, and what they did."""

from __future__ import annotations

import hashlib
import secrets
from collections.abc import Collection
from datetime import timedelta

from bot.clock import Clock
from bot.models import AuditEntry, Organiser
from bot.storage.database import Database
from bot.storage.organisers import (
    add_audit_entry,
    add_invite,
    add_organiser,
    delete_organiser,
    invite_author,
    latest_audit_entries,
    list_organisers,
    use_invite,
)

INVITE_LASTS = timedelta(days=7)
_CODE_BYTES = 16  # 128 bits


class FixedOrganiserError(Exception):
    """This organiser stands in ORGANISER_IDS: the chat cannot remove them."""


class OrganiserService:
    """Rights of organisers. ``fixed`` are the ids of ORGANISER_IDS, who need no row."""

    def __init__(self, database: Database, clock: Clock, fixed: Collection[int] = ()) -> None:
        self._database = database
        self._clock = clock
        self._fixed = frozenset(fixed)
        # Asked at every update, and changed by this process alone: remembered. None: to be read.
        self._remembered: frozenset[int] | None = None
        self._changes = 0

    async def is_organiser(self, chat_id: int) -> bool:
        """Whether this person may act as an organiser, as of now: asked at every action, whatever a button says."""
        known = self._remembered
        return chat_id in (await self.chat_ids() if known is None else known)

    async def forget_person(self, _: int | None) -> None:
        """Read anew who is an organiser: somebody was forgotten."""
        self._changed()

    async def all(self) -> tuple[Organiser, ...]:
        """Return every organiser; those of ORGANISER_IDS who never wrote are left out."""
        return await list_organisers(self._database.reader)

    async def chat_ids(self) -> frozenset[int]:
        """Return the chats of every organiser, those of ORGANISER_IDS included."""
        seen = self._changes
        read = self._fixed | {organiser.chat_id for organiser in await self.all()}
        if seen == self._changes:  # else it was read too early
            self._remembered = read
        return read

    async def exist(self) -> bool:
        """Whether there is any organiser."""
        return bool(await self.chat_ids())

    async def invite(self, by: int | None = None) -> str:
        """Return a new one-time code, valid for a week. Only its hash is kept; ``by`` None: the command line."""
        code = secrets.token_urlsafe(_CODE_BYTES)
        now = self._clock()
        async with self._database.transaction() as connection:
            await add_invite(connection, _hash(code), created_at=now, expires_at=now + INVITE_LASTS, created_by=by)
            await add_audit_entry(connection, now, by, "invite organiser", {})
        return code

    async def accept(self, code: str, chat_id: int) -> bool:
        """Make this person an organiser by a code; exactly one person can. False: unknown, used or too old."""
        now, code_hash = self._clock(), _hash(code)
        async with self._database.transaction() as connection:
            if not await use_invite(connection, code_hash, chat_id, now):
                return False
            await add_organiser(connection, Organiser(chat_id, now, await invite_author(connection, code_hash)))
            await add_audit_entry(connection, now, chat_id, "become organiser", {})
        self._changed()
        return True

    async def remove(self, chat_id: int, by: int) -> bool:
        """Take the rights away; False: they had none.

        Raises:
            FixedOrganiserError: they stand in ORGANISER_IDS.
        """
        if chat_id in self._fixed:
            raise FixedOrganiserError
        async with self._database.transaction() as connection:
            removed = await delete_organiser(connection, chat_id)
            if removed:
                await add_audit_entry(connection, self._clock(), by, "remove organiser", {"chat_id": chat_id})
        self._changed()
        return removed

    async def record(self, actor: int, action: str, **details: object) -> None:
        """Write down what an organiser did."""
        async with self._database.transaction() as connection:
            await add_audit_entry(connection, self._clock(), actor, action, details)

    async def trail(self, limit: int = 20) -> tuple[AuditEntry, ...]:
        """Return the latest entries, the newest first."""
        return await latest_audit_entries(self._database.reader, limit)

    def _changed(self) -> None:
        self._changes += 1
        self._remembered = None


def _hash(code: str) -> str:
    return hashlib.sha256(code.encode()).hexdigest()
