"""The local Telegram answers this machine's own page and bot, and nobody else."""

import aiohttp
import pytest
from yarl import URL

from bot.local_telegram import LocalTelegram, Person, running_local_telegram
from tests.bot.local_telegram.bot_api_client import BotApi


async def status(session: aiohttp.ClientSession, url: str, method: str = "GET", **headers: str) -> int:
    names = {name.replace("_", "-"): value for name, value in headers.items()}
    async with session.request(
        method, URL(url, encoded=True), headers=names, json={} if method == "POST" else None
    ) as r:
        return r.status


@pytest.mark.parametrize("host", ["evil.example", "evil.example:80", "127.0.0.1.evil.example", "0.0.0.0", "[::", ""])
async def test_other_host_names_are_refused(session: aiohttp.ClientSession, telegram: LocalTelegram, host: str) -> None:
    assert await status(session, f"{telegram.api_url}/local/state", Host=host) in {400, 403}


@pytest.mark.parametrize("host", ["localhost:{port}", "127.0.0.1:{port}", "[::1]:{port}"])
async def test_loopback_names_are_served(session: aiohttp.ClientSession, telegram: LocalTelegram, host: str) -> None:
    port = URL(telegram.api_url).port

    assert await status(session, f"{telegram.api_url}/local/state", Host=host.format(port=port)) == 200


@pytest.mark.parametrize("path", ["/local/chats/1001/start", "/bot{token}/getMe"])
async def test_other_sites_cannot_post(session: aiohttp.ClientSession, telegram: LocalTelegram, path: str) -> None:
    url = telegram.api_url + path.format(token=telegram.token)

    assert await status(session, url, "POST", Origin="http://evil.example") == 403
    assert await status(session, url, "POST", Origin="null") == 403
    assert await status(session, url, "POST", Sec_Fetch_Site="cross-site") == 403
    assert await status(session, url, "POST", Origin=telegram.api_url) in {200, 400}


@pytest.mark.parametrize("token", ["123456:AAF-a-real-looking-token", "1000000002:LOCAL-DEMO-other", "x"])
async def test_other_tokens_are_unauthorized(
    session: aiohttp.ClientSession, telegram: LocalTelegram, token: str
) -> None:
    async with session.get(f"{telegram.api_url}/bot{token}/getMe") as response:
        assert response.status == 401
        assert await response.json() == {"ok": False, "error_code": 401, "description": "Unauthorized"}
    assert await status(session, f"{telegram.api_url}/file/bot{token}/documents/file_1.pdf") == 401


async def test_a_token_that_could_be_real_is_not_taken() -> None:
    with pytest.raises(ValueError, match="obviously fake"):
        async with running_local_telegram(token="123456789:AAF1234567890123456789012345678901"):
            pass


async def test_unknown_methods_and_files_are_not_found(bot_api: BotApi) -> None:
    assert await bot_api.refusal("getStickerSet", name="x") == (404, "Not Found")
    async with bot_api.session.get(f"{bot_api.telegram.api_url}/file/bot{bot_api.telegram.token}/../x") as response:
        assert response.status == 404


@pytest.mark.parametrize(
    "path", ["../server.py", "%2e%2e/server.py", "..%2fserver.py", "/etc/passwd", "%2Fetc%2Fpasswd", "none.js", ""]
)
async def test_only_the_pages_own_files_are_served(
    session: aiohttp.ClientSession, telegram: LocalTelegram, path: str
) -> None:
    assert await status(session, f"{telegram.api_url}/page/{path}") == 404


async def test_answers_carry_the_policy_and_no_cors(session: aiohttp.ClientSession, telegram: LocalTelegram) -> None:
    async with session.get(f"{telegram.api_url}/local/state", headers={"Origin": telegram.api_url}) as response:
        headers = response.headers

    assert "default-src 'none'" in headers["Content-Security-Policy"]
    assert "unsafe" not in headers["Content-Security-Policy"]
    assert headers["X-Content-Type-Options"] == "nosniff"
    assert not [name for name in headers if name.lower().startswith("access-control")]


async def test_it_listens_on_this_machine_only(telegram: LocalTelegram) -> None:
    assert URL(telegram.api_url).host == "127.0.0.1"


async def test_the_token_is_in_no_log(
    bot_api: BotApi, telegram: LocalTelegram, ana: Person, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level("DEBUG")

    await bot_api("sendMessage", chat_id=ana.id, text=f"my token is {telegram.token}")
    await bot_api.refusal("sendMessage", chat_id=ana.id, text="<b>", parse_mode="HTML")

    assert telegram.token not in caplog.text
    assert telegram.token not in repr(telegram.calls)
