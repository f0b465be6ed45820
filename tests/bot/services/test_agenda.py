"""The current agenda: loaded, replaced while people ask, and taken over from another process."""

import asyncio
import logging
from collections.abc import AsyncIterator
from datetime import timedelta
from pathlib import Path

import pytest

from bot.services.agenda import AgendaService, built_in_event
from bot.services.agenda_imports import (
    ImportResult,
    MassRemovalError,
    NothingChanged,
    OtherEventError,
    VersionMovedError,
)
from bot.storage.database import Database, open_database
from content.agenda import Agenda
from tests.bot.services.standing_clock import StandingClock
from tests.builders import a_material, a_session, an_agenda, an_event


def sessions(*ids: str) -> Agenda:
    return an_agenda(*(a_session(session_id) for session_id in ids), event=built_in_event().event)


@pytest.fixture
async def service(database: Database, clock: StandingClock) -> AgendaService:
    service = AgendaService(database, clock)
    await service.load()
    return service


@pytest.fixture
async def other_process(tmp_path: Path, clock: StandingClock, service: AgendaService) -> AsyncIterator[AgendaService]:
    async with open_database(tmp_path / "ghid.db") as database:
        other = AgendaService(database, clock)
        await other.load()
        yield other


async def replaced(service: AgendaService, agenda: Agenda) -> ImportResult:
    result = await service.import_agenda(agenda, author="Olena", note="", allow_mass_removal=True)
    assert isinstance(result, ImportResult)
    return result


async def test_before_it_is_loaded_there_is_none(database: Database, clock: StandingClock) -> None:
    with pytest.raises(RuntimeError, match="not loaded yet"):
        _ = AgendaService(database, clock).current


async def test_an_empty_database_gets_the_built_in_event_and_a_log_line_says_so(
    database: Database, clock: StandingClock, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.INFO, "bot")
    service = AgendaService(database, clock)

    await service.load()

    assert service.current.version == 1
    assert service.current.agenda == built_in_event()
    assert [record.getMessage() for record in caplog.records] == [
        "The database was empty: Ghid starts with the built-in event, Clusters Meet Regions – Iași, Romania"
    ]


async def test_a_restart_finds_the_agenda_and_its_handles_again(
    database: Database, clock: StandingClock, service: AgendaService, caplog: pytest.LogCaptureFixture
) -> None:
    await replaced(service, sessions("lunch"))
    caplog.clear()

    again = AgendaService(database, clock)
    await again.load()

    assert again.current.version == 2
    assert again.current.agenda == service.current.agenda
    assert again.current.agenda.sessions[0].handle == service.current.agenda.sessions[0].handle != ""


async def test_two_first_starts_at_once_make_one_version(database: Database, clock: StandingClock) -> None:
    services = [AgendaService(database, clock) for _ in range(3)]

    await asyncio.gather(*(service.load() for service in services))

    assert [service.current.version for service in services] == [1, 1, 1]


async def test_every_item_is_found_by_its_handle_and_nothing_else_is(service: AgendaService) -> None:
    agenda = an_agenda(
        a_session("lunch", room_id="hall", track_id="food", speakers=["ana"]),
        materials=[a_material("menu")],
        event=built_in_event().event,
    )
    await replaced(service, agenda)

    kept = service.current.agenda
    assert kept.by_handle[kept.sessions[0].handle] is kept.sessions[0]
    assert kept.by_handle[kept.rooms[0].handle] is kept.rooms[0]
    assert kept.by_handle[kept.tracks[0].handle] is kept.tracks[0]
    assert kept.by_handle[kept.speakers[0].handle] is kept.speakers[0]
    assert kept.by_handle[kept.materials[0].handle] is kept.materials[0]
    assert len(kept.by_handle) == 5


async def test_a_new_agenda_takes_the_place_of_the_old_at_once(service: AgendaService) -> None:
    await replaced(service, sessions("lunch"))
    before = service.current

    result = await service.import_agenda(sessions("lunch", "dinner"), author="Olena", note="", expected_version=2)

    assert isinstance(result, ImportResult)
    assert (result.version, [session.id for session in result.changes.sessions.added]) == (3, ["dinner"])
    assert service.current.version == 3
    assert service.current.agenda == sessions("lunch", "dinner")
    assert before.agenda == sessions("lunch")


