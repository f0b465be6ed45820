"""Handles: from the event and the id alone, kept across versions, unique whatever happens to ids."""

import re

from bot.services.handles import assign_handles, with_handles, without_handles
from content.questions.question import EntityKind
from tests.builders import a_material, a_session, an_agenda, an_event

SESSION = EntityKind.SESSION


def test_every_item_gets_eight_small_letters_and_digits_of_its_own() -> None:
    agenda = an_agenda(
        a_session("lunch", room_id="lunch", track_id="lunch", speakers=["lunch"]), materials=[a_material("lunch")]
    )

    handles = assign_handles({}, agenda, {})

    assert set(handles) == {(kind, "lunch") for kind in EntityKind}
    assert len(set(handles.values())) == 5
    assert all(re.fullmatch("[a-z0-9]{8}", handle) for handle in handles.values())


def test_buttons_survive_a_lost_database() -> None:
    first = assign_handles({}, an_agenda(a_session("lunch"), a_session("dinner")), {})
    again = assign_handles({}, an_agenda(a_session("dinner"), a_session("lunch")), {})

    assert first == again


def test_another_event_has_other_handles() -> None:
    here = assign_handles({}, an_agenda(a_session("lunch")), {})
    there = assign_handles({}, an_agenda(a_session("lunch"), event=an_event("fosdem")), {})

    assert here != there


def test_an_item_that_vanishes_and_comes_back_has_the_handle_it_had() -> None:
    known = {(SESSION, "lunch"): "aaaaaaa1"}

    without = assign_handles(known, an_agenda(a_session("dinner")), {})
    again = assign_handles(without, an_agenda(a_session("lunch")), {})

    assert again[SESSION, "lunch"] == "aaaaaaa1"


def test_a_session_under_a_new_id_keeps_its_handle() -> None:
    handles = assign_handles(
        {(SESSION, "lunch"): "aaaaaaa1"}, an_agenda(a_session("meal")), {SESSION: {"lunch": "meal"}}
    )

    assert handles == {(SESSION, "meal"): "aaaaaaa1"}


def test_a_new_session_under_an_id_left_free_gets_a_handle_of_its_own() -> None:
    first = assign_handles({}, an_agenda(a_session("lunch")), {})
    renamed = assign_handles(first, an_agenda(a_session("meal")), {SESSION: {"lunch": "meal"}})

    both = assign_handles(renamed, an_agenda(a_session("lunch"), a_session("meal")), {})

    assert both[SESSION, "meal"] == first[SESSION, "lunch"]
    assert both[SESSION, "lunch"] != first[SESSION, "lunch"]


def test_two_sessions_may_change_ids_with_each_other() -> None:
    known = {(SESSION, "lunch"): "aaaaaaa1", (SESSION, "dinner"): "aaaaaaa2"}
    agenda = an_agenda(a_session("lunch"), a_session("dinner"))

    handles = assign_handles(known, agenda, {SESSION: {"lunch": "dinner", "dinner": "lunch"}})

    assert handles == {(SESSION, "dinner"): "aaaaaaa1", (SESSION, "lunch"): "aaaaaaa2"}


def test_taking_over_the_id_of_a_session_long_gone_loses_no_handle() -> None:
    known = {(SESSION, "lunch"): "aaaaaaa1", (SESSION, "meal"): "ofthegon"}

    handles = assign_handles(known, an_agenda(a_session("meal")), {SESSION: {"lunch": "meal"}})

    assert handles == {(SESSION, "meal"): "aaaaaaa1", (SESSION, "lunch"): "ofthegon"}


def test_items_carry_their_handles() -> None:
    agenda = an_agenda(a_session("lunch", room_id="hall"))

    handled = with_handles(agenda, {(SESSION, "lunch"): "aaaaaaa1", (EntityKind.ROOM, "hall"): "aaaaaaa2"})

    assert (handled.sessions[0].handle, handled.rooms[0].handle) == ("aaaaaaa1", "aaaaaaa2")
    assert handled == agenda
    assert without_handles(handled).sessions[0].handle == ""


def test_a_person_under_a_new_id_keeps_their_handle_and_a_session_of_that_id_its_own() -> None:
    known = {(SESSION, "ana"): "aaaaaaa1", (EntityKind.SPEAKER, "ana"): "aaaaaaa2"}
    agenda = an_agenda(a_session("ana", speakers=["ana-popescu"]))

    handles = assign_handles(known, agenda, {SESSION: {"ana": "ana"}, EntityKind.SPEAKER: {"ana": "ana-popescu"}})

    assert handles == {(SESSION, "ana"): "aaaaaaa1", (EntityKind.SPEAKER, "ana-popescu"): "aaaaaaa2"}
