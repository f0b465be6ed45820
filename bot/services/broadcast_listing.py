"""The rows of a broadcast, one a person: written, held, freed and dropped piece by piece.

In small bites, since whoever answers people writes too.
"""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable
from datetime import datetime

from bot.broadcasts import Broadcast, BroadcastState
from bot.clock import Clock
from bot.models import Priority
from bot.services.agenda import AgendaService
from bot.services.broadcast_plan import LASTS, followed_handles, sending_times
from bot.storage import broadcast_rows, broadcasts
from bot.storage.database import Connection, Database

LISTED_AT_ONCE = 2_000
CHANGED_AT_ONCE = 2_000


class BroadcastListing:
    """Goes through an audience in the order of its chats; what was begun is known after a crash."""

    def __init__(self, database: Database, clock: Clock, agenda: AgendaService) -> None:
        self._database = database
        self._clock = clock
        self._agenda = agenda
        self._lock = asyncio.Lock()

    async def begin(self, connection: Connection, broadcast: Broadcast, now: datetime) -> int:
        """Let it be sent from now on, and write the first rows; return how many. `finish` writes the others."""
        await broadcasts.begin(connection, broadcast.id, now)
        added, _ = await self._list(connection, broadcast, now, after=0)
        return added

    async def finish(self, id_: int) -> int:
        """Write the rows that are not written yet, unless it is paused or cancelled meanwhile; return how many."""
        added, after = 0, None
        async with self._lock:
            while True:
                async with self._database.transaction() as connection:
                    broadcast = await broadcasts.find_broadcast(connection, id_)
                    if broadcast is None or broadcast.state is not BroadcastState.SENDING:
                        return added
                    if not await broadcasts.is_half_listed(connection, id_):
                        return added
                    if after is None:
                        after = await broadcast_rows.last_listed(connection, id_)
                    more, after = await self._list(connection, broadcast, self._clock(), after=after)
                    added += more

    async def finish_all(self) -> int:
        """Go on where an earlier process ended; return how many rows were written."""
        half_listed = await broadcasts.list_half_listed(self._database.reader)
        return sum([await self.finish(each.id) for each in half_listed])

    async def hold(self, id_: int) -> None:
        """Hold back the rows of one that is paused, as long as it is."""
        await self._change(
            id_,
            BroadcastState.PAUSED,
            lambda connection: broadcast_rows.hold_rows(connection, id_, limit=CHANGED_AT_ONCE),
        )

    async def free(self, broadcast: Broadcast, now: datetime) -> None:
        """Let the rows of one that goes on go out, as long as it does."""
        times = sending_times(broadcast.draft, now, self._agenda.current.agenda.event.time_zone)
        await self._change(
            broadcast.id,
            BroadcastState.SENDING,
            lambda connection: broadcast_rows.free_rows(connection, broadcast.id, times, limit=CHANGED_AT_ONCE),
        )

    async def catch_up(self) -> None:
        """Hold, free and drop what an earlier process had not come to when it ended."""
        now = self._clock()
        for broadcast in await broadcasts.list_where_open(self._database.reader, *BroadcastState):
            match broadcast.state:
                case BroadcastState.PAUSED:
                    await self.hold(broadcast.id)
                case BroadcastState.SENDING:
                    await self.free(broadcast, now)
                case BroadcastState.CANCELLED:
                    await self.drop(broadcast.id, now)
                case _:
                    pass

    async def drop(self, id_: int, now: datetime) -> None:
        """Drop the rows of one that is cancelled."""
        await self._change(
            id_,
            BroadcastState.CANCELLED,
            lambda connection: broadcast_rows.drop_rows(
                connection, id_, now, expires_at=now + LASTS, limit=CHANGED_AT_ONCE
            ),
        )

    async def _change(self, id_: int, state: BroadcastState, change: Callable[[Connection], Awaitable[int]]) -> None:
        changed = CHANGED_AT_ONCE
        while changed == CHANGED_AT_ONCE:
            async with self._database.transaction() as connection:
                broadcast = await broadcasts.find_broadcast(connection, id_)
                if broadcast is None or broadcast.state is not state:
                    return
                changed = await change(connection)

    async def _list(
        self, connection: Connection, broadcast: Broadcast, now: datetime, *, after: int
    ) -> tuple[int, int | None]:
        """Write the rows of the next people after this chat; return how many, and the last chat if there are more."""
        draft, agenda = broadcast.draft, self._agenda.current.agenda
        followed = followed_handles(draft.audience, agenda)
        up_to = await broadcast_rows.next_people(
            connection, draft.audience, followed, after=after, limit=LISTED_AT_ONCE
        )
        await broadcasts.mark_half_listed(connection, broadcast.id, up_to is not None)
        added = await broadcast_rows.add_rows(
            connection,
            broadcast,
            followed,
            sending_times(draft, now, agenda.event.time_zone),
            Priority.URGENT if draft.urgent else Priority.BROADCAST,
            after=after,
            up_to=up_to,
        )
        return added, up_to
