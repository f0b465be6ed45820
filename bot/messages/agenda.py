"""The agenda as people read it: its days, rooms and tracks, what is on now, next and at a time."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from datetime import date, datetime
from itertools import islice
from typing import TypeVar

from bot.i18n import Html
from bot.messages import buttons
from bot.messages.formatting import beside, bold, capitalised, cut, label, lines, paragraphs, rows
from bot.messages.list_buttons import OpenMoment, OpenOnDay, OpenParts
from bot.messages.outgoing import Button, ButtonRows, OutgoingMessage
from bot.messages.pages import Page
from bot.messages.session_lists import agenda_row, sessions_page
from bot.messages.sessions import cut_title, menu_button, place_button, times_note
from bot.messages.view import MAX_SHORT_TEXT, View
from content import timetable
from content.agenda import Room, Session, SessionKind, Track

DAYS_A_PAGE = 7
CHOICES_A_PAGE = 10
_DIGITS = re.compile("([0-9]{1,9})")
_RESTING = {SessionKind.BREAK, SessionKind.SOCIAL}

Place = TypeVar("Place", Room, Track)


def agenda_overview(view: View, page: int = 0) -> OutgoingMessage:
    """Return the ways into the agenda: a button for each day, and for rooms and tracks if there are any."""
    t = view.t
    shown = Page.of(_days_with_sessions(view), DAYS_A_PAGE, page)
    said = [_day_count(day, view) for day in shown.items]
    more: list[Button] = []
    if view.agenda.rooms:
        more.append(buttons.OpenRooms().button(t.plain.pgettext("button", "By room")))
    if view.agenda.tracks:
        more.append(buttons.OpenTracks().button(t.plain.pgettext("button", "By track")))
    more.append(buttons.OpenChanges().button(t.plain.pgettext("button", "What changed")))
    hours_of = [session for day in shown.items for session in view.agenda.sessions_on(day)]
    text = paragraphs(
        lines(bold(view.text(view.agenda.event.name)), shown.note(view)), lines(*said), times_note(hours_of, view)
    )
    turn = shown.buttons(view, buttons.OpenAgenda)
    return OutgoingMessage(text, (*_day_buttons(shown.items, view), *turn, *rows(more, 2), (menu_button(view),)))


def day_page(day: date, view: View, page: int = 0) -> OutgoingMessage:
    """Return a page of a day's sessions; a day without any says so and offers those that have some."""
    sessions = timetable.whole(view.agenda.sessions_on(day))
    heading = capitalised(view.day(day))
    if not sessions:
        event = view.agenda.event
        said = view.t.gettext(
            "There is nothing on %(day)s. The days of the event: %(first)s – %(last)s.",
            day=view.day(day),
            first=view.day(event.starts_on),
            last=view.day(event.ends_on),
        )
        days = _days_with_sessions(view)
        ways = (*_day_buttons(days, view), (menu_button(view),)) if len(days) <= DAYS_A_PAGE else (agenda_row(view),)
        return OutgoingMessage(said, ways)
    return sessions_page(
        heading,
        sessions,
        view,
        page,
        lambda number: buttons.OpenDay(day, number),
        days=False,
        summary=_sessions_and_hours(sessions, view),
    )


def on_day_page(place: Room | Track, day: date, view: View, page: int = 0) -> OutgoingMessage:
    """Return a page of the sessions of a room or track on one day, with the way to those of all days."""
    name = cut(view.words(place.name), MAX_SHORT_TEXT)
    sessions = timetable.whole(timetable.in_place(view.agenda.sessions_on(day), place))
    return sessions_page(
        f"{name} · {capitalised(view.day(day))}",
        sessions,
        view,
        page,
        lambda number: OpenOnDay(place.handle, day, number),
        days=False,
        rooms=isinstance(place, Track),
        summary=_sessions_and_hours(sessions, view),
        extra=((place_button(place, view),),),
    )


def parts_page(session: Session, view: View, page: int = 0) -> OutgoingMessage:
    """Return a page of a session's parts, in order of start; their rooms are named where they are not all its own."""
    parts = view.agenda.parts_of(session.id)
    back = buttons.OpenSession(session.handle).button(view.t.plain.pgettext("button", "Back to the session"))
    return sessions_page(
        cut_title(session, view),
        parts,
        view,
        page,
        lambda number: OpenParts(session.handle, number),
        days=len({part.starts_at.date() for part in (session, *parts)}) > 1,
        rooms=any(part.room_id != session.room_id for part in parts),
        extra=((back,),),
    )


