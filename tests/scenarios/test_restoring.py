"""An operator restores a backup: who asked to be forgotten stays forgotten, and nobody is told anything twice."""

from __future__ import annotations

import asyncio
import io
import json
import sqlite3
from contextlib import closing, redirect_stderr, redirect_stdout
from datetime import timedelta
from pathlib import Path

import pytest

from bot.__main__ import main
from bot.application import RunningBot
from bot.local_telegram import Person
from bot.services.backups import DatabaseDamagedError
from bot.storage.forgotten_list import forgotten_list_path
from tests.bot.services.test_backups import break_file
from tests.scenarios.conversation import Conversation
from tests.scenarios.test_privacy import follows_something, forget, rows_naming


@pytest.fixture(autouse=True)
def same_clock(conversation: Conversation, monkeypatch: pytest.MonkeyPatch) -> None:
    """Let the commands live on the day of the conversation."""
    monkeypatch.setattr("bot.commands.restore.system_clock", conversation.clock)


async def ghid(*arguments: str) -> tuple[int, str]:
    """Run a command as a terminal would, and return its exit code with what it printed."""
    printed = io.StringIO()
    with redirect_stdout(printed), redirect_stderr(printed):
        code = await asyncio.to_thread(main, arguments)  # it has an event loop of its own
    return code, printed.getvalue()


async def back_up(conversation: Conversation, name: str = "backup.db") -> Path:
    target = conversation.database.with_name(name)
    code, printed = await ghid("backup", str(target), "--database", str(conversation.database))
    assert code == 0, printed
    return target


async def restore(conversation: Conversation, backup: Path) -> tuple[int, str]:
    return await ghid("restore", str(backup), "--yes", "--database", str(conversation.database))


async def with_two_followers(conversation: Conversation, bot: RunningBot) -> tuple[Person, Person]:
    ana, ion = conversation.person("en"), conversation.person("ro")
    for person in (ana, ion):
        await follows_something(person, bot)
    return ana, ion


async def test_a_restore_brings_back_what_people_had(conversation: Conversation) -> None:
    async with conversation.ghid() as bot:
        ana, _ = await with_two_followers(conversation, bot)
        backup = await back_up(conversation)  # while the bot runs
    conversation.database.unlink()

    code, printed = await restore(conversation, backup)

    assert code == 0
    assert "2 people" in printed
    async with conversation.ghid():
        assert (await ana.asks("/my"))["text"].startswith("My agenda · 1 session")


@pytest.mark.parametrize("broken", [False, True])
async def test_a_restore_forgets_again_whoever_was_forgotten_since(conversation: Conversation, broken: bool) -> None:
    async with conversation.ghid() as bot:
        ana, ion = await with_two_followers(conversation, bot)
        await bot.intake.idle()
        backup = await back_up(conversation)
        await forget(ana)
        await bot.intake.idle()
    if broken:
        break_file(conversation.database)

    code, printed = await restore(conversation, backup)

    assert code == 0, printed
    assert "Forgotten again, as they had asked since: 1." in printed
    assert rows_naming(conversation.database, ana.id) == []
    assert rows_naming(conversation.database, ion.id) != []


async def test_whoever_came_back_after_being_forgotten_stays_when_the_backup_is_newer(
    conversation: Conversation,
) -> None:
    async with conversation.ghid() as bot:
        ana, _ = await with_two_followers(conversation, bot)
        await forget(ana)
        await follows_something(ana, bot)
        await bot.intake.idle()
        backup = await back_up(conversation)

    _, printed = await restore(conversation, backup)

    assert "Forgotten again" not in printed
    assert "follows" in rows_naming(conversation.database, ana.id)
    assert len(forgotten_list_path(conversation.database).read_text().splitlines()) == 1


async def test_a_reminder_that_went_out_since_the_backup_does_not_come_twice(conversation: Conversation) -> None:
    person = conversation.person("en")
    async with conversation.ghid() as bot:
        session = next(
            each
            for each in bot.services.agenda.current.agenda.sessions
            if each.starts_at > conversation.clock.now + timedelta(minutes=30)
        )
        await person.opens(f"f_{session.handle}")
        await person.waits_for(1)
        await bot.intake.idle()  # else the backup holds an update that is still to be answered
        backup = await back_up(conversation)
        conversation.clock.now = session.starts_at - timedelta(minutes=5)
        await bot.services.notices.tick()
        await person.waits_for(2)
        await bot.services.delivery.deliver_due()

    _, printed = await restore(conversation, backup)

    async with conversation.ghid() as bot:
        await bot.services.notices.tick()
        await bot.services.delivery.deliver_due()
        await person.asks("/help")
    assert "will not be sent again: 1." in printed
    assert len(person.replies) == 3  # the card, the reminder, the help


