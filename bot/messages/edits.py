"""The screens by which organisers say what changes on the day. Each names the session and what was chosen so far."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from bot.i18n import Html
from bot.messages import edit_buttons as buttons
from bot.messages.buttons import OpenSession
from bot.messages.formatting import bold, distinct_labels, label, lines, paragraphs, rows
from bot.messages.outgoing import Button, ButtonRows, OutgoingMessage
from bot.messages.pages import Page
from bot.messages.payload import Payload
from bot.messages.people import speaker_buttons
from bot.messages.sessions import cut_title, people_lines
from bot.messages.view import View
from bot.messages.ways_back import desk_and_menu
from content.agenda import Room, Session, Speaker
from content.delays import rest_of_day, room_of
from content.edits import person_named
from content.timetable import whole

DELAYS = (5, 10, 15, 30)
A_PAGE = 8


def edit_tool(view: View) -> Button:
    """Return the desk's button to changing the agenda."""
    return buttons.EditNow().button(view.t.plain.pgettext("button", "Change the agenda"))


def edit_menu(session: Session, view: View) -> OutgoingMessage:
    """Offer what can be changed about a session."""
    t, handle = view.t.plain, session.handle
    if session.cancelled:
        restore = buttons.PreviewRestore(handle).button(t.pgettext("button", "It takes place after all"))
        choices: ButtonRows = ((restore,),)
    else:
        begun = int(session.starts_at <= view.now and not view.agenda.parts_of(session.id))
        rest = int(bool(_following(session, view)))
        choices = (
            (
                buttons.ChooseDelay(handle, rest, begun).button(t.pgettext("button", "Running late")),
                buttons.ChooseTime(handle).button(t.pgettext("button", "Other time")),
            ),
            (
                buttons.ChooseRoom(handle).button(t.pgettext("button", "Other room")),
                buttons.EditPeople(handle).button(t.pgettext("button", "Who speaks")),
            ),
            (buttons.PreviewCancel(handle).button(t.pgettext("button", "Cancel the session")),),
        )
    text = paragraphs(lines(_head(session, view), people_lines(session, view)), t.gettext("What changes?"))
    return OutgoingMessage(text, (*choices, _back_to(session, view)))


def delay_choice(session: Session, view: View, *, rest: bool, begun: bool) -> OutgoingMessage:
    """Ask by how much it runs late, saying what moves."""
    t, handle = view.t, session.handle
    following = len(whole(_following(session, view)))
    moving = following if rest else 0
    minutes = [
        # Translators: a button: so many minutes later.
        buttons.PreviewDelay(handle, int(moving > 0), int(begun), each).button(
            t.plain.gettext("+%(minutes)s min", minutes=each)
        )
        for each in DELAYS
    ]
    switches = []
    if following:
        alone = t.plain.pgettext("button", "Only this session")
        all_ = t.plain.pgettext("button", "All later in this room too")
        switches.append(buttons.ChooseDelay(handle, int(not moving), int(begun)).button(alone if moving else all_))
    if session.starts_at <= view.now and not view.agenda.parts_of(session.id):
        ends = t.plain.pgettext("button", "It has begun: it ends later")
        starts = t.plain.pgettext("button", "It has not begun yet")
        switches.append(buttons.ChooseDelay(handle, int(moving > 0), int(not begun)).button(starts if begun else ends))
    text = paragraphs(
        _head(session, view),
        lines(
            bold(t.gettext("By how much does it run late?")),
            _what_moves(session, following if rest else 0, begun, view),
        ),
    )
    return OutgoingMessage(text, (tuple(minutes), *rows(switches), _back(session, view)))


def time_choice(session: Session, view: View, *, note: str = "") -> OutgoingMessage:
    """Ask when it begins. ``note``: what was wrong with what was typed."""
    t = view.t
    text = paragraphs(
        note,
        _head(session, view),
        t.gettext(
            "Tap how much later it begins, or write when: 14:30, or 23.11 14:30 for another day. It stays as long as "
            "it is."
        ),
        _typing(view),
    )
    shifts = [
        buttons.PreviewShift(session.handle, each).button(t.plain.gettext("+%(minutes)s min", minutes=each))
        for each in DELAYS
    ]
    return OutgoingMessage(text, (tuple(shifts), _back(session, view)))


def room_choice(session: Session, view: View, page: int = 0) -> OutgoingMessage:
    """Ask where it takes place."""
    others = [room for room in view.agenda.rooms if room.id != session.room_id]
    shown = Page.of(others, A_PAGE, page)
    text = paragraphs(
        _head(session, view),
        lines(view.t.gettext("Tap the room, or write its name if it is a new one."), shown.note(view)),
        _typing(view),
    )
    choices = _room_buttons(shown.items, view, lambda room: buttons.PreviewRoom(session.handle, room))
    turn = shown.buttons(view, lambda number: buttons.ChooseRoom(session.handle, number))
    return OutgoingMessage(text, (*choices, *turn, _back(session, view)))


