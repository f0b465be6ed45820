"""The current agenda's sessions and who has a part in them."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from datetime import datetime
from zoneinfo import ZoneInfo

from bot.storage.columns import (
    list_column,
    list_of,
    moment_column,
    moment_of,
    set_column,
    set_of,
    text_column,
    text_of,
    texts_column,
    texts_of,
)
from bot.storage.database import Connection, Row
from content.agenda import Session, SessionKind, SessionSpeaker, SpeakerRole

_COLUMNS = (
    *("position", "title", "description", "kind", "starts_at", "ends_at", "room_id", "track_id", "part_of", "language"),
    *("website", "topics", "aliases", "illustrative", "unknown", "announced", "cancelled", "id"),
)
_ADD = f"INSERT INTO sessions ({', '.join(_COLUMNS)}) VALUES ({', '.join('?' * len(_COLUMNS))})"  # noqa: S608 - from above
_REWRITE = f"UPDATE sessions SET {', '.join(f'{each} = ?' for each in _COLUMNS[:-1])} WHERE id = ?"  # noqa: S608 - from above


async def write_sessions(connection: Connection, sessions: Sequence[Session]) -> None:
    """Add these sessions in this order, with their speakers."""
    await connection.executemany(_ADD, [_row(session, position) for position, session in enumerate(sessions)])
    await _write_parts(connection, sessions)


async def rewrite_sessions(connection: Connection, before: Sequence[Session], after: Sequence[Session]) -> None:
    """Write what differs between two orders of the same sessions, of which the tables hold the first.

    What reads the same in both is not written, unless its place is another.
    """
    places = {session.id: (position, session) for position, session in enumerate(before)}
    anew, elsewhere = [], []
    for position, session in enumerate(after):
        was_at, was = places[session.id]
        if was is not session and not _reads_the_same(was, session):
            anew.append((position, session))
        elif was_at != position:
            elsewhere.append((position, session.id))
    # Out of the way first: two sessions may have changed places with each other, and each place is one session's.
    leaving = [(id_,) for id_ in (*(session.id for _, session in anew), *(id_ for _, id_ in elsewhere))]
    await connection.executemany("UPDATE sessions SET position = -1 - position WHERE id = ?", leaving)
    await connection.executemany("UPDATE sessions SET position = ? WHERE id = ?", elsewhere)
    await connection.executemany(_REWRITE, [_row(session, position) for position, session in anew])
    await connection.executemany(
        "DELETE FROM session_speakers WHERE session_id = ?", [(session.id,) for _, session in anew]
    )
    await _write_parts(connection, [session for _, session in anew])


def _reads_the_same(one: Session, other: Session) -> bool:
    # Two moments of an hour that the clock shows twice are equal to Python.
    return one == other and _folds(one) == _folds(other)


def _folds(session: Session) -> list[int]:
    moments = (moment for part in session.speakers for moment in (part.starts_at, part.ends_at))
    return [moment.fold if moment else 0 for moment in (session.starts_at, session.ends_at, *moments)]


async def _write_parts(connection: Connection, sessions: Sequence[Session]) -> None:
    await connection.executemany(
        """
        INSERT INTO session_speakers (session_id, position, speaker_id, role, starts_at, ends_at)
        VALUES (?, ?, ?, ?, ?, ?)
        """,
        [
            (session.id, position, part.speaker_id, part.role, _column(part.starts_at), _column(part.ends_at))
            for session in sessions
            for position, part in enumerate(session.speakers)
        ],
    )


def _row(session: Session, position: int) -> tuple[object, ...]:
    """Return the values in the order of `_COLUMNS`."""
    return (
        position,
        text_column(session.title),
        text_column(session.description),
        session.kind,
        moment_column(session.starts_at),
        moment_column(session.ends_at),
        session.room_id,
        session.track_id,
        session.part_of,
        session.language,
        session.website,
        texts_column(session.topics),
        list_column(session.aliases),
        set_column(session.illustrative),
        set_column(session.unknown),
        session.announced,
        session.cancelled,
        session.id,
    )


async def read_sessions(connection: Connection, zone: ZoneInfo) -> tuple[Session, ...]:
    """Return every session in order of start, its moments in this zone, without handles."""
    parts: defaultdict[str, list[SessionSpeaker]] = defaultdict(list)
    for row in await connection.execute_fetchall("SELECT * FROM session_speakers ORDER BY session_id, position"):
        parts[row["session_id"]].append(_part_from_row(row, zone))
    rows = await connection.execute_fetchall("SELECT * FROM sessions ORDER BY position")
    return tuple(_from_row(row, zone, tuple(parts[row["id"]])) for row in rows)


def _from_row(row: Row, zone: ZoneInfo, speakers: tuple[SessionSpeaker, ...]) -> Session:
    return Session(
        id=row["id"],
        title=text_of(row["title"]),
        description=text_of(row["description"]),
        kind=SessionKind(row["kind"]),
        starts_at=moment_of(row["starts_at"], zone),
        ends_at=moment_of(row["ends_at"], zone),
        room_id=row["room_id"],
        track_id=row["track_id"],
        part_of=row["part_of"],
        language=row["language"],
        website=row["website"],
        speakers=speakers,
        topics=texts_of(row["topics"]),
        aliases=list_of(row["aliases"]),
        illustrative=set_of(row["illustrative"]),
        unknown=set_of(row["unknown"]),
        announced=bool(row["announced"]),
        cancelled=bool(row["cancelled"]),
    )


def _part_from_row(row: Row, zone: ZoneInfo) -> SessionSpeaker:
    return SessionSpeaker(
        speaker_id=row["speaker_id"],
        role=SpeakerRole(row["role"]),
        starts_at=moment_of(row["starts_at"], zone) if row["starts_at"] else None,
        ends_at=moment_of(row["ends_at"], zone) if row["ends_at"] else None,
    )


def _column(moment: datetime | None) -> str | None:
    return moment_column(moment) if moment else None
