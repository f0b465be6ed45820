"""What a pressed button shows: from its meaning to the message that takes the place of the old one."""

from __future__ import annotations

from datetime import datetime

from bot.messages import buttons, privacy_buttons
from bot.messages.agenda import (
    agenda_overview,
    day_page,
    moment_page,
    on_day_page,
    parts_page,
    room_page,
    rooms_page,
    track_page,
    tracks_page,
)
from bot.messages.answers import answer_message
from bot.messages.buttons import Payload
from bot.messages.facts import fact_message, matchmaking_message, venue_message
from bot.messages.follows import reminder_settings, session_lead_choice, session_screen, speaker_screen
from bot.messages.list_buttons import OpenMoment, OpenOnDay, OpenParts
from bot.messages.materials import material_card, materials_of, materials_page
from bot.messages.menus import help_message, language_choice, language_chosen, start_message
from bot.messages.moments import next_message, now_message
from bot.messages.my_agenda import my_agenda
from bot.messages.outgoing import OutgoingMessage
from bot.messages.privacy import forget_question, privacy_message
from bot.messages.speakers import speakers_page
from bot.messages.view import View
from bot.privacy.kinds import purge_day
from content import timetable
from content.agenda import Material, Room, Session, Speaker, Track
from content.answering import answer, matchmaking
from content.answers import NextAnswer, NowAnswer
from content.questions.question import Entity, EntityKind, Intent, Question

FAR = 2**33
"""Seconds since 1970 after which no event takes place: a forged button's moment may be of any size."""


class TargetGoneError(Exception):
    """What the button points at is no longer in the agenda."""


def screen(payload: Payload, view: View) -> OutgoingMessage:
    """Return the message behind a button.

    Raises:
        TargetGoneError: its session, speaker, room, track, material or topic is no longer in the agenda.
    """
    match payload:
        case buttons.OpenAgenda(page):
            return agenda_overview(view, page)
        case buttons.OpenDay(day, page):
            return day_page(day, view, page)
        case buttons.OpenRooms(page):
            return rooms_page(view, page)
        case buttons.OpenTracks(page):
            return tracks_page(view, page)
        case buttons.OpenNow():
            return now_message(
                NowAnswer(timetable.on_now(view.agenda, view.now), timetable.on_next(view.agenda, view.now)), view
            )
        case OpenMoment(moment, page):
            if not moment < FAR:
                raise TargetGoneError
            return moment_page(datetime.fromtimestamp(moment, view.agenda.event.time_zone), view, page)
        case buttons.OpenNext():
            return next_message(NextAnswer(timetable.on_next(view.agenda, view.now)), view)
        case buttons.OpenSpeakers(letter, page):
            return speakers_page(view, letter, page)
        case buttons.OpenMaterials(page):
            return materials_page(view, page)
        case buttons.OpenVenue():
            return venue_message(view)
        case buttons.OpenFact(topic):
            if topic not in view.agenda.fact_by_topic:
                raise TargetGoneError
            return fact_message(view.agenda.fact_by_topic[topic], view)
        case buttons.OpenMatchmaking():
            return matchmaking_message(matchmaking(view.agenda), view)
        case buttons.OpenLanguages():
            return language_choice(view)
        case buttons.ChooseLanguage():
            return language_chosen(view)
        case buttons.OpenMine(page):
            return my_agenda(view, page)
        case buttons.OpenReminders() | buttons.SetLead() | buttons.SetChanges() | buttons.SetQuietHours():
            return reminder_settings(view)
        case buttons.OpenHelp():
            return help_message(view)
        case buttons.OpenStart():
            return start_message(view)
        case privacy_buttons.OpenPrivacy():
            return privacy_message(view, purge_day(view.agenda.event))
        case privacy_buttons.AskForget():
            return forget_question(view)
        case _:
            return _of_target(payload, view)


def _of_target(payload: Payload, view: View) -> OutgoingMessage:
    target = view.agenda.by_handle.get(getattr(payload, "handle", ""))
    match payload, target:
        case (
            buttons.OpenSession()
            | buttons.Follow()
            | buttons.Unfollow()
            | buttons.Mute()
            | buttons.Unmute()
            | buttons.WaitForMaterials()
            | buttons.StopWaiting()
            | buttons.SetSessionLead()
            | buttons.SessionLeadAsAll(),
            Session(),
        ):
            return session_screen(target, view)
        case (
            buttons.OpenSpeaker()
            | buttons.Follow()
            | buttons.Unfollow()
            | buttons.WaitForMaterials()
            | buttons.StopWaiting(),
            Speaker(),
        ):
            return speaker_screen(target, view)
        case buttons.OpenSessionLead(), Session():
            return session_lead_choice(target, view)
        case buttons.OpenMaterial(), Material():
            return material_card(target, view)
        case OpenParts(_, page), Session():
            return parts_page(target, view, page)
        case OpenOnDay(_, day, page), Room() | Track():
            return on_day_page(target, day, view, page)
        case buttons.OpenRoom(_, page), Room():
            return room_page(target, view, page)
        case buttons.OpenTrack(_, page), Track():
            return track_page(target, view, page)
        case buttons.OpenMaterialsOf(), Speaker():
            return materials_of(target, view.agenda.materials_of_speaker(target.id), view)
        case buttons.OpenMaterialsOf(), Session():
            return materials_of(target, view.agenda.materials_of_session(target.id), view)
        case buttons.AnswerAbout(intent), target if target is not None:
            return answer_message(answer(_question(intent, target), view.agenda, view.now), view)
        case _:
            raise TargetGoneError


def _question(intent: Intent, target: Session | Speaker | Room | Track | Material) -> Question:
    kinds = {
        Session: EntityKind.SESSION,
        Speaker: EntityKind.SPEAKER,
        Room: EntityKind.ROOM,
        Track: EntityKind.TRACK,
        Material: EntityKind.MATERIAL,
    }
    return Question("", intent, (Entity(kinds[type(target)], target.id, ""),))