async def test_the_same_agenda_again_changes_nothing(service: AgendaService) -> None:
    before = service.current

    assert await service.import_agenda(before.agenda, author="Olena", note="") == NothingChanged(1)
    assert service.current is before


async def test_whatever_is_refused_leaves_all_as_it_was(service: AgendaService) -> None:
    before = service.current
    other_event = an_agenda(a_session("lunch"), event=an_event("fosdem"))

    with pytest.raises(OtherEventError):
        await service.import_agenda(other_event, author="Olena", note="")
    with pytest.raises(MassRemovalError):
        await service.import_agenda(sessions("lunch"), author="Olena", note="")
    with pytest.raises(VersionMovedError):
        await service.import_agenda(sessions("lunch"), author="Olena", note="", expected_version=7)

    assert service.current is before
    await service.load()
    assert service.current.version == 1


async def test_the_preview_tells_what_would_change_and_changes_nothing(service: AgendaService) -> None:
    preview = await service.preview(sessions("lunch"))

    assert (preview.version, len(preview.changes.sessions.removed)) == (1, len(built_in_event().sessions))
    assert service.current.version == 1


async def test_a_version_that_another_process_imported_is_taken_over(
    service: AgendaService, other_process: AgendaService
) -> None:
    assert await service.refresh_if_changed() is False
    await replaced(other_process, sessions("lunch"))

    assert await service.refresh_if_changed() is True

    assert service.current.version == 2
    assert service.current.agenda == other_process.current.agenda
    assert other_process.current.agenda.sessions[0].handle in service.current.agenda.by_handle


async def damage(database: Database, time_zone: str) -> None:
    """Give the event a time zone that this machine may not know."""
    async with database.transaction() as connection:
        await connection.execute("UPDATE event SET time_zone = ?", (time_zone,))


async def test_a_version_that_cannot_be_used_is_logged_once_and_the_old_agenda_goes_on(
    service: AgendaService,
    other_process: AgendaService,
    database: Database,
    clock: StandingClock,
    caplog: pytest.LogCaptureFixture,
) -> None:
    await replaced(other_process, sessions("lunch"))
    await damage(database, "Nowhere/At_All")
    caplog.clear()

    for _ in range(5):
        assert await service.refresh_if_changed() is False

    (logged,) = caplog.records
    assert logged.exc_info is not None
    assert logged.getMessage().startswith("Version 2 of the agenda cannot be used, version 1 goes on")
    assert service.current.version == 1
    clock.now += timedelta(minutes=10)
    for _ in range(5):
        assert await service.refresh_if_changed() is False
    assert [record.exc_info for record in caplog.records[1:]] == [None], "said again, without its traceback"


async def test_a_version_that_could_not_be_used_is_taken_over_once_it_can(
    service: AgendaService, other_process: AgendaService, database: Database, clock: StandingClock
) -> None:
    await replaced(other_process, sessions("lunch"))
    await damage(database, "Nowhere/At_All")
    assert await service.refresh_if_changed() is False
    await damage(database, "Europe/Bucharest")
    assert await service.refresh_if_changed() is False

    clock.now += timedelta(minutes=10)

    assert await service.refresh_if_changed() is True
    assert service.current.version == 2


async def test_another_version_after_one_that_cannot_be_used_is_taken_over_at_once(
    service: AgendaService, other_process: AgendaService, database: Database
) -> None:
    await replaced(other_process, sessions("lunch"))
    await damage(database, "Nowhere/At_All")
    assert await service.refresh_if_changed() is False
    await damage(database, "Europe/Bucharest")
    await replaced(other_process, sessions("dinner"))

    assert await service.refresh_if_changed() is True

    assert service.current.version == 3


async def test_what_was_previewed_before_another_process_imported_is_shown_anew(
    service: AgendaService, other_process: AgendaService
) -> None:
    preview = await service.preview(sessions("lunch"))
    await replaced(other_process, sessions("dinner"))

    with pytest.raises(VersionMovedError) as caught:
        await service.import_agenda(
            sessions("lunch"), author="Olena", note="", expected_version=preview.version, allow_mass_removal=True
        )

    assert (caught.value.expected, caught.value.found) == (1, 2)
