"""Old versions of the agenda: read with their handles, listed, and made current again."""

from __future__ import annotations

import json
import zlib
from dataclasses import replace

import pytest

from bot.services.agenda_imports import ImportResult, NothingChanged
from bot.services.stored_versions import NoSuchVersionError
from bot.services.versions import VersionService
from bot.storage.database import Database
from content.formats.documents import DocumentError
from tests.bot.services.newsroom import Newsroom
from tests.bot.services.standing_clock import StandingClock
from tests.builders import a_session, an_agenda

LUNCH, DINNER = a_session("lunch", speakers=["ana"]), a_session("dinner", starts_at="19:00")


@pytest.fixture
async def room(database: Database, clock: StandingClock) -> Newsroom:
    newsroom = Newsroom(database, clock)
    await newsroom.publish(LUNCH, DINNER)
    return newsroom


async def test_an_old_version_is_as_it_was_with_its_handles(room: Newsroom) -> None:
    lunch = room.session("lunch")
    await room.publish(DINNER)

    for _ in range(2):
        old = await room.versions.version(1)
        assert old.sessions == (LUNCH, DINNER)
        assert old.session_by_id["lunch"].handle == lunch.handle != ""
    assert await room.versions.version(2) is room.agenda.current.agenda
    for number in (0, 3):
        with pytest.raises(NoSuchVersionError, match=f"no version {number}"):
            await room.versions.version(number)


async def test_an_id_that_now_means_another_session_misleads_nobody(room: Newsroom) -> None:
    lunch = room.session("lunch").handle
    await room.publish(replace(LUNCH, id="s-1"), DINNER)
    await room.publish(replace(LUNCH, id="s-1"), DINNER, a_session("lunch", title="Another lunch"))
    assert room.session("s-1").handle == lunch != room.session("lunch").handle

    old = await room.versions.version(1)

    assert old.session_by_id["lunch"].handle == lunch


async def without_handles(database: Database) -> None:
    """Versions as they were kept before attendees could follow."""
    rows = await database.reader.execute_fetchall("SELECT number, document FROM agenda_versions")
    async with database.transaction() as connection:
        for number, packed in rows:
            document = json.loads(zlib.decompress(packed))
            for kind in ("sessions", "speakers", "rooms", "tracks", "materials"):
                for item in document.get(kind, []):
                    item.pop("handle", None)
            await connection.execute(
                "UPDATE agenda_versions SET document = ? WHERE number = ?",
                (zlib.compress(json.dumps(document).encode()), number),
            )


async def test_versions_kept_without_handles_get_those_of_what_they_became(room: Newsroom) -> None:
    handles = room.session("lunch").handle, room.session("dinner").handle, room.speaker("ana").handle
    await room.publish(replace(LUNCH, id="s-1"), a_session("party"))
    await without_handles(room.database)

    old = await room.versions.version(1)

    assert (old.sessions[0].handle, old.sessions[1].handle, old.speakers[0].handle) == handles


async def test_the_history_is_newest_first(room: Newsroom) -> None:
    room.at("11:00")
    await room.publish(DINNER)

    newest, first = await room.versions.history()

    assert (newest.number, newest.created_at, newest.author) == (2, room.clock.now, "Olena")
    assert first.number == 1
    assert await room.versions.history(1) == (newest,)


async def test_undo_is_a_new_version_and_undone_it_is_taken_back(room: Newsroom) -> None:
    await room.publish(DINNER)

    undone = await room.versions.undo(author="Ion", note="a slip")

    assert isinstance(undone, ImportResult)
    assert undone.version == 3
    assert room.agenda.current.agenda == an_agenda(LUNCH, DINNER)
    assert [(entry.author, entry.note) for entry in await room.versions.history(1)] == [("Ion", "a slip")]
    await room.versions.undo(author="Ion", note="")
    assert room.agenda.current.agenda.sessions == (DINNER,)


async def test_undo_may_go_back_further_even_if_much_goes(room: Newsroom) -> None:
    await room.publish(LUNCH, DINNER, *(a_session(f"extra-{number}") for number in range(8)))
    await room.publish(LUNCH, *(a_session(f"extra-{number}") for number in range(8)))

    await room.versions.undo(author="Ion", note="", to=1)

    assert room.agenda.current.agenda.sessions == (LUNCH, DINNER)
    assert await room.versions.undo(author="Ion", note="", to=1) == NothingChanged(4)


async def test_before_the_first_version_there_is_nothing(room: Newsroom) -> None:
    with pytest.raises(NoSuchVersionError, match="no version 0"):
        await room.versions.undo(author="Ion", note="")


async def test_a_version_that_cannot_be_read_holds_nothing_up(room: Newsroom, caplog: pytest.LogCaptureFixture) -> None:
    await room.follow(1, "lunch")
    await room.publish(DINNER)
    async with room.database.transaction() as connection:
        await connection.execute(
            "UPDATE agenda_versions SET document = ? WHERE number = 1", (zlib.compress(b'{"format": 99}'),)
        )

    with pytest.raises(DocumentError):
        await VersionService(room.database, room.agenda).version(1)
    assert await room.tell_settled() == []
    assert await room.told_versions(1) == {2}
    assert "since version 1" in caplog.text
    assert (await room.changes.recent_changes()).changes == ()
