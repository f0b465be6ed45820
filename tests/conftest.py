"""What thousands of tests need and would else make anew each time: it is the same each time, so it is made once."""

from __future__ import annotations

import asyncio
import gc
from collections import deque
from collections.abc import Iterator
from pathlib import Path

import pytest

from bot.services import agenda as agenda_service
from bot.storage import database as database_storage
from bot.storage.database import open_database
from content.agenda import Agenda
from content.questions.index import QuestionIndex, build_index

SYNCHRONOUS_FOR_PEOPLE = database_storage.SYNCHRONOUS
_INDEXES_KEPT = 8


class IndexesMadeOnce:
    """`build_index` that remembers: an index is immutable, and depends on nothing but its agenda."""

    def __init__(self) -> None:
        self._made: deque[tuple[Agenda, QuestionIndex]] = deque(maxlen=_INDEXES_KEPT)

    def __call__(self, agenda: Agenda) -> QuestionIndex:
        for known, index in tuple(self._made):
            if known is agenda or known == agenda:
                return index
        index = build_index(agenda)
        self._made.append((agenda, index))
        return index


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Let what takes long begin first, so that in the end nobody waits for it; one worker has the browser then."""
    items.sort(key=lambda item: not any(map(item.get_closest_marker, ("slow", "browser"))))


def pytest_collection_finish() -> None:
    """Look for garbage among what tests make, and seldom: not each time through all the modules."""
    gc.collect()
    gc.freeze()
    gc.set_threshold(20_000, 20, 50)


@pytest.fixture(scope="session", autouse=True)
def _made_once() -> Iterator[None]:
    """Index an agenda once, and wait for no disk: no test cuts the power (the pragma has a test of its own)."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(agenda_service, "build_index", IndexesMadeOnce())
        patch.setattr(database_storage, "SYNCHRONOUS", "OFF")
        yield


@pytest.fixture(scope="session")
def migrated_database(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """An empty database of the newest schema, to be copied."""

    async def make(path: Path) -> None:
        async with open_database(path) as database:
            await database.checkpoint()

    path = tmp_path_factory.mktemp("migrated") / "ghid.db"
    asyncio.run(make(path))
    return path
