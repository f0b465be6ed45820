"""Edits of the day: each makes the next agenda, and keeps a session and its blocks together."""

from __future__ import annotations

from dataclasses import replace

import pytest

from content.agenda import Agenda, SessionSpeaker
from content.changes import compare_agendas
from content.edit_effects import edit_document, edit_of
from content.edits import (
    AgendaEdit,
    Cancel,
    ChangePerson,
    ChangeRoom,
    EditTargetGoneError,
    Move,
    Restore,
    RunLate,
    apply_edit,
)
from tests.builders import a_moment, a_room, a_session, a_speaker, an_agenda
from tests.content.handled_agendas import handled


@pytest.mark.parametrize(
    "edit",
    [
        Move("s", a_moment("11:30")),
        RunLate("s", 15, "r", begun=True),
        ChangeRoom("s", name="Сала Nouă"),
        Cancel("s"),
        Restore("s"),
        ChangePerson("s", out="a", into="b"),
    ],
)
def test_an_edit_comes_back_from_its_document(edit: AgendaEdit) -> None:
    assert edit_of(edit_document(edit)) == edit


@pytest.mark.parametrize("document", [{}, {"kind": "explode"}, {"kind": "move", "session": "s", "starts_at": "soon"}])
def test_what_is_no_edit_is_refused(document: dict[str, str]) -> None:
    with pytest.raises(ValueError, match="not an edit"):
        edit_of(document)


def pitching() -> Agenda:
    """Two sessions and a break in the hall; the second one has two blocks, and its own lunch is elsewhere."""
    return handled(
        an_agenda(
            a_session("opening", starts_at="09:30", minutes=45, room_id="hall", speakers=["ana", "ion"]),
            a_session("pitches", starts_at="10:15", minutes=60, room_id="hall"),
            a_session("first", starts_at="10:15", minutes=30, part_of="pitches", speakers=["ana"]),
            a_session("second", starts_at="10:45", minutes=30, room_id="hall", part_of="pitches", speakers=["ion"]),
            a_session("lunch", starts_at="11:15", room_id="foyer"),
            a_session("closing", starts_at="12:00", room_id="hall", unknown=frozenset({"time", "room"})),
            a_session("tomorrow", starts_at="2023-11-23 12:00", room_id="hall"),
            rooms=[a_room("hall"), a_room("foyer")],
            speakers=[a_speaker("ana", "Ana Pop"), a_speaker("ion", "Ion Rusu"), a_speaker("eva", "Eva Bondar")],
        )
    )


def clocks(agenda: Agenda) -> dict[str, str]:
    return {each.id: f"{each.starts_at:%H:%M}-{each.ends_at:%H:%M}" for each in agenda.sessions}


def differing(old: Agenda, new: Agenda) -> set[str]:
    return {change.new.id for change in compare_agendas(old, new).sessions.changed}


def test_the_rest_of_a_rooms_day_runs_late_and_nothing_else() -> None:
    agenda = pitching()
    late = apply_edit(agenda, RunLate("s.opening", 15, "r.hall"))

    assert differing(agenda, late) == {"opening", "pitches", "first", "second", "closing"}
    assert clocks(late)["second"] == "11:00-11:30"


def test_a_session_that_has_begun_ends_later_and_what_follows_moves() -> None:
    late = clocks(apply_edit(pitching(), RunLate("s.opening", 15, "r.hall", begun=True)))

    assert late["opening"] == "09:30-10:30"
    assert late["pitches"] == "10:30-11:30"


def test_a_block_that_runs_late_with_the_rest_makes_its_session_longer() -> None:
    late = clocks(apply_edit(pitching(), RunLate("s.second", 10, "r.hall")))

    assert late["pitches"] == "10:15-11:25"
    assert (late["first"], late["second"], late["closing"][:5]) == ("10:15-10:45", "10:55-11:25", "12:10")


def test_the_first_block_that_runs_late_with_the_rest_moves_its_session() -> None:
    late = clocks(apply_edit(pitching(), RunLate("s.first", 10, "r.hall")))

    assert late["pitches"] == "10:25-11:25"
    assert late["second"] == "10:55-11:25"


