"""The webhook's door and the health page, over real HTTP."""

from __future__ import annotations

import asyncio
import io
import json
from collections.abc import AsyncIterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import aiohttp
import pytest
from telegram import Update
from telegram.ext import TypeHandler

from bot.intake.health import Health
from bot.intake.intake import Intake
from bot.intake.webhook import MAX_BODY_BYTES, SECRET_HEADER, Webhook, WebhookServer, register_webhook
from bot.storage import inbox
from bot.storage.database import Database, open_database
from tests.bot.bot_api import TOKEN, AnyApplication, bot_api, message_update, running_application

NOW = datetime(2023, 11, 22, 8, 5, tzinfo=UTC)
SECRET = {SECRET_HEADER: "s3cret_T"}
BODY = json.dumps(message_update(1)).encode()
WEBHOOK = Webhook("/telegram/hook", "s3cret_T")


@pytest.fixture
async def application() -> AsyncIterator[AnyApplication]:
    async with bot_api() as api, running_application(api.url) as running:
        yield running


@pytest.fixture
async def database(tmp_path: Path) -> AsyncIterator[Database]:
    async with open_database(tmp_path / "ghid.db") as opened:
        yield opened


@pytest.fixture
async def intake(application: AnyApplication, database: Database) -> AsyncIterator[Intake]:
    intake = Intake(application, database)
    await intake.start()
    yield intake
    await intake.stop()


@pytest.fixture
async def url(intake: Intake, database: Database) -> AsyncIterator[str]:
    server = WebhookServer(intake, Health(intake, database), port=0, host="127.0.0.1", webhook=WEBHOOK)
    await server.start()
    yield f"http://127.0.0.1:{server.port}"
    await server.stop()


@pytest.fixture
async def client() -> AsyncIterator[aiohttp.ClientSession]:
    async with aiohttp.ClientSession() as session:
        yield session


async def post(client: aiohttp.ClientSession, url: str, body: bytes, headers: dict[str, str] | None = None) -> int:
    async with client.post(
        f"{url}{WEBHOOK.path}", data=io.BytesIO(body), headers=SECRET if headers is None else headers
    ) as answer:
        return answer.status


async def waiting(database: Database) -> list[int]:
    return [item.update_id for item in await inbox.waiting_updates(database.reader)]


async def test_an_update_is_taken_when_it_is_committed(
    client: aiohttp.ClientSession, url: str, application: AnyApplication, database: Database, intake: Intake
) -> None:
    gate = asyncio.Event()
    handled: list[int] = []

    async def handle(update: Update, _: object) -> None:
        await gate.wait()
        handled.append(update.update_id)

    application.add_handler(TypeHandler(Update, handle))
    assert await post(client, url, BODY) == 200
    assert await waiting(database) == [1]
    gate.set()
    await intake.idle()
    assert await post(client, url, BODY) == 200, "delivered again"
    await intake.idle()
    assert handled == [1]


@pytest.mark.parametrize("headers", [{}, {SECRET_HEADER: ""}, {SECRET_HEADER: "s3cret"}, {SECRET_HEADER: "s3cret_ț"}])
async def test_without_the_secret_nothing_is_taken(
    client: aiohttp.ClientSession, url: str, database: Database, headers: dict[str, str]
) -> None:
    assert await post(client, url, BODY, headers) == 403
    assert await waiting(database) == []


@pytest.mark.parametrize(
    ("body", "status"),
    [
        (b"", 400),
        (b"{not json", 400),
        (b"\xff\xfe\x00", 400),
        (b"[1]", 400),
        (b"{}", 400),
        (b'{"update_id": "7"}', 400),
        (b'{"update_id": true}', 400),
        (b'{"update_id": 99999999999999999999}', 400),
        (b'{"update_id": 7, "x": NaN}', 400),
        (b"[" * 200_000, 400),
        (b'{"update_id": 7, "x": "' + b"a" * MAX_BODY_BYTES + b'"}', 413),
    ],
)
async def test_what_is_no_update_is_refused(
    client: aiohttp.ClientSession, url: str, database: Database, body: bytes, status: int
) -> None:
    assert await post(client, url, body) == status
    assert await waiting(database) == []


async def test_only_post_at_its_path_is_the_webhook(client: aiohttp.ClientSession, url: str) -> None:
    async with client.get(f"{url}{WEBHOOK.path}", headers=SECRET) as answer:
        assert answer.status == 405
    async with client.post(f"{url}/{TOKEN}", headers=SECRET) as answer:
        assert answer.status == 404


