"""What somebody is in the middle of, kept across restarts: one dialog a person."""

from __future__ import annotations

import json
from datetime import datetime

from bot.models import Dialog
from bot.storage.columns import moment_column
from bot.storage.database import Connection


async def read_dialogs(connection: Connection) -> dict[int, Dialog]:
    """Return every open dialog by chat."""
    rows = await connection.execute_fetchall("SELECT * FROM dialogs")
    return {
        row["chat_id"]: Dialog(row["kind"], json.loads(row["state"]), datetime.fromisoformat(row["updated_at"]))
        for row in rows
    }


async def save_dialog(connection: Connection, chat_id: int, dialog: Dialog) -> None:
    """Open a dialog, or write down where it stands; it takes the place of any other."""
    await connection.execute(
        """
        INSERT INTO dialogs (chat_id, kind, state, updated_at) VALUES (?, ?, ?, ?)
        ON CONFLICT (chat_id) DO UPDATE SET kind = excluded.kind, state = excluded.state,
            updated_at = excluded.updated_at
        """,
        (chat_id, dialog.kind, json.dumps(dict(dialog.state), ensure_ascii=False), moment_column(dialog.updated_at)),
    )


async def delete_dialog(connection: Connection, chat_id: int) -> bool:
    """End the dialog; False: there was none."""
    cursor = await connection.execute("DELETE FROM dialogs WHERE chat_id = ?", (chat_id,))
    return cursor.rowcount == 1
