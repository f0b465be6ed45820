"""An instant stand-in for the Bot API, for benchmarks only: it checks nothing and answers as fast as Python can.

`/control/release?updates=N&chats=C&delay=D` lets N text messages of C chats wait at once, and holds each answer back D
seconds, as a far network would; with `&question=Q` the first of them is that of `QUESTIONS`, with `&first=F` the chats
are those from the F-th on. With `&taps=DATA,DATA` they are pressed buttons with such data instead; with `&rate=R` they
come R a second. `/control/stats` tells how far the bot is. An update counts as answered when its chat got one more
sendMessage or editMessageText; what else was sent counts as unasked. Loopback only.
"""

from __future__ import annotations

import asyncio
import json
import re
import time
from collections import Counter, defaultdict, deque
from collections.abc import Sequence
from urllib.parse import parse_qs, urlsplit

LENGTH = re.compile(rb"\r\ncontent-length:\s*(\d+)", re.IGNORECASE)
CHUNKED = re.compile(rb"\r\ntransfer-encoding:\s*chunked", re.IGNORECASE)
# A parameter in a query, a form or JSON.
OFFSET = re.compile(rb'(?:^|[?&"])offset(?:"\s*:\s*"?|=)(-?\d+)')
CHAT = re.compile(rb'(?:^|[?&"])chat_id(?:"\s*:\s*"?|=)(-?\d+)')
HEAD = b"HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nContent-Length: %d\r\n\r\n"
BOT = {"id": 4242, "is_bot": True, "first_name": "Bench", "username": "bench_bot"}
AGREED = b'{"ok":true,"result":true}'
POLL_SECONDS = 10.0

QUESTIONS = (
    "when does Daniel Coșniță speak?",
    "Коли виступає Даніел Кошніце?",
    "ce urmează?",
    "what is on now",
    "unde este evenimentul?",
    "слайди",
    "who speaks about artificial intelligence",
    "programul de mâine",
    "matchmaking sectors",
    "/now",
)


class Stub:
    """The updates handed out and the answers counted."""

    def __init__(self) -> None:
        self.updates: list[bytes] = []
        self.confirmed = 0  # updates below are gone
        self.first_id = 1
        self.expected: Counter[int] = Counter()
        self.answers: Counter[int] = Counter()
        self.open = 0
        self.started = self.ended = 0.0
        self.polls: list[tuple[asyncio.Transport, int, float]] = []
        self.message_id = 1000
        self.delay = 0.0
        self.unasked = 0
        self.acknowledged = 0  # taps whose spinner was ended
        self.due: dict[int, deque[float]] = {}  # by chat, when its open updates came
        self.waits: list[float] = []

    def release(
        self,
        updates: int,
        chats: int,
        delay: float,
        question: int = 0,
        *,
        taps: Sequence[str] = (),
        rate: float = 0,
        first: int = 0,
    ) -> None:
        """Let so many updates wait, their chats in turn, or come one by one; counting starts anew."""
        self.delay = delay
        self.first_id += len(self.updates)
        self.updates = []
        self.expected, self.answers = Counter(), Counter()
        self.due, self.waits, self.acknowledged = defaultdict(deque), [], 0
        self.open = updates
        self.started = time.perf_counter()
        made = [
            (chat_id, self._tap(number, chat_id, taps) if taps else self._update(number, chat_id, question))
            for number, chat_id in ((number, 10_000 + first + number % chats) for number in range(updates))
        ]
        if not rate:
            self._come(made)
            return
        for number, each in enumerate(made):
            asyncio.get_running_loop().call_later(number / rate, self._come, [each])

    def _come(self, made: Sequence[tuple[int, bytes]]) -> None:
        now = time.perf_counter()
        for chat_id, update in made:
            self.updates.append(update)
            self.expected[chat_id] += 1
            self.due[chat_id].append(now)
        waiting, self.polls = self.polls, []
        for transport, offset, until in waiting:
            self.poll(transport, offset, until)

    def _tap(self, number: int, chat_id: int, taps: Sequence[str]) -> bytes:
        bot_message = {
            "message_id": number + 1,
            "date": int(time.time()),
            "from": BOT,
            "chat": {"id": chat_id, "first_name": "Ana", "type": "private"},
            "text": "What would you like to know?",
        }
        query = {
            "id": str(self.first_id + number),
            "from": {"id": chat_id, "is_bot": False, "first_name": "Ana", "language_code": "en"},
            "chat_instance": "1",
            "message": bot_message,
            "data": taps[number % len(taps)],
        }
        return json.dumps({"update_id": self.first_id + number, "callback_query": query}).encode()

    def _update(self, number: int, chat_id: int, question: int) -> bytes:
        person = {"id": chat_id, "is_bot": False, "first_name": "Ana", "language_code": "en"}
        text = QUESTIONS[(number + question) % len(QUESTIONS)]
        message = {
            "message_id": number + 1,
            "date": int(time.time()),
            "from": person,
            "chat": {"id": chat_id, "first_name": "Ana", "type": "private"},
            "text": text,
        }
        if text.startswith("/"):
            message["entities"] = [{"type": "bot_command", "offset": 0, "length": len(text)}]
        return json.dumps({"update_id": self.first_id + number, "message": message}).encode()

    def answered(self, chat_id: int) -> None:
        """Count an answer, if one is still due in this chat."""
        if self.answers[chat_id] < self.expected[chat_id]:
            self.answers[chat_id] += 1
            self.open -= 1
            self.ended = time.perf_counter()
            self.waits.append(self.ended - self.due[chat_id].popleft())
        else:
            self.unasked += 1

    def poll(self, transport: asyncio.Transport, offset: int, until: float) -> None:
        """Answer a getUpdates now, or leave it waiting."""
        if transport.is_closing():
            return
        self.confirmed = max(self.confirmed, offset)
        start = max(0, self.confirmed - self.first_id)
        batch = self.updates[start : start + 100]
        if batch or time.perf_counter() >= until:
            transport.write(http(b'{"ok":true,"result":[' + b",".join(batch) + b"]}"))
            return
        self.polls.append((transport, offset, until))

    def stats(self) -> dict[str, float]:
        """Return what a benchmark asks for."""
        return {
            "open": self.open,
            "waiting_polls": len(self.polls),
            "seconds": self.ended - self.started,
            "unasked": self.unasked,
            "acknowledged": self.acknowledged,
            "median_ms": _quantile(self.waits, 0.5) * 1000,
            "p99_ms": _quantile(self.waits, 0.99) * 1000,
        }


