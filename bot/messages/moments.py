"""What is on now, next and at a time, as people read it."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from bot.i18n import Html
from bot.messages import buttons
from bot.messages.formatting import beside, bold, capitalised, cut, lines, paragraphs, rows
from bot.messages.list_buttons import OpenMoment
from bot.messages.outgoing import Button, OutgoingMessage
from bot.messages.session_lists import agenda_row, sessions_list
from bot.messages.sessions import illustrative_note, place_button, session_buttons, session_line
from bot.messages.view import MAX_SHORT_TEXT, View
from content import timetable
from content.agenda import Room, Session
from content.answers import AroundAnswer, NextAnswer, NowAnswer, SlotAnswer
from content.questions.question import DayPart

MAX_PARALLEL = 5


def now_message(answer: NowAnswer, view: View) -> OutgoingMessage:
    """Return what is on, then what starts next; before and after the event, that it is before or after."""
    t = view.t
    running, following = answer.sessions, answer.following
    if not running and not following:
        return _nothing_more(answer.room, view)
    if running:
        shown = running[:MAX_PARALLEL]
        shared = answer.room or _shared_room(running, view)
        heading = t.gettext("On now: %(room)s", room=view.text(shared.name)) if shared else t.gettext("On now")
        here = (session_line(session, view, with_room=shared is None) for session in shown)
        said = lines(bold(heading), *here, _more(running, view))
    else:
        shown = ()
        said = (
            t.gettext("Nothing is on in %(room)s now.", room=view.text(answer.room.name))
            if answer.room
            else t.gettext("Nothing is on now.")
        )
    after = following[:MAX_PARALLEL]
    then = _next_part(following, view, with_room=answer.room is None)
    text = paragraphs(said, then, illustrative_note([*shown, *after], view))
    choices = session_buttons((*shown, *after), view)
    every = (*_all_at(running, view.now, view), *_all_at(following, _start_of(following, view), view))
    return OutgoingMessage(text, (*rows(choices), *rows(every), (_again(view),), agenda_row(view)))


def next_message(answer: NextAnswer, view: View) -> OutgoingMessage:
    """Return what starts next, and in how long."""
    if not answer.sessions:
        return _nothing_more(answer.room, view)
    after = answer.sessions[:MAX_PARALLEL]
    text = paragraphs(_next_part(answer.sessions, view), illustrative_note(after, view))
    now = buttons.OpenNow().button(view.t.plain.pgettext("button", "On now"))
    every = _all_at(answer.sessions, _start_of(answer.sessions, view), view)
    return OutgoingMessage(text, (*rows(session_buttons(after, view)), *rows(every), (now,), agenda_row(view)))


def slot_message(answer: SlotAnswer, view: View) -> OutgoingMessage:
    """Return what is on at a clock time, in a span or in a part of the day."""
    heading = _slot_heading(answer, view)
    extra: list[tuple[Button, ...]] = []
    if answer.place is not None:
        extra.append((place_button(answer.place, view),))
    if answer.day is not None:
        day = buttons.OpenDay(answer.day)
        extra.append((day.button(view.t.plain.gettext("All of %(day)s", day=view.t.short_day(answer.day))),))
    if not answer.sessions:
        text = paragraphs(bold(heading), view.t.gettext("Nothing is planned then."))
        return OutgoingMessage(text, (*extra, agenda_row(view)))
    return sessions_list(
        heading,
        answer.sessions,
        view,
        extra=(*extra, agenda_row(view)),
        headed=answer.day is None,
        with_room=not isinstance(answer.place, Room),
    )


def around_message(answer: AroundAnswer, view: View) -> OutgoingMessage:
    """Return what comes after or before a session, under its title; with a button for that session."""
    t = view.t
    title = view.text(answer.anchor.title)
    shown = answer.sessions[:MAX_PARALLEL]
    if answer.after:
        heading = t.gettext("After “%(title)s”", title=title)
        nothing = t.gettext("Nothing more is planned on that day.")
    else:
        heading = t.gettext("Before “%(title)s”", title=title)
        nothing = t.gettext("Nothing is planned before it on that day.")
    day = answer.anchor.starts_at.date()
    listed = (*(session_line(session, view) for session in shown), _more(answer.sessions, view))
    text = paragraphs(
        lines(
            bold(heading), capitalised(view.day(day)) if day != view.today else None, *(listed if shown else (nothing,))
        ),
        illustrative_note(shown, view),
    )
    return OutgoingMessage(text, (*rows(session_buttons((*shown, answer.anchor), view)), agenda_row(view)))


def _slot_heading(answer: SlotAnswer, view: View) -> str:
    place = cut(view.words(answer.place.name), MAX_SHORT_TEXT) if answer.place else None
    return beside(place, _hours_heading(answer, view))


def _hours_heading(answer: SlotAnswer, view: View) -> str:
    t = view.t
    day = _day_heading(answer, view)
    if answer.starts and answer.ends:
        hours = t.gettext("from %(start)s to %(end)s", start=t.clock(answer.starts), end=t.clock(answer.ends))
        return beside(day, hours)
    if answer.starts:
        return beside(day, t.clock(answer.starts))
    match answer.part:
        case DayPart.MORNING:
            return beside(day, t.pgettext("part of a day", "morning"))
        case DayPart.AFTERNOON:
            return beside(day, t.pgettext("part of a day", "afternoon"))
        case DayPart.EVENING:
            return beside(day, t.pgettext("part of a day", "evening"))
        case _:
            return day


def _day_heading(answer: SlotAnswer, view: View) -> str:
    if answer.day is None:
        return view.t.gettext("Every day")
    return capitalised(view.day(answer.day))


def _next_part(sessions: tuple[Session, ...], view: View, *, with_room: bool = True) -> str:
    if not sessions:
        return ""
    first, shared = sessions[0], _shared_room(sessions, view) if with_room else None
    day, distance = first.starts_at.date(), view.t.distance(first.starts_at - view.now)
    with_room = with_room and shared is None
    return lines(
        beside(bold(view.t.gettext("Next")), distance, view.text(shared.name) if shared else None),
        capitalised(view.day(day)) if day != view.today else None,
        *(session_line(session, view, with_room=with_room) for session in sessions[:MAX_PARALLEL]),
        _more(sessions, view),
    )


def _shared_room(sessions: Sequence[Session], view: View) -> Room | None:
    """Return the room that several sessions share: it is said once, above them."""
    rooms = {session.room_id for session in sessions}
    return view.room_of(sessions[0]) if len(sessions) > 1 and len(rooms) == 1 else None


def _more(sessions: Sequence[Session], view: View) -> Html | None:
    """Say how many are on besides those shown."""
    left = len(sessions) - MAX_PARALLEL
    return view.t.ngettext("and %(num)s more session", "and %(num)s more sessions", left) if left > 0 else None


def _start_of(sessions: Sequence[Session], view: View) -> datetime:
    return sessions[0].starts_at if sessions else view.now


def _all_at(sessions: Sequence[Session], at: datetime, view: View) -> tuple[Button, ...]:
    """Return the button to all that is on at a moment, if it is more than was listed."""
    if len(sessions) <= MAX_PARALLEL:
        return ()
    clock = view.t.clock(timetable.local(view.agenda.event, at))
    return (OpenMoment(int(at.timestamp())).button(view.t.plain.gettext("All sessions at %(time)s", time=clock)),)


def _again(view: View) -> Button:
    return buttons.OpenNext().button(view.t.plain.pgettext("button", "Next"))


def _nothing_more(room: Room | None, view: View) -> OutgoingMessage:
    """Say that nothing is on and nothing comes any more, in this room or at all; after the event offer its slides."""
    t = view.t
    phase = timetable.phase(view.agenda, view.now)
    materials = buttons.OpenMaterials().button(t.plain.pgettext("button", "Slides and documents"))
    if phase is timetable.Phase.AFTER:
        last = view.day(view.agenda.event.ends_on)
        text = t.gettext("The event is over: its last day was %(day)s.", day=last)
        return OutgoingMessage(text, ((materials,), agenda_row(view)))
    if room is not None:
        text = t.gettext("Nothing more is planned in %(room)s.", room=view.text(room.name))
        return OutgoingMessage(text, ((place_button(room, view),), agenda_row(view)))
    if not timetable.held(view.agenda.sessions):
        return OutgoingMessage(t.gettext("Nothing is planned yet."), (agenda_row(view),))
    text = t.gettext("Nothing more is planned: the last session has ended.")
    return OutgoingMessage(text, ((materials,), agenda_row(view)))
