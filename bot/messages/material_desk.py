"""What organisers added in the chat: the list, one of them, and what can be done to it."""

from __future__ import annotations

from collections.abc import Sequence

from bot.i18n import Html
from bot.materials import (
    ChatMaterial,
    MaterialDraft,
    MaterialSource,
    MaterialState,
    belongs_nowhere,
    opens_at,
    owner_of,
)
from bot.messages import buttons as readers
from bot.messages import material_buttons as buttons
from bot.messages.formatting import beside, bold, cut, distinct_labels, lines, paragraphs, rows
from bot.messages.open_questions import quote
from bot.messages.outgoing import Button, OutgoingMessage
from bot.messages.pages import Page
from bot.messages.view import View
from bot.messages.ways_back import desk_and_menu
from content.agenda import Session, Speaker
from content.timetable import local

ADDED_A_PAGE = 8
MAX_TITLE = 120
MAX_ADDRESS = 300
MAX_FOUND = 6


def materials_tool(view: View) -> Button:
    """Return the desk's way to slides and documents."""
    return buttons.OpenAdded().button(view.t.plain.pgettext("button", "Slides and documents"))


def added_page(materials: Sequence[ChatMaterial], view: View, page: int = 0) -> OutgoingMessage:
    """Return a page of what was added in the chat, the newest first, with the ways to add more."""
    t = view.t
    shown = Page.of(tuple(reversed(materials)), ADDED_A_PAGE, page)
    said = [
        beside(f"{place}. {cut(each.draft.title, MAX_TITLE)}", owner_name(each.draft, view), state_words(each, view))
        for place, each in enumerate(shown.items, 1)
    ]
    text = paragraphs(
        lines(bold(t.gettext("Slides and documents added here")), shown.note(view)),
        lines(*said) or t.gettext("Nothing has been added yet."),
        t.gettext("A new agenda does not touch them. The card of a session or speaker has a button to add one, too."),
    )
    titles = distinct_labels([f"{place}. {each.draft.title}" for place, each in enumerate(shown.items, 1)])
    choices = [
        buttons.ManageMaterial(each.handle).button(title) for each, title in zip(shown.items, titles, strict=True)
    ]
    new: tuple[Button, ...] = (buttons.AskOwner().button(t.plain.pgettext("button", "Add to a session or speaker")),)
    event: tuple[Button, ...] = (buttons.AddToEvent().button(t.plain.pgettext("button", "Add to the event")),)
    return OutgoingMessage(
        text, (new, event, *rows(choices), *shown.buttons(view, buttons.OpenAdded), desk_and_menu(view))
    )


def owner_question(view: View, *, found: Sequence[Session | Speaker] = (), asked: str = "") -> OutgoingMessage:
    """Ask whose it is. ``found``: what the typed ``asked`` may mean."""
    t = view.t
    if found:
        said = t.gettext("Which session or speaker is it for? Choose, or write another name.")
    elif asked:
        said = t.gettext("I find no session and no speaker of that name. Please write it in another way.")
    else:
        said = t.gettext("Which session or speaker is it for? Write a title or a name.")
    text = paragraphs(said, t.gettext("What you type next is this name. Any command ends it."))
    names = distinct_labels([_name(each, view) for each in found[:MAX_FOUND]])
    choices = [
        buttons.AddMaterial(each.handle).button(name) for each, name in zip(found[:MAX_FOUND], names, strict=True)
    ]
    event = buttons.AddToEvent().button(t.plain.pgettext("button", "Add to the event"))
    return OutgoingMessage(text, (*rows(choices), (event,), desk_and_menu(view)))


def managed(material: ChatMaterial, view: View, *, note: str = "", seen: bool = True) -> OutgoingMessage:
    """Return one material with what can be done to it. ``note``: put in front. ``seen``: attendees can open it."""
    t = view.t
    on = local(view.agenda.event, material.added_at)
    text = paragraphs(
        note or None,
        described(material.draft, view, undecided=material.state is MaterialState.WAITING),
        lines(
            None if note and material.state is MaterialState.PUBLISHED else state_words(material, view),
            quote(material.refusal, MAX_ADDRESS) if material.refusal else None,
            t.gettext("Sent by a speaker.") if material.source is MaterialSource.SPEAKER else None,
            t.gettext("Added on %(day)s, %(time)s.", day=view.day(on.date()), time=t.clock(on)),
        ),
    )
    handle, plain = material.handle, t.plain
    choices: list[tuple[Button, ...]] = [
        (buttons.ReplaceMaterial(handle).button(plain.pgettext("button", "Another file or link")),),
        (buttons.RenameMaterial(handle).button(plain.pgettext("button", "Another title")),),
        (buttons.RescheduleMaterial(handle).button(plain.pgettext("button", "When people get it")),),
    ]
    if material.state is MaterialState.WAITING:
        choices = [
            (buttons.SeeAdded(handle).button(plain.pgettext("button", "As people would see it")),),
            (buttons.ApproveMaterial(handle).button(plain.pgettext("button", "Approve")),),
            (buttons.RefuseMaterial(handle).button(plain.pgettext("button", "Refuse")),),
        ]
    if material.state is MaterialState.REFUSED or belongs_nowhere(material.draft, view.agenda):
        choices = []
    if seen:
        choices.append((readers.OpenMaterial(handle).button(plain.pgettext("button", "As people see it")),))
    choices.append((buttons.AskRemoval(handle).button(plain.pgettext("button", "Remove")),))
    everything = buttons.OpenAdded().button(plain.pgettext("button", "All that was added"))
    return OutgoingMessage(text, (*choices, (everything,), desk_and_menu(view)))


