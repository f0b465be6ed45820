"""The network side of python-telegram-bot on aiohttp, against real servers on loopback."""

from __future__ import annotations

import asyncio
import io
import logging
import socket
import traceback
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from datetime import timedelta
from typing import Any

import pytest
from aiohttp import web
from telegram import Bot, InputFile
from telegram.error import BadRequest, Conflict, Forbidden, InvalidToken, NetworkError, RetryAfter, TimedOut

from bot.transport import AiohttpRequest, NotSentError
from tests.bot.bot_api import TOKEN, BotApi, bot_api, granted, refusal, serve

Connected = Callable[[asyncio.StreamReader, asyncio.StreamWriter], Awaitable[None]]


def a_bot(url: str, request: AiohttpRequest | None = None) -> Bot:
    return Bot(
        TOKEN,
        base_url=f"{url}/bot",
        base_file_url=f"{url}/file/bot",
        request=request or AiohttpRequest(),
        get_updates_request=AiohttpRequest(),
    )


@pytest.fixture
async def api() -> AsyncIterator[BotApi]:
    async with bot_api() as running:
        yield running


async def error_from(url: str, request: AiohttpRequest, **timeouts: Any) -> BaseException:
    """Return what a call ends with, after checking that the token shows nowhere in it."""
    await request.initialize()
    try:
        with pytest.raises(NetworkError) as caught:
            await a_bot(url, request).send_message(1, "hello", **timeouts)
    finally:
        await request.shutdown()
    everything = "".join(traceback.format_exception(caught.value)) + repr(caught.value.__context__)
    assert TOKEN not in everything
    return caught.value


@asynccontextmanager
async def raw_server(connected: Connected) -> AsyncIterator[str]:
    """Serve bare connections; whatever a server still does or holds at the end is ended."""
    tasks: list[asyncio.Task[None]] = []
    writers: list[asyncio.StreamWriter] = []

    def accept(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        writers.append(writer)
        tasks.append(asyncio.ensure_future(connected(reader, writer)))

    server = await asyncio.start_server(accept, "127.0.0.1", 0)
    async with server:
        yield f"http://127.0.0.1:{server.sockets[0].getsockname()[1]}"
    for task in tasks:
        task.cancel()
    for writer in writers:
        writer.transport.abort()
    await asyncio.gather(*tasks, return_exceptions=True)


async def test_text_in_any_script_arrives_as_it_was(api: BotApi) -> None:
    async with a_bot(api.url) as bot:
        sent = await bot.send_message(7, 'Привіт, „Iași” & <b>"x"</b> 🎤\n+%=')
    assert sent.chat.id == 7
    assert api.called("sendMessage")[0].parameters["text"] == 'Привіт, „Iași” & <b>"x"</b> 🎤\n+%='


@pytest.mark.parametrize("name", ["Програма конференції.pdf", 'a "quoted" name.pdf', "line\r\nbreak.pdf", "ș\\ț.pdf"])
async def test_a_file_arrives_whole_whatever_its_name(api: BotApi, name: str) -> None:
    content = bytes(range(256)) * 8000
    async with a_bot(api.url) as bot:
        await bot.send_document(7, InputFile(content, filename=name), caption="Prezentări")
    call = api.called("sendDocument")[0]
    escaped = name.replace('"', "%22").replace("\r", "%0D").replace("\n", "%0A").replace("\\", "%5C")
    assert call.files["document"] == (escaped, content)
    assert call.parameters["caption"] == "Prezentări"


async def test_an_open_file_is_streamed(api: BotApi) -> None:
    async with a_bot(api.url) as bot:
        await bot.send_document(7, InputFile(io.BytesIO(b"slides"), filename="s.pdf", read_file_handle=False))
    assert api.called("sendDocument")[0].files["document"] == ("s.pdf", b"slides")


async def test_a_download_is_the_file_byte_for_byte() -> None:
    content = b"not json, and /bot" + TOKEN.encode() + bytes(range(256)) * 5000

    async def answer(request: web.Request) -> web.Response:
        return web.Response(body=content if "/file/" in request.path else granted({})[1])

    app = web.Application()
    app.router.add_route("*", "/{anything:.*}", answer)
    async with serve(app) as url, AiohttpRequest() as request:
        assert await request.retrieve(f"{url}/file/bot{TOKEN}/documents/file_1.pdf") == content


@pytest.mark.parametrize(
    ("answer", "kind"),
    [
        (refusal(400, "Bad Request: chat not found"), BadRequest),
        (refusal(401, "Unauthorized"), InvalidToken),
        (refusal(403, "Forbidden: bot was blocked by the user"), Forbidden),
        (refusal(404, "Not Found"), InvalidToken),
        (refusal(409, "Conflict: terminated by other getUpdates request"), Conflict),
        (refusal(500, "Internal Server Error"), NetworkError),
        ((502, b"<html>Bad Gateway</html>"), NetworkError),
    ],
)
async def test_refusals_are_the_library_s_own_errors(
    api: BotApi, answer: tuple[int, bytes], kind: type[Exception]
) -> None:
    async with a_bot(api.url) as bot:
        api.answers["sendMessage"].append(answer)
        with pytest.raises(kind) as caught:
            await bot.send_message(1, "hello")
    assert not isinstance(caught.value, NotSentError | TimedOut)


async def test_flood_control_tells_how_long_to_wait(api: BotApi) -> None:
    async with a_bot(api.url) as bot:
        api.answers["sendMessage"].append(refusal(429, "Too Many Requests: retry after 9", retry_after=9))
        with pytest.raises(RetryAfter) as caught:
            await bot.send_message(1, "hello")
    assert caught.value.retry_after == timedelta(seconds=9)


async def test_a_refused_connection_was_surely_not_sent() -> None:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))  # bound, but nobody listens
        error = await error_from(f"http://127.0.0.1:{taken.getsockname()[1]}", AiohttpRequest())
    assert isinstance(error, NotSentError)


