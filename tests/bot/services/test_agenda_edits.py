"""An edit is previewed, made once, kept with what it set, and found again by the file that would undo it."""

from __future__ import annotations

import pytest

from bot.publishing import ConfirmedEdit, EditPreview
from bot.services.agenda import AgendaService, built_in_event
from bot.services.agenda_edits import AgendaEditService, edits_undone
from bot.services.agenda_imports import (
    ImportResult,
    NothingChanged,
    PreparedImport,
    VersionMovedError,
    prepare_import,
    read_stored_agenda,
)
from bot.services.versions import VersionService
from bot.storage.database import Database
from content.agenda import Agenda
from content.edits import AgendaEdit, Cancel, ChangePerson, ChangeRoom, EditTargetGoneError, Move, Restore, RunLate
from tests.builders import a_moment

NOW = a_moment("10:05")
PANEL = "panel-discussion"


@pytest.fixture
async def agenda(database: Database) -> AgendaService:
    service = AgendaService(database, lambda: NOW)
    await service.load()
    return service


@pytest.fixture
def edits(database: Database, agenda: AgendaService) -> AgendaEditService:
    return AgendaEditService(database, lambda: NOW, agenda)


def handle_of(agenda: AgendaService, session_id: str) -> str:
    return agenda.current.agenda.session_by_id[session_id].handle


async def undone(database: Database, agenda: AgendaService, coming: Agenda) -> list[int]:
    """Return the versions of the edits that this agenda would undo."""
    stored = await read_stored_agenda(database)
    prepared = prepare_import(stored, coming, lambda: NOW, author="", note="")
    assert isinstance(prepared, PreparedImport)
    return [made.version for made in await edits_undone(database, stored.with_handles(), prepared.agenda)]


async def test_a_preview_changes_nothing_and_names_the_version_it_is_of(
    agenda: AgendaService, edits: AgendaEditService
) -> None:
    shown = await edits.preview(Move(handle_of(agenda, PANEL), a_moment("12:00")))

    assert isinstance(shown, EditPreview)
    assert (shown.version, agenda.current.version) == (1, 1)
    assert [news.session.id for news in shown.news] == [PANEL]
    assert shown.agenda.session_by_id[PANEL].starts_at == a_moment("12:00")


async def test_an_edit_that_changes_nothing_is_no_version(agenda: AgendaService, edits: AgendaEditService) -> None:
    edit = ChangeRoom(handle_of(agenda, "workshop-textiles"), name="workshop room 1")
    await edits.confirm(ConfirmedEdit(edit, "first"), note="", expected_version=1)  # no room is made up any more

    assert await edits.preview(edit) == NothingChanged(2)


async def test_a_confirmed_edit_is_a_version_that_its_token_leads_to(
    agenda: AgendaService, edits: AgendaEditService, database: Database
) -> None:
    edit = Cancel(handle_of(agenda, PANEL))
    result = await edits.confirm(ConfirmedEdit(edit, "token"), note="Cancelled: the panel", expected_version=1)
    made = await edits.made("token")
    latest = (await VersionService(database, agenda).history())[0]

    assert isinstance(result, ImportResult)
    assert made is not None
    assert (made.version, made.edit) == (2, edit)
    assert (latest.number, latest.author, latest.note) == (2, "organiser", "Cancelled: the panel")
    assert agenda.current.agenda.session_by_id[PANEL].cancelled
    assert await edits.made("another") is None
    assert await edits.by_version() == {2: edit}


async def test_an_edit_of_another_version_than_the_previewed_is_not_made(
    agenda: AgendaService, edits: AgendaEditService
) -> None:
    await edits.confirm(ConfirmedEdit(Cancel(handle_of(agenda, PANEL)), "first"), note="", expected_version=1)

    with pytest.raises(VersionMovedError):
        await edits.confirm(ConfirmedEdit(Restore(handle_of(agenda, PANEL)), "second"), note="", expected_version=1)
    assert agenda.current.version == 2


