"""Slides and documents as people read them."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from bot.i18n import Html
from bot.messages import buttons
from bot.messages.formatting import (
    beside,
    bold,
    capitalised,
    cut,
    distinct_labels,
    italic,
    label,
    lines,
    paragraphs,
    rows,
)
from bot.messages.material_waits import manage_material_button, wait_button, wait_button_for
from bot.messages.outgoing import Button, LinkButton, OutgoingMessage
from bot.messages.pages import Page
from bot.messages.people import speaker_buttons
from bot.messages.sessions import cut_title, menu_button, session_buttons
from bot.messages.view import View
from bot.models import Media, MediaKind
from content.agenda import KeptFile, Material, MaterialKind, Session, Speaker
from content.answering import materials_in_order

MATERIALS_A_PAGE = 8
FEW_PAGES = 3  # that anybody turns
MAX_TITLE_LENGTH = 200
MAX_LINKS = 3
MAX_NAMES = 12
# A caption holds a quarter of a message, and an emoji counts as two.
MAX_CAPTION_TITLE = 120
MAX_CAPTION_SESSION = 90
MAX_IN_CAPTION = 2


def materials_page(view: View, page: int = 0) -> OutgoingMessage:
    """Return a page of everything there is to download, the event's own documents first."""
    everything = materials_in_order(view.agenda.materials)
    t = view.t
    if not everything:
        return OutgoingMessage(t.gettext("There are no slides or documents yet."), ((menu_button(view),),))
    shown = Page.of(everything, MATERIALS_A_PAGE, page)
    total = t.ngettext("%(num)s item", "%(num)s items", len(everything))
    text = paragraphs(
        lines(beside(bold(t.gettext("Slides and documents")), total), shown.note(view)),
        _titles(shown.items, view),
        addresses_note(shown.items, view),
        t.gettext("Or write whose slides you look for, by name or title.") if shown.count > FEW_PAGES else None,
    )
    choices = rows(material_buttons(shown.items, view))
    turn = shown.buttons(view, buttons.OpenMaterials)
    return OutgoingMessage(text, (*choices, *turn, (menu_button(view),)))


def materials_of(about: Speaker | Session, materials: Sequence[Material], view: View) -> OutgoingMessage:
    """Return the materials of a speaker or a session; or that there are none, with the way to all."""
    t = view.t
    name = cut(about.name if isinstance(about, Speaker) else view.words(about.title), MAX_TITLE_LENGTH)
    everything = buttons.OpenMaterials().button(t.plain.pgettext("button", "All slides and documents"))
    back = _about_button(about, view)
    if not materials:
        said = t.gettext("There are no slides or documents of %(name)s.", name=bold(name))
        return OutgoingMessage(said, (*rows(wait_button(about, view)), (back,), (everything, menu_button(view))))
    if len(materials) == 1:
        return material_card(materials[0], view)
    shown = materials[:MATERIALS_A_PAGE]
    left = len(materials) - len(shown)
    text = paragraphs(
        bold(name),
        _titles(shown, view),
        t.ngettext("and %(num)s more document", "and %(num)s more documents", left) if left else None,
        addresses_note(shown, view),
    )
    return OutgoingMessage(text, (*rows(material_buttons(shown, view)), (back,), (everything, menu_button(view))))


def material_card(material: Material, view: View) -> OutgoingMessage:
    """Return one material: the file itself, its link, or the page to look on while its own address is not known.

    One that cannot be had yet says when it can.
    """
    if material.file is not None and material.is_open(view.now):
        return _file(material, material.file, view)
    t = view.t
    speakers = [view.agenda.speaker_by_id[each] for each in material.speaker_ids]
    sessions = [view.agenda.session_by_id[each] for each in material.session_ids]
    names = t.listed([view.name(speaker) for speaker in speakers[:MAX_NAMES]])
    text = paragraphs(
        lines(
            bold(cut(view.words(material.title), MAX_TITLE_LENGTH)),
            t.gettext("Presented by: %(names)s", names=names) if speakers else None,
            *(cut_title(session, view) for session in sessions[:MAX_LINKS]),
        ),
        Html(capitalised(opening(material, view))),
        addresses_note([material], view),
    )
    around = speaker_buttons(speakers[:MAX_LINKS], view)
    around.extend(session_buttons(sessions[:MAX_LINKS], view))
    everything = buttons.OpenMaterials().button(t.plain.pgettext("button", "All slides and documents"))
    return OutgoingMessage(
        text,
        (
            *rows(link_buttons([material], view)),
            *rows(wait_button_for(material, view)),
            *rows(around),
            *rows(manage_material_button(material, view)),
            (everything, menu_button(view)),
        ),
    )


