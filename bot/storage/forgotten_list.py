"""The list of the forgotten, kept a second time in a file beside the database.

A restore is for the day when the database is gone or broken, and then the file alone knows who was forgotten since the
backup. A line holds a hash and a moment; it is on the disk before the person's rows are erased.
"""

from __future__ import annotations

import os
from datetime import datetime
from pathlib import Path

from bot.storage.columns import moment_column


def forgotten_list_path(database: Path) -> Path:
    """Return where the list of this database stands."""
    return database.with_name(f"{database.name}.forgotten")


def append_forgotten(database: Path, hashed: str, at: datetime) -> None:
    """Write a line, and return once it is on the disk.

    Raises:
        OSError: it cannot be written.
    """
    with forgotten_list_path(database).open("a", encoding="ascii") as file:
        file.write(f"{hashed} {moment_column(at)}\n")
        file.flush()
        os.fsync(file.fileno())


def read_forgotten_list(database: Path) -> dict[str, datetime]:
    """Return when each hash was forgotten last; empty without a file. A line cut short by a crash is passed over."""
    found: dict[str, datetime] = {}
    try:
        lines = forgotten_list_path(database).read_text(encoding="ascii", errors="replace").splitlines()
    except FileNotFoundError:
        return found
    for line in lines:
        hashed, _, at = line.partition(" ")
        try:
            moment = datetime.fromisoformat(at)
        except ValueError:
            continue
        if len(hashed) == 64 and moment.tzinfo is not None:
            found[hashed] = max(moment, found.get(hashed, moment))
    return found


def shorten_forgotten_list(database: Path, since: datetime) -> None:
    """Drop the lines from before ``since``.

    Raises:
        OSError: it cannot be written.
    """
    path = forgotten_list_path(database)
    if not path.exists():
        return
    kept = {hashed: at for hashed, at in read_forgotten_list(database).items() if at >= since}
    rest = path.with_name(f"{path.name}.new")
    rest.write_text("".join(f"{hashed} {moment_column(at)}\n" for hashed, at in kept.items()), encoding="ascii")
    rest.replace(path)
