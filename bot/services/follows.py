"""What people follow and how they want to be told: kept in the database, the latest remembered."""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Callable
from dataclasses import replace
from datetime import UTC

from bot.clock import Clock
from bot.models import LEADS, Follows, NoticeWishes, SessionWish
from bot.services.agenda import AgendaService
from bot.storage.database import Database
from bot.storage.follows import (
    add_follow,
    count_followers,
    delete_follow,
    read_follows,
    save_session_wish,
    save_wishes,
)
from content.agenda import Agenda, Session, Speaker

_REMEMBERED = 20_000
Listener = Callable[[int, Follows, Follows], None]
"""Is told the chat, what was followed and what is followed now."""


class FollowService:
    """The only writer of follows and wishes, one transaction each; done twice is done once."""

    def __init__(self, database: Database, clock: Clock, agenda: AgendaService) -> None:
        self._database = database
        self._clock = clock
        self._agenda = agenda
        self._remembered: OrderedDict[int, Follows] = OrderedDict()
        self._listeners: list[Listener] = []

    def subscribe(self, listener: Listener) -> None:
        """Call this after each change, before anybody else can write."""
        self._listeners.append(listener)

    async def follow(self, chat_id: int, target: Session | Speaker) -> bool:
        """Follow a session, or a speaker with all sessions; False: already so.

        Whoever follows a session that they had muted wants to hear of it again.

        Raises:
            sqlite3.IntegrityError: nobody welcomed this person, or the target has no handle.
        """
        now, told_version = self._clock(), self._agenda.current.version
        async with self._database.transaction() as connection:
            before = await read_follows(connection, chat_id)
            added = await add_follow(
                connection,
                chat_id=chat_id,
                handle=target.handle,
                kind="session" if isinstance(target, Session) else "speaker",
                told_version=told_version,
                followed_at=now.astimezone(UTC),
            )
            if added and before.muted(target.handle):
                wish = replace(before.session_wishes[target.handle], muted=False)
                await save_session_wish(connection, chat_id, target.handle, wish)
            after = await read_follows(connection, chat_id)
        self._changed(chat_id, before, after)
        return added

    async def unfollow(self, chat_id: int, handle: str) -> bool:
        """Follow this session or speaker no longer, be it in the agenda or not; False: it was not followed.

        A session stays among theirs while they follow one of its speakers.
        """
        async with self._database.transaction() as connection:
            before = await read_follows(connection, chat_id)
            deleted = await delete_follow(connection, chat_id, handle)
            after = await read_follows(connection, chat_id)
        self._changed(chat_id, before, after)
        return deleted

    async def mute(self, chat_id: int, handle: str, muted: bool) -> None:
        """Say nothing about this session, or speak again; it stays in their agenda."""
        await self._change_session_wish(chat_id, handle, lambda wish: replace(wish, muted=muted))

    async def set_lead(self, chat_id: int, minutes: int) -> None:
        """Remind this many minutes before each session that has no lead of its own; 0: not at all.

        Raises:
            ValueError: it is none of `LEADS`.
        """
        lead_minutes = _checked(minutes)
        await self._change_wishes(chat_id, lambda wishes: replace(wishes, lead_minutes=lead_minutes))

    async def set_session_lead(self, chat_id: int, handle: str, minutes: int | None) -> None:
        """Remind this many minutes before this session; 0: not at all; None: as for all.

        Raises:
            ValueError: it is none of `LEADS`.
        """
        if minutes is not None:
            _checked(minutes)
        await self._change_session_wish(chat_id, handle, lambda wish: replace(wish, lead_minutes=minutes))

    async def set_changes(self, chat_id: int, on: bool) -> None:
        """Tell this person of changes to what they follow, or not."""
        await self._change_wishes(chat_id, lambda wishes: replace(wishes, changes=on))

    async def set_quiet_hours(self, chat_id: int, on: bool) -> None:
        """Hold notices back at night, or not."""
        await self._change_wishes(chat_id, lambda wishes: replace(wishes, quiet_hours=on))

    async def follows_of(self, chat_id: int) -> Follows:
        """Return what this person follows and how they want to be told; a stranger follows nothing."""
        known = self._remembered.get(chat_id)
        if known is None:
            read = await read_follows(self._database.reader, chat_id)
            # Somebody may have written while we read: what they remembered is newer.
            known = self._remembered.get(chat_id, read)
            self._remember(chat_id, known)
        else:
            self._remembered.move_to_end(chat_id)
        return known

    async def follower_count(self, session: Session) -> int:
        """Return how many people follow this session or one of its speakers."""
        return await count_followers(self._database.reader, ways_to(session, self._agenda.current.agenda))

    async def forget_person(self, chat_id: int | None) -> None:
        """Forget what this person, None: everybody, follows, as far as memory goes; the rows are not touched."""
        if chat_id is None:
            self._remembered.clear()
        elif before := self._remembered.pop(chat_id, None):
            for listener in self._listeners:
                listener(chat_id, before, Follows())

    async def _change_wishes(self, chat_id: int, change: Callable[[NoticeWishes], NoticeWishes]) -> None:
        async with self._database.transaction() as connection:
            before = await read_follows(connection, chat_id)
            after = replace(before, wishes=change(before.wishes))
            await save_wishes(connection, chat_id, after.wishes)
        self._changed(chat_id, before, after)

    async def _change_session_wish(
        self, chat_id: int, handle: str, change: Callable[[SessionWish], SessionWish]
    ) -> None:
        async with self._database.transaction() as connection:
            before = await read_follows(connection, chat_id)
            wish = change(before.session_wishes.get(handle, SessionWish()))
            await save_session_wish(connection, chat_id, handle, wish)
            after = await read_follows(connection, chat_id)
        self._changed(chat_id, before, after)

    def _changed(self, chat_id: int, before: Follows, after: Follows) -> None:
        self._remember(chat_id, after)
        if before != after:
            for listener in self._listeners:
                listener(chat_id, before, after)

    def _remember(self, chat_id: int, follows: Follows) -> None:
        self._remembered[chat_id] = follows
        self._remembered.move_to_end(chat_id)
        if len(self._remembered) > _REMEMBERED:
            self._remembered.popitem(last=False)


def ways_to(session: Session, agenda: Agenda) -> tuple[str, ...]:
    """Return the handles that lead to this session when followed: its own and those of its speakers."""
    speakers = (agenda.speaker_by_id[part.speaker_id].handle for part in session.speakers)
    return tuple(dict.fromkeys((session.handle, *speakers)))


def _checked(minutes: int) -> int:
    if minutes not in {0, *LEADS}:
        raise ValueError(f"{minutes} is none of {', '.join(map(str, LEADS))}")
    return minutes
