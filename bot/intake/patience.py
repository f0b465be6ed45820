"""Telegram or the disk is away: while nobody can be served, no attempt counts, as no update is to blame."""

from __future__ import annotations

import asyncio
from dataclasses import dataclass
from datetime import timedelta

from telegram.error import BadRequest, NetworkError

from bot.storage.inbox import BusyError

PAUSES = tuple(timedelta(seconds=seconds) for seconds in (1, 2, 4, 8, 15, 30))


@dataclass(slots=True)
class _Trouble:
    began: float  # on the loop's clock
    served: int  # how many updates had been served when it was seen last
    times: int = 1


class Patience:
    """Remembers what fails for want of Telegram or the database. An update is spared for ``lasts`` at the most."""

    def __init__(self, lasts: timedelta) -> None:
        self._lasts = lasts.total_seconds()
        self._served = 0
        self._troubles: dict[int, _Trouble] = {}

    def served(self, update_id: int) -> None:
        """Note that an update came through: from now on others that fail have themselves to blame."""
        self._served += 1
        self._troubles.pop(update_id, None)

    def given_up(self, update_id: int) -> None:
        """Forget about an update that is not tried again."""
        self._troubles.pop(update_id, None)

    def spares(self, update_id: int, error: BaseException) -> timedelta | None:
        """Return after which pause to try again without counting; None: this attempt counts."""
        if isinstance(error, BadRequest) or not isinstance(error, NetworkError | BusyError):
            return None
        now = asyncio.get_running_loop().time()
        trouble = self._troubles.get(update_id)
        if trouble is None:
            self._troubles[update_id] = _Trouble(now, self._served)
            return None
        alone = trouble.served == self._served  # nothing came through in the meantime
        trouble.served = self._served
        trouble.times += 1
        if not alone or now - trouble.began > self._lasts:
            return None
        return PAUSES[min(trouble.times - 2, len(PAUSES) - 1)]
