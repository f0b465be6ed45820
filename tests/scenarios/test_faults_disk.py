"""The disk is full, the database cannot be written, the process dies at any commit: late answers, and nothing lost."""

from __future__ import annotations

import asyncio
import resource
import signal
import sqlite3
from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager, contextmanager, suppress
from datetime import timedelta
from typing import Any

import pytest

from bot.application import RunningBot
from bot.local_telegram import Person
from bot.storage.database import Connection, Database
from bot.storage.inbox import InboxFigures, figures
from bot.transport import AiohttpRequest, NotSentError
from tests.scenarios.conversation import Conversation
from tests.scenarios.program import free_port, ghid_run, healthy, killed_at_the_end, until

SOON = (timedelta(milliseconds=5),)
NOTHING_LEFT = InboxFigures(waiting=0, oldest_received_at=None, set_aside=0)


async def left(bot: RunningBot) -> InboxFigures:
    await bot.intake.idle()
    return await figures(bot.services.agenda._database.reader)


async def test_while_the_database_cannot_be_written_questions_wait_at_telegram(
    conversation: Conversation, ghid: RunningBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("bot.intake.patience.PAUSES", SOON)
    person, newcomer = conversation.person("uk"), conversation.person("ro")
    await person.asks("/start")
    await ghid.intake.idle()
    writer = ghid.services.agenda._database._writer
    await writer.execute("PRAGMA query_only = ON")  # as on a disk that was remounted read-only

    await person.sends("/now")
    await newcomer.sends("/start")
    await until(lambda: not ghid.intake.writable)
    assert len(person.replies) == 1

    await writer.execute("PRAGMA query_only = OFF")
    await person.waits_for(2, timeout=20)
    await newcomer.waits_for(1, timeout=20)
    assert await left(ghid) == NOTHING_LEFT
    assert ghid.intake.writable


@pytest.mark.slow
async def test_a_real_process_whose_files_may_not_grow_goes_on_when_they_may_again(conversation: Conversation) -> None:
    person, port = conversation.person("en"), free_port()
    async with killed_at_the_end(await ghid_run(conversation, PORT=str(port))) as program:
        await healthy(port)
        await person.asks("/start", timeout=20)
        before = resource.prlimit(program.pid, resource.RLIMIT_FSIZE)
        resource.prlimit(program.pid, resource.RLIMIT_FSIZE, (1, before[1]))

        for _ in range(3):
            await person.sends("/now")
        await asyncio.sleep(1.5)
        assert len(person.replies) == 1
        assert program.returncode is None

        resource.prlimit(program.pid, resource.RLIMIT_FSIZE, before)
        await person.waits_for(4, timeout=20)
        await healthy(port)
        program.send_signal(signal.SIGTERM)
        assert await asyncio.wait_for(program.wait(), timeout=15) == 0


class Crashed(sqlite3.OperationalError):
    """The process is dead from here on: nothing more is written."""


@contextmanager
def dead_after(commits: int, monkeypatch: pytest.MonkeyPatch) -> Iterator[asyncio.Event]:
    """From now on let this many transactions go through, and none after them, nor any call to Telegram."""
    dead, done = asyncio.Event(), 0
    transaction, request = Database.transaction, AiohttpRequest.do_request

    @asynccontextmanager
    async def counted(self: Database) -> AsyncIterator[Connection]:
        nonlocal done
        if dead.is_set():
            raise Crashed("dead")
        async with transaction(self) as connection:
            yield connection
        done += 1
        if done >= commits:
            dead.set()

    async def silent(self: AiohttpRequest, *arguments: Any, **named: Any) -> tuple[int, bytes]:
        if dead.is_set():
            raise NotSentError("dead")
        return await request(self, *arguments, **named)

    monkeypatch.setattr(Database, "transaction", counted)
    monkeypatch.setattr(AiohttpRequest, "do_request", silent)
    monkeypatch.setattr("bot.application.STOP_WITHIN", timedelta(milliseconds=50))
    yield dead


async def asks_and_follows(person: Person) -> None:
    await person.sends("/start")
    await person.sends("what is on now?")
    await person.sends("/language")
    await person.sends("/my")


@pytest.mark.parametrize("commits", range(1, 6))
async def test_a_crash_after_any_commit_loses_no_question(
    conversation: Conversation, monkeypatch: pytest.MonkeyPatch, commits: int
) -> None:
    people = [conversation.person(language) for language in ("en", "ro", "uk")]
    async with conversation.ghid():
        pass  # the database is there, and the event in it
    with suppress(Crashed), monkeypatch.context() as patch:
        async with conversation.ghid():
            with dead_after(commits, patch) as dead:
                for person in people:
                    await asks_and_follows(person)
                with suppress(TimeoutError):
                    async with asyncio.timeout(5):
                        await dead.wait()

    async with conversation.ghid() as bot:
        for person in people:
            await person.waits_for(4, timeout=20)
        assert await left(bot) == NOTHING_LEFT
    assert all(4 <= len(person.replies) <= 4 + 4 for person in people)
