"""A new agenda from the chat, as organisers read it: what it changes, what was done, how to go back."""

from __future__ import annotations

from dataclasses import replace

from bot.i18n import Html
from bot.messages import agenda_import_buttons as buttons
from bot.messages.content_problems import READABLE, few_doubts
from bot.messages.edit_words import undone_lines
from bot.messages.formatting import bold, lines, paragraphs
from bot.messages.outgoing import Button, OutgoingDocument, OutgoingMessage
from bot.messages.session_news import news_lines
from bot.messages.view import View
from bot.messages.ways_back import desk_and_menu
from bot.publishing import AgendaPreview

MAX_NEWS = 4
MAX_UNDONE = 6


def import_tool(view: View) -> Button:
    """Return the desk's button to a new agenda."""
    return buttons.OpenImport().button(view.t.plain.pgettext("button", "New agenda"))


def check_tool(view: View) -> Button:
    """Return the desk's button to the check of the agenda."""
    return buttons.CheckAgenda().button(view.t.plain.pgettext("button", "Check the agenda"))


def import_help(version: int, limit: int, view: View) -> OutgoingMessage:
    """Say how to send a new agenda. ``limit``: megabytes."""
    t = view.t
    text = paragraphs(
        bold(t.gettext("New agenda")),
        t.gettext(
            "Send me the agenda as a file of at most %(limit)s MB: %(formats)s. I first show what it would change; "
            "nothing is published before you say so.",
            limit=limit,
            formats=READABLE,
        ),
        t.gettext("People see version %(version)s now.", version=version),
    )
    return OutgoingMessage(text, ((_versions(view),), desk_and_menu(view)))


def preview(shown: AgendaPreview, view: View, sha: str, note: str = "") -> OutgoingMessage:
    """Return what publishing would do, with the buttons that decide. ``note``: why it is shown again."""
    t = view.t
    after = replace(view, agenda=shown.agenda)
    publish = buttons.PublishImport(sha, shown.version).button(t.plain.pgettext("button", "Publish"))
    discard = buttons.DiscardImport().button(t.plain.pgettext("button", "Discard"))
    left = len(shown.news) - MAX_NEWS
    text = paragraphs(
        note,
        lines(
            bold(t.gettext("New agenda: %(file)s", file=shown.name)),
            t.gettext("Compared with version %(version)s, which people see now:", version=shown.version),
            *_counts(shown, view),
        ),
        _removal_warning(shown, view),
        *(lines(*news_lines(each, after)) for each in shown.news[:MAX_NEWS]),
        t.ngettext("and %(num)s more changed session", "and %(num)s more changed sessions", left) if left > 0 else "",
        bold(told_line(shown.told, view)),
        undone_lines(shown.undoes[:MAX_UNDONE], len(shown.undoes), view),
        few_doubts(shown.doubts, shown.doubts_in_all, after),
        t.gettext(
            "Nothing is published yet. Tap a button: until then I do not answer what you write. Any command ends this."
        ),
    )
    undoes = buttons.OpenUndone(sha).button(t.plain.pgettext("button", "All that it would undo"))
    return OutgoingMessage(text, ((publish, discard), *(((undoes,),) if len(shown.undoes) > MAX_UNDONE else ())))


def undone_file(shown: AgendaPreview, view: View) -> OutgoingDocument:
    """Return a text file of every change made in the chat that publishing would undo."""
    plain = replace(view, t=view.t.plain)
    text = undone_lines(shown.undoes, len(shown.undoes), plain)
    # Translators: the name of a text file with the changes that an agenda file would undo.
    name = view.t.plain.pgettext("file name", "undone")
    return OutgoingDocument(f"{name}.txt", f"{text}\n".encode(), bold(view.t.gettext("All that this file would undo")))


def told_line(told: int, view: View) -> Html:
    """Return how many people will be told."""
    if not told:
        return view.t.gettext("Nobody will be told: nobody follows it, or it is over.")
    return view.t.ngettext(
        "%(num)s person who follows this will be told.", "%(num)s people who follow this will be told.", told
    )


