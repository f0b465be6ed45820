"""What a restored database takes over from the one that it replaces, so that nobody is told anything twice."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from urllib.parse import quote

from bot.broadcasts import BroadcastState
from bot.models import NoticeKind
from bot.storage.broadcast_rows import hold_rows
from bot.storage.broadcasts import save_state
from bot.storage.columns import moment_column
from bot.storage.database import Connection

_COLUMNS = "key, chat_id, kind, priority, payload, not_before, expires_at, state, attempts, created_at, done_at, reason"
# The numbers of versions and broadcasts that came after the backup are given again, to others: their rows would say of
# those that they were told.
_STILL_THAT = """
    coalesce(json_extract(?5, '$.broadcast'), json_extract(?5, '$.details.broadcast'), 0)
        IN (SELECT 0 UNION ALL SELECT id FROM broadcasts)
    AND max(coalesce(json_extract(?5, '$.details.version'), 0),
            CAST(replace(?1, 'speaker:change:' || ?2 || ':', '') AS INTEGER))
        <= (SELECT coalesce(max(number), 0) FROM agenda_versions)
"""
_INBOX = "update_id, chat_id, payload, received_at, attempts"
_UNDER_WAY = "state IN ('queued', 'sending')"


@dataclass(frozen=True, slots=True)
class Replaced:
    """What the database that goes knows better.

    ``finished``: rows of the outbox. ``forgotten``: whom, and when. ``accepted``: the updates it took from Telegram;
    ``waiting``: the rows of those that are not handled yet.
    """

    finished: list[tuple[object, ...]]
    forgotten: dict[str, datetime]
    accepted: frozenset[int]
    waiting: list[tuple[object, ...]]


def read_replaced(path: Path) -> Replaced:
    """Read the database that goes.

    Raises:
        sqlite3.Error: it cannot be read.
    """
    uri = f"file:{quote(str(path))}?mode=ro"
    with closing(sqlite3.connect(uri, uri=True, isolation_level=None)) as connection:
        rows = connection.execute(f"SELECT {_COLUMNS} FROM outbox WHERE NOT ({_UNDER_WAY})").fetchall()  # noqa: S608
        forgotten = connection.execute("SELECT person_hash, forgotten_at FROM forgotten").fetchall()
        accepted = connection.execute("SELECT update_id FROM accepted_updates").fetchall()
        waiting = connection.execute(f"SELECT {_INBOX} FROM inbox WHERE failed_at IS NULL").fetchall()  # noqa: S608
    moments = {hashed: datetime.fromisoformat(at) for hashed, at in forgotten}
    return Replaced(rows, moments, frozenset(row[0] for row in accepted), waiting)


async def take_over_inbox(connection: Connection, replaced: Replaced) -> None:
    """Let wait what waited last: Telegram forgot it, and what was handled since the backup is not answered again."""
    found = await connection.execute_fetchall("SELECT update_id FROM inbox WHERE failed_at IS NULL")
    handled = replaced.accepted - {row[0] for row in replaced.waiting}
    await connection.executemany(
        "DELETE FROM inbox WHERE update_id = ?", [(row[0],) for row in found if row[0] in handled]
    )
    await connection.executemany(
        "INSERT INTO accepted_updates (update_id, accepted_at) VALUES (?, ?) ON CONFLICT DO NOTHING",
        [(row[0], row[3]) for row in replaced.waiting],
    )
    await connection.executemany(
        f"INSERT INTO inbox ({_INBOX}) VALUES (?, ?, ?, ?, ?) ON CONFLICT DO NOTHING",  # noqa: S608
        replaced.waiting,
    )


async def take_over_finished(connection: Connection, rows: list[tuple[object, ...]]) -> int:
    """Mark what went out since the backup, also what the backup had not planned; return how many rows that are."""
    before = connection.total_changes
    await connection.executemany(
        f"UPDATE outbox SET state = ?2, done_at = ?3, reason = ?4 WHERE key = ?1 AND {_UNDER_WAY}",  # noqa: S608
        [(row[0], row[7], row[10], row[11]) for row in rows],
    )
    await connection.executemany(
        f"INSERT INTO outbox ({_COLUMNS}) SELECT {', '.join('?' * (_COLUMNS.count(',') + 1))}"  # noqa: S608
        f" WHERE EXISTS (SELECT 1 FROM attendees WHERE chat_id = ?2) AND {_STILL_THAT} ON CONFLICT DO NOTHING",
        rows,
    )
    return connection.total_changes - before


async def hold_broadcasts(connection: Connection, now: datetime) -> int:
    """Pause what was being sent when the backup was made, and stop what was to start since: organisers decide anew.

    Returns how many that are.
    """
    rows = await connection.execute_fetchall(
        f"""
        SELECT id FROM broadcasts WHERE state = 'sending' AND EXISTS (
            SELECT 1 FROM outbox
            WHERE kind = ? AND json_extract(payload, '$.broadcast') = broadcasts.id AND outbox.{_UNDER_WAY}
        )
        """,  # noqa: S608 - our own piece
        (NoticeKind.BROADCAST.value,),
    )
    for (id_,) in rows:
        await save_state(connection, id_, BroadcastState.PAUSED)
        await hold_rows(connection, id_)
    cursor = await connection.execute(
        "UPDATE broadcasts SET state = 'cancelled', done_at = ?1 WHERE state = 'scheduled' AND send_at <= ?1",
        (moment_column(now),),
    )
    return len(list(rows)) + cursor.rowcount