async def test_what_another_process_imported_is_not_lost_by_an_edit(
    agenda: AgendaService, edits: AgendaEditService, database: Database
) -> None:
    elsewhere = AgendaService(database, lambda: NOW)
    await elsewhere.load()
    other = AgendaEditService(database, lambda: NOW, elsewhere)
    await other.confirm(ConfirmedEdit(Cancel(handle_of(agenda, PANEL)), "other"), note="", expected_version=1)

    await edits.confirm(ConfirmedEdit(Cancel(handle_of(agenda, "p2greenest")), "token"), note="", expected_version=2)

    current = agenda.current.agenda.session_by_id
    assert (current[PANEL].cancelled, current["p2greenest"].cancelled) == (True, True)


async def test_an_edit_of_what_is_gone_is_refused(edits: AgendaEditService) -> None:
    with pytest.raises(EditTargetGoneError):
        await edits.preview(Cancel("nothing0"))


async def test_a_file_from_before_the_edits_would_undo_them_and_a_later_one_would_not(
    agenda: AgendaService, edits: AgendaEditService, database: Database
) -> None:
    panel, hall = handle_of(agenda, PANEL), agenda.current.agenda.room_by_id["plenary-hall"].handle
    confirmed: list[AgendaEdit] = [
        Move(panel, a_moment("11:40")),
        ChangeRoom(panel, name="Sala Nouă"),
        RunLate(handle_of(agenda, "pitching-session"), 15, hall),
        Cancel(handle_of(agenda, "farewell-lunch")),
        Restore(handle_of(agenda, "farewell-lunch")),
    ]
    for number, edit in enumerate(confirmed, 1):
        await edits.confirm(ConfirmedEdit(edit, f"token-{number}"), note="", expected_version=number)
    elsewhere = built_in_event()

    assert await undone(database, agenda, elsewhere) == [4, 3, 2]  # of the lunch nothing differs

    await agenda.import_agenda(elsewhere, author="", note="")
    await edits.confirm(ConfirmedEdit(Cancel(panel), "last"), note="", expected_version=7)

    assert await undone(database, agenda, elsewhere) == [8]  # the file undid the others before


async def test_after_any_edits_the_tables_hold_what_everyone_sees(
    agenda: AgendaService, edits: AgendaEditService, database: Database
) -> None:
    """Only what an edit changed is written, though sessions change places with each other by it."""
    hall, ana = (each.handle for each in (agenda.current.agenda.room_by_id["foyer"], agenda.current.agenda.speakers[0]))
    done: list[AgendaEdit] = [
        RunLate(handle_of(agenda, "keynote-speeches"), 30, agenda.current.agenda.room_by_id["plenary-hall"].handle),
        Move(handle_of(agenda, PANEL), a_moment("09:00")),
        ChangeRoom(handle_of(agenda, PANEL), hall),
        ChangePerson(handle_of(agenda, PANEL), into=ana),
        ChangePerson(handle_of(agenda, PANEL), out=ana, name="Somebody New"),
        Move(handle_of(agenda, PANEL), a_moment("16:00")),
        Cancel(handle_of(agenda, "pitching-session")),
    ]
    for number, edit in enumerate(done, 1):
        await edits.confirm(ConfirmedEdit(edit, f"token-{number}"), note="", expected_version=number)

        stored = await read_stored_agenda(database)
        assert stored.version == number + 1
        assert stored.agenda == agenda.current.published
        assert stored.with_handles().by_handle == agenda.current.published.by_handle


async def test_names_are_read_anew_only_when_something_is_called_otherwise(
    agenda: AgendaService, edits: AgendaEditService
) -> None:
    panel, index = handle_of(agenda, PANEL), agenda.current.index

    await edits.confirm(ConfirmedEdit(Move(panel, a_moment("16:00")), "later"), note="", expected_version=1)
    kept = agenda.current.index
    added = ChangePerson(panel, name="Xenia Nemaivăzută")
    await edits.confirm(ConfirmedEdit(added, "more"), note="", expected_version=2)

    assert kept is index
    assert any(named.label == "Xenia Nemaivăzută" for named in agenda.current.index.named)
