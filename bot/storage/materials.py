"""The current agenda's materials: slides, documents and pages, of sessions, of people or of the event."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence

from bot.storage.columns import list_column, list_of, set_column, set_of, text_column, text_of
from bot.storage.database import Connection, Row
from content.agenda import Material, MaterialKind


async def write_materials(connection: Connection, materials: Sequence[Material]) -> None:
    """Add these materials in this order, with what they belong to."""
    await connection.executemany(
        """
        INSERT INTO materials (id, position, title, kind, url, found_at, language, aliases, unknown)
        VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)
        """,
        [
            (
                material.id,
                position,
                text_column(material.title),
                material.kind,
                material.url,
                material.found_at,
                material.language,
                list_column(material.aliases),
                set_column(material.unknown),
            )
            for position, material in enumerate(materials)
        ],
    )
    await connection.executemany(
        "INSERT INTO material_speakers (material_id, position, speaker_id) VALUES (?, ?, ?)",
        [
            (material.id, position, speaker_id)
            for material in materials
            for position, speaker_id in enumerate(material.speaker_ids)
        ],
    )
    await connection.executemany(
        "INSERT INTO material_sessions (material_id, position, session_id) VALUES (?, ?, ?)",
        [
            (material.id, position, session_id)
            for material in materials
            for position, session_id in enumerate(material.session_ids)
        ],
    )


async def read_materials(connection: Connection) -> tuple[Material, ...]:
    """Return every material, in the file's order, without handles."""
    speakers: defaultdict[str, list[str]] = defaultdict(list)
    for row in await connection.execute_fetchall("SELECT * FROM material_speakers ORDER BY material_id, position"):
        speakers[row["material_id"]].append(row["speaker_id"])
    sessions: defaultdict[str, list[str]] = defaultdict(list)
    for row in await connection.execute_fetchall("SELECT * FROM material_sessions ORDER BY material_id, position"):
        sessions[row["material_id"]].append(row["session_id"])
    rows = await connection.execute_fetchall("SELECT * FROM materials ORDER BY position")
    return tuple(_from_row(row, tuple(speakers[row["id"]]), tuple(sessions[row["id"]])) for row in rows)


def _from_row(row: Row, speaker_ids: tuple[str, ...], session_ids: tuple[str, ...]) -> Material:
    return Material(
        id=row["id"],
        title=text_of(row["title"]),
        kind=MaterialKind(row["kind"]),
        url=row["url"],
        found_at=row["found_at"],
        speaker_ids=speaker_ids,
        session_ids=session_ids,
        language=row["language"],
        aliases=list_of(row["aliases"]),
        unknown=set_of(row["unknown"]),
    )
