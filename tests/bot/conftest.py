"""A real database in a folder of its own, and logging that is afterwards as it was before."""

import logging
import sys
import warnings
from collections.abc import AsyncIterator, Iterator
from pathlib import Path
from shutil import copy

import pytest

from bot.storage.database import Database, open_database


@pytest.fixture
async def database(tmp_path: Path, migrated_database: Path) -> AsyncIterator[Database]:
    path = tmp_path / "ghid.db"
    copy(migrated_database, path)
    async with open_database(path) as opened:
        yield opened


@pytest.fixture
def logging_as_before() -> Iterator[None]:
    """For tests that call `configure_logging`, which is for the whole process."""
    root = logging.getLogger()
    handlers, level, hook = root.handlers[:], root.level, sys.excepthook
    with warnings.catch_warnings():
        yield
        logging.captureWarnings(capture=False)
    root.handlers[:], sys.excepthook = handlers, hook
    root.setLevel(level)
