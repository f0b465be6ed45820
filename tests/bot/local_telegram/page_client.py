"""The phone page's side of the /local/ routes."""

import json
from dataclasses import dataclass
from typing import Any

import aiohttp

from bot.local_telegram import LocalTelegram


@dataclass(frozen=True, slots=True)
class Page:
    """Asks for and posts what the page would."""

    session: aiohttp.ClientSession
    telegram: LocalTelegram

    async def get(self, path: str) -> Any:
        async with self.session.get(f"{self.telegram.api_url}/local/{path}") as response:
            assert response.status == 200, await response.text()
            return await response.json()

    async def post(self, path: str, status: int = 200, **body: Any) -> Any:
        async with self.session.post(f"{self.telegram.api_url}/local/{path}", json=body) as response:
            text = await response.text()
            assert response.status == status, text
            return json.loads(text) if response.content_type == "application/json" else text


class EventStream:
    """Server-sent events, read one by one."""

    def __init__(self, response: aiohttp.ClientResponse) -> None:
        self._response = response

    async def next(self) -> tuple[int, str, Any]:
        """Return number, kind and data of the next event, comments skipped."""
        fields: dict[str, str] = {}
        async for line in self._response.content:
            name, _, value = line.decode().rstrip("\n").partition(": ")
            if name:
                fields[name] = value
            elif "event" in fields:
                return int(fields["id"]), fields["event"], json.loads(fields["data"])
            else:
                fields = {}
        raise EOFError("the stream ended")

    async def next_of(self, kind: str) -> Any:
        """Return the data of the next event of this kind."""
        while True:
            _, found, data = await self.next()
            if found == kind:
                return data
