"""A broadcast's row at the moment of sending: its text in the person's language, or why not now."""

from __future__ import annotations

from datetime import timedelta

from bot.broadcasts import BroadcastState
from bot.clock import Clock
from bot.models import Attendee, NoticeWishes, OutboxItem
from bot.services.agenda import AgendaService
from bot.services.broadcast_plan import morning_after
from bot.services.broadcasts import BroadcastService
from bot.services.follows import FollowService
from bot.services.renderings import Held, Obsolete, Rendered, Rendering

# Short: a row in hand is not among those that resuming lets go. There are as many as workers, at most.
_PAUSED_FOR = timedelta(seconds=5)


class BroadcastRenderer:
    """Looks at where the broadcast stands: what was in hand when it was paused or cancelled comes by here again."""

    def __init__(
        self, broadcasts: BroadcastService, follows: FollowService, agenda: AgendaService, clock: Clock
    ) -> None:
        self._broadcasts = broadcasts
        self._follows = follows
        self._agenda = agenda
        self._clock = clock

    async def render(self, item: OutboxItem, attendee: Attendee) -> Rendering:
        """Return the message in this person's language."""
        broadcast, now = await self._broadcasts.get(int(item.payload["broadcast"])), self._clock()
        if broadcast.state is BroadcastState.CANCELLED:
            return Obsolete()
        if broadcast.state is BroadcastState.PAUSED:
            return Held(now + _PAUSED_FOR)
        zone, urgent = self._agenda.current.agenda.event.time_zone, broadcast.draft.urgent
        morning = morning_after(urgent=urgent, wishes=NoticeWishes(), now=now, zone=zone)
        if morning is not None:  # by day nobody's wishes matter, and reading them would be most of the work
            wishes = (await self._follows.follows_of(item.chat_id)).wishes
            morning = morning_after(urgent=urgent, wishes=wishes, now=now, zone=zone)
        if morning is not None:
            return Held(morning)
        return Rendered(self._broadcasts.message_in(broadcast.draft, attendee.language))
