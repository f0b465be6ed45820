"""The versions of the agenda that organisers made by buttons, and what each of them set."""

from __future__ import annotations

import json
from datetime import datetime

from bot.publishing import ChatEdit, EditEffects
from bot.storage.database import Connection
from content.edit_effects import Effect, EffectField, edit_document, edit_of


async def add_chat_edit(connection: Connection, version: int, made_by: EditEffects) -> None:
    """Write down which edit made this version, in the transaction that adds it.

    Raises:
        sqlite3.IntegrityError: the token was used already.
    """
    await connection.execute(
        "INSERT INTO chat_edits (version, token, edit) VALUES (?, ?, ?)",
        (version, made_by.confirmed.token, json.dumps(edit_document(made_by.confirmed.edit), ensure_ascii=False)),
    )
    await connection.executemany(
        "INSERT INTO chat_edit_effects (version, session_handle, field, value) VALUES (?, ?, ?, ?)",
        [(version, effect.session, effect.field.value, effect.value) for effect in made_by.effects],
    )


async def version_of_token(connection: Connection, token: str) -> int | None:
    """Return the version that the preview of this token became; None: none yet."""
    async with connection.execute("SELECT version FROM chat_edits WHERE token = ?", (token,)) as cursor:
        row = await cursor.fetchone()
    return int(row["version"]) if row else None


async def chat_edits(connection: Connection) -> tuple[ChatEdit, ...]:
    """Return every edit, the latest first, each with what it set."""
    effects: dict[int, list[Effect]] = {}
    for row in await connection.execute_fetchall("SELECT * FROM chat_edit_effects"):
        effect = Effect(row["session_handle"], EffectField(row["field"]), row["value"])
        effects.setdefault(row["version"], []).append(effect)
    rows = await connection.execute_fetchall(
        """
        SELECT chat_edits.version, chat_edits.edit, agenda_versions.created_at FROM chat_edits
        JOIN agenda_versions ON agenda_versions.number = chat_edits.version ORDER BY chat_edits.version DESC
        """
    )
    return tuple(
        ChatEdit(
            row["version"],
            datetime.fromisoformat(row["created_at"]),
            edit_of(json.loads(row["edit"])),
            tuple(effects.get(row["version"], ())),
        )
        for row in rows
    )
