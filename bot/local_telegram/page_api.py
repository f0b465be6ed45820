"""What the phone page asks for and does: the /local/ routes, as agreed with the page."""

import asyncio
import json
from typing import Any

from aiohttp import BodyPartReader, web

from bot.local_telegram import actions
from bot.local_telegram.actions import CannotDoThat
from bot.local_telegram.bot_account import in_language
from bot.local_telegram.bot_api import STATE
from bot.local_telegram.chats import Chat
from bot.local_telegram.json_types import JsonObject
from bot.local_telegram.refusals import Refusal

EVENT_CLOCK = web.AppKey("event_clock", bool)
_UPLOAD_BYTES = 20 * 1024 * 1024
_SECONDS_BETWEEN_PINGS = 15


def routes() -> list[web.AbstractRouteDef]:
    """Return the page's routes."""
    return [
        web.get("/local/state", get_state),
        web.get(r"/local/chats/{id:\d{1,15}}", get_chat),
        web.post(r"/local/chats/{id:\d{1,15}}/messages", post_message),
        web.post(r"/local/chats/{id:\d{1,15}}/presses", post_press),
        web.post(r"/local/chats/{id:\d{1,15}}/files", post_file),
        web.post(r"/local/chats/{id:\d{1,15}}/block", post_block),
        web.post(r"/local/chats/{id:\d{1,15}}/start", post_start),
        web.get("/local/files/{file_id}", get_file),
        web.get("/local/events", get_events),
        web.get("/local/calls", get_calls),
    ]


async def get_state(request: web.Request) -> web.Response:
    """Return the bot, the people and the demo's clock."""
    state = request.app[STATE]
    bot = state.bot
    language = request.query.get("language_code", "")
    return _json(
        {
            "bot": {
                "id": bot.id,
                "first_name": in_language(bot.names, language) or bot.first_name,
                "username": bot.username,
                "description": in_language(bot.descriptions, language),
                "short_description": in_language(bot.short_descriptions, language),
            },
            "people": [chat.page_person() for chat in state.chats.values()],
            "now": state.now().isoformat(),
            "event_clock": request.app[EVENT_CLOCK],
        }
    )


async def get_chat(request: web.Request) -> web.Response:
    """Return one person's messages and menu; who looks at them has read them."""
    state, chat = request.app[STATE], _chat(request)
    state.mark_read(chat)
    language = chat.account.language_code
    return _json(
        {
            "messages": list(chat.messages.values()),
            "commands": state.bot.menu_for(chat.account.id, language),
            "blocked": chat.blocked,
            "started": chat.started,
            "keyboard": chat.keyboard,
            "description": in_language(state.bot.descriptions, language),
            "pinned": chat.pinned,
        }
    )


async def post_message(request: web.Request) -> web.Response:
    """Let the person write."""
    body = await _body(request, text=str)
    return _json(actions.write_text(request.app[STATE], _chat(request), body["text"]))


async def post_press(request: web.Request) -> web.Response:
    """Let the person press an inline button."""
    body = await _body(request, message_id=int, data=str)
    query_id = actions.press(request.app[STATE], _chat(request), body["message_id"], body["data"])
    return _json({"callback_query_id": query_id})


async def post_file(request: web.Request) -> web.Response:
    """Let the person send a document."""
    chat = _chat(request)
    if request.content_type != "multipart/form-data":
        raise web.HTTPUnsupportedMediaType(text="multipart/form-data expected")
    name, content, caption = "", None, ""
    async for part in await request.multipart():
        if not isinstance(part, BodyPartReader):
            raise web.HTTPBadRequest(text="nested multipart")
        value = await _read_part(part)
        if part.name == "file":
            name, content = part.filename or "file", value
        elif part.name == "caption":
            caption = value.decode(errors="replace")
    if content is None:
        raise web.HTTPBadRequest(text="no part named file")
    return _json(actions.send_file(request.app[STATE], chat, name, content, caption))


async def post_block(request: web.Request) -> web.Response:
    """Let the person block or unblock the bot."""
    body, chat = await _body(request, blocked=bool), _chat(request)
    actions.set_blocked(request.app[STATE], chat, blocked=body["blocked"])
    return _json(chat.page_person())


