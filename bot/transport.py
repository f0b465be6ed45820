"""python-telegram-bot's network side on aiohttp: several times the stock one, and it knows what was surely not sent.

Three kinds of failure leave here:

- `NotSentError`: no byte of the request left, so trying again cannot repeat anything;
- `TimedOut` and any other `NetworkError`: the request may have arrived and taken effect;
- what Telegram refused, in python-telegram-bot's own classes (made by `BaseRequest` from the answer).

Every address holds the bot's token, so no error here carries an address or is chained to one of aiohttp's.
"""

from __future__ import annotations

import asyncio
import io
import json
import os
import re
import urllib.request
from ipaddress import ip_address
from typing import Final

import aiohttp
from telegram.error import NetworkError, TimedOut
from telegram.request import BaseRequest, RequestData
from yarl import URL

_TOO_MANY: Final = 429
_LONGEST_WAIT: Final = 3_600  # seconds; what asks for more is tried again after an hour all the same
_KEEP_ALIVE_SECONDS: Final = 30.0
_DNS_SECONDS: Final = 300
_JSON: Final = {"Content-Type": "application/json"}
_TOKEN = re.compile(r"(?<=/bot)[^/]+")
# As browsers and httpx write file names into a multipart header.
_FILE_NAME_ESCAPES = str.maketrans({"\r": "%0D", "\n": "%0A", '"': "%22", "\\": "%5C", "\0": "%00"})

# aiohttp raises these before it has a connection to write to.
_BEFORE_SENDING: Final = (
    aiohttp.ClientConnectorError,  # refused, unreachable, DNS, TLS, a proxy that does not answer
    aiohttp.ConnectionTimeoutError,
    aiohttp.ClientHttpProxyError,  # the proxy refused the tunnel
    aiohttp.InvalidURL,
    aiohttp.NonHttpUrlClientError,
)


class NotSentError(NetworkError):
    """Surely not sent: nobody listened, no name, no connection free. Trying again repeats nothing."""

    __slots__ = ()


class AiohttpRequest(BaseRequest):
    """One pool of connections to the Bot API. Timeouts are seconds; None waits for ever.

    ``read``: between two pieces of an answer. ``write``: without any progress while a file goes up. ``connect``: name,
    TCP and TLS together. ``pool``: for a free connection. Proxies come from the environment (``HTTPS_PROXY``, …).
    """

    __slots__ = ("_connect", "_pool", "_proxies", "_read", "_session", "_slots", "_write")

    def __init__(
        self,
        *,
        pool_size: int = 256,
        read: float | None = 10.0,
        write: float | None = 20.0,
        connect: float | None = 10.0,
        pool: float | None = 10.0,
    ) -> None:
        self._read, self._write, self._connect, self._pool = read, write, connect, pool
        # aiohttp's own limit shares one timeout between waiting for a connection and making it; ours does not.
        self._slots = asyncio.Semaphore(pool_size)
        self._session: aiohttp.ClientSession | None = None
        self._proxies: dict[str, str] = {}

    @property
    def read_timeout(self) -> float | None:
        """The default read timeout in seconds."""
        return self._read

    async def initialize(self) -> None:
        """Open the pool; a second call changes nothing."""
        # python-telegram-bot asks for this each time it makes a RetryAfter: a timedelta, without a warning.
        os.environ.setdefault("PTB_TIMEDELTA", "1")
        if self._session is not None and not self._session.closed:
            return
        # aiohttp's trust_env asks the environment and ~/.netrc anew, in a thread, for every single request.
        self._proxies = urllib.request.getproxies()
        self._session = aiohttp.ClientSession(
            connector=aiohttp.TCPConnector(limit=0, keepalive_timeout=_KEEP_ALIVE_SECONDS, ttl_dns_cache=_DNS_SECONDS),
            cookie_jar=aiohttp.DummyCookieJar(),
            headers={"User-Agent": self.USER_AGENT},
        )

    async def shutdown(self) -> None:
        """Close the pool; `initialize` opens it again."""
        if self._session is not None:
            await self._session.close()

    async def do_request(  # noqa: PLR0917 - the signature is python-telegram-bot's
        self,
        url: str,
        method: str,
        request_data: RequestData | None = None,
        read_timeout: object = BaseRequest.DEFAULT_NONE,
        write_timeout: object = BaseRequest.DEFAULT_NONE,
        connect_timeout: object = BaseRequest.DEFAULT_NONE,
        pool_timeout: object = BaseRequest.DEFAULT_NONE,
    ) -> tuple[int, bytes]:
        """Send one request and return the answer's status and body.

        Raises:
            NotSentError: surely not sent.
            TimedOut: no (whole) answer in time; it may have been sent.
            NetworkError: the connection broke; it may have been sent.
        """
        session = self._session
        if session is None or session.closed:
            raise NotSentError("The connections to Telegram are not open")
        connect = _seconds(connect_timeout, self._connect)
        write = _seconds(write_timeout, self._write)
        timeout = aiohttp.ClientTimeout(connect=connect, sock_read=_seconds(read_timeout, self._read))
        await self._take_slot(_seconds(pool_timeout, self._pool))
        try:
            if request_data is not None and request_data.contains_files:
                return await self._upload(session, url, request_data, write, timeout)
            body = request_data.json_payload if request_data is not None else None
            async with session.request(
                method,
                url,
                data=body,
                headers=_JSON if body is not None else None,
                timeout=timeout,
                proxy=self._proxy(url),
                allow_redirects=False,
            ) as response:
                answer = _without_token(url, method, response.status, await response.read())
                return response.status, _bearable(answer) if response.status == _TOO_MANY else answer
        except (aiohttp.ClientError, OSError, TimeoutError) as error:
            failure = _network_error(error)
        finally:
            self._slots.release()
        # Outside the `except`: even the hidden context of our error must not hold an address.
        raise failure

    async def _take_slot(self, pool_timeout: float | None) -> None:
        if not self._slots.locked():
            await self._slots.acquire()  # returns at once
            return
        try:
            async with asyncio.timeout(pool_timeout):
                await self._slots.acquire()
        except TimeoutError:
            raise NotSentError("All connections to Telegram are in use") from None

    async def _upload(
        self,
        session: aiohttp.ClientSession,
        url: str,
        request_data: RequestData,
        write_timeout: float | None,
        timeouts: aiohttp.ClientTimeout,
    ) -> tuple[int, bytes]:
        form = aiohttp.FormData(quote_fields=False, default_to_multipart=True)
        for name, value in request_data.json_parameters.items():
            form.add_field(name, value)
        for name, (file_name, content, mime_type) in request_data.multipart_data.items():
            data = io.BytesIO(content) if isinstance(content, bytes) else content
            form.add_field(name, data, filename=file_name.translate(_FILE_NAME_ESCAPES), content_type=mime_type)
        tracker = aiohttp.UploadTracker()
        async with asyncio.timeout(None) as deadline:
            stall = _StallWatch(tracker, deadline, write_timeout, timeouts.connect)
            try:
                async with session.post(
                    url,
                    data=form,
                    timeout=timeouts,
                    proxy=self._proxy(url),
                    allow_redirects=False,
                    upload_tracker=tracker,
                ) as response:
                    return response.status, _without_token(url, "POST", response.status, await response.read())
            finally:
                stall.cancel()

    def _proxy(self, url: str) -> str | None:
        if not self._proxies:
            return None
        address = URL(url)
        if address.host is None or _is_this_machine(address.host) or urllib.request.proxy_bypass(address.host):
            return None
        return self._proxies.get(address.scheme) or self._proxies.get("all")


