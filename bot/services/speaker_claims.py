"""Who is which speaker: by a one-time code, or because an organiser confirms it; and how that is undone."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import timedelta

from bot.clock import Clock
from bot.services.agenda import AgendaService
from bot.services.speaker_codes import hash_of
from bot.services.speaker_outbox import SpeakerNotice, tell_speaker
from bot.speakers import CodeFound, CodeState, SpeakerClaim
from bot.storage.database import Connection, Database
from bot.storage.organisers import add_audit_entry
from bot.storage.speaker_claims import add_claim, delete_claim, find_claim, read_claims
from bot.storage.speaker_codes import failures_since, find_code, note_failure, revoke_codes, use_code

MAX_FAILURES = 5
FAILURES_IN = timedelta(hours=1)


class SpeakerClaimService:
    """The only writer of claims; it remembers who is which speaker, so that a message costs no read.

    Await `load` first.
    """

    def __init__(self, database: Database, clock: Clock, agenda: AgendaService) -> None:
        self._database = database
        self._clock = clock
        self._agenda = agenda
        self._owners: dict[str, int] = {}
        self._profiles: dict[int, frozenset[str]] = {}
        self._claimed: frozenset[str] = frozenset()

    @property
    def owners(self) -> Mapping[str, int]:
        """Who is which speaker: the chat, by the speaker's handle."""
        return self._owners

    def profiles_of(self, chat_id: int) -> frozenset[str]:
        """Return the handles of the speakers that this person is; empty: of none."""
        return self._profiles.get(chat_id, frozenset())

    @property
    def claimed(self) -> frozenset[str]:
        """The handles of the speakers whom somebody is."""
        return self._claimed

    async def load(self) -> None:
        """Read who is which speaker: at the start, and after somebody was forgotten."""
        self._remember({claim.handle: claim.chat_id for claim in await self.all()})

    async def forget_person(self, _: int | None) -> None:
        """Read anew who is which speaker: somebody was forgotten."""
        await self.load()

    async def all(self) -> tuple[SpeakerClaim, ...]:
        """Return every claim, the latest last."""
        return await read_claims(self._database.reader)

    async def find(self, handle: str) -> SpeakerClaim | None:
        """Return who is this speaker; None: nobody has claimed it."""
        return await find_claim(self._database.reader, handle)

    async def look_up(self, code: str, chat_id: int) -> CodeFound:
        """Return what this code is good for in this person's hands; one that does not work is counted."""
        now = self._clock()
        failures = await failures_since(self._database.reader, chat_id, now - FAILURES_IN)
        if len(failures) >= MAX_FAILURES:
            return CodeFound(CodeState.TOO_MANY, try_again_at=failures[-MAX_FAILURES] + FAILURES_IN)
        found = await self._found(code, chat_id)
        if found.state is CodeState.NOT_VALID:
            async with self._database.transaction() as connection:
                await note_failure(connection, chat_id, now, forget_before=now - FAILURES_IN)
        return found

    async def claim(self, code: str, chat_id: int) -> CodeFound:
        """Make this person the code's speaker. Of many who try, exactly one is, and done twice it is done once."""
        looked_up = await self.look_up(code, chat_id)
        if looked_up.state is not CodeState.GOOD:
            return looked_up
        now = self._clock()
        claim = SpeakerClaim(looked_up.handle, chat_id, now, told_version=self._agenda.current.version)
        async with self._database.transaction() as connection:
            if won := await use_code(connection, hash_of(code), chat_id, now):
                await self.add(connection, claim)
        if not won:  # somebody was quicker since it was looked up
            return await self._found(code, chat_id)
        self.added(claim)
        return looked_up

    async def add(self, connection: Connection, claim: SpeakerClaim) -> None:
        """Write a claim down within a transaction that found nobody to be this speaker; `added` after the commit."""
        if not await add_claim(connection, claim):
            raise RuntimeError("a speaker was claimed twice")
        actor, action = claim.confirmed_by or claim.chat_id, "confirm claim" if claim.confirmed_by else "claim speaker"
        details = {"speaker": claim.handle, "chat_id": claim.chat_id}
        await add_audit_entry(connection, claim.claimed_at, actor, action, details)

    def added(self, claim: SpeakerClaim) -> None:
        """Remember a claim that was written down."""
        self._remember({**self._owners, claim.handle: claim.chat_id})

    async def undo(self, handle: str, chat_id: int, by: int) -> bool:
        """Take a profile away from who has it, with every code that could give it back; False: they do not have it.

        They are told.
        """
        now = self._clock()
        async with self._database.transaction() as connection:
            undone = await delete_claim(connection, handle, chat_id)
            if undone:
                await revoke_codes(connection, handle, now)
                await add_audit_entry(connection, now, by, "undo claim", {"speaker": handle, "chat_id": chat_id})
                key = f"{handle}:{int(now.timestamp())}"
                await tell_speaker(
                    connection, chat_id, SpeakerNotice.UNDONE, key=key, payload={"speaker": handle}, now=now
                )
        if undone and self._owners.get(handle) == chat_id:
            self._remember({other: owner for other, owner in self._owners.items() if other != handle})
        return undone

    def _remember(self, owners: dict[str, int]) -> None:
        # Every message asks for these: they are put together when they change, not when they are asked for.
        handles: dict[int, set[str]] = {}
        for handle, chat_id in owners.items():
            handles.setdefault(chat_id, set()).add(handle)
        self._owners, self._claimed = owners, frozenset(owners)
        self._profiles = {chat_id: frozenset(theirs) for chat_id, theirs in handles.items()}

    async def _found(self, code: str, chat_id: int) -> CodeFound:
        connection = self._database.reader
        stored = await find_code(connection, hash_of(code), self._clock())
        if stored is None:
            return CodeFound(CodeState.NOT_VALID)
        claim = await find_claim(connection, stored.handle)
        if claim is not None and claim.chat_id == chat_id:
            return CodeFound(CodeState.YOURS, stored.handle)
        if claim is not None and (stored.active or stored.used_by is not None):
            return CodeFound(CodeState.TAKEN, stored.handle)
        return CodeFound(CodeState.GOOD if stored.active else CodeState.NOT_VALID, stored.handle)
