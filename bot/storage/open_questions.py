"""Questions that Ghid could not answer, and who wants to be told. Nothing of a question leads to who asked it."""

from __future__ import annotations

import json
from collections.abc import Collection
from datetime import date

from bot.open_questions import OpenQuestion
from bot.storage.database import Connection, Row

_WITH_WAITING = """
    SELECT open_questions.*,
        (SELECT count(*) FROM question_askers WHERE question_askers.question = open_questions.key) AS waiting
    FROM open_questions
"""


async def count_asked(
    connection: Connection, key: str, language: str, wording: str, day: date, *, anew: bool = False
) -> None:
    """Keep a question, or count it once more; its first wording stays, and so does being set aside.

    ``anew``: the answer that it had, if any, is that of another day.
    """
    await connection.execute(
        """
        INSERT INTO open_questions (key, language, wording, asked, asked_on) VALUES (?1, ?2, ?3, 1, ?4)
        ON CONFLICT (key) DO UPDATE SET asked = asked + 1, asked_on = max(asked_on, excluded.asked_on),
            answer = CASE WHEN ?5 THEN NULL ELSE answer END
        """,
        (key, language, wording, day.isoformat(), anew),
    )


async def delete_least_asked(connection: Connection, most: int, *, but: str = "") -> int:
    """Delete what is more than ``most`` unanswered questions, the least and longest ago asked first.

    Those that somebody wants to be told about stay, and so does the key ``but``. Returns how many went.
    """
    cursor = await connection.execute(
        """
        DELETE FROM open_questions WHERE key IN (
            SELECT key FROM open_questions
            WHERE answer IS NULL AND key <> ?2
                AND NOT EXISTS (SELECT 1 FROM question_askers WHERE question = open_questions.key)
            ORDER BY asked, asked_on, key
            LIMIT max(0, (SELECT count(*) FROM open_questions WHERE answer IS NULL) - ?1)
        )
        """,
        (most, but),
    )
    return cursor.rowcount


async def find_question(connection: Connection, key: str) -> OpenQuestion | None:
    """Return this question; None: it is not kept."""
    return next(iter(await list_questions(connection, (key,))), None)


async def list_questions(connection: Connection, keys: Collection[str]) -> tuple[OpenQuestion, ...]:
    """Return those of these questions that are kept, the most asked first."""
    return await _list(connection, "key IN (SELECT value FROM json_each(?))", json.dumps(list(keys)))


async def list_unanswered(connection: Connection) -> tuple[OpenQuestion, ...]:
    """Return what waits for an organiser, the most asked first."""
    return await _list(connection, "answer IS NULL AND set_aside = 0")


async def list_answered(connection: Connection) -> tuple[OpenQuestion, ...]:
    """Return every question that has an answer, the most asked first."""
    return await _list(connection, "answer IS NOT NULL")


async def list_answered_by(connection: Connection, answer: int) -> tuple[OpenQuestion, ...]:
    """Return the questions of one answer, the most asked first."""
    return await _list(connection, "answer = ?", answer)


async def set_answer(connection: Connection, keys: Collection[str], answer: int) -> None:
    """These are answered."""
    await connection.execute(
        "UPDATE open_questions SET answer = ?, set_aside = 0 WHERE key IN (SELECT value FROM json_each(?))",
        (answer, json.dumps(list(keys))),
    )


async def set_aside(connection: Connection, keys: Collection[str], *, aside: bool) -> None:
    """Show these to organisers no more, or again."""
    await connection.execute(
        "UPDATE open_questions SET set_aside = ? WHERE key IN (SELECT value FROM json_each(?))",
        (aside, json.dumps(list(keys))),
    )


async def add_asker(connection: Connection, key: str, chat_id: int, day: date) -> bool:
    """This person wants to be told the answer; False: they are waiting already, or there is no such question."""
    cursor = await connection.execute(
        """
        INSERT INTO question_askers (chat_id, question, wording, asked_on)
        SELECT ?, key, wording, ? FROM open_questions WHERE key = ? ON CONFLICT DO NOTHING
        """,
        (chat_id, day.isoformat(), key),
    )
    return cursor.rowcount == 1


async def delete_asker(connection: Connection, key: str, chat_id: int) -> bool:
    """This person wants no answer any more; False: they did not wait for one."""
    cursor = await connection.execute("DELETE FROM question_askers WHERE chat_id = ? AND question = ?", (chat_id, key))
    return cursor.rowcount == 1


async def is_asker(connection: Connection, key: str, chat_id: int) -> bool:
    """Whether this person waits for the answer."""
    rows = await connection.execute_fetchall(
        "SELECT 1 FROM question_askers WHERE chat_id = ? AND question = ?", (chat_id, key)
    )
    return bool(list(rows))


async def count_asked_by(connection: Connection, chat_id: int, day: date) -> int:
    """Return how many questions this person passed on that day and still waits for."""
    rows = await connection.execute_fetchall(
        "SELECT count(*) FROM question_askers WHERE chat_id = ? AND asked_on = ?", (chat_id, day.isoformat())
    )
    return int(next(iter(rows))[0])


async def take_askers(connection: Connection, keys: Collection[str]) -> tuple[tuple[int, str], ...]:
    """Forget who waits for these, and return them: chat and question, a person once."""
    rows = await connection.execute_fetchall(
        "DELETE FROM question_askers WHERE question IN (SELECT value FROM json_each(?)) RETURNING chat_id, question",
        (json.dumps(list(keys)),),
    )
    return tuple({row["chat_id"]: row["question"] for row in sorted(rows, key=tuple)}.items())


async def list_waited_for(connection: Connection) -> tuple[str, ...]:
    """Return the keys of the unanswered questions that somebody waits for."""
    rows = await connection.execute_fetchall(
        """
        SELECT DISTINCT question FROM question_askers JOIN open_questions ON open_questions.key = question
        WHERE answer IS NULL AND set_aside = 0 ORDER BY question
        """
    )
    return tuple(row["question"] for row in rows)


async def _list(connection: Connection, where: str, *values: object) -> tuple[OpenQuestion, ...]:
    rows = await connection.execute_fetchall(f"{_WITH_WAITING} WHERE {where} ORDER BY asked DESC, key", values)
    return tuple(map(_from_row, rows))


def _from_row(row: Row) -> OpenQuestion:
    return OpenQuestion(
        key=row["key"],
        language=row["language"],
        wording=row["wording"],
        asked=row["asked"],
        asked_on=date.fromisoformat(row["asked_on"]),
        set_aside=bool(row["set_aside"]),
        answer=row["answer"],
        waiting=row["waiting"],
    )
