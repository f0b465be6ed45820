"""What an edit would change and for whom, before the yes; and what is said after it."""

from __future__ import annotations

from collections import Counter
from dataclasses import replace

from bot.i18n import Html
from bot.messages import edit_buttons as buttons
from bot.messages.agenda_import import told_line
from bot.messages.agenda_import_buttons import OpenVersions, UndoImport
from bot.messages.buttons import OpenSession
from bot.messages.edit_words import doubt_lines, edit_words
from bot.messages.formatting import bold, lines, paragraphs
from bot.messages.outgoing import OutgoingMessage
from bot.messages.session_news import news_lines
from bot.messages.view import View
from bot.messages.ways_back import desk_and_menu
from bot.publishing import EditPreview
from content.edits import AgendaEdit, RunLate
from content.notices import SessionNews

MAX_NEWS = 5


def edit_preview(shown: EditPreview, token: str, view: View, note: str = "") -> OutgoingMessage:
    """Return what the edit would do, with the buttons that decide. ``note``: why it is shown again."""
    t = view.t
    after = replace(view, agenda=shown.agenda)
    told = _with_parts(shown)
    left = len(told) - MAX_NEWS
    text = paragraphs(
        note,
        bold(_heading(shown, view)),
        *(lines(*news_lines(each, after), _parts(parts, view)) for each, parts in told[:MAX_NEWS]),
        t.ngettext("and %(num)s more changed session", "and %(num)s more changed sessions", left) if left > 0 else "",
        bold(told_line(shown.told, view)),
        doubt_lines(shown.doubts, after),
        t.gettext("Nothing is changed yet. Tap a button: until then I do not answer what you write."),
    )
    confirm = buttons.ConfirmEdit(token).button(t.plain.pgettext("button", "Yes, change it"))
    discard = buttons.DiscardEdit().button(t.plain.pgettext("button", "No, leave it"))
    return OutgoingMessage(text, ((confirm,), (discard,)))


def edit_made(edit: AgendaEdit, version: int, view: View) -> OutgoingMessage:
    """Say that the agenda is changed, and offer the way back."""
    t = view.t
    undo = UndoImport(version).button(t.plain.pgettext("button", "Undo"))
    session = OpenSession(edit.session).button(t.plain.pgettext("button", "Open the session"))
    more = buttons.EditNow().button(t.plain.pgettext("button", "Change the agenda"))
    versions = OpenVersions().button(t.plain.pgettext("button", "Versions of the agenda"))
    text = paragraphs(
        lines(bold(t.gettext("Changed. People see it now.")), edit_words(edit, view)),
        t.gettext("Followers hear of it in a minute, and at once of what starts within three hours."),
    )
    return OutgoingMessage(text, ((undo, session), (more, versions), desk_and_menu(view)))


def edit_discarded(edit: AgendaEdit | None, view: View) -> OutgoingMessage:
    """Say that nothing was changed; ``edit`` None: there was nothing to discard any more."""
    more = buttons.EditNow().button(view.t.plain.pgettext("button", "Change the agenda"))
    session = [OpenSession(edit.session).button(view.t.plain.pgettext("button", "Open the session"))] if edit else []
    return OutgoingMessage(view.t.gettext("Nothing was changed."), ((*session, more), desk_and_menu(view)))


def nothing_to_change(edit: AgendaEdit, view: View) -> OutgoingMessage:
    """Say that the agenda is so already."""
    said = lines(
        bold(edit_words(edit, view)), view.t.gettext("The agenda says so already: there is nothing to change.")
    )
    return OutgoingMessage(
        said, ((buttons.EditSession(edit.session).button(view.t.plain.pgettext("button", "Back")),),)
    )


def edit_over(view: View) -> str:
    """Return the alert for a button whose preview does not wait any more."""
    return view.t.plain.gettext("This change does not wait for your yes any more. Open the session and begin again.")


def edit_target_gone(view: View) -> str:
    """Return the alert for an edit of something that is gone."""
    return view.t.plain.gettext("This is no longer in the agenda, so it cannot be changed.")


def edit_still_waiting(view: View) -> Html:
    """Say why a preview is shown again: something was written instead of a decision."""
    return view.t.gettext("This change still waits for your decision:")


def _heading(shown: EditPreview, view: View) -> Html:
    """Return the edit in words, unless the news say the same right below."""
    if isinstance(shown.edit, RunLate) or not shown.news:
        return edit_words(shown.edit, view)
    return view.t.gettext("This is what changes:")


def _with_parts(shown: EditPreview) -> list[tuple[SessionNews, int]]:
    """Return what changes with how many of its parts go along: these are not told one by one."""
    by_id = {each.session.id: each for each in shown.news}

    def whole_of(news: SessionNews) -> SessionNews:
        seen = set()
        while news.session.handle != shown.edit.session and news.session.id not in seen:
            seen.add(news.session.id)
            news = by_id.get(news.session.part_of or "", news)
        return news

    parts = Counter(whole_of(each).session.id for each in shown.news)
    return [(each, parts[each.session.id] - 1) for each in shown.news if each.session.id in parts]


def _parts(parts: int, view: View) -> Html:
    if not parts:
        return Html("")
    # Translators: below a session that changes: its parts (blocks) change with it.
    if parts == 1:
        return view.t.gettext("With its only part")
    return view.t.ngettext("With its %(num)s part", "With its %(num)s parts", parts)