def test_what_an_organiser_says_is_unknown_no_more() -> None:
    moved = apply_edit(pitching(), Move("s.closing", a_moment("12:30")))
    elsewhere = apply_edit(moved, ChangeRoom("s.closing", "r.foyer"))

    assert moved.session_by_id["closing"].unknown == {"room"}
    assert elsewhere.session_by_id["closing"].unknown == frozenset()


def test_a_typed_room_is_the_known_one_or_a_new_one() -> None:
    known = apply_edit(pitching(), ChangeRoom("s.pitches", name=" FOYER "))
    new = apply_edit(pitching(), ChangeRoom("s.pitches", name="Зала 7"))

    assert {known.session_by_id[id_].room_id for id_ in ("pitches", "second")} == {"foyer"}
    assert new.session_by_id["first"].room_id is None  # it is where its session is
    assert new.room_by_id[str(new.session_by_id["pitches"].room_id)].name.pick("uk") == "Зала 7"
    assert len(new.rooms) == 3


def test_a_new_room_of_a_taken_id_gets_its_own() -> None:
    agenda = pitching()
    agenda = replace(agenda, rooms=(*agenda.rooms, a_room("sala-7", "Something else")))

    new = apply_edit(agenda, ChangeRoom("s.opening", name="Sala 7"))

    assert new.session_by_id["opening"].room_id == "sala-7-2"


def test_somebody_in_anothers_place_has_their_part_and_minutes() -> None:
    agenda = pitching()
    first = replace(
        agenda.session_by_id["first"],
        speakers=(SessionSpeaker("ana", starts_at=a_moment("10:15"), ends_at=a_moment("10:20")),),
    )
    agenda = replace(agenda, sessions=tuple(first if each.id == "first" else each for each in agenda.sessions))

    new = apply_edit(agenda, ChangePerson("s.first", out="p.ana", into="p.eva"))

    assert new.session_by_id["first"].speakers == (replace(first.speakers[0], speaker_id="eva"),)


def test_who_leaves_a_session_leaves_its_blocks() -> None:
    agenda = pitching()
    whole = replace(agenda.session_by_id["pitches"], speakers=(SessionSpeaker("ana"), SessionSpeaker("ion")))
    agenda = replace(agenda, sessions=tuple(whole if each.id == "pitches" else each for each in agenda.sessions))

    out_of_all = apply_edit(agenda, ChangePerson("s.pitches", out="p.ana"))
    out_of_block = apply_edit(agenda, ChangePerson("s.first", out="p.ana"))

    for new in (out_of_all, out_of_block):
        assert new.session_by_id["first"].speakers == ()
        assert new.session_by_id["pitches"].speakers == (SessionSpeaker("ion"),)
    assert SessionSpeaker("ana") in out_of_all.session_by_id["opening"].speakers


def test_a_typed_name_is_the_known_person_or_somebody_new() -> None:
    known = apply_edit(pitching(), ChangePerson("s.lunch", name="eva bondar"))
    new = apply_edit(pitching(), ChangePerson("s.lunch", name="Ştefan Ңow"))

    assert known.session_by_id["lunch"].speakers == (SessionSpeaker("eva"),)
    assert [speaker.name for speaker in new.speakers][-1] == "Ştefan Ңow"
    assert new.sessions_of(new.speakers[-1].id) == (new.session_by_id["lunch"],)


def test_a_block_restored_restores_what_it_is_part_of() -> None:
    cancelled = apply_edit(pitching(), Cancel("s.pitches"))
    restored = apply_edit(cancelled, Restore("s.first"))

    assert {each.id for each in cancelled.sessions if each.cancelled} == {"pitches", "first", "second"}
    assert {each.id for each in restored.sessions if each.cancelled} == {"second"}


@pytest.mark.parametrize(
    "edit",
    [
        Cancel("gone"),
        ChangeRoom("s.lunch", "gone"),
        RunLate("s.lunch", 5, "gone"),
        ChangePerson("s.lunch", out="gone"),
        ChangePerson("s.lunch", into="r.hall"),
        Cancel("r.hall"),
    ],
)
def test_what_is_not_in_the_agenda_cannot_be_edited(edit: AgendaEdit) -> None:
    with pytest.raises(EditTargetGoneError):
        apply_edit(pitching(), edit)
