"""The current agenda comes back from its tables as it went in, and as its version's document says."""

import asyncio
import json
import sqlite3
from collections.abc import Iterator
from contextlib import AsyncExitStack
from datetime import UTC, datetime
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings

from bot.models import AgendaVersion
from bot.services.agenda_imports import (
    NothingChanged,
    StoredAgenda,
    prepare_import,
    read_stored_agenda,
    store_import,
)
from bot.storage.agendas import read_current_agenda, write_current_agenda
from bot.storage.database import Database, open_database
from bot.storage.versions import add_version, latest_version_number, packed, read_version
from content.agenda import Agenda
from content.formats.documents import from_document, to_document
from tests.bot.storage.agendas_at_large import agendas
from tests.builders import a_material, a_moment, a_session, an_agenda

NOW = datetime(2023, 11, 22, 8, 5, tzinfo=UTC)


def a_version(number: int) -> AgendaVersion:
    return AgendaVersion(number, NOW, "an organiser", "agenda.yaml", "ghid-json-1", "0" * 64, '{"ș": "ї"}')


async def import_over(database: Database, stored: StoredAgenda, agenda: Agenda) -> StoredAgenda:
    prepared = prepare_import(stored, agenda, lambda: NOW, author="a test", note="", allow_mass_removal=True)
    if not isinstance(prepared, NothingChanged):
        await store_import(database, prepared)
    return await read_stored_agenda(database)


@pytest.fixture
def runner() -> Iterator[asyncio.Runner]:
    with asyncio.Runner() as opened:
        yield opened


def test_any_agenda_comes_back_as_its_versions_document_says(tmp_path: Path, runner: asyncio.Runner) -> None:
    stack = AsyncExitStack()
    database = runner.run(stack.enter_async_context(open_database(tmp_path / "ghid.db")))
    stored = StoredAgenda(0, None, {})

    @settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.too_slow])
    @given(agenda=agendas())
    def each_takes_the_place_of_the_one_before(agenda: Agenda) -> None:
        nonlocal stored
        stored = runner.run(import_over(database, stored, agenda))
        version = runner.run(read_version(database.reader, stored.version))

        assert stored.agenda == agenda
        assert version is not None
        assert version.number == runner.run(latest_version_number(database.reader))
        document = json.loads(version.document)
        assert to_document(stored.with_handles()) == document
        assert from_document(document) == agenda
        handled = stored.with_handles()
        handles = {session.handle for session in handled.sessions} | {speaker.handle for speaker in handled.speakers}
        assert len(handles - {""}) == len(agenda.sessions) + len(agenda.speakers)

    try:
        each_takes_the_place_of_the_one_before()
    finally:
        runner.run(stack.aclose())


async def test_an_empty_database_has_no_agenda(database: Database) -> None:
    assert await read_current_agenda(database.reader) is None
    assert await read_version(database.reader, 1) is None
    assert await latest_version_number(database.reader) == 0


@pytest.mark.parametrize(
    "agenda",
    [
        an_agenda(a_session(room_id="nowhere"), rooms=[]),
        an_agenda(a_session(track_id="nothing"), tracks=[]),
        an_agenda(a_session(part_of="nothing")),
        an_agenda(a_session(speakers=["nobody"]), speakers=[]),
        an_agenda(a_session("twice"), a_session("twice")),
        an_agenda(materials=[a_material(speaker_ids=("nobody",))]),
        an_agenda(materials=[a_material(session_ids=("nothing",))]),
    ],
    ids=["room", "track", "whole", "speaker", "id twice", "material's speaker", "material's session"],
)
async def test_an_agenda_that_points_at_nothing_is_refused_whole(database: Database, agenda: Agenda) -> None:
    before = an_agenda(a_session("before"))
    async with database.transaction() as connection:
        await add_version(connection, a_version(1), packed(a_version(1)))
        await write_current_agenda(connection, before, 1)

    with pytest.raises(sqlite3.IntegrityError):
        async with database.transaction() as connection:
            await write_current_agenda(connection, agenda, 1)

    assert await read_current_agenda(database.reader) == before


async def test_an_agenda_belongs_to_a_version(database: Database) -> None:
    with pytest.raises(sqlite3.IntegrityError):
        async with database.transaction() as connection:
            await write_current_agenda(connection, an_agenda(a_session()), 7)


async def test_a_version_comes_back_with_its_document(database: Database) -> None:
    async with database.transaction() as connection:
        await add_version(connection, a_version(1), packed(a_version(1)))

    assert await read_version(database.reader, 1) == a_version(1)


async def test_a_version_is_never_written_over(database: Database) -> None:
    async with database.transaction() as connection:
        await add_version(connection, a_version(1), packed(a_version(1)))

    with pytest.raises(sqlite3.IntegrityError):
        async with database.transaction() as connection:
            await add_version(connection, a_version(1), packed(a_version(1)))


async def test_of_an_agenda_that_was_read_anew_only_what_reads_otherwise_is_written(database: Database) -> None:
    before = an_agenda(*(a_session(f"talk-{number}", "A talk") for number in range(20)))
    after = an_agenda(*(a_session(f"talk-{number}", "Another" if number == 7 else "A talk") for number in range(20)))
    async with database.transaction() as connection:
        await add_version(connection, a_version(1), packed(a_version(1)))
        await write_current_agenda(connection, before, 1)
        written = connection.total_changes
        await write_current_agenda(connection, after, 1, before=before)
        assert connection.total_changes - written <= 3, "the event, its place, and the session"
    assert await read_current_agenda(database.reader) == after


async def test_a_session_that_moves_to_the_second_of_two_equal_hours_is_written(database: Database) -> None:
    first = a_moment("2023-10-29 03:30")
    second = first.replace(fold=1)
    before, after = (an_agenda(a_session("night", starts_at=moment, minutes=10)) for moment in (first, second))
    async with database.transaction() as connection:
        await add_version(connection, a_version(1), packed(a_version(1)))
        await write_current_agenda(connection, before, 1)
        await write_current_agenda(connection, after, 1, before=before)
    stored = await read_current_agenda(database.reader)
    assert stored is not None
    assert stored.sessions[0].starts_at.astimezone(UTC) == second.astimezone(UTC)
