"""What is to be said to a question that was understood."""

from __future__ import annotations

from datetime import UTC, date, datetime, time

import pytest

from content.agenda import Agenda, SessionKind
from content.answering import answer, in_room_now
from content.answers import (
    ChangesAnswer,
    ChoiceAnswer,
    DayAnswer,
    FactAnswer,
    FollowAnswer,
    MatchmakingAnswer,
    MaterialsAnswer,
    NextAnswer,
    NowAnswer,
    ProgrammeAnswer,
    RoomAnswer,
    SessionAnswer,
    SessionFocus,
    SlotAnswer,
    SpeakerAnswer,
    SpeakerFocus,
    SpeakersAnswer,
    UnknownAnswer,
    WhichDayAnswer,
)
from content.questions.question import DayPart, Entity, EntityKind, Intent, Question, RelativeDay, TimeWords
from tests.builders import a_fact, a_material, a_moment, a_session, a_speaker, an_agenda

NOW = a_moment("10:05")
REGISTRATION = a_session("registration", starts_at="2023-11-21 16:00", kind=SessionKind.SOCIAL)
KEYNOTE = a_session("keynote", starts_at="10:15", speakers=["ana-popescu"], room_id="plenary-hall")
MEETINGS = a_session("meetings", starts_at="16:00", kind=SessionKind.MATCHMAKING)
WORKSHOP = a_session("workshop", starts_at="2023-11-23 09:15")
SLIDES = a_material("slides", speaker_ids=("ana-popescu",), session_ids=("keynote",))


@pytest.fixture
def agenda() -> Agenda:
    return an_agenda(
        REGISTRATION,
        KEYNOTE,
        MEETINGS,
        WORKSHOP,
        speakers=[a_speaker("ana-popescu"), a_speaker("ana-ionescu")],
        materials=[SLIDES],
        facts=[a_fact("matchmaking"), a_fact("wifi")],
    )


def about(intent: Intent, kind: EntityKind | None = None, identity: str = "", **parts: object) -> Question:
    entities = (Entity(kind, identity, identity),) if kind else ()
    return Question("", intent, entities, **parts)  # type: ignore[arg-type]  # a test's shorthand


@pytest.mark.parametrize(
    ("intent", "focus"),
    [
        (Intent.SESSION_TIME, SessionFocus.TIME),
        (Intent.SESSION_PLACE, SessionFocus.PLACE),
        (Intent.SESSION_SPEAKERS, SessionFocus.SPEAKERS),
        (Intent.SESSION_INFO, SessionFocus.INFO),
    ],
)
def test_what_was_asked_of_a_session_stands_first(agenda: Agenda, intent: Intent, focus: SessionFocus) -> None:
    assert answer(about(intent, EntityKind.SESSION, "keynote"), agenda, NOW) == SessionAnswer(KEYNOTE, focus)


def test_when_someone_speaks_is_answered_with_their_sessions(agenda: Agenda) -> None:
    question = about(Intent.SPEAKER_SESSIONS, EntityKind.SPEAKER, "ana-popescu")

    assert answer(question, agenda, NOW) == SpeakerAnswer(agenda.speaker_by_id["ana-popescu"], SpeakerFocus.SESSIONS)


def test_slides_of_a_speaker_are_theirs_alone(agenda: Agenda) -> None:
    speaker = agenda.speaker_by_id["ana-popescu"]

    assert answer(about(Intent.MATERIALS, EntityKind.SPEAKER, speaker.id), agenda, NOW) == MaterialsAnswer(
        (SLIDES,), speaker
    )
    assert answer(about(Intent.MATERIALS), agenda, NOW) == MaterialsAnswer((SLIDES,))


def test_equally_meant_people_are_offered_as_a_choice(agenda: Agenda) -> None:
    both = (Entity(EntityKind.SPEAKER, "ana-popescu", "Ana"), Entity(EntityKind.SPEAKER, "ana-ionescu", "Ana"))
    question = Question("ana", Intent.SPEAKER_INFO, both, ambiguous=True)

    assert answer(question, agenda, NOW) == ChoiceAnswer(question, both)


