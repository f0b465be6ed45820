"""The door for Telegram's webhook, and the health page beside it (which also stands alone while polling)."""

from __future__ import annotations

import asyncio
import hmac
import json
import logging
from collections.abc import Sequence
from dataclasses import dataclass

from aiohttp import web
from telegram import Bot

from bot.intake.health import Health
from bot.intake.intake import Intake, IntakeClosedError
from bot.intake.updates import NotAnUpdateError, to_inbox_item
from bot.storage.inbox import StorageError

logger = logging.getLogger(__name__)

SECRET_HEADER = "X-Telegram-Bot-Api-Secret-Token"  # noqa: S105 - the header's name
MAX_BODY_BYTES = 1024 * 1024  # an update is a few kilobytes; files never come this way
_BODY_WITHIN_SECONDS = 10.0
_STOP_SECONDS = 1.0


@dataclass(frozen=True, slots=True)
class Webhook:
    """Where Telegram posts: ``path`` on our server (it never holds the token), and the ``secret`` it sends along."""

    path: str
    secret: str

    def __post_init__(self) -> None:
        if not self.secret:
            raise ValueError("a webhook without a secret would be open to everybody")


class WebhookServer:
    """An HTTP server on ``port`` (0: any free one, see `port`): `/healthz`, and the webhook if there is one."""

    def __init__(
        self,
        intake: Intake,
        health: Health,
        *,
        port: int,
        host: str = "0.0.0.0",  # noqa: S104 - the platform's router comes from outside
        webhook: Webhook | None = None,
    ) -> None:
        self._intake = intake
        self._health = health
        self._webhook = webhook
        self._address = host, port
        self._warned = False
        app = web.Application(client_max_size=MAX_BODY_BYTES)
        app.router.add_get("/healthz", self._healthz)
        if webhook is not None:
            app.router.add_post(webhook.path, self._receive)
        self._runner = web.AppRunner(app, access_log=None, shutdown_timeout=_STOP_SECONDS)

    @property
    def port(self) -> int:
        """The port it listens on, once started."""
        return int(self._runner.addresses[0][1])

    async def start(self) -> None:
        """Listen.

        Raises:
            OSError: the port is taken or not allowed.
        """
        await self._runner.setup()
        host, port = self._address
        try:
            await web.TCPSite(self._runner, host, port).start()
        except BaseException:
            await self._runner.cleanup()
            raise

    async def stop(self) -> None:
        """Stop listening; requests at work get up to a second."""
        await self._runner.cleanup()

    async def _healthz(self, _: web.Request) -> web.Response:
        report = await self._health.report()
        return web.json_response(
            report.as_json(), status=200 if report.well else 503, headers={"Cache-Control": "no-store"}
        )

    async def _receive(self, request: web.Request) -> web.Response:
        """Answer 200 only when the update is committed; Telegram repeats what gets anything else."""
        if not self._is_telegram(request):
            if not self._warned:  # once: whoever knocks must not fill the log
                logger.warning("A webhook request without the right secret was refused")
                self._warned = True
            return web.Response(status=403)
        try:
            async with asyncio.timeout(_BODY_WITHIN_SECONDS):
                update = json.loads(await request.read())
            to_inbox_item(update)
        except TimeoutError:
            return web.Response(status=408)
        except (NotAnUpdateError, ValueError, RecursionError):
            return web.Response(status=400)
        if self._intake.full:
            return web.Response(status=503, headers={"Retry-After": "1"})
        try:
            await self._intake.accept([update])
        except (IntakeClosedError, StorageError):
            return web.Response(status=503)
        return web.Response(status=200)

    def _is_telegram(self, request: web.Request) -> bool:
        if self._webhook is None:
            return False
        given = request.headers.get(SECRET_HEADER, "")
        # Bytes: compare_digest takes no other text than ASCII.
        return hmac.compare_digest(given.encode("utf-8", "surrogateescape"), self._webhook.secret.encode())


async def register_webhook(
    bot: Bot, url: str, webhook: Webhook, *, allowed_updates: Sequence[str], max_connections: int = 40
) -> None:
    """Tell Telegram to post to ``url`` (whole, ending in the webhook's path). What waits there stays waiting."""
    await bot.set_webhook(
        url, secret_token=webhook.secret, allowed_updates=allowed_updates, max_connections=max_connections
    )
