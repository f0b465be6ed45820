"""Broadcasts themselves: what is told, by whom, and where it stands. Their rows: `bot.storage.broadcast_rows`."""

from __future__ import annotations

import json
from dataclasses import asdict
from datetime import datetime

from bot.broadcasts import Audience, AudienceKind, Broadcast, BroadcastDraft, BroadcastProgress, BroadcastState
from bot.models import Media, MediaKind
from bot.storage.columns import moment_column
from bot.storage.database import Connection, Row


async def add_broadcast(
    connection: Connection, draft: BroadcastDraft, author: int, *, draft_key: str, created_at: datetime
) -> int:
    """Write down a broadcast that waits for its time, and return its id.

    Raises:
        sqlite3.IntegrityError: this draft was confirmed before.
    """
    media, audience = draft.media, draft.audience
    cursor = await connection.execute(
        """
        INSERT INTO broadcasts (draft_key, author, texts, media_kind, file_id, audience, audience_value, urgent,
            send_at, state, created_at)
        VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, 'scheduled', ?)
        """,
        (
            draft_key,
            author,
            _texts(draft),
            media.kind.value if media else None,
            media.file_id if media else None,
            audience.kind.value,
            audience.value,
            draft.urgent,
            moment_column(draft.send_at) if draft.send_at else None,
            moment_column(created_at),
        ),
    )
    assert cursor.lastrowid is not None  # noqa: S101 - an INSERT has one; for mypy
    return cursor.lastrowid


async def find_broadcast(connection: Connection, id_: int) -> Broadcast | None:
    """Return this broadcast; None: there is none."""
    return await _first(connection, "id = ?", id_)


async def find_by_draft(connection: Connection, draft_key: str) -> Broadcast | None:
    """Return what was made of this draft; None: nothing yet."""
    return await _first(connection, "draft_key = ?", draft_key)


async def find_same(connection: Connection, draft: BroadcastDraft, since: datetime) -> Broadcast | None:
    """Return the latest with the same words and file that was confirmed or begun after ``since``.

    One that was cancelled before anybody got it does not count.
    """
    media = draft.media
    return await _first(
        connection,
        "texts = ?1 AND file_id IS ?2 AND max(created_at, coalesce(started_at, '')) > ?3"
        " AND (state <> 'cancelled' OR started_at IS NOT NULL)",
        _texts(draft),
        media.file_id if media else None,
        moment_column(since),
    )


async def list_latest(connection: Connection, limit: int) -> tuple[Broadcast, ...]:
    """Return the latest, the newest first."""
    rows = await connection.execute_fetchall("SELECT * FROM broadcasts ORDER BY id DESC LIMIT ?", (limit,))
    return tuple(map(_from_row, rows))


async def list_where_open(connection: Connection, *states: BroadcastState) -> tuple[Broadcast, ...]:
    """Return those in these states that are not done, the oldest first."""
    rows = await connection.execute_fetchall(
        "SELECT * FROM broadcasts WHERE done_at IS NULL AND state IN (SELECT value FROM json_each(?)) ORDER BY id",
        (json.dumps(states),),
    )
    return tuple(map(_from_row, rows))


async def list_unreported(connection: Connection) -> tuple[Broadcast, ...]:
    """Return those that are done and not reported, the oldest first."""
    rows = await connection.execute_fetchall(
        "SELECT * FROM broadcasts WHERE done_at IS NOT NULL AND reported = 0 ORDER BY id"
    )
    return tuple(map(_from_row, rows))


async def list_without_rows(connection: Connection) -> tuple[Broadcast, ...]:
    """Return those that began and have nobody left to be told, and are not marked as done."""
    rows = await connection.execute_fetchall(
        """
        SELECT * FROM broadcasts WHERE done_at IS NULL AND state <> 'scheduled' AND NOT half_listed AND NOT EXISTS (
            SELECT 1 FROM outbox WHERE kind = 'broadcast' AND json_extract(payload, '$.broadcast') = broadcasts.id
                AND outbox.state IN ('queued', 'sending')
        ) ORDER BY id
        """
    )
    return tuple(map(_from_row, rows))


