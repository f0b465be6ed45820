"""One running bot a database: the second is told who holds it, and a dead one holds nothing."""

import subprocess
import sys
from datetime import UTC, datetime
from pathlib import Path

import pytest

from bot.storage.lock import DatabaseInUseError, database_holder, hold_database, lock_path

NOW = datetime(2023, 11, 22, 8, 5, tzinfo=UTC)
HOLD = """
import sys
from datetime import UTC, datetime
from pathlib import Path
from bot.storage.lock import hold_database
sys.argv = ["/usr/bin/ghid", "run", "--a-secret"]
with hold_database(Path(sys.stdin.readline().strip()), datetime(2023, 11, 22, 8, 5, tzinfo=UTC)):
    print("held", flush=True)
    sys.stdin.read()
"""


def another_process_on(path: Path) -> subprocess.Popen[str]:
    process = subprocess.Popen(
        [sys.executable, "-c", HOLD],
        cwd=Path(__file__).parents[3],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
    )
    assert process.stdin is not None
    assert process.stdout is not None
    process.stdin.write(f"{path}\n")
    process.stdin.flush()
    assert process.stdout.readline() == "held\n"
    return process


def test_a_second_process_is_told_who_holds_the_database(tmp_path: Path) -> None:
    path = tmp_path / "data" / "ghid.db"
    with another_process_on(path) as process:
        holder = f"process {process.pid}, since 2023-11-22 08:05:00Z: ghid run"
        try:
            with pytest.raises(DatabaseInUseError) as caught, hold_database(path, NOW):
                pass

            assert caught.value.holder == holder
            assert str(caught.value) == f"{path} is in use by {holder}"
            assert database_holder(path) == holder
        finally:
            process.kill()


def test_a_process_that_was_killed_holds_nothing(tmp_path: Path) -> None:
    path = tmp_path / "ghid.db"
    with another_process_on(path) as process:
        process.kill()

    with hold_database(path, NOW):
        assert lock_path(path).read_text().startswith("process ")


def test_what_is_let_go_can_be_held_again(tmp_path: Path) -> None:
    path = tmp_path / "ghid.db"
    assert database_holder(path) is None

    with hold_database(path, NOW):
        pass

    assert database_holder(path) is None
    assert lock_path(path).read_text() == ""
    with hold_database(path, NOW):
        pass
