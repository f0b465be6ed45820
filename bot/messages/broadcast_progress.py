"""A broadcast after it is confirmed: how far it is, its final report, the list of the latest."""

from __future__ import annotations

import re
from collections.abc import Sequence
from html import unescape

from bot.broadcasts import Broadcast, BroadcastDraft, BroadcastProgress, BroadcastState
from bot.i18n import Html
from bot.messages import broadcast_buttons as buttons
from bot.messages.broadcasts import audience_name, people, tell_everybody_button
from bot.messages.formatting import beside, bold, cut, italic, label, lines, paragraphs, rows
from bot.messages.outgoing import Button, ButtonRows, OutgoingMessage
from bot.messages.view import View
from bot.messages.ways_back import desk_and_menu, organisers_desk_button
from content.timetable import local

MAX_QUOTE = 80
_TAG = re.compile(r"<[^>]*>")


def broadcasts_button(view: View) -> Button:
    """Return the desk's way to what went out."""
    return buttons.OpenBroadcasts().button(view.t.plain.pgettext("button", "What went out"))


def progress_message(broadcast: Broadcast, progress: BroadcastProgress, view: View) -> OutgoingMessage:
    """Return how far it is, with the buttons that hold or end it."""
    t = view.t
    if broadcast.state is BroadcastState.SCHEDULED:
        at = local(view.agenda.event, broadcast.draft.send_at or broadcast.created_at)
        when = t.gettext("It goes out: %(day)s, %(time)s", day=view.day(at.date()), time=t.clock(at))
        text = paragraphs(_head(broadcast, view), when)
    else:
        text = paragraphs(_head(broadcast, view), _figures(broadcast, progress, view), _pace(broadcast, progress, view))
    # Under way the message is written anew every few seconds, so nothing in it may lead to another screen.
    under_way = broadcast.state in {BroadcastState.SENDING, BroadcastState.PAUSED}
    return OutgoingMessage(text, (*_controls(broadcast, view), *(() if under_way else _around(view))))


def final_report(broadcast: Broadcast, progress: BroadcastProgress, view: View) -> OutgoingMessage:
    """Return what became of it in the end; the numbers add up to the total."""
    return OutgoingMessage(paragraphs(_head(broadcast, view), _figures(broadcast, progress, view)), _around(view))


def progress_ended(broadcast: Broadcast, _: BroadcastProgress, view: View) -> OutgoingMessage:
    """Return what the progress message says once the report stands below it; the figures are there."""
    return OutgoingMessage(paragraphs(_head(broadcast, view), view.t.gettext("The report is below.")))


def cancel_question(broadcast: Broadcast, progress: BroadcastProgress, view: View) -> OutgoingMessage:
    """Ask before the rest is not told."""
    t = view.t
    if broadcast.state is BroadcastState.SCHEDULED:
        asked = t.gettext("Stop it before it goes out?")
    else:
        asked = t.ngettext(
            "Stop it? %(num)s person will not get it; what is sent stays sent.",
            "Stop it? %(num)s people will not get it; what is sent stays sent.",
            progress.left,
        )
    cancel = buttons.CancelBroadcast(broadcast.id).button(t.plain.pgettext("button", "Yes, stop it"))
    keep = buttons.OpenBroadcast(broadcast.id).button(t.plain.pgettext("button", "No, go on"))
    return OutgoingMessage(paragraphs(_head(broadcast, view), asked), ((cancel, keep),))


def broadcasts_list(broadcasts: Sequence[Broadcast], view: View) -> OutgoingMessage:
    """Return the latest broadcasts, the newest first."""
    t = view.t
    text = paragraphs(
        bold(t.pgettext("heading", "What went out")),
        None if broadcasts else t.gettext("Nothing has been sent to everybody yet."),
    )
    listed = [
        buttons.OpenBroadcast(each.id).button(
            label(f"{_when(each, view)} {state_name(each, view)}: {quote(each, view)}")
        )
        for each in broadcasts
    ]
    return OutgoingMessage(text, (*rows(listed), (tell_everybody_button(view),), desk_and_menu(view)))


