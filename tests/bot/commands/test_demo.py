"""`ghid demo` needs nothing and minds nothing that is set for another bot."""

from __future__ import annotations

import asyncio
import os
import sys
from pathlib import Path

from tests.scenarios.program import bare_environment, killed_at_the_end

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
        sys.executable, "-m", "bot", "demo", "--port", "0", "--no-browser",
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
        assert await demo.wait() == 0
