"""A database full of people who follow a large event: for benchmarks."""

from __future__ import annotations

import random
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

from bot.clock import Clock
from bot.services.agenda import AgendaService
from bot.services.agenda_imports import PreparedImport, prepare_import, read_stored_agenda, store_import
from bot.storage.database import open_database
from content.agenda import Agenda
from tests.benchmarks.bench_changes import large_agenda

FIRST_CHAT = 10_000  # as the stub numbers its chats
LANGUAGES = ("en", "ro", "uk")
AT_ONCE = 5_000


async def fill(
    path: Path, clock: Clock, *, people: int, follows: int, keynote: float, sessions: int, start: datetime
) -> None:
    """Store a large agenda that begins at ``start``, and let everybody follow so many of its sessions and speakers.

    ``keynote``: the share of people who follow its first session.
    """
    async with open_database(path) as database:
        prepared = prepare_import(
            await read_stored_agenda(database), large_agenda(sessions, start), clock, author="bench", note=""
        )
        assert isinstance(prepared, PreparedImport)
        await store_import(database, prepared)
        service = AgendaService(database, clock)
        await service.load()
        current = service.current
        today, moment = clock().date().isoformat(), clock().astimezone(UTC).isoformat(timespec="milliseconds")
        for first in range(0, people, AT_ONCE):
            chats = range(FIRST_CHAT + first, FIRST_CHAT + min(people, first + AT_ONCE))
            async with database.transaction() as connection:
                await connection.executemany(
                    "INSERT INTO attendees (chat_id, language, language_chosen, first_seen_on, last_seen_on)"
                    " VALUES (?, ?, 1, ?, ?)",
                    [(chat, LANGUAGES[chat % 3], today, today) for chat in chats],
                )
                await connection.executemany(
                    "INSERT INTO follows (chat_id, handle, kind, told_version, followed_at) VALUES (?, ?, ?, ?, ?)",
                    [
                        (chat, handle, kind, current.version, moment)
                        for chat in chats
                        for handle, kind in _followed(current.agenda, chat, follows, keynote)
                    ],
                )


def _followed(agenda: Agenda, chat: int, follows: int, keynote: float) -> Iterator[tuple[str, str]]:
    dice = random.Random(chat)
    first, *others = agenda.sessions
    if dice.random() < keynote:
        yield first.handle, "session"
    speakers = follows // 4
    for session in dice.sample(others, follows - speakers - 1):
        yield session.handle, "session"
    for speaker in dice.sample(agenda.speakers[10:], speakers):
        yield speaker.handle, "speaker"
