"""Handles are never deleted, and follow an item to another id."""

import sqlite3

import pytest

from bot.storage.database import Database
from bot.storage.handles import HandleKey, read_handles, write_handles
from content.questions.question import EntityKind

LUNCH = (EntityKind.SESSION, "lunch")
DINNER = (EntityKind.SESSION, "dinner")
HALL = (EntityKind.ROOM, "lunch")


async def stored(database: Database, handles: dict[HandleKey, str]) -> dict[HandleKey, str]:
    async with database.transaction() as connection:
        await write_handles(connection, handles)
    return await read_handles(database.reader)


async def test_what_was_written_is_read(database: Database) -> None:
    handles = {LUNCH: "aaaaaaa1", DINNER: "aaaaaaa2", HALL: "aaaaaaa3"}

    assert await stored(database, handles) == handles


async def test_a_handle_that_is_not_named_again_stays(database: Database) -> None:
    await stored(database, {LUNCH: "aaaaaaa1"})

    assert await stored(database, {DINNER: "aaaaaaa2"}) == {LUNCH: "aaaaaaa1", DINNER: "aaaaaaa2"}


async def test_two_items_may_change_ids_with_each_other(database: Database) -> None:
    await stored(database, {LUNCH: "aaaaaaa1", DINNER: "aaaaaaa2"})

    swapped = {LUNCH: "aaaaaaa2", DINNER: "aaaaaaa1"}

    assert await stored(database, swapped) == swapped


@pytest.mark.parametrize("handle", ["short", "longer-than", "AAAAAAA1", "aaaa aaa", "ăaaaaaa1"])
async def test_a_handle_is_eight_small_letters_and_digits(database: Database, handle: str) -> None:
    with pytest.raises(sqlite3.IntegrityError):
        await stored(database, {LUNCH: handle})


async def test_one_handle_means_one_item(database: Database) -> None:
    with pytest.raises(sqlite3.IntegrityError):
        await stored(database, {LUNCH: "aaaaaaa1", DINNER: "aaaaaaa1"})

    assert await read_handles(database.reader) == {}
