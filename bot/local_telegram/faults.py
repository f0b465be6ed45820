"""Faults a test schedules: what the network and Telegram do on a bad day."""

from collections import defaultdict, deque
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Fault:
    """What happens to one call, in this order: a delay, then a reset, a wrong answer, or a right one that is lost.

    `seconds` delays; `reset` drops the connection before anything is done; `status` answers with `body` (a Bot API
    error made from `description` and `retry_after` if empty) and does nothing; `answer_lost` does what was asked and
    drops the connection instead of answering.
    """

    seconds: float = 0
    reset: bool = False
    status: int = 0
    description: str = ""
    retry_after: int = 0
    body: str = ""
    answer_lost: bool = False


class Faults:
    """Scheduled faults by method; each strikes once, in the order given."""

    def __init__(self) -> None:
        self._next: defaultdict[str, deque[tuple[int | None, Fault]]] = defaultdict(deque)

    def next(self, method: str, fault: Fault, *, times: int = 1, chat_id: int | None = None) -> None:
        """Let the next `times` calls of `method` suffer `fault`, of one chat only if `chat_id` is given."""
        self._next[method.lower()].extend([(chat_id, fault)] * times)

    @property
    def waiting(self) -> int:
        """How many have not struck yet."""
        return sum(map(len, self._next.values()))

    def take(self, method: str, chat_id: int | None) -> Fault | None:
        """Return the fault for this call, and forget it."""
        waiting = self._next.get(method.lower())
        if not waiting:
            return None
        for place, (wanted, fault) in enumerate(waiting):
            if wanted is None or wanted == chat_id:
                del waiting[place]
                return fault
        return None

    def clear(self) -> None:
        """Forget all that did not strike yet."""
        self._next.clear()
