"""Claiming a speaker's profile by a code: one person a speaker, whatever happens at once, and how it ends."""

from __future__ import annotations

import asyncio
import hashlib
import logging
from dataclasses import replace
from datetime import timedelta

import pytest

from bot.services.organisers import OrganiserService
from bot.services.speaker_claims import FAILURES_IN, MAX_FAILURES, SpeakerClaimService
from bot.services.speaker_codes import CLAIM_PREFIX, CODE_LASTS, SpeakerCodes
from bot.speakers import CodeState
from tests.bot.services.newsroom import LUNCH, PANEL, TALK, Newsroom

ANA, ION, OLENA = 1, 2, 3
MAX_START_PARAMETER = 64  # core.telegram.org/bots/features#deep-linking


class Door:
    """Codes and claims of the newsroom's speakers."""

    def __init__(self, newsroom: Newsroom) -> None:
        self.newsroom = newsroom
        self.codes = SpeakerCodes(newsroom.database, newsroom.clock)
        self.claims = SpeakerClaimService(newsroom.database, newsroom.clock, newsroom.agenda)
        self.ana, self.ion = newsroom.speaker("ana").handle, newsroom.speaker("ion").handle

    async def trail(self) -> list[str]:
        organisers = OrganiserService(self.newsroom.database, self.newsroom.clock)
        return [entry.action for entry in reversed(await organisers.trail())]


@pytest.fixture
async def door(newsroom: Newsroom) -> Door:
    await newsroom.welcome(ANA, ION, OLENA, *range(100, 150))
    opened = Door(newsroom)
    await opened.claims.load()
    return opened


async def test_of_fifty_who_claim_one_code_at_once_exactly_one_is_the_speaker(door: Door) -> None:
    code = await door.codes.make(door.ana)

    found = await asyncio.gather(*(door.claims.claim(code, chat_id) for chat_id in range(100, 150)))

    states = [each.state for each in found]
    assert states.count(CodeState.GOOD) == 1
    assert states.count(CodeState.TAKEN) == 49
    claims = await door.claims.all()
    assert [claim.chat_id for claim in claims] == [100 + states.index(CodeState.GOOD)]
    assert dict(door.claims.owners) == {door.ana: claims[0].chat_id}


async def test_of_fifty_with_a_code_each_for_one_speaker_exactly_one_is_that_speaker(door: Door) -> None:
    codes = [await door.codes.make(door.ana) for _ in range(50)]

    found = await asyncio.gather(*(door.claims.claim(code, 100 + at) for at, code in enumerate(codes)))

    assert [each.state for each in found].count(CodeState.GOOD) == 1
    assert len(await door.claims.all()) == 1


async def test_a_claim_done_twice_is_done_once(door: Door) -> None:
    code = await door.codes.make(door.ana)

    assert (await door.claims.claim(code, ANA)).state is CodeState.GOOD
    assert (await door.claims.claim(code, ANA)).state is CodeState.YOURS
    assert await door.trail() == ["invite speaker", "claim speaker"]


async def test_looking_at_a_code_does_not_use_it_up(door: Door) -> None:
    code = await door.codes.make(door.ana)

    assert (await door.claims.look_up(code, ION)).handle == door.ana
    assert (await door.claims.claim(code, ANA)).state is CodeState.GOOD


async def test_a_code_is_too_old_after_thirty_days(door: Door) -> None:
    code = await door.codes.make(door.ana)
    door.newsroom.clock.now += CODE_LASTS

    assert (await door.claims.claim(code, ANA)).state is CodeState.NOT_VALID
    assert (await door.codes.active(door.ana)).count == 0


async def test_a_withdrawn_code_makes_nobody_a_speaker(door: Door) -> None:
    code, other = await door.codes.make(door.ana), await door.codes.make(door.ion)

    assert await door.codes.revoke(door.ana, OLENA) == 1
    assert (await door.claims.claim(code, ANA)).state is CodeState.NOT_VALID
    assert (await door.claims.claim(other, ION)).state is CodeState.GOOD


