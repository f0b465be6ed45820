"""Every screen that a person can reach, of the built-in event and of one as large as a FOSDEM."""

from __future__ import annotations

from collections import Counter
from datetime import datetime, timedelta

import pytest

from bot.i18n import LOCALES, localizer
from bot.messages.answers import answer_message
from bot.messages.buttons import (
    AnswerAbout,
    OpenDay,
    OpenMaterial,
    OpenMaterials,
    OpenMaterialsOf,
    OpenRoom,
    OpenRooms,
    OpenSession,
    OpenSpeaker,
    OpenSpeakers,
    OpenStart,
    OpenTrack,
    OpenTracks,
    Payload,
    parse,
)
from bot.messages.menus import start_message
from bot.messages.outgoing import OutgoingMessage
from bot.messages.privacy_buttons import OpenPrivacy
from bot.messages.reminders import reminder_message
from bot.messages.speaker_buttons import AskToSpeak, SendRequest
from bot.messages.view import View
from bot.models import Follows, NoticeWishes, SessionWish
from bot.services.agenda import built_in_event
from bot.services.handles import assign_handles, with_handles
from content.agenda import Agenda, SessionSpeaker
from content.answers import ChoiceAnswer
from content.localized_text import LocalizedText
from content.questions.question import Entity, EntityKind, Intent, Question
from tests.bot.messages.crawler import every_screen, flaws, kinds_of
from tests.builders import a_fact, a_material, a_moment, a_room, a_session, a_speaker, a_track, an_agenda

INITIALS = "ÅBЖßÉ1\u202e"  # a right-to-left override is the last
MOMENTS = ("2023-10-01 12:00", "2023-11-21 17:30", "2023-11-22 10:05", "2023-11-22 23:30", "2023-11-30 09:00")


def with_own_handles(agenda: Agenda) -> Agenda:
    return with_handles(agenda, assign_handles({}, agenda, {}))


@pytest.fixture(scope="module")
def built_in() -> Agenda:
    return with_own_handles(built_in_event())


def a_choice(agenda: Agenda, view: View) -> OutgoingMessage:
    options = tuple(Entity(EntityKind.SPEAKER, speaker.id, speaker.name) for speaker in agenda.speakers[:5])
    return answer_message(ChoiceAnswer(Question("", Intent.MATERIALS, options, ambiguous=True), options), view)


@pytest.mark.parametrize("moment", MOMENTS)
@pytest.mark.parametrize("language", LOCALES)
def test_every_screen_of_the_built_in_event_can_be_sent(built_in: Agenda, language: str, moment: str) -> None:
    view = View(localizer(language), built_in, a_moment(moment))

    screens = every_screen(view, start_message(view), a_choice(built_in, view))

    assert {data: found for data, message in screens.items() if (found := flaws(message))} == {}


def somebody_who_follows(agenda: Agenda) -> Follows:
    """Follow every other session and speaker, some of them muted, with wishes other than the default."""
    sessions = [session.handle for session in agenda.sessions]
    return Follows(
        sessions=frozenset(sessions[::2]),
        speakers=frozenset(speaker.handle for speaker in agenda.speakers[::2]),
        wishes=NoticeWishes(lead_minutes=0, changes=False, quiet_hours=False),
        session_wishes={sessions[0]: SessionWish(lead_minutes=60), sessions[-2]: SessionWish(muted=True)},
    )


@pytest.mark.parametrize("moment", MOMENTS)
@pytest.mark.parametrize("language", LOCALES)
def test_every_screen_of_somebody_who_follows_can_be_sent(built_in: Agenda, language: str, moment: str) -> None:
    view = View(localizer(language), built_in, a_moment(moment), somebody_who_follows(built_in))
    coming = [session for session in built_in.sessions if session.starts_at > view.now]

    screens = every_screen(view, start_message(view), *(reminder_message(session, view) for session in coming))

    assert {data: found for data, message in screens.items() if (found := flaws(message))} == {}


def test_every_kind_of_button_is_reached_from_the_menu(built_in: Agenda) -> None:
    view = View(localizer("uk"), built_in, a_moment("10:05"))
    follower = View(
        localizer("uk"),
        built_in,
        a_moment("2023-11-21 10:05"),
        somebody_who_follows(built_in),
        waits=frozenset({built_in.sessions[0].handle}),
    )

    screens = every_screen(view, start_message(view), a_choice(built_in, view))
    screens |= every_screen(follower, start_message(follower))

    # The organisers' buttons stand on their desk alone, the speakers' on theirs.
    modules = {OpenStart.__module__, OpenPrivacy.__module__}
    attendees = {kind for kind in Payload.registry.values() if kind.__module__ in modules}
    assert kinds_of(screens) == attendees | {AskToSpeak, SendRequest}
    handles = {getattr(parse(data), "handle", "") for data in screens if not isinstance(parse(data), AnswerAbout)}
    assert handles - {""} == set(built_in.by_handle)


