"""What differs between two agendas."""

from __future__ import annotations

from dataclasses import fields, replace
from datetime import date, datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given, settings

from content.agenda import Agenda, Session, SessionSpeaker, SpeakerRole
from content.changes import AgendaChanges, EntryChanges, FieldChange, compare_agendas
from content.localized_text import LocalizedText
from tests.builders import a_fact, a_material, a_moment, a_room, a_session, a_speaker, a_track, an_agenda, an_event
from tests.content.agenda_strategies import agendas


def changed_fields(old: Session, new: Session) -> dict[str, tuple[Any, Any]]:
    """The fields that differ between two sessions, each alone in its agenda."""
    changes = compare_agendas(an_agenda(old), an_agenda(new)).sessions
    return {change.field: (change.old, change.new) for entry in changes.changed for change in entry.fields}


def test_equal_agendas_do_not_differ() -> None:
    agenda = an_agenda(a_session("a", speakers=["ana"]), a_session("b"), materials=[a_material()], facts=[a_fact()])

    assert not compare_agendas(agenda, agenda)


def test_a_session_that_came_and_one_that_went_are_named() -> None:
    stays, goes, comes = a_session("stays"), a_session("goes"), a_session("comes")

    changes = compare_agendas(an_agenda(stays, goes), an_agenda(stays, comes))

    assert changes.sessions == EntryChanges(added=(comes,), removed=(goes,))
    assert changes.cancelled == (goes,)
    assert changes


@pytest.mark.parametrize(
    ("part", "values"),
    [
        ({"starts_at": "11:30"}, {"starts_at": (a_moment("10:00"), a_moment("11:30"))}),
        ({"minutes": 90}, {"duration": (timedelta(minutes=60), timedelta(minutes=90))}),
        ({"title": "Closing"}, {"title": (LocalizedText.of(en="Opening"), LocalizedText.of(en="Closing"))}),
        ({"room_id": "foyer"}, {"room_id": ("hall", "foyer")}),
        ({"room_id": None}, {"room_id": ("hall", None)}),
        ({"track_id": "pitches"}, {"track_id": (None, "pitches")}),
        ({"language": "ro"}, {"language": (None, "ro")}),
        ({"aliases": ("kick-off",)}, {"aliases": ((), ("kick-off",))}),
        (
            {"speakers": ["ana", "ion"]},
            {"speakers": ((SessionSpeaker("ana"),), (SessionSpeaker("ana"), SessionSpeaker("ion")))},
        ),
        (
            {"speakers": [SessionSpeaker("ana", SpeakerRole.MODERATOR)]},
            {"speakers": ((SessionSpeaker("ana"),), (SessionSpeaker("ana", SpeakerRole.MODERATOR),))},
        ),
        ({"handle": "other123"}, {}),
    ],
)
def test_each_changed_field_of_a_session_shows_both_values(part: dict[str, Any], values: dict[str, Any]) -> None:
    usual: dict[str, Any] = {"session_id": "opening", "room_id": "hall", "speakers": ["ana"]}

    assert changed_fields(a_session(**usual), a_session(**(usual | part))) == values


def test_a_session_that_moves_and_becomes_shorter_shows_both() -> None:
    agenda = an_agenda(a_session("a", starts_at="10:00", minutes=60))

    changes = compare_agendas(agenda, an_agenda(a_session("a", starts_at="14:00", minutes=45)))

    [change] = changes.moved
    assert change.of("starts_at") == FieldChange("starts_at", a_moment("10:00"), a_moment("14:00"))
    assert change.of("duration") == FieldChange("duration", timedelta(minutes=60), timedelta(minutes=45))
    assert change.of("room_id") is None


def test_the_second_half_past_three_is_another_moment_than_the_first() -> None:
    zone = ZoneInfo("Europe/Bucharest")
    first, second = (datetime(2023, 10, 29, 3, 30, tzinfo=zone, fold=fold) for fold in (0, 1))

    assert set(changed_fields(a_session(starts_at=first), a_session(starts_at=second))) == {"starts_at", "duration"}


