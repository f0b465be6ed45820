"""A material while an organiser prepares it. Each screen says what a typed line means."""

from __future__ import annotations

from bot.i18n import Html
from bot.materials import MaterialDraft, end_of, owner_of
from bot.messages import material_buttons as buttons
from bot.messages.formatting import bold, label, lines, paragraphs, rows
from bot.messages.material_desk import described, materials_tool, owner_name
from bot.messages.outgoing import Button, OutgoingMessage
from bot.messages.view import View
from bot.messages.ways_back import desk_and_menu
from content.timetable import local


def content_question(
    draft: MaterialDraft, key: str, max_link: int, view: View, *, problem: str = "", speaker: bool = False
) -> OutgoingMessage:
    """Ask for the link or the file, and say what is taken. ``problem``: what was wrong with what was sent.

    ``speaker``: a speaker is asked, and the organisers look at it first.
    """
    t = view.t
    text = paragraphs(
        problem or None,
        t.gettext("Send a link, a file or one photo for: %(name)s", name=bold(owner_name(draft, view))),
        t.gettext(
            "A file may be as large as Telegram takes, 2 GB; a picture sent as a file keeps its quality."
            " A link begins with http:// or https:// and has at most %(limit)s characters.",
            limit=max_link,
        ),
        t.gettext("The organisers look at it before anybody gets it.") if speaker else None,
        t.gettext("What you send next is this; nobody gets it before you confirm. Any command ends it."),
    )
    return OutgoingMessage(text, ((_discard(key, view),),))


def title_question(
    draft: MaterialDraft, key: str, offered: str, max_title: int, view: View, *, problem: str = ""
) -> OutgoingMessage:
    """Ask for the title. ``offered``: one that can be taken by a tap; empty: none."""
    t = view.t
    text = paragraphs(
        problem or None,
        t.gettext(
            "What is it called? People read this title on its button, %(limit)s characters at most.", limit=max_title
        ),
        described(draft, view) if draft.title else None,
        t.gettext("What you type next is the title. Any command ends it."),
    )
    take: tuple[tuple[Button, ...], ...] = ()
    if offered:
        take = ((buttons.TakeTitle(key).button(label(offered)),),)
    return OutgoingMessage(text, (*take, (_discard(key, view),)))


def time_question(draft: MaterialDraft, key: str, view: View, *, problem: str = "") -> OutgoingMessage:
    """Ask from when people get it. ``problem``: what was wrong with the time just typed."""
    t = view.t
    now = local(view.agenda.event, view.now)
    text = paragraphs(
        problem or None,
        t.gettext("From when on do people get it? Write 14:30, or with the day: 23.11 08:00"),
        t.gettext("By the event’s clock it is %(time)s now.", time=f"{t.short_day(now.date())}, {t.clock(now)}"),
        t.gettext("What you type next is this time. Any command ends it."),
    )
    return OutgoingMessage(text, (*rows(_opening_buttons(draft, key, view, asked=True)), (_discard(key, view),)))


def confirmation(
    draft: MaterialDraft,
    key: str,
    revision: int,
    waiting: int,
    view: View,
    *,
    new: bool,
    speaker: bool = False,
    problem: str = "",
) -> OutgoingMessage:
    """Show what people will get and from when, with the buttons that change it and the one that does it.

    ``speaker``: it goes to the organisers first.
    """
    t = view.t
    asked = (
        t.ngettext("%(num)s person asked to be told of it.", "%(num)s people asked to be told of it.", waiting)
        if waiting and new
        else None
    )
    text = paragraphs(
        problem or None,
        bold(_question(view, new=new, speaker=speaker)),
        lines(described(draft, view, undecided=speaker), asked),
        t.gettext("What you type here changes nothing; any command ends all of it."),
    )
    save = buttons.SaveMaterial(key, revision).button(_save_label(view, new=new, speaker=speaker))
    see = buttons.SeeMaterial(key).button(t.plain.pgettext("button", "Show it to me first"))
    title = buttons.AskTitle(key).button(t.plain.pgettext("button", "Another title"))
    content = buttons.AskContent(key).button(t.plain.pgettext("button", "Another file or link"))
    opening = _opening_buttons(draft, key, view)
    return OutgoingMessage(text, ((save,), (see,), *rows(opening), (title,), (content,), (_discard(key, view),)))


