"""Slides and documents that people added in the chat."""

from __future__ import annotations

from datetime import datetime
from typing import Final

from bot.materials import (
    ChatMaterial,
    Embargo,
    MaterialAudience,
    MaterialContent,
    MaterialDraft,
    MaterialSource,
    MaterialState,
)
from bot.models import Media, MediaKind
from bot.storage.columns import moment_column
from bot.storage.database import Connection, Row

_IN_ORDER: Final = "ORDER BY added_at, id"


async def add_material(
    connection: Connection,
    draft: MaterialDraft,
    *,
    draft_key: str,
    handle: str,
    source_id: str,
    state: MaterialState,
    source: MaterialSource,
    added_by: int,
    added_at: datetime,
    replaces: int | None,
    audience: MaterialAudience,
) -> None:
    """Add a material, and its handle to those that buttons carry.

    Raises:
        sqlite3.IntegrityError: this draft was added before, or the handle is taken.
    """
    await connection.execute(
        "INSERT INTO handles (handle, kind, source_id) VALUES (?, 'material', ?)", (handle, source_id)
    )
    await connection.execute(
        """
        INSERT INTO chat_materials (draft_key, handle, state, source, added_by, added_at, replaces, audience,
            belongs_to, title, url, media_kind, file_id, opens_at, after_session, speaker)
        VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
        """,
        (
            draft_key,
            handle,
            state.value,
            source.value,
            added_by,
            moment_column(added_at),
            replaces,
            audience.value,
            *_columns(draft),
        ),
    )


async def save_draft(connection: Connection, id_: int, draft: MaterialDraft) -> None:
    """Write down what a material is from now on."""
    await connection.execute(
        """
        UPDATE chat_materials SET belongs_to = ?, title = ?, url = ?, media_kind = ?, file_id = ?, opens_at = ?,
            after_session = ?, speaker = ?
        WHERE id = ?
        """,
        (*_columns(draft), id_),
    )


async def save_decision(
    connection: Connection,
    id_: int,
    state: MaterialState,
    *,
    by: int,
    at: datetime,
    refusal: str = "",
    audience: MaterialAudience,
) -> bool:
    """Publish or refuse what waits; False: somebody decided before."""
    cursor = await connection.execute(
        """
        UPDATE chat_materials SET state = ?, decided_by = ?, decided_at = ?, refusal = ?, audience = ?
        WHERE id = ? AND state = 'waiting'
        """,
        (state.value, by, moment_column(at), refusal, audience.value, id_),
    )
    return cursor.rowcount == 1


async def delete_material(connection: Connection, id_: int) -> bool:
    """Delete a material; its handle stays, so that an old button leads nowhere else. False: there is none."""
    cursor = await connection.execute("DELETE FROM chat_materials WHERE id = ?", (id_,))
    return cursor.rowcount == 1


async def mark_followers_told(connection: Connection, id_: int) -> None:
    """Its followers have their rows in the outbox."""
    await connection.execute("UPDATE chat_materials SET told = 1 WHERE id = ?", (id_,))


async def find_material(
    connection: Connection, *, handle: str | None = None, draft_key: str | None = None, id_: int | None = None
) -> ChatMaterial | None:
    """Return a material by what is given of it; None: there is none."""
    rows = await connection.execute_fetchall(
        "SELECT * FROM chat_materials WHERE handle = ? OR draft_key = ? OR id = ?", (handle, draft_key, id_)
    )
    return next(map(_from_row, rows), None)


async def read_materials(
    connection: Connection, state: MaterialState | None = None, *, added_by: int | None = None
) -> tuple[ChatMaterial, ...]:
    """Return the materials in this state (None: in any) and by this person (None: by anybody), the oldest first."""
    rows = await connection.execute_fetchall(
        f"""
        SELECT * FROM chat_materials WHERE state = coalesce(?, state) AND added_by = coalesce(?, added_by) {_IN_ORDER}
        """,  # noqa: S608 - our own piece
        (state.value if state else None, added_by),
    )
    return tuple(map(_from_row, rows))


async def read_untold(connection: Connection) -> tuple[ChatMaterial, ...]:
    """Return what is published and whose followers are still to be told, the oldest first."""
    rows = await connection.execute_fetchall(
        f"""
        SELECT * FROM chat_materials WHERE state = 'published' AND told = 0 AND audience = ? {_IN_ORDER}
        """,  # noqa: S608 - our own piece
        (MaterialAudience.FOLLOWERS.value,),
    )
    return tuple(map(_from_row, rows))


def _columns(draft: MaterialDraft) -> tuple[object, ...]:
    content, embargo = draft.content, draft.embargo
    return (
        draft.belongs_to,
        draft.title,
        content.url,
        content.media.kind.value if content.media else None,
        content.media.file_id if content.media else None,
        moment_column(embargo.until) if embargo.until else None,
        embargo.after_session,
        draft.speaker,
    )


def _from_row(row: Row) -> ChatMaterial:
    media = Media(MediaKind(row["media_kind"]), row["file_id"]) if row["file_id"] else None
    until = datetime.fromisoformat(row["opens_at"]) if row["opens_at"] else None
    draft = MaterialDraft(
        row["belongs_to"],
        MaterialContent(row["url"], media),
        row["title"],
        Embargo(until, bool(row["after_session"])),
        row["speaker"],
    )
    return ChatMaterial(
        id=row["id"],
        handle=row["handle"],
        draft=draft,
        state=MaterialState(row["state"]),
        source=MaterialSource(row["source"]),
        added_by=row["added_by"],
        added_at=datetime.fromisoformat(row["added_at"]),
        replaces=row["replaces"],
        decided_by=row["decided_by"],
        refusal=row["refusal"],
        audience=MaterialAudience(row["audience"]),
        told=bool(row["told"]),
    )
