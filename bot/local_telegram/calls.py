"""The log of Bot API calls: what was asked, what was answered, how long it took. Never the token."""

from collections import deque
from dataclasses import dataclass
from datetime import datetime

from bot.local_telegram.json_types import JsonObject

_KEPT = 10_000
_SHOWN = 200


@dataclass(frozen=True, slots=True)
class Call:
    """One call and its outcome. `parameters` are as they came, files by name and size; `milliseconds` of real time."""

    at: datetime
    method: str
    parameters: JsonObject
    chat_id: int | None
    ok: bool
    error_code: int | None
    description: str
    milliseconds: float
    warnings: tuple[str, ...] = ()

    def page_call(self) -> JsonObject:
        """Return the call as the phone page lists it."""
        return {
            "at": self.at.isoformat(),
            "method": self.method,
            "chat_id": self.chat_id,
            "ok": self.ok,
            "error_code": self.error_code,
            "description": self.description,
            "ms": round(self.milliseconds, 2),
            "warnings": list(self.warnings),
        }

    @property
    def is_quiet(self) -> bool:
        """Polls that went well would drown the rest on the page."""
        return self.method == "getUpdates" and self.ok


class CallLog:
    """The latest calls, oldest first."""

    def __init__(self) -> None:
        self.calls: deque[Call] = deque(maxlen=_KEPT)

    def shown(self) -> list[JsonObject]:
        """Return the latest calls for the phone page, oldest first, without quiet ones."""
        shown: deque[JsonObject] = deque(maxlen=_SHOWN)
        for call in reversed(self.calls):
            if len(shown) == _SHOWN:
                break
            if not call.is_quiet:
                shown.appendleft(call.page_call())
        return list(shown)
