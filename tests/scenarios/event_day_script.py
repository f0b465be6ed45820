"""What happens on one event day: an agenda in parallel rooms, what people do, and what organisers do to the agenda.

The night of 29 October 2023 in Bucharest is an hour longer: at 04:00 the clocks go back to 03:00. Moments are in UTC.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from random import Random

from content.agenda import Agenda, SessionSpeaker
from content.localized_text import LocalizedText
from tests.builders import BUCHAREST, a_room, a_session, a_speaker, an_agenda, an_event
from tests.scenarios.event_day_actions import (
    Action,
    Block,
    Follow,
    Mute,
    Programme,
    Publish,
    Return,
    Script,
    SetLead,
    SetSessionLead,
    Slot,
    StopChanges,
    Unfollow,
    WakeMe,
)

LANGUAGES = ("en", "ro", "uk")
BEGINS = datetime(2023, 10, 28, 19, 0, tzinfo=UTC)  # 22:00 in the evening before
ENDS = datetime(2023, 10, 29, 21, 0, tzinfo=UTC)
ROOMS = ("aula", "forum", "atelier", "library", "gallery", "studio")
SPEAKERS = tuple(f"speaker-{n}" for n in range(30))
GALA = "session-54"
"""In the evening, followed by many, and changed more often in one hour than people may be told."""
LEADS = (5, 10, 15, 30, 60, 0)
NIGHT = ("00:00", "00:30", "01:00", "01:30", "02:00", "03:30")  # 03:00 and 03:30, twice each; 04:00 and 05:30
DAY = ("06:00", "07:00", "08:15", "09:30", "11:00", "12:15", "13:30", "15:00", "19:30")


def agenda_of(programme: Programme) -> Agenda:
    """Return the programme as an organiser's file has it."""
    sessions = [
        a_session(
            session_id,
            LocalizedText.of(**{language: f"{slot.title} {language}" for language in LANGUAGES}),
            slot.start.astimezone(BUCHAREST),
            slot.end.astimezone(BUCHAREST),
            room_id=slot.room,
            speakers=[SessionSpeaker(speaker) for speaker in sorted(slot.speakers)],
            cancelled=slot.cancelled,
        )
        for session_id, slot in programme.items()
    ]
    return an_agenda(
        *sessions,
        event=an_event("night-event", starts_on=date(2023, 10, 28), ends_on=date(2023, 10, 29)),
        rooms=[a_room(room) for room in ROOMS],
        speakers=[a_speaker(speaker) for speaker in SPEAKERS],
    )


def a_script(seed: int, people: int) -> Script:
    """Make up a day."""
    random = Random(seed)
    first = _first_programme(random)
    versions = _versions(random, first)
    chats = {chat: random.choice(LANGUAGES) for chat in range(1, people + 1)}
    published = [publish.programme for _, publish in versions]
    steady = [id_ for id_ in first if all(each.get(id_) == first[id_] for each in published)]
    before: list[Action] = []
    for chat in chats:
        before += [Follow(chat, target) for target in random.sample(sorted(first), random.randint(2, 6))]
        before += [Follow(chat, target) for target in random.sample(SPEAKERS, random.choice((0, 0, 1, 2)))]
        if random.random() < 0.06:
            before.append(Follow(chat, GALA))
        if random.random() < 0.4:
            before.append(SetLead(chat, random.choice(LEADS)))
        if random.random() < 0.2:
            before.append(SetSessionLead(chat, random.choice(sorted(first)), random.choice(LEADS)))
        if random.random() < 0.1:
            before.append(WakeMe(chat))
    day: list[tuple[datetime, Action]] = [*versions, *_wishes(random, chats, first, steady)]
    return Script(first, chats, tuple(before), tuple(sorted(day, key=lambda each: each[0])))


def _first_programme(random: Random) -> dict[str, Slot]:
    def slot(clock: str, room: str) -> Slot:
        start = datetime.fromisoformat(f"2023-10-29T{clock}:00+00:00")
        number = len(programme)
        return Slot(f"Talk {number}", start, random.choice((30, 45, 60)), room, frozenset(random.sample(SPEAKERS, 2)))

    programme: dict[str, Slot] = {}
    for n, clock in enumerate(NIGHT):
        programme[f"session-{len(programme)}"] = slot(clock, ROOMS[n % 2])
    for clock in DAY:
        for room in ROOMS:
            programme[f"session-{len(programme)}"] = slot(clock, room)
    return programme


def _versions(random: Random, first: Programme) -> list[tuple[datetime, Publish]]:
    """Edits through night and day; some taken back at once, some later, some in quick succession."""
    versions: list[tuple[datetime, Publish]] = []
    programmes = [first]
    moments = sorted(BEGINS + timedelta(minutes=random.randint(5, 1500)) for _ in range(20))
    moments += [BEGINS + timedelta(minutes=n) for n in (70, 200, 290, 330, 345)]  # the night
    moments += [datetime(2023, 10, 29, 13, 2, second, tzinfo=UTC) for second in (0, 20, 40)]
    for moment in sorted(moments):
        if versions and moment <= versions[-1][0]:
            continue
        edited = _edited(random, programmes[-1], moment)
        if edited == programmes[-1]:
            continue
        versions.append((moment, Publish(edited)))
        programmes.append(edited)
        if random.random() < 0.35:
            seconds = random.choice((20, 40, 180, 420))
            versions.append((moment + timedelta(seconds=seconds), Publish(programmes[-2], undo_to=len(programmes) - 1)))
            programmes.append(programmes[-2])
    return _with_restless_gala(versions, first)


