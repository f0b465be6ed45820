"""From a question, the agenda and the moment to an answer: *what* is to be said, not how."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from datetime import date, datetime, timedelta

from content import timetable
from content.agenda import Agenda, Fact, FactStatus, Material, Room, Session, SessionKind, Speaker, Track
from content.answers import (
    Answer,
    AroundAnswer,
    ChangesAnswer,
    ChoiceAnswer,
    Courtesy,
    DayAnswer,
    FactAnswer,
    FollowAnswer,
    HelpAnswer,
    LanguageAnswer,
    MatchmakingAnswer,
    MaterialsAnswer,
    NextAnswer,
    NowAnswer,
    OrganisersAnswer,
    OwnAppearancesAnswer,
    ProgrammeAnswer,
    RoomAnswer,
    SessionAnswer,
    SessionFocus,
    SlotAnswer,
    SmalltalkAnswer,
    SpeakerAnswer,
    SpeakerFocus,
    SpeakersAnswer,
    TrackAnswer,
    UnknownAnswer,
    WhichAnswer,
    WhichDayAnswer,
)
from content.questions.around import AFTER, BEFORE
from content.questions.follow_up import WHICH
from content.questions.question import EntityKind, Intent, Question, RelativeDay, TimeWords

MATCHMAKING_TOPICS = ("matchmaking", "sectors", "matchmaking-platform")
ORGANISER_TOPICS = ("organisers", "contact")
UNFOLLOW = "unfollow"
CHANGES = "changes"
OWN = "own"

_SESSION_FOCUS = {
    Intent.SESSION_TIME: SessionFocus.TIME,
    Intent.SESSION_PLACE: SessionFocus.PLACE,
    Intent.SESSION_SPEAKERS: SessionFocus.SPEAKERS,
}


def answer(question: Question, agenda: Agenda, now: datetime) -> Answer:
    """Decide what is to be said to a question at the moment ``now`` (aware)."""
    if question.ambiguous and len(question.entities) > 1:
        return ChoiceAnswer(question, question.entities)
    match question.intent:
        case Intent.MATERIALS:
            return _materials(question, agenda)
        case Intent.NOW:
            return _now(question, agenda, now)
        case Intent.NEXT if question.topic in {AFTER, BEFORE} and question.entities:
            return _around(question, agenda, now)
        case Intent.NEXT:
            return _next(question, agenda, now)
        case Intent.DAY_AGENDA if question.topic == CHANGES:
            return ChangesAnswer()
        case Intent.SPEAKER_SESSIONS if question.topic == OWN:
            return OwnAppearancesAnswer()
        case Intent.SESSION_SPEAKERS if not question.entities:
            return SpeakersAnswer()
        case Intent.DAY_AGENDA | Intent.TIME_SLOT:
            return _when(question, agenda, now)
        case Intent.VENUE:
            topic = question.topic or "venue"
            return FactAnswer(topic, agenda.fact_by_topic.get(topic))
        case Intent.PRACTICAL:
            topic = question.topic or "about"
            return FactAnswer(topic, agenda.fact_by_topic.get(topic))
        case Intent.MATCHMAKING:
            return matchmaking(agenda)
        case Intent.ORGANISER_CONTACT:
            return OrganisersAnswer(_facts(agenda, ORGANISER_TOPICS))
        case Intent.FOLLOW:
            return FollowAnswer(_first(question, agenda), unfollow=question.topic == UNFOLLOW)
        case Intent.LANGUAGE:
            return LanguageAnswer(question.language)
        case Intent.HELP:
            return HelpAnswer()
        case Intent.SMALLTALK:
            return SmalltalkAnswer(_courtesy(question))
        case Intent.UNKNOWN if question.topic == WHICH:
            return WhichAnswer()
        case Intent.UNKNOWN:
            return UnknownAnswer(question.suggestions)
        case _:
            return _about(question, agenda)


def is_unanswered(found: Answer) -> bool:
    """Whether this says that the answer is not known: then organisers may know it."""
    match found:
        case UnknownAnswer():
            return True
        case FactAnswer(_, fact):
            return fact is None or fact.status is FactStatus.UNKNOWN
        case _:
            return False


def matchmaking(agenda: Agenda) -> MatchmakingAnswer:
    """Return the matchmaking's sessions and facts."""
    sessions = tuple(session for session in agenda.sessions if session.kind is SessionKind.MATCHMAKING)
    return MatchmakingAnswer(sessions, _facts(agenda, MATCHMAKING_TOPICS))


