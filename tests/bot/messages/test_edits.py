"""Every screen by which organisers change the agenda can be sent, of an event as large as a FOSDEM too."""

from __future__ import annotations

import re
from dataclasses import replace

import pytest

from bot.i18n import LOCALES, localizer
from bot.messages.agenda_import import undone_file
from bot.messages.agenda_versions import versions
from bot.messages.buttons import OpenStart
from bot.messages.desk_buttons import OpenDesk
from bot.messages.edit_buttons import EditDay, EditRooms
from bot.messages.edit_lists import day_to_edit, edit_day, edit_room, edit_rooms
from bot.messages.edit_preview import edit_discarded, edit_made, edit_over, edit_preview, edit_target_gone
from bot.messages.edit_words import undone_lines
from bot.messages.edits import (
    delay_choice,
    edit_menu,
    name_choice,
    people_menu,
    person_choice,
    person_menu,
    room_choice,
    time_choice,
)
from bot.messages.outgoing import OutgoingMessage
from bot.messages.sessions import session_card
from bot.messages.view import View
from bot.models import VersionEntry
from bot.publishing import AgendaPreview, ChatEdit, EditPreview
from bot.services.agenda import built_in_event
from content.agenda import Agenda
from content.changes import compare_agendas
from content.edit_doubts import edit_doubts
from content.edits import AgendaEdit, Cancel, ChangePerson, ChangeRoom, Move, RunLate, apply_edit
from content.notices import agenda_news
from tests.bot.messages.crawler import callback_data, flaws
from tests.bot.messages.test_every_screen import a_large_event, with_own_handles
from tests.builders import a_moment, a_room, a_session, an_agenda

NOW = a_moment("2023-11-22 10:05")
TOKEN = "x" * 12
MAX_ALERT = 200


@pytest.fixture(scope="module", params=["built-in", "large"])
def agenda(request: pytest.FixtureRequest) -> Agenda:
    # As many as fill every page; each edit is compared with every pair that clashes, and here all do.
    return with_own_handles(built_in_event() if request.param == "built-in" else a_large_event(240, 300))


def an_edit(agenda: Agenda) -> list[AgendaEdit]:
    """Return an edit of each kind, of the session that moves most others with it."""
    session = next(each for each in agenda.sessions if each.speakers and each.room_id)
    room, other = agenda.room_by_id[session.room_id or ""], agenda.rooms[-1]
    person = agenda.speaker_by_id[session.speakers[0].speaker_id]
    return [
        RunLate(session.handle, 30, room.handle),
        RunLate(session.handle, 30, room.handle, begun=True),
        Move(session.handle, a_moment("2023-11-30 10:00")),
        ChangeRoom(session.handle, other.handle),
        Cancel(session.handle),
        ChangePerson(session.handle, out=person.handle, name="<b>" * 33),
    ]


def shown(edit: AgendaEdit, agenda: Agenda) -> EditPreview:
    after = with_own_handles(apply_edit(agenda, edit))
    news = tuple(agenda_news(agenda, after).by_session.values())
    return EditPreview(1, edit, after, news, 12_345, edit_doubts(agenda, after, NOW))


@pytest.fixture(scope="module")
def previews(agenda: Agenda) -> list[EditPreview]:
    return [shown(edit, agenda) for edit in an_edit(agenda)]


def screens(agenda: Agenda, previews: list[EditPreview], view: View) -> list[OutgoingMessage]:
    day = day_to_edit(agenda, view.today)
    crowded = max(agenda.sessions, key=lambda session: len(session.speakers))
    found = [edit_day(day, view), edit_day(day, view, 10**6), edit_rooms(day, view), edit_rooms(day, view, 3)]
    found += [edit_room(room, day, view) for room in agenda.rooms[:5]]
    for session in [crowded, *agenda.sessions[:6]]:
        people = [view.speaker_of(part) for part in session.speakers]
        found += [edit_menu(session, view), edit_menu(replace(session, cancelled=True), view)]
        found += [
            delay_choice(session, view, rest=rest, begun=begun) for rest in (True, False) for begun in (True, False)
        ]
        found += [time_choice(session, view), room_choice(session, view), room_choice(session, view, 1)]
        found += [people_menu(session, view), people_menu(session, view, 1), person_choice(session, None, view)]
        found += [name_choice(session, "", "<b>" * 33, agenda.speakers[:6], view)]
        for person in people[:2]:
            found += [person_menu(session, person, view), person_choice(session, person, view, 2)]
    for each in previews:
        found += [edit_preview(each, TOKEN, view), edit_made(each.edit, 10**9, view)]
    return [*found, edit_discarded(None, view)]


