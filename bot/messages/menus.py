"""The first message, the help and the choice of language."""

from __future__ import annotations

from bot.i18n import LOCALES, Html, language_name, localizer
from bot.messages import buttons
from bot.messages.desk_buttons import OpenDesk
from bot.messages.formatting import beside, bold, capitalised, italic, lines, paragraphs, rows
from bot.messages.outgoing import Button, ButtonRows, OutgoingMessage
from bot.messages.privacy_buttons import OpenPrivacy
from bot.messages.sessions import menu_button
from bot.messages.speaker_claiming import desk_button
from bot.messages.view import View
from content import timetable
from content.agenda import SessionKind


def start_message(view: View) -> OutgoingMessage:
    """Return what this is, where the event stands, and the main menu."""
    event = view.agenda.event
    t = view.t
    text = paragraphs(
        lines(bold(view.text(event.name)), view.text(event.theme)),
        lines(beside(_dates(view), _place(view)), _phase(view)),
        t.gettext("Ask me in your own words for someone’s slides, or who spoke about what.")
        if timetable.phase(view.agenda, view.now) is timetable.Phase.AFTER
        else t.gettext("Ask me in your own words: who speaks when, what is on now and where, or for someone’s slides."),
    )
    return OutgoingMessage(text, main_menu(view))


def main_menu(view: View) -> ButtonRows:
    """Return the buttons to everything; after the event, what people come back for stands first."""
    t = view.t.plain
    moment: tuple[Button, ...] = (
        buttons.OpenNow().button(t.pgettext("button", "On now")),
        buttons.OpenNext().button(t.pgettext("button", "Next")),
    )
    agenda = buttons.OpenAgenda().button(t.pgettext("button", "Agenda"))
    mine: tuple[Button, ...] = (buttons.OpenMine().button(t.pgettext("button", "My agenda")),)
    if view.profiles:
        mine = (*mine, desk_button(view))
    desk: ButtonRows = ((OpenDesk().button(t.pgettext("button", "Organisers’ desk")),),) if view.organiser else ()
    speakers = buttons.OpenSpeakers().button(t.pgettext("button", "Speakers"))
    materials = buttons.OpenMaterials().button(t.pgettext("button", "Slides and documents"))
    venue = buttons.OpenVenue().button(t.pgettext("button", "Venue and practical"))
    help_ = buttons.OpenHelp().button(t.pgettext("button", "Help"))
    language = buttons.OpenLanguages().button(t.pgettext("button", "Language"))
    matchmaking: ButtonRows = ()
    if any(session.kind is SessionKind.MATCHMAKING for session in view.agenda.sessions):
        matchmaking = ((buttons.OpenMatchmaking().button(t.pgettext("button", "Matchmaking")),),)
    if timetable.phase(view.agenda, view.now) is timetable.Phase.AFTER:
        return (*desk, (materials,), (agenda, speakers), mine, *matchmaking, (venue,), (language, help_))
    return (*desk, moment, (agenda, speakers), mine, (materials,), *matchmaking, (venue,), (language, help_))


def help_message(view: View) -> OutgoingMessage:
    """Return what can be asked, with examples from this very agenda; /privacy says what is kept."""
    t = view.t
    sessions = [session for session in view.agenda.sessions if session.kind is not SessionKind.SOCIAL]
    # Whoever tries an example is to see what it is good for: somebody who is still to come, while there is one.
    for among in ([session for session in sessions if session.starts_at > view.now], sessions):
        names = list(dict.fromkeys(view.name(view.speaker_of(part)) for each in among for part in each.speakers))
        if names:
            break
    examples = [t.gettext("What is on now?")]
    if names:
        examples.append(t.gettext("When does %(name)s speak?", name=names[0]))
        examples.append(t.gettext("Slides of %(name)s", name=names[-1]))
    examples.append(t.gettext("What is on tomorrow morning?"))
    if names:
        examples.append(t.gettext("Follow %(name)s", name=names[0]))
    text = paragraphs(
        lines(bold(t.gettext("Ask in your own words, for example:")), *examples),
        t.gettext("You can write in English, Romanian, Ukrainian or Russian; typing mistakes do no harm."),
        None if view.profiles else t.gettext("Do you speak here? /speaker opens your speaker’s desk."),
        italic(t.gettext("Questions are not kept once they are answered. What is kept, and how long: /privacy")),
    )
    language = buttons.OpenLanguages().button(t.plain.pgettext("button", "Language"))
    privacy = OpenPrivacy().button(t.plain.pgettext("button", "What I keep about you"))
    return OutgoingMessage(text, ((privacy,), (language, menu_button(view))))


def language_choice(view: View) -> OutgoingMessage:
    """Return the choice of language, said in each of them: the reader may know only one."""
    said = [localizer(language).gettext("Choose your language:") for language in LOCALES]
    choices = [buttons.ChooseLanguage(language).button(language_name(language)) for language in LOCALES]
    return OutgoingMessage(lines(*said), (*rows(choices), (menu_button(view),)))


def language_chosen(view: View) -> OutgoingMessage:
    """Return the main menu in the language just chosen, saying so first."""
    said = view.t.gettext("I speak English with you now.")
    start = start_message(view)
    return OutgoingMessage(paragraphs(said, start.text), start.buttons)


def _place(view: View) -> Html:
    """Return where the event is; empty if its name says so already."""
    event = view.agenda.event
    return Html("") if view.words(event.place) in view.words(event.name) else view.text(event.place)


def _dates(view: View) -> Html:
    event = view.agenda.event
    if event.starts_on == event.ends_on:
        return Html(capitalised(view.day(event.starts_on)))
    # Translators: the first and the last day of the event.
    return view.t.gettext(
        "%(first)s – %(last)s", first=capitalised(view.day(event.starts_on)), last=view.day(event.ends_on)
    )


def _phase(view: View) -> Html:
    """Say how far the event is."""
    t, event = view.t, view.agenda.event
    match timetable.phase(view.agenda, view.now):
        case timetable.Phase.BEFORE:
            days = (event.starts_on - view.today).days
            if days == 1:
                return t.gettext("It starts tomorrow.")
            return t.gettext("It starts %(distance)s.", distance=t.days_ahead(days))
        case timetable.Phase.DURING:
            return t.gettext("The event is on: today is %(day)s.", day=view.day(view.today))
        case _:
            return t.gettext("The event is over. The slides and documents stay here.")
