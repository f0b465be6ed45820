"""A session as people read it: its card, its line in a list, its buttons."""

from __future__ import annotations

from collections.abc import Callable, Iterable

from bot.i18n import Html, escaped
from bot.messages import buttons
from bot.messages.broadcast_buttons import TellFollowers
from bot.messages.edit_buttons import EditSession
from bot.messages.formatting import (
    MAX_DESCRIPTION_LENGTH,
    beside,
    bold,
    capitalised,
    cut,
    distinct_labels,
    italic,
    label,
    lines,
    paragraphs,
    rows,
)
from bot.messages.list_buttons import OpenParts
from bot.messages.material_waits import add_material_button, wait_button
from bot.messages.outgoing import Button, ButtonRows, OutgoingMessage
from bot.messages.people import speaker_rows
from bot.messages.view import View
from content.agenda import Room, Session, SessionSpeaker, SpeakerRole, Track
from content.answers import SessionFocus

MAX_PEOPLE = 12
MAX_PEOPLE_BUTTONS = 6
MAX_PART_BUTTONS = 8
FEW_PARTS = 4  # of more than that
MAX_TOPICS = 8
MAX_TOPIC = 80
MAX_ROOM = 80


def session_card(session: Session, view: View, focus: SessionFocus = SessionFocus.INFO) -> OutgoingMessage:
    """Return everything about a session, what was asked for first."""
    title, when, where = bold(cut_title(session, view)), view.when(session), _place(session, view)
    people = people_lines(session, view)
    match focus:
        case SessionFocus.TIME:
            head = lines(bold(when), title, where, people)
        case SessionFocus.PLACE:
            head = lines(bold(where or view.t.gettext("Room: not published")), title, when, people)
        case SessionFocus.SPEAKERS:
            head = lines(people or view.t.gettext("Nobody is named for it."), title, when, where)
        case _:
            head = lines(title, when, where, people)
    description = cut(view.words(session.description), MAX_DESCRIPTION_LENGTH)
    text = paragraphs(head, description, _topics(session, view), illustrative_note([session], view, one=True))
    return OutgoingMessage(text, _card_buttons(session, view))


def cut_title(session: Session, view: View) -> str:
    """Return the title in the reader's language, shortened if it is longer than any title should be."""
    return cut(view.words(session.title), 250)


def session_line(session: Session, view: View, *, with_room: bool = True) -> Html:
    """Return the session in one or two lines of a list: hours and title, then the room."""
    head = beside(view.hours(session.starts_at, session.ends_at), bold(cut_title(session, view)))
    if session.cancelled:
        head = beside(capitalised(view.t.pgettext("of a session", "cancelled")), head)
    room = view.room_of(session)
    return lines(head, view.text(room.name, MAX_ROOM) if room and with_room else None)


def session_buttons(
    sessions: Iterable[Session], view: View, behind: Callable[[str], buttons.Payload] = buttons.OpenSession
) -> list[Button]:
    """Return a button for each session: "10:15 Keynote speeches". Labels of one list can be told apart.

    ``behind``: what a button means, given the session's handle; its card if nothing is said.
    """
    listed = list(sessions)
    times = [view.t.clock(session.starts_at) for session in listed]
    named = [(time, view.words(session.title)) for time, session in zip(times, listed, strict=True)]
    if len(set(named)) < len(named):  # the same at the same hour: the day tells them apart
        times = [
            f"{view.t.short_day(session.starts_at.date())} {view.t.clock(session.starts_at)}" for session in listed
        ]
    room_for = max(map(len, times), default=0) + 1
    titles = distinct_labels([view.words(session.title) for session in listed], room_for=room_for)
    return [
        behind(session.handle).button(f"{time} {title}")
        for session, time, title in zip(listed, times, titles, strict=True)
    ]


def _place(session: Session, view: View) -> Html:
    room = view.room_of(session)
    if room:
        return view.text(room.name)
    return view.t.gettext("Room: not published") if "room" in session.unknown else Html("")


def people_lines(session: Session, view: View) -> Html:
    """Return one line a role, and what of it is known to be unknown; empty if nobody is named."""
    t = view.t
    by_role: dict[SpeakerRole, list[SessionSpeaker]] = {}
    for part in session.speakers:
        by_role.setdefault(part.role, []).append(part)
    said = []
    speakers = by_role.get(SpeakerRole.SPEAKER, [])
    if speakers:
        said.append(
            t.ngettext("Speaker: %(names)s", "Speakers: %(names)s", len(speakers), names=_names(speakers, view))
        )
    elif "speakers" in session.unknown:
        said.append(t.gettext("Speakers: not published"))
    if facilitators := by_role.get(SpeakerRole.FACILITATOR):
        said.append(
            t.ngettext(
                "Facilitator: %(names)s",
                "Facilitators: %(names)s",
                len(facilitators),
                names=_names(facilitators, view),
            )
        )
    if moderators := by_role.get(SpeakerRole.MODERATOR):
        said.append(
            t.ngettext("Moderator: %(names)s", "Moderators: %(names)s", len(moderators), names=_names(moderators, view))
        )
    elif "moderator" in session.unknown:
        said.append(t.gettext("Moderator: not published"))
    return lines(*said)


def _names(parts: list[SessionSpeaker], view: View) -> Html:
    named = []
    for part in parts[:MAX_PEOPLE]:
        name = view.name(view.speaker_of(part))
        if part.starts_at and part.ends_at:
            named.append(
                # Translators: a speaker with their own minutes inside a session: "Ana Pop (10:15–10:40)".
                view.t.gettext("%(name)s (%(hours)s)", name=name, hours=view.hours(part.starts_at, part.ends_at))
            )
        else:
            named.append(escaped(name))
    if (left := len(parts) - MAX_PEOPLE) > 0:
        named.append(view.t.ngettext("%(num)s more", "%(num)s more", left))
    return view.t.listed(named)


