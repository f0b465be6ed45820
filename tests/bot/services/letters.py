"""Messages whose text stands in their outbox row."""

from __future__ import annotations

from dataclasses import dataclass, field

from bot.messages.outgoing import OutgoingMessage
from bot.models import Attendee, OutboxItem
from bot.services.renderings import Rendered, Rendering


@dataclass(slots=True)
class Letters:
    """Writes what the row says, or does with it what `instead` says for its key. `asked`: the keys, in order."""

    instead: dict[str, Rendering | Exception] = field(default_factory=dict)
    asked: list[str] = field(default_factory=list)

    async def render(self, item: OutboxItem, attendee: Attendee) -> Rendering:
        self.asked.append(item.key)
        rendering = self.instead.get(item.key, Rendered(OutgoingMessage(item.payload["text"])))
        if isinstance(rendering, Exception):
            raise rendering
        return rendering