def removal_question(material: ChatMaterial, view: View) -> OutgoingMessage:
    """Ask before something is taken away from everybody."""
    t = view.t
    text = paragraphs(
        t.gettext("Remove this? People who have the file keep it; nobody gets it from here any more."),
        described(material.draft, view),
    )
    remove = buttons.RemoveMaterial(material.handle).button(t.plain.pgettext("button", "Yes, remove"))
    keep = buttons.ManageMaterial(material.handle).button(t.plain.pgettext("button", "No, keep"))
    return OutgoingMessage(text, ((remove, keep),))


def refusal_question(material: ChatMaterial, limit: int, view: View, *, problem: str = "") -> OutgoingMessage:
    """Ask for a word why a speaker's slides are refused. ``problem``: what was wrong with what was typed."""
    t = view.t
    text = paragraphs(
        problem or None,
        t.gettext("Why? Write a line to the speaker, %(limit)s characters at most.", limit=limit),
        described(material.draft, view),
        t.gettext("What you type next is sent to the speaker with the refusal. Any command ends it."),
    )
    silent = buttons.RefuseSilently(material.handle).button(t.plain.pgettext("button", "Refuse without a word"))
    keep = buttons.ManageMaterial(material.handle).button(t.plain.pgettext("button", "Do not refuse"))
    return OutgoingMessage(text, ((silent,), (keep,)))


def too_long_a_word(view: View) -> Html:
    """Say that this is no line for the speaker."""
    return view.t.gettext("This is not a text, or it is too long.")


def decided_note(material: ChatMaterial, view: View) -> Html:
    """Say what was decided, be it by another organiser before."""
    t = view.t
    if material.state is MaterialState.REFUSED:
        return t.gettext("Refused. The speaker is told.")
    return t.gettext("Published. The speaker is told, and those who follow or asked.")


def removed_note(view: View) -> Html:
    """Say that it is gone."""
    return view.t.gettext("Removed: nobody gets it any more.")


def saved_note(waiting: int, view: View, *, new: bool, at_once: bool) -> Html:
    """Say that it is published, or changed, and how many people hear of it."""
    t = view.t
    said = t.gettext("Published.") if new else t.gettext("Changed.")
    if not new or not waiting:
        return said
    told = (
        t.ngettext("%(num)s person who asked is told.", "%(num)s people who asked are told.", waiting)
        if at_once
        else t.ngettext(
            "%(num)s person who asked is told when it comes.",
            "%(num)s people who asked are told when it comes.",
            waiting,
        )
    )
    return Html(f"{said} {told}")


def material_gone(view: View) -> str:
    """Return the alert for a button of something that was removed."""
    return view.t.plain.gettext("It was removed: nothing can be done to it any more.")


def described(draft: MaterialDraft, view: View, *, undecided: bool = False) -> Html:
    """Return what a material is: its title, whose it is, the thing itself and from when people get it.

    ``undecided``: the organisers still have to approve it.
    """
    t, content = view.t, draft.content
    if content.url:
        thing = t.gettext("Link: %(address)s", address=cut(content.url, MAX_ADDRESS))
    elif content.media and content.media.kind == "photo":
        thing = t.gettext("A photo")
    else:
        thing = t.gettext("A file")
    return lines(
        bold(cut(draft.title, MAX_TITLE)) if draft.title else None,
        t.gettext("Belongs to: %(name)s", name=owner_name(draft, view)),
        thing if content.url or content.media else None,
        opening_line(draft, view, undecided=undecided),
    )


def opening_line(draft: MaterialDraft, view: View, *, undecided: bool = False) -> Html:
    """Say from when people get it."""
    t, moment = view.t, opens_at(draft, view.agenda)
    if draft.embargo.after_session:
        if moment is None:
            return t.gettext("When people get it: after the session")
        return t.gettext("When people get it: after the session, %(moment)s", moment=view.moment(moment))
    if moment is None:
        return (
            t.gettext("When people get it: as soon as it is approved")
            if undecided
            else t.gettext("When people get it: at once")
        )
    return t.gettext("When people get it: %(moment)s", moment=view.moment(moment))


def owner_name(draft: MaterialDraft, view: View) -> str:
    """Return whose it is, plain; of what left the agenda, that it did."""
    if belongs_nowhere(draft, view.agenda):
        return view.t.plain.gettext("nothing now: it left the agenda")
    owner = owner_of(draft, view.agenda)
    return cut(_name(owner, view), MAX_TITLE) if owner else view.t.plain.pgettext("whose a document is", "the event")


def _name(owner: Session | Speaker, view: View) -> str:
    return owner.name if isinstance(owner, Speaker) else view.words(owner.title)


def state_words(material: ChatMaterial, view: View) -> Html:
    """Return where a material stands."""
    t = view.t
    if material.state is MaterialState.WAITING:
        return t.pgettext("of a document", "waits for an organiser’s yes")
    if material.state is MaterialState.REFUSED:
        return t.pgettext("of a document", "refused")
    opens = opens_at(material.draft, view.agenda)
    if opens is not None and opens > view.now:
        return t.pgettext("of a document", "published, not given out yet")
    return t.pgettext("of a document", "published")
