"""One running bot a database: a lock file beside it, which names its holder."""

from __future__ import annotations

import fcntl
import os
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime
from pathlib import Path


class DatabaseInUseError(Exception):
    """Another process runs on this database. ``holder`` says which, as it wrote itself down; may be empty."""

    def __init__(self, path: Path, holder: str) -> None:
        super().__init__(f"{path} is in use by {holder or 'another process'}")
        self.path = path
        self.holder = holder


@contextmanager
def hold_database(path: Path, now: datetime) -> Iterator[None]:
    """Hold the database at ``path`` until the block ends, or the process does, however it ends.

    Raises:
        DatabaseInUseError: another process holds it.
        OSError: the lock file cannot be written.
    """
    lock = lock_path(path)
    lock.parent.mkdir(parents=True, exist_ok=True)
    descriptor = os.open(lock, os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o644)
    # The file stays when the lock goes: deleting it would let two processes hold two files of one name.
    with os.fdopen(descriptor, "r+", encoding="utf-8") as file:
        try:
            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            raise DatabaseInUseError(path, file.read().strip()) from None
        file.truncate()
        file.write(f"process {os.getpid()}, since {now:%Y-%m-%d %H:%M:%SZ}: {_command()}\n")
        file.flush()
        try:
            yield
        finally:
            file.seek(0)
            file.truncate()


def database_holder(path: Path) -> str | None:
    """Return who holds the database now; None: nobody does."""
    try:
        with lock_path(path).open(encoding="utf-8") as file:
            try:
                fcntl.flock(file, fcntl.LOCK_SH | fcntl.LOCK_NB)
            except BlockingIOError:
                return file.read().strip() or "another process"
    except FileNotFoundError:
        return None
    return None


def lock_path(path: Path) -> Path:
    """Return where the lock file of this database stands."""
    return path.with_name(f"{path.name}.lock")


def _command() -> str:
    # The program and its first word only: arguments may hold what does not belong in a file.
    return " ".join([Path(sys.argv[0]).name, *sys.argv[1:2]])
