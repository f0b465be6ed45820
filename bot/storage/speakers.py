"""The current agenda's people."""

from __future__ import annotations

from collections.abc import Sequence

from bot.storage.columns import list_column, list_of, set_column, set_of, text_column, text_of
from bot.storage.database import Connection, Row
from content.agenda import Speaker


async def write_speakers(connection: Connection, speakers: Sequence[Speaker]) -> None:
    """Add these people in this order."""
    await connection.executemany(
        """
        INSERT INTO speakers (id, position, name, organisation, role, bio, aliases, organisation_aliases, unknown)
        VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)
        """,
        [
            (
                speaker.id,
                position,
                speaker.name,
                text_column(speaker.organisation),
                text_column(speaker.role),
                text_column(speaker.bio),
                list_column(speaker.aliases),
                list_column(speaker.organisation_aliases),
                set_column(speaker.unknown),
            )
            for position, speaker in enumerate(speakers)
        ],
    )


async def read_speakers(connection: Connection) -> tuple[Speaker, ...]:
    """Return everyone, in the file's order, without handles."""
    rows = await connection.execute_fetchall("SELECT * FROM speakers ORDER BY position")
    return tuple(_from_row(row) for row in rows)


def _from_row(row: Row) -> Speaker:
    return Speaker(
        id=row["id"],
        name=row["name"],
        organisation=text_of(row["organisation"]),
        role=text_of(row["role"]),
        bio=text_of(row["bio"]),
        aliases=list_of(row["aliases"]),
        organisation_aliases=list_of(row["organisation_aliases"]),
        unknown=set_of(row["unknown"]),
    )
