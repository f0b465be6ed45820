"""Which version set a session's start, and how often the session changed."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime

import pytest

from bot.services.agenda import AgendaService
from bot.services.agenda_imports import PreparedImport, prepare_import, read_stored_agenda, store_import
from bot.storage.database import Database
from bot.storage.revisions import sequences, start_versions
from content.agenda import Agenda
from tests.builders import a_room, a_session, a_speaker, an_agenda

NOW = datetime(2023, 11, 22, 8, 5, tzinfo=UTC)
TALK, PANEL = (
    a_session("talk", starts_at="11:00"),
    a_session("panel", starts_at="12:00", room_id="hall", speakers=["ana"]),
)


async def publish(database: Database, *sessions: object, agenda: Agenda | None = None) -> None:
    stored = await read_stored_agenda(database)
    new = agenda or an_agenda(*sessions)  # type: ignore[arg-type]
    prepared = prepare_import(stored, new, lambda: NOW, author="Olena", note="", allow_mass_removal=True)
    assert isinstance(prepared, PreparedImport)
    await store_import(database, prepared)


async def revisions(database: Database) -> dict[str, tuple[str, int, int]]:
    """By session id: clock time of the start in UTC, the version that set it, the sequence."""
    rows = await database.reader.execute_fetchall("SELECT handle, source_id FROM handles WHERE kind = 'session'")
    starts, numbers = await start_versions(database.reader), await sequences(database.reader)
    return {
        row["source_id"]: (starts[row["handle"]][0][11:16], starts[row["handle"]][1], numbers[row["handle"]])
        for row in rows
        if row["handle"] in starts
    }


async def test_a_start_is_of_the_version_that_set_it_also_there_and_back(database: Database) -> None:
    await publish(database, TALK, PANEL)
    assert await revisions(database) == {"talk": ("09:00", 1, 0), "panel": ("10:00", 1, 0)}

    await publish(database, a_session("talk", starts_at="11:30"), PANEL)
    assert await revisions(database) == {"talk": ("09:30", 2, 1), "panel": ("10:00", 1, 0)}

    await publish(database, TALK, PANEL)
    assert await revisions(database) == {"talk": ("09:00", 3, 2), "panel": ("10:00", 1, 0)}


async def test_other_changes_raise_the_sequence_and_leave_the_start(database: Database) -> None:
    await publish(database, TALK, PANEL)
    await publish(database, replace(TALK, cancelled=True), PANEL)
    await publish(database, TALK, PANEL)

    assert await revisions(database) == {"talk": ("09:00", 1, 2), "panel": ("10:00", 1, 0)}


async def test_a_session_that_left_and_came_back_goes_on_counting(database: Database) -> None:
    await publish(database, TALK, PANEL)
    await publish(database, PANEL)
    assert (await revisions(database))["talk"] == ("09:00", 1, 1)

    await publish(database, TALK, PANEL)
    assert (await revisions(database))["talk"] == ("09:00", 1, 2)
    rows = await database.reader.execute_fetchall("SELECT last_version FROM session_revisions")
    assert [row[0] for row in rows] == [3, 3]


@pytest.mark.parametrize(
    "agenda",
    [
        an_agenda(TALK, PANEL, rooms=[a_room("hall", "Grand Hall")]),
        an_agenda(TALK, PANEL, speakers=[a_speaker("ana", "Anna Popescu")]),
        an_agenda(TALK, PANEL, speakers=[a_speaker("ana", organisation="A cluster")]),
    ],
)
async def test_what_a_session_is_read_with_counts_as_its_change(database: Database, agenda: Agenda) -> None:
    await publish(database, TALK, PANEL)
    await publish(database, agenda=agenda)

    assert await revisions(database) == {"talk": ("09:00", 1, 0), "panel": ("10:00", 1, 1)}


async def test_under_another_id_it_is_the_same_session(database: Database) -> None:
    await publish(database, TALK, PANEL)
    await publish(database, replace(TALK, id="talk-2"), PANEL)

    assert (await revisions(database))["talk-2"][:2] == ("09:00", 1)


async def test_an_import_that_fails_leaves_the_revisions(database: Database) -> None:
    await publish(database, TALK, PANEL)
    before = await revisions(database)
    broken = an_agenda(a_session("talk", starts_at="11:30", room_id="nowhere"), PANEL, rooms=[a_room("hall")])
    with pytest.raises(Exception, match="FOREIGN KEY"):
        await publish(database, agenda=broken)

    assert await revisions(database) == before


async def test_a_database_from_before_following_gets_what_is_missing_at_the_start(database: Database) -> None:
    await publish(database, TALK, PANEL)
    await publish(database, TALK, PANEL, a_session("more"))
    async with database.transaction() as connection:
        await connection.execute("DELETE FROM session_revisions WHERE start_version = 1")

    await AgendaService(database, lambda: NOW).load()

    assert await revisions(database) == {"talk": ("09:00", 2, 0), "panel": ("10:00", 2, 0), "more": ("08:00", 2, 0)}
