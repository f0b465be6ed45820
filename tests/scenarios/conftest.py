"""Fixtures of the scenario tests."""

from __future__ import annotations

from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from bot.application import RunningBot
from handlers import reading_progress
from tests.bot.conftest import logging_as_before
from tests.reading_here import read_here
from tests.scenarios.browser import chromium, phone
from tests.scenarios.conversation import Conversation, a_conversation

__all__ = ["chromium", "logging_as_before", "phone"]


@pytest.fixture(autouse=True)
def _reading_is_quick(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> None:
    """However busy the machine is, a small file is read before anybody would be told that it takes long.

    It is read in the test's own process, unless the test asks for `a_child_reads`.
    """
    monkeypatch.setattr(reading_progress, "FIRST_AFTER", 600.0)
    if "a_child_reads" not in request.fixturenames:
        read_here(monkeypatch)


@pytest.fixture
def a_child_reads() -> None:
    """Files are read in a process of their own, as in the real bot."""


@pytest.fixture
async def conversation(tmp_path: Path) -> AsyncIterator[Conversation]:
    """A local Telegram whose clock stands, and no Ghid on it yet."""
    async with a_conversation(tmp_path) as conversation:
        yield conversation


@pytest.fixture
async def ghid(conversation: Conversation) -> AsyncIterator[RunningBot]:
    """Ghid, running on that Telegram."""
    async with conversation.ghid() as running:
        yield running
