"""Speakers are reminded of their own appearances: the day before at 18:00, an hour and a quarter of an hour before.

By their own minutes where the agenda has them. Nothing for what is cancelled, over, or without a known time.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Collection, Iterator
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, time, timedelta

from bot.clock import Clock
from bot.messages.outgoing import OutgoingMessage
from bot.messages.view import View
from bot.models import Attendee, OutboxItem
from bot.services.agenda import AgendaService
from bot.services.renderings import Obsolete, Rendered, Rendering
from bot.services.speaker_claims import SpeakerClaimService
from bot.services.speaker_outbox import SpeakerNotice, tell_speaker
from bot.speakers import SpeakerReminder, SpeakerWishes
from bot.storage.columns import moment_column
from bot.storage.database import Database
from bot.storage.revisions import StartVersions, start_versions
from bot.storage.speaker_notices import read_speaker_wishes, save_speaker_wishes
from content.agenda import Agenda
from content.appearances import Appearance, appearances

DAY_BEFORE_AT = time(18)
LEADS = {SpeakerReminder.HOUR: timedelta(hours=1), SpeakerReminder.QUARTER: timedelta(minutes=15)}


@dataclass(frozen=True, slots=True)
class _Planned:
    """A reminder of one person that begins to be due and ends to be of use; both in UTC. ``key``: its occasion."""

    chat_id: int
    due_at: datetime
    expires_at: datetime
    key: str
    about: SpeakerNotice
    payload: dict[str, str]


class SpeakerReminderService:
    """Plans what is due, and knows who wants which."""

    def __init__(self, database: Database, clock: Clock, agenda: AgendaService, claims: SpeakerClaimService) -> None:
        self._database = database
        self._clock = clock
        self._agenda = agenda
        self._claims = claims
        self._done: set[tuple[int, str]] = set()  # planned for this version, so that ticks write nothing
        self._version = 0

    async def wishes_of(self, chat_id: int) -> SpeakerWishes:
        """Return which reminders this person wants."""
        return await read_speaker_wishes(self._database.reader, chat_id)

    async def set_wish(self, chat_id: int, reminder: SpeakerReminder, *, on: bool) -> SpeakerWishes:
        """Switch one reminder on or off for this person, and return what they want now."""
        async with self._database.transaction() as connection:
            wishes = (await read_speaker_wishes(connection, chat_id)).with_(reminder, on=on)
            await save_speaker_wishes(connection, chat_id, wishes)
        self._done = {(chat, key) for chat, key in self._done if chat != chat_id}
        return wishes

    async def plan(self) -> int:
        """Write a row for every reminder that is due; return how many."""
        current, now = self._agenda.current, self._clock()
        if self._version != current.version:
            self._version, self._done = current.version, set()
        due = [each for each in await self._all(current.agenda, now) if each.due_at <= now]
        fresh = [each for each in due if (each.chat_id, each.key) not in self._done]
        if not fresh:
            return 0
        added = 0
        async with self._database.transaction() as connection:
            for each in fresh:
                added += await tell_speaker(
                    connection,
                    each.chat_id,
                    each.about,
                    key=each.key,
                    payload=each.payload,
                    now=now,
                    expires_at=each.expires_at,
                )
        self._done.update((each.chat_id, each.key) for each in fresh)
        return added

    async def next_due(self) -> datetime | None:
        """Return when somebody is to be reminded next (in UTC); None: nobody is known to be."""
        now = self._clock()
        ahead = (each.due_at for each in await self._all(self._agenda.current.agenda, now) if each.due_at > now)
        return min(ahead, default=None)

    async def _all(self, agenda: Agenda, now: datetime) -> list[_Planned]:
        if not (owners := self._claims.owners):
            return []
        known = await start_versions(self._database.reader)
        since = {claim.handle: claim.claimed_at for claim in await self._claims.all()}
        found: list[_Planned] = []
        for chat_id in set(owners.values()):
            coming = [
                each
                for each in appearances(agenda, self._claims.profiles_of(chat_id))
                if each.stands and each.starts_at > now and each.speaker.handle in since
            ]
            if coming:
                wishes = await self.wishes_of(chat_id)
                planned = _of_person(chat_id, coming, wishes, known, now)
                # Whoever claims their profile sees their desk then, and is not told the same beside it.
                claimed_at = min(since[each.speaker.handle] for each in coming)
                found += [each for each in planned if each.due_at > claimed_at]
        return found


class SpeakerReminderRenderer:
    """Writes a reminder with the agenda and the wishes of the moment, or finds that there is nothing to say.

    ``write_lead``: of one appearance soon; ``write_day``: of all those of tomorrow.
    """

    def __init__(
        self,
        reminders: SpeakerReminderService,
        claims: SpeakerClaimService,
        *,
        view_of: Callable[[Attendee], View],
        write_lead: Callable[[Appearance, View], OutgoingMessage],
        write_day: Callable[[Collection[Appearance], View], OutgoingMessage],
    ) -> None:
        self._reminders = reminders
        self._claims = claims
        self._view_of = view_of
        self._write_lead = write_lead
        self._write_day = write_day

    async def render(self, item: OutboxItem, attendee: Attendee) -> Rendering:
        """Return the reminder; or delete the row with its key: another start has its own."""
        view = replace(self._view_of(attendee), profiles=self._claims.profiles_of(item.chat_id))
        wishes, reminder = await self._reminders.wishes_of(item.chat_id), SpeakerReminder(item.payload["reminder"])
        mine = [each for each in appearances(view.agenda, view.profiles) if each.stands and each.starts_at > view.now]
        if not wishes.wants(reminder):
            return Obsolete(delete=True)
        if reminder is SpeakerReminder.DAY:
            day = date.fromisoformat(item.payload["day"])
            tomorrow = [each for each in mine if _day_of(each) == day]
            return Rendered(self._write_day(tomorrow, view)) if tomorrow else Obsolete(delete=True)
        for each in mine:
            if each.session.handle == item.payload["session"] and _moment(each) == item.payload["starts_at"]:
                return Rendered(self._write_lead(each, view))
        return Obsolete(delete=True)


def _of_person(
    chat_id: int, coming: list[Appearance], wishes: SpeakerWishes, known: StartVersions, now: datetime
) -> Iterator[_Planned]:
    """Return the reminders of one person. Of those of one appearance that are due already, the latest alone."""
    for each in coming:
        start = each.starts_at.astimezone(UTC)
        leads = [(start - lead, reminder) for reminder, lead in LEADS.items() if wishes.wants(reminder)]
        leads.sort()
        for at, (due_at, reminder) in enumerate(leads):
            expires_at = leads[at + 1][0] if at + 1 < len(leads) else start
            if expires_at > now:
                payload = {"reminder": reminder.value, "session": each.session.handle, "starts_at": _moment(each)}
                key = f"{_occasion(each, known)}:{reminder}"
                yield _Planned(chat_id, due_at, expires_at, key, SpeakerNotice.REMINDER, payload)
    if wishes.day_before:
        yield from _days_before(chat_id, coming, known, now)


def _days_before(chat_id: int, coming: list[Appearance], known: StartVersions, now: datetime) -> Iterator[_Planned]:
    by_day: dict[date, list[Appearance]] = {}
    for each in coming:
        by_day.setdefault(_day_of(each), []).append(each)
    for day, listed in by_day.items():
        zone = listed[0].starts_at.tzinfo
        due_at = datetime.combine(day - timedelta(days=1), DAY_BEFORE_AT, zone).astimezone(UTC)
        expires_at = datetime.combine(day, time(), zone).astimezone(UTC)
        if expires_at > now:
            occasions = " ".join(sorted(_occasion(each, known) for each in listed))
            key = f"{day}:{hashlib.sha256(occasions.encode()).hexdigest()[:16]}"
            payload = {"reminder": SpeakerReminder.DAY.value, "day": day.isoformat()}
            yield _Planned(chat_id, due_at, expires_at, key, SpeakerNotice.REMINDER, payload)


def _occasion(each: Appearance, known: StartVersions) -> str:
    """Name a start: moved, it is another one; moved there and back, too."""
    _, version = known.get(each.session.handle, ("", 0))
    return f"{each.session.handle}:{_moment(each)}:{version}"


def _moment(each: Appearance) -> str:
    return moment_column(each.starts_at)


def _day_of(each: Appearance) -> date:
    return each.starts_at.date()