def people_menu(session: Session, view: View, page: int = 0) -> OutgoingMessage:
    """Offer who is to be replaced or removed, and to add somebody."""
    t = view.t.plain
    people = list(dict.fromkeys(view.speaker_of(part) for part in session.speakers))
    shown = Page.of(people, A_PAGE, page)
    text = paragraphs(
        lines(_head(session, view), people_lines(session, view)),
        lines(t.gettext("Tap who is to be replaced or removed.") if people else None, shown.note(view)),
    )
    named = speaker_buttons(shown.items, view, lambda person: buttons.EditPerson(session.handle, person))
    turn = shown.buttons(view, lambda number: buttons.EditPeople(session.handle, number))
    add = buttons.ChoosePerson(session.handle).button(t.pgettext("button", "Add a speaker"))
    return OutgoingMessage(text, (*rows(named), *turn, (add,), _back(session, view)))


def person_menu(session: Session, person: Speaker, view: View) -> OutgoingMessage:
    """Ask whether this person is to be replaced or removed."""
    t = view.t.plain
    replace = buttons.ChoosePerson(session.handle, person.handle).button(t.pgettext("button", "Somebody else comes"))
    remove = buttons.PreviewPerson(session.handle, person.handle).button(
        t.pgettext("button", "Remove from the session")
    )
    text = paragraphs(_head(session, view), lines(bold(view.name(person)), view.text(person.organisation)))
    return OutgoingMessage(text, ((replace,), (remove,), _back(session, view)))


def person_choice(session: Session, out: Speaker | None, view: View, page: int = 0) -> OutgoingMessage:
    """Ask who comes, in somebody's place or beside the others."""
    t = view.t
    there = {part.speaker_id for part in session.speakers}
    others = sorted(
        (speaker for speaker in view.agenda.speakers if speaker.id not in there), key=lambda each: each.name.casefold()
    )
    shown = Page.of(others, A_PAGE, page)
    asked = (
        t.gettext("Who comes in the place of %(name)s?", name=bold(view.name(out))) if out else t.gettext("Who comes?")
    )
    text = paragraphs(
        _head(session, view),
        lines(asked, t.gettext("Tap the name, or write it: a part is enough."), shown.note(view)),
        _typing(view),
    )
    gone = out.handle if out else ""
    named = speaker_buttons(shown.items, view, lambda person: buttons.PreviewPerson(session.handle, gone, person))
    turn = shown.buttons(view, lambda number: buttons.ChoosePerson(session.handle, gone, number))
    return OutgoingMessage(text, (*rows(named), *turn, _back(session, view)))


def name_choice(session: Session, out: str, name: str, found: Sequence[Speaker], view: View) -> OutgoingMessage:
    """Ask which of these people was meant by a typed name, or whether it is somebody new. ``out``: may be empty."""
    t = view.t
    text = paragraphs(
        _head(session, view),
        t.gettext("You wrote: %(name)s", name=bold(name)),
        t.gettext("Is it one of these, or somebody new?") if found else t.gettext("I know nobody of this name."),
    )
    named = speaker_buttons(found, view, lambda person: buttons.PreviewPerson(session.handle, out, person))
    new = buttons.PreviewTyped().button(label(t.plain.gettext("New: %(name)s", name=name)))
    is_known = person_named(view.agenda, name) is not None
    return OutgoingMessage(text, (*rows(named), *(() if is_known else ((new,),)), _back(session, view)))


def not_a_name(limit: int, view: View) -> OutgoingMessage:
    """Say that a name is empty or too long."""
    said = view.t.gettext("Please write a name of at most %(limit)s characters, as text.", limit=limit)
    return OutgoingMessage(said, (desk_and_menu(view),))


def _room_buttons(found: Sequence[Room], view: View, behind: Callable[[str], Payload]) -> ButtonRows:
    names = distinct_labels([view.words(room.name) for room in found])
    return rows(
        behind(room.handle).button(name if names.count(name) == 1 else f"{name} ({number})")
        for number, (room, name) in enumerate(zip(found, names, strict=True), 1)
    )


def _following(session: Session, view: View) -> tuple[Session, ...]:
    """Return what comes after it in its room that day."""
    return rest_of_day(view.agenda, session, room_of(view.agenda, session))


def _what_moves(session: Session, following: int, begun: bool, view: View) -> Html:
    t, room = view.t, view.agenda.room_by_id.get(room_of(view.agenda, session) or "")
    first = t.gettext("Its end moves, its start stays.") if begun else t.gettext("Its start and end move.")
    if not following or room is None:
        return first
    name = view.text(room.name, 60)
    if following == 1:
        then = t.gettext("So does the session after it in %(room)s that day.", room=name)
    else:
        then = t.ngettext(
            "So does the %(num)s session after it in %(room)s that day.",
            "So do the %(num)s sessions after it in %(room)s that day.",
            following,
            room=name,
        )
    return Html(f"{first} {then}")


def _head(session: Session, view: View) -> Html:
    room = view.room_of(session)
    return lines(bold(cut_title(session, view)), view.when(session), view.text(room.name, 60) if room else None)


def _typing(view: View) -> Html:
    return view.t.gettext("Any command ends this.")


def _back(session: Session, view: View) -> tuple[Button, ...]:
    return (buttons.EditSession(session.handle).button(view.t.plain.pgettext("button", "Back")),)


def _back_to(session: Session, view: View) -> tuple[Button, ...]:
    t = view.t.plain
    return (
        OpenSession(session.handle).button(t.pgettext("button", "Back to the session")),
        buttons.EditNow().button(t.pgettext("button", "Change the agenda")),
    )