def test_marking_a_session_cancelled_cancels_it_and_taking_the_mark_away_restores_it() -> None:
    takes_place, cancelled = a_session("a"), a_session("a", cancelled=True)

    assert compare_agendas(an_agenda(takes_place), an_agenda(cancelled)).cancelled == (takes_place,)
    assert compare_agendas(an_agenda(cancelled), an_agenda(takes_place)).restored == (takes_place,)
    assert compare_agendas(an_agenda(cancelled), an_agenda()).cancelled == ()


def test_a_session_is_known_again_by_title_and_speakers_when_its_id_vanished() -> None:
    old = an_agenda(a_session("talk-1", "Smart growth", speakers=["ana"]))
    new = an_agenda(a_session("talk-9", "Smart  Growth", "15:00", speakers=["ana"]))

    changes = compare_agendas(old, new)

    assert changes.sessions.new_ids == {"talk-1": "talk-9"}
    assert (changes.sessions.added, changes.sessions.removed) == ((), ())
    assert [change.field for change in changes.sessions.changed[0].fields] == ["id", "title", "starts_at"]


def test_the_same_title_with_other_speakers_is_another_session() -> None:
    old, new = (an_agenda(a_session(id_, "Pitch", speakers=[person])) for id_, person in (("a", "ana"), ("b", "ion")))

    changes = compare_agendas(old, new)

    assert (len(changes.sessions.added), len(changes.sessions.removed)) == (1, 1)


def test_namesakes_are_paired_by_their_start_first() -> None:
    old = an_agenda(a_session("a", "Coffee", "10:00"), a_session("b", "Coffee", "16:00"))
    new = an_agenda(
        a_session("c", "Coffee", "16:00"), a_session("d", "Coffee", "18:00"), a_session("e", "Coffee", "19:00")
    )

    changes = compare_agendas(old, new)

    assert changes.sessions.new_ids == {"b": "c", "a": "d"}
    assert [session.id for session in changes.sessions.added] == ["e"]


def test_a_source_that_numbers_everything_anew_changes_nothing_but_ids() -> None:
    def numbered(prefix: str) -> Agenda:
        block = a_session(f"{prefix}b", "Block", room_id=f"{prefix}r", part_of=f"{prefix}u", track_id=f"{prefix}t")
        umbrella = a_session(f"{prefix}u", "Umbrella", speakers=[f"{prefix}s"])
        return an_agenda(
            umbrella,
            block,
            speakers=[a_speaker(f"{prefix}s", "Ana Popescu")],
            rooms=[a_room(f"{prefix}r", "Hall")],
            tracks=[a_track(f"{prefix}t", "Pitches")],
            materials=[
                a_material(
                    f"{prefix}m", "Deck", url="https://a.eu", speaker_ids=(f"{prefix}s",), session_ids=(f"{prefix}b",)
                )
            ],
        )

    changes = compare_agendas(numbered("old-"), numbered("new-"))

    kinds: tuple[Any, ...] = (changes.sessions, changes.speakers, changes.rooms, changes.tracks, changes.materials)
    assert {change.field for kind in kinds for entry in kind.changed for change in entry.fields} == {"id"}
    assert not any(kind.added or kind.removed for kind in kinds)


def test_people_rooms_materials_facts_and_the_event_are_compared_too() -> None:
    old = an_agenda(
        speakers=[a_speaker("ana")], rooms=[a_room("hall")], materials=[a_material("m")], facts=[a_fact("wifi")]
    )
    new = an_agenda(
        speakers=[a_speaker("ana", role="Director")],
        rooms=[a_room("foyer")],
        materials=[a_material("m", url="https://a.eu/b")],
        facts=[a_fact("wifi", "Free."), a_fact("food")],
        event=an_event(ends_on=date(2023, 11, 24)),
    )

    changes = compare_agendas(old, new)

    assert changes.event == (FieldChange("ends_on", date(2023, 11, 23), date(2023, 11, 24)),)
    assert [change.field for change in changes.speakers.changed[0].fields] == ["role"]
    assert ([room.id for room in changes.rooms.added], [room.id for room in changes.rooms.removed]) == (
        ["foyer"],
        ["hall"],
    )
    assert [change.field for change in changes.materials.changed[0].fields] == ["url"]
    assert [change.field for change in changes.facts.changed[0].fields] == ["text"]
    assert [fact.topic for fact in changes.facts.added] == ["food"]