def moment_page(moment: datetime, view: View, page: int = 0) -> OutgoingMessage:
    """Return a page of all that is on at a moment."""
    at = timetable.local(view.agenda.event, moment)
    return sessions_page(
        f"{capitalised(view.day(at.date()))} · {view.t.clock(at)}",
        timetable.on_now(view.agenda, moment),
        view,
        page,
        lambda number: OpenMoment(int(moment.timestamp()), number),
        days=False,
        marked=False,
    )


def room_page(room: Room, view: View, page: int = 0) -> OutgoingMessage:
    """Return a page of the sessions of a room."""
    sessions = timetable.whole(timetable.in_place(view.agenda.sessions, room))
    return sessions_page(
        cut(view.words(room.name), MAX_SHORT_TEXT),
        sessions,
        view,
        page,
        lambda number: buttons.OpenRoom(room.handle, number),
        rooms=False,
    )


def track_page(track: Track, view: View, page: int = 0) -> OutgoingMessage:
    """Return a page of the sessions of a track."""
    sessions = timetable.whole(timetable.in_place(view.agenda.sessions, track))
    return sessions_page(
        cut(view.words(track.name), MAX_SHORT_TEXT),
        sessions,
        view,
        page,
        lambda number: buttons.OpenTrack(track.handle, number),
    )


def rooms_page(view: View, page: int = 0) -> OutgoingMessage:
    """Return the choice of rooms."""
    shown = Page.of(_findable(view.agenda.rooms, view), CHOICES_A_PAGE, page)
    choices = [buttons.OpenRoom(room.handle).button(label(view.words(room.name))) for room in shown.items]
    text = lines(bold(view.t.gettext("Which room?")), shown.note(view))
    return OutgoingMessage(text, (*rows(choices), *shown.buttons(view, buttons.OpenRooms), agenda_row(view)))


def tracks_page(view: View, page: int = 0) -> OutgoingMessage:
    """Return the choice of tracks."""
    shown = Page.of(_findable(view.agenda.tracks, view), CHOICES_A_PAGE, page)
    choices = [buttons.OpenTrack(track.handle).button(label(view.words(track.name))) for track in shown.items]
    text = lines(bold(view.t.gettext("Which track?")), shown.note(view))
    return OutgoingMessage(text, (*rows(choices), *shown.buttons(view, buttons.OpenTracks), agenda_row(view)))


def which_day(number: int, days: Iterable[date], view: View) -> OutgoingMessage:
    """Ask back which date a bare "day 1" means."""
    text = view.t.gettext("Which date do you mean by day %(number)s?", number=number)
    return OutgoingMessage(text, (*_day_buttons(islice(days, DAYS_A_PAGE), view), (menu_button(view),)))


def _days_with_sessions(view: View) -> list[date]:
    return sorted({session.starts_at.date() for session in view.agenda.sessions})


def _day_count(day: date, view: View) -> Html:
    """Return a day with how many sessions it has, and from when to when."""
    name = bold(capitalised(view.day(day)))
    summary = _sessions_and_hours(timetable.whole(view.agenda.sessions_on(day)), view)
    return lines(name, summary)


def _sessions_and_hours(sessions: Iterable[Session], view: View) -> Html | None:
    """Return "5 sessions · 09:30–15:45", so that nobody turns pages to learn when a day ends.

    Coffee and dinners are no sessions, and neither is what was cancelled. None: there are none.
    """
    standing = [session for session in timetable.held(sessions) if session.kind not in _RESTING]
    if not standing:
        return None
    count = view.t.ngettext("%(num)s session", "%(num)s sessions", len(standing))
    timed = [session for session in standing if "time" not in session.unknown]
    if not timed:
        return count
    starts_at, ends_at = min(session.starts_at for session in timed), max(session.ends_at for session in timed)
    return beside(count, view.hours(starts_at, ends_at))


def _day_buttons(days: Iterable[date], view: View) -> ButtonRows:
    return rows(buttons.OpenDay(day).button(label(capitalised(view.t.day(day)))) for day in days)


def _findable(places: Sequence[Place], view: View) -> Sequence[Place]:
    """Return them in the agenda's order or, if they fill more than a page, by name: "Room 9" before "Room 10"."""
    if len(places) <= CHOICES_A_PAGE:
        return places
    return sorted(places, key=lambda place: [_sortable(part) for part in _DIGITS.split(view.words(place.name))])


def _sortable(part: str) -> tuple[int, str]:
    return (int(part), "") if part.isdecimal() else (-1, part.casefold())