def test_an_entity_that_left_the_agenda_is_not_found(agenda: Agenda) -> None:
    assert answer(about(Intent.SESSION_TIME, EntityKind.SESSION, "gone"), agenda, NOW) == UnknownAnswer(())


def test_the_whole_programme_is_meant_if_no_day_is_said(agenda: Agenda) -> None:
    assert answer(about(Intent.DAY_AGENDA), agenda, NOW) == ProgrammeAnswer()


@pytest.mark.parametrize(
    ("said", "day"),
    [
        (RelativeDay.YESTERDAY, date(2023, 11, 21)),
        (RelativeDay.TODAY, date(2023, 11, 22)),
        (RelativeDay.TOMORROW, date(2023, 11, 23)),
        (date(2023, 12, 1), date(2023, 12, 1)),
    ],
)
def test_a_day_is_resolved_from_now(agenda: Agenda, said: date | RelativeDay, day: date) -> None:
    assert answer(about(Intent.DAY_AGENDA, time=TimeWords(day=said)), agenda, NOW) == DayAnswer(day)


def test_today_is_the_events_today_wherever_the_clock_stands(agenda: Agenda) -> None:
    past_midnight_in_iasi = datetime(2023, 11, 22, 22, 30, tzinfo=UTC)
    question = about(Intent.DAY_AGENDA, time=TimeWords(day=RelativeDay.TODAY))

    assert answer(question, agenda, past_midnight_in_iasi) == DayAnswer(date(2023, 11, 23))


@pytest.mark.parametrize("kind", [SessionKind.SOCIAL, SessionKind.BREAK, SessionKind.OTHER])
def test_a_bare_day_one_that_may_mean_two_dates_is_asked_back(kind: SessionKind) -> None:
    badges = a_session("badges", starts_at="2023-11-21 16:00", kind=kind)
    agenda = an_agenda(badges, a_session("keynote", starts_at="10:15", kind=SessionKind.KEYNOTE))
    question = about(Intent.DAY_AGENDA, time=TimeWords(day_number=1))

    assert answer(question, agenda, NOW) == WhichDayAnswer(1, (date(2023, 11, 21), date(2023, 11, 22)))


def test_a_bare_day_one_that_can_mean_one_date_only_is_answered() -> None:
    agenda = an_agenda(KEYNOTE, a_session("early", starts_at="2023-11-21 09:00"))
    question = about(Intent.DAY_AGENDA, time=TimeWords(day_number=1))

    assert answer(question, agenda, NOW) == DayAnswer(date(2023, 11, 21))


def test_a_clock_time_means_today_while_the_event_is_on(agenda: Agenda) -> None:
    question = about(Intent.TIME_SLOT, time=TimeWords(starts=time(10, 30)))

    assert answer(question, agenda, NOW) == SlotAnswer((KEYNOTE,), date(2023, 11, 22), None, time(10, 30))


def test_a_clock_time_means_every_day_before_the_event(agenda: Agenda) -> None:
    question = about(Intent.TIME_SLOT, time=TimeWords(starts=time(9, 30)))

    assert answer(question, agenda, a_moment("2023-10-01 12:00")) == SlotAnswer((WORKSHOP,), None, None, time(9, 30))


def test_a_part_of_a_day(agenda: Agenda) -> None:
    question = about(Intent.TIME_SLOT, time=TimeWords(day=RelativeDay.TODAY, part=DayPart.AFTERNOON))

    assert answer(question, agenda, NOW) == SlotAnswer((MEETINGS,), date(2023, 11, 22), DayPart.AFTERNOON)


def test_now_in_a_room(agenda: Agenda) -> None:
    question = about(Intent.NOW, EntityKind.ROOM, "plenary-hall")

    assert answer(question, agenda, NOW) == NowAnswer((), (KEYNOTE,), agenda.room_by_id["plenary-hall"])
    assert answer(about(Intent.DAY_AGENDA, EntityKind.ROOM, "plenary-hall"), agenda, NOW) == RoomAnswer(
        agenda.room_by_id["plenary-hall"]
    )


