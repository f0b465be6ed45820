"""Migrations on a file in use: whatever stood in an earlier version's tables stands in the newest one's."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest

from bot.storage.database import open_database, pending_migrations
from tests.bot.storage.test_migrations import EVERY, apply_by_hand

AT = "2023-11-22T08:00:00+00:00"
AT_MS = "2023-11-22T08:00:00.000+00:00"

DATA: dict[int, list[tuple[str, dict[str, Any]]]] = {
    1: [
        ("inbox", {"update_id": 1, "chat_id": 7, "payload": "{}", "received_at": AT_MS, "attempts": 1}),
        (
            "inbox",
            {
                "update_id": 2,
                "payload": '{"message":{"text":"când?"}}',
                "received_at": AT_MS,
                "attempts": 3,
                "last_error": "ValueError",
                "failed_at": AT_MS,
            },
        ),
        ("accepted_updates", {"update_id": 1, "accepted_at": AT_MS}),
    ],
    2: [
        (
            "agenda_versions",
            {"number": 1, "created_at": AT, "author": "a", "format": "yaml", "sha256": "0" * 64, "document": b"x"},
        ),
        ("handles", {"handle": "abcd1234", "kind": "session", "source_id": "opening"}),
        ("handles", {"handle": "speaker1", "kind": "speaker", "source_id": "ana"}),
    ],
    3: [
        (
            "attendees",
            {
                "chat_id": 7,
                "language": "uk",
                "language_chosen": 1,
                "first_seen_on": "2023-11-21",
                "last_seen_on": "2023-11-22",
                "blocked_at": AT,
            },
        ),
    ],
    4: [
        ("follows", {"chat_id": 7, "handle": "abcd1234", "kind": "session", "told_version": 1, "followed_at": AT}),
        ("session_wishes", {"chat_id": 7, "handle": "abcd1234", "lead_minutes": 60, "muted": 1}),
        ("notice_wishes", {"chat_id": 7, "lead_minutes": 0, "changes": 0, "quiet_hours": 0}),
        (
            "session_revisions",
            {"handle": "abcd1234", "starts_at": AT, "start_version": 1, "sequence": 2, "last_version": 1},
        ),
        *(
            (
                "outbox",
                {
                    "key": f"{kind}:7",
                    "chat_id": 7,
                    "kind": kind,
                    "priority": 10,
                    "payload": '{"session":"abcd1234"}',
                    "not_before": AT,
                    "expires_at": AT,
                    "state": state,
                    "attempts": 2,
                    "created_at": AT,
                    "done_at": done_at,
                    "reason": reason,
                },
            )
            for kind, state, done_at, reason in (
                ("reminder", "queued", None, None),
                ("change", "sending", None, None),
                ("broadcast", "dropped", AT, "blocked"),
            )
        ),
    ],
    5: [
        ("organisers", {"chat_id": 7, "since": AT, "invited_by": 8}),
        ("organiser_invites", {"code_hash": "1" * 64, "created_at": AT, "expires_at": AT, "created_by": 7}),
        ("audit", {"at": AT, "actor": 7, "action": "remove organiser", "details": '{"chat_id":9}'}),
        ("dialogs", {"chat_id": 7, "kind": "broadcast", "state": '{"text":"Ця"}', "updated_at": AT}),
    ],
    6: [
        (
            "broadcasts",
            {
                "draft_key": "d1",
                "author": 7,
                "texts": '{"en":"Room changed"}',
                "audience": "language",
                "audience_value": "uk",
                "urgent": 1,
                "state": "paused",
                "created_at": AT,
                "started_at": AT,
            },
        ),
    ],
    8: [
        (
            "material_waits",
            {"chat_id": 7, "handle": "abcd1234", "since": AT, "known": "[]"},
        ),
        (
            "chat_materials",
            {
                "draft_key": "m1",
                "handle": "speaker1",
                "belongs_to": "abcd1234",
                "title": "Slides",
                "url": "https://example.org/a.pdf",
                "after_session": 0,
                "state": "published",
                "source": "organiser",
                "added_by": 7,
                "added_at": AT,
                "audience": "followers",
            },
        ),
    ],
    9: [
        ("speaker_claims", {"handle": "speaker1", "chat_id": 7, "claimed_at": AT, "told_version": 1}),
        ("speaker_calls", {"chat_id": 7, "handle": "speaker1", "kind": "late", "called_at": AT}),
    ],
}
"""Rows by the migration that made their tables, as that version wrote them."""


def rows_until(version: int) -> list[tuple[str, dict[str, Any]]]:
    return [row for number, rows in sorted(DATA.items()) if number <= version for row in rows]


@pytest.mark.parametrize("earlier", [number for number, _ in EVERY])
async def test_what_stood_in_an_earlier_version_stands_in_the_newest(tmp_path: Path, earlier: int) -> None:
    path = tmp_path / "ghid.db"
    apply_by_hand(path, until=earlier)
    with closing(sqlite3.connect(path)) as connection:
        connection.execute("PRAGMA foreign_keys = ON")
        for table, row in rows_until(earlier):
            places = ", ".join(f":{name}" for name in row)
            connection.execute(f"INSERT INTO {table} ({', '.join(row)}) VALUES ({places})", row)  # noqa: S608
        connection.commit()

    async with open_database(path) as database:
        for table, row in rows_until(earlier):
            found = await database.reader.execute_fetchall(f"SELECT * FROM {table}")  # noqa: S608
            assert any(row.items() <= dict(each).items() for each in found), (table, row)
        assert list(await database.reader.execute_fetchall("PRAGMA foreign_key_check")) == []
        assert [row[0] for row in await database.reader.execute_fetchall("PRAGMA integrity_check")] == ["ok"]


def test_every_early_version_has_rows_to_carry_over() -> None:
    numbers = {number for number, _ in pending_migrations(0)}

    assert {1, 2, 3, 4, 5, 6, 8, 9} == set(DATA) <= numbers
