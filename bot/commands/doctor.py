"""`ghid doctor`: what is wrong with this set-up, and what to do."""

from __future__ import annotations

import argparse
import asyncio

from bot.clock import Clock, system_clock
from bot.commands.doctor_here import examine_backups, examine_database, examine_port
from bot.commands.doctor_telegram import examine_telegram
from bot.commands.findings import Finding, Verdict, fine, note, wrong
from bot.logs import configure_logging
from bot.settings import Settings, SettingsError, StorageSettings
from bot.storage.inspection import newest_files


def register(parser: argparse.ArgumentParser) -> None:
    """Describe the command; it takes no arguments."""
    parser.description = (
        "Look at settings, database, content, disk, clock, and ask Telegram about token and webhook. "
        "Nothing is changed. Exit code 1 if something is wrong."
    )


def run(_: argparse.Namespace) -> int:
    """Print what was found, one line each."""
    configure_logging("ERROR")
    findings = asyncio.run(_examine(system_clock))
    for finding in findings:
        print(finding)
    bad = sum(finding.verdict is Verdict.WRONG for finding in findings)
    print(f"{bad} to put right." if bad else "Nothing is wrong.")
    return 1 if bad else 0


async def _examine(clock: Clock) -> list[Finding]:
    findings: list[Finding] = []
    settings: Settings | None = None
    try:
        settings = Settings.load()
        findings.append(fine("settings", "complete"))
    except SettingsError as error:
        findings.extend(wrong("settings", problem) for problem in error.problems)
    try:
        path = settings.database_path if settings else StorageSettings.load().database_path
    except SettingsError:
        findings.append(note("database", "not looked at: its place is not known"))
    else:
        findings.extend(await examine_database(path, clock(), settings.bulk_rate if settings else 20))
        if settings:
            findings.append(examine_backups(path, settings.backup_folder, settings.backups_kept, clock()))
        findings.extend(examine_port(settings.port if settings else None, path))
    if settings:
        findings.extend(await examine_telegram(settings, clock, await newest_files(settings.database_path)))
    else:
        findings.append(note("telegram", "not asked: the settings come first"))
    return findings
