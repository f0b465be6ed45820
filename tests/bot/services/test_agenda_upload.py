"""What a hostile file can do to the bot: be refused, in bounded time and memory."""

from __future__ import annotations

import os
import time
from pathlib import Path

import pytest

from bot.models import Dialog
from bot.services.agenda import AgendaService, built_in_event
from bot.services.agenda_upload import AgendaUploadService
from bot.services.upload_reading import ReadingLimits, UnreadableUploadError, UploadReader, shown_name
from bot.storage.database import Database
from content.formats.problems import ContentError
from tests.bot.services.standing_clock import StandingClock
from tests.builders import a_moment

BUILT_IN = Path(__file__).parents[3] / "content" / "data" / "iasi-2023.yaml"
BOMB = "a: &a [x, x]\n" + "".join(
    f"{chr(98 + n)}: &{chr(98 + n)} [{', '.join([f'*{chr(97 + n)}'] * 9)}]\n" for n in range(12)
)


async def test_a_good_file_is_read_as_it_is_read_here() -> None:
    read = await UploadReader().read(BUILT_IN.read_bytes(), "agenda.yaml")

    assert read.agenda == built_in_event()


async def test_every_problem_comes_back_with_its_place() -> None:
    broken = BUILT_IN.read_bytes().replace(b"starts: 2023-11-21", b"starts: tomorrow", 1) + b"nonsense: 1\n"

    with pytest.raises(ContentError) as raised:
        await UploadReader().read(broken, "agenda.yaml")

    codes = {problem.code for problem in raised.value.problems}
    assert {"bad_date", "unknown_key"} <= codes
    assert all(problem.where.startswith("agenda.yaml:") for problem in raised.value.problems)


async def test_a_bomb_of_aliases_is_refused_at_once() -> None:
    started = time.monotonic()

    with pytest.raises(ContentError) as raised:
        await UploadReader().read(BOMB.encode(), "bomb.yaml")

    assert {"anchor", "alias"} & {problem.code for problem in raised.value.problems}
    assert time.monotonic() - started < 5


async def test_a_reader_that_never_ends_is_killed_in_time() -> None:
    reader = UploadReader(ReadingLimits(seconds=0.5), module="tests.bot.services.endless_reader")
    started = time.monotonic()

    with pytest.raises(UnreadableUploadError):
        await reader.read(b"ghid: 1", "endless.yaml")

    assert time.monotonic() - started < 3


async def test_the_reader_steps_back_for_whoever_is_answered_meanwhile() -> None:
    with pytest.raises(ContentError) as raised:
        await UploadReader(module="tests.bot.services.polite_reader").read(b"ghid: 1", "any.yaml")
    assert int(raised.value.problems[0].what) == min(19, os.nice(0) + 10)


async def test_more_memory_than_allowed_ends_the_reader_alone() -> None:
    reader = UploadReader(ReadingLimits(memory=100 * 1024 * 1024))
    many = b"ghid: 1\nsessions:\n" + b"- {id: s, title: [a, b, c, d]}\n" * 40_000

    with pytest.raises(UnreadableUploadError):
        await reader.read(many, "large.yaml")
    with pytest.raises(ContentError):
        await UploadReader().read(b"", "empty.yaml")


@pytest.mark.parametrize(
    ("given", "shown"),
    [
        ("--help", "help"),
        ("a\x00\nb\udc80.yaml", "ab.yaml"),
        ("", "agenda.yaml"),
        ("x" * 200 + ".yaml", "x" * 55 + ".yaml"),
    ],
)
def test_a_name_is_printable_short_and_no_option(given: str, shown: str) -> None:
    assert shown_name(given) == shown


@pytest.fixture
async def uploads(database: Database, tmp_path: Path) -> AgendaUploadService:
    clock = StandingClock()
    agenda = AgendaService(database, clock)
    await agenda.load()
    open_dialogs = {7: Dialog("agenda_import", {}, a_moment("10:00"))}
    return AgendaUploadService(database, clock, agenda, tmp_path / "ghid.db", open_dialogs.get)


async def test_a_file_is_kept_until_it_is_forgotten(uploads: AgendaUploadService) -> None:
    sha = await uploads.keep(7, b"first")

    assert await uploads.kept(7, sha) == b"first"
    await uploads.keep(7, b"second")
    assert await uploads.kept(7, sha) is None
    await uploads.forget(7)
    assert await uploads.kept(7, sha) is None


async def test_files_whose_dialog_a_command_ended_go_with_the_next_upload(
    uploads: AgendaUploadService, tmp_path: Path
) -> None:
    await uploads.keep(8, b"left behind")
    await uploads.keep(7, b"next")

    assert [path.name for path in (tmp_path / "ghid-uploads").iterdir()] == ["7.upload"]
