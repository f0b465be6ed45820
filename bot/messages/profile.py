"""How the bot presents itself: its command menu and descriptions, in each language."""

from __future__ import annotations

from bot.i18n import Localizer
from bot.messages.formatting import cut
from content.agenda import Event

MAX_DESCRIPTION = 512  # characters; core.telegram.org/bots/api#setmydescription
MAX_SHORT_DESCRIPTION = 120


def command_menu(t: Localizer, *, organiser: bool = False, speaker: bool = False) -> tuple[tuple[str, str], ...]:
    """Return each command with its description, in the order of the menu."""
    t = t.plain
    desk = (("organiser", t.pgettext("command", "Organisers’ desk")),) if organiser else ()
    own = (("speaker", t.pgettext("command", "Speaker’s desk: when you are on")),) if speaker else ()
    return (
        *desk,
        *own,
        ("start", t.pgettext("command", "Main menu")),
        ("agenda", t.pgettext("command", "The agenda by day, room and track")),
        ("now", t.pgettext("command", "What is on now")),
        ("next", t.pgettext("command", "What comes next")),
        ("my", t.pgettext("command", "My agenda and reminders")),
        ("changes", t.pgettext("command", "What changed in the agenda")),
        ("speakers", t.pgettext("command", "Speakers from A to Z")),
        ("materials", t.pgettext("command", "Slides and documents")),
        ("matchmaking", t.pgettext("command", "The matchmaking")),
        ("venue", t.pgettext("command", "Where it is, practical matters")),
        ("language", t.pgettext("command", "Language: English, română, українська")),
        ("help", t.pgettext("command", "What you can ask")),
    )


def description(t: Localizer, event: Event) -> str:
    """Return what stands in the empty chat before the first message."""
    name = event.name.pick(t.language, event.default_language)
    text = t.plain.gettext(
        "I am the guide to %(event)s. Ask me in your own words who speaks when, what is on now and next, "
        "where it is, and for the slides.",
        event=name,
    )
    return cut(text, MAX_DESCRIPTION)


def short_description(t: Localizer, event: Event) -> str:
    """Return the line under the bot's name."""
    name = cut(event.name.pick(t.language, event.default_language), 70)
    return cut(t.plain.gettext("Agenda, speakers, slides: %(event)s", event=name), MAX_SHORT_DESCRIPTION)