def opening(material: Material, view: View) -> Html:
    """Return when a material that cannot be had yet can be; empty for all others."""
    if material.added is None or material.added.opens_at is None or material.is_open(view.now):
        return Html("")
    moment = view.moment(material.added.opens_at)
    if material.added.after_session:
        return view.t.gettext("comes after the session: %(moment)s", moment=moment)
    return view.t.gettext("comes: %(moment)s", moment=moment)


def _file(material: Material, file: KeptFile, view: View) -> OutgoingMessage:
    """Return the file itself, its title and whose it is below it."""
    t = view.t
    speakers = [view.agenda.speaker_by_id[each] for each in material.speaker_ids[:MAX_IN_CAPTION]]
    sessions = [view.agenda.session_by_id[each] for each in material.session_ids[:MAX_IN_CAPTION]]
    names = t.listed([view.name(speaker) for speaker in speakers])
    caption = lines(
        bold(cut(view.words(material.title), MAX_CAPTION_TITLE)),
        t.gettext("Presented by: %(names)s", names=names) if speakers else None,
        *(cut(view.words(session.title), MAX_CAPTION_SESSION) for session in sessions),
    )
    everything = buttons.OpenMaterials().button(t.plain.pgettext("button", "All slides and documents"))
    around = (
        *speaker_buttons(speakers, view),
        *session_buttons(sessions, view),
        *manage_material_button(material, view),
    )
    media = Media(MediaKind.PHOTO if file.photo else MediaKind.DOCUMENT, file.key)
    return OutgoingMessage(caption, (*rows(around), (everything, menu_button(view))), media)


def link_buttons(materials: Iterable[Material], view: View) -> list[Button]:
    """Return a button for each address that people may have now, the same address once."""
    t = view.t.plain
    links: dict[str, Button] = {}
    for material in materials:
        if not material.is_open(view.now):
            continue
        if material.url:
            text = (
                t.gettext("Open: %(title)s", title=view.words(material.title))
                if material.kind is MaterialKind.PAGE or material.added
                else t.gettext("Download: %(title)s", title=view.words(material.title))
            )
            links.setdefault(material.url, LinkButton(label(text), material.url))
        elif material.found_at:
            links.setdefault(material.found_at, LinkButton(t.pgettext("button", "Event page"), material.found_at))
    return list(links.values())


def addresses_note(materials: Sequence[Material], view: View) -> Html:
    """Say that the files' own addresses are not known, where that is so, and where to look instead."""
    lost = [material for material in materials if not material.url and not material.added]
    if not lost:
        return Html("")
    t = view.t
    on_page = any(material.found_at for material in lost)
    if len(materials) == 1:
        if on_page:
            return italic(t.gettext("We do not have the file’s own address: look for it on the event page."))
        return italic(t.gettext("The file is not published yet."))
    if on_page:
        return italic(
            t.ngettext(
                "For %(num)s file we do not have its own address: look for it on the event page.",
                "For %(num)s files we do not have their own addresses: look for them on the event page.",
                len(lost),
            )
        )
    return italic(t.ngettext("%(num)s file is not published yet.", "%(num)s files are not published yet.", len(lost)))


def _titles(materials: Sequence[Material], view: View) -> Html:
    named = zip(materials, _named(materials, view), strict=True)
    return lines(*(beside(cut(name, MAX_TITLE_LENGTH), opening(material, view)) for material, name in named))


def material_buttons(materials: Iterable[Material], view: View) -> list[Button]:
    listed = list(materials)
    labels = distinct_labels(_named(listed, view))
    return [
        buttons.OpenMaterial(material.handle).button(f"{text} ({before + 1})" if before else text)
        for place, (material, text) in enumerate(zip(listed, labels, strict=True))
        for before in [labels[:place].count(text)]
    ]


def _named(materials: Sequence[Material], view: View) -> list[str]:
    """Return the titles; of those that say the same ("Slides", "slides") whose they are too."""
    titles = [view.words(material.title) for material in materials]
    same = [title.casefold() for title in titles]
    return [
        f"{title}, {owner}" if same.count(title.casefold()) > 1 and (owner := _owner(material, view)) else title
        for material, title in zip(materials, titles, strict=True)
    ]


def _owner(material: Material, view: View) -> str:
    """Return whose it is, which tells two of the same title apart."""
    names = [view.agenda.speaker_by_id[each].name for each in material.speaker_ids]
    names += [view.words(view.agenda.session_by_id[each].title) for each in material.session_ids]
    return names[0] if names else ""


def _about_button(about: Speaker | Session, view: View) -> Button:
    if isinstance(about, Speaker):
        return buttons.OpenSpeaker(about.handle).button(label(about.name))
    return session_buttons([about], view)[0]
