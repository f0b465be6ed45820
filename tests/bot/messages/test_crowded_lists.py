"""Lists of more than a phone shows: a room on its door, a day of one room, the parts of a block, all that is on now."""

from __future__ import annotations

from datetime import timedelta

import pytest

from bot.i18n import LOCALES, localizer
from bot.messages.answers import answer_message
from bot.messages.buttons import OpenAgenda, OpenDay, OpenNext, OpenNow, OpenRoom, OpenRooms, OpenSession, OpenTrack
from bot.messages.list_buttons import OpenMoment, OpenOnDay, OpenParts
from bot.messages.outgoing import OutgoingMessage
from bot.messages.screens import TargetGoneError, screen
from bot.messages.session_lists import FIRST_PAGE
from bot.messages.view import View
from bot.services.handles import assign_handles, with_handles
from content.agenda import Agenda
from content.answering import in_room_now
from content.answers import RoomAnswer, SlotAnswer, TrackAnswer
from content.questions.question import DayPart
from tests.bot.messages.crawler import callback_data, every_screen, flaws
from tests.builders import a_moment, a_room, a_session, a_track, an_agenda

NOW = a_moment("10:05")
BLOCK = a_session("block", "Lightning talks", "10:00", "14:00", room_id="hall", track_id="main")


def seen(agenda: Agenda, language: str = "en") -> View:
    return View(localizer(language), with_handles(agenda, assign_handles({}, agenda, {})), NOW)


def of_parts(count: int, *, rooms: int = 1) -> View:
    """A block of so many parts of ten minutes, in the block's own room and as many others as asked for."""
    parts = [
        a_session(
            f"part-{n}",
            f"Talk {n}",
            f"{10 + n // 6}:{n % 6}0",
            minutes=10,
            part_of="block",
            room_id=f"room-{n % rooms}",
        )
        for n in range(count)
    ]
    block = a_session("block", "Lightning talks", "10:00", "14:00", room_id="room-0")
    return seen(an_agenda(block, *parts))


def labels(message: OutgoingMessage) -> list[str]:
    return [button.text for row in message.buttons for button in row]


@pytest.mark.parametrize("language", LOCALES)
def test_what_is_on_in_a_room_names_the_room_once(language: str) -> None:
    agenda = an_agenda(
        a_session("one", "One", "10:00", room_id="hall"),
        a_session("two", "Two", "11:00", room_id="hall"),
        rooms=[a_room("hall", "Foyer")],
    )
    view = seen(agenda, language)

    assert answer_message(in_room_now(view.agenda, "hall", NOW), view).text.count("Foyer") == 1


@pytest.mark.parametrize("payload", [OpenNow(), OpenNext()])
def test_a_room_that_all_share_is_named_once(payload: OpenNow | OpenNext) -> None:
    clocks = ["10:00", "10:00", "11:00", "11:00"]
    shared = seen(an_agenda(*(a_session(f"s-{n}", starts_at=clock, room_id="foyer") for n, clock in enumerate(clocks))))
    apart = seen(an_agenda(*(a_session(f"s-{n}", starts_at=clock, room_id=f"r-{n}") for n, clock in enumerate(clocks))))
    parts = 2 if payload == OpenNow() else 1

    assert screen(payload, shared).text.count("Foyer") == parts
    assert screen(payload, apart).text.count("\nR ") == 2 * parts


def test_a_block_of_many_parts_shows_the_next_few_and_leads_to_all() -> None:
    view = of_parts(20)
    block = view.agenda.session_by_id["block"]

    card = screen(OpenSession(block.handle), view)
    pages = [screen(OpenParts(block.handle, number), view) for number in range(4)]

    assert [label for label in labels(card) if "Talk" in label] == [f"10:{n}0 Talk {n}" for n in range(4)]
    assert "All parts (20)" in labels(card)
    assert OpenParts(block.handle).pack() in callback_data(card)
    listed = [label for page in pages for label in labels(page) if "Talk" in label]
    assert listed == [f"{10 + n // 6}:{n % 6}0 Talk {n}" for n in range(20)]
    assert all("Room 0" not in page.text for page in pages)
    assert OpenSession(block.handle).pack() in callback_data(pages[3])


