"""An edit of the agenda in words, for its preview and for the history; and what is doubtful about it."""

from __future__ import annotations

from collections.abc import Sequence

from bot.i18n import Html
from bot.messages.formatting import beside, capitalised, cut, lines
from bot.messages.view import View
from bot.publishing import ChatEdit
from content.agenda import Room, Session, Speaker
from content.edit_doubts import DoubtKind, EditDoubt
from content.edits import AgendaEdit, Cancel, ChangePerson, ChangeRoom, Move, Restore, RunLate
from content.timetable import local, whole

MAX_NAME = 60
MAX_DOUBTS = 6


def edit_words(edit: AgendaEdit, view: View) -> Html:
    """Return the edit in one line."""
    t, title = view.t, _title(edit.session, view)
    match edit:
        case Move(starts_at=starts_at):
            at = local(view.agenda.event, starts_at)
            when = f"{capitalised(t.short_day(at.date()))}, {t.clock(at)}"
            return t.gettext("Other time: %(title)s → %(when)s", title=title, when=when)
        case RunLate():
            return _late_words(edit, title, view)
        case ChangeRoom(room=room, name=name):
            return t.gettext("Other room: %(title)s → %(room)s", title=title, room=_named(room, view) or name)
        case Cancel():
            return t.gettext("Cancelled: %(title)s", title=title)
        case Restore():
            return t.gettext("Takes place after all: %(title)s", title=title)
        case ChangePerson(out=out, into=into, name=name):
            gone, come = _named(out, view), _named(into, view) or name
            if not out:
                return t.gettext("Added: %(name)s (%(title)s)", name=come, title=title)
            if not come:
                return t.gettext("Removed: %(name)s (%(title)s)", name=gone, title=title)
            return t.gettext("Replaced: %(old)s → %(new)s (%(title)s)", old=gone, new=come, title=title)


def _late_words(edit: RunLate, title: str, view: View) -> Html:
    t = view.t
    values = {"minutes": edit.minutes, "title": title, "room": _title(edit.room, view)}
    if not edit.room:
        if edit.begun:
            return t.gettext("Takes %(minutes)s min longer: %(title)s", **values)
        return t.gettext("Running late by %(minutes)s min: %(title)s", **values)
    if edit.begun:
        return t.gettext("Takes %(minutes)s min longer: %(title)s; later in %(room)s moves too", **values)
    return t.gettext("Running late by %(minutes)s min: %(title)s and all later in %(room)s", **values)


def doubt_lines(doubts: Sequence[EditDoubt], view: View) -> Html:
    """Return what asks for a second look, under its heading; empty if nothing does."""
    t = view.t
    if not doubts:
        return Html("")
    heading = t.ngettext("%(num)s thing asks for a second look:", "%(num)s things ask for a second look:", len(doubts))
    left = len(doubts) - MAX_DOUBTS
    return lines(
        heading,
        *(Html(f"– {_doubt(each, view)}") for each in doubts[:MAX_DOUBTS]),
        t.ngettext("and %(num)s more", "and %(num)s more", left) if left > 0 else None,
    )


def undone_lines(undone: Sequence[ChatEdit], in_all: int, view: View) -> Html:
    """Return edits from the chat that a file would undo, the first of ``in_all``; empty if there are none."""
    if not in_all:
        return Html("")
    heading = view.t.ngettext(
        "It would undo %(num)s change made in the chat:", "It would undo %(num)s changes made in the chat:", in_all
    )
    return lines(heading, *(Html(f"– {_made(each, view)}") for each in undone))


def _made(made: ChatEdit, view: View) -> Html:
    at = local(view.agenda.event, made.made_at)
    day = "" if at.date() == view.today else capitalised(view.t.short_day(at.date()))
    handles = dict.fromkeys(effect.session for effect in made.effects)
    found = [session for each in handles if isinstance(session := view.agenda.by_handle.get(each), Session)]
    count = len(whole(found))
    sessions = view.t.ngettext("%(num)s session", "%(num)s sessions", count) if count > 1 else ""
    return beside(day, view.t.clock(at), edit_words(made.edit, view), sessions)


def _doubt(doubt: EditDoubt, view: View) -> Html:
    t = view.t
    one, other = _with_hours(doubt.session, view), _with_hours(doubt.other, view) if doubt.other else Html("")
    match doubt.kind:
        case DoubtKind.ROOM_TWICE:
            room = _cut(view.words(doubt.room.name)) if doubt.room else ""
            return t.gettext("%(room)s is booked twice: %(one)s and %(other)s", room=room, one=one, other=other)
        case DoubtKind.SPEAKER_TWICE:
            name = view.name(doubt.speaker) if doubt.speaker else ""
            return t.gettext(
                "%(name)s has two sessions at once: %(one)s and %(other)s", name=name, one=one, other=other
            )
        case DoubtKind.OUTSIDE_WHOLE:
            return t.gettext("%(one)s does not fit into %(whole)s, of which it is a part", one=one, whole=other)
        case DoubtKind.OUTSIDE_EVENT:
            return t.gettext("%(one)s would be outside the days of the event", one=one)
        case DoubtKind.PAST:
            return t.gettext("%(one)s would be over already", one=one)


def _with_hours(session: Session, view: View) -> Html:
    title = view.text(session.title, MAX_NAME)
    hours = view.hours(session.starts_at, session.ends_at)
    # Translators: a session with its hours, within a sentence.
    return view.t.gettext("“%(title)s” (%(hours)s)", title=title, hours=hours)


def _title(handle: str, view: View) -> str:
    return _named(handle, view) or view.t.plain.gettext("(no longer in the agenda)")


def _named(handle: str, view: View) -> str:
    """Return the name of a session, room or person, plain; empty: there is none of this handle."""
    match view.agenda.by_handle.get(handle):
        case Session(title=title):
            return _cut(view.words(title))
        case Room(name=name):
            return _cut(view.words(name))
        case Speaker() as speaker:
            return view.name(speaker)
        case _:
            return ""


def _cut(text: str) -> str:
    return cut(text, MAX_NAME)