def a_large_event(sessions_in_all: int = 1_100, people: int = 1_200) -> Agenda:
    """An agenda as large as a FOSDEM, its texts as long and as hostile as they come."""
    zone_start: datetime = a_moment("2023-11-22 09:00")
    speakers = [
        a_speaker(f"person-{n}", f"{INITIALS[n % 7]}{'x' * (n % 90)} <b>&{n}</b> de la Peña", "Org " * 40)
        for n in range(people)
    ]
    sessions = [
        a_session(
            f"session-{n}",
            LocalizedText.of(en=f"<i>{n}</i> & {'🦊' * (n % 120)} {'word ' * (n % 60)}", uk=f"Сесія {n}"),
            starts_at=zone_start + timedelta(minutes=5 * (n % 120), days=n % 2),
            minutes=25 + n % 600,
            room_id=f"room-{n % 35}",
            track_id=f"track-{n % 60}",
            speakers=[SessionSpeaker(f"person-{(n * 7 + k) % people}") for k in range(n % 30)],
            description=LocalizedText.of(en="</b>&lt;" * 2_000),
            topics=tuple(LocalizedText.of(en=f"topic {k} " * 9) for k in range(n % 30)),
            part_of="session-0" if 0 < n < 30 else None,
        )
        for n in range(sessions_in_all)
    ]
    return an_agenda(
        *sessions,
        speakers=speakers,
        rooms=[a_room(f"room-{n}", f"K.{n} (Building & Sons <{n}>)" * (1 + n % 9)) for n in range(35)],
        tracks=[a_track(f"track-{n}") for n in range(60)],
        materials=[
            a_material(
                f"m-{n}", f"Slides {n} <3 {'& more ' * (n % 60)} ({n})", session_ids=(f"session-{n}",), speaker_ids=()
            )
            for n in range(400)
        ],
        facts=[a_fact("venue", "<b>" * 3_000), a_fact("parking", "&" * 9_000), a_fact("matchmaking", "x" * 9_000)],
    )


@pytest.fixture(scope="module")
def large() -> Agenda:
    return with_own_handles(a_large_event())


def the_fullest(agenda: Agenda) -> list[Payload]:
    """Return the buttons of the longest cards and of the last pages of the longest lists."""
    sessions = sorted(agenda.sessions, key=lambda session: len(session.title.texts["en"]))[-20:]
    sessions += sorted(agenda.sessions, key=lambda session: len(session.speakers))[-20:]
    speakers = sorted(agenda.speakers, key=lambda speaker: len(speaker.name))[-20:]
    speakers += sorted(agenda.speakers, key=lambda speaker: len(agenda.sessions_of(speaker.id)))[-20:]
    materials = sorted(agenda.materials, key=lambda material: len(material.title.texts["en"]))[-20:]
    rooms = Counter(session.room_id for session in agenda.sessions)
    tracks = Counter(session.track_id for session in agenda.sessions)
    room, track = (max(counts, key=lambda each: (counts[each], each or "")) for counts in (rooms, tracks))
    last = 10_000  # a page that is not there is the last one
    return [
        *(kind(each.handle) for each in sessions for kind in (OpenSession, OpenMaterialsOf)),
        *(kind(each.handle) for each in speakers for kind in (OpenSpeaker, OpenMaterialsOf)),
        *(OpenMaterial(each.handle) for each in materials),
        OpenRoom(agenda.room_by_id[room or ""].handle, last),
        OpenTrack(agenda.track_by_id[track or ""].handle, last),
        *(OpenDay(day, last) for day in agenda.event.days),
        *(kind(page=last) for kind in (OpenRooms, OpenTracks, OpenSpeakers, OpenMaterials)),
    ]


def test_the_fullest_screens_of_an_event_as_large_as_a_fosdem_can_be_sent(large: Agenda) -> None:
    view = View(localizer("uk"), large, a_moment("2023-11-22 12:00"))

    screens = every_screen(view, start_message(view), also=the_fullest(large), of_a_kind=30)

    assert len(screens) > 500
    assert {data: found for data, message in screens.items() if (found := flaws(message))} == {}


@pytest.mark.soak
def test_every_screen_of_an_event_as_large_as_a_fosdem_can_be_sent(large: Agenda) -> None:
    view = View(localizer("uk"), large, a_moment("2023-11-22 12:00"))

    screens = every_screen(view, start_message(view))

    assert len(screens) > 3_000
    assert {data: found for data, message in screens.items() if (found := flaws(message))} == {}