def _facts(agenda: Agenda, topics: Iterable[str]) -> tuple[Fact, ...]:
    return tuple(agenda.fact_by_topic[topic] for topic in topics if topic in agenda.fact_by_topic)


def _courtesy(question: Question) -> Courtesy:
    return Courtesy(question.topic) if question.topic in set(Courtesy) else Courtesy.GREETING


def _first(question: Question, agenda: Agenda) -> Session | Speaker | None:
    for entity in question.entities:
        if entity.kind is EntityKind.SESSION and entity.id in agenda.session_by_id:
            return agenda.session_by_id[entity.id]
        if entity.kind is EntityKind.SPEAKER and entity.id in agenda.speaker_by_id:
            return agenda.speaker_by_id[entity.id]
    return None


def _about(question: Question, agenda: Agenda) -> Answer:
    """Answer about the first thing named, whatever its kind: the intent only says what stands first."""
    for entity in question.entities:
        match entity.kind:
            case EntityKind.SPEAKER if speaker := agenda.speaker_by_id.get(entity.id):
                asks_when = question.intent in {Intent.SPEAKER_SESSIONS, Intent.SESSION_TIME, Intent.SESSION_PLACE}
                return SpeakerAnswer(speaker, SpeakerFocus.SESSIONS if asks_when else SpeakerFocus.INFO)
            case EntityKind.SESSION if session := agenda.session_by_id.get(entity.id):
                return SessionAnswer(session, _SESSION_FOCUS.get(question.intent, SessionFocus.INFO))
            case EntityKind.ROOM if room := agenda.room_by_id.get(entity.id):
                return RoomAnswer(room)
            case EntityKind.TRACK if track := agenda.track_by_id.get(entity.id):
                return TrackAnswer(track)
            case EntityKind.MATERIAL if material := agenda.material_by_id.get(entity.id):
                return MaterialsAnswer((material,), material)
    return UnknownAnswer(question.suggestions)


def _materials(question: Question, agenda: Agenda) -> Answer:
    if not question.entities:
        return MaterialsAnswer(agenda.materials)
    for entity in question.entities:
        match entity.kind:
            case EntityKind.SPEAKER if speaker := agenda.speaker_by_id.get(entity.id):
                return MaterialsAnswer(agenda.materials_of_speaker(speaker.id), speaker)
            case EntityKind.SESSION if session := agenda.session_by_id.get(entity.id):
                return MaterialsAnswer(agenda.materials_of_session(session.id), session)
            case EntityKind.MATERIAL if material := agenda.material_by_id.get(entity.id):
                return MaterialsAnswer((material,), material)
    return _about(question, agenda)


def _now(question: Question, agenda: Agenda, now: datetime) -> Answer:
    for entity in question.entities:
        if entity.kind is EntityKind.ROOM and (room := agenda.room_by_id.get(entity.id)):
            return in_room_now(agenda, room.id, now)
    return NowAnswer(timetable.on_now(agenda, now), timetable.on_next(agenda, now))


def _next(question: Question, agenda: Agenda, now: datetime) -> Answer:
    for entity in question.entities:
        if entity.kind is EntityKind.ROOM and (room := agenda.room_by_id.get(entity.id)):
            return NextAnswer(timetable.in_room_at(agenda, room.id, now)[1], room)
    return NextAnswer(timetable.on_next(agenda, now))


def _around(question: Question, agenda: Agenda, now: datetime) -> Answer:
    """Answer about the session that the day said or the moment suggests: the first that is not over."""
    speaker = next((each.id for each in question.entities if each.kind is EntityKind.SPEAKER), None)
    named = [agenda.session_by_id[each.id] for each in question.entities if each.id in agenda.session_by_id]
    named += agenda.sessions_of(speaker) if speaker else ()
    day = _date(question.time, timetable.local(agenda.event, now).date()) if question.time else None
    meant = [each for each in named if day in (None, each.starts_at.date())] or named
    if not meant:
        return _about(question, agenda)
    anchor = next((each for each in meant if each.ends_at > now), meant[0])
    follows = question.topic == AFTER
    if speaker and len(anchor.speakers) > 1 and anchor.speakers[-1 if follows else 0].speaker_id != speaker:
        return SessionAnswer(anchor, SessionFocus.SPEAKERS)  # somebody speaks beside them: the list says in which order
    return AroundAnswer(anchor, (timetable.after if follows else timetable.before)(agenda, anchor), follows)


