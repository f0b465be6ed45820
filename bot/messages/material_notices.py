"""What people read when slides or documents can be had: those who asked, and those who follow."""

from __future__ import annotations

from bot.i18n import Html
from bot.materials import MaterialNews
from bot.messages import buttons
from bot.messages.follows import mute_button
from bot.messages.formatting import beside, bold, cut, italic, label, lines, paragraphs, rows
from bot.messages.materials import link_buttons, material_buttons
from bot.messages.outgoing import Button, OutgoingMessage
from bot.messages.sessions import session_buttons
from bot.messages.view import View
from content.agenda import Material, Session, Speaker

MAX_SHOWN = 4
MAX_TITLE = 120


def material_notice(news: MaterialNews, view: View) -> OutgoingMessage:
    """Return what is there now, with the buttons that give it; why it came, and how to stop it."""
    t = view.t
    found = [view.agenda.by_handle.get(handle) for handle in news.materials]
    materials = [each for each in found if isinstance(each, Material)]
    shown, left = materials[:MAX_SHOWN], len(materials) - MAX_SHOWN
    about = view.agenda.by_handle.get(news.about)
    titles = [bold(cut(view.words(material.title), MAX_TITLE)) for material in shown]
    text = paragraphs(
        lines(
            beside(t.gettext("Available now"), titles[0]) if len(titles) == 1 else t.gettext("Available now"),
            *(titles if len(titles) > 1 else ()),
            t.ngettext("and %(num)s more document", "and %(num)s more documents", left) if left > 0 else None,
        ),
        _name(about, view),
        italic(_why(news, about, view)),
    )
    files = [material for material in shown if not material.url and not material.found_at]
    around: list[Button] = [*link_buttons(shown, view), *material_buttons(files, view)]
    settings = buttons.OpenReminders().button(t.plain.pgettext("button", "Reminders and notices"))
    return OutgoingMessage(text, (*rows(around), *rows(_about_buttons(news, about, view)), (settings,)))


def _name(about: object, view: View) -> Html:
    match about:
        case Session():
            return view.text(about.title, MAX_TITLE)
        case Speaker():
            return Html(lines(view.name(about)))
        case _:
            return Html("")


def _why(news: MaterialNews, about: object, view: View) -> Html:
    t = view.t
    if news.asked_for:
        return t.gettext("You get this because you asked to be told. This was the only message about it.")
    if isinstance(about, Speaker):
        return t.gettext("You get this because you follow: %(names)s", names=view.name(about))
    return t.gettext("You get this because you follow this session.")


def _about_buttons(news: MaterialNews, about: object, view: View) -> list[Button]:
    match about:
        case Session():
            opening = session_buttons([about], view)
            return opening if news.asked_for else [*opening, mute_button(about, view)]
        case Speaker():
            card: Button = buttons.OpenSpeaker(about.handle).button(label(about.name))
            stop = buttons.Unfollow(about.handle).button(view.t.plain.pgettext("button", "Unfollow"))
            return [card] if news.asked_for else [card, stop]
        case _:
            return []