@pytest.mark.parametrize("language", LOCALES)
def test_every_screen_can_be_sent(agenda: Agenda, previews: list[EditPreview], language: str) -> None:
    view = View(localizer(language), agenda, NOW, organiser=True)

    assert [(found, message.text) for message in screens(agenda, previews, view) if (found := flaws(message))] == []


@pytest.mark.parametrize("language", LOCALES)
def test_alerts_over_a_button_fit(agenda: Agenda, language: str) -> None:
    view = View(localizer(language), agenda, NOW)

    assert max(len(edit_over(view)), len(edit_target_gone(view))) <= MAX_ALERT


@pytest.mark.parametrize("language", LOCALES)
def test_the_history_and_the_edits_that_a_file_undoes_fit(agenda: Agenda, language: str) -> None:
    view = View(localizer(language), agenda, NOW)
    edits = [*an_edit(agenda), *an_edit(agenda)][:10]
    entries = [VersionEntry(number, NOW, "organiser", "") for number, _ in enumerate(edits, 1)]
    made = tuple(ChatEdit(number, NOW, edit) for number, edit in enumerate(edits, 1))
    nothing = compare_agendas(agenda, agenda)
    preview = AgendaPreview(1, "a.yaml", agenda, nothing, (), 0, 0, len(agenda.sessions), (), 0, made)

    assert flaws(versions(entries, dict(enumerate(edits, 1)), view)) == []
    assert len(undone_lines(made[:6], len(made), view)) < 2_000
    assert undone_file(preview, view).data.decode().count("\n– ") == len(made)


def test_the_rooms_of_a_day_lead_back_and_onward(agenda: Agenda) -> None:
    view, day = View(localizer("en"), agenda, NOW, organiser=True), NOW.date()

    rooms, room = edit_rooms(day, view), edit_room(agenda.rooms[0], day, view)

    back, way = EditDay(day).pack(), [OpenDesk().pack(), OpenStart().pack()]
    assert callback_data(rooms)[-3:] == [back, *way]
    assert callback_data(room)[-4:] == [EditRooms(day).pack(), back, *way]


@pytest.mark.parametrize("language", LOCALES)
def test_one_session_after_it_is_said_without_a_number(language: str) -> None:
    sessions = [a_session(f"talk-{hour}", starts_at=f"{hour}:00", room_id="hall") for hour in (11, 12, 13)]
    agenda = with_own_handles(an_agenda(*sessions, rooms=[a_room("hall", "Foyer")]))
    view = View(localizer(language), agenda, NOW, organiser=True)

    two, one, none = (
        delay_choice(session, view, rest=True, begun=False).text.split("\n")[-1] for session in agenda.sessions
    )

    assert "2" in two
    assert "Foyer" in one
    assert not re.search(r"\d", one)
    assert "Foyer" not in none


def test_an_edit_of_what_is_gone_can_still_be_read(agenda: Agenda) -> None:
    view = View(localizer("en"), agenda, NOW)
    edits: list[AgendaEdit] = [Cancel("gone"), RunLate("gone", 5, "gone"), ChangeRoom("gone", "gone")]
    entries = [VersionEntry(number, NOW, "organiser", "") for number, _ in enumerate(edits, 1)]

    assert versions(entries, dict(enumerate(edits, 1)), view).text.count("(no longer in the agenda)") == 4


def test_only_organisers_see_the_button_on_a_card(agenda: Agenda) -> None:
    session = agenda.sessions[0]
    data = f"ee:{session.handle}"

    assert data in callback_data(session_card(session, View(localizer("en"), agenda, NOW, organiser=True)))
    assert data not in callback_data(session_card(session, View(localizer("en"), agenda, NOW)))