def test_a_day_opens_where_it_stands_and_turns_back_to_its_first_page() -> None:
    clocks = ["2023-11-22 09:00", *(f"{hour:02}:00" for hour in range(9, 21))]
    sessions = [a_session(f"s-{n}", f"S{n}", clock) for n, clock in enumerate(clocks)]
    desk = a_session("desk", "Desk", "08:00", "22:00")
    agenda = with_handles(a := an_agenda(desk, *sessions), assign_handles({}, a, {}))
    day = NOW.date()

    def page(clock: str, payload: OpenDay) -> list[str]:
        message = screen(payload, View(localizer("en"), agenda, a_moment(clock)))
        return [label.split()[1] for label in labels(message) if label[0].isdigit()]

    first = ["Desk", "S0", "S1", "S2", "S3"]
    assert page("10:05", OpenDay(day)) == first
    assert page("15:30", OpenDay(day)) == ["S4", "S5", "S6", "S7", "S8"]
    assert page("15:30", OpenDay(day, FIRST_PAGE)) == first
    assert page("2023-11-23 09:00", OpenDay(day)) == first
    assert page("2023-11-21 09:00", OpenDay(day)) == first
    second = screen(OpenDay(day, 1), View(localizer("en"), agenda, a_moment("15:30")))
    assert OpenDay(day, FIRST_PAGE).pack() in callback_data(second)


def test_many_rooms_are_listed_by_name_and_few_in_their_own_order() -> None:
    names = ["Main hall", "Room 10", "Room 9", "Attic"]
    few = seen(an_agenda(rooms=[a_room(f"r-{n}", name) for n, name in enumerate(names)]))
    many = seen(an_agenda(rooms=[a_room(f"r-{n}", name) for n, name in enumerate([*names, *"ZYXWVUT"])]))

    assert labels(screen(OpenRooms(), few))[:4] == names
    assert labels(screen(OpenRooms(), many))[:5] == ["Attic", "Main hall", "Room 9", "Room 10", "T"]


def test_a_block_of_few_parts_shows_them_all() -> None:
    view = of_parts(8)

    card = screen(OpenSession(view.agenda.session_by_id["block"].handle), view)

    assert len([label for label in labels(card) if "Talk" in label]) == 8
    assert not any(data.startswith("sq:") for data in callback_data(card))


def test_parts_in_several_rooms_are_listed_with_their_rooms() -> None:
    view = of_parts(9, rooms=3)

    page = screen(OpenParts(view.agenda.session_by_id["block"].handle), view)

    assert [line for line in page.text.split("\n") if line.startswith("Room")] == [
        *("Room 0", "Room 1", "Room 2", "Room 0", "Room 1")
    ]


@pytest.mark.parametrize("payload", [OpenNow(), OpenNext()])
def test_what_is_on_at_once_in_many_rooms_can_all_be_reached(payload: OpenNow | OpenNext) -> None:
    at = "10:00" if payload == OpenNow() else "10:15"
    sessions = [a_session(f"talk-{n}", f"Talk {n}", at, room_id=f"room-{n}") for n in range(12)]
    view = seen(an_agenda(*sessions))

    few = screen(payload, view)
    screens = every_screen(view, few)

    assert f"All sessions at {'10:05' if at == '10:00' else at}" in labels(few)
    reached = {label for data, each in screens.items() if data.startswith("on:") for label in labels(each)}
    assert {f"{at} Talk {n}" for n in range(12)} <= reached
    assert {data: found for data, each in screens.items() if (found := flaws(each))} == {}


