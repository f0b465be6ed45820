"""Organisers, their one-time links, and the trail of what they did."""

from __future__ import annotations

import json
from collections.abc import Mapping
from datetime import datetime
from typing import Any

from bot.models import AuditEntry, Organiser
from bot.storage.columns import moment_column
from bot.storage.database import Connection, Row


async def find_organiser(connection: Connection, chat_id: int) -> Organiser | None:
    """Return this organiser; None: they are none."""
    async with connection.execute("SELECT * FROM organisers WHERE chat_id = ?", (chat_id,)) as cursor:
        row = await cursor.fetchone()
    return _organiser(row) if row else None


async def list_organisers(connection: Connection) -> tuple[Organiser, ...]:
    """Return every organiser, the earliest first."""
    rows = await connection.execute_fetchall("SELECT * FROM organisers ORDER BY since, chat_id")
    return tuple(_organiser(row) for row in rows)


async def add_organiser(connection: Connection, organiser: Organiser) -> bool:
    """Add an organiser; False: they are one already."""
    cursor = await connection.execute(
        "INSERT INTO organisers (chat_id, since, invited_by) VALUES (?, ?, ?) ON CONFLICT DO NOTHING",
        (organiser.chat_id, moment_column(organiser.since), organiser.invited_by),
    )
    return cursor.rowcount == 1


async def delete_organiser(connection: Connection, chat_id: int) -> bool:
    """Take the rights away; False: they had none."""
    cursor = await connection.execute("DELETE FROM organisers WHERE chat_id = ?", (chat_id,))
    return cursor.rowcount == 1


async def add_invite(
    connection: Connection, code_hash: str, *, created_at: datetime, expires_at: datetime, created_by: int | None
) -> None:
    """Keep the hash of a new code."""
    await connection.execute(
        "INSERT INTO organiser_invites (code_hash, created_at, expires_at, created_by) VALUES (?, ?, ?, ?)",
        (code_hash, moment_column(created_at), moment_column(expires_at), created_by),
    )


async def use_invite(connection: Connection, code_hash: str, chat_id: int, now: datetime) -> bool:
    """Use a code up; exactly one person can. False: it is unknown, used, or too old."""
    cursor = await connection.execute(
        """
        UPDATE organiser_invites SET used_by = ?, used_at = ?
        WHERE code_hash = ? AND used_by IS NULL AND expires_at > ?
        """,
        (chat_id, moment_column(now), code_hash, moment_column(now)),
    )
    return cursor.rowcount == 1


async def invite_author(connection: Connection, code_hash: str) -> int | None:
    """Return who made this code; None: the command line."""
    async with connection.execute(
        "SELECT created_by FROM organiser_invites WHERE code_hash = ?", (code_hash,)
    ) as cursor:
        row = await cursor.fetchone()
    return row["created_by"] if row else None


async def add_audit_entry(
    connection: Connection, at: datetime, actor: int | None, action: str, details: Mapping[str, Any]
) -> None:
    """Write down what somebody did. ``actor`` None: the command line."""
    await connection.execute(
        "INSERT INTO audit (at, actor, action, details) VALUES (?, ?, ?, ?)",
        (moment_column(at), actor, action, json.dumps(dict(details), ensure_ascii=False)),
    )


async def latest_audit_entries(connection: Connection, limit: int) -> tuple[AuditEntry, ...]:
    """Return the latest entries, the newest first."""
    rows = await connection.execute_fetchall("SELECT * FROM audit ORDER BY id DESC LIMIT ?", (limit,))
    return tuple(
        AuditEntry(datetime.fromisoformat(row["at"]), row["actor"], row["action"], json.loads(row["details"]))
        for row in rows
    )


def _organiser(row: Row) -> Organiser:
    return Organiser(row["chat_id"], datetime.fromisoformat(row["since"]), row["invited_by"])
