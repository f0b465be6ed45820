"""The one-time codes by which a speaker claims their profile: made, withdrawn, counted."""

from __future__ import annotations

import hashlib
import secrets
from collections.abc import Collection, Mapping
from datetime import timedelta

from bot.clock import Clock
from bot.speakers import ActiveCodes
from bot.storage.database import Database
from bot.storage.organisers import add_audit_entry
from bot.storage.speaker_codes import active_codes, add_codes, revoke_codes

CODE_LASTS = timedelta(days=30)
CLAIM_PREFIX = "claim_"
_CODE_BYTES = 16  # 128 bits


class SpeakerCodes:
    """Makes codes. Only their hashes are kept, and none of them is ever logged."""

    def __init__(self, database: Database, clock: Clock) -> None:
        self._database = database
        self._clock = clock

    async def make(self, handle: str, by: int | None = None) -> str:
        """Return a new code of this speaker, valid for thirty days; ``by`` None: the command line.

        Raises:
            sqlite3.IntegrityError: nothing has this handle.
        """
        return (await self.make_for([handle], by))[handle]

    async def make_for(self, handles: Collection[str], by: int | None = None) -> Mapping[str, str]:
        """Return a new code for each of these speakers, by handle; errors as in `make`."""
        codes = {handle: secrets.token_urlsafe(_CODE_BYTES) for handle in handles}
        now = self._clock()
        async with self._database.transaction() as connection:
            await add_codes(
                connection,
                [(hash_of(code), handle) for handle, code in codes.items()],
                created_at=now,
                expires_at=now + CODE_LASTS,
                created_by=by,
            )
            await add_audit_entry(connection, now, by, "invite speaker", {"speakers": list(codes)})
        return codes

    async def revoke(self, handle: str, by: int) -> int:
        """Withdraw every code of this speaker that could still be used; return how many."""
        now = self._clock()
        async with self._database.transaction() as connection:
            revoked = await revoke_codes(connection, handle, now)
            if revoked:
                await add_audit_entry(connection, now, by, "revoke codes", {"speaker": handle})
        return revoked

    async def active(self, handle: str) -> ActiveCodes:
        """Count the codes of this speaker that can still be used."""
        return await active_codes(self._database.reader, handle, self._clock())


def hash_of(code: str) -> str:
    """Return what is kept of a code."""
    return hashlib.sha256(code.encode()).hexdigest()