def _quantile(values: Sequence[float], share: float) -> float:
    return sorted(values)[min(len(values) - 1, int(share * len(values)))] if values else 0.0


def http(body: bytes) -> bytes:
    """Return a whole response."""
    return HEAD % len(body) + body


class Connection(asyncio.Protocol):
    """One connection: as much HTTP as a bot's client uses."""

    def __init__(self, stub: Stub) -> None:
        self._stub = stub
        self._buffer = b""
        self._transport: asyncio.Transport

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        """Keep the way back."""
        assert isinstance(transport, asyncio.Transport)
        self._transport = transport

    def data_received(self, data: bytes) -> None:
        """Answer every request that is whole."""
        self._buffer += data
        while (end := self._buffer.find(b"\r\n\r\n")) >= 0:
            head = self._buffer[:end]
            if found := LENGTH.search(head):
                size = end + 4 + int(found[1])
            elif CHUNKED.search(head):
                size = self._buffer.find(b"0\r\n\r\n", end + 4) + 5
                if size < 5:
                    return
            else:
                size = end + 4
            if len(self._buffer) < size:
                return
            body, self._buffer = self._buffer[end + 4 : size], self._buffer[size:]
            self._answer(head.split(b" ", 2)[1], body)

    def _answer(self, target: bytes, body: bytes) -> None:
        stub, path = self._stub, target.partition(b"?")[0]
        method = path.rpartition(b"/")[2].lower()
        if path.startswith(b"/control/"):
            if method == b"release":
                asked = parse_qs(urlsplit(target.decode()).query)
                stub.release(
                    int(asked["updates"][0]),
                    int(asked["chats"][0]),
                    float(asked["delay"][0]),
                    int(asked.get("question", ["0"])[0]),
                    taps=[each for each in asked.get("taps", [""])[0].split(",") if each],
                    rate=float(asked.get("rate", ["0"])[0]),
                    first=int(asked.get("first", ["0"])[0]),
                )
            self._transport.write(http(json.dumps(stub.stats()).encode()))
        elif method == b"getupdates":
            offset = OFFSET.search(target) or OFFSET.search(body)
            stub.poll(self._transport, int(offset[1]) if offset else 0, time.perf_counter() + POLL_SECONDS)
        elif method in (b"sendmessage", b"editmessagetext"):
            chat = CHAT.search(body) or CHAT.search(target)
            chat_id = int(chat[1]) if chat else 0
            stub.message_id += 1
            self._later(
                chat_id,
                http(
                    b'{"ok":true,"result":{"message_id":%d,"date":1700000000,"text":"ok","from":%s,'
                    b'"chat":{"id":%d,"first_name":"Ana","type":"private"}}}'
                    % (stub.message_id, json.dumps(BOT).encode(), chat_id)
                ),
            )
        elif method == b"getme":
            self._transport.write(http(json.dumps({"ok": True, "result": BOT}).encode()))
        elif method.startswith(b"getmy"):
            self._transport.write(http(json.dumps({"ok": True, "result": _mine(method)}).encode()))
        elif method == b"answercallbackquery":
            stub.acknowledged += 1
            self._later(None, http(AGREED))
        else:
            self._transport.write(http(AGREED))

    def _later(self, chat_id: int | None, response: bytes) -> None:
        if self._stub.delay:
            asyncio.get_running_loop().call_later(self._stub.delay, self._now, chat_id, response)
        else:
            self._now(chat_id, response)

    def _now(self, chat_id: int | None, response: bytes) -> None:
        if chat_id is not None:
            self._stub.answered(chat_id)
        self._transport.write(response)


def _mine(method: bytes) -> object:
    fields = {b"getmyname": "name", b"getmydescription": "description", b"getmyshortdescription": "short_description"}
    return {fields[method]: ""} if method in fields else []


async def main() -> None:
    """Serve on any free port of loopback and print it."""
    stub = Stub()
    server = await asyncio.get_running_loop().create_server(lambda: Connection(stub), "127.0.0.1", 0)
    print(server.sockets[0].getsockname()[1], flush=True)
    async with server:
        await server.serve_forever()


if __name__ == "__main__":
    asyncio.run(main())
