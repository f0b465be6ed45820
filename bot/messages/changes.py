"""Changes of the agenda as people read them: the notice that comes unasked, and the list for everyone."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import timedelta

from bot.i18n import Html
from bot.messages import buttons
from bot.messages.agenda_versions import author_name
from bot.messages.formatting import beside, bold, capitalised, cut, italic, lines, paragraphs, rows
from bot.messages.outgoing import Button, OutgoingMessage
from bot.messages.pages import Page
from bot.messages.sessions import illustrative_note, menu_button, session_buttons
from bot.messages.view import View
from bot.models import RecentChange, RecentChanges
from content.agenda import Room, Session, Speaker
from content.notices import ChangedField, NewsKind, PersonalNews, SessionNews
from content.timetable import local

MAX_LINES = 10
MAX_SESSIONS = 5
MAX_NAMES = 3
MAX_NAME_LENGTH = 50
MAX_TITLE_LENGTH = 100
MAX_INSTEAD = 3
CHANGES_A_PAGE = 4


def change_notice(notice: Sequence[PersonalNews], view: View) -> OutgoingMessage:
    """Return what changed in what one person follows, old and new, why they are told, and how to stop it.

    ``notice`` holds at least one session.
    """
    t = view.t.plain
    shown, blocks = _fitting(notice, view)
    left = len(notice) - len(shown)
    more = (
        view.t.ngettext("and %(num)s more changed session", "and %(num)s more changed sessions", left) if left else None
    )
    sessions = [each.news.session for each in shown]
    text = paragraphs(
        *blocks, more, lines(italic(_why(notice, view)), illustrative_note(sessions, view, one=len(sessions) == 1))
    )
    around: list[Button] = _session_buttons([each.news for each in shown], view)
    if left:
        around.append(buttons.OpenChanges().button(t.pgettext("button", "All changes")))
    stop = buttons.SetChanges(0).button(t.pgettext("button", "Do not tell me of changes"))
    settings = buttons.OpenReminders().button(t.pgettext("button", "Reminders and notices"))
    return OutgoingMessage(text, (*rows(around), (stop,), (settings,)))


def changes_page(changes: RecentChanges, view: View, page: int = 0) -> OutgoingMessage:
    """Return a page of what differs in the agenda from some versions ago, what is still to come first."""
    t = view.t
    heading = bold(t.gettext("What changed in the agenda"))
    agenda = buttons.OpenAgenda().button(t.plain.pgettext("button", "Agenda"))
    last: tuple[Button, ...] = (agenda, menu_button(view))
    if not changes.changes or changes.since is None:
        said = t.gettext("Nothing changed so far: times, rooms and speakers are as they were first published.")
        return OutgoingMessage(paragraphs(heading, said), (last,))
    shown = Page.of(changes.changes, CHANGES_A_PAGE, page)
    since = local(view.agenda.event, changes.since.created_at)
    text = paragraphs(
        lines(
            heading,
            t.gettext("Compared with the agenda of %(day)s, %(time)s", day=view.day(since.date()), time=t.clock(since)),
            shown.note(view),
        ),
        *(lines(*session_block(change.news, view), _version(change, view)) for change in shown.items),
        illustrative_note([change.news.session for change in shown.items], view),
    )
    choices = _session_buttons([change.news for change in shown.items], view, with_instead=False)
    return OutgoingMessage(text, (*rows(choices), *shown.buttons(view, buttons.OpenChanges), last))


def _fitting(notice: Sequence[PersonalNews], view: View) -> tuple[list[PersonalNews], list[Html]]:
    """Return as many sessions as a phone's screen holds, the first one in any case, with their blocks."""
    shown, blocks, used = list[PersonalNews](), list[Html](), 0
    for each in notice[:MAX_SESSIONS]:
        said = session_block(each.news, view, each)
        used += len(said)
        if blocks and used > MAX_LINES:
            break
        shown.append(each)
        blocks.append(lines(*said))
    return shown, blocks


