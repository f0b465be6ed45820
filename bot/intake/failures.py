"""What to do when handling an update failed: forget it, try again, or set it aside."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta
from typing import Literal

from telegram.error import BadRequest, Forbidden, InvalidToken, NetworkError, RetryAfter

from bot.storage.inbox import BusyError

MAX_ATTEMPTS = 3
MAX_DEATHS = 3  # the first among others, the next alone; one more, and it is the update
CALM = timedelta(seconds=5)  # for each death but the first, before it is handled again
RETRY_WAITS = (timedelta(seconds=1), timedelta(seconds=5))
TOKEN_WAIT = timedelta(seconds=30)  # before an update is tried again that met a refused token
_ERROR_LENGTH = 300  # characters kept


@dataclass(frozen=True, slots=True)
class Keep:
    """Try again after ``pause``, and blame the update for nothing."""

    pause: timedelta


Verdict = Literal["set aside", "nobody there"] | Keep | timedelta
"""A timedelta: try again after it; the attempt counts."""


@dataclass(slots=True)
class Attempt:
    """One try at one update. ``number``: from 1; ``error``: the first that a handler raised."""

    number: int
    error: BaseException | None = None


def judge(error: BaseException, attempt: int, waits: tuple[timedelta, ...]) -> Verdict:
    """Say what follows an error in attempt number ``attempt`` (from 1).

    Only trouble that passes by itself is tried again. Anything else is a mistake of ours: it would fail three times
    over, with its half-done effects and its apology to the person three times too.
    """
    if isinstance(error, Forbidden):
        return "nobody there"  # blocked or deleted while we worked: there is nobody left to answer
    if isinstance(error, InvalidToken):
        return Keep(TOKEN_WAIT)  # revoked: nobody can be answered until the operator has put in another
    if isinstance(error, RetryAfter):
        wait = error.retry_after
        return Keep(wait if isinstance(wait, timedelta) else timedelta(seconds=wait))
    if isinstance(error, BusyError) or (isinstance(error, NetworkError) and not isinstance(error, BadRequest)):
        again = waits[min(attempt, len(waits)) - 1]
    else:
        return "set aside"
    return again if attempt < MAX_ATTEMPTS else "set aside"


def describe(error: BaseException) -> str:
    """Return class and text, cut to a length fit for a row."""
    return f"{type(error).__name__}: {error}"[:_ERROR_LENGTH]
