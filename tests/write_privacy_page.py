"""Write docs/privacy.md from the register: `python -m tests.write_privacy_page`."""

from __future__ import annotations

import sys
from pathlib import Path

from bot.privacy import REGISTER
from bot.privacy.kinds import KEPT_AFTER_EVENT, KEPT_AFTER_VISIT, Stored

PAGE = Path(__file__).parent.parent / "docs" / "privacy.md"

HEAD = f"""# What is stored, why, and how long

Ghid knows people by their Telegram id alone: no name, no user name, no phone number, no questions with a person beside
them. This page and /privacy come from one register, `bot/privacy/`; a test compares it with the database, so that no
table and no column is missing here.

- **/privacy** says it in plain words, in one's language; **/mydata** sends all that is stored about oneself as a page.
- **/forget** erases a person from the database at once, after a yes that is at most ten minutes old: their own rows are
  deleted, and where their id stands in another row (who sent a broadcast, who invited whom) 0 takes its place. What is
  deleted is overwritten in the file, and the journal beside it is emptied.
- **Backups** hold who was forgotten since until they rotate out. The file `ghid.db.forgotten` beside the database lists
  who was forgotten, as salted hashes, and is on the disk before anything is erased; a restore reads it, and the list
  in the database that it replaces, and forgets again. Move it with the database to another machine.
- **{KEPT_AFTER_EVENT.days} days after the event** everything about people is erased by itself; `ghid doctor` names the
  day. Who comes later than that is forgotten {KEPT_AFTER_VISIT.days} days after their latest message. A restored backup
  is purged likewise.
- **Logs** hold no ids of people: `person-` and eight characters stand for one, hashed with this database's own random
  number, so that the lines of one person can be told from another's and lead to nobody.

A salted hash is no secret to somebody who has the database itself: they can try an id and see whether it fits. It
tells nothing to somebody who has a log alone.

"""


def page() -> str:
    """Return the whole page."""
    people = [stored for stored in REGISTER if stored.people_columns]
    others = [stored for stored in REGISTER if not stored.people_columns]
    return "\n".join(
        [
            HEAD + "## About people\n",
            *_overview(people),
            "\n## Not about people\n",
            *_overview(others),
            "\n## Column by column\n",
            "| column | holds |",
            "| --- | --- |",
            *(
                f"| `{stored.table}.{column}` | {_holds(stored, column)} |"
                for stored in people
                for column in stored.columns
            ),
            "\nAll other tables hold the event’s content and the program’s own marks alone.\n",
        ]
    )


def _overview(listed: list[Stored]) -> list[str]:
    rows = (f"| `{each.table}` | {each.what} | {each.why} | {each.until} |" for each in listed)
    return ["| table | what | why | how long |", "| --- | --- | --- | --- |", *rows]


def _holds(stored: Stored, column: str) -> str:
    inside = (stored.inside or {}).get(column, ())
    more = f"; at {', '.join(f'`{path}`' for path in inside)} a person’s Telegram id, 0 once they are forgotten"
    return stored.columns[column].value + (more if inside else "")


if __name__ == "__main__":
    PAGE.write_text(page(), encoding="utf-8")
    sys.exit(0)