def broadcast_gone(view: View) -> str:
    """Return the alert for a broadcast that there is not."""
    return view.t.plain.gettext("There is no such broadcast.")


def state_name(broadcast: Broadcast, view: View) -> str:
    """Return where it stands, in a word; plain."""
    t = view.t.plain
    match broadcast.state:
        case BroadcastState.SCHEDULED:
            return t.pgettext("of a broadcast", "scheduled")
        case BroadcastState.SENDING:
            return t.pgettext("of a broadcast", "being sent")
        case BroadcastState.PAUSED:
            return t.pgettext("of a broadcast", "paused")
        case BroadcastState.CANCELLED:
            return t.pgettext("of a broadcast", "stopped")
        case BroadcastState.DONE:
            return t.pgettext("of a broadcast", "finished")


def quote(broadcast: Broadcast, view: View) -> str:
    """Return its first words as this reader would get them, without markup; plain."""
    return _first_words(broadcast.draft, view) or view.t.plain.gettext("a photo or a document")


def _first_words(draft: BroadcastDraft, view: View) -> str:
    text = draft.text_for(view.t.language, view.agenda.event.default_language)
    return cut(" ".join(unescape(_TAG.sub("", text)).split()), MAX_QUOTE)


def _head(broadcast: Broadcast, view: View) -> Html:
    heading = view.t.gettext("Broadcast: %(state)s", state=state_name(broadcast, view))
    return lines(bold(heading), audience_name(broadcast.draft.audience, view), italic(quote(broadcast, view)))


def _figures(broadcast: Broadcast, progress: BroadcastProgress, view: View) -> Html:
    t = view.t
    over = broadcast.done_at is not None
    not_told = (
        t.gettext("stopped before their turn: %(count)s", count=progress.cancelled) if progress.cancelled else None
    )
    return lines(
        t.gettext("Sent: %(sent)s of %(people)s", sent=bold(str(progress.sent)), people=people(progress.total, view)),
        None if over and not progress.left else t.gettext("Left: %(count)s", count=progress.left),
        beside(
            t.gettext("blocked the bot or gone: %(count)s", count=progress.blocked) if progress.blocked else None,
            t.gettext("failed: %(count)s", count=progress.failed) if progress.failed else None,
            t.gettext("too late: %(count)s", count=progress.expired) if progress.expired else None,
            not_told,
        ),
    )


def _pace(broadcast: Broadcast, progress: BroadcastProgress, view: View) -> Html | None:
    t = view.t
    waiting = (
        t.ngettext(
            "%(num)s of those left keeps quiet hours and gets it in the morning.",
            "%(num)s of those left keep quiet hours and get it in the morning.",
            progress.held,
        )
        if progress.held
        else None
    )
    if broadcast.state is not BroadcastState.SENDING or progress.eta is None:
        return waiting
    rate = t.gettext("%(rate)s a second", rate=round(progress.rate_per_second, 1))
    return lines(waiting, beside(rate, t.gettext("done %(when)s", when=t.distance(progress.eta))))


def _controls(broadcast: Broadcast, view: View) -> ButtonRows:
    t = view.t.plain
    stop = buttons.AskCancelBroadcast(broadcast.id).button(t.pgettext("button", "Stop it"))
    match broadcast.state:
        case BroadcastState.SENDING:
            pause = buttons.PauseBroadcast(broadcast.id).button(t.pgettext("button", "Pause"))
            again = buttons.OpenBroadcast(broadcast.id).button(t.pgettext("button", "Refresh"))
            return ((pause, stop), (again,))
        case BroadcastState.PAUSED:
            return ((buttons.ResumeBroadcast(broadcast.id).button(t.pgettext("button", "Resume")), stop),)
        case BroadcastState.SCHEDULED:
            return ((stop,),)
        case _:
            return ()


def _around(view: View) -> ButtonRows:
    return ((broadcasts_button(view), organisers_desk_button(view)),)


def _when(broadcast: Broadcast, view: View) -> str:
    at = local(view.agenda.event, broadcast.started_at or broadcast.draft.send_at or broadcast.created_at)
    return view.t.clock(at) if at.date() == view.today else f"{view.t.short_day(at.date())} {view.t.clock(at)}"
