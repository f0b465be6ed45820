"""The organisers' desk as they read it."""

from __future__ import annotations

from collections.abc import Sequence

from bot.i18n import Html
from bot.messages import desk_buttons
from bot.messages.edit_words import edit_words
from bot.messages.formatting import beside, bold, capitalised, lines, paired, paragraphs, rows
from bot.messages.outgoing import Button, OutgoingMessage
from bot.messages.person_ids import person_by_id
from bot.messages.sessions import menu_button
from bot.messages.view import View
from bot.messages.ways_back import desk_and_menu
from bot.models import AuditEntry, Organiser
from content.edit_effects import edit_of
from content.timetable import local

MAX_LISTED = 20


def desk(view: View, tools: Sequence[Button] = ()) -> OutgoingMessage:
    """Return the desk: ``tools`` are the buttons of what an organiser can do there."""
    t = view.t
    text = paragraphs(
        lines(bold(t.gettext("Organisers’ desk")), view.text(view.agenda.event.name)),
        t.gettext("What you do here is written down; every organiser can read it."),
    )
    return OutgoingMessage(text, (*paired(tools), (menu_button(view),)))


def organisers_tool(view: View) -> Button:
    """Return the desk's button to who is an organiser."""
    return desk_buttons.OpenOrganisers().button(view.t.plain.pgettext("button", "Organisers"))


def trail_tool(view: View) -> Button:
    """Return the desk's button to what organisers did."""
    return desk_buttons.OpenTrail().button(view.t.plain.pgettext("button", "What was done"))


def organisers_list(organisers: Sequence[Organiser], view: View) -> OutgoingMessage:
    """Return who is an organiser, with a way to invite one and to remove any."""
    t = view.t
    said = [
        t.gettext(
            "%(id)s, since %(day)s",
            id=person_by_id(organiser.chat_id, view),
            day=view.day(local(view.agenda.event, organiser.since).date()),
        )
        for organiser in organisers[:MAX_LISTED]
    ]
    text = paragraphs(
        bold(t.gettext("Organisers")),
        lines(*said) or t.gettext("Only those whom the settings name."),
        t.gettext("People are shown by their Telegram id, which opens their profile: Ghid keeps no names."),
    )
    remove = [
        desk_buttons.RemoveOrganiser(organiser.chat_id).button(t.plain.gettext("Remove %(id)s", id=organiser.chat_id))
        for organiser in organisers[:MAX_LISTED]
    ]
    invite = desk_buttons.InviteOrganiser().button(t.plain.pgettext("button", "Invite an organiser"))
    return OutgoingMessage(text, ((invite,), *rows(remove), desk_and_menu(view)))


def invitation(link: str, view: View) -> OutgoingMessage:
    """Return a one-time link to pass on."""
    text = paragraphs(
        view.t.gettext("Send this link to the new organiser. It works once, within seven days:"),
        link,
    )
    return OutgoingMessage(text, (desk_and_menu(view),))


def removal_question(chat_id: int, view: View) -> OutgoingMessage:
    """Ask before somebody loses their rights."""
    text = view.t.gettext("Remove %(id)s from the organisers?", id=person_by_id(chat_id, view))
    confirm = desk_buttons.ConfirmRemoval(chat_id).button(view.t.plain.pgettext("button", "Yes, remove"))
    keep = desk_buttons.OpenOrganisers().button(view.t.plain.pgettext("button", "No, keep"))
    return OutgoingMessage(text, ((confirm, keep),))


def trail(entries: Sequence[AuditEntry], view: View) -> OutgoingMessage:
    """Return what organisers did lately, the newest first."""
    said = [_entry(entry, view) for entry in entries[:MAX_LISTED]]
    text = paragraphs(
        bold(view.t.gettext("What was done")), lines(*said) or view.t.gettext("Nothing has been done yet.")
    )
    return OutgoingMessage(text, (desk_and_menu(view),))


def not_an_organiser(chat_id: int, view: View) -> OutgoingMessage:
    """Tell a stranger that the desk is not theirs, and the id by which they can be let in."""
    text = view.t.gettext(
        "This is for organisers. If you are one, ask for a link, or give them your Telegram id: %(id)s",
        id=chat_id,
    )
    return OutgoingMessage(text, ((menu_button(view),),))


