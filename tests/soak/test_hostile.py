"""Thousands of updates as hostile as Telegram can deliver them, through the whole bot: no unhandled error."""

from __future__ import annotations

import asyncio
import json
import logging
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from itertools import count
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st
from pydantic import SecretStr
from telegram.request import RequestData

from bot.application import RunningBot, running_bot
from bot.settings import GivenSettings
from bot.storage.inbox import set_aside_updates
from bot.transport import AiohttpRequest
from tests.bot.bot_api import BOT
from tests.scenarios.conversation import FrozenClock
from tests.soak.hostile_updates import ORGANISER, PEOPLE, contents

TOKEN = "4242424242:TEST-token-of-a-hostile-day-0000000"
AT_ONCE = 100
NUMBERS = count(1)


async def instant(
    _: AiohttpRequest, url: str, method: str, request_data: RequestData | None = None, *__: Any, **___: Any
) -> tuple[int, bytes]:
    """Be a Telegram without a network: it agrees to everything, and has no updates of its own."""
    name = url.rpartition("/")[2].partition("?")[0]
    parameters = request_data.parameters if request_data else {}
    if "/file/" in url:
        return 200, b"event: [\xff not yaml"
    result: object = True
    match name:
        case "getMe":
            result = BOT
        case "getUpdates":
            await asyncio.sleep(3_600)
        case "getFile":
            result = {"file_id": "F", "file_unique_id": "f", "file_size": 20, "file_path": "documents/x"}
        case "getMyCommands":
            result = []
        case "getMyDescription" | "getMyShortDescription" | "getMyName":
            result = {"description": "", "short_description": "", "name": ""}
        case _ if name.startswith(("send", "edit", "copy")):
            chat = {"id": int(str(parameters.get("chat_id", 1))), "type": "private"}
            result = {"message_id": next(NUMBERS), "date": 1_700_640_300, "chat": chat, "text": "x"}
    return 200, json.dumps({"ok": True, "result": result}).encode()


@asynccontextmanager
async def a_bot(folder: Path) -> AsyncIterator[RunningBot]:
    """Ghid with an organiser among those who write."""
    given_settings = GivenSettings(
        telegram_bot_token=SecretStr(TOKEN), database_path=folder / "ghid.db", organiser_ids=(ORGANISER,)
    )
    async with running_bot(given_settings, clock=FrozenClock()) as bot:
        await bot.services.attendees.welcome(ORGANISER, "en")
        yield bot


def feed_hostile_updates(
    folder: Path, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture, batches: int
) -> None:
    """Feed batches of updates to one bot; fail at the first that leaves an update set aside or an error in the log."""
    monkeypatch.setattr(AiohttpRequest, "do_request", instant)
    caplog.set_level(logging.ERROR)
    with asyncio.Runner() as runner:
        context = a_bot(folder)
        bot = runner.run(context.__aenter__())

        async def feed(listed: list[dict[str, Any]]) -> list[str]:
            numbered = [{"update_id": next(NUMBERS), **each} for each in listed]
            await bot.intake.accept(numbered)
            await bot.intake.idle()
            aside = await set_aside_updates(bot.services.agenda._database.reader)
            return [f"{each.last_error}: {each.item.payload}" for each in aside]

        @settings(
            max_examples=batches,
            deadline=None,
            database=None,
            suppress_health_check=list(HealthCheck),
            derandomize=True,
            phases=[Phase.generate],  # a batch that fails says which update it was
        )
        @given(st.lists(contents, min_size=AT_ONCE, max_size=AT_ONCE))
        def every_batch_is_handled(listed: list[dict[str, Any]]) -> None:
            assert runner.run(feed(listed)) == []

        try:
            every_batch_is_handled()
            said = runner.run(
                feed([{"message": _question(person)} for person in PEOPLE[1:]])
            )  # and people are served as before
            assert said == []
        finally:
            runner.run(context.__aexit__(None, None, None))
    assert [record.getMessage() for record in caplog.records if record.levelno >= logging.ERROR] == []


def _question(person: int) -> dict[str, Any]:
    chat = {"id": person, "type": "private"}
    sender = {"id": person, "is_bot": False, "first_name": "Ana"}
    return {"message_id": 1, "date": 1_700_640_300, "chat": chat, "from": sender, "text": "what is on now?"}


def test_two_thousand_hostile_updates_meet_no_unhandled_error(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    feed_hostile_updates(tmp_path, monkeypatch, caplog, batches=20)


@pytest.mark.soak
def test_fifty_thousand_hostile_updates_meet_no_unhandled_error(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    feed_hostile_updates(tmp_path, monkeypatch, caplog, batches=500)