async def test_what_was_answered_since_the_backup_is_not_answered_again_and_what_waited_is(
    conversation: Conversation,
) -> None:
    person = conversation.person("en")
    async with conversation.ghid() as bot:
        await person.asks("/start")
        await bot.intake.idle()
        backup = await back_up(conversation)
    with closing(sqlite3.connect(conversation.database)) as connection:
        (number,) = connection.execute("SELECT max(update_id) FROM accepted_updates").fetchone()
    asked = {
        "message_id": 1,
        "date": 1_700_640_300,
        "chat": {"id": person.id, "type": "private"},
        "from": {"id": person.id, "is_bot": False, "first_name": "Ana"},
    }
    for path, known in ((backup, number), (conversation.database, number + 1_000)):
        with closing(sqlite3.connect(path)) as connection, connection:
            connection.execute(
                "INSERT OR IGNORE INTO accepted_updates VALUES (?, '2023-11-22T08:05:00.000+00:00')", (known,)
            )
            connection.execute(
                "INSERT INTO inbox (update_id, chat_id, payload, received_at, attempts)"
                " VALUES (?, ?, ?, '2023-11-22T08:05:00.000+00:00', 1)",
                (known, person.id, json.dumps({"update_id": known, "message": asked | {"text": f"/help {known}"}})),
            )

    code, printed = await restore(conversation, backup)

    assert code == 0, printed
    async with conversation.ghid() as bot:
        await person.waits_for(2)
        await bot.intake.idle()
    assert len(person.replies) == 2  # the card, and the help that waited when the last process ended


async def test_a_restore_is_refused_while_a_bot_runs_and_names_it(conversation: Conversation) -> None:
    async with conversation.ghid() as bot:
        await with_two_followers(conversation, bot)
        backup = await back_up(conversation)

        code, printed = await restore(conversation, backup)

    assert code == 1
    assert "is in use by process " in printed
    assert not list(conversation.database.parent.glob("*.replaced-*"))


async def test_a_file_that_is_no_backup_changes_nothing(conversation: Conversation) -> None:
    async with conversation.ghid() as bot:
        ana, _ = await with_two_followers(conversation, bot)
        backup = await back_up(conversation)
    before = conversation.database.read_bytes()
    text, empty, missing = (conversation.database.with_name(name) for name in ("notes.txt", "empty.db", "none.db"))
    text.write_text("no database at all " * 1_000)
    with closing(sqlite3.connect(empty)) as connection:
        connection.execute("CREATE TABLE something (x)")
        connection.commit()
    break_file(backup)

    for file in (text, empty, missing, backup):
        code, printed = await restore(conversation, file)
        assert (code, "nothing was changed" in printed) == (1, True), printed

    assert conversation.database.read_bytes() == before
    assert rows_naming(conversation.database, ana.id) != []


async def test_a_backup_is_not_written_over_a_file_by_mistake(conversation: Conversation) -> None:
    async with conversation.ghid():
        target = await back_up(conversation)
        before = target.read_bytes()

        code, printed = await ghid("backup", str(target), "--database", str(conversation.database))

    assert code == 2
    assert "--force" in printed
    assert target.read_bytes() == before


async def test_a_backup_from_before_the_purge_is_purged_when_it_is_restored(conversation: Conversation) -> None:
    async with conversation.ghid() as bot:
        ana, _ = await with_two_followers(conversation, bot)
        backup = await back_up(conversation)
    conversation.clock.moves_to("2024-03-01 12:00")

    _, printed = await restore(conversation, backup)

    assert "0 people" in printed
    assert rows_naming(conversation.database, ana.id) == []


async def test_a_damaged_database_is_found_at_the_start_and_left_as_it_is(conversation: Conversation) -> None:
    async with conversation.ghid() as bot:
        await with_two_followers(conversation, bot)
        nightly = await bot.services.backups.tick()
    break_file(conversation.database)
    before = conversation.database.read_bytes()

    with pytest.raises(DatabaseDamagedError) as caught:
        async with conversation.ghid():
            pass

    assert f"`ghid restore {nightly}`" in str(caught.value)
    assert conversation.database.read_bytes() == before
