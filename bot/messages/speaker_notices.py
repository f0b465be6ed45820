"""What comes to a speaker unasked: reminders of their appearances, and what changed, with a button to say "seen"."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from datetime import timedelta

from bot.i18n import Html
from bot.messages import buttons, speaker_buttons
from bot.messages.formatting import beside, bold, italic, lines, paragraphs, rows
from bot.messages.outgoing import Button, OutgoingMessage
from bot.messages.session_news import news_lines
from bot.messages.sessions import cut_title, illustrative_note, session_buttons
from bot.messages.speaker_claiming import desk_button
from bot.messages.speaker_desk import in_turn, place_and_minutes
from bot.messages.view import View
from bot.speakers import SpeakerReminder, SpeakerWishes
from content.agenda import Session
from content.appearances import Appearance, appearance_in, appearances
from content.notices import PersonalNews

MAX_NEWS = 5


def speaker_reminder(each: Appearance, view: View) -> OutgoingMessage:
    """Return what a speaker reads shortly before they are on."""
    t = view.t
    left = each.starts_at - view.now
    soon = (
        t.gettext("You are on now.")
        if left < timedelta(minutes=1)
        else t.gettext("You are on %(distance)s.", distance=t.distance(left))
    )
    text = paragraphs(
        lines(bold(soon), *_slot(each, view)),
        lines(italic(_why(view)), illustrative_note([each.session], view, one=True)),
    )
    session = buttons.OpenSession(each.session.handle).button(t.plain.pgettext("button", "Open the session"))
    return OutgoingMessage(text, ((session,), (desk_button(view),), (_reminders_button(view),)))


def day_before_reminder(tomorrow: Collection[Appearance], view: View) -> OutgoingMessage:
    """Return what a speaker reads on the evening before: all they are in on the next day."""
    t, sessions = view.t, [each.session for each in tomorrow]
    text = paragraphs(
        bold(
            t.ngettext(
                "Tomorrow you are on in %(num)s session.", "Tomorrow you are on in %(num)s sessions.", len(sessions)
            )
        ),
        *(lines(*_slot(each, view)) for each in list(tomorrow)[:MAX_NEWS]),
        lines(italic(_why(view)), illustrative_note(sessions, view, one=len(sessions) == 1)),
    )
    around = session_buttons({each.id: each for each in sessions[:MAX_NEWS]}.values(), view)
    return OutgoingMessage(text, (*rows(around), (desk_button(view),), (_reminders_button(view),)))


def speaker_change(news: Sequence[PersonalNews], version: int, view: View) -> OutgoingMessage:
    """Return what changed for a speaker, old and new, with the button that says "seen" to the organisers."""
    t = view.t
    shown = [each.news for each in news[:MAX_NEWS]]
    left = len(news) - len(shown)
    text = paragraphs(
        bold(t.gettext("Your own sessions changed; you hear it first:")),
        *(lines(*news_lines(each.news, view, each), *_mine_now(each, view)) for each in news[:MAX_NEWS]),
        t.ngettext("and %(num)s more changed session", "and %(num)s more changed sessions", left) if left else None,
        lines(
            t.gettext("Please tap “Seen”: the organisers see that you know."),
            illustrative_note([each.session for each in shown], view, one=len(shown) == 1),
        ),
    )
    around: list[Button] = session_buttons({each.session.id: each.session for each in shown if each.new}.values(), view)
    return OutgoingMessage(text, ((_seen_button(version, view),), *rows(around), (desk_button(view),)))


def please_look(version: int, view: View) -> OutgoingMessage:
    """Ask a speaker again to look at a change: how things stand now, and the button."""
    t = view.t
    coming = [each for each in in_turn(view) if each.ends_at > view.now][:MAX_NEWS]
    text = paragraphs(
        bold(t.gettext("The organisers ask you to look: your own sessions changed. Now it is:")),
        *(lines(*_slot(each, view)) for each in coming),
        None if coming else t.gettext("You have no more appearances to come."),
        t.gettext("Please tap “Seen”: the organisers see that you know."),
    )
    return OutgoingMessage(text, ((_seen_button(version, view),), (desk_button(view),)))


def seen_notice(view: View) -> str:
    """Return the short notice over the button "seen"."""
    return view.t.plain.gettext("Thank you: the organisers see that you know.")


def not_the_latest(view: View) -> str:
    """Return the alert over the button "seen" of a change that another one followed."""
    return view.t.plain.gettext("A later change came after this one. Please look at that message and tap “Seen” there.")


def reminder_wishes(wishes: SpeakerWishes, view: View) -> OutgoingMessage:
    """Return which reminders of their appearances a speaker gets, with a button to switch each."""
    t = view.t
    said, switches = [], list[Button]()
    for reminder, words in _REMINDERS.items():
        on = wishes.wants(reminder)
        name = words(view)
        said.append(
            t.gettext("%(reminder)s: yes", reminder=name) if on else t.gettext("%(reminder)s: no", reminder=name)
        )
        label = (
            t.plain.gettext("Stop: %(reminder)s", reminder=words(view, plain=True))
            if on
            else t.plain.gettext("Remind: %(reminder)s", reminder=words(view, plain=True))
        )
        switches.append(speaker_buttons.SetSpeakerReminder(reminder.value, int(not on)).button(label))
    text = paragraphs(
        bold(t.gettext("Reminders of your own appearances")),
        lines(*said),
        t.gettext("They come by night too, if that is when you are on. Changes always come."),
    )
    return OutgoingMessage(text, (*rows(switches), (desk_button(view),)))


def _day_words(view: View, *, plain: bool = False) -> str:
    t = view.t.plain if plain else view.t
    return t.pgettext("reminder of an appearance", "the day before, 18:00")


def _hour_words(view: View, *, plain: bool = False) -> str:
    t = view.t.plain if plain else view.t
    return t.pgettext("reminder of an appearance", "60 minutes before")


def _quarter_words(view: View, *, plain: bool = False) -> str:
    t = view.t.plain if plain else view.t
    return t.pgettext("reminder of an appearance", "15 minutes before")


_REMINDERS = {
    SpeakerReminder.DAY: _day_words,
    SpeakerReminder.HOUR: _hour_words,
    SpeakerReminder.QUARTER: _quarter_words,
}


def _mine_now(news: PersonalNews, view: View) -> list[Html]:
    """Return the reader's own minutes in a session as it is now."""
    session = news.news.new
    if session is None or session.cancelled:
        return []
    mine = (each for each in appearances(view.agenda, view.profiles) if each.session.handle == session.handle)
    return [lines(_own_minutes_moved(news.news.old, each, view) or place_and_minutes(each, view)) for each in mine]


