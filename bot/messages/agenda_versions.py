"""The versions of the agenda as organisers read them, and who made one."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from bot.messages import agenda_import_buttons as buttons
from bot.messages.edit_words import edit_words
from bot.messages.formatting import beside, bold, capitalised, cut, lines, paragraphs
from bot.messages.outgoing import OutgoingMessage
from bot.messages.view import View
from bot.messages.ways_back import desk_and_menu
from bot.models import COMMAND_LINE, FROM_THE_CHAT, THE_BUILT_IN_EVENT, VersionEntry
from content.edits import AgendaEdit
from content.timetable import local

MAX_VERSIONS = 10


def versions(entries: Sequence[VersionEntry], edits: Mapping[int, AgendaEdit], view: View) -> OutgoingMessage:
    """Return the latest versions, newest first. ``edits``: what was changed by buttons, by version."""
    t = view.t
    said = []
    for entry in entries[:MAX_VERSIONS]:
        at = local(view.agenda.event, entry.created_at)
        number = t.gettext("Version %(version)s", version=entry.number)
        day = capitalised(t.short_day(at.date()))
        note = edit_words(edits[entry.number], view) if entry.number in edits else _note(entry, view)
        said.append(beside(bold(number), day, t.clock(at), author_name(entry.author, view), note))
    text = paragraphs(bold(t.gettext("Versions of the agenda")), lines(*said))
    current = entries[0].number if entries else 0
    undo = buttons.UndoImport(current).button(t.plain.gettext("Undo version %(version)s", version=current))
    return OutgoingMessage(text, (*(((undo,),) if len(entries) > 1 else ()), desk_and_menu(view)))


def author_name(author: str, view: View) -> str:
    """Return who made a version, as people read it; a name that somebody gave stays as it is."""
    if author == FROM_THE_CHAT:
        return view.t.plain.pgettext("who changed the agenda", "organiser")
    if author == COMMAND_LINE:
        return view.t.plain.gettext("command line")
    return author


def _note(entry: VersionEntry, view: View) -> str:
    if entry.note == THE_BUILT_IN_EVENT:
        return view.t.plain.pgettext("what the agenda was made from", "the built-in event")
    return cut(entry.note, 60)