def session_block(news: SessionNews, view: View, personal: PersonalNews | None = None) -> list[Html]:
    """Return the lines about one session: what happened to which, then the details. None of them is empty."""
    t, session = view.t, news.session
    title = bold(_title(session, view))
    match news.kind:
        case NewsKind.CANCELLED:
            was = news.old or session
            said = [
                t.gettext("Cancelled: %(title)s", title=title),
                t.gettext("It was to be: %(when)s", when=_place_and_time(was, news.old_room, view)),
                _instead(news.instead, view) if was.ends_at > view.now else Html(""),
            ]
        case NewsKind.RESTORED:
            said = [
                t.gettext("Takes place after all: %(title)s", title=title),
                _place_and_time(session, news.new_room, view),
            ]
        case NewsKind.ADDED:
            people = personal.speakers if personal else news.new_speakers
            said = [
                t.gettext("New: %(title)s", title=title),
                _place_and_time(session, news.new_room, view),
                t.gettext("With: %(names)s", names=_names(people, view)) if people else Html(""),
            ]
        case NewsKind.CHANGED:
            moved = {ChangedField.DAY, ChangedField.TIME} & set(news.fields)
            said = [
                t.gettext("Moved: %(title)s", title=title) if moved else t.gettext("Changed: %(title)s", title=title),
                Html("") if moved else view.date_and_hours(session),
                *_changed_lines(news, session, view),
            ]
    return [line for line in said if line]


def _changed_lines(news: SessionNews, session: Session, view: View) -> list[Html]:
    old = news.old or session
    said = []
    for name in news.fields:
        match name:
            case ChangedField.DAY:
                said.append(
                    view.t.gettext(
                        "Day: %(old)s → %(new)s", old=view.date_and_hours(old), new=bold(view.date_and_hours(session))
                    )
                )
            case ChangedField.TIME:
                said.append(_time_line(old, session, view))
            case ChangedField.DURATION:
                if not {ChangedField.DAY, ChangedField.TIME} & set(news.fields):  # their hours say it
                    said.append(_duration_line(old, session, view))
            case ChangedField.ROOM:
                said.append(_room_line(news, view))
            case ChangedField.TITLE:
                said.append(view.t.gettext("It was called: %(title)s", title=_title(old, view)))
            case ChangedField.SPEAKERS:
                said += _speaker_lines(news, view)
            case ChangedField.MINUTES:
                said += _minutes_lines(news, view)
    return said


def _time_line(old: Session, new: Session, view: View) -> Html:
    before, now = view.hours(old.starts_at, old.ends_at), bold(view.hours(new.starts_at, new.ends_at))
    day = new.starts_at.date()
    if day == view.today:
        return view.t.gettext("Today: %(old)s → %(new)s", old=before, new=now)
    # Translators: the day with its weekday, then the hours as they were and as they are.
    return view.t.gettext("%(day)s: %(old)s → %(new)s", day=capitalised(view.day(day)), old=before, new=now)


def _duration_line(old: Session, new: Session, view: View) -> Html:
    return view.t.gettext(
        "Duration: %(old)s → %(new)s", old=_length(old.duration, view), new=bold(_length(new.duration, view))
    )


def _length(duration: timedelta, view: View) -> Html:
    hours, minutes = divmod(round(duration.total_seconds() / 60), 60)
    if hours >= 2 and minutes:
        # Translators: how long a session takes, in hours and minutes, abbreviated as usual.
        return view.t.gettext("%(hours)s h %(minutes)s min", hours=hours, minutes=minutes)
    if hours >= 2:
        return view.t.ngettext("%(num)s hour", "%(num)s hours", hours)
    return view.t.ngettext("%(num)s minute", "%(num)s minutes", hours * 60 + minutes)


def _room_line(news: SessionNews, view: View) -> Html:
    old, new = _room(news.old_room, view), _room(news.new_room, view)
    if not new:
        return view.t.gettext("No room is published any more; it was: %(room)s", room=old)
    if not old:
        return view.t.gettext("The room is known now: %(room)s", room=bold(new))
    return view.t.gettext("Room: %(old)s → %(new)s", old=old, new=bold(new))


def _speaker_lines(news: SessionNews, view: View) -> list[Html]:
    t, joined, left = view.t, news.joined, news.left
    said = []
    if joined:
        said.append(t.gettext("New in this session: %(names)s", names=bold(_names(joined, view))))
    if left:
        said.append(t.gettext("No longer in this session: %(names)s", names=_names(left, view)))
    return said