async def list_half_listed(connection: Connection) -> tuple[Broadcast, ...]:
    """Return those that are being sent while not all rows are written, the oldest first."""
    rows = await connection.execute_fetchall(
        "SELECT * FROM broadcasts WHERE done_at IS NULL AND state = 'sending' AND half_listed ORDER BY id"
    )
    return tuple(map(_from_row, rows))


async def is_half_listed(connection: Connection, id_: int) -> bool:
    """Whether rows are still to be written."""
    rows = await connection.execute_fetchall("SELECT 1 FROM broadcasts WHERE id = ? AND half_listed", (id_,))
    return bool(list(rows))


async def mark_half_listed(connection: Connection, id_: int, half_listed: bool) -> None:
    """Write down whether rows are still to be written."""
    await connection.execute("UPDATE broadcasts SET half_listed = ? WHERE id = ?", (half_listed, id_))


async def save_state(connection: Connection, id_: int, state: BroadcastState) -> None:
    """Write down that it is paused or cancelled."""
    await connection.execute("UPDATE broadcasts SET state = ? WHERE id = ?", (state.value, id_))


async def begin(connection: Connection, id_: int, now: datetime) -> None:
    """It goes out from now on, for the first time or again."""
    await connection.execute(
        "UPDATE broadcasts SET state = 'sending', started_at = coalesce(started_at, ?1), running_since = ?1"
        " WHERE id = ?2",
        (moment_column(now), id_),
    )


async def read_figures(connection: Connection, id_: int) -> BroadcastProgress | None:
    """Return what `end` wrote; None: it is not done."""
    rows = await connection.execute_fetchall("SELECT figures FROM broadcasts WHERE id = ?", (id_,))
    figures = next((row[0] for row in rows), None)
    return BroadcastProgress(**json.loads(figures)) if figures else None


async def end(connection: Connection, broadcast: Broadcast, figures: BroadcastProgress, now: datetime) -> None:
    """Nobody is left to be told: write down the figures. One that was cancelled stays so."""
    state = broadcast.state if broadcast.state is BroadcastState.CANCELLED else BroadcastState.DONE
    kept = {name: value for name, value in asdict(figures).items() if isinstance(value, int)}
    await connection.execute(
        "UPDATE broadcasts SET state = ?, done_at = ?, figures = ? WHERE id = ? AND done_at IS NULL",
        (state.value, moment_column(now), json.dumps(kept), broadcast.id),
    )


async def mark_reported(connection: Connection, id_: int) -> None:
    """The author has the final report."""
    await connection.execute("UPDATE broadcasts SET reported = 1 WHERE id = ?", (id_,))


async def save_progress_message(connection: Connection, id_: int, message_id: int | None) -> None:
    """Write down which message shows the progress."""
    await connection.execute("UPDATE broadcasts SET progress_message = ? WHERE id = ?", (message_id, id_))


def _texts(draft: BroadcastDraft) -> str:
    return json.dumps(dict(draft.texts), ensure_ascii=False, sort_keys=True)


async def _first(connection: Connection, condition: str, *values: object) -> Broadcast | None:
    rows = await connection.execute_fetchall(
        f"SELECT * FROM broadcasts WHERE {condition} ORDER BY id DESC LIMIT 1",  # noqa: S608 - our own conditions
        values,
    )
    row = next(iter(rows), None)
    return _from_row(row) if row else None


def _from_row(row: Row) -> Broadcast:
    return Broadcast(
        id=row["id"],
        author=row["author"],
        draft=BroadcastDraft(
            texts=json.loads(row["texts"]),
            media=Media(MediaKind(row["media_kind"]), row["file_id"]) if row["media_kind"] else None,
            audience=Audience(AudienceKind(row["audience"]), row["audience_value"]),
            urgent=bool(row["urgent"]),
            send_at=_moment(row["send_at"]),
        ),
        state=BroadcastState(row["state"]),
        created_at=datetime.fromisoformat(row["created_at"]),
        started_at=_moment(row["started_at"]),
        done_at=_moment(row["done_at"]),
        progress_message=row["progress_message"],
        reported=bool(row["reported"]),
    )


def _moment(column: str | None) -> datetime | None:
    return datetime.fromisoformat(column) if column else None
