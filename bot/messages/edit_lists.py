"""Which session an organiser wants to change: those of a day, or of one room that day."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import date

from bot.i18n import Html
from bot.messages import edit_buttons as buttons
from bot.messages.formatting import beside, bold, capitalised, distinct_labels, lines, paragraphs, rows
from bot.messages.outgoing import Button, ButtonRows, OutgoingMessage
from bot.messages.pages import Page
from bot.messages.payload import Payload
from bot.messages.sessions import session_buttons
from bot.messages.view import View
from bot.messages.ways_back import desk_and_menu
from content.agenda import Agenda, Room, Session
from content.delays import room_of

A_PAGE = 8


def day_to_edit(agenda: Agenda, today: date) -> date:
    """Return today if it has sessions, else the next day that has some, else the last one."""
    days = _days(agenda)
    return next((day for day in days if day >= today), days[-1] if days else today)


def edit_day(day: date, view: View, page: int = 0) -> OutgoingMessage:
    """Offer the sessions of a day, those first that are not over."""
    t = view.t.plain
    rooms = _rooms_on(day, view.agenda)
    ways: list[Button] = []
    if len(rooms) > 1:
        ways.append(buttons.EditRooms(day).button(t.pgettext("button", "By room")))
    return _sessions(
        _day_heading(day, view),
        view.agenda.sessions_on(day),
        view,
        page,
        turn=lambda number: buttons.EditDay(day, number),
        around=(tuple(ways), _other_days(day, view)),
    )


def edit_rooms(day: date, view: View, page: int = 0) -> OutgoingMessage:
    """Offer the rooms that have sessions that day."""
    shown = Page.of(_rooms_on(day, view.agenda), A_PAGE, page)
    text = paragraphs(
        lines(_day_heading(day, view), shown.note(view)), view.t.gettext("In which room does something change?")
    )
    names = distinct_labels([view.words(room.name) for room in shown.items])
    named = [
        buttons.EditRoom(room.handle, day).button(name if names.count(name) == 1 else f"{name} ({number})")
        for number, (room, name) in enumerate(zip(shown.items, names, strict=True), 1)
    ]
    turn = shown.buttons(view, lambda number: buttons.EditRooms(day, number))
    return OutgoingMessage(text, (*rows(named), *turn, _back_to_day(day, view), desk_and_menu(view)))


def edit_room(room: Room, day: date, view: View, page: int = 0) -> OutgoingMessage:
    """Offer the sessions of a room that day."""
    return _sessions(
        lines(_day_heading(day, view), view.text(room.name, 80)),
        [session for session in view.agenda.sessions_on(day) if room_of(view.agenda, session) == room.id],
        view,
        page,
        turn=lambda number: buttons.EditRoom(room.handle, day, number),
        around=((buttons.EditRooms(day).button(view.t.plain.pgettext("button", "By room")),), _back_to_day(day, view)),
    )


def _sessions(
    heading: Html,
    sessions: Sequence[Session],
    view: View,
    page: int,
    *,
    turn: Callable[[int], Payload],
    around: ButtonRows,
) -> OutgoingMessage:
    coming = [session for session in sessions if session.ends_at > view.now]
    shown = Page.of([*coming, *(session for session in sessions if session.ends_at <= view.now)], A_PAGE, page)
    asked = view.t.gettext("Which session changes?") if sessions else view.t.gettext("Nothing is planned on this day.")
    text = paragraphs(lines(heading, shown.note(view)), asked)
    listed = rows(session_buttons(shown.items, view, buttons.EditSession))
    around = tuple(row for row in around if row)
    return OutgoingMessage(text, (*listed, *shown.buttons(view, turn), *around, desk_and_menu(view)))


def _day_heading(day: date, view: View) -> Html:
    return beside(bold(view.t.gettext("Change the agenda")), capitalised(view.day(day)))


def _other_days(day: date, view: View) -> tuple[Button, ...]:
    """Return the ways to the days before and after."""
    days = _days(view.agenda)
    before = [each for each in days if each < day][-1:]
    after = [each for each in days if each > day][:1]
    return tuple(buttons.EditDay(each).button(view.t.short_day(each)) for each in (*before, *after))


def _back_to_day(day: date, view: View) -> tuple[Button, ...]:
    return (buttons.EditDay(day).button(view.t.plain.gettext("All of %(day)s", day=view.t.short_day(day))),)


def _days(agenda: Agenda) -> list[date]:
    return sorted({session.starts_at.date() for session in agenda.sessions})


def _rooms_on(day: date, agenda: Agenda) -> list[Room]:
    used = {room_of(agenda, session) for session in agenda.sessions_on(day)}
    return [room for room in agenda.rooms if room.id in used]
