"""The inbox: updates that arrived and are not yet handled. Its SQL; `bot.intake` decides what happens when."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

from bot.models import InboxItem
from bot.storage.database import Connection

StorageError = sqlite3.Error
"""What reading and writing raise when the database fails; for layers that import no SQL."""

BusyError = sqlite3.OperationalError
"""Locked, full, unreadable for now: the same statement may succeed a little later."""

# Telegram keeps undelivered updates for at most 24 hours, so nothing older comes a second time.
REMEMBERED = timedelta(days=2)
# Set-aside updates hold what people wrote; long enough to look into a failure, no longer.
SET_ASIDE_KEPT = timedelta(days=14)


@dataclass(frozen=True, slots=True)
class InboxFigures:
    """What the health page tells. ``oldest_received_at``: of the waiting ones; None if none waits."""

    waiting: int
    oldest_received_at: datetime | None
    set_aside: int


@dataclass(frozen=True, slots=True)
class SetAsideCount:
    """How many updates were set aside, the first and the last of them when; both are the given moment if none was."""

    count: int
    since: datetime
    until: datetime


@dataclass(frozen=True, slots=True)
class SetAsideUpdate:
    """An update whose handling failed for good. ``last_error``: the error's class and text."""

    item: InboxItem
    last_error: str
    failed_at: datetime


async def accept_updates(connection: Connection, items: Iterable[InboxItem], now: datetime) -> list[InboxItem]:
    """Write the items that were never accepted before, and return those, in the order given."""
    by_id = {item.update_id: item for item in items}
    rows = await connection.execute_fetchall(
        "INSERT INTO accepted_updates (update_id, accepted_at)"
        " SELECT value, ? FROM json_each(?) WHERE true ON CONFLICT DO NOTHING RETURNING update_id",
        (_text(now), json.dumps(list(by_id))),
    )
    new = {row[0] for row in rows}
    accepted = [item for item in by_id.values() if item.update_id in new]
    await connection.executemany(
        # REPLACE: an id that comes back after weeks (see accepted_updates) wins over a row set aside back then.
        "INSERT OR REPLACE INTO inbox (update_id, chat_id, payload, received_at, attempts) VALUES (?, ?, ?, ?, ?)",
        [(item.update_id, item.chat_id, item.payload, _text(now), item.attempts) for item in accepted],
    )
    return accepted


async def delete_updates(connection: Connection, update_ids: Iterable[int]) -> None:
    """Delete the rows of handled updates."""
    await connection.executemany("DELETE FROM inbox WHERE update_id = ?", [(number,) for number in update_ids])


async def record_attempts(connection: Connection, attempts: Iterable[tuple[InboxItem, str | None]]) -> None:
    """Write the attempts and deaths that these items count, and the error of an attempt that ended, if one did."""
    await connection.executemany(
        "UPDATE inbox SET attempts = ?2, deaths = ?3, last_error = coalesce(?4, last_error) WHERE update_id = ?1",
        [(item.update_id, item.attempts, item.deaths, error) for item, error in attempts],
    )


async def set_aside(connection: Connection, failures: Iterable[tuple[int, str]], now: datetime) -> None:
    """Take (update id, error) out of the queue but keep the rows for the organisers."""
    await connection.executemany(
        "UPDATE inbox SET failed_at = ?, last_error = ? WHERE update_id = ?",
        [(_text(now), error, number) for number, error in failures],
    )


async def forget_old(connection: Connection, now: datetime) -> None:
    """Delete accepted ids that cannot come again, and set-aside updates that were kept long enough."""
    await connection.execute("DELETE FROM accepted_updates WHERE accepted_at < ?", (_text(now - REMEMBERED),))
    await connection.execute("DELETE FROM inbox WHERE failed_at < ?", (_text(now - SET_ASIDE_KEPT),))


async def waiting_updates(connection: Connection) -> list[InboxItem]:
    """Return what is to be handled, in the order of arrival."""
    rows = await connection.execute_fetchall(
        "SELECT update_id, chat_id, payload, attempts, deaths FROM inbox WHERE failed_at IS NULL"
        " ORDER BY received_at, update_id"
    )
    return [InboxItem(*row) for row in rows]


async def set_aside_updates(connection: Connection) -> list[SetAsideUpdate]:
    """Return the updates set aside, oldest failure first."""
    rows = await connection.execute_fetchall(
        "SELECT update_id, chat_id, payload, attempts, deaths, last_error, failed_at FROM inbox"
        " WHERE failed_at IS NOT NULL ORDER BY failed_at, update_id"
    )
    return [SetAsideUpdate(InboxItem(*row[:5]), row[5], datetime.fromisoformat(row[6])) for row in rows]


async def count_set_aside(connection: Connection, after: datetime) -> SetAsideCount:
    """Count the updates that were set aside after this moment."""
    rows = await connection.execute_fetchall(
        "SELECT count(*), min(failed_at), max(failed_at) FROM inbox WHERE failed_at > ?", (_text(after),)
    )
    count, since, until = next(iter(rows))
    if not count:
        return SetAsideCount(0, after, after)
    return SetAsideCount(count, datetime.fromisoformat(since), datetime.fromisoformat(until))


async def figures(connection: Connection) -> InboxFigures:
    """Return how many updates wait, since when, and how many were set aside."""
    rows = await connection.execute_fetchall(
        "SELECT count(*) FILTER (WHERE failed_at IS NULL), min(received_at) FILTER (WHERE failed_at IS NULL),"
        " count(failed_at) FROM inbox"
    )
    waiting, oldest, aside = next(iter(rows))
    return InboxFigures(waiting, datetime.fromisoformat(oldest) if oldest else None, aside)


def _text(moment: datetime) -> str:
    return moment.astimezone(UTC).isoformat(timespec="milliseconds")
