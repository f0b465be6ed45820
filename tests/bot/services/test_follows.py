"""Following: done twice is done once, and remembered as the database has it."""

from __future__ import annotations

import asyncio
import sqlite3

import pytest

from bot.models import Follows, NoticeWishes, SessionWish
from tests.bot.services.conference import Conference
from tests.builders import a_session, a_speaker


@pytest.fixture
async def held(conference: Conference) -> Conference:
    await conference.publish(
        a_session("late", starts_at="17:00", speakers=["ana"]),
        a_session("talk", starts_at="11:00"),
        a_session("panel", starts_at="12:00", speakers=["ana", "ion"]),
    )
    await conference.welcome(1, 2)
    return conference


async def told_versions(conference: Conference, chat_id: int) -> list[int]:
    rows = await conference.database.reader.execute_fetchall(
        "SELECT told_version FROM follows WHERE chat_id = ? ORDER BY followed_at", (chat_id,)
    )
    return [row[0] for row in rows]


async def test_following_twice_is_following_once(held: Conference) -> None:
    talk, ana = held.session("talk"), held.speaker("ana")

    assert await held.follows.follow(1, talk) is True
    assert await held.follows.follow(1, talk) is False
    assert await held.follows.follow(1, ana) is True

    assert await held.follows.follows_of(1) == Follows(frozenset({talk.handle}), frozenset({ana.handle}))
    assert await held.follows.unfollow(1, talk.handle) is True
    assert await held.follows.unfollow(1, talk.handle) is False
    assert await held.follows.follows_of(1) == Follows(speakers=frozenset({ana.handle}))
    assert await held.follows.follows_of(2) == Follows()


async def test_pressed_ten_times_at_once_it_is_followed_once(held: Conference) -> None:
    talk = held.session("talk")

    done = await asyncio.gather(*(held.follows.follow(1, talk) for _ in range(10)))

    assert sorted(done) == [False] * 9 + [True]


async def test_who_follows_has_seen_the_version_of_that_moment(held: Conference) -> None:
    await held.follows.follow(1, held.session("talk"))
    held.at("10:10")
    await held.publish(a_session("talk", starts_at="11:15"), a_session("panel", starts_at="12:00"))
    await held.follows.follow(1, held.session("panel"))
    await held.follows.follow(1, held.session("talk"))

    assert await told_versions(held, 1) == [1, 2]


async def test_wishes_are_kept_and_found_again_after_a_restart(held: Conference) -> None:
    talk, panel = held.session("talk").handle, held.session("panel").handle
    await held.follows.set_lead(1, 30)
    await held.follows.set_changes(1, False)
    await held.follows.set_quiet_hours(1, False)
    await held.follows.set_session_lead(1, talk, 5)
    await held.follows.mute(1, talk, True)
    await held.follows.mute(1, panel, True)
    await held.follows.mute(1, panel, False)
    known = await held.follows.follows_of(1)

    held.start()

    assert await held.follows.follows_of(1) == known
    assert known.wishes == NoticeWishes(30, changes=False, quiet_hours=False)
    assert known.session_wishes == {talk: SessionWish(5, muted=True)}
    await held.follows.set_session_lead(1, talk, None)
    assert (await held.follows.follows_of(1)).session_wishes == {talk: SessionWish(None, muted=True)}


@pytest.mark.parametrize("minutes", [-5, 7, 61])
async def test_a_lead_that_is_not_offered_is_refused(held: Conference, minutes: int) -> None:
    with pytest.raises(ValueError, match=str(minutes)):
        await held.follows.set_lead(1, minutes)
    with pytest.raises(ValueError, match=str(minutes)):
        await held.follows.set_session_lead(1, held.session("talk").handle, minutes)

    assert await held.follows.follows_of(1) == Follows()


async def test_who_follows_what_they_muted_wants_to_hear_of_it(held: Conference) -> None:
    panel = held.session("panel")
    await held.follows.follow(1, held.speaker("ana"))
    await held.follows.set_session_lead(1, panel.handle, 30)
    await held.follows.mute(1, panel.handle, True)

    await held.follows.follow(1, panel)

    assert (await held.follows.follows_of(1)).session_wishes == {panel.handle: SessionWish(30)}


async def test_their_sessions_are_those_followed_and_those_of_speakers_in_order(held: Conference) -> None:
    await held.follows.follow(1, held.speaker("ana"))
    await held.follows.follow(1, held.session("talk"))
    await held.follows.follow(1, held.session("panel"))
    agenda = held.agenda.current.agenda

    followed = (await held.follows.follows_of(1)).sessions_in(agenda)

    assert [session.id for session in followed] == ["talk", "panel", "late"]
    await held.publish(a_session("panel"))
    follows = await held.follows.follows_of(1)
    assert [each.id for each in follows.sessions_in(held.agenda.current.agenda)] == ["panel"]


async def test_followers_are_counted_once_each_and_those_who_blocked_the_bot_not(held: Conference) -> None:
    panel = held.session("panel")
    await held.follow(1, "panel")
    await held.follows.follow(1, held.speaker("ana"))
    await held.follows.follow(2, held.speaker("ion"))
    await held.follow(3, "panel")
    await held.welcome(3, blocked=True)

    assert await held.follows.follower_count(panel) == 2
    assert await held.follows.follower_count(held.session("talk")) == 0


async def test_a_stranger_cannot_follow_and_nothing_stays_behind(held: Conference) -> None:
    with pytest.raises(sqlite3.IntegrityError):
        await held.follows.follow(99, held.session("talk"))
    with pytest.raises(sqlite3.IntegrityError):
        await held.follows.follow(1, a_speaker("nobody", handle="nobody00"))

    assert await held.follows.follows_of(99) == Follows()
    assert await held.follows.follows_of(1) == Follows()


async def test_listeners_hear_of_changes_alone(held: Conference) -> None:
    heard: list[tuple[int, Follows, Follows]] = []
    held.follows.subscribe(lambda chat_id, before, after: heard.append((chat_id, before, after)))
    talk = held.session("talk")

    await held.follows.follow(1, talk)
    await held.follows.follow(1, talk)
    await held.follows.set_lead(1, 10)

    assert heard == [(1, Follows(), Follows(frozenset({talk.handle})))]


async def test_memory_holds_the_latest_and_no_more_than_so_many(
    held: Conference, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("bot.services.follows._REMEMBERED", 3)
    talk = held.session("talk")
    await held.follows.follow(1, talk)
    for chat_id in (2, 3, 4):
        await held.follows.follows_of(chat_id)
    asked: list[str] = []
    await held.database.reader.set_trace_callback(asked.append)
    for chat_id in (2, 3, 4):
        await held.follows.follows_of(chat_id)
    assert asked == []
    assert await held.follows.follows_of(1) == Follows(frozenset({talk.handle}))
    assert len(asked) == 1
