"""`honcho start`: the Procfile and an `.env` are all that a platform needs."""

from __future__ import annotations

import asyncio
import os
import shutil
import signal
import sys
from asyncio.subprocess import PIPE, STDOUT, Process
from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from tests.scenarios.conversation import Conversation, a_conversation
from tests.scenarios.program import bare_environment, free_port, healthy, killed_at_the_end, settings_for

pytestmark = pytest.mark.slow

PROCFILE = Path(__file__).parents[1] / "Procfile"
PROGRAMS = Path(sys.executable).parent  # where pip put `honcho` and `ghid`


@pytest.fixture
async def conversation(tmp_path: Path) -> AsyncIterator[Conversation]:
    async with a_conversation(tmp_path) as conversation:
        yield conversation


async def honcho_start(folder: Path, settings: dict[str, str]) -> Process:
    """Start the Procfile in a folder that holds nothing but it and an `.env`."""
    shutil.copy(PROCFILE, folder)
    (folder / ".env").write_text("".join(f"{name}={value}\n" for name, value in settings.items()), encoding="utf-8")
    environment = bare_environment()
    environment["PATH"] = f"{PROGRAMS}{os.pathsep}{environment['PATH']}"
    return await asyncio.create_subprocess_exec(
        PROGRAMS / "honcho", "start", cwd=folder, env=environment, stdout=PIPE, stderr=STDOUT
    )


async def test_honcho_starts_a_bot_that_answers_and_ends_well_when_told_to_stop(
    conversation: Conversation, tmp_path: Path
) -> None:
    person = conversation.person("uk")
    port = free_port()
    settings = settings_for(conversation, PORT=str(port))
    async with killed_at_the_end(await honcho_start(tmp_path, settings)) as honcho:
        await person.sends("/venue")
        answer = await person.waits_for(1, timeout=20)
        health = await healthy(port)
        honcho.send_signal(signal.SIGTERM)
        output, _ = await asyncio.wait_for(honcho.communicate(), timeout=10)

    assert answer["text"].startswith("Місце проведення")
    assert health["updates_by"] == "polling"
    assert "web.1 stopped (rc=0)" in output.decode()
    assert conversation.telegram.token not in output.decode()


async def test_wrong_settings_end_honcho_with_what_to_do_about_each(conversation: Conversation, tmp_path: Path) -> None:
    settings = settings_for(conversation, LOG_LEVEL="LOUD", WEBHOOK_URL="https://ghid.example.org/telegram")
    settings["TELEGRAM_BOT_TOKEN"] = ""
    async with killed_at_the_end(await honcho_start(tmp_path, settings)) as honcho:
        output, _ = await asyncio.wait_for(honcho.communicate(), timeout=20)

    told = output.decode()
    assert honcho.returncode == 2
    assert "TELEGRAM_BOT_TOKEN is missing; @BotFather gives you one" in told
    assert "LOG_LEVEL must be one of DEBUG, INFO, WARNING, ERROR." in told
    assert "WEBHOOK_SECRET is missing; make one with: openssl rand -hex 32" in told
    assert "Traceback" not in told
