"""A broadcast whose rows are written piece by piece: everybody is told once, whatever comes in between."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable

import pytest

from bot.broadcasts import BroadcastState
from bot.services import broadcast_listing
from bot.services.broadcast_listing import BroadcastListing
from tests.bot.services.station import AUTHOR, Station, in_words

LUNCH = in_words(en="Lunch is in hall 2")
PEOPLE = 7
ONCE = {f"Person {place}": ["Lunch is in hall 2"] for place in range(PEOPLE)}


@pytest.fixture(autouse=True)
def two_at_once(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(broadcast_listing, "LISTED_AT_ONCE", 2)
    monkeypatch.setattr(broadcast_listing, "CHANGED_AT_ONCE", 2)


@pytest.fixture
def cut_short(monkeypatch: pytest.MonkeyPatch) -> Callable[[], None]:
    """Write the first rows alone, as if the process ended then; what is returned takes that back."""
    finish = BroadcastListing.finish

    async def nothing(*_: object) -> int:
        return 0

    monkeypatch.setattr(BroadcastListing, "finish", nothing)
    return lambda: monkeypatch.setattr(BroadcastListing, "finish", finish)


@pytest.mark.parametrize("people", [1, 2, 3, PEOPLE])
async def test_everybody_is_told_once_however_they_divide(station: Station, people: int) -> None:
    await station.crowd(people)
    id_ = await station.tell(LUNCH)
    assert Counter(len(texts) for texts in station.got().values()) == {1: people}
    assert [each.id for each in await station.broadcasts.finished()] == [id_]


async def test_a_process_that_ended_in_the_midst_of_it_goes_on_at_the_next_start(
    station: Station, cut_short: Callable[[], None]
) -> None:
    await station.crowd(PEOPLE)
    id_ = await station.tell(LUNCH)
    assert len(station.got()) == 2
    assert await station.broadcasts.finished() == ()  # two are told, and it is not over

    cut_short()
    await station.open()
    assert await station.broadcasts.start_due() == PEOPLE - 2
    await station.delivery.deliver_due()
    assert station.got() == ONCE
    assert [each.id for each in await station.broadcasts.finished()] == [id_]


async def test_one_that_was_cancelled_in_the_midst_of_it_tells_nobody_more(
    station: Station, cut_short: Callable[[], None]
) -> None:
    await station.crowd(PEOPLE)
    id_ = await station.tell(LUNCH)
    cut_short()
    await station.broadcasts.cancel(id_, AUTHOR)
    assert await station.broadcasts.start_due() == 0
    await station.delivery.deliver_due()
    assert len(station.got()) == 2
    assert (await station.broadcasts.get(id_)).done_at is not None


async def test_one_that_was_paused_in_the_midst_of_it_goes_on_when_resumed(
    station: Station, cut_short: Callable[[], None]
) -> None:
    await station.crowd(PEOPLE)
    id_ = await station.tell(LUNCH)
    cut_short()
    await station.broadcasts.pause(id_, AUTHOR)
    assert await station.broadcasts.start_due() == 0

    resumed = await station.broadcasts.resume(id_, AUTHOR)
    await station.delivery.deliver_due()
    assert resumed.state is BroadcastState.SENDING
    assert station.got() == ONCE


async def test_paused_resumed_and_cancelled_take_all_rows_however_they_divide(station: Station) -> None:
    await station.crowd(PEOPLE)
    broadcast = await station.broadcasts.confirm(LUNCH, AUTHOR, draft_key="draft")
    await station.broadcasts.pause(broadcast.id, AUTHOR)
    assert await station.delivery.deliver_due() == 0
    await station.broadcasts.resume(broadcast.id, AUTHOR)
    await station.broadcasts.pause(broadcast.id, AUTHOR)
    await station.broadcasts.cancel(broadcast.id, AUTHOR)
    assert (await station.rows())["dropped"] == PEOPLE
    assert (await station.broadcasts.progress(broadcast.id)).cancelled == PEOPLE


@pytest.mark.parametrize("then", ["resume", "cancel"])
async def test_a_process_that_ended_while_it_resumed_or_cancelled_comes_to_the_same_end(
    station: Station, then: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    await station.crowd(PEOPLE)
    broadcast = await station.broadcasts.confirm(LUNCH, AUTHOR, draft_key="draft")
    await station.broadcasts.pause(broadcast.id, AUTHOR)

    async def nothing(*_: object) -> None:
        return None

    with monkeypatch.context() as ended:
        ended.setattr(BroadcastListing, "free", nothing)
        ended.setattr(BroadcastListing, "drop", nothing)
        await getattr(station.broadcasts, then)(broadcast.id, AUTHOR)
    await station.open()
    await station.broadcasts.start_due()
    await station.delivery.deliver_due()

    assert station.got() == (ONCE if then == "resume" else {})
    assert [each.id for each in await station.broadcasts.finished()] == [broadcast.id]
