"""What `ghid doctor` looks at on this machine: database, content, time zone, disk, port."""

from __future__ import annotations

import os
import shutil
import socket
import sqlite3
from collections.abc import Iterator
from datetime import datetime, timedelta
from pathlib import Path

from bot.commands.findings import Finding, fine, note, wrong
from bot.privacy.kinds import purge_day
from bot.services.backups import backup_folder
from bot.storage.backups import backups_in
from bot.storage.database import pending_migrations
from bot.storage.inspection import Inspection, inspect_database
from bot.storage.lock import database_holder
from content.agenda import Agenda
from content.checks import check_agenda

_NEEDED_BYTES = 100_000_000
_BACKUP_IS_OLD = timedelta(days=2)
_LEAD_SECONDS = 600  # of a reminder, by itself


async def examine_database(path: Path, now: datetime, rate: int = 20) -> list[Finding]:
    """Look at the database and what is in it, changing nothing. ``rate``: BULK_RATE."""
    findings = list(_disk(path))
    in_the_way = _access(path)
    if in_the_way is not None:
        return [*findings, in_the_way]
    try:
        found = await inspect_database(path)
    except sqlite3.Error as error:
        return [*findings, wrong("database", f"{path} cannot be opened ({error}); set DATABASE_PATH, or restore it")]
    findings.extend(_schema(path, found))
    if found.agenda is not None:
        findings.extend(_content(found.version, found.agenda, now))
        findings.append(_capacity(found.people, found.most_followed, rate))
    elif not found.damage and found.schema == found.newest_schema:
        findings.append(note("content", "there is no agenda yet; `ghid run` begins with the built-in event"))
    return findings


def examine_backups(path: Path, setting: Path | None, kept: int, now: datetime) -> Finding:
    """See whether there is a recent backup."""
    if kept == 0:
        return note("backup", "none are made: BACKUPS_KEPT is 0")
    folder = backup_folder(path, setting)
    newest = next(iter(backups_in(folder)), None)
    if newest is None:
        return note("backup", f"none in {folder} yet; a running bot makes one every night")
    moment, file = newest
    if now - moment > _BACKUP_IS_OLD:
        return note("backup", f"the newest is {file}, from {moment:%Y-%m-%d}; the log says why")
    return fine("backup", f"the newest is {file}")


def _capacity(people: int, most_followed: int, rate: int) -> Finding:
    """Reckon how long it takes to tell everybody, and the followers of one session."""
    told = f"{people:,} people: a message to all takes {_length(people / rate)} at BULK_RATE {rate}; "
    reminders = f"the {most_followed:,} followers of one session are reminded within {_length(most_followed / rate)}"
    if most_followed / rate > _LEAD_SECONDS:
        return note("capacity", f"{told}{reminders}, the first of them very early: raise BULK_RATE, up to 30")
    return fine("capacity", told + reminders)


def _length(seconds: float) -> str:
    return f"{seconds / 60:,.0f} min" if seconds >= 120 else f"{seconds:,.0f} s"


def examine_port(port: int | None, path: Path) -> Iterator[Finding]:
    """See whether the bot can listen where it is told to."""
    if port is None or database_holder(path):
        return  # nothing to listen on, or the running bot does already
    with socket.socket() as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind(("", port))
        except OSError as error:
            yield wrong("port", f"port {port} cannot be used ({error.strerror}); set PORT to another one")
        else:
            yield fine("port", f"{port} is free")


def _existing_folder(path: Path) -> Path:
    return next(folder for folder in path.absolute().parents if folder.is_dir())


def _access(path: Path) -> Finding | None:
    """Return why there is nothing to open, or None if there is."""
    folder = _existing_folder(path)
    if not os.access(folder, os.W_OK):
        return wrong("database", f"{folder} may not be written to; allow it or set DATABASE_PATH")
    if not path.exists():
        return note("database", f"{path} is not there yet; `ghid run` makes it, with the built-in event")
    if not os.access(path, os.R_OK | os.W_OK):
        return wrong("database", f"{path} may not be read and written; change its owner or permissions")
    return None


def _disk(path: Path) -> Iterator[Finding]:
    folder = _existing_folder(path)
    free = shutil.disk_usage(folder).free
    told = f"{free / 1_000_000:,.0f} MB free in {folder}"
    yield fine("disk", told) if free >= _NEEDED_BYTES else wrong("disk", f"only {told}; make room")


def _schema(path: Path, found: Inspection) -> Iterator[Finding]:
    holder = database_holder(path)
    used = f"in use by {holder}" if holder else "no bot is running on it"
    if found.damage:
        yield wrong("database", f"{path} is damaged; restore it from a backup. SQLite says: {found.damage}")
    elif found.schema > found.newest_schema:
        yield wrong("database", f"{path} was written by a newer Ghid; install that one")
    elif found.schema < found.newest_schema:
        pending = len(pending_migrations(found.schema))
        yield note("database", f"{path} is {pending} schema steps behind; the next `ghid run` brings it up to date")
    else:
        yield fine("database", f"{path}, schema {found.schema}, {used}")


def _content(version: int, agenda: Agenda, now: datetime) -> Iterator[Finding]:
    event = agenda.event
    name = event.name.pick(event.default_language)
    days = f"{event.starts_on} to {event.ends_on}"
    yield fine("content", f"{name}, {days}, version {version}: {len(agenda.sessions):,} sessions")
    doubts = check_agenda(agenda)
    if doubts:
        yield note("content", f"{len(doubts)} doubts, the first: {doubts[0].what} `ghid check FILE` names all")
    today = now.astimezone(event.time_zone)
    if today.date() > event.ends_on:
        yield note("content", f"the event is over since {event.ends_on}; the next edition is a new database")
    if today.date() < purge_day(event):
        yield fine("privacy", f"what is kept about people is erased on {purge_day(event)}, 90 days after the event")
    else:
        yield note("privacy", f"since {purge_day(event)} a person is forgotten a week after their latest message")
    yield fine("zone", f"{event.time_zone.key}, where it is {today:%Y-%m-%d %H:%M} now")
