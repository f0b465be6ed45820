"""The built wheel, installed elsewhere, has all it needs: catalogs, migrations, the event, the page."""

import json
import os
import subprocess
import sys
from collections.abc import Sequence
from pathlib import Path

import pytest

pytestmark = pytest.mark.slow

ROOT = Path(__file__).parents[1]
LANGUAGES = {"en": "Today", "ro": "Astăzi", "uk": "Сьогодні"}
NEEDED = (
    "locales/en/LC_MESSAGES/ghid.po",
    "locales/ro/LC_MESSAGES/ghid.po",
    "locales/uk/LC_MESSAGES/ghid.po",
    "content/data/iasi-2023.yaml",
    "bot/local_telegram/page/index.html",
)


@pytest.fixture(scope="module")
def installed(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Build the wheel and install it, without its dependencies, in a folder of its own."""
    folder = tmp_path_factory.mktemp("wheel")
    run("-m", "build", "--wheel", "--no-isolation", "--outdir", str(folder), str(ROOT), at=folder)
    (wheel,) = folder.glob("ghid-*.whl")
    target = folder / "installed"
    run(
        "-m",
        "pip",
        "install",
        "--quiet",
        "--no-deps",
        "--no-index",
        "--no-compile",
        "--target",
        str(target),
        str(wheel),
        at=folder,
    )
    return target


def run(*arguments: str, at: Path, **environment: str) -> str:
    done = subprocess.run(
        [sys.executable, *arguments],
        cwd=at,
        env={**os.environ, "PIP_DISABLE_PIP_VERSION_CHECK": "1", **environment},
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr + done.stdout
    return done.stdout


ONE_AFTER_THE_OTHER = """
import json, sys
from bot.__main__ import main
for arguments in json.loads(sys.argv[1]):
    print("ghid", *arguments)
    assert main(arguments) == 0
"""


def ghid(installed: Path, *calls: Sequence[str], at: Path) -> str:
    """Return what these calls print, one after the other in one process."""
    return run("-c", ONE_AFTER_THE_OTHER, json.dumps(calls), at=at, PYTHONPATH=str(installed))


def test_it_has_every_file_that_code_alone_does_not_bring(installed: Path) -> None:
    migrations = [path.relative_to(ROOT) for path in (ROOT / "bot/storage/migrations").glob("*.sql")]
    page = [path.relative_to(ROOT) for path in (ROOT / "bot/local_telegram/page").rglob("*") if path.is_file()]

    needed = [*map(Path, NEEDED), *migrations, *page]
    missing = [str(path) for path in needed if not (installed / path).is_file()]

    assert migrations
    assert missing == []


def test_it_brings_the_command(installed: Path) -> None:
    (entry_points,) = installed.glob("ghid-*.dist-info/entry_points.txt")

    assert "ghid = bot.__main__:main" in entry_points.read_text()


def test_it_is_the_wheel_that_runs_and_not_the_checkout(installed: Path, tmp_path: Path) -> None:
    where = run("-c", "import bot, content; print(bot.__file__)", at=tmp_path, PYTHONPATH=str(installed))

    assert where.startswith(str(installed))


def test_it_reads_its_event_and_fills_a_database_far_from_the_checkout(installed: Path, tmp_path: Path) -> None:
    event = str(installed / "content/data/iasi-2023.yaml")

    told = ghid(installed, ["check", event], ["import", event, "--database", "elsewhere/ghid.db"], at=tmp_path)

    assert "This file can be used: 26 sessions" in told
    assert "Imported as version 1." in told
    assert (tmp_path / "elsewhere" / "ghid.db").exists()


def test_it_answers_in_each_language_from_its_own_event(installed: Path, tmp_path: Path) -> None:
    when = ["--now", "2023-11-22T10:05", "When does Venturini speak?"]
    told = ghid(installed, *(["ask", "--lang", language, *when] for language in LANGUAGES), at=tmp_path)

    for language, words in LANGUAGES.items():
        answer = told.split(f"--lang {language}")[1].split("\nghid ask")[0]
        assert "Enrico Venturini" in answer
        assert words in answer