async def post_start(request: web.Request) -> web.Response:
    """Let the person follow a start link."""
    body = await _body(request, payload=str)
    return _json(actions.open_link(request.app[STATE], _chat(request), body["payload"]))


async def get_file(request: web.Request) -> web.Response:
    """Hand out a file to save; pictures may be shown in place."""
    stored = request.app[STATE].files.by_id(request.match_info["file_id"])
    if stored is None:
        raise web.HTTPNotFound(text="no such file")
    # Only pictures that were recognised as such carry their own type; the rest is bytes to be saved.
    content_type = stored.content_type if stored.kind == "photos" else "application/octet-stream"
    response = web.Response(body=stored.content, content_type=content_type)
    response.headers["Content-Disposition"] = f"attachment; filename*=UTF-8''{_percent(stored.name)}"
    return response


async def get_calls(request: web.Request) -> web.Response:
    """Return the latest Bot API calls."""
    return _json({"calls": request.app[STATE].calls.shown()})


async def get_events(request: web.Request) -> web.StreamResponse:
    """Stream what happens, from Last-Event-ID on if it is still known."""
    live = request.app[STATE].live
    response = web.StreamResponse(headers={"Content-Type": "text/event-stream", "X-Accel-Buffering": "no"})
    await response.prepare(request)
    asked = request.headers.get("Last-Event-ID", "")
    number = int(asked) if asked.isdigit() else live.last_number
    try:
        await response.write(b"retry: 1000\n: the local Telegram\n\n")
        while not live.closed:
            if not live.holds_all_since(number):
                number = live.last_number
                await response.write(f"id: {number}\nevent: reload\ndata: {{}}\n\n".encode())
            for event in live.since(number):
                data = json.dumps(event.data, ensure_ascii=False)
                await response.write(f"id: {event.number}\nevent: {event.kind}\ndata: {data}\n\n".encode())
                number = event.number
            try:
                async with asyncio.timeout(_SECONDS_BETWEEN_PINGS):
                    await live.wait(number)
            except TimeoutError:
                await response.write(b": ping\n\n")
    except ConnectionError:
        pass  # the page was closed
    return response


@web.middleware
async def page_errors(request: web.Request, handler: Any) -> web.StreamResponse:
    """Turn what a person cannot do into a 409 the page can show."""
    try:
        answer: web.StreamResponse = await handler(request)
    except CannotDoThat as error:
        return _json({"error": str(error)}, 409)
    except Refusal as refusal:
        return _json({"error": refusal.description}, refusal.code)
    return answer


def _chat(request: web.Request) -> Chat:
    chat = request.app[STATE].chats.get(int(request.match_info["id"]))
    if chat is None:
        raise web.HTTPNotFound(text="no such person")
    return chat


async def _body(request: web.Request, **fields: type) -> JsonObject:
    if request.content_type != "application/json":
        raise web.HTTPUnsupportedMediaType(text="application/json expected")
    try:
        body = json.loads(await request.text())
    except ValueError:
        raise web.HTTPBadRequest(text="not JSON") from None
    for name, wanted in fields.items():
        if not isinstance(body, dict) or type(body.get(name)) is not wanted:
            raise web.HTTPBadRequest(text=f"{name} must be of type {wanted.__name__}")
    return {name: body[name] for name in fields}


async def _read_part(part: BodyPartReader) -> bytes:
    content = bytearray()
    while chunk := await part.read_chunk(65536):
        content += chunk
        if len(content) > _UPLOAD_BYTES:
            raise web.HTTPRequestEntityTooLarge(max_size=_UPLOAD_BYTES, actual_size=len(content))
    return bytes(content)


def _json(body: object, status: int = 200) -> web.Response:
    return web.Response(
        text=json.dumps(body, ensure_ascii=False), status=status, content_type="application/json", charset="utf-8"
    )


def _percent(name: str) -> str:
    return "".join(chr(byte) if chr(byte).isalnum() and byte < 128 else f"%{byte:02X}" for byte in name.encode())
