"""`ghid doctor` reckons: how long everybody waits, how old the newest backup is, which switches stand wrong."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from telegram import User

from bot.commands.doctor_here import _capacity, examine_backups
from bot.commands.doctor_telegram import _switches
from bot.commands.findings import Verdict
from bot.storage.backups import backup_name

DURING = datetime(2023, 11, 22, 8, 5, tzinfo=UTC)


@pytest.mark.parametrize(
    ("followers", "rate", "verdict", "told_of"),
    [(0, 20, Verdict.FINE, "0 s"), (600, 20, Verdict.FINE, "30 s"), (15_000, 20, Verdict.NOTE, "12 min")],
)
def test_it_reckons_how_long_everybody_waits(followers: int, rate: int, verdict: Verdict, told_of: str) -> None:
    finding = _capacity(followers * 2, followers, rate)

    assert finding.verdict is verdict
    assert f"within {told_of}" in finding.what


def test_it_tells_of_the_newest_backup(tmp_path: Path) -> None:
    path, folder = tmp_path / "ghid.db", tmp_path / "backups"
    folder.mkdir()
    none = examine_backups(path, None, 14, DURING)
    (folder / backup_name(DURING - timedelta(hours=7))).touch()
    fresh = examine_backups(path, None, 14, DURING)
    old = examine_backups(path, None, 14, DURING + timedelta(days=5))

    assert [each.verdict for each in (none, fresh, old)] == [Verdict.NOTE, Verdict.FINE, Verdict.NOTE]
    assert examine_backups(path, None, 0, DURING).what == "none are made: BACKUPS_KEPT is 0"


@pytest.mark.parametrize(
    ("switch", "value", "advice"),
    [
        ("supports_inline_queries", False, "/setinline"),
        ("can_join_groups", False, "/setjoingroups"),
        ("can_read_all_group_messages", True, "/setprivacy"),
    ],
)
def test_it_names_the_switches_of_botfather_that_stand_wrong(switch: str, value: bool, advice: str) -> None:
    wanted = {"supports_inline_queries": True, "can_join_groups": True, "can_read_all_group_messages": False}
    bot = {"id": 1, "first_name": "Ghid", "is_bot": True}

    well = _switches(User(**bot, **wanted))  # type: ignore[arg-type]
    (found,) = _switches(User(**bot, **(wanted | {switch: value})))  # type: ignore[arg-type]

    assert [finding.verdict for finding in well] == [Verdict.FINE]
    assert (found.verdict, advice in found.what) == (Verdict.NOTE, True)
