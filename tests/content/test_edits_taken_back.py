"""An edit and its opposite leave the agenda as it was, in the night of a clock change too."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, timedelta

from hypothesis import assume, given, settings
from hypothesis import strategies as st

from content.agenda import Agenda, Session, SessionSpeaker
from content.delays import later, rest_of_day, room_of
from content.edit_effects import effects_between, undone_by
from content.edits import (
    Cancel,
    ChangePerson,
    ChangeRoom,
    Move,
    Restore,
    RunLate,
    apply_edit,
)
from content.families import ancestors, descendants
from tests.builders import BUCHAREST, a_moment, a_room, a_speaker, a_text, an_agenda
from tests.content.handled_agendas import handled


def in_file_order(agenda: Agenda) -> tuple[Agenda, list[Session]]:
    """Sessions of one start stand in any order after they moved away and back."""
    return replace(agenda, sessions=()), sorted(agenda.sessions, key=lambda session: session.id)


few = settings(max_examples=40, deadline=None)  # a case takes milliseconds to make
ROOMS = ("hall", "foyer", "attic")
PEOPLE = ("ana", "ion", "eva")
NIGHT = a_moment("2023-10-29 00:30").astimezone(UTC)  # the clocks go back at 04:00


@st.composite
def cases(draw: st.DrawFn) -> tuple[Agenda, Session]:
    """A few sessions and their blocks in a night of a clock change, and one of them."""
    sessions: list[Session] = []
    for number in range(draw(st.integers(1, 5))):
        starts_at = (NIGHT + timedelta(minutes=draw(st.integers(0, 300)))).astimezone(BUCHAREST)
        own = draw(st.none() | st.just(starts_at))
        people = draw(st.lists(st.sampled_from(PEOPLE), unique=True, max_size=2))
        sessions.append(
            Session(
                id=f"session-{number}",
                title=a_text(f"Session {number}"),
                starts_at=starts_at,
                ends_at=later(starts_at, timedelta(minutes=draw(st.integers(0, 120)))),
                room_id=draw(st.none() | st.sampled_from(ROOMS)),
                part_of=draw(st.none() | st.sampled_from([each.id for each in sessions])) if sessions else None,
                speakers=tuple(SessionSpeaker(each, starts_at=own, ends_at=own) for each in people),
                cancelled=draw(st.booleans()),
            )
        )
    agenda = handled(an_agenda(*sessions, rooms=map(a_room, ROOMS), speakers=map(a_speaker, PEOPLE)))
    return agenda, draw(st.sampled_from(agenda.sessions))


minutes = st.integers(1, 600)


@few
@given(cases(), minutes)
def test_a_session_moved_and_moved_back_is_where_it_was(case: tuple[Agenda, Session], by: int) -> None:
    agenda, session = case
    away = apply_edit(agenda, Move(session.handle, later(session.starts_at, timedelta(minutes=by))))

    assert in_file_order(apply_edit(away, Move(session.handle, session.starts_at))) == in_file_order(agenda)


@few
@given(cases(), minutes)
def test_a_move_keeps_lengths_and_takes_the_blocks_along(case: tuple[Agenda, Session], by: int) -> None:
    agenda, session = case
    new = apply_edit(agenda, Move(session.handle, later(session.starts_at, timedelta(minutes=by))))
    family = {session.id, *(block.id for block in descendants(agenda, session))}

    for before in agenda.sessions:
        after = new.session_by_id[before.id]
        shift = after.starts_at.astimezone(UTC) - before.starts_at.astimezone(UTC)
        assert shift == (timedelta(minutes=by) if before.id in family else timedelta())
        assert after.duration == before.duration
        assert (after.handle, after.title) == (before.handle, before.title)


@few
@given(cases(), minutes, st.booleans())
def test_running_late_and_catching_up_leaves_the_agenda_as_it_was(
    case: tuple[Agenda, Session], by: int, with_rest: bool
) -> None:
    agenda, session = case
    room = agenda.room_by_id.get(room_of(agenda, session) or "") if with_rest else None
    room_id = room.id if room else None
    late = apply_edit(agenda, RunLate(session.handle, by, room.handle if room else ""))
    # What was pushed past midnight is of another day then.
    assume(
        {each.id for each in rest_of_day(agenda, session, room_id)}
        == {each.id for each in rest_of_day(late, late.session_by_id[session.id], room_id)}
    )

    back = apply_edit(late, RunLate(session.handle, -by, room.handle if room else ""))

    assert in_file_order(back) == in_file_order(agenda)


@few
@given(cases())
def test_a_session_cancelled_and_restored_takes_place(case: tuple[Agenda, Session]) -> None:
    agenda, session = case
    kin = (session, *descendants(agenda, session), *ancestors(agenda, session))
    assume(not any(each.cancelled for each in kin))

    away = apply_edit(agenda, Cancel(session.handle))

    assert away.session_by_id[session.id].cancelled
    assert apply_edit(away, Restore(session.handle)) == agenda


@few
@given(cases(), st.data())
def test_a_session_sent_to_another_room_and_back_is_where_it_was(
    case: tuple[Agenda, Session], data: st.DataObject
) -> None:
    agenda, session = case
    assume(session.room_id)
    room = data.draw(st.sampled_from(agenda.rooms))
    assume(not any(block.room_id == room.id for block in descendants(agenda, session)))

    away = apply_edit(agenda, ChangeRoom(session.handle, room.handle))

    assert away.session_by_id[session.id].room_id == room.id
    assert apply_edit(away, ChangeRoom(session.handle, f"r.{session.room_id}")) == agenda


@few
@given(cases(), st.data())
def test_somebody_added_and_removed_leaves_the_session_as_it_was(
    case: tuple[Agenda, Session], data: st.DataObject
) -> None:
    agenda, session = case
    family = (session, *descendants(agenda, session), *ancestors(agenda, session))
    there = {part.speaker_id for each in family for part in each.speakers}
    others = [speaker for speaker in agenda.speakers if speaker.id not in there]
    assume(others)
    speaker = data.draw(st.sampled_from(others))

    more = apply_edit(agenda, ChangePerson(session.handle, into=speaker.handle))

    assert SessionSpeaker(speaker.id) in more.session_by_id[session.id].speakers
    assert apply_edit(more, ChangePerson(session.handle, out=speaker.handle)) == agenda


@few
@given(cases(), minutes)
def test_what_an_edit_set_is_undone_by_the_agenda_before_it_and_kept_by_the_one_after(
    case: tuple[Agenda, Session], by: int
) -> None:
    agenda, session = case
    new = apply_edit(agenda, Move(session.handle, later(session.starts_at, timedelta(minutes=by))))
    effects = effects_between(agenda, new)

    assert session.handle in undone_by(effects, new, agenda)
    assert undone_by(effects, new, new) == frozenset()
    assert undone_by(effects, agenda, agenda) == frozenset()  # taken back meanwhile
