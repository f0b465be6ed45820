"""Becoming an organiser, being one, and being one no more."""

from __future__ import annotations

import asyncio
import hashlib
from datetime import timedelta

import pytest

from bot.models import Attendee
from bot.services.organisers import INVITE_LASTS, FixedOrganiserError, OrganiserService
from bot.storage.attendees import save_attendee
from bot.storage.database import Database
from tests.builders import a_moment
from tests.scenarios.conversation import FrozenClock

ANA, ION, OLENA = 1, 2, 3


@pytest.fixture
async def people(database: Database) -> Database:
    async with database.transaction() as connection:
        for chat_id in (ANA, ION, OLENA, *range(100, 150)):
            day = a_moment("10:00").date()
            await save_attendee(connection, Attendee(chat_id, "en", True, day, day))
    return database


async def test_a_code_makes_one_person_an_organiser(people: Database) -> None:
    organisers = OrganiserService(people, FrozenClock())
    code = await organisers.invite()

    assert await organisers.accept(code, ANA)
    assert not await organisers.accept(code, ION)
    assert await organisers.is_organiser(ANA)
    assert not await organisers.is_organiser(ION)


async def test_of_fifty_who_open_one_link_at_once_exactly_one_wins(people: Database) -> None:
    organisers = OrganiserService(people, FrozenClock())
    code = await organisers.invite(ANA)

    won = await asyncio.gather(*(organisers.accept(code, chat_id) for chat_id in range(100, 150)))

    assert sum(won) == 1
    assert len(await organisers.all()) == 1


async def test_a_code_is_too_old_after_a_week(people: Database) -> None:
    clock = FrozenClock()
    organisers = OrganiserService(people, clock)
    code = await organisers.invite()
    clock.now += INVITE_LASTS + timedelta(seconds=1)

    assert not await organisers.accept(code, ANA)


@pytest.mark.parametrize("code", ["", "x", "0" * 22, "' OR 1=1 --"])
async def test_a_guessed_code_is_refused(people: Database, code: str) -> None:
    organisers = OrganiserService(people, FrozenClock())
    await organisers.invite()

    assert not await organisers.accept(code, ANA)


async def test_only_the_hash_of_a_code_is_stored(people: Database) -> None:
    code = await OrganiserService(people, FrozenClock()).invite()

    rows = await people.reader.execute_fetchall("SELECT * FROM organiser_invites")
    stored = " ".join(str(value) for row in rows for value in row)
    assert code not in stored
    assert hashlib.sha256(code.encode()).hexdigest() in stored


async def test_rights_end_at_once_with_the_removal(people: Database) -> None:
    organisers = OrganiserService(people, FrozenClock())
    await organisers.accept(await organisers.invite(), ANA)

    assert await organisers.remove(ANA, by=OLENA)
    assert not await organisers.is_organiser(ANA)
    assert not await organisers.remove(ANA, by=OLENA)


async def test_whom_the_settings_name_needs_no_link_and_cannot_be_removed(people: Database) -> None:
    organisers = OrganiserService(people, FrozenClock(), fixed=(ION,))

    assert await organisers.is_organiser(ION)
    assert await organisers.exist()
    with pytest.raises(FixedOrganiserError):
        await organisers.remove(ION, by=ANA)


async def test_what_was_done_can_be_read(people: Database) -> None:
    organisers = OrganiserService(people, FrozenClock())
    await organisers.accept(await organisers.invite(), ANA)
    await organisers.accept(await organisers.invite(ANA), ION)
    await organisers.remove(ION, by=ANA)

    trail = [(entry.actor, entry.action) for entry in await organisers.trail()]
    assert trail == [
        (ANA, "remove organiser"),
        (ION, "become organiser"),
        (ANA, "invite organiser"),
        (ANA, "become organiser"),
        (None, "invite organiser"),
    ]