def _own_minutes_moved(old: Session | None, each: Appearance, view: View) -> Html | None:
    """Return the reader's own minutes as they were and as they are; None: they are the same, or the agenda has none."""
    if old is None or each.speaker.id not in {part.speaker_id for part in old.speakers}:
        return None
    was = appearance_in(old, each.speaker).minutes
    if not was or not each.minutes or was == each.minutes:
        return None
    before, now = view.hours(*was), bold(view.hours(*each.minutes))
    return view.t.gettext("Your own minutes: %(old)s → %(new)s", old=before, new=now)


def _slot(each: Appearance, view: View) -> list[Html]:
    room = view.room_of(each.session)
    place = view.text(room.name) if room else view.t.gettext("Room: not published")
    return [
        beside(view.date_and_hours(each.session), place),
        bold(cut_title(each.session, view)),
        place_and_minutes(each, view),
    ]


def _why(view: View) -> Html:
    return view.t.gettext("You get this because you are on the programme.")


def _seen_button(version: int, view: View) -> Button:
    return speaker_buttons.SeenChange(version).button(view.t.plain.pgettext("button", "Seen"))


def _reminders_button(view: View) -> Button:
    return speaker_buttons.OpenSpeakerReminders().button(view.t.plain.pgettext("button", "My speaker reminders"))