async def test_while_the_database_fails_telegram_is_asked_to_come_again(
    client: aiohttp.ClientSession, url: str, database: Database, intake: Intake
) -> None:
    async with database.transaction() as connection:
        await connection.execute("ALTER TABLE accepted_updates RENAME TO hidden")
    assert await post(client, url, BODY) == 503
    async with client.get(f"{url}/healthz") as answer:
        assert answer.status == 503
        assert (await answer.json())["problems"] == ["updates are not accepted"]
    async with database.transaction() as connection:
        await connection.execute("ALTER TABLE hidden RENAME TO accepted_updates")
    assert await post(client, url, BODY) == 200
    await intake.idle()


async def test_a_full_or_stopped_intake_asks_telegram_to_come_again(
    client: aiohttp.ClientSession, application: AnyApplication, database: Database
) -> None:
    gate = asyncio.Event()

    async def wait(_: object, __: object) -> None:
        await gate.wait()

    application.add_handler(TypeHandler(Update, wait))
    intake = Intake(application, database, capacity=1)
    await intake.start()
    server = WebhookServer(intake, Health(intake, database), port=0, host="127.0.0.1", webhook=WEBHOOK)
    await server.start()
    url = f"http://127.0.0.1:{server.port}"
    assert await post(client, url, BODY) == 200
    assert await post(client, url, BODY) == 503
    gate.set()
    await intake.stop()
    assert await post(client, url, BODY) == 503
    await server.stop()
    assert await waiting(database) == []


async def test_deliveries_side_by_side_are_all_taken(
    client: aiohttp.ClientSession, url: str, application: AnyApplication, intake: Intake
) -> None:
    handled: list[int] = []

    async def handle(update: Update, _: object) -> None:
        handled.append(update.update_id)

    application.add_handler(TypeHandler(Update, handle))
    bodies = [json.dumps(message_update(number, chat_id=number)).encode() for number in range(1, 101)]
    assert set(await asyncio.gather(*(post(client, url, body) for body in bodies))) == {200}
    await intake.idle()
    assert sorted(handled) == list(range(1, 101))


async def test_the_health_page_tells_how_it_is(client: aiohttp.ClientSession, url: str, database: Database) -> None:
    async with client.get(f"{url}/healthz") as answer:
        assert answer.status == 200
        assert await answer.json() == {
            "status": "ok",
            "problems": [],
            "updates_by": "webhook",
            "database": True,
            "inbox": {"waiting": 0, "oldest_seconds": None, "set_aside": 0},
        }


async def test_health_fails_when_telegram_answers_no_poll_or_an_update_waits_too_long(
    intake: Intake, database: Database
) -> None:
    now, polled = NOW, NOW
    health = Health(intake, database, clock=lambda: now, last_poll_at=lambda: polled)
    now = NOW + timedelta(seconds=90)
    report = await health.report()
    assert report.well
    assert report.as_json()["last_poll_seconds"] == 90.0
    now = NOW + timedelta(minutes=11)
    assert (await health.report()).problems == ("Telegram has not answered a poll lately",)
    polled = now
    async with database.transaction() as connection:
        await connection.execute(
            "INSERT INTO inbox (update_id, payload, received_at, attempts)"
            " VALUES (1, '{}', '2023-11-22T08:05:00.000+00:00', 1)"
        )
    assert (await health.report()).problems == ("an update has waited too long",)


async def test_health_fails_when_the_database_is_gone(intake: Intake, tmp_path: Path) -> None:
    async with open_database(tmp_path / "other.db") as closed:
        pass
    report = await Health(intake, closed).report()
    assert report.problems == ("the database does not answer",)
    assert report.as_json()["database"] is False


async def test_while_polling_the_page_stands_alone(
    client: aiohttp.ClientSession, intake: Intake, database: Database
) -> None:
    server = WebhookServer(intake, Health(intake, database, last_poll_at=lambda: None), port=0, host="127.0.0.1")
    await server.start()
    url = f"http://127.0.0.1:{server.port}"
    async with client.get(f"{url}/healthz") as answer:
        assert (await answer.json())["updates_by"] == "polling"
    assert await post(client, url, BODY) == 404
    await server.stop()


async def test_telegram_is_told_address_and_secret_and_keeps_what_waits() -> None:
    async with bot_api() as api, running_application(api.url) as application:
        await register_webhook(
            application.bot, "https://example.org/telegram/hook", WEBHOOK, allowed_updates=["message"]
        )
        told = api.called("setWebhook")[0].parameters
    assert (told["url"], told["secret_token"]) == ("https://example.org/telegram/hook", WEBHOOK.secret)
    assert json.loads(told["allowed_updates"]) == ["message"]
    assert "drop_pending_updates" not in told


def test_a_webhook_without_a_secret_is_refused() -> None:
    with pytest.raises(ValueError, match="secret"):
        Webhook("/telegram", "")