def number_question(removed: int, total: int, view: View, *, again: bool = False) -> OutgoingMessage:
    """Ask to type how many sessions would go: ``removed`` of ``total``."""
    t = view.t
    text = paragraphs(
        t.gettext("That is not the number. Nothing was published.") if again else "",
        t.ngettext(
            "This takes away %(removed)s of %(num)s session. If that is meant, write me how many go: %(removed)s",
            "This takes away %(removed)s of %(num)s sessions. If that is meant, write me how many go: %(removed)s",
            total,
            removed=bold(t.number(removed)),
        ),
    )
    return OutgoingMessage(text, ((buttons.DiscardImport().button(t.plain.pgettext("button", "Discard")),),))


def published(version: int, view: View) -> OutgoingMessage:
    """Say that a version is what people see now, and offer the way back."""
    t = view.t
    said = t.gettext("Published: people see version %(version)s now.", version=version)
    return _done(said, buttons.UndoImport(version).button(t.plain.pgettext("button", "Undo")), view)


def undone(version: int, view: View) -> OutgoingMessage:
    """Say that a version is what was before the one that is taken back, and offer that one again."""
    t = view.t
    said = t.gettext("Undone: version %(version)s is what was before.", version=version)
    return _done(said, buttons.UndoImport(version, again=1).button(t.plain.pgettext("button", "Put it back")), view)


def put_back(version: int, view: View) -> OutgoingMessage:
    """Say that what was taken back is what people see again, and offer the way back."""
    t = view.t
    said = t.gettext("Put back: version %(version)s is what was undone before.", version=version)
    return _done(said, buttons.UndoImport(version).button(t.plain.pgettext("button", "Undo")), view)


def discarded(view: View) -> OutgoingMessage:
    """Say that the file is gone."""
    return OutgoingMessage(view.t.gettext("Discarded. Nothing was changed."), (desk_and_menu(view),))


def came_meanwhile(view: View) -> Html:
    """Say why a preview is shown again: the agenda changed."""
    return view.t.gettext("Another version was published meanwhile. Please look again:")


def waited_long(view: View) -> Html:
    """Say why a preview is shown again: it is old."""
    return view.t.gettext("You first saw this more than ten minutes ago. Please look again:")


def still_waiting(view: View) -> Html:
    """Say why a preview is shown again: something was written instead of a decision."""
    return view.t.gettext("This agenda still waits for your decision:")


def _counts(shown: AgendaPreview, view: View) -> list[Html]:
    t, changes = view.t, shown.changes
    added = len(changes.sessions.added)
    moved = {change.new.id for change in changes.moved}
    told = moved | {change.new.id for change in changes.sessions.changed if change.of("cancelled")}
    otherwise = sum(change.new.id not in told for change in changes.sessions.changed)
    kinds = (changes.speakers, changes.rooms, changes.tracks, changes.materials, changes.facts)
    rest = len(changes.event) + sum(len(kind.added) + len(kind.removed) + len(kind.changed) for kind in kinds)
    counted = (
        (added, t.gettext("New sessions: %(number)s", number=t.number(added))),
        (len(moved), t.gettext("Moved sessions: %(number)s", number=t.number(len(moved)))),
        (len(changes.cancelled), t.gettext("Cancelled sessions: %(number)s", number=t.number(len(changes.cancelled)))),
        (len(changes.restored), t.gettext("Sessions on again: %(number)s", number=t.number(len(changes.restored)))),
        (otherwise, t.gettext("Sessions changed otherwise: %(number)s", number=t.number(otherwise))),
        (rest, t.gettext("Changes of speakers, rooms, materials and the rest: %(number)s", number=t.number(rest))),
    )
    return [said for number, said in counted if number] or [t.gettext("Only the order of entries changes.")]


def _removal_warning(shown: AgendaPreview, view: View) -> Html:
    if not shown.removes_most:
        return Html("")
    return bold(
        view.t.ngettext(
            "Careful: %(removed)s of %(num)s session would go.",
            "Careful: %(removed)s of %(num)s sessions would go.",
            shown.total,
            removed=view.t.number(shown.removed),
        )
    )


def _done(said: Html, reverse: Button, view: View) -> OutgoingMessage:
    who = view.t.gettext("Followers hear of it in a minute, and at once of what starts within three hours.")
    return OutgoingMessage(paragraphs(bold(said), who), ((reverse, _versions(view)), desk_and_menu(view)))


def _versions(view: View) -> Button:
    return buttons.OpenVersions().button(view.t.plain.pgettext("button", "Versions of the agenda"))
