"""Imports: compared, refused if they look like a mistake, stored whole or not at all."""

import asyncio
import sqlite3

import pytest

from bot.services.agenda_imports import (
    MassRemovalError,
    NothingChanged,
    OtherEventError,
    PreparedImport,
    VersionMovedError,
    prepare_import,
    preview_import,
    read_stored_agenda,
    store_import,
)
from bot.services.handles import with_handles
from bot.storage.database import Database
from bot.storage.versions import latest_version_number, read_version
from content.agenda import Agenda, Session
from content.questions.question import EntityKind
from tests.bot.services.standing_clock import StandingClock
from tests.builders import a_session, an_agenda, an_event


async def imported(database: Database, clock: StandingClock, agenda: Agenda, **options: bool) -> PreparedImport:
    stored = await read_stored_agenda(database)
    prepared = prepare_import(stored, agenda, clock, author="Olena", note="agenda.yaml", **options)
    assert isinstance(prepared, PreparedImport)
    await store_import(database, prepared)
    return prepared


def sessions(*ids: str) -> Agenda:
    return an_agenda(*(a_session(session_id) for session_id in ids))


def handle_of(agenda: Agenda, session_id: str) -> str:
    return agenda.session_by_id[session_id].handle


async def test_the_first_version_adds_everything(database: Database, clock: StandingClock) -> None:
    agenda = sessions("lunch", "dinner")

    prepared = await imported(database, clock, agenda)

    assert [session.id for session in prepared.changes.sessions.added] == ["lunch", "dinner"]
    stored = await read_stored_agenda(database)
    assert (stored.version, stored.agenda) == (1, agenda)
    version = await read_version(database.reader, 1)
    assert version == prepared.version
    assert (version.author, version.note, version.created_at, version.format) == (
        "Olena",
        "agenda.yaml",
        clock.now,
        "ghid-json-1",
    )


async def test_the_next_version_takes_the_place_of_the_one_before_and_both_are_kept(
    database: Database, clock: StandingClock
) -> None:
    await imported(database, clock, sessions("lunch", "dinner"))
    moved = an_agenda(a_session("lunch", starts_at="12:00"), a_session("dinner"))

    prepared = await imported(database, clock, moved)

    assert [change.new.id for change in prepared.changes.moved] == ["lunch"]
    stored = await read_stored_agenda(database)
    assert (stored.version, stored.agenda) == (2, moved)
    first, second = await read_version(database.reader, 1), await read_version(database.reader, 2)
    assert first is not None
    assert second is not None
    assert first.document != second.document
    assert first.sha256 != second.sha256


async def test_the_same_agenda_again_is_no_new_version(database: Database, clock: StandingClock) -> None:
    await imported(database, clock, sessions("lunch"))
    stored = await read_stored_agenda(database)

    again = prepare_import(stored, stored.with_handles(), clock, author="Olena", note="")

    assert again == NothingChanged(1)


async def test_another_event_is_refused(database: Database, clock: StandingClock) -> None:
    await imported(database, clock, sessions("lunch"))
    stored = await read_stored_agenda(database)
    other = an_agenda(a_session("lunch"), event=an_event("fosdem"))

    with pytest.raises(OtherEventError) as caught:
        prepare_import(stored, other, clock, author="Olena", note="")

    assert (caught.value.current, caught.value.given) == ("iasi-2023", "fosdem")
    with pytest.raises(OtherEventError):
        preview_import(stored, other)


@pytest.mark.parametrize(("left", "refused"), [("a b", False), ("a", True), ("", True)])
async def test_removing_more_than_half_looks_like_a_mistake(
    database: Database, clock: StandingClock, left: str, refused: bool
) -> None:
    await imported(database, clock, sessions("a", "b", "c", "d"))
    stored, shorter = await read_stored_agenda(database), sessions(*left.split())

    if refused:
        with pytest.raises(MassRemovalError) as caught:
            prepare_import(stored, shorter, clock, author="Olena", note="")
        assert (caught.value.removed, caught.value.total) == (4 - len(left.split()), 4)

    await imported(database, clock, shorter, allow_mass_removal=refused)
    assert (await read_stored_agenda(database)).agenda == shorter


async def test_a_version_that_came_in_between_is_not_written_over(database: Database, clock: StandingClock) -> None:
    await imported(database, clock, sessions("lunch"))
    stored = await read_stored_agenda(database)
    late = prepare_import(stored, sessions("lunch", "late"), clock, author="Olena", note="")
    assert isinstance(late, PreparedImport)
    await imported(database, clock, sessions("lunch", "quick"))

    with pytest.raises(VersionMovedError) as caught:
        await store_import(database, late)

    assert (caught.value.expected, caught.value.found) == (1, 2)
    assert (await read_stored_agenda(database)).agenda == sessions("lunch", "quick")


async def test_of_two_imports_at_once_exactly_one_wins(database: Database, clock: StandingClock) -> None:
    stored = await read_stored_agenda(database)
    prepared = [prepare_import(stored, sessions(each), clock, author=each, note="") for each in "abcde"]

    ends = await asyncio.gather(
        *(store_import(database, each) for each in prepared if isinstance(each, PreparedImport)), return_exceptions=True
    )

    assert sorted(type(end).__name__ for end in ends) == ["NoneType"] + ["VersionMovedError"] * 4
    assert await latest_version_number(database.reader) == 1


async def test_an_import_that_fails_leaves_all_as_it_was(database: Database, clock: StandingClock) -> None:
    await imported(database, clock, sessions("lunch"))
    before = await read_stored_agenda(database)
    broken = an_agenda(a_session("lunch"), a_session("dinner", room_id="nowhere"), rooms=[])
    prepared = prepare_import(before, broken, clock, author="Olena", note="")
    assert isinstance(prepared, PreparedImport)

    with pytest.raises(sqlite3.IntegrityError):
        await store_import(database, prepared)

    assert await read_stored_agenda(database) == before
    assert await latest_version_number(database.reader) == 1


async def test_a_button_finds_its_session_under_another_id_and_after_an_undo(
    database: Database, clock: StandingClock
) -> None:
    def lunch(session_id: str) -> Session:
        return a_session(session_id, title="Lunch", speakers=["ana"])

    await imported(database, clock, an_agenda(lunch("s-1"), a_session("dinner")))
    first = (await read_stored_agenda(database)).with_handles()

    await imported(database, clock, an_agenda(lunch("s-2"), a_session("dinner")))
    renamed = (await read_stored_agenda(database)).with_handles()
    await imported(database, clock, first)
    undone = (await read_stored_agenda(database)).with_handles()

    assert handle_of(first, "s-1") == handle_of(renamed, "s-2") == handle_of(undone, "s-1") != ""
    assert handle_of(first, "dinner") == handle_of(renamed, "dinner")


async def test_what_came_from_elsewhere_with_handles_gets_ours(database: Database, clock: StandingClock) -> None:
    foreign = with_handles(sessions("lunch"), {(EntityKind.SESSION, "lunch"): "foreign1"})

    prepared = await imported(database, clock, foreign)

    assert handle_of(prepared.agenda, "lunch") not in ("", "foreign1")
    assert "foreign1" not in prepared.version.document


async def test_nothing_stored_has_no_agenda_to_show(database: Database) -> None:
    stored = await read_stored_agenda(database)

    assert (stored.version, stored.agenda) == (0, None)
    with pytest.raises(ValueError, match="nothing was imported yet"):
        stored.with_handles()
