"""The program `ghid run` as an operator starts it: a process of its own, settings in its environment."""

from __future__ import annotations

import asyncio
import os
import socket
import sys
from asyncio.subprocess import DEVNULL, PIPE, STDOUT, Process
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from typing import Any

import aiohttp

from tests.scenarios.conversation import Conversation

_STARTS_WITHIN = 60.0
_KEPT = {"PATH", "HOME", "LANG", "PYTHONPATH"}


def free_port() -> int:
    """A port that nobody listens on."""
    with socket.socket() as listening:
        listening.bind(("127.0.0.1", 0))
        return int(listening.getsockname()[1])


def bare_environment() -> dict[str, str]:
    """The variables without which nothing runs: none of somebody's own settings gets in."""
    return {name: value for name, value in os.environ.items() if name in _KEPT}


def settings_for(conversation: Conversation, **settings: str) -> dict[str, str]:
    """Settings by their names, pointing at the conversation's Telegram and database."""
    return {
        "TELEGRAM_BOT_TOKEN": conversation.telegram.token,
        "TELEGRAM_API_URL": conversation.telegram.api_url,
        "DATABASE_PATH": str(conversation.database),
        **settings,
    }


async def ghid_run(conversation: Conversation, *, keeps_output: bool = False, **settings: str) -> Process:
    """Start `ghid run`; with ``keeps_output`` its `communicate()` returns all that it wrote, errors too."""
    return await asyncio.create_subprocess_exec(
        sys.executable,
        "-m",
        "bot",
        "run",
        env=bare_environment() | settings_for(conversation, **settings),
        stdout=PIPE if keeps_output else DEVNULL,
        stderr=STDOUT if keeps_output else None,
    )


@asynccontextmanager
async def killed_at_the_end(program: Process) -> AsyncIterator[Process]:
    """Leave no process behind when a test fails."""
    try:
        yield program
    finally:
        if program.returncode is None:
            program.kill()
            await program.wait()


async def healthy(port: int) -> dict[str, Any]:
    """Wait until the health page answers 200, and return what it says."""
    async with aiohttp.ClientSession() as session, asyncio.timeout(_STARTS_WITHIN):
        while True:
            try:
                async with session.get(f"http://127.0.0.1:{port}/healthz") as answer:
                    report: dict[str, Any] = await answer.json()
                    if answer.status == 200:
                        return report
            except aiohttp.ClientConnectionError:
                pass  # it does not listen yet
            await asyncio.sleep(0.02)


async def until(condition: Callable[[], bool], *, within: float = 30.0) -> None:
    """Wait for something that no event tells of."""
    async with asyncio.timeout(within):
        while not condition():  # noqa: ASYNC110 - another process, or a state that tells nobody
            await asyncio.sleep(0.02)