def test_a_room_on_a_day_or_at_an_hour_is_no_other_day_or_hour(agenda: Agenda) -> None:
    hall = agenda.room_by_id["plenary-hall"]
    today = about(Intent.DAY_AGENDA, EntityKind.ROOM, hall.id, time=TimeWords(day=RelativeDay.TODAY))
    morning = TimeWords(day=RelativeDay.TODAY, part=DayPart.MORNING)
    evening = TimeWords(day=RelativeDay.TODAY, part=DayPart.EVENING)

    assert answer(today, agenda, NOW) == RoomAnswer(hall, NOW.date())
    in_the_morning = answer(about(Intent.TIME_SLOT, EntityKind.ROOM, hall.id, time=morning), agenda, NOW)
    assert in_the_morning == SlotAnswer((KEYNOTE,), NOW.date(), DayPart.MORNING, place=hall)
    in_the_evening = answer(about(Intent.TIME_SLOT, EntityKind.ROOM, hall.id, time=evening), agenda, NOW)
    assert in_the_evening == SlotAnswer((), NOW.date(), DayPart.EVENING, place=hall)


def test_the_matchmaking_brings_its_session_and_facts(agenda: Agenda) -> None:
    assert answer(about(Intent.MATCHMAKING), agenda, NOW) == MatchmakingAnswer((MEETINGS,), (a_fact("matchmaking"),))


def test_a_topic_without_a_fact_is_said_to_have_none(agenda: Agenda) -> None:
    assert answer(about(Intent.PRACTICAL, topic="wifi"), agenda, NOW) == FactAnswer("wifi", a_fact("wifi"))
    assert answer(about(Intent.PRACTICAL, topic="parking"), agenda, NOW) == FactAnswer("parking", None)


def test_following_is_understood_though_it_cannot_be_done_yet(agenda: Agenda) -> None:
    assert answer(about(Intent.FOLLOW, EntityKind.SESSION, "keynote"), agenda, NOW) == FollowAnswer(KEYNOTE)
    no_more = about(Intent.FOLLOW, EntityKind.SESSION, "keynote", topic="unfollow")
    assert answer(no_more, agenda, NOW) == FollowAnswer(KEYNOTE, unfollow=True)


def test_what_changed_and_who_speaks_are_lists(agenda: Agenda) -> None:
    assert answer(about(Intent.DAY_AGENDA, topic="changes"), agenda, NOW) == ChangesAnswer()
    assert answer(about(Intent.SESSION_SPEAKERS), agenda, NOW) == SpeakersAnswer()


def test_next_in_a_room_is_not_what_comes_next_elsewhere() -> None:
    elsewhere = a_session("elsewhere", starts_at="10:10", room_id="foyer")
    agenda = an_agenda(KEYNOTE, elsewhere)
    room = agenda.room_by_id["plenary-hall"]

    assert answer(about(Intent.NEXT, EntityKind.ROOM, room.id), agenda, NOW) == NextAnswer((KEYNOTE,), room)
    assert answer(about(Intent.NEXT), agenda, NOW) == NextAnswer((elsewhere,))


def test_a_session_goes_on_in_its_room_while_a_block_of_it_is_elsewhere() -> None:
    fair = a_session("fair", starts_at="09:00", ends_at="12:00", room_id="foyer")
    block = a_session("block", starts_at="10:00", part_of="fair")
    agenda = an_agenda(fair, block)

    assert in_room_now(agenda, "foyer", NOW) == NowAnswer((fair,), (), agenda.room_by_id["foyer"])


def test_a_session_past_midnight_is_listed_once_in_a_span_of_every_day() -> None:
    party = a_session("party", starts_at="2023-11-21 23:00", ends_at="2023-11-23 01:00")
    question = about(Intent.TIME_SLOT, time=TimeWords(starts=time(22), ends=time(2)))

    found = answer(question, an_agenda(party), a_moment("2023-10-01 12:00"))

    assert found == SlotAnswer((party,), None, None, time(22), time(2))
