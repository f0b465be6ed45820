"""Everything that happens about speakers, in one place."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Collection
from dataclasses import dataclass
from typing import Self

from bot.clock import Clock
from bot.services.agenda import AgendaService
from bot.services.changes import ChangeService
from bot.services.speaker_calls import SpeakerCallService
from bot.services.speaker_changes import SpeakerChangeService
from bot.services.speaker_claims import SpeakerClaimService
from bot.services.speaker_codes import SpeakerCodes
from bot.services.speaker_reminders import SpeakerReminderService
from bot.services.speaker_requests import SpeakerRequestService
from bot.storage.database import Database


@dataclass(frozen=True, slots=True)
class SpeakerServices:
    """One service a noun, as in `bot.context.Services`."""

    codes: SpeakerCodes
    claims: SpeakerClaimService
    requests: SpeakerRequestService
    reminders: SpeakerReminderService
    changes: SpeakerChangeService
    calls: SpeakerCallService

    @classmethod
    def of(
        cls,
        database: Database,
        clock: Clock,
        agenda: AgendaService,
        changes: ChangeService,
        organisers: Callable[[], Awaitable[Collection[int]]],
    ) -> Self:
        """Make them on this database; then await ``claims.load()``. ``organisers``: who they are now."""
        claims = SpeakerClaimService(database, clock, agenda)
        return cls(
            SpeakerCodes(database, clock),
            claims,
            SpeakerRequestService(database, clock, agenda, claims, organisers),
            SpeakerReminderService(database, clock, agenda, claims),
            SpeakerChangeService(database, clock, agenda, changes, claims),
            SpeakerCallService(database, clock, agenda, claims, organisers),
        )
