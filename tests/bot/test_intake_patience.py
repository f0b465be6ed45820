"""Telegram or the disk is away for long: updates wait for it, and are blamed for nothing."""

from __future__ import annotations

import asyncio
import sqlite3
from datetime import timedelta

import pytest
from telegram.error import NetworkError, RetryAfter, TimedOut

from bot.storage.database import Database
from tests.bot.bot_api import AnyApplication, message_update
from tests.bot.test_intake import SOON, Conversation, Opened, application, opened, rows

__all__ = ["application", "opened"]


@pytest.mark.parametrize("error", [NetworkError("reset"), TimedOut(), sqlite3.OperationalError("disk is full")])
async def test_while_nobody_can_be_served_no_update_is_blamed_however_long_it_takes(
    application: AnyApplication, database: Database, opened: Opened, monkeypatch: pytest.MonkeyPatch, error: Exception
) -> None:
    monkeypatch.setattr("bot.intake.patience.PAUSES", (SOON,))
    conversation = Conversation(application)
    conversation.errors = {text: [error] * 12 for text in ("1", "2", "3")}
    intake = await opened()

    await intake.accept([message_update(n, chat_id=n, text=str(n)) for n in (1, 2, 3)])
    await intake.idle()

    assert sorted(conversation.texts) == ["1", "2", "3"]
    assert conversation.apologies == []
    assert await rows(database) == ([], [])


async def test_what_fails_while_others_are_served_is_set_aside_after_three_attempts(
    application: AnyApplication, database: Database, opened: Opened
) -> None:
    conversation = Conversation(application)
    conversation.errors = {"bad": [TimedOut() for _ in range(99)]}
    intake = await opened()
    await intake.accept([message_update(1, chat_id=1, text="bad")])

    for n in range(2, 300):
        await intake.accept([message_update(n, chat_id=2, text=str(n))])
        await asyncio.sleep(SOON.total_seconds())
        if not intake.waiting:
            break
    await intake.idle()

    assert (await rows(database))[1] == ["TimedOut: Timed out"]
    assert len(conversation.apologies) == 1


async def test_a_wait_that_telegram_asks_for_counts_as_no_attempt(
    application: AnyApplication, database: Database, opened: Opened
) -> None:
    conversation = Conversation(application)
    conversation.errors = {"first": [RetryAfter(SOON) for _ in range(9)]}
    intake = await opened(patience=timedelta())

    await intake.accept([message_update(1, text="first")])
    await intake.idle()

    assert conversation.texts == ["first"]
    assert conversation.apologies == []
