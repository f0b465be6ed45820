"""What organisers answered, and the outbox rows that bring it to those who asked."""

from __future__ import annotations

import json
from collections.abc import Mapping
from datetime import datetime

from bot.models import NoticeKind, Priority
from bot.open_questions import OrganiserAnswer
from bot.storage import outbox
from bot.storage.columns import moment_column, new_number
from bot.storage.database import Connection, Row


async def add_answer(
    connection: Connection, draft_key: str, texts: Mapping[str, str], answered_by: int, answered_at: datetime
) -> int:
    """Write down an answer and return its id.

    Raises:
        sqlite3.IntegrityError: this draft was confirmed before.
    """
    cursor = await connection.execute(
        "INSERT INTO organiser_answers (id, draft_key, texts, answered_by, answered_at) VALUES (?, ?, ?, ?, ?)",
        (new_number(), draft_key, _texts(texts), answered_by, moment_column(answered_at)),
    )
    assert cursor.lastrowid is not None  # noqa: S101 - an INSERT has one; for mypy
    return cursor.lastrowid


async def find_answer(connection: Connection, id_: int) -> OrganiserAnswer | None:
    """Return this answer; None: there is none, or it was forgotten."""
    return await _first(connection, "id = ?", id_)


async def find_by_draft(connection: Connection, draft_key: str) -> OrganiserAnswer | None:
    """Return what was made of this draft; None: nothing yet."""
    return await _first(connection, "draft_key = ?", draft_key)


async def list_answers(connection: Connection) -> tuple[OrganiserAnswer, ...]:
    """Return every answer, the newest first."""
    rows = await connection.execute_fetchall("SELECT * FROM organiser_answers ORDER BY answered_at DESC, id DESC")
    return tuple(map(_from_row, rows))


async def correct_answer(
    connection: Connection, id_: int, texts: Mapping[str, str], *, draft_key: str, by: int, at: datetime
) -> int:
    """Replace the texts of an answer, and return how often it has been corrected now."""
    rows = await connection.execute_fetchall(
        """
        UPDATE organiser_answers SET texts = ?, answered_by = ?, answered_at = ?, draft_key = ?,
            corrections = corrections + 1
        WHERE id = ? RETURNING corrections
        """,
        (_texts(texts), by, moment_column(at), draft_key, id_),
    )
    return int(next(iter(rows))[0])


async def delete_answer(connection: Connection, id_: int) -> bool:
    """Forget an answer together with its questions; False: it was forgotten before."""
    cursor = await connection.execute("DELETE FROM organiser_answers WHERE id = ?", (id_,))
    return cursor.rowcount == 1


async def list_told(connection: Connection, id_: int) -> tuple[tuple[int, str], ...]:
    """Return who got this answer because they had asked, as far back as the outbox goes: chat and question."""
    rows = await connection.execute_fetchall(
        """
        SELECT chat_id, json_extract(payload, '$.question') AS question FROM outbox
        WHERE kind = 'answer' AND json_extract(payload, '$.answer') = ? AND state IN ('sent', 'sending')
        ORDER BY id
        """,
        (id_,),
    )
    return tuple({row["chat_id"]: row["question"] for row in rows}.items())


async def list_waiting(connection: Connection, id_: int) -> frozenset[int]:
    """Return for whom a message with this answer is queued: it will bring the answer as it stands then."""
    rows = await connection.execute_fetchall(
        """
        SELECT chat_id FROM outbox
        WHERE kind = 'answer' AND json_extract(payload, '$.answer') = ? AND state = 'queued'
        """,
        (id_,),
    )
    return frozenset(row["chat_id"] for row in rows)


async def add_answer_row(
    connection: Connection,
    chat_id: int,
    question: str,
    *,
    key: str,
    answer: int | None,
    corrected: bool = False,
    now: datetime,
    expires_at: datetime,
) -> None:
    """Queue an answer to somebody who asked; ``answer`` None: that there will be none. A ``key`` is sent once."""
    await outbox.add_row(
        connection,
        key=key,
        chat_id=chat_id,
        kind=NoticeKind.ANSWER,
        priority=Priority.ANSWER,
        payload={"answer": answer, "question": question, "corrected": corrected},
        not_before=now,
        expires_at=expires_at,
        created_at=now,
    )


async def _first(connection: Connection, where: str, value: object) -> OrganiserAnswer | None:
    async with connection.execute(
        f"SELECT * FROM organiser_answers WHERE {where}",  # noqa: S608 - ours
        (value,),
    ) as cursor:
        row = await cursor.fetchone()
    return _from_row(row) if row else None


def _from_row(row: Row) -> OrganiserAnswer:
    return OrganiserAnswer(
        row["id"], json.loads(row["texts"]), row["answered_by"], datetime.fromisoformat(row["answered_at"])
    )


def _texts(texts: Mapping[str, str]) -> str:
    return json.dumps(dict(texts), ensure_ascii=False, separators=(",", ":"))
