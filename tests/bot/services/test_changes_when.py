"""When people hear that the agenda changed: settled, at once, after the night, merged, undone."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, timedelta

import pytest

from bot.services.changes import SETTLE
from tests.bot.services.newsroom import LUNCH, PANEL, TALK, Newsroom, Told, later
from tests.builders import a_session

MINUTE = timedelta(minutes=1)


async def test_what_is_undone_within_the_settle_minute_is_told_to_nobody(newsroom: Newsroom) -> None:
    await newsroom.follow(1, "talk")
    await newsroom.publish(later(TALK), PANEL, LUNCH)
    await newsroom.tell()
    newsroom.clock.now += MINUTE / 2
    await newsroom.versions.undo(author="Olena", note="a slip")

    assert await newsroom.tell_settled() == []
    newsroom.clock.now += 2 * SETTLE
    assert await newsroom.tell() == []
    assert await newsroom.queued() == []
    assert await newsroom.told_versions(1) == {3}


async def test_several_versions_become_one_message(newsroom: Newsroom) -> None:
    await newsroom.follow(1, "talk", "panel")
    for number in (1, 2, 3):
        await newsroom.publish(later(TALK, number / 4), *([PANEL] if number < 3 else []), LUNCH)
        assert await newsroom.tell() == []
        newsroom.clock.now += MINUTE / 2

    # The latest version is half a minute old: it may be undone still.
    assert await newsroom.queued() == [(1, timedelta(seconds=30))]
    newsroom.clock.now += MINUTE / 2
    assert await newsroom.tell() == [Told(1, {"talk": "changed", "panel": "cancelled"})]
    assert await newsroom.tell() == []


async def test_an_agenda_that_goes_on_changing_is_told_after_five_minutes(newsroom: Newsroom) -> None:
    await newsroom.follow(1, "talk")
    told = []
    for number in range(12):
        await newsroom.publish(later(TALK, number / 60 + 1), PANEL, LUNCH)
        told += await newsroom.tell()
        newsroom.clock.now += MINUTE / 2

    assert told == [Told(1, {"talk": "changed"})]


async def test_the_change_of_a_session_that_starts_within_three_hours_is_told_at_once(newsroom: Newsroom) -> None:
    await newsroom.follow(1, "lunch")
    await newsroom.follow(2, "panel")
    newsroom.at("11:00")
    await newsroom.publish(TALK, later(PANEL), later(LUNCH))

    assert await newsroom.tell() == [Told(1, {"lunch": "changed"})]
    assert await newsroom.queued() == [(2, SETTLE)]


async def test_a_session_moved_to_within_three_hours_is_told_at_once(newsroom: Newsroom) -> None:
    await newsroom.follow(1, "panel")
    await newsroom.publish(TALK, later(PANEL, -5), LUNCH)

    assert await newsroom.tell() == [Told(1, {"panel": "changed"})]


async def test_what_is_undone_while_its_notice_is_on_the_way_is_told_after_it(newsroom: Newsroom) -> None:
    await newsroom.follow(1, "talk")
    await newsroom.publish(later(TALK), PANEL, LUNCH)
    await newsroom.changes.plan()
    newsroom.clock.now += SETTLE
    (item,) = await newsroom.claimed()
    rendering = await newsroom.change_renderer.render(item, (await newsroom.attendee(1)))
    await newsroom.versions.undo(author="Olena", note="")
    await newsroom.changes.plan()

    assert await newsroom.record(item, rendering) is not None
    newsroom.news.clear()
    newsroom.clock.now += MINUTE
    assert await newsroom.tell_settled() == [Told(1, {"talk": "changed"})]


async def test_at_night_it_waits_for_the_morning_and_merges(newsroom: Newsroom) -> None:
    newsroom.at("2023-11-21 22:30")
    await newsroom.follow(1, "talk", "panel")
    await newsroom.publish(later(TALK), PANEL, LUNCH)
    assert await newsroom.tell_settled() == []
    newsroom.at("2023-11-21 23:30")
    await newsroom.publish(later(TALK), later(PANEL), LUNCH)
    assert await newsroom.tell_settled() == []

    newsroom.at("2023-11-22 06:59")
    assert await newsroom.tell() == []
    newsroom.at("2023-11-22 07:00")
    assert await newsroom.tell() == [Told(1, {"talk": "changed", "panel": "changed"})]


async def test_what_begins_before_the_morning_is_not_held_till_then(newsroom: Newsroom) -> None:
    run = a_session("run", starts_at="06:30")
    await newsroom.publish(TALK, PANEL, LUNCH, run)
    newsroom.at("2023-11-21 22:30")
    await newsroom.follow(1, "run")
    await newsroom.publish(TALK, PANEL, LUNCH, later(run, 0.5))

    assert await newsroom.tell_settled() == []
    assert await newsroom.queued() == [(1, timedelta(hours=4, minutes=59))]
    newsroom.at("2023-11-22 03:30")
    assert await newsroom.tell() == [Told(1, {"run": "changed"})]


async def test_an_urgent_change_takes_a_held_notice_along(newsroom: Newsroom) -> None:
    run = a_session("run", starts_at="2023-11-22 01:00")
    await newsroom.publish(TALK, PANEL, LUNCH, run)
    newsroom.at("2023-11-21 22:30")
    await newsroom.follow(1, "talk", "run")
    await newsroom.publish(later(TALK), PANEL, LUNCH, run)
    assert await newsroom.tell_settled() == []
    await newsroom.publish(later(TALK), PANEL, LUNCH, later(run))

    assert await newsroom.tell() == [Told(1, {"run": "changed", "talk": "changed"})]


async def test_more_than_six_notices_an_hour_are_held_and_merged(newsroom: Newsroom) -> None:
    await newsroom.follow(1, "panel")
    told = []
    for number in range(10):
        await newsroom.publish(TALK, later(PANEL, 1 + number / 60), LUNCH)
        told += await newsroom.tell_settled()

    assert len(told) == 6
    (_, wait), = await newsroom.queued()  # fmt: skip
    newsroom.clock.now += wait
    assert await newsroom.tell() == [Told(1, {"panel": "changed"})]


async def test_nothing_is_told_of_what_is_over_by_then(newsroom: Newsroom) -> None:
    await newsroom.follow(1, "lunch")
    await newsroom.welcome(1, blocked=True)
    await newsroom.publish(TALK, PANEL, later(LUNCH, 0.25))
    await newsroom.tell()
    newsroom.at("15:30")
    await newsroom.welcome(1)

    assert await newsroom.tell_settled() == []
    assert await newsroom.told_versions(1) == {2}


async def test_a_version_stamped_by_another_clock_settles_all_the_same(newsroom: Newsroom) -> None:
    await newsroom.follow(1, "talk")
    now = newsroom.clock.now
    newsroom.clock.now += timedelta(days=1000)
    await newsroom.publish(later(TALK), PANEL, LUNCH)
    newsroom.clock.now = now

    assert await newsroom.tell_settled() == [Told(1, {"talk": "changed"})]


@pytest.mark.parametrize("night", ["2024-03-31", "2024-10-27"])
async def test_in_the_night_of_a_clock_change_a_held_notice_comes_three_hours_before(
    newsroom: Newsroom, night: str
) -> None:
    """The clocks of Bucharest jump at three in spring, and stand still for an hour at four in autumn."""
    workshop = a_session("workshop", starts_at=f"{night} 06:30")
    newsroom.at(f"{night} 00:30")
    await newsroom.publish(workshop, PANEL, LUNCH)
    await newsroom.follow(1, "workshop")
    await newsroom.publish(replace(workshop, cancelled=True), PANEL, LUNCH)
    await newsroom.changes.plan()
    newsroom.clock.now += SETTLE

    assert await newsroom.deliver() == []
    [(_, wait)] = await newsroom.queued()
    newsroom.clock.now += wait
    assert workshop.starts_at.astimezone(UTC) - newsroom.clock.now == timedelta(hours=3)
    assert await newsroom.deliver() == [Told(1, {"workshop": "cancelled"})]
