"""What everybody should have been told on an event day, reckoned from the product's words and not from Ghid's code."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from datetime import datetime, timedelta

from tests.builders import BUCHAREST
from tests.scenarios.event_day_actions import (
    Action,
    Block,
    Change,
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
from tests.scenarios.event_day_person import Person
from tests.scenarios.event_day_process import WORKERS, Delivery

MINUTE, HOUR = timedelta(minutes=1), timedelta(hours=1)
Reminder = tuple[int, str, datetime, int]  # whom, of what, at which start, and how many times it was moved by then


class Oracle:
    """The judge of a day: a wrong message fails at once; ``reminders``, ``notices``, ``repeats`` count the right."""

    def __init__(self, script: Script) -> None:
        self.people = {chat: Person(language) for chat, language in script.people.items()}
        self.versions: list[Programme] = [script.first, script.first]  # numbered from 1
        self.published_at = datetime.min.replace(tzinfo=BUCHAREST)
        self.moves: Counter[str] = Counter()
        self.starts = {session: slot.start for session, slot in script.first.items()}
        self.waiting: dict[Reminder, datetime] = {}
        self.reminded: dict[Reminder, Delivery] = {}
        self.reminders = self.notices = self.lost = 0
        self.repeats: Counter[int] = Counter()  # by the life in which the message came first
        self._lost: Counter[object] = Counter()
        self._lives: dict[object, int] = {}
        self._mine: dict[int, set[str]] = {}
        self._differences: dict[tuple[int, int], set[str]] = {}
        for action in script.before:
            self.hears(action, self.published_at)

    def hears(self, action: Action, at: datetime) -> None:
        """Take note of what somebody does."""
        if isinstance(action, Publish):
            self._published(action.programme, at)
            return
        person = self.people[action.chat]
        self._mine.pop(action.chat, None)
        match action:
            case Follow(_, target):
                if (target in self.versions[-1] or target.startswith("speaker")) and target not in person.known:
                    person.known[target] = len(self.versions) - 1
                    person.muted.discard(target)
                    person.follows(target, self.versions[-1].get(target), self.moves[target], at)
            case Unfollow(_, target):
                if target in self.versions[-1] or target.startswith("speaker"):
                    person.known.pop(target, None)
                    person.known_before.pop(target, None)
            case Mute(_, session, on) if session in self.versions[-1]:
                (person.muted.add if on else person.muted.discard)(session)
            case SetLead(_, minutes):
                person.lead = minutes
            case SetSessionLead(_, session, own) if session in self.versions[-1]:
                person.own_leads[session] = own
            case StopChanges():
                person.changes = False
            case WakeMe():
                person.quiet = False
            case Block():
                person.blocked = True
            case Return():
                person.blocked, person.patience = False, at + timedelta(seconds=61)
            case _:
                pass

    def _published(self, programme: Programme, at: datetime) -> None:
        self.versions.append(programme)
        self.published_at = at
        self._mine.clear()
        for session, slot in programme.items():
            if self.starts.setdefault(session, slot.start) != slot.start:
                self.starts[session] = slot.start
                self.moves[session] += 1
        for person in self.people.values():
            news = self._news(person, at)
            person.unrest_since = (person.unrest_since or at) if news else None
            if news and (person.restless_since is None or at > person.restless_since + 5 * MINUTE):
                person.restless_since = at
            person.at_once = bool(news) and _urgent(news, at)

    def sees(self, at: datetime, taken: Sequence[Delivery], refused: Sequence[int]) -> None:
        """Check what was sent in this moment, and that nothing is missing after it."""
        for chat in refused:
            self.people[chat].patience = at + timedelta(seconds=20)
        due = self._due_reminders(at)
        for delivery in taken:
            assert not self.people[delivery.chat].blocked
            if delivery.message.reminder:
                self._reminded(delivery, due)
            else:
                self._told(delivery, at)
        for reminder in due - self.reminded.keys():
            if self.people[reminder[0]].was_told(reminder[1], reminder[3]):
                continue  # when they followed; but a process that has died since forgot that
            self._not_yet(reminder[0], at, f"reminder {reminder}")
            self.waiting.setdefault(reminder, at)
        for reminder in [each for each in self.waiting if each in self.reminded or each not in due]:
            del self.waiting[reminder]
            assert reminder in self.reminded or not self._wanted(*reminder) or reminder[2] > at, f"missed: {reminder}"
        for chat, person in self.people.items():
            self._must_know(chat, person, at)

    def _reminded(self, delivery: Delivery, due: set[Reminder]) -> None:
        assert delivery.message.reminder
        session, start = delivery.message.reminder
        reminder = (delivery.chat, session, start, self.moves[session])
        assert reminder in due, f"at {delivery.at} a wrong reminder: {reminder}"
        text, slot = delivery.message.text, self.versions[-1][session]
        assert f"{slot.title} {self.people[delivery.chat].language}" in text
        assert f"{start.astimezone(BUCHAREST):%H:%M}" in text
        self.reminders += not self._again(reminder, delivery, first=reminder not in self.reminded)
        self.reminded.setdefault(reminder, delivery)

    def _told(self, delivery: Delivery, at: datetime) -> None:
        person, said = self.people[delivery.chat], delivery.message.changes
        news = self._news(person, at)
        if news != said:
            # A version may have come since: what repeats is what was said under the earlier one, brought up to date.
            updated = self._news(person.as_before_the_last_notice(), at)
            assert said in (person.last, updated), f"at {at} {delivery.chat} heard {said} and not {news}"
            self._again((delivery.chat, person.last, person.last_version), delivery, first=False)
            person.told_at[-1] = at  # the hour of the cap begins when Ghid knows of it
            if said != person.last:
                self._knows(person, said, delivery)
            return
        if not _urgent(news | self._unseen(person, said), at):
            assert self._settled(person.restless_since, at), (
                f"at {at} {delivery.chat} heard of changes that may be taken back"
            )
            assert not self._asleep(person, at), f"at {at} {delivery.chat} was woken"
            assert self._within_cap(person, at), f"at {at} {delivery.chat} heard too much"
        self.notices += 1
        person.known_before = dict(person.known)
        self._knows(person, said, delivery)
        person.told_at.append(at)

    def _knows(self, person: Person, said: frozenset[Change], delivery: Delivery) -> None:
        """Take note that somebody knows the current version by this notice."""
        place = (delivery.chat, said, len(self.versions))
        self._lives.pop(place, None)
        self._again(place, delivery, first=True)
        person.known = dict.fromkeys(person.known, len(self.versions) - 1)
        person.last, person.last_version = said, len(self.versions)
        person.unrest_since, person.at_once = None, False
        person.restless_since = None

    def _again(self, what: object, delivery: Delivery, *, first: bool) -> bool:
        """Take note of a message and whether it came before, which has its excuse: a lost answer or a death."""
        if not first:
            if self._lost[what]:
                self._lost[what] -= 1
                self.lost += 1
            else:
                life = self._lives[what]
                assert life < delivery.life, f"said twice by one process: {delivery}"
                self.repeats[life] += 1
                assert self.repeats[life] <= WORKERS, f"said again: {delivery}"
        self._lost[what] += not delivery.answered
        self._lives[what] = delivery.life
        return not first

    def _due_reminders(self, at: datetime) -> set[Reminder]:
        due = set()
        soon = {
            id_: slot for id_, slot in self.versions[-1].items() if at < slot.start <= at + HOUR and not slot.cancelled
        }
        for chat, person in self.people.items():
            if person.blocked or not soon:
                continue
            for session in self._sessions_of(chat, person) & soon.keys():
                start, lead = soon[session].start, person.lead_for(session)
                if lead and start - lead * MINUTE <= at:
                    due.add((chat, session, start, self.moves[session]))
        return due

    def _wanted(self, chat: int, session: str, start: datetime, moves: int) -> bool:
        person, slot = self.people[chat], self.versions[-1].get(session)
        return (
            slot is not None
            and not slot.cancelled
            and (slot.start, self.moves[session]) == (start, moves)
            and session in self._sessions_of(chat, person)
            and person.lead_for(session) > 0
            and not person.blocked
        )

    def _sessions_of(self, chat: int, person: Person) -> set[str]:
        if chat not in self._mine:
            self._mine[chat] = {
                session
                for session, slot in self.versions[-1].items()
                if session in person.known or slot.speakers & person.known.keys()
            }
        return self._mine[chat]

    def _must_know(self, chat: int, person: Person, at: datetime) -> None:
        if person.unrest_since is None or person.blocked:
            return
        news = self._news(person, at)
        if not news:
            if at >= self.published_at + MINUTE:
                person.unrest_since, person.at_once = None, False
            return
        free = self._settled(person.unrest_since, at) and not self._asleep(person, at) and self._within_cap(person, at)
        if free or (person.at_once and _urgent(news, at)) or at >= _first_start(news, at) - HOUR:
            self._not_yet(chat, at, f"news {news}")

    def _not_yet(self, chat: int, at: datetime, what: str) -> None:
        patience = self.people[chat].patience
        assert patience, f"at {at} {chat} still waits for {what}"
        assert at < patience, f"at {at} {chat} still waits for {what}"

    def _news(self, person: Person, at: datetime) -> frozenset[Change]:
        """Return what this person does not know yet of what is ahead, old and new."""
        if not person.changes or set(person.known.values()) <= {len(self.versions) - 1}:
            return frozenset()
        news = set()
        for session in set[str]().union(*map(self._differing, set(person.known.values()))) - person.muted:
            shown = self._ways(person, session)
            old = self._as_seen(person, session, self.versions[max(shown)]) if shown else None
            new = self._as_seen(person, session, self.versions[-1])
            full = self.versions[-1].get(session)
            if old and full and not full.cancelled:
                new = full  # it goes on without the speaker whom they follow
            if old != new and max(slot.end for slot in (old, new) if slot) > at:
                news.add((session, old, new))
        return frozenset(news)

    def _differing(self, version: int) -> set[str]:
        key = version, len(self.versions)
        if key not in self._differences:
            old, new = self.versions[version], self.versions[-1]
            self._differences[key] = {session for session in old.keys() | new if old.get(session) != new.get(session)}
        return self._differences[key]

    def _unseen(self, person: Person, news: frozenset[Change]) -> frozenset[Change]:
        """Return what these sessions were before they concerned this person; moved from soon, they are urgent too."""
        known = [self.versions[version] for version in person.known.values()]
        return frozenset((each, slot, None) for each, _, _ in news for all_ in known if (slot := all_.get(each)))

    def _ways(self, person: Person, session: str) -> list[int]:
        return [
            version
            for followed, version in person.known.items()
            if (slot := self.versions[version].get(session)) and (followed == session or followed in slot.speakers)
        ]

    @staticmethod
    def _as_seen(person: Person, session: str, programme: Programme) -> Slot | None:
        slot = programme.get(session)
        if slot is None or slot.cancelled:
            return None
        return slot if session in person.known or slot.speakers & person.known.keys() else None

    def _settled(self, since: datetime | None, at: datetime) -> bool:
        return at >= self.published_at + MINUTE or (since is not None and at >= since + 5 * MINUTE)

    @staticmethod
    def _asleep(person: Person, at: datetime) -> bool:
        return person.quiet and not 7 <= at.astimezone(BUCHAREST).hour < 22

    @staticmethod
    def _within_cap(person: Person, at: datetime) -> bool:
        return sum(moment > at - HOUR for moment in person.told_at) < 6


def _first_start(news: frozenset[Change], at: datetime) -> datetime:
    slots = (slot for _, old, new in news for slot in (old, new) if slot)
    return min(slot.start for slot in slots if slot.end > at and not slot.cancelled)


def _urgent(news: frozenset[Change], at: datetime) -> bool:
    return _first_start(news, at) <= at + 3 * HOUR
