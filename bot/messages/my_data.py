"""/mydata: all that is kept about one person, as a page that any phone can open."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping, Sequence
from datetime import date, datetime
from html import escape
from typing import Any

from bot.i18n import LOCALES, Localizer, language_name
from bot.messages.desk import action_words
from bot.messages.formatting import paragraphs
from bot.messages.outgoing import OutgoingDocument
from bot.messages.privacy import topic_words
from bot.messages.sessions import menu_button
from bot.messages.view import View
from bot.privacy.kinds import HOLDS_A_PERSON, Kind, Stored
from content.agenda import Material, Room, Session, Speaker, Track
from content.timetable import local

Kept = Sequence[tuple[Stored, Sequence[Mapping[str, Any]]]]

_LEFT_OUT = HOLDS_A_PERSON | {Kind.INTERNAL, Kind.CONTENT}
_STYLE = (
    "body{font:16px/1.5 system-ui,sans-serif;max-width:42em;margin:auto;padding:1em;color:#222;background:#fff}"
    "h1{margin:.2em 0 .4em;font-size:1.5em;line-height:1.25}h2{margin:1.8em 0 .3em;font-size:1em;line-height:1.4}"
    "ul{margin:0;padding-left:1.2em}li{margin:.5em 0}"
    "pre{white-space:pre-wrap;overflow-wrap:anywhere;margin:.2em 0;font-size:.8125em}"
    ":root{color-scheme:light dark}@media(prefers-color-scheme:dark){body{color:#ddd;background:#161616}}"
)


def my_data(kept: Kept, chat_id: int, view: View) -> OutgoingDocument:
    """Return the page, with what it is as the caption."""
    t = view.t
    caption = paragraphs(
        t.gettext("This is all that I keep about you. Open it in any browser."),
        t.gettext("/privacy says why and how long; /forget erases it."),
    )
    # Translators: the name of a file with what is kept about somebody.
    name = t.plain.pgettext("file name", "My data")
    return OutgoingDocument(
        f"{name.replace(' ', '-')}.html", _page(kept, chat_id, view).encode(), caption, ((menu_button(view),),)
    )


def _page(kept: Kept, chat_id: int, view: View) -> str:
    t = view.t.plain
    title = t.gettext("What Ghid keeps about you")
    whose, when = (
        t.gettext("Telegram id: %(id)s", id=chat_id),
        t.gettext("As of %(moment)s", moment=_moment(view.now, view)),
    )
    parts = [
        f'<!doctype html><html lang="{t.language}"><meta charset="utf-8">',
        '<meta name="viewport" content="width=device-width, initial-scale=1">',
        f"<title>{escape(title)}</title><style>{_STYLE}</style><h1>{escape(title)}</h1>",
        f"<p>{escape(whose)}<br>{escape(when)}</p>",
    ]
    by_topic: dict[str, list[str]] = {}
    for stored, rows in kept:
        listed = by_topic.setdefault(topic_words(stored.topic, view.t), [])
        listed += [item for row in rows if (item := _row(stored, row, view))]
    for words, items in by_topic.items():
        parts.append(f"<h2>{words}</h2><ul>{''.join(items)}</ul>")
    return "".join(parts)


def _row(stored: Stored, row: Mapping[str, Any], view: View) -> str:
    shown = "<br>".join(f"{escape(label)}: {value}" for label, value in _values(stored, row, view))
    return f"<li>{shown}</li>" if shown else ""


def _values(stored: Stored, row: Mapping[str, Any], view: View) -> Iterator[tuple[str, str]]:
    for column, kind in stored.columns.items():
        value = row[column]
        if kind not in _LEFT_OUT and value is not None:
            yield column_label(f"{stored.table}.{column}", kind, view.t.plain), _value(kind, value, view)


def _value(kind: Kind, value: Any, view: View) -> str:
    t = view.t.plain
    match kind:
        case Kind.MOMENT:
            return escape(_moment(datetime.fromisoformat(value), view))
        case Kind.DAY:
            return escape(t.day(date.fromisoformat(value), year=True))
        case Kind.LANGUAGE:
            return escape(language_name(value) if value in LOCALES else str(value))
        case Kind.ITEM:
            return escape(_item(value, view))
        case Kind.MINUTES:
            return escape(t.ngettext("%(num)s minute", "%(num)s minutes", value))
        case Kind.SWITCH:
            return escape(t.pgettext("of a wish", "yes") if value else t.pgettext("of a wish", "no"))
        case Kind.STATE:
            return escape(_state(str(value), view))
        case _:
            return f"<pre>{escape(_words(str(value)))}</pre>"


def _moment(moment: datetime, view: View) -> str:
    there = local(view.agenda.event, moment)
    return f"{view.t.day(there.date(), year=True)}, {view.t.clock(there)}"


def _item(handle: str, view: View) -> str:
    match view.agenda.by_handle.get(handle):
        case Speaker() as speaker:
            return view.name(speaker)
        case Session(title=text) | Material(title=text) | Room(name=text) | Track(name=text):
            return view.words(text)
        case _:
            return view.t.plain.gettext("no longer in the agenda (%(handle)s)", handle=handle)


def _state(value: str, view: View) -> str:
    t = view.t.plain
    match value:
        case "reminder":
            return t.pgettext("kept about you", "a reminder")
        case "change":
            return t.pgettext("kept about you", "a notice of changes")
        case "broadcast":
            return t.pgettext("kept about you", "a message from the organisers")
        case "answer":
            return t.pgettext("kept about you", "an answer of the organisers")
        case "queued" | "sending" | "scheduled" | "waiting":
            return t.pgettext("kept about you", "waiting")
        case "published":
            return t.pgettext("kept about you", "published")
        case "late":
            return t.pgettext("kept about you", "running late")
        case "absent":
            return t.pgettext("kept about you", "cannot come")
        case "help":
            return t.pgettext("kept about you", "needs help")
        case "seen" | "call" | "coming":
            return t.pgettext("kept about you", "answered")
        case "refused":
            return t.pgettext("kept about you", "refused")
        case "sent" | "done":
            return t.pgettext("kept about you", "sent")
        case "expired" | "dropped" | "failed" | "cancelled":
            return t.pgettext("kept about you", "not sent")
        case _:
            return action_words(value, view)


def _words(value: str) -> str:
    """Return JSON laid out for reading; anything else as it is."""
    try:
        return json.dumps(json.loads(value), ensure_ascii=False, indent=1)
    except ValueError:
        return value


def column_label(place: str, kind: Kind, t: Localizer) -> str:
    """Return what a column is called on the page; one without a name of its own is called by its kind.

    ``place``: the table and the column, as ``table.column``.
    """
    match place.partition(".")[2]:
        case "first_seen_on":
            return t.pgettext("kept about you", "First message")
        case "last_seen_on":
            return t.pgettext("kept about you", "Latest message")
        case "blocked_at":
            return t.pgettext("kept about you", "You blocked me")
        case "followed_at":
            return t.pgettext("kept about you", "Followed since")
        case "lead_minutes":
            return t.pgettext("kept about you", "Reminder before the start")
        case "muted":
            return t.pgettext("kept about you", "Muted")
        case "changes":
            return t.pgettext("kept about you", "Notices of changes")
        case "quiet_hours":
            return t.pgettext("kept about you", "Quiet hours")
        case "received_at":
            return t.pgettext("kept about you", "Arrived")
        case "failed_at":
            return t.pgettext("kept about you", "Failed")
        case "since" if place == "organisers.since":
            return t.pgettext("kept about you", "Organiser since")
        case "action":
            return t.pgettext("kept about you", "What you did")
        case "name":
            return t.pgettext("kept about you", "Your name on Telegram")
        case "claimed_at":
            return t.pgettext("kept about you", "Speaker since")
        case "granted":
            return t.pgettext("kept about you", "Granted")
        case "day_before" | "hour_before" | "quarter_before":
            return t.pgettext("kept about you", "Reminder before the start")
        case "expires_at":
            return t.pgettext("kept about you", "Valid until")
        case "used_at":
            return t.pgettext("kept about you", "Used")
    return _kind_label(kind, t)


def _kind_label(kind: Kind, t: Localizer) -> str:
    match kind:
        case Kind.MOMENT | Kind.DAY:
            return t.pgettext("kept about you", "When")
        case Kind.LANGUAGE:
            return t.pgettext("kept about you", "Language")
        case Kind.ITEM:
            return t.pgettext("kept about you", "About")
        case Kind.MINUTES:
            return t.pgettext("kept about you", "Minutes")
        case Kind.SWITCH:
            return t.pgettext("kept about you", "Chosen")
        case Kind.STATE:
            return t.pgettext("kept about you", "What")
        case Kind.FILE:
            return t.pgettext("kept about you", "File")
        case _:
            return t.pgettext("kept about you", "Text")
