"""What was committed outlives a power cut."""

from pathlib import Path

import pytest

from bot.storage import database
from bot.storage.database import open_database
from tests.conftest import SYNCHRONOUS_FOR_PEOPLE

EVERY_COMMIT_REACHES_THE_DISK = 2  # "FULL": https://www.sqlite.org/pragma.html#pragma_synchronous


async def test_every_commit_reaches_the_disk(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(database, "SYNCHRONOUS", SYNCHRONOUS_FOR_PEOPLE)  # other tests do without

    async with (
        open_database(tmp_path / "ghid.db") as opened,
        opened.transaction() as writer,
        writer.execute("PRAGMA synchronous") as cursor,
    ):
        row = await cursor.fetchone()

    assert row is not None
    assert row[0] == EVERY_COMMIT_REACHES_THE_DISK
