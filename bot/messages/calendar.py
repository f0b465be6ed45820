"""Calendar files as people get them: the file's name and caption, and the words of each entry."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence
from dataclasses import replace
from html import unescape

from bot.i18n import Html, Localizer
from bot.messages import buttons
from bot.messages.deep_links import deep_link
from bot.messages.formatting import (
    MAX_DESCRIPTION_LENGTH,
    beside,
    bold,
    capitalised,
    cut,
    lines,
    paragraphs,
)
from bot.messages.outgoing import OutgoingDocument
from bot.messages.sessions import cut_title, illustrative_note, people_lines
from bot.messages.speaker_buttons import OpenSpeakerDesk
from bot.messages.view import View
from content.calendar import CalendarEntry, CalendarSession, calendar_of

MAX_NAME_LENGTH = 60  # characters of a file's name; Telegram shows about half of them
_TAG = re.compile(r"<[^<>]*>")
_NOT_OF_A_NAME = re.compile(r"[\W_]+")


def session_calendar(shown: CalendarSession, view: View, bot_username: str | None) -> OutgoingDocument:
    """Return one session as a calendar file. ``bot_username``: makes a link back in it; None: not known."""
    session = shown.session
    caption = paragraphs(
        lines(bold(cut_title(session, view)), view.when(session)),
        _how_to_use(view.t),
        illustrative_note([session], view, one=True),
    )
    back = buttons.OpenSession(session.handle).button(view.t.plain.pgettext("button", "Open the session"))
    return OutgoingDocument(
        _file_name(view.words(session.title), session.handle), _file([shown], view, bot_username), caption, ((back,),)
    )


def my_calendar(shown: Sequence[CalendarSession], view: View, bot_username: str | None) -> OutgoingDocument:
    """Return all that the reader follows, at least one session, as a calendar file; for the rest as one session."""
    t = view.t
    standing = [each.session for each in shown if not each.cancelled]
    cancelled = len(shown) - len(standing)
    caption = paragraphs(
        lines(
            beside(bold(t.gettext("My agenda")), t.ngettext("%(num)s session", "%(num)s sessions", len(standing))),
            t.ngettext(
                "%(num)s session is marked as cancelled.", "%(num)s sessions are marked as cancelled.", cancelled
            )
            if cancelled
            else None,
        ),
        _how_to_use(t),
        illustrative_note(standing, view),
    )
    # Translators: the name of a file with what somebody follows.
    name = t.plain.pgettext("file name", "My agenda")
    back = buttons.OpenMine().button(t.plain.pgettext("button", "My agenda"))
    return OutgoingDocument(
        _file_name(name, view.agenda.event.id), _file(shown, view, bot_username), caption, ((back,),)
    )


def speaker_calendar(shown: Sequence[CalendarSession], view: View, bot_username: str | None) -> OutgoingDocument:
    """Return the sessions that a speaker is in, at least one, as a calendar file."""
    t = view.t
    standing = [each.session for each in shown if not each.cancelled]
    caption = paragraphs(
        beside(bold(t.gettext("My appearances")), t.ngettext("%(num)s session", "%(num)s sessions", len(standing))),
        _how_to_use(t),
        illustrative_note(standing, view),
    )
    # Translators: the name of a file with what a speaker is in.
    name = t.plain.pgettext("file name", "My appearances")
    back = OpenSpeakerDesk().button(t.plain.pgettext("button", "Speaker’s desk"))
    return OutgoingDocument(
        _file_name(name, view.agenda.event.id), _file(shown, view, bot_username), caption, ((back,),)
    )


def nothing_followed(t: Localizer) -> str:
    """Return the notice over the calendar button of somebody who follows nothing any more."""
    return t.plain.gettext("You follow nothing yet: there is nothing to put into a calendar.")


def _how_to_use(t: Localizer) -> Html:
    return t.gettext("Open the file to add it to your calendar. A later file brings the same entries up to date.")


def _file(shown: Sequence[CalendarSession], view: View, bot_username: str | None) -> bytes:
    event = view.agenda.event
    entries = [_entry(each, view, bot_username) for each in shown]
    return calendar_of(entries, event, name=view.words(event.name), now=view.now)


def _entry(shown: CalendarSession, view: View, bot_username: str | None) -> CalendarEntry:
    session, t = shown.session, view.t.plain
    then = replace(view, agenda=shown.agenda)
    room = then.room_of(session)
    title = then.words(session.title)
    link = deep_link(bot_username, session) if bot_username and not shown.gone else None
    description = paragraphs(
        capitalised(view.t.pgettext("of a session", "cancelled")) if shown.cancelled else None,
        people_lines(session, then),
        cut(then.words(session.description), MAX_DESCRIPTION_LENGTH),
        illustrative_note([session], then, one=True),
        link,
    )
    return CalendarEntry(
        shown,
        # Translators: the title of an entry in somebody's calendar.
        summary=t.gettext("Cancelled: %(title)s", title=title) if shown.cancelled else title,
        location=", ".join(filter(None, (then.words(room.name) if room else "", then.words(shown.agenda.event.place)))),
        description=unescape(_TAG.sub("", description)),
        link=link,
        lead=view.follows.lead(session.handle),
    )


def _file_name(*parts: str) -> str:
    """Return a name of letters and digits of any script, with hyphens between."""
    words = (_NOT_OF_A_NAME.sub("-", unicodedata.normalize("NFC", part)).strip("-") for part in parts)
    *names, last = filter(None, words)
    return "-".join([*(_cut_name(name, MAX_NAME_LENGTH - len(last)) for name in names), last]) + ".ics"


def _cut_name(name: str, length: int) -> str:
    """Shorten a hyphenated name, at a hyphen if one is near."""
    if len(name) <= length:
        return name
    hyphen = name.rfind("-", length // 2, length + 1)
    return name[: hyphen if hyphen > 0 else length].strip("-")
