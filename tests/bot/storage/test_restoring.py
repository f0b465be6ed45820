"""What a restored database takes over from the replaced one: what was told, and nothing about numbers given anew."""

from __future__ import annotations

import json

import pytest

from bot.models import Attendee
from bot.services.agenda import AgendaService
from bot.storage.attendees import save_attendee
from bot.storage.database import Database
from bot.storage.restoring import take_over_finished
from tests.bot.services.standing_clock import StandingClock
from tests.bot.waking_bot import SINCE

ANA = 1
MOMENT = "2023-11-22T08:00:00+00:00"


@pytest.mark.parametrize(
    ("key", "kind", "payload", "taken"),
    [
        ("reminder:abc:x:1:1", "reminder", {}, True),
        ("speaker:change:1:1", "speaker", {"about": "change"}, True),
        ("speaker:change:1:9", "speaker", {"about": "change"}, False),
        ("organisers:agenda edited:1:1", "organisers", {"details": {"version": 1}}, True),
        ("organisers:agenda edited:9:1", "organisers", {"details": {"version": 9}}, False),
        ("organisers:broadcast trouble:5:1", "organisers", {"details": {"broadcast": 5}}, False),
        ("broadcast:5:1", "broadcast", {"broadcast": 5}, False),
    ],
)
async def test_a_version_or_broadcast_that_gets_a_lost_number_is_told(
    database: Database, key: str, kind: str, payload: dict[str, object], taken: bool
) -> None:
    await AgendaService(database, StandingClock()).load()
    row = (key, ANA, kind, 1, json.dumps(payload), MOMENT, MOMENT, "sent", 0, MOMENT, MOMENT, None)

    async with database.transaction() as connection:
        await save_attendee(connection, Attendee(ANA, "en", True, SINCE, SINCE))
        assert await take_over_finished(connection, [row]) == int(taken)
