"""Lists too long for a phone's screen: one page of them, and the buttons to the others."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Generic, TypeVar

from bot.i18n import Html
from bot.messages.buttons import Payload
from bot.messages.outgoing import Button, ButtonRows
from bot.messages.view import View

Item = TypeVar("Item")


@dataclass(frozen=True, slots=True)
class Page(Generic[Item]):
    """The items of one page. ``number`` counts from 0."""

    items: tuple[Item, ...]
    number: int
    count: int

    @classmethod
    def of(cls, items: Sequence[Item], size: int, number: int) -> Page[Item]:
        """Take the page of this number, or the last one: a list may have shrunk since its button was made."""
        count = max(1, -(-len(items) // size))
        number = min(number, count - 1)
        return cls(tuple(items[number * size : (number + 1) * size]), number, count)

    def note(self, view: View) -> Html:
        """Return "Page 2 of 5", or nothing if there is one page."""
        if self.count == 1:
            return Html("")
        return view.t.gettext("Page %(number)s of %(count)s", number=self.number + 1, count=self.count)

    def buttons(self, view: View, payload: Callable[[int], Payload]) -> ButtonRows:
        """Return the row that leads to the pages before and after; none if there is one page."""
        t = view.t.plain
        row: list[Button] = []
        if self.number > 0:
            row.append(payload(self.number - 1).button(t.pgettext("button", "Previous page")))
        if self.number < self.count - 1:
            row.append(payload(self.number + 1).button(t.pgettext("button", "Next page")))
        return (tuple(row),) if row else ()
