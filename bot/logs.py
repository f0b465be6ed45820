"""Logs: one line a unit of work to standard output, as text or JSON; no bot token shows, and no person's id."""

from __future__ import annotations

import hmac
import json
import logging
import re
import sys
from abc import ABC, abstractmethod
from collections.abc import Callable, Iterable
from datetime import UTC, datetime
from types import TracebackType
from typing import Any, TextIO

_TOKEN = re.compile(r"\d{5,}(?::|%3[Aa])[A-Za-z0-9_-]{20,}")
_HIDDEN = "[hidden]"
_NUMBER = re.compile(r"(?<![\w.:/-])\d{5,16}(?![\w.:/-])")
# What an id stands behind, in our own lines, in Telegram's errors and in what is printed of its objects.
_NAMED = re.compile(
    r"""((?:chat|user|person|attendee|author|organiser)(?:_id)?['"]?(?:[ =:(]|, ){1,3})(\d{1,16})\b""", re.IGNORECASE
)
_ORDINARY = frozenset(vars(logging.makeLogRecord({}))) | {"message", "asctime", "taskName"}
# These tell of each request, job or statement. python-telegram-bot's DEBUG holds what people wrote.
_QUIETEST = {
    "httpx": logging.WARNING,
    "httpcore": logging.WARNING,
    "apscheduler": logging.WARNING,
    "aiosqlite": logging.WARNING,
    "aiohttp.access": logging.WARNING,
    "telegram": logging.INFO,
}


class People:
    """Who is who in the logs: nobody. ``knows`` tells whether a number is a person's id; `salt` is the database's own.

    Without a salt, as before the database is open, a number that is named as a person's is hidden whole.
    """

    def __init__(self) -> None:
        self.salt: bytes | None = None
        self.knows: Callable[[int], bool] = lambda _: False

    def hidden(self, line: str) -> str:
        """Return the line with what stands for each person in the place of their id."""
        line = _NAMED.sub(lambda found: found[1] + self._pseudonym(found[2]), line)
        return _NUMBER.sub(lambda found: self._pseudonym(found[0]) if self.knows(int(found[0])) else found[0], line)

    def _pseudonym(self, number: str) -> str:
        if self.salt is None:
            return _HIDDEN
        return f"person-{hmac.digest(self.salt, number.encode(), 'sha256').hex()[:8]}"


PEOPLE = People()
"""Told by the running bot whom to hide."""


class _Scrubbing(logging.Formatter, ABC):
    """Hides tokens and ids in the finished line: none slips through an argument, an extra or a traceback."""

    def __init__(self, secrets: Iterable[str]) -> None:
        super().__init__()
        self._secrets = tuple(sorted((secret for secret in secrets if secret), key=len, reverse=True))

    def format(self, record: logging.LogRecord) -> str:
        line = self.line(record)
        for secret in self._secrets:
            line = line.replace(secret, _HIDDEN)
        return PEOPLE.hidden(_TOKEN.sub(_HIDDEN, line))

    @abstractmethod
    def line(self, record: logging.LogRecord) -> str:
        """Return the record as one line, its traceback behind it, nothing hidden yet."""

    def trace(self, record: logging.LogRecord) -> str:
        # Not kept on the record (`exc_text`): another handler would show it as it is.
        parts = [self.formatException(record.exc_info)] if record.exc_info and record.exc_info[0] else []
        if record.stack_info:
            parts.append(record.stack_info)
        return "\n".join(parts)


class TextFormatter(_Scrubbing):
    """``2023-11-22 08:05:00Z INFO bot.services.agenda: … key=value``; a traceback follows on lines of its own."""

    def line(self, record: logging.LogRecord) -> str:
        when = datetime.fromtimestamp(record.created, UTC).strftime("%Y-%m-%d %H:%M:%SZ")
        message = record.getMessage().replace("\r", "\\r").replace("\n", "\\n")
        extras = "".join(f" {key}={value!r}" for key, value in _extras(record).items())
        line = f"{when} {record.levelname} {record.name}: {message}{extras}"
        trace = self.trace(record)
        return f"{line}\n{trace}" if trace else line


class JsonFormatter(_Scrubbing):
    """One JSON object a line: ``at``, ``level``, ``logger``, ``message``, the extras, ``exception`` if there is one."""

    def line(self, record: logging.LogRecord) -> str:
        entry: dict[str, Any] = {
            "at": datetime.fromtimestamp(record.created, UTC).isoformat(timespec="milliseconds"),
            "level": record.levelname,
            "logger": record.name,
            "message": record.getMessage(),
            **_extras(record),
        }
        if trace := self.trace(record):
            entry["exception"] = trace
        return json.dumps(entry, ensure_ascii=False, default=str)


def configure_logging(
    level: str = "INFO", log_format: str = "text", *, secrets: Iterable[str] = (), stream: TextIO | None = None
) -> None:
    """Send every logger's lines to ``stream`` (default: standard output), uncaught errors and warnings too.

    ``secrets`` are hidden wherever they stand; what looks like a bot token is hidden anyhow.
    """
    handler = logging.StreamHandler(stream or sys.stdout)
    handler.setFormatter(JsonFormatter(secrets) if log_format == "json" else TextFormatter(secrets))
    logging.basicConfig(level=level, handlers=[handler], force=True)
    for name, quietest in _QUIETEST.items():
        logging.getLogger(name).setLevel(max(quietest, logging.getLevelNamesMapping()[level]))
    logging.captureWarnings(capture=True)
    sys.excepthook = _log_uncaught


def _extras(record: logging.LogRecord) -> dict[str, Any]:
    return {key: value for key, value in vars(record).items() if key not in _ORDINARY}


def _log_uncaught(kind: type[BaseException], error: BaseException, trace: TracebackType | None) -> None:
    # Python's own hook would print the traceback, and with it an address that holds the token, to standard error.
    if issubclass(kind, KeyboardInterrupt):
        return
    logging.getLogger("bot").critical("Ghid stops: an error nobody expected", exc_info=(kind, error, trace))