def _is_this_machine(host: str) -> bool:
    """Tell whether it is a loopback address: a proxy elsewhere could not reach it."""
    try:
        return host == "localhost" or ip_address(host).is_loopback
    except ValueError:
        return False


class _StallWatch:
    """Ends an upload that made no progress for ``write`` seconds (aiohttp has no write timeout of its own)."""

    def __init__(
        self,
        tracker: aiohttp.UploadTracker,
        deadline: asyncio.Timeout,
        write: float | None,
        connect: float | None,
    ) -> None:
        self._tracker, self._deadline, self._write = tracker, deadline, write
        self._seen = 0
        self._loop = asyncio.get_running_loop()
        self._timer: asyncio.TimerHandle | None = None
        if write is not None:
            self._timer = self._loop.call_later(write + (connect or 0), self._look)

    def _look(self) -> None:
        if self._write is None or self._tracker.upload_complete.done():
            return
        written = self._tracker.bytes_written
        if written <= self._seen:
            self._deadline.reschedule(self._loop.time())
            return
        self._seen = written
        self._timer = self._loop.call_later(self._write, self._look)

    def cancel(self) -> None:
        if self._timer is not None:
            self._timer.cancel()


def _seconds(given: object, default: float | None) -> float | None:
    """Return a timeout as handed over; python-telegram-bot's mark for "not given" means the default."""
    return given if given is None or isinstance(given, int | float) else default


def _network_error(error: Exception) -> NetworkError:
    """Return our error for one of aiohttp's, with nothing in its text but class and system error."""
    # aiohttp's own texts hold the address, hence the token: only the class and the system's wording are taken over.
    text = type(error).__name__
    number = getattr(error, "errno", None)
    if isinstance(number, int) and number > 0:
        text = f"{text}: {os.strerror(number)}"
    if isinstance(error, aiohttp.ClientConnectorDNSError):
        text = f"{text}: no address for {error.host}"
    if isinstance(error, aiohttp.ClientResponseError) and error.status:
        text = f"{text}: status {error.status}"
    if isinstance(error, _BEFORE_SENDING):
        return NotSentError(f"Telegram cannot be reached ({text})")
    if isinstance(error, TimeoutError):
        return TimedOut(f"Telegram did not answer in time ({text})")
    return NetworkError(f"The connection to Telegram broke ({text})")


def _bearable(body: bytes) -> bytes:
    """Return a refusal with a wait that can be waited for: python-telegram-bot fails at an absurd one."""
    try:
        refusal = json.loads(body)
        wait = int(refusal["parameters"]["retry_after"])
    except (ValueError, TypeError, KeyError, OverflowError):
        return body
    refusal["parameters"]["retry_after"] = min(max(1, wait), _LONGEST_WAIT)
    return json.dumps(refusal).encode()


def _without_token(url: str, method: str, status: int, body: bytes) -> bytes:
    """Return the body; a page of something in between, which may quote our address, loses the token."""
    if method == "POST" and not body.lstrip().startswith(b"{"):
        return b""  # JSON of another shape than Telegram's would fail as a mistake of ours, not as a network's
    # BaseRequest puts an answer that is no JSON into its error and its log.
    if status == 200 and (method == "GET" or body.startswith(b"{")):
        return body
    token = _TOKEN.search(url)
    return body.replace(token[0].encode(), b"<token>") if token else body
