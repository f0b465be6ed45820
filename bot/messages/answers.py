"""The words for every kind of answer."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from bot.i18n import Html
from bot.messages import buttons
from bot.messages.agenda import agenda_overview, day_page, on_day_page, room_page, track_page, which_day
from bot.messages.changes import changes_page
from bot.messages.facts import fact_message, matchmaking_message, organisers_message
from bot.messages.follows import followed_screen, session_screen, speaker_screen, unfollowed_notice
from bot.messages.formatting import distinct_labels, paragraphs, rows
from bot.messages.materials import material_card, materials_of, materials_page
from bot.messages.menus import help_message, language_choice, language_chosen, main_menu
from bot.messages.moments import around_message, next_message, now_message, slot_message
from bot.messages.my_agenda import my_agenda
from bot.messages.outgoing import Button, OutgoingMessage
from bot.messages.speaker_claiming import not_a_speaker
from bot.messages.speakers import speakers_page
from bot.messages.view import View
from bot.models import RecentChanges
from content import answers
from content.agenda import Material, Room, Session, Speaker, Track
from content.answering import UNFOLLOW
from content.answers import Answer, Courtesy
from content.questions.question import Entity, EntityKind, Intent, Question

MAX_CHOICES = 3


def answer_message(answer: Answer, view: View) -> OutgoingMessage:
    """Return what a person reads as the answer to their question."""
    match answer:
        case answers.SessionAnswer(session, focus):
            return session_screen(session, view, focus)
        case answers.SpeakerAnswer(speaker, focus):
            return speaker_screen(speaker, view, focus)
        case answers.MaterialsAnswer():
            return _materials(answer, view)
        case answers.NowAnswer():
            return now_message(answer, view)
        case answers.NextAnswer():
            return next_message(answer, view)
        case answers.AroundAnswer():
            return around_message(answer, view)
        case answers.ProgrammeAnswer():
            return agenda_overview(view)
        case answers.DayAnswer(day):
            return day_page(day, view)
        case answers.ChangesAnswer():
            # Without the versions at hand, as on the terminal: the handler that has them shows them instead.
            return changes_page(RecentChanges(), view)
        case answers.OwnAppearancesAnswer():
            # Without a person, as on the terminal: the handler shows a speaker their desk instead.
            return not_a_speaker(view)
        case answers.SpeakersAnswer():
            return speakers_page(view)
        case answers.RoomAnswer(place, day) | answers.TrackAnswer(place, day) if day is not None:
            return on_day_page(place, day, view)
        case answers.RoomAnswer(room):
            return room_page(room, view)
        case answers.TrackAnswer(track):
            return track_page(track, view)
        case answers.SlotAnswer():
            return slot_message(answer, view)
        case answers.WhichDayAnswer(number, days):
            return which_day(number, days, view)
        case answers.FactAnswer(_, fact):
            return fact_message(fact, view)
        case answers.MatchmakingAnswer():
            return matchmaking_message(answer, view)
        case answers.OrganisersAnswer():
            return organisers_message(answer, view)
        case answers.FollowAnswer(about, unfollow):
            return _unfollowed(about, view) if unfollow else _follow(about, view)
        case answers.LanguageAnswer(language):
            return language_chosen(view) if language else language_choice(view)
        case answers.HelpAnswer():
            return help_message(view)
        case answers.SmalltalkAnswer(courtesy):
            return _courtesy(courtesy, view)
        case answers.ChoiceAnswer():
            return _choice(answer, view)
        case answers.WhichAnswer():
            return _which(view)
        case answers.UnknownAnswer(suggestions):
            return _unknown(suggestions, view)


def card_of(thing: Session | Speaker | Room | Track | Material, view: View) -> OutgoingMessage:
    """Return the card of whatever a button or a link points at."""
    match thing:
        case Session():
            return session_screen(thing, view)
        case Speaker():
            return speaker_screen(thing, view)
        case Room():
            return room_page(thing, view)
        case Track():
            return track_page(thing, view)
        case Material():
            return material_card(thing, view)


def _materials(answer: answers.MaterialsAnswer, view: View) -> OutgoingMessage:
    match answer.about:
        case None:
            return materials_page(view)
        case Material():
            return material_card(answer.about, view)
        case about:
            return materials_of(about, answer.materials, view)


def _follow(about: Session | Speaker | None, view: View) -> OutgoingMessage:
    """Return what was followed as it stands now, or the personal agenda; the handler has done the following."""
    return my_agenda(view) if about is None else followed_screen(about, view)


def _unfollowed(about: Session | Speaker | None, view: View) -> OutgoingMessage:
    """Say that something is followed no more, above what it is now; the handler has done it."""
    card = _follow(about, view)
    if about is None:
        return card
    return OutgoingMessage(paragraphs(unfollowed_notice(view), Html(card.text)), card.buttons)


def _courtesy(courtesy: Courtesy, view: View) -> OutgoingMessage:
    t = view.t
    match courtesy:
        case Courtesy.THANKS:
            said = t.gettext("You are welcome. Ask me anything about the event.")
        case Courtesy.GOODBYE:
            said = t.gettext("Goodbye! I am here whenever you need me.")
        case _:
            said = t.gettext("Hello! Ask me who speaks when, what is on now and where, or for someone’s slides.")
    return OutgoingMessage(said, main_menu(view))


def _choice(answer: answers.ChoiceAnswer, view: View) -> OutgoingMessage:
    """Ask which one is meant; the choice answers the same question."""
    things = [thing for entity in answer.options if (thing := _thing(entity, view)) is not None]
    shown, left = things[:MAX_CHOICES], len(things) - MAX_CHOICES
    names = distinct_labels(_names(shown, view))
    choices = [_chosen(answer.question, thing).button(name) for thing, name in zip(shown, names, strict=True)]
    more = view.t.gettext("There are others: write the whole name or title.") if left > 0 else None
    said = paragraphs(view.t.gettext("Which one do you mean?"), more)
    return OutgoingMessage(said, rows(choices))


def _chosen(question: Question, thing: Session | Speaker | Room | Track | Material) -> buttons.Payload:
    """Return what the choice does: following is done, everything else is answered."""
    if question.intent is Intent.FOLLOW and isinstance(thing, Session | Speaker):
        return buttons.Unfollow(thing.handle) if question.topic == UNFOLLOW else buttons.Follow(thing.handle)
    return buttons.AnswerAbout(question.intent, thing.handle)


def _unknown(suggestions: Iterable[Entity], view: View) -> OutgoingMessage:
    """Say plainly that the programme has no answer, with the nearest names and the ways to look."""
    t = view.t
    near = [thing for entity in suggestions if (thing := _thing(entity, view)) is not None][:MAX_CHOICES]
    names = distinct_labels(_names(near, view))
    choices = [_opening(thing).button(name) for thing, name in zip(near, names, strict=True)]
    said = paragraphs(
        t.gettext("I did not find that in the programme."),
        t.gettext("The nearest that I know:") if choices else t.gettext("Ask in other words, or look here:"),
    )
    ways: tuple[Button, ...] = (
        buttons.OpenAgenda().button(t.plain.pgettext("button", "Agenda")),
        buttons.OpenSpeakers().button(t.plain.pgettext("button", "Speakers")),
        buttons.OpenHelp().button(t.plain.pgettext("button", "Help")),
    )
    return OutgoingMessage(said, (*rows(choices), ways))


def _which(view: View) -> OutgoingMessage:
    """Ask what "and where?" is about: what was shown before is no longer, or was never, in mind."""
    t = view.t
    said = t.gettext("Which session or person do you mean? Write the name or the title.")
    ways = (
        buttons.OpenAgenda().button(t.plain.pgettext("button", "Agenda")),
        buttons.OpenSpeakers().button(t.plain.pgettext("button", "Speakers")),
    )
    return OutgoingMessage(said, (ways,))


def _thing(entity: Entity, view: View) -> Session | Speaker | Room | Track | Material | None:
    agenda = view.agenda
    match entity.kind:
        case EntityKind.SESSION:
            return agenda.session_by_id.get(entity.id)
        case EntityKind.SPEAKER:
            return agenda.speaker_by_id.get(entity.id)
        case EntityKind.ROOM:
            return agenda.room_by_id.get(entity.id)
        case EntityKind.TRACK:
            return agenda.track_by_id.get(entity.id)
        case EntityKind.MATERIAL:
            return agenda.material_by_id.get(entity.id)


def _names(things: Sequence[Session | Speaker | Room | Track | Material], view: View) -> list[str]:
    """Return the things' names; those that are alike with what else is known of them."""
    names = [_name(thing, view) for thing in things]
    return [
        _full_name(thing, name, view) if names.count(name) > 1 else name
        for thing, name in zip(things, names, strict=True)
    ]


