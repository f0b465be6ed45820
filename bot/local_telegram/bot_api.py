"""The Bot API over HTTP: /bot<token>/METHOD and /file/bot<token>/PATH."""

import asyncio
import inspect
import json
import socket
import struct
import time

from aiohttp import web

from bot.local_telegram.calls import Call
from bot.local_telegram.faults import Fault
from bot.local_telegram.json_types import JsonObject
from bot.local_telegram.methods import METHODS
from bot.local_telegram.methods.method import Method
from bot.local_telegram.parameters import Parameters, coerce, read_parameters
from bot.local_telegram.refusals import Refusal, too_many_requests
from bot.local_telegram.state import TelegramState

STATE = web.AppKey("state", TelegramState)
_BY_LOWER_NAME = {name.lower(): (name, method) for name, method in METHODS.items()}
_HIDDEN = frozenset({"secret_token"})
# Linger for no time: the peer sees a reset, not an end.
_RESET = struct.pack("ii", 1, 0)


def routes() -> list[web.AbstractRouteDef]:
    """Return the two routes of the Bot API."""
    return [
        web.route("GET", r"/bot{token:[^/]+}/{method:[^/]+}", call_method),
        web.route("POST", r"/bot{token:[^/]+}/{method:[^/]+}", call_method),
        web.get(r"/file/bot{token:[^/]+}/{path:.+}", download),
    ]


async def call_method(request: web.Request) -> web.Response:
    """Answer one call."""
    state = request.app[STATE]
    if refused := _refused_token(state, request):
        return refused
    asked = request.match_info["method"]
    name, method = _BY_LOWER_NAME.get(asked.lower(), (asked, None))
    started = time.perf_counter()
    given, result, refusal, fault = Parameters(), None, None, None
    try:
        given = await read_parameters(request)
        fault = state.faults.take(name, _chat_id(state, given))
        if fault is not None:
            await _strike(fault)
        given, result = await _run(state, name, method, given)
    except Refusal as raised:
        refusal = raised
    status, answer = _answer(result, refusal)
    state.record(
        Call(
            at=state.now(),
            method=name,
            parameters=_shown(state, given),
            chat_id=_chat_id(state, given),
            ok=refusal is None,
            error_code=(refusal.code or None) if refusal else None,
            description=refusal.description.replace(state.token, "<token>") if refusal else "",
            milliseconds=(time.perf_counter() - started) * 1000,
            warnings=tuple(given.warnings),
        )
    )
    if fault is not None and (fault.reset or fault.answer_lost):
        return _reset(request)
    if fault is not None and fault.body:
        return web.Response(text=fault.body, status=status)
    return _json(answer, status)


async def download(request: web.Request) -> web.Response:
    """Hand out a file the bot asked for with getFile."""
    state = request.app[STATE]
    if refused := _refused_token(state, request):
        return refused
    stored = state.files.by_path(request.match_info["path"])
    if stored is None:
        return _json({"ok": False, "error_code": 404, "description": "Not Found"}, 404)
    return web.Response(body=stored.content, content_type="application/octet-stream")


async def _run(state: TelegramState, name: str, method: Method | None, given: Parameters) -> tuple[Parameters, object]:
    if method is None:
        raise Refusal(404, "Not Found")
    typed = coerce(given, method.parameters)
    given.warnings = typed.warnings
    if refusal := state.limits.check(name, _chat_id(state, typed)):
        raise refusal
    result = method.run(state, typed)
    if inspect.isawaitable(result):
        result = await result
    return typed, result


async def _strike(fault: Fault) -> None:
    if fault.seconds:
        await asyncio.sleep(fault.seconds)
    if fault.reset:
        raise Refusal(0, "connection reset by a scheduled fault")
    if fault.retry_after:
        raise too_many_requests(fault.retry_after)
    if fault.status:
        raise Refusal(fault.status, fault.description or "Internal Server Error")


def _reset(request: web.Request) -> web.Response:
    """Drop the connection; what is returned goes nowhere."""
    transport = request.transport
    if transport is not None:
        connection = transport.get_extra_info("socket")
        if connection is not None:
            connection.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, _RESET)
        transport.abort()
    return web.Response(status=500)


def _refused_token(state: TelegramState, request: web.Request) -> web.Response | None:
    if request.match_info["token"] == state.token:
        return None
    return _json({"ok": False, "error_code": 401, "description": "Unauthorized"}, 401)


def _answer(result: object, refusal: Refusal | None) -> tuple[int, JsonObject]:
    if refusal is None:
        return 200, {"ok": True, "result": result}
    answer: JsonObject = {"ok": False, "error_code": refusal.code, "description": refusal.description}
    if refusal.parameters:
        answer["parameters"] = refusal.parameters
    return refusal.code, answer


def _json(answer: JsonObject, status: int = 200) -> web.Response:
    body = json.dumps(answer, ensure_ascii=False, separators=(",", ":")).encode("utf-8", "surrogatepass")
    return web.Response(body=body, status=status, content_type="application/json")


def _chat_id(state: TelegramState, given: Parameters) -> int | None:
    chat_id = str(given.values.get("chat_id", ""))
    if chat_id.lstrip("-").isdigit():
        return int(chat_id)
    query = state.queries.get(str(given.values.get("callback_query_id", "")))
    return query.chat_id if query else None


def _shown(state: TelegramState, given: Parameters) -> JsonObject:
    shown: JsonObject = {
        name: value.replace(state.token, "<token>") if isinstance(value, str) else value
        for name, value in given.values.items()
    }
    shown |= dict.fromkeys(_HIDDEN & shown.keys(), "<hidden>")
    return shown | {name: {"name": file.name, "bytes": len(file.content)} for name, file in given.files.items()}