def _with_restless_gala(versions: list[tuple[datetime, Publish]], first: Programme) -> list[tuple[datetime, Publish]]:
    """Move the gala about every five minutes of one hour, and every half minute of seven minutes, from room to room."""
    eight, half_past_ten = datetime(2023, 10, 29, 6, 1, tzinfo=UTC), datetime(2023, 10, 29, 8, 31, tzinfo=UTC)
    moves = [eight + timedelta(minutes=5 * n) for n in range(11)]
    moves += [half_past_ten + timedelta(seconds=30 * n) for n in range(14)]
    moves += [datetime(2023, 10, 29, 10, 45, tzinfo=UTC)]
    free = [(moment, publish) for moment, publish in versions if not any(abs(moment - m).seconds < 600 for m in moves)]
    events: list[tuple[datetime, Publish | None]] = [*free, *((moment, None) for moment in moves)]
    room, result, programmes = 0, list[tuple[datetime, Publish]](), [first]
    base = first
    for moment, publish in sorted(events, key=lambda each: each[0]):
        undo_to = None
        if publish is None:
            room += 1
        else:
            base = publish.programme
            if publish.undo_to is not None and {**base, GALA: programmes[-2][GALA]} == programmes[-2]:
                undo_to = len(programmes) - 1
        programme = {**base, GALA: replace(first[GALA], room=ROOMS[room % len(ROOMS)])}
        if programme != programmes[-1]:
            programmes.append(programme)
            result.append((moment, Publish(programme, undo_to)))
    return result


def _edited(random: Random, programme: Programme, now: datetime) -> Programme:
    edited = dict(programme)
    ahead = [id_ for id_, slot in edited.items() if slot.start > now + timedelta(minutes=20) and id_ != GALA]
    near = sorted(ahead, key=lambda id_: edited[id_].start)[:12]
    for id_ in random.sample(near, min(len(near), 2)) + random.sample(ahead, min(len(ahead), 2)):
        slot = edited.get(id_)
        if slot is None:
            continue
        if slot.cancelled:
            edited[id_] = replace(slot, cancelled=False)
            continue
        match random.choice(("move", "move", "room", "cancel", "remove", "title", "speakers", "longer", "both")):
            case "move":
                edited[id_] = replace(
                    slot, start=max(now, slot.start + _minutes(random, -6, 6)) + timedelta(minutes=12)
                )
            case "room":
                edited[id_] = replace(slot, room=random.choice(ROOMS))
            case "cancel":
                edited[id_] = replace(slot, cancelled=True)
            case "remove":
                del edited[id_]
            case "title":
                edited[id_] = replace(slot, title=f"{slot.title} anew")
            case "speakers":
                edited[id_] = replace(slot, speakers=frozenset(random.sample(SPEAKERS, 2)))
            case "longer":
                edited[id_] = replace(slot, minutes=slot.minutes + 15)
            case _:
                edited[id_] = replace(slot, room=random.choice(ROOMS), start=slot.start + timedelta(minutes=30))
    if random.random() < 0.3 and now.hour < 16:
        id_ = f"extra-{now:%d%H%M%S}"
        start = now.replace(second=0) + _minutes(random, 6, 40)
        edited[id_] = Slot(id_.capitalize(), start, 30, random.choice(ROOMS), frozenset(random.sample(SPEAKERS, 1)))
    return edited


def _minutes(random: Random, low: int, high: int) -> timedelta:
    return timedelta(minutes=5 * random.randint(low, high))


def _wishes(
    random: Random, chats: Mapping[int, str], first: Programme, steady: list[str]
) -> list[tuple[datetime, Action]]:
    """What people do during the day. What was muted and may change is neither unmuted nor followed again."""
    day: list[tuple[datetime, Action]] = []

    def when(session: str, low: int, high: int) -> datetime:
        moment = first[session].start + timedelta(minutes=random.randint(low, high), seconds=random.choice((0, 30)))
        return max(BEGINS, moment)

    for chat in random.sample(sorted(chats), min(len(chats) * 3 // 5, 90)):
        session, speaker = random.choice(sorted(first)), random.choice(SPEAKERS)
        match random.choice(
            ("follow", "follow", "speaker", "unfollow", "mute", "unmute", "lead", "own", "stop", "block")
        ):
            case "follow":
                day.append((when(session, -90, 5), Follow(chat, session)))
            case "speaker":
                day.append((when(session, -90, 5), Follow(chat, speaker)))
                day.append((when(session, 10, 60), Unfollow(chat, speaker)))
            case "unfollow":
                moment = when(session, -70, -1)
                day.append((moment, Follow(chat, session)))
                day.append((moment + timedelta(minutes=5), Unfollow(chat, session)))
                day.append((moment + timedelta(minutes=8), Follow(chat, session)))
            case "mute":
                day.append((when(session, -90, -5), Mute(chat, session)))
            case "unmute":
                session = random.choice(steady)
                day.append((when(session, -90, -40), Follow(chat, session)))
                day.append((when(session, -35, -20), Mute(chat, session)))
                day.append((when(session, -15, -1), Mute(chat, session, on=False)))
            case "lead":
                day += [(when(session, -70, -1), SetLead(chat, random.choice(LEADS))) for _ in range(2)]
            case "own":
                day.append((when(session, -70, -1), Follow(chat, session)))
                day.append((when(session, -70, -1), SetSessionLead(chat, session, random.choice((None, *LEADS)))))
            case "stop":
                day.append((when(session, -90, 0), StopChanges(chat)))
            case _:
                gone = when(session, -90, -5)
                day.append((gone, Block(chat)))
                day.append((gone + timedelta(minutes=random.randint(1, 240)), Return(chat)))
    return day
