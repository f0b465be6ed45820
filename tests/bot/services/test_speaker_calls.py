"""Calls and requests of speakers reach every organiser, also after somebody who called before was forgotten."""

from __future__ import annotations

import pytest

from bot.services.speakers import SpeakerServices
from bot.speakers import CallKind, CallState, Decision, RequestState
from bot.storage.privacy import erase_person
from tests.bot.services.newsroom import Newsroom

ANA, ION, ORGANISER = 1, 2, 7


@pytest.fixture
async def speakers(newsroom: Newsroom) -> SpeakerServices:
    await newsroom.welcome(ANA, ION, ORGANISER)

    async def organisers() -> tuple[int, ...]:
        return (ORGANISER,)

    made = SpeakerServices.of(newsroom.database, newsroom.clock, newsroom.agenda, newsroom.changes, organisers)
    await made.claims.load()
    return made


async def forget(newsroom: Newsroom, chat_id: int) -> None:
    async with newsroom.database.transaction() as connection:
        await erase_person(connection, chat_id)


async def rows_to(newsroom: Newsroom, chat_id: int) -> list[int]:
    """Return the numbers that the rows to this organiser are about."""
    rows = await newsroom.database.reader.execute_fetchall(
        "SELECT json_extract(payload, '$.number') FROM outbox WHERE chat_id = ? ORDER BY id", (chat_id,)
    )
    return [row[0] for row in rows]


async def test_a_call_is_heard_though_who_called_before_was_forgotten(
    newsroom: Newsroom, speakers: SpeakerServices
) -> None:
    for chat_id, speaker in ((ANA, "ana"), (ION, "ion")):
        await speakers.claims.claim(await speakers.codes.make(newsroom.speaker(speaker).handle), chat_id)
    assert await speakers.calls.call(ANA, CallKind.HELP) is CallState.SENT
    await forget(newsroom, ANA)

    assert await speakers.calls.call(ION, CallKind.HELP) is CallState.SENT
    assert len(set(await rows_to(newsroom, ORGANISER))) == 2


async def test_the_yes_to_somebody_who_was_forgotten_is_none_to_who_asks_next(
    newsroom: Newsroom, speakers: SpeakerServices
) -> None:
    ana, ion = newsroom.speaker("ana").handle, newsroom.speaker("ion").handle
    assert await speakers.requests.ask(ANA, ana, "Ana") is RequestState.ASKED
    (stale,) = await rows_to(newsroom, ORGANISER)
    await forget(newsroom, ANA)

    assert await speakers.requests.ask(ION, ion, "Somebody") is RequestState.ASKED
    assert await speakers.requests.decide(stale, ORGANISER, granted=True) is Decision.GONE
    assert dict(speakers.claims.owners) == {}
