"""Dialogs in progress: a broadcast being written, an import that awaits its yes. One a person, kept across restarts."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from bot.clock import Clock
from bot.models import Dialog
from bot.storage.database import Database
from bot.storage.dialogs import delete_dialog, read_dialogs, save_dialog


class DialogService:
    """Keeps the few open dialogs in memory too, so that a message of somebody without one costs no read."""

    def __init__(self, database: Database, clock: Clock) -> None:
        self._database = database
        self._clock = clock
        self._open: dict[int, Dialog] = {}

    async def load(self) -> None:
        """Read what an earlier process left open."""
        self._open = dict(await read_dialogs(self._database.reader))

    def of(self, chat_id: int) -> Dialog | None:
        """Return what this person is in the middle of; None: nothing."""
        return self._open.get(chat_id)

    async def put(self, chat_id: int, kind: str, state: Mapping[str, Any]) -> None:
        """Open a dialog, or write down where it stands now; it takes the place of any other."""
        dialog = Dialog(kind, dict(state), self._clock())
        async with self._database.transaction() as connection:
            await save_dialog(connection, chat_id, dialog)
        self._open[chat_id] = dialog

    async def end(self, chat_id: int) -> bool:
        """End the dialog; False: there was none."""
        if chat_id not in self._open:
            return False
        async with self._database.transaction() as connection:
            await delete_dialog(connection, chat_id)
        self._open.pop(chat_id, None)
        return True

    async def forget_person(self, chat_id: int | None) -> None:
        """Forget what this person, None: everybody, is in the middle of, as far as memory goes."""
        if chat_id is None:
            self._open.clear()
        else:
            self._open.pop(chat_id, None)
