"""The register of what is stored says what the database has: a table or a column without an entry fails here."""

from __future__ import annotations

from bot.i18n import LOCALES, localizer
from bot.messages.privacy import personal_topics, privacy_message, topic_words
from bot.messages.view import View
from bot.privacy import REGISTER
from bot.privacy.kinds import HOLDS_A_PERSON, Kind, purge_day
from bot.storage.database import Database
from tests.builders import a_moment, an_agenda
from tests.write_privacy_page import PAGE, page

ADVICE = (
    "Say in bot/privacy/people.py or roles.py (if a column has to do with a person) or event.py what this holds, why"
    " and how long: an entry `Stored(...)` a table, a `Kind` a column; bot/privacy/kinds.py explains the kinds. A"
    " person's Telegram id is Kind.PERSON where the row is theirs (/forget deletes it), Kind.BY or Kind.VACATED where"
    " it stands in another row; ids inside JSON go into `inside`. Then run `python -m tests.write_privacy_page`."
    " Missing: "
)


async def columns_of(database: Database) -> dict[str, set[str]]:
    tables = await database.reader.execute_fetchall(
        "SELECT name FROM sqlite_schema WHERE type = 'table' AND name NOT LIKE 'sqlite_%'"
    )
    return {
        table: {row["name"] for row in await database.reader.execute_fetchall(f"PRAGMA table_info({table})")}
        for (table,) in tables
    }


async def test_every_column_of_every_table_has_its_entry(database: Database) -> None:
    schema = {f"{table}.{column}" for table, columns in (await columns_of(database)).items() for column in columns}
    entries = {f"{stored.table}.{column}" for stored in REGISTER for column in stored.columns}

    assert schema - entries == set(), ADVICE + ", ".join(sorted(schema - entries))
    assert entries - schema == set(), "The register tells of columns that are no longer there."


async def test_what_refers_to_an_attendee_is_known_to_hold_a_person(database: Database) -> None:
    forgotten = [
        f"{stored.table}.{key['from']}"
        for stored in REGISTER
        for key in await database.reader.execute_fetchall(f"PRAGMA foreign_key_list({stored.table})")
        if key["table"] == "attendees" and stored.columns[key["from"]] not in HOLDS_A_PERSON
    ]

    assert forgotten == [], ADVICE + ", ".join(forgotten)


async def test_what_is_set_to_null_may_be_null(database: Database) -> None:
    for stored in REGISTER:
        rows = await database.reader.execute_fetchall(f"PRAGMA table_info({stored.table})")
        needed = {row["name"] for row in rows if row["notnull"] or row["pk"]}
        assert needed.isdisjoint(name for name, kind in stored.columns.items() if kind is Kind.VACATED), stored.table


def test_no_table_has_two_entries() -> None:
    assert len({stored.table for stored in REGISTER}) == len(REGISTER)


def test_the_page_says_what_the_register_says() -> None:
    assert PAGE.read_text(encoding="utf-8") == page(), "Run `python -m tests.write_privacy_page`."


def test_privacy_tells_of_every_topic_that_holds_people() -> None:
    for language in LOCALES:
        view = View(localizer(language), an_agenda(), a_moment("10:00"))
        text = privacy_message(view, purge_day(view.agenda.event)).text

        assert [topic for topic in personal_topics() if topic_words(topic, view.t) not in text] == []
