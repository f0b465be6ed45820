"""Looking at a database without changing it: not even its schema is brought up to date."""

from __future__ import annotations

import sqlite3
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import quote

import aiosqlite

from bot.storage.agendas import current_version, read_current_agenda
from bot.storage.database import pending_migrations, schema_version
from content.agenda import Agenda

_CROWD = """
    SELECT (SELECT count(*) FROM attendees WHERE blocked_at IS NULL),
        (SELECT coalesce(max(n), 0) FROM (
            SELECT count(*) AS n FROM follows JOIN attendees USING (chat_id) WHERE blocked_at IS NULL GROUP BY handle
        ))
"""


@dataclass(frozen=True, slots=True)
class Inspection:
    """What a database holds. ``damage``: what SQLite found wrong, one thing a line; empty if nothing.

    ``schema`` and ``newest_schema`` are migration numbers: what the file has, and what this Ghid knows. ``agenda`` is
    None (and ``version`` 0) if there is none yet, or the schema is not the one this Ghid reads. ``people``: who wrote
    and did not block the bot; ``most_followed``: by how many of them the session or speaker with most followers is.
    """

    schema: int
    newest_schema: int
    damage: str
    version: int = 0
    agenda: Agenda | None = None
    people: int = 0
    most_followed: int = 0


async def inspect_database(path: Path) -> Inspection:
    """Look at the file.

    Raises:
        sqlite3.Error: it cannot be opened, or is no database.
    """
    newest = max(number for number, _ in pending_migrations(0))
    async with aiosqlite.connect(f"file:{quote(str(path))}?mode=ro", uri=True, isolation_level=None) as connection:
        connection.row_factory = sqlite3.Row
        schema = await schema_version(connection)
        rows = await connection.execute_fetchall("PRAGMA quick_check(5)")
        damage = "\n".join(row[0] for row in rows if row[0] != "ok")
        if damage or schema != newest:
            return Inspection(schema, newest, damage)
        await connection.execute("BEGIN")
        version, agenda = await current_version(connection), await read_current_agenda(connection)
        people, most = next(iter(await connection.execute_fetchall(_CROWD)))
        await connection.execute("COMMIT")
        return Inspection(schema, newest, damage, version, agenda, people, most)


async def newest_files(path: Path) -> tuple[str, ...]:
    """Return the newest files that Telegram keeps for the bot, at most three; none if the file cannot be read so."""
    try:
        async with aiosqlite.connect(f"file:{quote(str(path))}?mode=ro", uri=True, isolation_level=None) as connection:
            rows = await connection.execute_fetchall(
                "SELECT file_id FROM chat_materials WHERE file_id IS NOT NULL AND state <> 'refused'"
                " ORDER BY id DESC LIMIT 3"
            )
            return tuple(row[0] for row in rows)
    except sqlite3.Error:
        return ()
