"""What each person was shown last, for ten minutes: "and where?", "slides?" are about it. Kept across restarts."""

from __future__ import annotations

from datetime import timedelta

from bot.clock import Clock
from bot.services.agenda import AgendaService
from bot.storage.database import Database
from bot.storage.mentions import Mention, read_mentions, save_mention
from content.agenda import Session, Speaker
from content.questions.follow_up import Remembered
from content.questions.question import EntityKind, Intent

REMEMBERED_FOR = timedelta(minutes=10)
_WRITTEN_AGAIN_AFTER = timedelta(minutes=1)  # the same thing shown again within that is not worth a write
_MANY = 10_000


class MentionService:
    """Keeps what was shown in memory, too: most questions need no read."""

    def __init__(self, database: Database, clock: Clock, agenda: AgendaService) -> None:
        self._database = database
        self._clock = clock
        self._agenda = agenda
        self._shown: dict[int, Mention] = {}

    async def load(self) -> None:
        """Read what an earlier process showed within the last minutes."""
        self._shown = dict(await read_mentions(self._database.reader, self._clock() - REMEMBERED_FOR))

    def recall(self, chat_id: int) -> Remembered | None:
        """Return what this person was shown within the last ten minutes, if the agenda still has it."""
        found = self._shown.get(chat_id)
        if found is None or self._clock() - found[2] >= REMEMBERED_FOR:
            return None
        match self._agenda.current.agenda.by_handle.get(found[0]):
            case Session(id=session_id):
                return Remembered(EntityKind.SESSION, session_id, found[1])
            case Speaker(id=speaker_id):
                return Remembered(EntityKind.SPEAKER, speaker_id, found[1])
            case _:
                return None

    async def note(self, chat_id: int, handle: str | None, intent: Intent | None = None) -> None:
        """Remember that this person was shown this session or speaker. ``intent``: what they asked of it."""
        if not handle:
            return
        now = self._clock()
        before = self._shown.get(chat_id)
        if before and before[:2] == (handle, intent) and now - before[2] < _WRITTEN_AGAIN_AFTER:
            return
        mention = (handle, intent, now)
        async with self._database.transaction() as connection:
            await save_mention(connection, chat_id, mention, forget_before=now - REMEMBERED_FOR)
        self._shown[chat_id] = mention
        if len(self._shown) > _MANY:
            self._shown = {chat: each for chat, each in self._shown.items() if now - each[2] < REMEMBERED_FOR}

    async def forget_person(self, chat_id: int | None) -> None:
        """Forget what this person, None: everybody, was shown, as far as memory goes."""
        if chat_id is None:
            self._shown.clear()
        else:
            self._shown.pop(chat_id, None)
