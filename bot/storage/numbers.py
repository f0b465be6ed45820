"""Counting: questions as they are asked, and everything else as it stands."""

from __future__ import annotations

import json
from collections.abc import Mapping
from datetime import date, datetime

from bot.numbers import AskedKind, BroadcastNumbers, PeopleNumbers, SentKind, SpeakerNumbers
from bot.storage.database import Connection, Row
from content.questions.question import Intent


async def add_questions(connection: Connection, counts: Mapping[AskedKind, int]) -> None:
    """Add to what was counted before."""
    await connection.executemany(
        """
        INSERT INTO question_counts (day, intent, language, answered, questions) VALUES (?, ?, ?, ?, ?)
        ON CONFLICT (day, intent, language, answered) DO UPDATE SET questions = questions + excluded.questions
        """,
        [
            (kind.day.isoformat(), kind.intent.value, kind.language, int(kind.answered), number)
            for kind, number in counts.items()
        ],
    )


async def read_questions(connection: Connection) -> Mapping[AskedKind, int]:
    """Return how many questions of each kind there were."""
    rows = await connection.execute_fetchall("SELECT * FROM question_counts ORDER BY day, intent, language, answered")
    known = {intent.value for intent in Intent}
    return {
        AskedKind(date.fromisoformat(row["day"]), Intent(row["intent"]), row["language"], bool(row["answered"])): row[
            "questions"
        ]
        for row in rows
        if row["intent"] in known
    }


async def read_people(connection: Connection, today: date) -> PeopleNumbers:
    """Count people; ``today`` in UTC."""
    row = await _row(
        connection,
        """
        SELECT count(*) AS total, count(*) FILTER (WHERE first_seen_on = ?1) AS new_today,
            count(*) FILTER (WHERE last_seen_on = ?1) AS active_today, count(blocked_at) AS blocked
        FROM attendees
        """,
        (today.isoformat(),),
    )
    languages = await connection.execute_fetchall(
        "SELECT language, count(*) AS people FROM attendees WHERE blocked_at IS NULL GROUP BY language"
        " ORDER BY people DESC, language"
    )
    by_language = {each["language"]: each["people"] for each in languages}
    return PeopleNumbers(row["total"], row["new_today"], row["active_today"], row["blocked"], by_language)


async def read_followers(connection: Connection) -> Mapping[str, int]:
    """Return how many people follow each session or speaker, by handle, the most followed first."""
    rows = await connection.execute_fetchall(
        "SELECT handle, count(*) AS people FROM follows GROUP BY handle ORDER BY people DESC, handle"
    )
    return {row["handle"]: row["people"] for row in rows}


async def read_sent(connection: Connection) -> Mapping[SentKind, int]:
    """Count what went out unasked as long as it is kept, broadcasts left out."""
    rows = await connection.execute_fetchall(
        "SELECT kind, state, count(*) AS messages FROM outbox WHERE kind <> 'broadcast' GROUP BY kind, state"
        " ORDER BY kind, state"
    )
    return {SentKind(row["kind"], row["state"]): row["messages"] for row in rows}


async def read_broadcasts(connection: Connection) -> tuple[BroadcastNumbers, ...]:
    """Return every broadcast that began, the latest first; one under way as far as it is."""
    rows = await connection.execute_fetchall(
        """
        SELECT created_at, figures, (
            SELECT json_group_object(state, messages) FROM (
                SELECT CASE WHEN reason IN ('blocked', 'deactivated', 'chat not found') THEN 'blocked' ELSE state END
                    AS state, count(*) AS messages
                FROM outbox
                WHERE kind = 'broadcast' AND json_extract(payload, '$.broadcast') = broadcasts.id GROUP BY 1
            )
        ) AS states
        FROM broadcasts WHERE started_at IS NOT NULL ORDER BY id DESC
        """
    )
    return tuple(_broadcast(row) for row in rows)


async def read_speakers(connection: Connection) -> SpeakerNumbers:
    """Return whose profiles are claimed, and who saw their last change."""
    rows = await connection.execute_fetchall("SELECT handle, change_told_at, change_seen_at FROM speaker_claims")
    told = [row for row in rows if row["change_told_at"]]
    return SpeakerNumbers(
        frozenset(row["handle"] for row in rows), len(told), sum(row["change_seen_at"] is not None for row in told)
    )


def _broadcast(row: Row) -> BroadcastNumbers:
    states = json.loads(row["states"])
    figures = json.loads(row["figures"]) if row["figures"] else {**states, "total": sum(states.values())}
    parts = (int(figures.get(name, 0)) for name in ("total", "sent", "blocked", "failed"))
    return BroadcastNumbers(datetime.fromisoformat(row["created_at"]), *parts)


async def _row(connection: Connection, query: str, parameters: tuple[str, ...]) -> Row:
    async with connection.execute(query, parameters) as cursor:
        row = await cursor.fetchone()
    if row is None:
        raise LookupError("a count without a row")
    return row
