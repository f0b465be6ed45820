"""Whom reminders reach: not who muted, left or blocked; everybody after a restart or a failure."""

from __future__ import annotations

import sqlite3

import pytest

from bot.storage.outbox import drop_rows_of_chat
from tests.bot.services.conference import Conference
from tests.builders import a_session


async def test_muted_or_not_followed_any_more_nothing_comes_until_it_is_again(conference: Conference) -> None:
    await conference.publish(a_session("talk", starts_at="11:00"))
    await conference.follow(1, "talk")
    await conference.follow(2, "talk")
    talk = conference.session("talk")
    conference.at("10:50")
    assert await conference.reminders.plan_due() == 2

    await conference.follows.mute(1, talk.handle, muted=True)
    await conference.follows.unfollow(2, talk.handle)
    assert await conference.reminded() == []

    await conference.follows.mute(1, talk.handle, muted=False)
    assert await conference.reminded() == [(1, "talk")]
    await conference.follows.follow(2, talk)
    assert await conference.reminded() == []  # the press said when it starts


async def test_for_what_is_muted_or_off_no_row_is_written(conference: Conference) -> None:
    await conference.publish(a_session("talk", starts_at="11:00"), a_session("panel", starts_at="11:00"))
    await conference.follow(1, "talk", "panel")
    await conference.follows.mute(1, conference.session("talk").handle, muted=True)
    await conference.follows.set_session_lead(1, conference.session("panel").handle, 0)
    conference.at("10:55")

    assert await conference.reminders.plan_due() == 0


async def test_what_could_not_be_planned_is_planned_the_next_time(conference: Conference) -> None:
    await conference.publish(a_session("talk", starts_at="11:00"))
    await conference.follow(1, "talk")
    await conference.follow(2, "talk")
    talk = conference.session("talk")
    await conference.follows.mute(2, talk.handle, muted=True)
    conference.at("10:50")
    assert await conference.reminded() == [(1, "talk")]
    await conference.follows.mute(2, talk.handle, muted=False)

    async with conference.database.transaction() as connection:
        await connection.execute("ALTER TABLE outbox RENAME TO elsewhere")
    with pytest.raises(sqlite3.OperationalError):
        await conference.reminders.plan_due()
    async with conference.database.transaction() as connection:
        await connection.execute("ALTER TABLE elsewhere RENAME TO outbox")

    assert await conference.reminded() == [(2, "talk")]


async def test_reminders_of_very_many_are_planned_bite_by_bite_and_each_bite_stands_for_itself(
    conference: Conference, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("bot.services.reminders._PLANNED_AT_ONCE", 2)
    names = ["one", "other", "third"]
    await conference.publish(*(a_session(name, starts_at="11:00") for name in names))
    for chat_id in (1, 2):
        await conference.follow(chat_id, *names)
    conference.at("10:50")
    async with conference.database.transaction() as connection:
        await connection.execute(
            "CREATE TEMP TRIGGER full BEFORE INSERT ON outbox WHEN (SELECT count(*) FROM outbox) >= 2"
            " BEGIN SELECT raise(ABORT, 'the disk is full'); END"
        )
    with pytest.raises(sqlite3.IntegrityError):
        await conference.reminders.plan_due()
    assert await conference.rows() == 2
    async with conference.database.transaction() as connection:
        await connection.execute("DROP TRIGGER full")

    assert await conference.reminders.plan_due() == 4
    assert await conference.reminders.plan_due() == 0
    assert sorted(await conference.reminded()) == sorted((chat_id, name) for chat_id in (1, 2) for name in names)


async def test_a_speakers_sessions_are_followed_with_them_and_each_reminds_once(conference: Conference) -> None:
    await conference.publish(
        a_session("talk", starts_at="11:00", speakers=["ana", "ion"]),
        a_session("panel", starts_at="12:00", speakers=["ana"]),
    )
    await conference.follow(1, "talk")
    await conference.follows.follow(1, conference.speaker("ana"))
    await conference.follows.follow(1, conference.speaker("ion"))
    conference.at("10:50")
    assert await conference.reminded() == [(1, "talk")]

    await conference.follows.unfollow(1, conference.speaker("ana").handle)
    conference.at("11:50")
    assert await conference.reminded() == []


async def test_who_follows_a_speaker_hears_nothing_of_sessions_they_were_replaced_in(conference: Conference) -> None:
    await conference.publish(a_session("talk", starts_at="11:00", speakers=["ana"]), a_session("x", speakers=["ion"]))
    await conference.welcome(1, 2)
    await conference.follows.follow(1, conference.speaker("ana"))
    await conference.follows.follow(2, conference.speaker("ion"))
    conference.at("10:50")
    assert await conference.reminders.plan_due() == 1

    await conference.publish(
        a_session("talk", starts_at="11:00", speakers=["ion"]), a_session("x", starts_at="10:00", speakers=["ana"])
    )

    assert await conference.reminded() == [(2, "talk")]


async def test_a_restart_neither_forgets_nor_repeats(conference: Conference) -> None:
    await conference.publish(a_session("talk", starts_at="11:00"), a_session("panel", starts_at="11:05"))
    await conference.follow(1, "talk", "panel")
    conference.at("10:50")
    assert await conference.reminded() == [(1, "talk")]
    conference.at("10:56")
    assert await conference.reminders.plan_due() == 1

    conference.start()

    assert [(one.chat_id, one.session) for one in await conference.send()] == [(1, "panel")]
    assert await conference.reminded() == []


async def test_who_blocked_the_bot_is_left_out_and_reminded_when_they_come_back(conference: Conference) -> None:
    await conference.publish(a_session("talk", starts_at="11:00"))
    await conference.follow(1, "talk")
    await conference.welcome(1, blocked=True)
    conference.at("10:50")
    assert await conference.reminded() == []

    await conference.welcome(1)
    conference.at("10:51")

    assert await conference.reminded() == [(1, "talk")]


async def test_who_blocked_the_bot_meanwhile_and_comes_back_in_time_is_reminded_once(conference: Conference) -> None:
    await conference.publish(a_session("talk", starts_at="11:00"))
    await conference.follow(1, "talk")
    await conference.follow(2, "talk")
    conference.at("10:50")
    assert await conference.reminders.plan_due() == 2
    await conference.welcome(1, blocked=True)
    async with conference.database.transaction() as connection:
        assert await drop_rows_of_chat(connection, 1, conference.clock.now, "blocked") == 1
    conference.at("10:52")
    assert await conference.reminded() == [(2, "talk")]

    await conference.welcome(1)
    conference.at("10:53")

    assert await conference.reminded() == [(1, "talk")]
    conference.at("10:55")
    assert await conference.reminded() == []
