"""Who talks to the bot, and in which language."""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Callable, Collection
from dataclasses import replace

from bot.clock import Clock
from bot.models import Attendee
from bot.storage.attendees import find_attendee, find_attendees, save_attendee
from bot.storage.database import Connection, Database

_REMEMBERED = 20_000
_SAME_LANGUAGE = {"mo": "ro"}  # Telegram may still say Moldavian


class AttendeeService:
    """Knows everyone who wrote, and remembers the latest so that a message costs no write.

    ``languages``: those that Ghid speaks. ``default_language`` is asked when Telegram names none of them; if the
    event's own is none of them either, it is the first.
    """

    def __init__(
        self, database: Database, clock: Clock, languages: Collection[str], default_language: Callable[[], str]
    ) -> None:
        self._database = database
        self._clock = clock
        self._languages = tuple(languages)
        self._default_language = default_language
        self._remembered: OrderedDict[int, Attendee] = OrderedDict()

    async def welcome(self, chat_id: int, telegram_language: str | None) -> Attendee:
        """Return who is speaking; new people are written down, and someone who had blocked the bot did come back.

        ``telegram_language`` is the ``language_code`` that Telegram sends, such as ``uk-UA``.
        """
        known = self._remembered.get(chat_id)
        language = self._ours(telegram_language)
        settled = known is not None and (known.language_chosen or language is None)
        if known and settled and known.last_seen_on == self._clock().date() and known.blocked_at is None:
            self._remembered.move_to_end(chat_id)
            return known

        def back(attendee: Attendee) -> Attendee:
            if language and not attendee.language_chosen:
                attendee = replace(attendee, language=language, language_chosen=True)
            return replace(attendee, blocked_at=None)

        return await self._save(chat_id, back)

    def language_of(self, chat_id: int, telegram_language: str | None) -> str:
        """Return the language to speak with somebody as far as memory knows, for when the database is the trouble."""
        known = self._remembered.get(chat_id)
        return known.language if known else self._ours(telegram_language) or self._fallback()

    async def find(self, chat_id: int) -> Attendee | None:
        """Return this person as they are written down; None: they never wrote."""
        return self._remembered.get(chat_id) or await find_attendee(self._database.reader, chat_id)

    async def recall(self, connection: Connection, chat_ids: Collection[int]) -> None:
        """Read all of these that are not remembered at once, so that `find` soon finds them without the database.

        ``connection``: that of a transaction. Outside of one, somebody could be changed or forgotten between the
        reading and the remembering.
        """
        if unknown := [chat_id for chat_id in chat_ids if chat_id not in self._remembered]:
            for attendee in await find_attendees(connection, unknown):
                self._remember(attendee)

    async def choose_language(self, chat_id: int, language: str) -> Attendee:
        """Speak this language with this person from now on.

        Raises:
            ValueError: it is none of ours.
        """
        if language not in self._languages:
            raise ValueError(f"{language} is none of {', '.join(self._languages)}")
        return await self._save(
            chat_id, lambda attendee: replace(attendee, language=language, language_chosen=True, blocked_at=None)
        )

    async def mark_blocked(self, chat_id: int) -> None:
        """Remember since when this person has blocked the bot. Nobody else is written down for that."""
        now = self._clock()
        async with self._database.transaction() as connection:
            known = await find_attendee(connection, chat_id)
            if known is None:
                return
            blocked = replace(known, blocked_at=known.blocked_at or now)
            await save_attendee(connection, blocked)
        self._remember(blocked)

    async def mark_unblocked(self, chat_id: int) -> None:
        """Remember that this person let the bot in again."""
        async with self._database.transaction() as connection:
            known = await find_attendee(connection, chat_id)
            if known is None:
                return
            unblocked = replace(known, blocked_at=None)
            await save_attendee(connection, unblocked)
        self._remember(unblocked)

    async def forget_person(self, chat_id: int | None) -> None:
        """Forget this person, None: everybody, as far as memory goes; the next message reads or writes them anew."""
        if chat_id is None:
            self._remembered.clear()
        else:
            self._remembered.pop(chat_id, None)

    def remembers(self, chat_id: int) -> bool:
        """Whether this is the id of somebody who wrote lately."""
        return chat_id in self._remembered

    async def _save(self, chat_id: int, change: Callable[[Attendee], Attendee]) -> Attendee:
        today = self._clock().date()
        async with self._database.transaction() as connection:
            known = await find_attendee(connection, chat_id)
            if known is None:
                known = Attendee(chat_id, self._fallback(), language_chosen=False, first_seen_on=today)
            attendee = replace(change(known), last_seen_on=today)
            await save_attendee(connection, attendee)
        self._remember(attendee)
        return attendee

    def _remember(self, attendee: Attendee) -> None:
        self._remembered[attendee.chat_id] = attendee
        self._remembered.move_to_end(attendee.chat_id)
        if len(self._remembered) > _REMEMBERED:
            self._remembered.popitem(last=False)

    def _ours(self, telegram_language: str | None) -> str | None:
        code = (telegram_language or "").replace("_", "-").partition("-")[0].lower()
        language = _SAME_LANGUAGE.get(code, code)
        return language if language in self._languages else None

    def _fallback(self) -> str:
        default = self._default_language()
        return default if default in self._languages else self._languages[0]
