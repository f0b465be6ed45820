"""Telling people that the agenda changed: who, what and once; in a real database, on a clock that stands."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

from bot.services.agenda_imports import PreparedImport, prepare_import, read_stored_agenda, store_import
from bot.services.changes import SETTLE
from tests.bot.services.newsroom import LUNCH, PANEL, TALK, Newsroom, Told, later
from tests.builders import a_session, an_agenda

MINUTE = timedelta(minutes=1)


async def test_only_cancellations_are_told_to_each_follower_once(newsroom: Newsroom) -> None:
    await newsroom.follow(1, "talk", "lunch")
    await newsroom.follow(2, "panel")
    await newsroom.follow(3, "lunch")
    await newsroom.publish(LUNCH)

    assert await newsroom.tell() == []
    assert await newsroom.tell_settled() == [Told(1, {"talk": "cancelled"}), Told(2, {"panel": "cancelled"})]
    newsroom.at("14:00")
    assert await newsroom.tell() == []
    assert [await newsroom.told_versions(chat_id) for chat_id in (1, 2, 3)] == [{2}, {2}, {2}]


async def test_the_first_version_tells_nobody(newsroom: Newsroom) -> None:
    await newsroom.follow(1, "talk")

    assert await newsroom.tell_settled() == []
    assert await newsroom.rows() == 0


async def test_what_is_undone_after_it_was_told_is_told_too(newsroom: Newsroom) -> None:
    await newsroom.follow(1, "talk")
    await newsroom.publish(PANEL, LUNCH)
    assert await newsroom.tell_settled() == [Told(1, {"talk": "cancelled"})]

    await newsroom.versions.undo(author="Olena", note="")

    assert await newsroom.tell_settled() == [Told(1, {"talk": "restored"})]


async def test_who_follows_a_session_and_its_speakers_gets_one_message_with_it_once(newsroom: Newsroom) -> None:
    await newsroom.follow(1, "talk", "panel")
    await newsroom.follows.follow(1, newsroom.speaker("ana"))
    await newsroom.follows.follow(1, newsroom.speaker("ion"))
    await newsroom.publish(TALK, later(PANEL), LUNCH)

    assert await newsroom.tell_settled() == [Told(1, {"panel": "changed"})]
    assert await newsroom.told_versions(1) == {2}


async def test_a_muted_session_is_silent(newsroom: Newsroom) -> None:
    await newsroom.follow(1, "talk", "panel")
    await newsroom.follows.mute(1, newsroom.session("talk").handle, True)
    await newsroom.publish(later(TALK), later(PANEL), LUNCH)

    assert await newsroom.tell_settled() == [Told(1, {"panel": "changed"})]
    await newsroom.publish(TALK, later(PANEL), LUNCH)
    assert await newsroom.tell_settled() == []
    assert await newsroom.told_versions(1) == {3}


async def test_with_changes_switched_off_nothing_comes_not_even_later(newsroom: Newsroom) -> None:
    await newsroom.follow(1, "talk")
    await newsroom.follows.set_changes(1, False)
    await newsroom.publish(later(TALK), PANEL, LUNCH)

    assert await newsroom.tell_settled() == []
    assert await newsroom.told_versions(1) == {2}
    await newsroom.follows.set_changes(1, True)
    assert await newsroom.tell_settled() == []


async def test_switched_off_while_the_notice_waits_it_is_dropped(newsroom: Newsroom) -> None:
    await newsroom.follow(1, "talk")
    await newsroom.publish(later(TALK), PANEL, LUNCH)
    await newsroom.tell()
    await newsroom.follows.set_changes(1, False)

    assert await newsroom.tell_settled() == []
    assert await newsroom.told_versions(1) == {2}


async def test_a_vanished_session_is_told_with_what_people_last_knew_of_it(newsroom: Newsroom) -> None:
    await newsroom.follow(1, "talk")
    await newsroom.publish(later(TALK), PANEL, LUNCH)
    assert await newsroom.tell_settled() == [Told(1, {"talk": "changed"})]
    await newsroom.publish(PANEL, LUNCH)
    await newsroom.changes.plan()
    newsroom.clock.now += SETTLE
    (item,) = await newsroom.claimed()

    message = await newsroom.write(item)

    assert message is not None
    assert "Cancelled: <b>Talk</b>" in message.text
    assert ">16:00<" in message.text
    assert ">15:00<" not in message.text


async def test_a_followed_speaker_taken_out_of_a_session_and_put_back_is_told_of(newsroom: Newsroom) -> None:
    await newsroom.follow(1)
    await newsroom.follows.follow(1, newsroom.speaker("ana"))
    alone = replace(PANEL, speakers=PANEL.speakers[1:])

    await newsroom.publish(TALK, alone, LUNCH)
    assert await newsroom.tell_settled() == [Told(1, {"panel": "changed"})]
    await newsroom.publish(TALK, PANEL, LUNCH)
    assert await newsroom.tell_settled() == [Told(1, {"panel": "added"})]
    await newsroom.publish(TALK, PANEL, LUNCH, a_session("extra", starts_at="17:30", speakers=["ana"]))
    assert await newsroom.tell_settled() == [Told(1, {"extra": "added"})]


async def test_who_followed_after_the_change_saw_it(newsroom: Newsroom) -> None:
    await newsroom.publish(later(TALK), PANEL, LUNCH)
    await newsroom.follow(1, "talk")

    assert await newsroom.tell_settled() == []


async def test_a_restart_tells_nothing_twice_and_forgets_nothing(newsroom: Newsroom) -> None:
    await newsroom.follow(1, "talk")
    await newsroom.follow(2, "talk")
    await newsroom.publish(later(TALK), PANEL, LUNCH)
    await newsroom.tell()
    newsroom.start()

    assert await newsroom.tell_settled() == [Told(1, {"talk": "changed"}), Told(2, {"talk": "changed"})]
    newsroom.start()
    assert await newsroom.tell_settled() == []


async def test_who_blocked_the_bot_is_told_when_they_are_back(newsroom: Newsroom) -> None:
    await newsroom.follow(1, "talk")
    await newsroom.welcome(1, blocked=True)
    await newsroom.publish(later(TALK), PANEL, LUNCH)
    assert await newsroom.tell_settled() == []
    await newsroom.welcome(1)

    assert await newsroom.tell() == [Told(1, {"talk": "changed"})]


async def test_a_notice_that_cannot_be_sent_is_not_planned_for_ever(newsroom: Newsroom) -> None:
    await newsroom.follow(1, "talk")
    await newsroom.publish(later(TALK), PANEL, LUNCH)
    await newsroom.tell()
    async with newsroom.database.transaction() as connection:
        await connection.execute("UPDATE outbox SET state = 'failed'")
    newsroom.clock.now += 2 * SETTLE

    assert await newsroom.changes.plan() == 0
    await newsroom.publish(TALK, later(PANEL), LUNCH)
    assert await newsroom.tell_settled() == []  # it is as they knew it
    await newsroom.publish(later(TALK), later(PANEL), LUNCH)
    assert await newsroom.tell_settled() == [Told(1, {"talk": "changed"})]


async def test_whom_it_does_not_concern_counts_as_told(newsroom: Newsroom) -> None:
    for chat_id in range(1, 30):
        await newsroom.follow(chat_id, "talk", "lunch")
    await newsroom.publish(later(TALK), PANEL, LUNCH)

    assert await newsroom.changes.plan() == 29
    rows = await newsroom.database.reader.execute_fetchall(
        "SELECT told_version, count(*) FROM follows GROUP BY told_version"
    )
    assert [tuple(row) for row in rows] == [(1, 29), (2, 29)]


async def test_recent_changes_are_what_differs_now_the_upcoming_first(newsroom: Newsroom) -> None:
    assert (await newsroom.changes.recent_changes()).changes == ()
    await newsroom.publish(later(TALK), later(PANEL), LUNCH)
    newsroom.clock.now += MINUTE
    await newsroom.publish(later(TALK, 2), PANEL, LUNCH, a_session("extra", starts_at="10:00", minutes=30))

    found = await newsroom.changes.recent_changes()

    assert found.since is not None
    assert found.since.number == 1
    assert [(change.news.session.id, change.news.kind, change.version.number) for change in found.changes] == [
        ("extra", "added", 3),
        ("talk", "changed", 3),
    ]
    assert found.changes[1].news.old == TALK
    assert found.changes[0].version.author == "Olena"
    newsroom.at("12:00")
    assert [change.news.session.id for change in (await newsroom.changes.recent_changes()).changes] == ["talk", "extra"]
    assert [change.news.session.id for change in (await newsroom.changes.recent_changes(1)).changes] == [
        "panel",
        "talk",
        "extra",
    ]


async def test_who_followed_in_a_version_not_yet_taken_over_is_told_nothing_backwards(newsroom: Newsroom) -> None:
    """Another process imported: the database is ahead of the agenda that the notice is written from."""
    await newsroom.follow(1, "lunch", "talk")
    await newsroom.publish(TALK, PANEL, later(LUNCH))
    await newsroom.changes.plan()
    newsroom.clock.now += SETTLE
    [item] = await newsroom.claimed()
    ahead = an_agenda(later(TALK), PANEL, later(LUNCH))
    prepared = prepare_import(
        await read_stored_agenda(newsroom.database), ahead, newsroom.clock, author="Olena", note=""
    )
    assert isinstance(prepared, PreparedImport)
    await store_import(newsroom.database, prepared)
    async with newsroom.database.transaction() as connection:
        await connection.execute(
            "UPDATE follows SET told_version = 3 WHERE handle = ?", (newsroom.session("talk").handle,)
        )

    assert await newsroom.write(item) is not None
    assert [each.news.session.id for news in newsroom.news for each in news] == ["lunch"]
