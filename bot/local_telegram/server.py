"""The web server around it all: on this machine only, for requests that come from it only."""

from collections.abc import AsyncIterator, Awaitable, Callable, Iterable
from contextlib import asynccontextmanager
from datetime import UTC, datetime
from pathlib import Path
from urllib.parse import urlsplit

from aiohttp import web

from bot.local_telegram import bot_api, page_api
from bot.local_telegram.bot_account import DEFAULT_TOKEN
from bot.local_telegram.local_telegram import LocalTelegram

_HOST = "127.0.0.1"
_LOOPBACK_NAMES = frozenset({"127.0.0.1", "localhost", "::1"})
_PAGE = Path(__file__).parent / "page"
_BODY_BYTES = 52 * 1024 * 1024
_SECURITY_HEADERS = {
    "Content-Security-Policy": (
        "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data: blob:; connect-src 'self'; "
        "font-src 'self'; manifest-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'"
    ),
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "no-referrer",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Cache-Control": "no-store",
}

Handler = Callable[[web.Request], Awaitable[web.StreamResponse]]


def build_web_app(telegram: LocalTelegram) -> web.Application:
    """Return the web application: Bot API, the page's routes and the page."""
    app = web.Application(client_max_size=_BODY_BYTES, middlewares=[_only_this_machine, page_api.page_errors])
    app[bot_api.STATE] = telegram.state
    app[page_api.EVENT_CLOCK] = telegram.event_clock
    app.add_routes([*bot_api.routes(), *page_api.routes()])
    app.add_routes([web.get("/", _index), web.get(r"/page/{path:.+}", _page_file)])
    app.on_response_prepare.append(_add_security_headers)
    app.on_shutdown.append(_let_waiting_go)
    return app


@asynccontextmanager
async def running_local_telegram(
    port: int = 0,
    *,
    people: Iterable[tuple[str, str, str, str]] = (),
    now: Callable[[], datetime] | None = None,
    token: str = DEFAULT_TOKEN,
    bot_name: str = "Ghid",
    bot_username: str = "ghid_local_bot",
    event_clock: bool = False,
) -> AsyncIterator[LocalTelegram]:
    """Run a local Telegram on a port of 127.0.0.1, any free one if 0. Raises OSError if the port is taken.

    `people` are (first name, language code, role, about); more can be added while it runs. `now` gives the moment for
    dates and for what grows old, and must be aware; `event_clock` tells the page that it is not the real time.
    """
    telegram = LocalTelegram(
        people=people,
        now=now or _system_now,
        token=token,
        bot_name=bot_name,
        bot_username=bot_username,
        event_clock=event_clock,
    )
    runner = web.AppRunner(build_web_app(telegram), access_log=None, shutdown_timeout=1, handle_signals=False)
    await runner.setup()
    try:
        site = web.TCPSite(runner, _HOST, port)
        await site.start()
        telegram.api_url = f"http://{_HOST}:{runner.addresses[0][1]}"
        yield telegram
    finally:
        await runner.cleanup()


def _system_now() -> datetime:
    return datetime.now(UTC)


async def _let_waiting_go(app: web.Application) -> None:
    state = app[bot_api.STATE]
    state.live.close()
    state.updates.close()
    await state.webhook.close()


@web.middleware
async def _only_this_machine(request: web.Request, handler: Handler) -> web.StreamResponse:
    """Refuse other names for this address (DNS rebinding) and other sites' scripts and forms."""
    if _name_of(request.host) not in _LOOPBACK_NAMES:
        raise web.HTTPForbidden(text="The local Telegram answers to 127.0.0.1 and localhost only.")
    origin = request.headers.get("Origin")
    if origin is not None and origin != f"http://{request.host}":
        raise web.HTTPForbidden(text="The local Telegram answers its own page only.")
    if request.headers.get("Sec-Fetch-Site", "none") not in {"none", "same-origin"} and request.path != "/":
        raise web.HTTPForbidden(text="The local Telegram answers its own page only.")
    return await handler(request)


def _name_of(host: str) -> str:
    try:
        return urlsplit(f"//{host}").hostname or ""
    except ValueError:
        return ""


async def _add_security_headers(_: web.Request, response: web.StreamResponse) -> None:
    for name, value in _SECURITY_HEADERS.items():
        response.headers.setdefault(name, value)


async def _index(_: web.Request) -> web.StreamResponse:
    return _static(_PAGE / "index.html")


async def _page_file(request: web.Request) -> web.StreamResponse:
    return _static(_PAGE / request.match_info["path"])


def _static(path: Path) -> web.StreamResponse:
    resolved = path.resolve()
    if not resolved.is_relative_to(_PAGE.resolve()) or not resolved.is_file():
        raise web.HTTPNotFound(text="no such page")
    return web.FileResponse(resolved)