def in_room_now(agenda: Agenda, room_id: str, now: datetime) -> NowAnswer:
    """Return what is on in this room now, and what starts there next."""
    running, following = timetable.in_room_at(agenda, room_id, now)
    return NowAnswer(running, following, agenda.room_by_id[room_id])


def _when(question: Question, agenda: Agenda, now: datetime) -> Answer:
    place, words = _place(question, agenda), question.time or TimeWords()
    if words.day_number is not None and words.day is None:
        return _which_day(words.day_number, agenda) if place is None else _all_in(place, None)
    if words.ahead is not None:
        now += words.ahead
        then = timetable.local(agenda.event, now)
        words = replace(words, day=then.date(), starts=then.time().replace(second=0, microsecond=0))
    day = _date(words, timetable.local(agenda.event, now).date())
    if words.part is None and words.starts is None:
        if place is not None:
            return _all_in(place, day)
        return ProgrammeAnswer() if day is None else DayAnswer(day)
    days = _days_meant(day, agenda, now)
    # One that goes on past midnight may lie in the spans of two days.
    sessions: Iterable[Session] = dict.fromkeys(session for each in days for session in _in_slot(words, agenda, each))
    if place is not None:
        sessions = timetable.in_place(sessions, place)
    day = days[0] if len(days) == 1 else None
    return SlotAnswer(timetable.whole(sessions), day, words.part, words.starts, words.ends, place)


def _place(question: Question, agenda: Agenda) -> Room | Track | None:
    """Return the first room or track that was named."""
    for entity in question.entities:
        if entity.kind is EntityKind.ROOM and (room := agenda.room_by_id.get(entity.id)):
            return room
        if entity.kind is EntityKind.TRACK and (track := agenda.track_by_id.get(entity.id)):
            return track
    return None


def _all_in(place: Room | Track, day: date | None) -> Answer:
    return RoomAnswer(place, day) if isinstance(place, Room) else TrackAnswer(place, day)


def _which_day(number: int, agenda: Agenda) -> Answer:
    """Offer the number-th date of the event, and the number-th with a conference session (a desk or dinner is none)."""
    beside = {SessionKind.SOCIAL, SessionKind.BREAK, SessionKind.OTHER}
    working = sorted({session.starts_at.date() for session in agenda.sessions if session.kind not in beside})
    meant = {days[number - 1] for days in (agenda.event.days, working) if 0 < number <= len(days)}
    if len(meant) == 1:
        return DayAnswer(meant.pop())
    return WhichDayAnswer(number, tuple(sorted(meant)) or agenda.event.days)


def _date(words: TimeWords, today: date) -> date | None:
    match words.day:
        case RelativeDay.YESTERDAY:
            return today - timedelta(days=1)
        case RelativeDay.TODAY:
            return today
        case RelativeDay.TOMORROW:
            return today + timedelta(days=1)
        case day:
            return day


def _days_meant(day: date | None, agenda: Agenda, now: datetime) -> tuple[date, ...]:
    """A time without a day means today while the event is on, any day before and after it."""
    if day is not None:
        return (day,)
    today = timetable.local(agenda.event, now).date()
    return (today,) if today in agenda.event.days else agenda.event.days


def _in_slot(words: TimeWords, agenda: Agenda, day: date) -> tuple[Session, ...]:
    if words.starts is not None:
        return timetable.at_clock(agenda, day, words.starts, words.ends)
    return timetable.in_part(agenda.sessions_on(day), words.part) if words.part else ()


def materials_in_order(materials: Iterable[Material]) -> tuple[Material, ...]:
    """Documents and pages of the event first, then the rest in the order of the content."""
    return tuple(sorted(materials, key=lambda material: bool(material.speaker_ids)))
