"""Handles: the short names that buttons, links and QR codes carry. Never deleted."""

from __future__ import annotations

from collections.abc import Mapping

from bot.storage.database import Connection
from content.questions.question import EntityKind

HandleKey = tuple[EntityKind, str]
"""What kind of item, and the id its source gave it."""
Handles = Mapping[HandleKey, str]


async def read_handles(connection: Connection) -> dict[HandleKey, str]:
    """Return every handle ever given, those of items long gone too."""
    rows = await connection.execute_fetchall("SELECT kind, source_id, handle FROM handles")
    return {(EntityKind(row["kind"]), row["source_id"]): row["handle"] for row in rows}


async def write_handles(connection: Connection, handles: Handles) -> None:
    """Add the new ones, and let those whose item has another id now point at that."""
    before = {handle: key for key, handle in (await read_handles(connection)).items()}
    moved = [(key[1], handle) for key, handle in handles.items() if before.get(handle, key) != key]
    # Two items may have changed ids with each other: first out of the way, then to where they belong.
    await connection.executemany(
        "UPDATE handles SET source_id = char(0) || handle WHERE handle = ?", [(handle,) for _, handle in moved]
    )
    await connection.executemany("UPDATE handles SET source_id = ? WHERE handle = ?", moved)
    await connection.executemany(
        "INSERT INTO handles (handle, kind, source_id) VALUES (?, ?, ?)",
        [(handle, kind, source_id) for (kind, source_id), handle in handles.items() if handle not in before],
    )
