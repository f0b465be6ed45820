"""What organisers must hear, as they read it: what happened, what to do, why it came.

A new kind of alarm: a member of `AlarmKind`, a function here that says it, a line in `_SAID`.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime

from bot.alarms import Alarm, AlarmKind, Stalled
from bot.i18n import Html
from bot.messages import agenda_import_buttons, broadcast_buttons, material_buttons, question_buttons
from bot.messages.broadcasts import people
from bot.messages.buttons import OpenChanges
from bot.messages.edit_words import edit_words
from bot.messages.formatting import bold, cut, italic, lines, paragraphs
from bot.messages.outgoing import ButtonRows, OutgoingMessage
from bot.messages.person_ids import person_by_id
from bot.messages.view import View
from bot.messages.ways_back import organisers_desk_button
from content.agenda import Session, Speaker
from content.edit_effects import edit_of
from content.timetable import local

MAX_NAME = 200
Said = tuple[Html, ButtonRows]


def alarm_message(alarm: Alarm, view: View) -> OutgoingMessage:
    """Return the alarm with the buttons to what it is about, and why it came."""
    text, around = _SAID[alarm.kind](alarm, view)
    why = view.t.gettext("You get this because you are an organiser; all organisers hear it, by night too.")
    if alarm.kind is AlarmKind.QUESTIONS_WAIT:
        why = view.t.gettext("You get this because you are an organiser: at most once an hour, and not by night.")
    return OutgoingMessage(paragraphs(text, italic(why)), (*around, (organisers_desk_button(view),)))


def _updates_set_aside(alarm: Alarm, view: View) -> Said:
    t, details = view.t, alarm.details
    head = t.ngettext(
        "%(num)s message or tap could not be handled",
        "%(num)s messages or taps could not be handled",
        details["count"],
    )
    first, last = (_at(datetime.fromisoformat(details[name]), view) for name in ("since", "until"))
    when = first if first == last else t.gettext("First: %(first)s, last: %(last)s", first=first, last=last)
    what = t.gettext(
        "The log says why: please tell whoever runs Ghid. Those who wrote were asked to try again, if they could be."
    )
    return paragraphs(lines(bold(head), when), what), ()


def _broadcast_trouble(alarm: Alarm, view: View) -> Said:
    t, details = view.t, alarm.details
    text = lines(
        bold(t.gettext("A message to many did not reach everybody")),
        t.gettext("Failed: %(people)s", people=people(details["failed"], view)) if details["failed"] else None,
        t.gettext("Too late for: %(people)s", people=people(details["expired"], view)) if details["expired"] else None,
    )
    look = broadcast_buttons.OpenBroadcast(details["broadcast"]).button(t.plain.pgettext("button", "Look at it"))
    return text, ((look,),)


def _agenda_published(alarm: Alarm, view: View) -> Said:
    return _new_version(view.t.gettext("A new agenda was published"), alarm, view)


def _agenda_edited(alarm: Alarm, view: View) -> Said:
    words = edit_words(edit_of(alarm.details["edit"]), view)
    return _new_version(view.t.gettext("An organiser changed the agenda"), alarm, view, words)


def _agenda_undone(alarm: Alarm, view: View) -> Said:
    return _new_version(view.t.gettext("The agenda was taken back to an earlier one"), alarm, view)


def _questions_wait(alarm: Alarm, view: View) -> Said:
    t = view.t
    head = t.ngettext(
        "%(num)s question waits for your answer", "%(num)s questions wait for your answer", alarm.details["count"]
    )
    what = t.gettext("Answer once: I bring the answer to all who asked for it, and remember it.")
    look = question_buttons.OpenQuestions().button(t.plain.pgettext("button", "Questions"))
    return paragraphs(bold(head), what), ((look,),)


def _new_version(head: Html, alarm: Alarm, view: View, what: Html | None = None) -> Said:
    t = view.t
    text = lines(
        bold(head),
        what,
        t.gettext(
            "Version %(version)s, by organiser %(id)s: %(when)s",
            version=alarm.details["version"],
            id=person_by_id(alarm.details["by"], view),
            when=_at(alarm.at, view),
        ),
    )
    changes = OpenChanges().button(t.plain.pgettext("button", "All changes"))
    versions = agenda_import_buttons.OpenVersions().button(t.plain.pgettext("button", "Versions of the agenda"))
    return text, ((changes, versions),)


def _slides_wait(alarm: Alarm, view: View) -> Said:
    t, details = view.t, alarm.details
    owner = view.agenda.by_handle.get(details["belongs_to"])
    name = owner.name if isinstance(owner, Speaker) else view.words(owner.title) if isinstance(owner, Session) else ""
    text = lines(
        bold(t.gettext("A speaker sent slides: they wait for a yes")),
        cut(name, MAX_NAME) if name else None,
    )
    look = material_buttons.ManageMaterial(details["material"]).button(t.plain.pgettext("button", "See the slides"))
    return text, ((look,),)


def _stalled(alarm: Alarm, view: View) -> Said:
    t, details = view.t, alarm.details
    since = _at(datetime.fromisoformat(details["since"]), view)
    if details["until"] is None:
        return lines(
            bold(t.gettext("Notices do not go out: nothing since %(since)s", since=since)),
            t.gettext("Answers to questions are not held up. Please tell whoever runs Ghid."),
        ), ()
    until = _at(datetime.fromisoformat(details["until"]), view)
    match Stalled(details["what"]):
        case Stalled.CLOCK:
            head = t.gettext("The machine’s clock jumped from %(since)s to %(until)s", since=since, until=until)
            more = t.gettext("Reminders keep to the new time. Please let somebody check the clock.")
        case Stalled.OUTBOX:
            head = t.gettext("Notices go out again; none did from %(since)s to %(until)s", since=since, until=until)
            more = t.gettext("What waited goes out now, unless it is too late for it.")
        case Stalled.TELEGRAM:
            head = t.gettext("Telegram answers again; it did not from %(since)s to %(until)s", since=since, until=until)
            more = t.gettext("Questions and notices waited; they are answered and sent now.")
    return lines(bold(head), more), ()


def _at(moment: datetime, view: View) -> str:
    at = local(view.agenda.event, moment)
    return view.t.clock(at) if at.date() == view.today else f"{view.t.short_day(at.date())}, {view.t.clock(at)}"


_SAID: dict[AlarmKind, Callable[[Alarm, View], Said]] = {
    AlarmKind.UPDATES_SET_ASIDE: _updates_set_aside,
    AlarmKind.BROADCAST_TROUBLE: _broadcast_trouble,
    AlarmKind.AGENDA_PUBLISHED: _agenda_published,
    AlarmKind.AGENDA_EDITED: _agenda_edited,
    AlarmKind.AGENDA_UNDONE: _agenda_undone,
    AlarmKind.SLIDES_WAIT: _slides_wait,
    AlarmKind.QUESTIONS_WAIT: _questions_wait,
    AlarmKind.STALLED: _stalled,
}
