"""Telling people that slides or documents can be had: those who asked, once; and followers, if they are to be told."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime, timedelta

from bot.clock import Clock
from bot.materials import MaterialNews, MaterialOutcome, MaterialState, opens_at
from bot.messages.outgoing import OutgoingMessage
from bot.messages.view import View
from bot.models import Attendee, Follows, NoticeKind, OutboxItem
from bot.services.agenda import AgendaService
from bot.services.follows import FollowService, ways_to
from bot.services.notice_budget import CAP_PERIOD, held_until
from bot.services.renderings import Held, Obsolete, Rendered, Rendering
from bot.storage import chat_materials, material_waits
from bot.storage.database import Connection, Database
from bot.storage.outbox import notices_sent_since
from content.agenda import Agenda, Material, Session, Speaker

LASTS = timedelta(days=7)
"""Slides are wanted for longer than any other news; after a week nobody remembers having asked."""

Target = Session | Speaker


class MaterialNoticeService:
    """Knows who waits, and writes their rows as soon as there is something to be had.

    What everybody waits for is kept in memory too: cards show it at each look.
    """

    def __init__(self, database: Database, clock: Clock, agenda: AgendaService) -> None:
        self._database = database
        self._clock = clock
        self._agenda = agenda
        self._waits: dict[int, frozenset[str]] = {}

    async def load(self) -> None:
        """Read who waits for what."""
        read = await material_waits.read_waits(self._database.reader)
        self._waits = {chat_id: frozenset(handles) for chat_id, handles in read.items()}

    def waits_of(self, chat_id: int) -> frozenset[str]:
        """Return the handles of the sessions and speakers whose materials this person waits for."""
        return self._waits.get(chat_id, frozenset())

    async def forget_person(self, chat_id: int | None) -> None:
        """Forget what this person waits for, as far as memory goes; None: read anew who is left."""
        if chat_id is None:
            await self.load()
        else:
            self._waits.pop(chat_id, None)

    async def wait(self, chat_id: int, target: Target) -> None:
        """Tell this person when something new of this can be had; done twice it is done once."""
        now = self._clock()
        known = {material.handle for material in materials_there(target, self._agenda.current.agenda, now)}
        async with self._database.transaction() as connection:
            await material_waits.add_wait(connection, chat_id, target.handle, now, known)
        self._waits[chat_id] = self.waits_of(chat_id) | {target.handle}

    async def stop_waiting(self, chat_id: int, handle: str) -> None:
        """Take the wish back; done twice it is done once."""
        async with self._database.transaction() as connection:
            await material_waits.delete_wait(connection, chat_id, handle)
        self._forget(chat_id, handle)

    async def count_waiting(self, target: Target) -> int:
        """Return how many people wait for this."""
        return await material_waits.count_waiting(self._database.reader, [target.handle])

    async def plan(self) -> int:
        """Write a row for everybody who waits for something that can be had now, or is to be told; return how many."""
        now, agenda, reader = self._clock(), self._agenda.current.agenda, self._database.reader
        untold = [
            each for each in await chat_materials.read_untold(reader) if _has_come(opens_at(each.draft, agenda), now)
        ]
        waited = [
            (handle, known)
            for handle, known in await material_waits.waited_for(reader)
            if _news_of(handle, known, agenda, now)
        ]
        if not untold and not waited:
            return 0
        added = 0
        async with self._database.transaction() as connection:
            # Followers first: those who wait too are told once, as people who asked.
            for each in untold:
                material = agenda.by_handle.get(each.handle)
                if isinstance(material, Material):
                    sessions = [agenda.session_by_id[id_] for id_ in material.session_ids]
                    speakers = [agenda.speaker_by_id[id_].handle for id_ in material.speaker_ids]
                    ways = [way for session in sessions for way in ways_to(session, agenda)]
                    added += await material_waits.tell_followers(
                        connection,
                        each.handle,
                        [*ways, *speakers],
                        waited=[*(session.handle for session in sessions), *speakers],
                        now=now,
                        expires_at=now + LASTS,
                    )
                    await chat_materials.mark_followers_told(connection, each.id)
            for handle, known in waited:
                added += await material_waits.tell_waiting(connection, handle, known, now, now + LASTS)
        return added

    async def next_due(self) -> datetime | None:
        """Return when the next embargo ends (in UTC); None: none is in force."""
        now = self._clock()
        moments = [
            material.added.opens_at.astimezone(UTC)
            for material in self._agenda.current.agenda.materials
            if material.added and material.added.opens_at and material.added.opens_at > now
        ]
        return min(moments, default=None)

    def fulfilled(self, chat_id: int, handle: str) -> None:
        """Drop what memory holds of a wish that came true."""
        self._forget(chat_id, handle)

    def _forget(self, chat_id: int, handle: str) -> None:
        if left := self.waits_of(chat_id) - {handle}:
            self._waits[chat_id] = left
        else:
            self._waits.pop(chat_id, None)


class MaterialRenderer:
    """Writes the notice from what can be had at the moment of sending.

    ``view_of``: what messages to this person are written from; ``write``: the words.
    """

    def __init__(
        self,
        database: Database,
        notices: MaterialNoticeService,
        follows: FollowService,
        *,
        view_of: Callable[[Attendee], View],
        write: Callable[[MaterialNews, View], OutgoingMessage],
        write_outcome: Callable[[MaterialOutcome, View], OutgoingMessage],
    ) -> None:
        self._database = database
        self._notices = notices
        self._follows = follows
        self._view_of = view_of
        self._write = write
        self._write_outcome = write_outcome

    async def render(self, item: OutboxItem, attendee: Attendee) -> Rendering:
        """Return the notice; when to try again; or that there is nothing to tell, which may be planned again."""
        follows = await self._follows.follows_of(item.chat_id)
        view = replace(self._view_of(attendee), follows=follows)
        outcome = _outcome(item)
        news = None if outcome else await self._news(item, view)
        if news is None and outcome is None:
            return Obsolete(delete=True)
        until = held_until(
            kind=NoticeKind.MATERIAL,
            urgent=False,
            wishes=follows.wishes,
            now=view.now,
            zone=view.agenda.event.time_zone,
            sent_lately=await notices_sent_since(self._database.reader, item.chat_id, view.now - CAP_PERIOD),
        )
        if until is not None:
            return Held(until)
        if outcome is not None:
            return Rendered(self._write_outcome(outcome, view))
        return self._rendered(item.chat_id, news, view) if news else Obsolete(delete=True)

    def _rendered(self, chat_id: int, news: MaterialNews, view: View) -> Rendered:
        if not news.asked_for:
            return Rendered(self._write(news, view))

        async def over(connection: Connection) -> None:
            await material_waits.delete_wait(connection, chat_id, news.about)
            self._notices.fulfilled(chat_id, news.about)

        return Rendered(self._write(news, view), over)

    async def _news(self, item: OutboxItem, view: View) -> MaterialNews | None:
        if "material" in item.payload:
            return _followed_news(str(item.payload["material"]), view.follows, view)
        about = str(item.payload["about"])
        wait = await material_waits.find_wait(self._database.reader, item.chat_id, about)
        if wait is None:
            return None
        materials = _news_of(about, wait.known, view.agenda, view.now)
        return MaterialNews(about, tuple(each.handle for each in materials)) if materials else None


def _outcome(item: OutboxItem) -> MaterialOutcome | None:
    """Return what a speaker is to hear of what they sent; None: the row is about something else."""
    payload = item.payload
    if "outcome" not in payload:
        return None
    published = payload["outcome"] == MaterialState.PUBLISHED.value
    return MaterialOutcome(str(payload["title"]), published, str(payload["why"]))


def materials_there(target: Target, agenda: Agenda, now: datetime) -> tuple[Material, ...]:
    """Return what of this session or speaker can be had now."""
    materials = (
        agenda.materials_of_session(target.id)
        if isinstance(target, Session)
        else agenda.materials_of_speaker(target.id)
    )
    return tuple(material for material in materials if material.is_there(now))


def _news_of(handle: str, known: frozenset[str], agenda: Agenda, now: datetime) -> tuple[Material, ...]:
    target = agenda.by_handle.get(handle)
    if not isinstance(target, Session | Speaker):
        return ()
    return tuple(each for each in materials_there(target, agenda, now) if each.handle not in known)


def _followed_news(handle: str, follows: Follows, view: View) -> MaterialNews | None:
    """Return the news of this material for somebody who follows what it belongs to and did not mute it."""
    agenda, material = view.agenda, view.agenda.by_handle.get(handle)
    if not isinstance(material, Material) or not material.is_there(view.now):
        return None
    followed = [session for session in follows.sessions_in(agenda) if session.id in material.session_ids]
    heard = [session.handle for session in followed if not follows.muted(session.handle)]
    if not followed:
        speakers = (agenda.speaker_by_id[each].handle for each in material.speaker_ids)
        heard = [speaker for speaker in speakers if speaker in follows.speakers]
    return MaterialNews(heard[0], (handle,), asked_for=False) if heard else None


def _has_come(moment: datetime | None, now: datetime) -> bool:
    return moment is None or moment <= now