async def test_a_connection_that_is_not_made_in_time_was_surely_not_sent() -> None:
    with socket.socket() as full, socket.socket() as first, socket.socket() as second:
        full.bind(("127.0.0.1", 0))
        full.listen(0)
        for filler in (first, second):  # Linux lets one wait, and answers no more after it
            filler.setblocking(False)
            filler.connect_ex(full.getsockname())
        request = AiohttpRequest(pool=0.01, read=0.01)
        error = await error_from(f"http://127.0.0.1:{full.getsockname()[1]}", request, connect_timeout=0.1)
    assert isinstance(error, NotSentError)


async def test_an_unknown_name_was_surely_not_sent() -> None:
    assert isinstance(await error_from("http://nobody.invalid", AiohttpRequest()), NotSentError)


async def test_a_server_that_speaks_no_tls_was_surely_not_sent() -> None:
    async def connected(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        await reader.read(1)
        writer.write(b"HTTP/1.1 400 Bad Request\r\n\r\n")
        writer.close()

    async with raw_server(connected) as url:
        assert isinstance(await error_from(url.replace("http:", "https:"), AiohttpRequest()), NotSentError)


async def test_no_connection_free_was_surely_not_sent() -> None:
    async def connected(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        await reader.read()
        writer.close()

    request = AiohttpRequest(pool_size=1)
    await request.initialize()
    async with raw_server(connected) as url:
        first = asyncio.create_task(a_bot(url, request).send_message(1, "holds the only connection"))
        await asyncio.sleep(0)
        error = await error_from(url, request, pool_timeout=0.05)
        with pytest.raises(NetworkError):
            await first
    assert isinstance(error, NotSentError)


async def test_an_answer_that_does_not_come_may_have_been_sent() -> None:
    async def connected(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        await reader.read()
        writer.close()

    async with raw_server(connected) as url:
        error = await error_from(url, AiohttpRequest(), read_timeout=0.1)
    assert isinstance(error, TimedOut)


@pytest.mark.parametrize("part", [b"", b"HTTP/1.1 200 OK\r\nContent-Length: 500\r\n\r\n{", b"nonsense\r\n\r\n"])
async def test_a_connection_that_breaks_after_sending_may_have_been_sent(part: bytes) -> None:
    async def connected(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        await reader.read(100)
        writer.write(part)
        writer.transport.abort() if not part else writer.close()

    async with raw_server(connected) as url:
        error = await error_from(url, AiohttpRequest())
    assert not isinstance(error, NotSentError | TimedOut)


async def test_an_upload_that_stalls_times_out_although_reading_may_take_long() -> None:
    async def connected(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        await asyncio.Event().wait()  # takes the connection and reads nothing

    async with raw_server(connected) as url, a_request(connect=0.1, read=60) as request:
        with pytest.raises(TimedOut):
            await a_bot(url, request).send_document(1, b"x" * 12_000_000, write_timeout=0.2)


async def test_a_slow_upload_that_moves_does_not_time_out() -> None:
    async def connected(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        body = b'{"ok":true,"result":{"message_id":1,"date":1,"chat":{"id":1,"type":"private"}}}'
        left = 12_000_000
        while left > 0:
            left -= len(await reader.read(1_000_000))
            await asyncio.sleep(0.02)
        writer.write(b"HTTP/1.1 200 OK\r\nContent-Length: %d\r\n\r\n%s" % (len(body), body))
        await reader.read()
        writer.close()

    async with raw_server(connected) as url, a_request(connect=0.1, read=0.5) as request:
        sent = await a_bot(url, request).send_document(1, b"x" * 12_000_000, write_timeout=0.5)
    assert sent.message_id == 1


def a_request(**timeouts: float) -> AiohttpRequest:
    return AiohttpRequest(**timeouts)  # type: ignore[arg-type] # only timeouts, by name


async def test_a_proxy_of_the_environment_is_used_but_not_for_this_machine(
    api: BotApi, monkeypatch: pytest.MonkeyPatch
) -> None:
    seen: list[str] = []

    async def proxy(request: web.Request) -> web.Response:
        seen.append(request.raw_path)
        return web.json_response({"ok": True, "result": True})

    app = web.Application()
    app.router.add_route("*", "/{anything:.*}", proxy)
    async with serve(app) as proxy_url:
        monkeypatch.setenv("http_proxy", proxy_url)
        monkeypatch.setenv("no_proxy", "localhost")
        async with AiohttpRequest() as request:
            await request.post(f"http://telegram.invalid/bot{TOKEN}/close")
            await request.post(f"{api.url}/bot{TOKEN}/close")
    assert seen == [f"http://telegram.invalid/bot{TOKEN}/close"]
    assert len(api.called("close")) == 1


@pytest.mark.parametrize("status", [200, 404, 502])
async def test_a_page_that_quotes_our_address_puts_no_token_into_error_or_log(
    status: int, caplog: pytest.LogCaptureFixture
) -> None:
    async def page(request: web.Request) -> web.Response:
        return web.Response(status=status, text=f"<h1>{request.path}</h1>")

    app = web.Application()
    app.router.add_route("*", "/{anything:.*}", page)
    async with serve(app) as url, AiohttpRequest() as request:
        with caplog.at_level(logging.INFO), pytest.raises(Exception, match=r".") as caught:
            await a_bot(url, request).send_message(1, "hello")
    assert TOKEN not in "".join(traceback.format_exception(caught.value)) + caplog.text


async def test_it_opens_again_after_closing_and_refuses_between(api: BotApi) -> None:
    request = AiohttpRequest()
    await request.shutdown()
    await request.initialize()
    await request.initialize()
    assert await request.post(f"{api.url}/bot{TOKEN}/close") is True
    await request.shutdown()
    with pytest.raises(NotSentError):
        await request.post(f"{api.url}/bot{TOKEN}/close")
    async with request:
        assert await request.post(f"{api.url}/bot{TOKEN}/close") is True