def _minutes_lines(news: SessionNews, view: View) -> list[Html]:
    said = []
    for own in news.minutes[:MAX_NAMES]:
        old, new = own.old, own.new
        if old.starts_at and old.ends_at and new.starts_at and new.ends_at:
            said.append(
                # Translators: a speaker's own minutes within a session, as they were and as they are.
                view.t.gettext(
                    "%(name)s: %(old)s → %(new)s",
                    name=_cut(own.speaker.name, MAX_NAME_LENGTH),
                    old=view.hours(old.starts_at, old.ends_at),
                    new=bold(view.hours(new.starts_at, new.ends_at)),
                )
            )
    return said


def _instead(sessions: Sequence[Session], view: View) -> Html:
    """Say what else is on at the time of a cancelled session; empty if nothing is."""
    if not sessions:
        return Html("")
    named: list[str] = []
    for session in sessions[:MAX_INSTEAD]:
        title, room = _cut(view.words(session.title), MAX_NAME_LENGTH), _room(view.room_of(session), view)
        # Translators: a session with its room.
        named.append(view.t.gettext("%(title)s (%(room)s)", title=title, room=room) if room else title)
    if left := len(sessions) - len(named):
        named.append(view.t.ngettext("%(num)s more", "%(num)s more", left))
    return view.t.gettext("On at that time: %(sessions)s", sessions=view.t.listed(named))


def _place_and_time(session: Session, room: Room | None, view: View) -> Html:
    return beside(view.date_and_hours(session), _room(room, view))


def _why(notice: Sequence[PersonalNews], view: View) -> Html:
    """Say what the reader follows that this is about."""
    t = view.t
    followed = [each for each in notice if each.followed]
    speakers = {
        speaker.handle: _cut(speaker.name, MAX_NAME_LENGTH)
        for each in notice
        if not each.followed
        for speaker in each.speakers
    }
    if not speakers:
        if len(followed) == 1:
            return t.gettext("You get this because you follow this session.")
        return t.gettext("You get this because you follow these sessions.")
    titles = [_cut(view.words(each.news.session.title), MAX_NAME_LENGTH) for each in followed]
    return t.gettext("You get this because you follow: %(names)s", names=_listed([*speakers.values(), *titles], view))


def _version(change: RecentChange, view: View) -> Html:
    """Say when the agenda was changed last in this respect, and by whom."""
    moment = local(view.agenda.event, change.version.created_at)
    return italic(
        view.t.gettext(
            "Changed on %(day)s, %(time)s, by: %(author)s",
            day=view.day(moment.date()),
            time=view.t.clock(moment),
            author=_cut(author_name(change.version.author, view), MAX_NAME_LENGTH),
        )
    )


def _session_buttons(news: Iterable[SessionNews], view: View, *, with_instead: bool = True) -> list[Button]:
    """Return buttons to the sessions that are still in the agenda, and to what is on instead of a cancelled one."""
    listed = list(news)
    found = {each.session.handle: each.session for each in listed if each.new}
    if with_instead and len(listed) == 1 and listed[0].session.ends_at > view.now:
        found.update({session.handle: session for session in listed[0].instead[:MAX_INSTEAD]})
    return session_buttons(found.values(), view)


def _title(session: Session, view: View) -> str:
    return _cut(view.words(session.title), MAX_TITLE_LENGTH)


def _room(room: Room | None, view: View) -> str:
    return _cut(view.words(room.name), MAX_NAME_LENGTH) if room else ""


def _names(speakers: Iterable[Speaker], view: View) -> Html:
    return _listed([_cut(speaker.name, MAX_NAME_LENGTH) for speaker in speakers], view)


def _listed(names: Sequence[str], view: View) -> Html:
    """Name a few and count the rest."""
    named = list(names[:MAX_NAMES])
    if left := len(names) - len(named):
        named.append(view.t.ngettext("%(num)s more", "%(num)s more", left))
    return view.t.listed(named)


def _cut(text: str, length: int) -> str:
    """Shorten plain text; Telegram counts each character beyond the basic plane, such as emoji, twice."""
    return cut(text, length if max(text, default="") <= "\uffff" else length // 2)
