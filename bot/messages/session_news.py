"""What happened to one session, in a few lines: for the notice that comes unasked, and for the list for everyone."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import timedelta

from bot.i18n import Html
from bot.messages.formatting import beside, bold, capitalised, cut
from bot.messages.view import View
from content.agenda import Room, Session, Speaker
from content.notices import ChangedField, NewsKind, PersonalNews, SessionNews

MAX_NAMES = 3
MAX_NAME_LENGTH = 50
MAX_TITLE_LENGTH = 100
MAX_INSTEAD = 3


def news_lines(news: SessionNews, view: View, personal: PersonalNews | None = None) -> list[Html]:
    """Return the lines about one session: what happened to which, then the details. None of them is empty."""
    t, session = view.t, news.session
    title = bold(_title(session, view))
    match news.kind:
        case NewsKind.CANCELLED:
            was = news.old or session
            said = [
                t.gettext("Cancelled: %(title)s", title=title),
                t.gettext("It was to be: %(when)s", when=beside(view.planned_for(was), _room(news.old_room, view))),
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
                    name=cut_name(own.speaker.name, MAX_NAME_LENGTH),
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
        title, room = cut_name(view.words(session.title), MAX_NAME_LENGTH), _room(view.room_of(session), view)
        # Translators: a session with its room.
        named.append(view.t.gettext("%(title)s (%(room)s)", title=title, room=room) if room else title)
    if left := len(sessions) - len(named):
        named.append(view.t.ngettext("%(num)s more", "%(num)s more", left))
    return view.t.gettext("On at that time: %(sessions)s", sessions=view.t.listed(named))


def _place_and_time(session: Session, room: Room | None, view: View) -> Html:
    return beside(view.date_and_hours(session), _room(room, view))


def _title(session: Session, view: View) -> str:
    return cut_name(view.words(session.title), MAX_TITLE_LENGTH)


def _room(room: Room | None, view: View) -> str:
    return cut_name(view.words(room.name), MAX_NAME_LENGTH) if room else ""


def _names(speakers: Iterable[Speaker], view: View) -> Html:
    return few_named([cut_name(speaker.name, MAX_NAME_LENGTH) for speaker in speakers], view)


def few_named(names: Sequence[str], view: View) -> Html:
    """Name a few and count the rest; a single one that would be left is named too."""
    named = list(names[:MAX_NAMES])
    if len(names) == MAX_NAMES + 1:
        named = list(names)
    elif left := len(names) - len(named):
        named.append(view.t.ngettext("%(num)s more", "%(num)s more", left))
    return view.t.listed(named)


def cut_name(text: str, length: int) -> str:
    """Shorten plain text; Telegram counts each character beyond the basic plane, such as emoji, twice."""
    return cut(text, length if max(text, default="") <= "\uffff" else length // 2)