def dialog_ended(view: View) -> OutgoingMessage:
    """Say that a command ended what somebody was in the middle of."""
    return OutgoingMessage(view.t.gettext("What you were in the middle of has ended: nothing was sent or changed."))


def invitation_not_valid(view: View) -> OutgoingMessage:
    """Say that a one-time link is used up, too old, or none of ours."""
    text = view.t.gettext("This link no longer works: it works once, within seven days. Ask for a new one.")
    return OutgoingMessage(text, ((menu_button(view),),))


def not_removable(view: View) -> str:
    """Return the alert for an organiser whom only the settings can remove."""
    return view.t.plain.gettext("This organiser stands in ORGANISER_IDS: only the settings can remove them.")


def _entry(entry: AuditEntry, view: View) -> Html:
    at = local(view.agenda.event, entry.at)
    who = view.t.gettext("command line") if entry.actor is None else person_by_id(entry.actor, view)
    day, what = capitalised(view.t.short_day(at.date())), action_words(entry.action, view)
    if "edit" in entry.details:
        return beside(day, view.t.clock(at), who, what, edit_words(edit_of(entry.details["edit"]), view))
    return beside(day, view.t.clock(at), who, what)


def action_words(action: str, view: View) -> Html:
    """Return what an organiser did; as it stands in the trail if this version does not know it."""
    t = view.t
    match action:
        case "invite organiser":
            return t.pgettext("what an organiser did", "made a link for an organiser")
        case "become organiser":
            return t.pgettext("what an organiser did", "became an organiser")
        case "remove organiser":
            return t.pgettext("what an organiser did", "removed an organiser")
        case "send broadcast":
            return t.pgettext("what an organiser did", "sent a message to many")
        case "schedule broadcast":
            return t.pgettext("what an organiser did", "scheduled a message to many")
        case "pause broadcast":
            return t.pgettext("what an organiser did", "paused a message to many")
        case "resume broadcast":
            return t.pgettext("what an organiser did", "resumed a message to many")
        case "cancel broadcast":
            return t.pgettext("what an organiser did", "stopped a message to many")
        case "add material":
            return t.pgettext("what an organiser did", "added slides or a document")
        case "change material":
            return t.pgettext("what an organiser did", "changed slides or a document")
        case "remove material":
            return t.pgettext("what an organiser did", "removed slides or a document")
        case "send material":
            return t.pgettext("what an organiser did", "sent slides for approval")
        case "publish material":
            return t.pgettext("what an organiser did", "approved a speaker’s slides")
        case "refuse material":
            return t.pgettext("what an organiser did", "refused a speaker’s slides")
        case "answer question":
            return t.pgettext("what an organiser did", "answered a question")
        case "set question aside":
            return t.pgettext("what an organiser did", "set a question aside")
        case "correct answer":
            return t.pgettext("what an organiser did", "corrected an answer")
        case "forget answer":
            return t.pgettext("what an organiser did", "made me forget an answer")
        case "import agenda":
            return t.pgettext("what an organiser did", "published an agenda")
        case "edit agenda":
            return t.pgettext("what an organiser did", "changed the agenda")
        case "undo agenda":
            return t.pgettext("what an organiser did", "took an agenda back")
        case "invite speaker":
            return t.pgettext("what an organiser did", "made a link for a speaker")
        case "revoke codes":
            return t.pgettext("what an organiser did", "withdrew a speaker’s links")
        case "claim speaker":
            return t.pgettext("what was done", "claimed a speaker’s profile")
        case "ask claim":
            return t.pgettext("what was done", "asked to be confirmed as a speaker")
        case "confirm claim":
            return t.pgettext("what an organiser did", "confirmed a speaker")
        case "refuse claim":
            return t.pgettext("what an organiser did", "refused somebody who asked to be a speaker")
        case "remind speakers":
            return t.pgettext("what an organiser did", "asked speakers to look at a change")
        case "call organisers":
            return t.pgettext("what was done", "called the organisers, as a speaker")
        case "answer speaker":
            return t.pgettext("what an organiser did", "answered a speaker’s call")
        case "undo claim":
            return t.pgettext("what an organiser did", "undid a speaker’s claim")
        case _:
            return Html(action)
