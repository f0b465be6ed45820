"""`ghid invite`: one-time links and QR codes on the terminal, for organisers and speakers."""

from __future__ import annotations

import asyncio
import sqlite3
from contextlib import closing
from pathlib import Path

import pytest

from bot.__main__ import main
from bot.clock import system_clock
from bot.commands import invite
from bot.models import Attendee
from bot.services.agenda import AgendaService
from bot.services.organisers import OrganiserService
from bot.services.speaker_claims import SpeakerClaimService
from bot.speakers import CodeState
from bot.storage.attendees import save_attendee
from bot.storage.database import open_database

BLOCKS = "█▀▄"


@pytest.fixture
def database(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """An empty database, and a bot whose name is known without Telegram."""
    path = tmp_path / "ghid.db"
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("DATABASE_PATH", str(path))
    monkeypatch.setenv("TELEGRAM_BOT_TOKEN", "1000000001:LOCAL-DEMO-not-a-token")

    async def username(_: object) -> str:
        return "ghid_bot"

    monkeypatch.setattr(invite, "asked_username", username)
    return path


@pytest.fixture
def with_event(database: Path) -> Path:
    """The built-in event is in it."""

    async def load() -> None:
        async with open_database(database) as opened:
            await AgendaService(opened, system_clock).load()

    asyncio.run(load())
    return database


def codes(database: Path) -> int:
    with closing(sqlite3.connect(database)) as connection:
        return int(connection.execute("SELECT count(*) FROM speaker_codes").fetchone()[0])


def claimed(database: Path, code: str) -> CodeState:
    async def claim() -> CodeState:
        async with open_database(database) as opened:
            async with opened.transaction() as connection:
                today = system_clock().date()
                await save_attendee(connection, Attendee(7, "en", True, today, today))
            agenda = AgendaService(opened, system_clock)
            await agenda.load()
            return (await SpeakerClaimService(opened, system_clock, agenda).claim(code, 7)).state

    return asyncio.run(claim())


@pytest.mark.parametrize("named", ["daniel-cosnita", "Daniel Coșniță", "  daniel   coșniță "])
def test_a_speaker_is_invited_by_id_or_name_with_a_link_and_a_qr_code(
    with_event: Path, capsys: pytest.CaptureFixture[str], named: str
) -> None:
    assert main(["invite", "speaker", named]) == 0

    out = capsys.readouterr().out
    name, link = out.splitlines()[0].split("\t")
    assert name == "Daniel Coșniță"
    assert link.startswith("https://t.me/ghid_bot?start=claim_")
    assert any(block in out for block in BLOCKS)
    assert claimed(with_event, link.split("claim_")[1]) is CodeState.GOOD


def test_all_speakers_are_invited_a_line_each_and_who_is_claimed_is_left_out(
    with_event: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["invite", "speaker", "--all"]) == 0
    first = capsys.readouterr().out.splitlines()
    assert claimed(with_event, first[0].split("claim_")[1]) is CodeState.GOOD
    assert main(["invite", "speaker", "--all"]) == 0
    second = capsys.readouterr().out.splitlines()

    assert len(second) == len(first) - 1
    assert first[0].split("\t")[0] not in [line.split("\t")[0] for line in second]
    assert all("\thttps://t.me/ghid_bot?start=claim_" in line for line in first)
    assert codes(with_event) == len(first) + len(second)


def test_qr_codes_can_be_had_for_all_and_left_out_for_one(with_event: Path, capsys: pytest.CaptureFixture[str]) -> None:
    main(["invite", "speaker", "--all", "--qr"])
    assert any(block in capsys.readouterr().out for block in BLOCKS)
    main(["invite", "speaker", "daniel-cosnita", "--no-qr"])
    assert len(capsys.readouterr().out.splitlines()) == 1


def test_an_organisers_link_still_comes_alone(database: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["invite", "organiser", "--no-qr"]) == 0
    link, note = capsys.readouterr().out.splitlines()

    async def accept() -> bool:
        async with open_database(database) as opened:
            async with opened.transaction() as connection:
                today = system_clock().date()
                await save_attendee(connection, Attendee(7, "en", True, today, today))
            return await OrganiserService(opened, system_clock).accept(link.split("=o_")[1], 7)

    assert asyncio.run(accept())
    assert note.startswith("It works once, within seven days.")


@pytest.mark.parametrize(
    ("arguments", "code", "said"),
    [
        (["organiser", "daniel-cosnita"], 2, "without a name"),
        (["organiser", "--all"], 2, "without a name"),
        (["speaker"], 2, "say which speaker, or --all"),
        (["speaker", "daniel-cosnita", "--all"], 2, "say which speaker, or --all"),
        (["speaker", "daniel"], 1, "did you mean daniel-cosnita"),
        (["speaker", "nobody-at-all"], 1, "no speaker with the id or the name 'nobody-at-all'"),
    ],
)
def test_what_cannot_be_done_is_said(
    with_event: Path, capsys: pytest.CaptureFixture[str], arguments: list[str], code: int, said: str
) -> None:
    assert main(["invite", *arguments]) == code

    printed = capsys.readouterr()
    assert said in printed.err
    assert printed.out == ""
    assert codes(with_event) == 0


def test_without_an_agenda_the_command_says_what_to_do(database: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["invite", "speaker", "--all"]) == 1

    assert "ghid import FILE" in capsys.readouterr().err