def _topics(session: Session, view: View) -> Html:
    if not session.topics:
        return Html("")
    named = [view.text(topic, MAX_TOPIC) for topic in session.topics[:MAX_TOPICS]]
    return view.t.gettext("Topics: %(topics)s", topics=Html(", ".join(named)))


def _card_buttons(session: Session, view: View) -> ButtonRows:
    t = view.t.plain
    people = list(dict.fromkeys(view.speaker_of(part) for part in session.speakers))[:MAX_PEOPLE_BUTTONS]
    parts = _part_buttons(session, view)
    around: list[Button] = []
    if view.agenda.materials_of_session(session.id):
        around.append(buttons.OpenMaterialsOf(session.handle).button(t.gettext("Slides and documents")))
    around.extend(wait_button(session, view))
    umbrella = view.agenda.session_by_id.get(session.part_of or "")
    if umbrella:
        around.append(
            buttons.OpenSession(umbrella.handle).button(
                label(t.gettext("Part of: %(title)s", title=view.words(umbrella.title)))
            )
        )
    if room := view.room_of(session):
        around.append(place_button(room, view))
    if view.organiser:
        around.append(EditSession(session.handle).button(t.pgettext("button", "Change the session")))
        around.append(add_material_button(session.handle, view))
        around.append(TellFollowers(session.handle).button(t.pgettext("button", "Tell the followers")))
    day = session.starts_at.date()
    around.append(buttons.OpenDay(day).button(label(t.gettext("All of %(day)s", day=t.short_day(day)))))
    return (*speaker_rows(people, view), *rows(parts), *rows(around), (menu_button(view),))


def _part_buttons(session: Session, view: View) -> list[Button]:
    """Return a button for each part; of many for the next few alone, and one for all of them."""
    parts = view.agenda.parts_of(session.id)
    if len(parts) <= MAX_PART_BUTTONS:
        return session_buttons(parts, view)
    coming = [part for part in parts if part.ends_at > view.now] or parts
    every = view.t.plain.gettext("All parts (%(count)s)", count=len(parts))
    return [
        *session_buttons(coming[:FEW_PARTS], view),
        OpenParts(session.handle).button(every),
    ]


def place_button(place: Room | Track, view: View) -> Button:
    """Return a button to all sessions of a room or track."""
    text = view.t.plain.gettext("All in: %(room)s", room=view.words(place.name))
    opening = buttons.OpenRoom(place.handle) if isinstance(place, Room) else buttons.OpenTrack(place.handle)
    return opening.button(label(text))


def menu_button(view: View) -> Button:
    """Return the button that leads back to the main menu."""
    return buttons.OpenStart().button(view.t.plain.pgettext("button", "Menu"))


def illustrative_note(sessions: Iterable[Session], view: View, *, one: bool = False) -> Html:
    """Say once a message what of it was made up or is not confirmed; empty if nothing was.

    ``one``: the message is about a single session, so it can be exact.
    """
    listed = list(sessions)
    notes = [_announced_note(view)] if one and any(session.announced for session in listed) else []
    if any("time" in session.unknown for session in listed):
        notes.append(_unknown_time_note(view, one=one))
    notes.append(_one_note(listed[0], view) if one and listed else _list_note(listed, view))
    return italic(Html(" ".join(note for note in notes if note))) if any(notes) else Html("")


def times_note(sessions: Iterable[Session], view: View) -> Html:
    """Say that the times were made up, where nothing else of the sessions is shown; empty if they were not."""
    if not any("time" in session.illustrative for session in sessions):
        return Html("")
    return italic(_illustrative_times(view))


def _illustrative_times(view: View) -> Html:
    return view.t.gettext("The times are illustrative: the organisers have not published them.")


def _announced_note(view: View) -> Html:
    return view.t.gettext("Announced before the event; no later source confirms it.")


def _unknown_time_note(view: View, *, one: bool) -> Html:
    if one:
        return view.t.gettext("The time has not been published: this one only shows its place in the agenda.")
    return view.t.gettext("For some of the items the time has not been published.")


def _one_note(session: Session, view: View) -> Html:
    t = view.t
    if "session" in session.illustrative:
        return t.gettext("This item is illustrative: it is not in the published programme.")
    if {"time", "room"} <= session.illustrative:
        return t.gettext("Time and room are illustrative: the organisers have not published them.")
    if "time" in session.illustrative:
        return t.gettext("The time is illustrative: the organisers have not published it.")
    if "room" in session.illustrative:
        return t.gettext("The room is illustrative: the organisers have not published it.")
    return Html("")


def _list_note(sessions: list[Session], view: View) -> Html:
    t = view.t
    made = [session for session in sessions if "session" in session.illustrative]
    if made and len(made) == len(sessions):
        return t.gettext("All of this is illustrative: the organisers have published nothing about it.")
    if made:
        return t.gettext("Times, rooms and some of the items are illustrative: the organisers have not published them.")
    parts = frozenset[str]().union(*(session.illustrative for session in sessions))
    if {"time", "room"} <= parts:
        return t.gettext("Times and rooms are illustrative: the organisers have not published them.")
    if "time" in parts:
        return _illustrative_times(view)
    if "room" in parts:
        return t.gettext("The rooms are illustrative: the organisers have not published them.")
    return Html("")
