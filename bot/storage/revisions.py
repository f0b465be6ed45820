"""For each session ever seen: which version set its present start, and how often it changed."""

from __future__ import annotations

from collections.abc import Collection, Mapping

from bot.storage.columns import moment_column
from bot.storage.database import Connection
from content.agenda import Agenda, Session

StartVersions = Mapping[str, tuple[str, int]]
"""By handle: the start as it stands in a column, and the number of the version that set it."""


async def record_revisions(
    connection: Connection, agenda: Agenda, number: int, *, changed: Collection[str] = ()
) -> None:
    """Write down what version ``number`` does to its sessions, in the transaction that makes it the current one.

    ``agenda`` carries handles. ``changed``: the handles of sessions that differ from the version before, those that
    left it or came back included; a session seen for the first time begins at sequence 0 whether it is named or not.
    """
    await connection.executemany(
        "UPDATE session_revisions SET sequence = sequence + 1 WHERE handle = ?", [(handle,) for handle in changed]
    )
    await connection.executemany(
        """
        INSERT INTO session_revisions (handle, starts_at, start_version, last_version) VALUES (?1, ?2, ?3, ?3)
        ON CONFLICT (handle) DO UPDATE SET
            start_version = iif(starts_at = excluded.starts_at, start_version, excluded.start_version),
            starts_at = excluded.starts_at,
            last_version = excluded.last_version
        """,
        _rows(agenda.sessions, number),
    )


async def fill_revisions(connection: Connection, agenda: Agenda, number: int) -> None:
    """Write down what is missing: databases made before following was possible know no revisions."""
    await connection.executemany(
        """
        INSERT INTO session_revisions (handle, starts_at, start_version, last_version) VALUES (?1, ?2, ?3, ?3)
        ON CONFLICT (handle) DO NOTHING
        """,
        _rows(agenda.sessions, number),
    )


async def start_versions(connection: Connection) -> StartVersions:
    """Return which version set the present start of each session ever seen."""
    rows = await connection.execute_fetchall("SELECT handle, starts_at, start_version FROM session_revisions")
    return {row["handle"]: (row["starts_at"], row["start_version"]) for row in rows}


async def sequences(connection: Connection) -> Mapping[str, int]:
    """Return how often each session ever seen changed: iCalendar's SEQUENCE, by handle."""
    rows = await connection.execute_fetchall("SELECT handle, sequence FROM session_revisions")
    return {row["handle"]: row["sequence"] for row in rows}


async def last_versions_of_departed(connection: Connection, current: int) -> Mapping[str, int]:
    """Return the sessions that version ``current`` lacks, by handle, each with the last version that had it."""
    rows = await connection.execute_fetchall(
        "SELECT handle, last_version FROM session_revisions WHERE last_version < ?", (current,)
    )
    return {row["handle"]: row["last_version"] for row in rows}


def _rows(sessions: Collection[Session], number: int) -> list[tuple[str, str, int]]:
    return [(session.handle, moment_column(session.starts_at), number) for session in sessions]