def test_a_forged_moment_of_no_calendar_is_gone() -> None:
    with pytest.raises(TargetGoneError):
        screen(OpenMoment(10**17), of_parts(1))


@pytest.mark.parametrize(
    ("language", "over", "on"),
    [("en", "Over", "On now"), ("ro", "S-a încheiat", "În desfășurare"), ("uk", "Завершено", "Триває")],
)
def test_today_s_list_says_what_is_over_and_what_is_on(language: str, over: str, on: str) -> None:
    clocks = ("08:00", "10:00", "11:00", "2023-11-23 08:00", "2023-11-21 08:00")
    view = seen(
        an_agenda(*(a_session(f"s-{n}", f"S{n}", clock, room_id="hall") for n, clock in enumerate(clocks))), language
    )
    today, tomorrow, yesterday = (screen(OpenDay(NOW.date() + timedelta(days=days)), view).text for days in (0, 1, -1))
    room = screen(OpenRoom(view.agenda.room_by_id["hall"].handle), view).text

    for text in (today, room):
        marked = {line.rpartition(" · ")[2]: line.partition(" · ")[0] for line in text.split("\n") if "<b>S" in line}
        assert marked["<b>S0</b>"] == over
        assert marked["<b>S1</b>"] == on
        assert ">11:00<" in marked["<b>S2</b>"]
    assert over not in tomorrow
    assert over not in yesterday
    assert [line.rpartition(" · ")[2][4:5] for line in room.split("\n") if "<b>S" in line] == [*"12034"]
    assert room.split("<b>S4</b>")[0].split("\n")[-1].partition(" · ")[0] == over


@pytest.mark.parametrize("language", LOCALES)
def test_a_room_or_track_on_a_day_shows_that_day_and_leads_to_all_others(language: str) -> None:
    tomorrow = a_session("later", "Later", "2023-11-23 10:00", room_id="hall", track_id="main")
    agenda = an_agenda(BLOCK, tomorrow, rooms=[a_room("hall", "Foyer")], tracks=[a_track("main", "Main")])
    view = seen(agenda, language)
    hall, main, day = view.agenda.room_by_id["hall"], view.agenda.track_by_id["main"], tomorrow.starts_at.date()

    in_room = answer_message(RoomAnswer(hall, day), view)
    in_track = answer_message(TrackAnswer(main, day), view)

    for message, whole in ((in_room, OpenRoom(hall.handle)), (in_track, OpenTrack(main.handle))):
        assert "Lightning talks" not in message.text
        assert "10:00 Later" in labels(message)
        assert whole.pack() in callback_data(message)
        assert OpenAgenda().pack() in callback_data(message)
        assert view.t.day(day)[1:] in message.text
    assert in_room.text.count("Foyer") == 1
    assert "Foyer" in in_track.text
    assert screen(OpenOnDay(hall.handle, day), view) == in_room


def test_an_hour_without_anything_leads_to_all_of_the_room_and_of_the_day() -> None:
    view = seen(an_agenda(BLOCK, rooms=[a_room("hall", "Foyer")]))
    hall = view.agenda.room_by_id["hall"]

    message = answer_message(SlotAnswer((), NOW.date(), DayPart.EVENING, place=hall), view)

    assert "Nothing is planned then." in message.text
    assert callback_data(message)[:2] == [OpenRoom(hall.handle).pack(), OpenDay(NOW.date()).pack()]


def test_a_room_at_a_part_of_the_day_is_named_in_the_heading_alone() -> None:
    view = seen(an_agenda(BLOCK, rooms=[a_room("hall", "Foyer")]))
    [block] = view.agenda.sessions

    message = answer_message(
        SlotAnswer((block,), NOW.date(), DayPart.MORNING, place=view.agenda.room_by_id["hall"]), view
    )

    assert message.text.startswith("<b>Foyer · Wednesday, 22 November · morning</b>")
    assert message.text.count("Foyer") == 1
