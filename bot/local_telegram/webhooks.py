"""The bot's webhook: updates POSTed one after another, each again until the bot answers 2xx."""

import asyncio
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass
from datetime import datetime
from ipaddress import ip_address
from urllib.parse import urlsplit

import aiohttp

from bot.local_telegram.json_types import JsonObject
from bot.local_telegram.refusals import bad_request
from bot.local_telegram.updates import UpdateQueue

_FIRST_PAUSE = 0.1
_LONGEST_PAUSE = 10.0
_SECONDS_TO_ANSWER = 10


@dataclass(frozen=True, slots=True)
class WebhookTarget:
    """Where updates go, and what the bot asked of the way."""

    url: str
    secret_token: str = ""
    max_connections: int = 40
    ip_address: str = "127.0.0.1"


class Webhook:
    """At most one target; while there is one, a task delivers to it."""

    def __init__(self, updates: UpdateQueue, now: Callable[[], datetime]) -> None:
        self.target: WebhookTarget | None = None
        self.last_error: tuple[int, str] | None = None
        self._updates = updates
        self._now = now
        self._task: asyncio.Task[None] | None = None

    def set(self, target: WebhookTarget) -> None:
        """Deliver to `target` from now on."""
        self._stop()
        self.target = target
        self.last_error = None
        self._task = asyncio.get_running_loop().create_task(self._deliver(target), name="local Telegram's webhook")

    def delete(self) -> None:
        """Deliver no more; updates wait for getUpdates."""
        self._stop()
        self.target = None
        self.last_error = None

    async def close(self) -> None:
        """Stop delivering and wait until the connection is closed."""
        task = self._task
        self._stop()
        if task is not None:
            with suppress(asyncio.CancelledError):
                await task

    def info(self) -> JsonObject:
        """Return the Bot API's WebhookInfo."""
        info: JsonObject = {
            "url": self.target.url if self.target else "",
            "has_custom_certificate": False,
            "pending_update_count": len(self._updates.pending),
        }
        if self.target:
            info |= {"max_connections": self.target.max_connections, "ip_address": self.target.ip_address}
            if self.last_error:
                info |= {"last_error_date": self.last_error[0], "last_error_message": self.last_error[1]}
        if self._updates.allowed:
            info["allowed_updates"] = list(self._updates.allowed)
        return info

    def _stop(self) -> None:
        if self._task is not None:
            self._task.cancel()
            self._task = None

    async def _deliver(self, target: WebhookTarget) -> None:
        headers = {"X-Telegram-Bot-Api-Secret-Token": target.secret_token} if target.secret_token else {}
        timeout = aiohttp.ClientTimeout(total=_SECONDS_TO_ANSWER)
        pause = _FIRST_PAUSE
        async with aiohttp.ClientSession(headers=headers, timeout=timeout) as session:
            while True:
                await self._updates.wait_for_some()
                update = self._updates.pending[0]
                problem = await _post(session, target.url, update)
                if problem:
                    self.last_error = (int(self._now().timestamp()), problem)
                    await asyncio.sleep(pause)
                    pause = min(2 * pause, _LONGEST_PAUSE)
                else:
                    self._updates.confirm_before(update["update_id"] + 1)
                    pause = _FIRST_PAUSE


async def _post(session: aiohttp.ClientSession, url: str, update: JsonObject) -> str:
    """Return what went wrong, "" if the bot took the update."""
    try:
        async with session.post(url, json=update, allow_redirects=False) as response:
            await response.read()
            if 200 <= response.status < 300:
                return ""
            return f"Wrong response from the webhook: {response.status} {response.reason}"
    except TimeoutError:
        return "Read timeout expired"
    except aiohttp.ClientConnectorError:
        return "Connection refused"
    except aiohttp.ClientError:
        return "Connection reset by peer"


def check_webhook_url(url: str) -> None:
    """Raise Refusal unless updates may be POSTed there.

    As a Bot API server started with --local does, this takes plain HTTP and any port; unlike it, this machine only.
    """
    try:
        parts = urlsplit(url)
        host, port = parts.hostname or "", parts.port
    except ValueError:
        raise bad_request("invalid webhook URL specified") from None
    if not host or port == 0 or any(character.isspace() for character in url):
        raise bad_request("invalid webhook URL specified")
    if parts.scheme not in {"http", "https"}:
        raise bad_request("bad webhook: An HTTPS URL must be provided for webhook")
    if not _is_loopback(host):
        raise bad_request("bad webhook: the local Telegram delivers to this machine only")


def _is_loopback(host: str) -> bool:
    try:
        return host == "localhost" or ip_address(host).is_loopback
    except ValueError:
        return False
