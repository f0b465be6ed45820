"""A small Bot API over real HTTP: it hands out updates by Telegram's offset rule and answers as a test says."""

from __future__ import annotations

import asyncio
import json
from collections import defaultdict, deque
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from typing import Any

from aiohttp import web
from telegram.ext import Application

from bot.transport import AiohttpRequest

TOKEN = "4242:TEST-token-that-must-never-show"
BOT = {"id": 4242, "is_bot": True, "first_name": "Ghid", "username": "ghid_test_bot"}

AnyApplication = Application[Any, Any, Any, Any, Any, Any]


def message_update(update_id: int, chat_id: int = 1, text: str = "hello") -> dict[str, Any]:
    """Return what a person's message looks like in getUpdates."""
    return {
        "update_id": update_id,
        "message": {
            "message_id": update_id,
            "date": 1_700_000_000,
            "from": {"id": chat_id, "is_bot": False, "first_name": "Ana"},
            "chat": {"id": chat_id, "type": "private", "first_name": "Ana"},
            "text": text,
        },
    }


@dataclass(frozen=True, slots=True)
class Call:
    """One request: method, parameters, and uploaded files as (name, content)."""

    method: str
    parameters: dict[str, str]
    files: dict[str, tuple[str, bytes]] = field(default_factory=dict)


def refusal(code: int, description: str, **parameters: int) -> tuple[int, bytes]:
    """Return the answer with which Telegram refuses."""
    answer: dict[str, object] = {"ok": False, "error_code": code, "description": description}
    if parameters:
        answer["parameters"] = parameters
    return code, json.dumps(answer).encode()


def granted(result: object) -> tuple[int, bytes]:
    """Return the answer with which Telegram agrees."""
    return 200, json.dumps({"ok": True, "result": result}).encode()


class BotApi:
    """`answers[method]` holds scripted answers, used up one a call; without one it agrees."""

    def __init__(self) -> None:
        self.url = ""
        self.calls: list[Call] = []
        self.answers: dict[str, deque[tuple[int, bytes]]] = defaultdict(deque)
        self.offsets: list[int | None] = []
        self._updates: list[dict[str, Any]] = []
        self._changed = asyncio.Condition()

    async def deliver(self, *updates: dict[str, Any]) -> None:
        """Let updates wait at Telegram."""
        async with self._changed:
            self._updates += updates
            self._changed.notify_all()

    async def until(self, count: int, method: str = "sendMessage") -> list[Call]:
        """Wait for ``count`` calls of a method, and return all of them."""
        async with asyncio.timeout(20), self._changed:
            await self._changed.wait_for(lambda: len(self.called(method)) >= count)
        return self.called(method)

    def called(self, method: str) -> list[Call]:
        """Return the calls of a method so far."""
        return [call for call in self.calls if call.method == method]

    @property
    def unconfirmed(self) -> int:
        """How many updates Telegram still keeps."""
        return len(self._updates)

    async def handle(self, request: web.Request) -> web.Response:
        """Answer one request of the bot's."""
        call = await _read(request)
        async with self._changed:
            self.calls.append(call)
            self._changed.notify_all()
        if self.answers[call.method]:
            status, body = self.answers[call.method].popleft()
        elif call.method == "getUpdates":
            status, body = granted(await self._poll(call.parameters))
        else:
            status, body = granted(_result(call, len(self.calls)))
        return web.Response(status=status, body=body, content_type="application/json")

    async def _poll(self, parameters: dict[str, str]) -> list[dict[str, Any]]:
        offset = int(parameters["offset"]) if "offset" in parameters else None
        self.offsets.append(offset)
        if offset is not None:
            self._updates = [update for update in self._updates if update["update_id"] >= offset]
        async with self._changed:
            try:
                async with asyncio.timeout(float(parameters.get("timeout", 0))):
                    await self._changed.wait_for(lambda: bool(self._updates))
            except TimeoutError:
                return []
        return self._updates[: int(parameters.get("limit", 100))]


async def _read(request: web.Request) -> Call:
    method = request.match_info["method"]
    parameters = dict(request.query)
    files: dict[str, tuple[str, bytes]] = {}
    if request.content_type == "application/json":
        parameters |= json.loads(await request.read() or b"{}")
    else:
        for name, value in (await request.post()).items():
            if isinstance(value, web.FileField):
                files[name] = value.filename, value.file.read()
            elif isinstance(value, str):
                parameters[name] = value
    return Call(method, parameters, files)


def _result(call: Call, number: int) -> object:
    if call.method == "getMe":
        return BOT
    if call.method in ("sendMessage", "editMessageText", "sendDocument"):
        return {
            "message_id": int(call.parameters.get("message_id", 1000 + number)),
            "date": 1_700_000_000,
            "chat": {"id": int(call.parameters["chat_id"]), "type": "private"},
            "text": call.parameters.get("text", ""),
        }
    return True


@asynccontextmanager
async def serve(app: web.Application) -> AsyncIterator[str]:
    """Serve on any free port of loopback; gives the address."""
    runner = web.AppRunner(app, access_log=None, shutdown_timeout=0.1)
    await runner.setup()
    await web.TCPSite(runner, "127.0.0.1", 0).start()
    try:
        yield f"http://127.0.0.1:{runner.addresses[0][1]}"
    finally:
        await runner.cleanup()


@asynccontextmanager
async def bot_api() -> AsyncIterator[BotApi]:
    """Run a Bot API for one test."""
    api = BotApi()
    app = web.Application(client_max_size=64 * 1024 * 1024)
    app.router.add_route("*", "/bot{token}/{method}", api.handle)
    async with serve(app) as url:
        api.url = url
        yield api


@asynccontextmanager
async def running_application(url: str) -> AsyncIterator[AnyApplication]:
    """Run a real Application on our transport against a Bot API at ``url``."""
    application = (
        Application.builder()
        .token(TOKEN)
        .base_url(f"{url}/bot")
        .base_file_url(f"{url}/file/bot")
        .request(AiohttpRequest())
        .get_updates_request(AiohttpRequest())
        .updater(None)
        .job_queue(None)
        .build()
    )
    async with application:
        await application.start()
        try:
            yield application
        finally:
            await application.stop()