@pytest.mark.parametrize("code", ["", "x", "0" * 22, "' OR 1=1 --", "ț" * 500])
async def test_a_guessed_code_is_refused(door: Door, code: str) -> None:
    await door.codes.make(door.ana)

    assert (await door.claims.claim(code, ANA)).state is CodeState.NOT_VALID


async def test_after_too_many_wrong_codes_not_even_a_good_one_is_looked_at_for_an_hour(door: Door) -> None:
    code = await door.codes.make(door.ana)
    for guess in range(MAX_FAILURES):
        await door.claims.look_up(str(guess), ANA)
        door.newsroom.clock.now += timedelta(minutes=1)

    refused = await door.claims.claim(code, ANA)
    somebody_else = await door.claims.look_up(code, ION)
    door.newsroom.clock.now += FAILURES_IN - timedelta(minutes=MAX_FAILURES)
    later = await door.claims.claim(code, ANA)

    assert refused.state is CodeState.TOO_MANY
    assert refused.try_again_at == door.newsroom.clock.now
    assert somebody_else.state is CodeState.GOOD
    assert later.state is CodeState.GOOD


async def test_one_person_may_be_several_speakers(door: Door) -> None:
    """Who answers for a delegation, or is in the agenda twice; each profile needs a code of its own."""
    await door.claims.claim(await door.codes.make(door.ana), ANA)
    await door.claims.claim(await door.codes.make(door.ion), ANA)

    assert door.claims.profiles_of(ANA) == {door.ana, door.ion}
    assert door.claims.profiles_of(ION) == frozenset()


async def test_a_claim_outlives_new_versions_of_the_agenda_and_restarts(door: Door) -> None:
    await door.claims.claim(await door.codes.make(door.ana), ANA)
    await door.newsroom.publish(replace(TALK, speakers=()), LUNCH)
    await door.newsroom.publish(TALK, PANEL)

    again = Door(door.newsroom)
    await again.claims.load()

    assert again.claims.profiles_of(ANA) == {door.newsroom.speaker("ana").handle}


async def test_an_undone_claim_leaves_no_code_by_which_to_come_back(door: Door) -> None:
    used, other = await door.codes.make(door.ana), await door.codes.make(door.ana)
    await door.claims.claim(used, ANA)

    assert await door.claims.undo(door.ana, ANA, by=OLENA)
    assert not await door.claims.undo(door.ana, ANA, by=OLENA)
    assert door.claims.profiles_of(ANA) == frozenset()
    assert {(await door.claims.look_up(code, ANA)).state for code in (used, other)} == {CodeState.NOT_VALID}
    assert (await door.claims.claim(await door.codes.make(door.ana), ION)).state is CodeState.GOOD


async def test_undoing_the_claim_of_somebody_who_has_it_no_more_changes_nothing(door: Door) -> None:
    await door.claims.claim(await door.codes.make(door.ana), ION)

    assert not await door.claims.undo(door.ana, ANA, by=OLENA)
    assert door.claims.profiles_of(ION) == {door.ana}


async def test_who_is_forgotten_is_no_speaker_any_more(door: Door) -> None:
    await door.claims.claim(await door.codes.make(door.ana), ANA)

    async with door.newsroom.database.transaction() as connection:
        await connection.execute("DELETE FROM attendees WHERE chat_id = ?", (ANA,))
    await door.claims.load()

    assert door.claims.profiles_of(ANA) == frozenset()
    assert (await door.claims.claim(await door.codes.make(door.ana), ION)).state is CodeState.GOOD


async def test_only_the_hash_of_a_code_is_stored_and_nothing_of_it_is_logged(
    door: Door, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.DEBUG)
    code = await door.codes.make(door.ana)
    await door.claims.claim(code, ANA)
    await door.claims.claim(code, ION)

    stored = ""
    for table in ("speaker_codes", "speaker_claims", "audit", "outbox", "speaker_code_failures"):
        rows = await door.newsroom.database.reader.execute_fetchall(f"SELECT * FROM {table}")  # noqa: S608 - ours
        stored += " ".join(str(value) for row in rows for value in row)
    assert code not in stored + caplog.text
    assert hashlib.sha256(code.encode()).hexdigest() in stored
    assert len(CLAIM_PREFIX + code) <= MAX_START_PARAMETER
