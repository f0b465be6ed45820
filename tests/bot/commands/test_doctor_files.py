"""`ghid doctor` on slides and documents: they belong to the bot that was sent them."""

from __future__ import annotations

import asyncio
import sqlite3
from contextlib import closing
from pathlib import Path

from telegram import Bot

from bot.__main__ import main
from bot.clock import system_clock
from bot.commands.doctor_telegram import examine_telegram
from bot.commands.findings import Verdict
from bot.local_telegram import running_local_telegram
from bot.storage.inspection import newest_files
from bot.transport import AiohttpRequest
from tests.bot.commands.event_files import write_event
from tests.bot.commands.test_doctor import settings_for, told


def imported(database: Path, folder: Path) -> None:
    assert main(["import", "--database", str(database), str(write_event(folder / "event.yaml"))]) == 0


async def test_files_that_another_bot_was_sent_are_missed(tmp_path: Path) -> None:
    database = tmp_path / "ghid.db"
    assert await newest_files(database) == ()
    await asyncio.to_thread(imported, database, tmp_path)
    assert await newest_files(database) == ()
    with closing(sqlite3.connect(database)) as connection, connection:
        connection.execute(
            "INSERT INTO chat_materials (draft_key, handle, title, media_kind, file_id, after_session, state, source,"
            " added_by, added_at, audience) SELECT 'd', handle, 'Slides', 'document', 'of another bot', 0, 'published',"
            " 'organiser', 7, '2023-11-22T08:00:00.000+00:00', 'asked' FROM handles LIMIT 1"
        )
    async with running_local_telegram() as telegram:
        files = await newest_files(database)
        (verdict, what), *_ = told(await examine_telegram(settings_for(telegram), system_clock, files), "files")
        assert verdict is Verdict.WRONG
        assert "let them be sent again" in what

        async with Bot(
            telegram.token,
            base_url=f"{telegram.api_url}/bot",
            request=AiohttpRequest(),
            get_updates_request=AiohttpRequest(),
        ) as bot:
            person = telegram.add_person("Ana", "en")
            await person.sends("/start")
            sent = await bot.send_document(person.id, b"slides", filename="slides.pdf")
            assert sent.document is not None
            known = (sent.document.file_id,)
        (verdict, _), *_ = told(await examine_telegram(settings_for(telegram), system_clock, known), "files")
        assert verdict is Verdict.FINE