def _full_name(thing: Session | Speaker | Room | Track | Material, name: str, view: View) -> str:
    match thing:
        case Session():
            return f"{view.t.short_day(thing.starts_at.date())} {view.t.clock(thing.starts_at)} {name}"
        case Speaker():
            beside = view.words(thing.organisation or thing.role)
        case Material():
            owners = [view.agenda.speaker_by_id[each].name for each in thing.speaker_ids]
            owners += [view.words(view.agenda.session_by_id[each].title) for each in thing.session_ids]
            beside = owners[0] if owners else ""
        case _:
            beside = ""
    return f"{name}, {beside}" if beside else name


def _name(thing: Session | Speaker | Room | Track | Material, view: View) -> str:
    match thing:
        case Speaker():
            return thing.name
        case Session() | Material():
            return view.words(thing.title)
        case Room() | Track():
            return view.words(thing.name)


def _opening(thing: Session | Speaker | Room | Track | Material) -> buttons.Payload:
    match thing:
        case Session():
            return buttons.OpenSession(thing.handle)
        case Speaker():
            return buttons.OpenSpeaker(thing.handle)
        case Room():
            return buttons.OpenRoom(thing.handle)
        case Track():
            return buttons.OpenTrack(thing.handle)
        case Material():
            return buttons.OpenMaterial(thing.handle)
