"""Numbers add up, questions are counted without anybody who asked, and counting waits for no write."""

from __future__ import annotations

import sqlite3
from datetime import UTC, date

import pytest

from bot.numbers import AskedKind, Numbers, SentKind
from bot.services.agenda import AgendaService
from bot.services.attendees import AttendeeService
from bot.services.numbers import NumbersService
from bot.storage import numbers as storage
from bot.storage.columns import moment_column
from bot.storage.database import Connection, Database
from content.questions.question import Intent
from tests.builders import a_moment

NOW = a_moment("2023-11-22 00:30").astimezone(UTC)  # still the day before there


@pytest.fixture
async def agenda(database: Database) -> AgendaService:
    service = AgendaService(database, lambda: NOW)
    await service.load()
    return service


@pytest.fixture
def numbers(database: Database, agenda: AgendaService) -> NumbersService:
    return NumbersService(database, lambda: NOW, agenda)


async def written(database: Database) -> int:
    async with database.reader.execute("SELECT coalesce(sum(questions), 0) FROM question_counts") as cursor:
        row = await cursor.fetchone()
    return int(row[0]) if row else 0


async def test_an_empty_database_has_numbers_too(numbers: NumbersService) -> None:
    found = await numbers.read()

    assert (found.people.total, found.asked, found.answered) == (0, 0, 0)
    assert (found.followers, found.sent, found.broadcasts) == ({}, {}, ())


async def test_questions_are_counted_by_day_subject_language_and_whether_they_were_answered(
    numbers: NumbersService, database: Database
) -> None:
    for _ in range(3):
        numbers.count(Intent.NOW, "uk", answered=True)
    numbers.count(Intent.UNKNOWN, "en", answered=False)
    before = await written(database)
    await numbers.tick()
    numbers.count(Intent.NOW, "uk", answered=True)
    found = await numbers.read()

    assert before == 0  # an answer waits for no write
    assert found.questions == {
        AskedKind(date(2023, 11, 22), Intent.NOW, "uk", answered=True): 4,
        AskedKind(date(2023, 11, 22), Intent.UNKNOWN, "en", answered=False): 1,
    }
    assert (found.asked, found.answered) == (5, 4)


async def test_what_could_not_be_written_is_written_later(
    numbers: NumbersService, database: Database, monkeypatch: pytest.MonkeyPatch
) -> None:
    async def fails(_: Connection, __: object) -> None:
        raise sqlite3.OperationalError("disk full")

    numbers.count(Intent.NOW, "ro", answered=True)
    with monkeypatch.context() as patched:
        patched.setattr("bot.services.numbers.add_questions", fails)
        await numbers.tick()
    numbers.count(Intent.NOW, "ro", answered=True)
    await numbers.tick()

    assert await written(database) == 2


async def test_people_messages_and_speakers_are_counted_as_they_stand(
    numbers: NumbersService, database: Database, agenda: AgendaService
) -> None:
    attendees = AttendeeService(database, lambda: NOW, ["en", "uk"], lambda: "en")
    for chat_id, language in ((1, "en"), (2, "en"), (3, "uk"), (4, "uk")):
        await attendees.welcome(chat_id, language)
    await attendees.mark_blocked(4)
    panel = agenda.current.agenda.session_by_id["panel-discussion"].handle
    speaker = agenda.current.agenda.speakers[0].handle
    await _some_rows(database, panel, speaker)
    found: Numbers = await numbers.read()

    assert (found.people.total, found.people.new_today, found.people.active_today, found.people.blocked) == (4, 4, 4, 1)
    assert found.people.languages == {"en": 2, "uk": 1}
    assert found.followers == {panel: 2}
    assert found.sent == {SentKind("reminder", "sent"): 2, SentKind("change", "failed"): 1}
    assert [(each.total, each.sent, each.blocked) for each in found.broadcasts] == [(3, 1, 1), (9, 8, 1)]
    assert (found.speakers.claimed, found.speakers.told, found.speakers.seen) == (frozenset({speaker}), 1, 0)


async def test_a_subject_of_a_newer_ghid_is_left_out(database: Database, numbers: NumbersService) -> None:
    async with database.transaction() as connection:
        await connection.execute("INSERT INTO question_counts VALUES ('2023-11-22', 'telepathy', 'en', 1, 7)")

    assert await storage.read_questions(database.reader) == {}
    assert (await numbers.read()).asked == 0


async def _some_rows(database: Database, session: str, speaker: str) -> None:
    now = moment_column(NOW)
    outbox = [
        ("r1", 1, "reminder", "{}", "sent", None),
        ("r2", 2, "reminder", "{}", "sent", None),
        ("c1", 1, "change", "{}", "failed", "bad request"),
        ("b1", 1, "broadcast", '{"broadcast": 2}', "sent", None),
        ("b2", 2, "broadcast", '{"broadcast": 2}', "queued", None),
        ("b3", 4, "broadcast", '{"broadcast": 2}', "failed", "blocked"),
    ]
    async with database.transaction() as connection:
        await connection.executemany(
            "INSERT INTO follows VALUES (?, ?, 'session', 1, ?)", [(1, session, now), (2, session, now)]
        )
        await connection.executemany(
            "INSERT INTO outbox (key, chat_id, kind, payload, state, reason, priority, not_before, expires_at,"
            " created_at) VALUES (?1, ?2, ?3, ?4, ?5, ?6, 1, ?7, ?7, ?7)",
            [(*row, now) for row in outbox],
        )
        await connection.executemany(
            "INSERT INTO broadcasts (id, draft_key, author, texts, audience, audience_value, urgent, state, created_at,"
            " started_at, figures) VALUES (?1, ?2, 1, '{}', 'everyone', '', 0, ?3, ?5, ?5, ?4)",
            [
                (1, "one", "done", '{"total": 9, "sent": 8, "blocked": 1}', now),
                (2, "two", "sending", None, now),
            ],
        )
        await connection.execute(
            "INSERT INTO speaker_claims (handle, chat_id, claimed_at, told_version, change_version, change_told_at)"
            " VALUES (?, 1, ?, 1, 1, ?)",
            (speaker, now, now),
        )
