"""Sessions in lists: a page of them, or as many as fit into one message."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from datetime import date, timedelta

from bot.i18n import Html
from bot.messages import buttons
from bot.messages.formatting import beside, bold, capitalised, lines, paragraphs, rows
from bot.messages.outgoing import Button, ButtonRows, OutgoingMessage
from bot.messages.pages import Page
from bot.messages.payload import Payload
from bot.messages.sessions import illustrative_note, menu_button, session_buttons, session_line
from bot.messages.view import View
from content import timetable
from content.agenda import Session

SESSIONS_A_PAGE = 5
FIRST_PAGE = 9_999
"""What the button to the first page says: 0 leads to where the day stands."""
LONG_ON = timedelta(hours=2)


def sessions_page(
    heading: str,
    sessions: Sequence[Session],
    view: View,
    page: int,
    payload: Callable[[int], Payload],
    *,
    days: bool = True,
    rooms: bool = True,
    summary: Html | None = None,
    extra: ButtonRows = (),
    marked: bool = True,
) -> OutgoingMessage:
    """Return a page of sessions, which say that they are on or over, if they are ``marked``.

    ``days``: they are of several days, and what is over comes last. Page 0 is the one where something is on or still to
    come; the first page, if everything is over.
    """
    listed_all = _over_last(sessions, view) if days else sessions
    shown = Page.of(listed_all, SESSIONS_A_PAGE, _page_shown(listed_all, page, view))
    listed = (
        _with_days(shown.items, view, with_room=rooms, marked=marked)
        if days
        else lines(*_session_lines(shown.items, view, with_room=rooms, marked=marked))
    )
    nothing = view.t.gettext("No sessions are planned here.") if not sessions else None
    head = lines(bold(heading), summary, shown.note(view))
    text = paragraphs(head, listed, nothing, illustrative_note(shown.items, view))
    return OutgoingMessage(
        text,
        (
            *rows(session_buttons(shown.items, view)),
            *shown.buttons(view, lambda number: payload(number or FIRST_PAGE)),
            *extra,
            agenda_row(view),
        ),
    )


def _over_last(sessions: Sequence[Session], view: View) -> Sequence[Session]:
    """Put what is over behind what is to come; once everything is over, it stays in its order."""
    over = [session for session in sessions if session.ends_at <= view.now]
    return [*(session for session in sessions if session.ends_at > view.now), *over]


def _page_shown(sessions: Sequence[Session], page: int, view: View) -> int:
    if page == FIRST_PAGE:
        return 0
    if page > 0:
        return page
    coming = [(place, session) for place, session in enumerate(sessions) if session.ends_at > view.now]
    # What has been on for hours, such as an information desk, does not hold the day back.
    fresh = (place for place, session in coming if session.starts_at > view.now - LONG_ON)
    return next(fresh, coming[0][0] if coming else 0) // SESSIONS_A_PAGE


def sessions_list(
    heading: str,
    sessions: Sequence[Session],
    view: View,
    *,
    extra: ButtonRows = (),
    headed: bool = True,
    with_room: bool = True,
) -> OutgoingMessage:
    """Return up to a page of sessions under a heading, each with its button; more are counted, not listed."""
    shown = sessions[:SESSIONS_A_PAGE]
    left = len(sessions) - len(shown)
    more = view.t.ngettext("and %(num)s more session", "and %(num)s more sessions", left) if left else None
    listed = _with_days(shown, view, with_room=with_room, headed=headed)
    text = paragraphs(bold(heading), listed, more, illustrative_note(shown, view))
    return OutgoingMessage(text, (*rows(session_buttons(shown, view)), *extra))


def agenda_row(view: View) -> tuple[Button, ...]:
    """Return the row that leads to the agenda and the menu."""
    return (buttons.OpenAgenda().button(view.t.plain.pgettext("button", "Agenda")), menu_button(view))


def _session_lines(
    sessions: Sequence[Session], view: View, *, with_room: bool, marked: bool, alone: bool = True
) -> Iterator[Html]:
    """Yield a line a session; ``marked``: they say that they are on now or over.

    Not so once the whole event is over, or if they are of one day ``alone`` that is.
    """
    days = {session.starts_at.date() for session in sessions}
    if timetable.phase(view.agenda, view.now) is not timetable.Phase.DURING or (alone and view.today not in days):
        marked = False
    for session in sessions:
        line = session_line(session, view, with_room=with_room)
        begun = session.starts_at <= view.now and not session.cancelled
        yield beside(capitalised(view.nearness(session)), line) if marked and begun else line


def _with_days(
    sessions: Sequence[Session], view: View, *, with_room: bool = True, headed: bool = True, marked: bool = False
) -> Html:
    """List sessions, ``headed`` by their days or not."""
    by_day: dict[date, list[Session]] = {}
    for session in sessions:
        by_day.setdefault(session.starts_at.date(), []).append(session)
    return paragraphs(
        *(
            lines(
                capitalised(view.day(day)) if headed else None,
                *_session_lines(listed, view, with_room=with_room, marked=marked, alone=False),
            )
            for day, listed in by_day.items()
        )
    )
