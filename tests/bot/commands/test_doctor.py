"""`ghid doctor`: each thing that can be wrong is found, and told with what to do."""

import asyncio
import os
import re
import socket
import sqlite3
import sys
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, closing
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from aiohttp import web
from pydantic import SecretStr
from telegram import Bot

from bot.__main__ import main
from bot.clock import system_clock
from bot.commands.doctor_here import examine_database, examine_port
from bot.commands.doctor_telegram import examine_telegram
from bot.commands.findings import Finding, Verdict
from bot.local_telegram import LocalTelegram, running_local_telegram
from bot.settings import Settings
from bot.storage.lock import hold_database
from tests.bot.bot_api import serve
from tests.bot.commands.event_files import write_event

ROOT = Path(__file__).parents[3]
DURING = datetime(2023, 11, 22, 8, 5, tzinfo=UTC)


@pytest.fixture
async def telegram() -> AsyncIterator[LocalTelegram]:
    async with running_local_telegram() as running:
        yield running


@pytest.fixture
def database(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    path = tmp_path / "ghid.db"
    monkeypatch.chdir(tmp_path)
    assert main(["import", "--database", str(path), str(write_event(tmp_path / "event.yaml"))]) == 0
    return path


def told(findings: list[Finding], about: str) -> list[tuple[Verdict, str]]:
    return [(finding.verdict, finding.what) for finding in findings if finding.about == about]


def wrong_about(findings: list[Finding]) -> list[str]:
    return [finding.about for finding in findings if finding.verdict is Verdict.WRONG]


def settings_for(telegram: LocalTelegram, token: str = "", webhook: str | None = None) -> Settings:
    return Settings(
        telegram_bot_token=SecretStr(token or telegram.token),
        telegram_api_url=telegram.api_url,
        webhook_url=webhook,
        webhook_secret=SecretStr("secret"),
        port=8080,
    )


async def test_a_set_up_without_fault_is_told_so(telegram: LocalTelegram, database: Path) -> None:
    process = await asyncio.create_subprocess_exec(
        sys.executable, "-m", "bot", "doctor",
        cwd=ROOT,
        env={
            **os.environ,
            "TELEGRAM_BOT_TOKEN": telegram.token,
            "TELEGRAM_API_URL": telegram.api_url,
            "DATABASE_PATH": str(database),
        },
        stdout=asyncio.subprocess.PIPE,
        stderr=asyncio.subprocess.STDOUT,
    )  # fmt: skip
    output = (await process.communicate())[0].decode()

    assert process.returncode == 0, output
    lines = output.splitlines()
    assert [line.split()[1] for line in lines[:-1] if line.startswith("ok")] == [
        "settings",
        "disk",
        "database",
        "content",
        "zone",
        "capacity",
        "token",
        "botfather",
        "webhook",
        "clock",
    ]
    assert lines[-1] == "Nothing is wrong."
    assert telegram.token not in output


def test_without_settings_it_looks_at_what_it_can(
    database: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.delenv("TELEGRAM_BOT_TOKEN", raising=False)
    monkeypatch.setenv("DATABASE_PATH", str(database))
    capsys.readouterr()

    assert main(["doctor"]) == 1

    output = capsys.readouterr().out
    assert "WRONG settings  TELEGRAM_BOT_TOKEN is missing; @BotFather gives you one" in output
    assert "ok    content   A day in Iași, 2023-11-22 to 2023-11-22, version 1: 4 sessions" in output
    assert "note  telegram  not asked: the settings come first" in output
    assert output.endswith("1 to put right.\n")


async def test_a_token_that_telegram_does_not_know(telegram: LocalTelegram) -> None:
    findings = await examine_telegram(
        settings_for(telegram, "1234567:LOCAL-DEMO-another-token-altogether"), system_clock
    )

    assert wrong_about(findings) == ["token"]
    assert "@BotFather" in told(findings, "token")[0][1]


async def test_a_telegram_out_of_reach() -> None:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        settings = Settings(
            telegram_bot_token=SecretStr("1234567:LOCAL-DEMO-token-of-nobody"),
            telegram_api_url=f"http://127.0.0.1:{taken.getsockname()[1]}",
        )
        findings = await examine_telegram(settings, system_clock)

    assert wrong_about(findings) == ["telegram"]
    assert "HTTPS_PROXY" in findings[0].what


@pytest.mark.parametrize(("off", "word"), [(timedelta(minutes=3), "fast"), (timedelta(minutes=-3), "slow")])
async def test_a_clock_that_is_off(telegram: LocalTelegram, off: timedelta, word: str) -> None:
    findings = await examine_telegram(settings_for(telegram), lambda: system_clock() + off)

    assert wrong_about(findings) == ["clock"]
    assert f"s {word};" in told(findings, "clock")[0][1]


@pytest.mark.parametrize(
    ("wanted", "words"),
    [(None, "none, as wanted"), ("https://ghid.example.org/telegram", "none is set yet; `ghid run` sets it")],
)
async def test_the_webhook_is_compared_with_the_settings(
    telegram: LocalTelegram, wanted: str | None, words: str
) -> None:
    findings = await examine_telegram(settings_for(telegram, webhook=wanted), system_clock)

    assert wrong_about(findings) == []
    assert words in told(findings, "webhook")[0][1]


@asynccontextmanager
async def a_door(*statuses: int) -> AsyncIterator[str]:
    """Serve a webhook that answers with these statuses, then with 200; gives its address."""
    left = list(statuses)

    async def take(_: web.Request) -> web.Response:
        return web.Response(status=left.pop(0) if left else 200)

    app = web.Application()
    app.router.add_post("/telegram", take)
    async with serve(app) as url:
        yield f"{url}/telegram"


async def after_a_failed_delivery(telegram: LocalTelegram, url: str, waiting: int) -> list[Finding]:
    """Let Telegram post one update, in vain at least once, until so many wait; return what the doctor finds then."""
    settings = settings_for(telegram, webhook=url)
    person = telegram.add_person("Ana", "en")
    async with Bot(telegram.token, base_url=f"{telegram.api_url}/bot") as bot, asyncio.timeout(10):
        await bot.set_webhook(url)
        await person.sends("/start")
        while True:
            info = await bot.get_webhook_info()
            if info.last_error_message and info.pending_update_count == waiting:
                return await examine_telegram(settings, system_clock)


async def test_deliveries_that_fail_are_wrong_and_told_with_what_telegram_says(telegram: LocalTelegram) -> None:
    async with a_door(*[503] * 100) as url:
        findings = await after_a_failed_delivery(telegram, url, waiting=1)

    assert wrong_about(findings) == ["webhook"]
    set_as_wanted, failed = told(findings, "webhook")
    assert set_as_wanted == (Verdict.FINE, "set as wanted; 1 update is waiting")
    assert re.fullmatch(
        r"Telegram could not deliver, last at \d{4}-\d\d-\d\d \d\d:\d\d UTC: "
        r"Wrong response from the webhook: 503 Service Unavailable; see that WEBHOOK_URL leads to this machine's PORT, "
        r"with a valid certificate",
        failed[1],
    )


async def test_a_delivery_that_came_through_later_is_worth_a_note(telegram: LocalTelegram) -> None:
    async with a_door(503) as url:
        findings = await after_a_failed_delivery(telegram, url, waiting=0)

    assert wrong_about(findings) == []
    verdict, what = told(findings, "webhook")[-1]
    assert verdict is Verdict.NOTE
    assert what.endswith("Wrong response from the webhook: 503 Service Unavailable; it came through since")


async def test_during_the_event_nothing_is_said_of_its_end(database: Path) -> None:
    findings = await examine_database(database, DURING)

    assert [finding.verdict for finding in findings] == [Verdict.FINE] * 6
    assert told(findings, "zone") == [(Verdict.FINE, "Europe/Bucharest, where it is 2023-11-22 10:05 now")]


async def test_an_event_that_is_over_is_worth_a_note(database: Path) -> None:
    findings = await examine_database(database, DURING + timedelta(days=2))

    assert wrong_about(findings) == []
    assert told(findings, "content")[-1][1].startswith("the event is over since 2023-11-22")


async def test_a_database_in_use_is_told_with_its_holder(database: Path) -> None:
    with hold_database(database, DURING):
        findings = await examine_database(database, DURING)
        assert list(examine_port(1, database)) == []

    assert f"in use by process {os.getpid()}" in told(findings, "database")[0][1]


async def test_no_database_yet_is_no_fault(tmp_path: Path) -> None:
    findings = await examine_database(tmp_path / "new" / "ghid.db", DURING)

    assert wrong_about(findings) == []
    assert not (tmp_path / "new").exists()


@pytest.mark.parametrize(("schema", "verdict"), [(1, Verdict.NOTE), (9999, Verdict.WRONG)])
async def test_a_schema_of_another_ghid(database: Path, schema: int, verdict: Verdict) -> None:
    with closing(sqlite3.connect(database)) as connection:
        connection.execute(f"PRAGMA user_version = {schema}")

    findings = await examine_database(database, DURING)

    assert [each for each, _ in told(findings, "database")] == [verdict]
    with closing(sqlite3.connect(database)) as connection:
        assert connection.execute("PRAGMA user_version").fetchone() == (schema,)


async def test_a_file_that_is_no_database(tmp_path: Path) -> None:
    path = tmp_path / "ghid.db"
    path.write_text("no database " * 500)

    findings = await examine_database(path, DURING)

    assert wrong_about(findings) == ["database"]
    assert "file is not a database" in told(findings, "database")[0][1]


def damage(database: Path) -> None:
    content = database.read_bytes()
    database.write_bytes(content[:8192] + b"\xff" * (len(content) - 8192))


async def test_a_damaged_database(database: Path) -> None:
    damage(database)

    findings = await examine_database(database, DURING)

    assert wrong_about(findings) == ["database"]


def test_a_port_that_is_taken(database: Path) -> None:
    with socket.socket() as taken:
        taken.bind(("", 0))
        taken.listen()
        port = taken.getsockname()[1]
        findings = list(examine_port(port, database))

    assert wrong_about(findings) == ["port"]
    assert wrong_about(list(examine_port(port, database))) == []


async def test_it_names_the_day_on_which_people_are_forgotten(database: Path) -> None:
    during = told(await examine_database(database, DURING), "privacy")
    later = told(await examine_database(database, DURING + timedelta(days=90)), "privacy")

    assert during == [
        (Verdict.FINE, "what is kept about people is erased on 2024-02-20, 90 days after the event"),
    ]
    assert [verdict for verdict, _ in later] == [Verdict.NOTE]
