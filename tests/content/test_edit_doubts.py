"""What an edit makes worse is said, what was wrong before is not."""

from __future__ import annotations

from content.edit_doubts import DoubtKind, edit_doubts
from content.edits import AgendaEdit, ChangePerson, ChangeRoom, Move, RunLate, apply_edit
from tests.builders import a_moment
from tests.content.test_edits import pitching

NOW = a_moment("09:00")


def doubts(*edits: AgendaEdit) -> set[tuple[DoubtKind, str, str | None]]:
    """Make the edits one after the other, and return what is doubtful about the last one."""
    before = after = pitching()
    for edit in edits:
        before, after = after, apply_edit(after, edit)
    found = edit_doubts(before, after, NOW)
    return {(each.kind, each.session.id, each.other.id if each.other else None) for each in found}


def test_a_room_and_people_booked_twice() -> None:
    assert doubts(Move("s.opening", a_moment("10:30"))) == {
        (DoubtKind.ROOM_TWICE, "opening", "pitches"),
        (DoubtKind.ROOM_TWICE, "second", "opening"),
        (DoubtKind.SPEAKER_TWICE, "opening", "first"),
        (DoubtKind.SPEAKER_TWICE, "second", "opening"),
    }


def test_running_late_alone_clashes_and_with_the_rest_does_not() -> None:
    alone = doubts(RunLate("s.opening", 15))

    assert (DoubtKind.ROOM_TWICE, "pitches", "opening") in alone
    assert doubts(RunLate("s.opening", 15, "r.hall")) == set()


def test_what_was_doubtful_before_is_not_said_again() -> None:
    clash = Move("s.lunch", a_moment("10:15"))

    assert doubts(clash, ChangeRoom("s.lunch", "r.hall"), ChangePerson("s.lunch", into="p.eva")) == set()


def test_a_block_that_leaves_its_session() -> None:
    assert doubts(RunLate("s.second", 10)) == {(DoubtKind.OUTSIDE_WHOLE, "second", "pitches")}


def test_a_day_that_is_none_of_the_event_and_a_time_that_is_over() -> None:
    assert doubts(Move("s.lunch", a_moment("2023-11-28 10:00"))) == {(DoubtKind.OUTSIDE_EVENT, "lunch", None)}
    assert doubts(Move("s.lunch", a_moment("06:00"))) == {(DoubtKind.PAST, "lunch", None)}