@given(agenda=agendas())
@settings(max_examples=20, deadline=None)
def test_no_agenda_differs_from_itself(agenda: Agenda) -> None:
    assert not compare_agendas(agenda, agenda)


def test_the_very_same_session_differs_if_its_room_has_another_id_now() -> None:
    session = a_session(room_id="hall")
    old, new = (an_agenda(session, rooms=[a_room(room_id, "Hall")]) for room_id in ("hall", "great-hall"))

    (change,) = compare_agendas(old, new).sessions.changed

    assert [field.field for field in change.fields] == ["room_id"]


@given(old=agendas("Europe/Bucharest"), new=agendas("Europe/Bucharest"))
@settings(max_examples=20, deadline=None)
def test_going_back_is_the_mirror_of_going_forth(old: Agenda, new: Agenda) -> None:
    assert _facts_of(compare_agendas(new, old)) == _facts_of(compare_agendas(old, new), mirrored=True)


@given(old=agendas("Europe/Bucharest"), new=agendas("Europe/Bucharest"))
@settings(max_examples=20, deadline=None)
def test_every_entry_is_added_removed_or_kept(old: Agenda, new: Agenda) -> None:
    changes = compare_agendas(old, new)

    for name in ("sessions", "speakers", "rooms", "tracks", "materials"):
        kind: EntryChanges[Any] = getattr(changes, name)
        olds, news = {entry.id for entry in getattr(old, name)}, {entry.id for entry in getattr(new, name)}
        assert {entry.id for entry in kind.removed} | kind.new_ids.keys() == olds
        assert {entry.id for entry in kind.added} | set(kind.new_ids.values()) == news
        assert len(set(kind.new_ids.values())) == len(kind.new_ids)


@given(agenda=agendas("Europe/Bucharest"))
@settings(max_examples=20, deadline=None)
def test_any_changed_field_is_noticed(agenda: Agenda) -> None:
    for session in agenda.sessions:
        later = replace(session, starts_at=session.starts_at + timedelta(minutes=1), announced=not session.announced)
        others = tuple(other for other in agenda.sessions if other is not session)

        changes = compare_agendas(agenda, replace(agenda, sessions=(*others, later)))

        assert {change.field for change in changes.sessions.changed[0].fields} >= {"starts_at", "announced"}


def _facts_of(changes: AgendaChanges, *, mirrored: bool = False) -> dict[str, set[tuple[str, str, str, str]]]:
    """Everything the changes say, as comparable tuples; mirrored: old and new exchanged."""
    found: dict[str, set[tuple[str, str, str, str]]] = {
        "event": {_fact("", change, mirrored) for change in changes.event}
    }
    for name in (each.name for each in fields(changes) if each.name != "event"):
        kind: EntryChanges[Any] = getattr(changes, name)
        came, went = (kind.removed, kind.added) if mirrored else (kind.added, kind.removed)
        facts = {("added", str(entry), "", "") for entry in came} | {("removed", str(entry), "", "") for entry in went}
        for entry in kind.changed:
            owner = str(entry.new if mirrored else entry.old)
            facts |= {_fact(owner, change, mirrored) for change in entry.fields}
        found[name] = facts
    return found


def _fact(owner: str, change: FieldChange, mirrored: bool) -> tuple[str, str, str, str]:
    values = (repr(change.new), repr(change.old)) if mirrored else (repr(change.old), repr(change.new))
    return (owner, change.field, *values)
