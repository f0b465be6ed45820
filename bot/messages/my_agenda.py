"""The personal agenda as its owner reads it: by day, with clashes."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import islice

from bot.i18n import Html
from bot.messages import buttons
from bot.messages.formatting import beside, bold, capitalised, lines, paragraphs, rows
from bot.messages.outgoing import Button, OutgoingMessage
from bot.messages.pages import Page
from bot.messages.session_news import few_named
from bot.messages.sessions import cut_title, illustrative_note, menu_button, session_buttons, session_line
from bot.messages.view import View
from content.agenda import Session
from content.timetable import clashes

SESSIONS_A_PAGE = 5
MAX_CLASHES = 3


def my_agenda(view: View, page: int = 0) -> OutgoingMessage:
    """Return a page of the reader's own sessions: those to come first, then those that are over."""
    t = view.t
    followed = view.follows.sessions_in(view.agenda)
    coming = [session for session in followed if session.ends_at > view.now]
    over = [session for session in followed if session.ends_at <= view.now]
    reminders = buttons.OpenReminders().button(t.plain.pgettext("button", "Reminders and notices"))
    if not followed:
        said = (
            t.gettext("Nothing of what you follow is in the agenda at present.")
            if view.follows.sessions or view.follows.speakers
            else t.gettext(
                "You follow nothing yet. Open a session or a speaker and press Follow, or write me: follow …"
            )
        )
        agenda = buttons.OpenAgenda().button(t.plain.pgettext("button", "Agenda"))
        text = paragraphs(bold(t.gettext("My agenda")), said, _speakers(view))
        return OutgoingMessage(text, ((reminders,), (agenda, menu_button(view))))
    shown = Page.of([*coming, *over], SESSIONS_A_PAGE, page)
    total = t.ngettext("%(num)s session", "%(num)s sessions", len(followed))
    text = paragraphs(
        lines(beside(bold(t.gettext("My agenda")), total), shown.note(view)),
        _by_day(shown.items, view),
        _clashes(coming, view),
        _speakers(view),
        illustrative_note(shown.items, view),
    )
    calendar = buttons.SendCalendar().button(t.plain.pgettext("button", "All into my calendar"))
    last: tuple[Button, ...] = (reminders, menu_button(view))
    turn = shown.buttons(view, buttons.OpenMine)
    return OutgoingMessage(text, (*rows(session_buttons(shown.items, view)), *turn, (calendar,), last))


def _by_day(sessions: Sequence[Session], view: View) -> Html:
    by_day: dict[str, list[Html]] = {}
    for session in sessions:
        line = session_line(session, view)
        if session.starts_at <= view.now and not session.cancelled:
            line = beside(capitalised(view.nearness(session)), line)
        elif view.follows.muted(session.handle):
            line = beside(line, view.t.pgettext("of a session", "muted"))
        by_day.setdefault(capitalised(view.day(session.starts_at.date())), []).append(line)
    return paragraphs(*(lines(day, *listed) for day, listed in by_day.items()))


def _speakers(view: View) -> Html:
    """Name the speakers whom the reader follows: what they do next comes into this agenda by itself."""
    names = sorted(view.name(speaker) for speaker in view.agenda.speakers if speaker.handle in view.follows.speakers)
    return view.t.gettext("Speakers you follow: %(names)s", names=few_named(names, view)) if names else Html("")


def _clashes(sessions: Sequence[Session], view: View) -> Html:
    """Name the sessions that overlap: nobody can be in two rooms."""
    said = [
        view.t.gettext(
            "%(one)s and %(other)s overlap.",
            one=bold(cut_title(one, view)),
            other=bold(cut_title(other, view)),
        )
        for one, other in islice(clashes(sessions), MAX_CLASHES)
    ]
    return lines(*said)
