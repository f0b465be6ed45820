"""A bot as small as can be: one POST a call, on purpose without python-telegram-bot."""

import io
from dataclasses import dataclass
from typing import Any

import aiohttp

from bot.local_telegram import LocalTelegram


@dataclass(frozen=True, slots=True)
class BotApi:
    """Calls methods of one local Telegram."""

    session: aiohttp.ClientSession
    telegram: LocalTelegram

    def url(self, method: str) -> str:
        return f"{self.telegram.api_url}/bot{self.telegram.token}/{method}"

    async def __call__(self, method: str, **parameters: Any) -> Any:
        """Return the result of a call that must succeed."""
        async with self.session.post(self.url(method), json=parameters) as response:
            answer = await response.json()
        assert answer["ok"], answer
        assert response.status == 200
        return answer["result"]

    async def upload(self, method: str, form: aiohttp.FormData) -> Any:
        """Return the whole answer to a multipart call."""
        async with self.session.post(self.url(method), data=form) as response:
            return await response.json()

    async def refusal(self, method: str, **parameters: Any) -> tuple[int, str]:
        """Return code and description of a call that must be refused."""
        async with self.session.post(self.url(method), json=parameters) as response:
            answer = await response.json()
        assert not answer["ok"], answer
        assert response.status == answer["error_code"]
        return answer["error_code"], answer["description"]


def form(**fields: Any) -> aiohttp.FormData:
    """Return a multipart body; (name, bytes) values are files."""
    data = aiohttp.FormData(quote_fields=False, default_to_multipart=True)
    for name, value in fields.items():
        if isinstance(value, tuple):
            data.add_field(name, io.BytesIO(value[1]), filename=value[0])
        else:
            data.add_field(name, str(value))
    return data
