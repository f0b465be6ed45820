"""`ghid run` once it runs."""

from __future__ import annotations

import gc
from pathlib import Path

import pytest

from bot.commands.run import settle
from tests.scenarios.conversation import a_conversation


async def test_all_that_a_started_bot_holds_is_left_out_of_collections(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    frozen: list[bool] = []
    # Not really: what other tests left behind would stay until the end of this process.
    monkeypatch.setattr(gc, "freeze", lambda: frozen.append(True))
    async with a_conversation(tmp_path) as conversation, conversation.ghid() as bot:
        await settle(bot)
    assert frozen == [True]
