"""The current agenda's practical answers, by topic."""

from __future__ import annotations

import json
from collections.abc import Iterable, Sequence

from bot.storage.columns import list_column, list_of, text_column, text_of
from bot.storage.database import Connection, Row
from content.agenda import Fact, FactStatus, Link
from content.localized_text import LocalizedText


async def write_facts(connection: Connection, facts: Sequence[Fact]) -> None:
    """Add these facts in this order."""
    await connection.executemany(
        "INSERT INTO facts (topic, position, title, text, status, links, aliases) VALUES (?, ?, ?, ?, ?, ?, ?)",
        [
            (
                fact.topic,
                position,
                text_column(fact.title),
                text_column(fact.text),
                fact.status,
                _links_column(fact.links),
                list_column(fact.aliases),
            )
            for position, fact in enumerate(facts)
        ],
    )


async def read_facts(connection: Connection) -> tuple[Fact, ...]:
    """Return every fact, in the file's order."""
    rows = await connection.execute_fetchall("SELECT * FROM facts ORDER BY position")
    return tuple(_from_row(row) for row in rows)


def _from_row(row: Row) -> Fact:
    return Fact(
        topic=row["topic"],
        title=text_of(row["title"]),
        text=text_of(row["text"]),
        status=FactStatus(row["status"]),
        links=tuple(Link(LocalizedText(link["title"]), link["url"]) for link in json.loads(row["links"])),
        aliases=list_of(row["aliases"]),
    )


def _links_column(links: Iterable[Link]) -> str:
    return json.dumps([{"title": dict(link.title.texts), "url": link.url} for link in links], ensure_ascii=False)