def discarded_note(view: View, *, new: bool) -> Html:
    """Say that nothing was done."""
    t = view.t
    return t.gettext("Discarded: nothing was added.") if new else t.gettext("Discarded: it stays as it was.")


def discarded(note: str, view: View) -> OutgoingMessage:
    """Return the note with the ways back to the desk."""
    return OutgoingMessage(note, ((materials_tool(view),), desk_and_menu(view)))


def sent_note(view: View) -> Html:
    """Say that the organisers have it now."""
    return view.t.gettext("Sent. The organisers look at it, and I write to you when they have decided.")


def draft_gone(view: View) -> str:
    """Return the alert for a button of a draft that was saved, discarded or replaced."""
    return view.t.plain.gettext("This is closed: it was saved or discarded.")


def look_again(view: View) -> str:
    """Return the alert for a screen that is too old to be confirmed, or showed something else."""
    return view.t.plain.gettext("Nothing is done yet: that screen was not up to date. Please look again, then confirm.")


def changed_meanwhile(now: MaterialDraft, view: View) -> Html:
    """Say that somebody else changed it, and what it is now."""
    t = view.t
    return lines(
        bold(t.gettext("Nothing is saved yet: somebody else changed it meanwhile. It is now:")),
        described(now, view),
        t.gettext("If you save now, yours takes its place."),
    )


def no_link(view: View) -> Html:
    """Say that this is none of what is taken."""
    return view.t.gettext("This is not a file, a photo or a link that I can use.")


def no_album(view: View) -> Html:
    """Say that only one thing is taken."""
    return view.t.gettext("I can take one file or photo at a time, no album.")


def no_title(view: View) -> Html:
    """Say that this is no title, or too long a one."""
    return view.t.gettext("This is not a title, or it is too long.")


def bad_time(view: View) -> Html:
    """Say that no time was understood."""
    return view.t.gettext("I do not understand this time.")


def past_time(view: View) -> Html:
    """Say that this time is past."""
    return view.t.gettext("This time is already past.")


def not_usable(view: View) -> Html:
    """Say that what it belongs to, or its session's end, is there no more."""
    return view.t.gettext("This cannot be saved: its session or speaker has left the agenda.")


def _question(view: View, *, new: bool, speaker: bool) -> Html:
    if speaker:
        return view.t.gettext("Send this to the organisers?")
    return view.t.gettext("Publish this?") if new else view.t.gettext("Save this change?")


def _save_label(view: View, *, new: bool, speaker: bool) -> str:
    t = view.t.plain
    if speaker:
        return t.pgettext("button", "Send to the organisers")
    return t.pgettext("button", "Publish") if new else t.pgettext("button", "Save")


def _opening_buttons(draft: MaterialDraft, key: str, view: View, *, asked: bool = False) -> list[Button]:
    """Return the other moments from which people may get it. ``asked``: a time is awaited already."""
    t, embargo, agenda = view.t.plain, draft.embargo, view.agenda
    found: list[Button] = []
    if embargo.after_session or embargo.until or asked:
        found.append(buttons.OpenAtOnce(key).button(t.pgettext("button", "People get it at once")))
    if not embargo.after_session and end_of(owner_of(draft, agenda), agenda) is not None:
        found.append(buttons.OpenAfterSession(key).button(t.pgettext("button", "Only after the session")))
    if not asked:
        found.append(buttons.AskOpening(key).button(t.pgettext("button", "From a time on")))
    return found


def _discard(key: str, view: View) -> Button:
    return buttons.DiscardMaterial(key).button(view.t.plain.pgettext("button", "Discard"))
