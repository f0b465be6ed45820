"""`ghid run` as a process: updates by webhook or by polling, its health page, its stop, its logs."""

from __future__ import annotations

import asyncio
import json
import signal
import time
from asyncio.subprocess import Process
from collections.abc import AsyncIterator
from pathlib import Path

import aiohttp
import pytest

from bot.intake.webhook import SECRET_HEADER
from bot.local_telegram.faults import Fault
from tests.scenarios.conversation import Conversation, a_conversation
from tests.scenarios.program import free_port, ghid_run, healthy, killed_at_the_end, until

pytestmark = pytest.mark.slow

SECRET = "a-secret-that-only-this-test-knows"
STOPS_WITHIN = 10.0


@pytest.fixture
async def conversation(tmp_path: Path) -> AsyncIterator[Conversation]:
    async with a_conversation(tmp_path) as conversation:
        yield conversation


async def ghid_by_webhook(conversation: Conversation, port: int, **settings: str) -> Process:
    address = f"http://127.0.0.1:{port}/telegram"
    return await ghid_run(
        conversation, keeps_output=True, WEBHOOK_URL=address, WEBHOOK_SECRET=SECRET, PORT=str(port), **settings
    )


async def stopped(program: Process) -> tuple[int | None, float, str]:
    """Ask it to stop; return its exit code, how many seconds that took, and all that it ever wrote."""
    started = time.monotonic()
    program.send_signal(signal.SIGTERM)
    output, _ = await asyncio.wait_for(program.communicate(), timeout=30)
    return program.returncode, time.monotonic() - started, output.decode()


async def posted(port: int, secret: str) -> int:
    async with aiohttp.ClientSession() as session:
        update = {"update_id": 1}
        async with session.post(
            f"http://127.0.0.1:{port}/telegram", json=update, headers={SECRET_HEADER: secret}
        ) as answer:
            return answer.status


async def test_a_question_by_webhook_is_answered_one_without_the_secret_is_not_and_a_stop_ends_with_0(
    conversation: Conversation,
) -> None:
    port = free_port()
    person = conversation.person("uk")
    async with killed_at_the_end(await ghid_by_webhook(conversation, port)) as ghid:
        health = await healthy(port)
        statuses = [await posted(port, secret) for secret in ("", "wrong", SECRET.upper(), SECRET)]
        await person.sends("/venue")
        answer = await person.waits_for(1, timeout=30)
        told = conversation.telegram.state.webhook.target
        code, seconds, _ = await stopped(ghid)

    assert statuses == [403, 403, 403, 200]
    assert answer["text"].startswith("Місце проведення")
    assert (health["status"], health["updates_by"]) == ("ok", "webhook")
    assert told is not None
    assert told.secret_token == SECRET
    assert (code, seconds < STOPS_WITHIN) == (0, True)


@pytest.mark.parametrize(
    ("held_for", "answered_before_the_end"),
    [(1, True), pytest.param(60, False, marks=pytest.mark.soak)],
    ids=["a handler that ends soon", "a handler that does not end"],
)
async def test_a_stop_with_a_handler_at_work_ends_in_time_and_loses_no_answer(
    conversation: Conversation, held_for: int, answered_before_the_end: bool
) -> None:
    port = free_port()
    person = conversation.person("en")
    conversation.telegram.faults.next("sendMessage", Fault(seconds=held_for))
    async with killed_at_the_end(await ghid_by_webhook(conversation, port)) as ghid:
        await healthy(port)
        await person.sends("/venue")
        await until(lambda: conversation.telegram.faults.waiting == 0)
        code, seconds, _ = await stopped(ghid)
        answered = len(person.replies) == 1
    conversation.telegram.faults.clear()
    async with conversation.ghid():
        answer = await person.waits_for(1)

    assert (code, seconds < STOPS_WITHIN) == (0, True)
    assert answered is answered_before_the_end
    assert answer["text"].startswith("Venue")


async def test_neither_token_nor_secret_stands_in_the_most_talkative_log(conversation: Conversation) -> None:
    port = free_port()
    person = conversation.person("en")
    # Errors name the address that was called, and that holds the token.
    conversation.telegram.faults.next("sendMessage", Fault(reset=True))
    conversation.telegram.faults.next("setMyCommands", Fault(status=500), times=2)
    ghid = await ghid_by_webhook(conversation, port, LOG_LEVEL="DEBUG", LOG_FORMAT="json")
    async with killed_at_the_end(ghid):
        await healthy(port)
        await posted(port, "wrong")
        await person.sends("/venue")
        await person.waits_for(1, timeout=30)
        _, _, output = await stopped(ghid)

    lines = output.splitlines()
    token = conversation.telegram.token
    hidden = (token, token.partition(":")[2], SECRET)
    assert [line for line in lines if any(part in line for part in hidden)] == []
    assert "without the right secret" in output
    assert {type(json.loads(line)) for line in lines} == {dict}


async def test_polling_with_a_port_has_the_health_page_too(conversation: Conversation) -> None:
    port = free_port()
    person = conversation.person("ro")
    async with killed_at_the_end(await ghid_run(conversation, keeps_output=True, PORT=str(port))) as ghid:
        await person.sends("/venue")
        answer = await person.waits_for(1, timeout=30)
        health = await healthy(port)
        refused = await posted(port, SECRET)
        code, seconds, _ = await stopped(ghid)

    assert answer["text"].startswith("Locul de desfășurare")
    assert (health["updates_by"], refused) == ("polling", 404)
    assert (code, seconds < STOPS_WITHIN) == (0, True)
