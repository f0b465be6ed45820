"""The current agenda in tables: written at each import, read whole at each start."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import fields
from datetime import date
from zoneinfo import ZoneInfo

from bot.storage.columns import list_column, list_of, text_column, text_of
from bot.storage.database import Connection, Row
from bot.storage.facts import read_facts, write_facts
from bot.storage.materials import read_materials, write_materials
from bot.storage.sessions import read_sessions, rewrite_sessions, write_sessions
from bot.storage.speakers import read_speakers, write_speakers
from content.agenda import Agenda, Event, Room, Track

# What points at others is emptied first.
_TABLES = (
    "material_sessions",
    "material_speakers",
    "materials",
    "session_speakers",
    "sessions",
    "facts",
    "speakers",
    "tracks",
    "rooms",
    "event",
)


async def current_version(connection: Connection) -> int:
    """Return the number of the version that the tables hold; 0: they are empty."""
    async with connection.execute("SELECT version FROM event") as cursor:
        row = await cursor.fetchone()
    return int(row["version"]) if row else 0


async def read_current_agenda(connection: Connection) -> Agenda | None:
    """Return the agenda without handles; None: nothing was imported yet.

    These are several statements: outside a transaction another process's import may come in between.
    """
    async with connection.execute("SELECT * FROM event") as cursor:
        row = await cursor.fetchone()
    if row is None:
        return None
    event = _event_from_row(row)
    return Agenda(
        event=event,
        rooms=await _read_rooms(connection),
        tracks=await _read_tracks(connection),
        speakers=await read_speakers(connection),
        sessions=await read_sessions(connection, event.time_zone),
        materials=await read_materials(connection),
        facts=await read_facts(connection),
    )


async def write_current_agenda(
    connection: Connection, agenda: Agenda, version: int, *, before: Agenda | None = None
) -> None:
    """Put this agenda in the place of the one there is. ``version`` must exist in ``agenda_versions``.

    ``before``: the one that the tables hold, if it is known; where only sessions differ, only these are written.

    Raises:
        sqlite3.IntegrityError: the agenda points at something it does not have, or has one id twice.
    """
    if before is not None and _differ_in_sessions_alone(before, agenda):
        await connection.execute("UPDATE event SET version = ?", (version,))
        await rewrite_sessions(connection, before.sessions, agenda.sessions)
        return
    for table in _TABLES:
        await connection.execute(f"DELETE FROM {table}")  # noqa: S608 — a name from the list above
    await _write_event(connection, agenda.event, version)
    await _write_rooms(connection, agenda.rooms)
    await _write_tracks(connection, agenda.tracks)
    await write_speakers(connection, agenda.speakers)
    await write_sessions(connection, agenda.sessions)
    await write_materials(connection, agenda.materials)
    await write_facts(connection, agenda.facts)


def _differ_in_sessions_alone(before: Agenda, after: Agenda) -> bool:
    """Tell whether all that differs are values of sessions that are in both."""
    same = all(
        getattr(before, each.name) == getattr(after, each.name) for each in fields(after) if each.name != "sessions"
    )
    return same and before.session_by_id.keys() == after.session_by_id.keys()


async def _write_event(connection: Connection, event: Event, version: int) -> None:
    await connection.execute(
        """
        INSERT INTO event (only, version, id, name, starts_on, ends_on, time_zone, languages, default_language, theme,
            place, website, hashtag, aliases)
        VALUES (1, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
        """,
        (
            version,
            event.id,
            text_column(event.name),
            event.starts_on.isoformat(),
            event.ends_on.isoformat(),
            event.time_zone.key,
            list_column(event.languages),
            event.default_language,
            text_column(event.theme),
            text_column(event.place),
            event.website,
            event.hashtag,
            list_column(event.aliases),
        ),
    )


def _event_from_row(row: Row) -> Event:
    return Event(
        id=row["id"],
        name=text_of(row["name"]),
        starts_on=date.fromisoformat(row["starts_on"]),
        ends_on=date.fromisoformat(row["ends_on"]),
        time_zone=ZoneInfo(row["time_zone"]),
        languages=list_of(row["languages"]),
        default_language=row["default_language"],
        theme=text_of(row["theme"]),
        place=text_of(row["place"]),
        website=row["website"],
        hashtag=row["hashtag"],
        aliases=list_of(row["aliases"]),
    )


async def _write_rooms(connection: Connection, rooms: Sequence[Room]) -> None:
    await connection.executemany(
        "INSERT INTO rooms (id, position, name, illustrative, aliases) VALUES (?, ?, ?, ?, ?)",
        [
            (room.id, position, text_column(room.name), room.illustrative, list_column(room.aliases))
            for position, room in enumerate(rooms)
        ],
    )


async def _read_rooms(connection: Connection) -> tuple[Room, ...]:
    rows = await connection.execute_fetchall("SELECT * FROM rooms ORDER BY position")
    return tuple(_room_from_row(row) for row in rows)


def _room_from_row(row: Row) -> Room:
    return Room(
        id=row["id"],
        name=text_of(row["name"]),
        illustrative=bool(row["illustrative"]),
        aliases=list_of(row["aliases"]),
    )


async def _write_tracks(connection: Connection, tracks: Sequence[Track]) -> None:
    await connection.executemany(
        "INSERT INTO tracks (id, position, name, aliases) VALUES (?, ?, ?, ?)",
        [
            (track.id, position, text_column(track.name), list_column(track.aliases))
            for position, track in enumerate(tracks)
        ],
    )


async def _read_tracks(connection: Connection) -> tuple[Track, ...]:
    rows = await connection.execute_fetchall("SELECT * FROM tracks ORDER BY position")
    return tuple(_track_from_row(row) for row in rows)


def _track_from_row(row: Row) -> Track:
    return Track(id=row["id"], name=text_of(row["name"]), aliases=list_of(row["aliases"]))
