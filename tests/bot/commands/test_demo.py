"""`ghid demo` needs nothing and minds nothing that is set for another bot."""

from __future__ import annotations

import asyncio
import os
import sys
from pathlib import Path

import pytest

from bot.__main__ import main
from bot.commands.demo import PERSONAS, SPEAKER, invite_speaker
from tests.scenarios.conversation import a_conversation
from tests.scenarios.organiser_phone import label
from tests.scenarios.program import bare_environment, killed_at_the_end

pytestmark = pytest.mark.slow

ROOT = Path(__file__).parents[3]
BROKEN = {
    "TELEGRAM_BOT_TOKEN": "no token",
    "DATABASE_PATH": os.sep,
    "WEBHOOK_URL": "nowhere",
    "PORT": "eighty",
    "BULK_RATE": "many",
    "LOG_LEVEL": "chatty",
    "LOG_FORMAT": "xml",
    "http_proxy": "http://127.0.0.1:9",
}


async def test_settings_of_another_bot_do_not_stop_the_demo(tmp_path: Path) -> None:
    (tmp_path / ".env").write_bytes(b"LOG_LEVEL=\xff")
    demo = await asyncio.create_subprocess_exec(
        sys.executable, "-m", "bot", "demo", "--port", "0", "--no-browser", "--at", "2023-11-30T09:00",
        cwd=tmp_path,
        env={**bare_environment(), **BROKEN, "PYTHONPATH": str(ROOT)},
        stdout=asyncio.subprocess.PIPE,
        stderr=asyncio.subprocess.STDOUT,
    )  # fmt: skip
    assert demo.stdout is not None
    async with killed_at_the_end(demo):
        async with asyncio.timeout(20):
            first = (await demo.stdout.readline()).decode()
        demo.terminate()
        rest = (await demo.stdout.read()).decode()

        assert first.startswith("Ghid's demo: http://127.0.0.1:"), first + rest
        assert "A local demo, not Telegram" in rest
        assert "Its clock is set back to 30 November 2023, 09:00" in rest
        assert await demo.wait() == 0


async def test_the_speaker_of_the_demo_is_asked_who_they_are_and_finds_their_desk(tmp_path: Path) -> None:
    async with a_conversation(tmp_path) as conversation, conversation.ghid() as bot:
        for name, language, role, about in PERSONAS:
            conversation.telegram.add_person(name, language, role, about)
        speaker = conversation.telegram.people[SPEAKER]

        await invite_speaker(conversation.telegram, bot)
        question = await speaker.waits_for(1)
        desk = await speaker.taps(label(speaker.account.language_code, "Yes, that is me"))

        assert speaker.account.role == "speaker"
        assert question["text"].startswith("Are you Daniel Coșniță?")
        assert "10:40–11:00" in desk["text"]


@pytest.mark.parametrize("moment", ["soon", "2023-11-31", "1900-01-01T10:00"])
def test_a_moment_that_is_none_is_told(moment: str, capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit) as caught:
        main(["demo", "--at", moment])

    assert caught.value.code == 2
    assert "argument --at: " in capsys.readouterr().err
