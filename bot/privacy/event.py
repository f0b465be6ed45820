"""Tables in which no attendee stands: the published programme, and the bot's own bookkeeping."""

from __future__ import annotations

from bot.privacy.kinds import Kind, Stored, Topic, all_of

_WHILE = "as long as the database"


def _published(table: str, columns: str) -> Stored:
    return Stored(
        table,
        Topic.EVENT,
        what="the published programme",
        why="to answer from it",
        until=_WHILE,
        columns=all_of(Kind.CONTENT, columns),
    )


def _own(table: str, columns: str, *, what: str, why: str, until: str = _WHILE) -> Stored:
    return Stored(table, Topic.OPERATION, what=what, why=why, until=until, columns=all_of(Kind.INTERNAL, columns))


EVENT_TABLES = (
    _published("agenda_versions", "number created_at author note format sha256 document"),
    _published("chat_edits", "version token edit"),
    _published("chat_edit_effects", "version session_handle field value"),
    _published("handles", "handle kind source_id"),
    _published(
        "event",
        "only version id name starts_on ends_on time_zone languages default_language theme place website hashtag"
        " aliases",
    ),
    _published("rooms", "id position name illustrative aliases"),
    _published("tracks", "id position name aliases"),
    _published("speakers", "id position name organisation role bio aliases organisation_aliases unknown"),
    _published(
        "sessions",
        "id position title description kind starts_at ends_at room_id track_id part_of language website topics aliases"
        " illustrative unknown announced cancelled",
    ),
    _published("session_speakers", "session_id position speaker_id role starts_at ends_at"),
    _published("materials", "id position title kind url found_at language aliases unknown"),
    _published("material_speakers", "material_id position speaker_id"),
    _published("material_sessions", "material_id position session_id"),
    _published("facts", "topic position title text status links aliases"),
    _own(
        "session_revisions",
        "handle starts_at start_version sequence last_version",
        what="how often each session changed",
        why="so that a moved session reminds again, and calendars take the newer entry",
    ),
    _own(
        "open_questions",
        "key language wording asked asked_on set_aside answer",
        what="questions without an answer: their words and language, how often, on which day last; nothing leads to"
        " who asked, no hour and no order either, and addresses and telephone numbers are left out",
        why="so that organisers can answer them",
        until="as long as the database; the 500 most asked of those that nobody answered",
    ),
    _own(
        "question_counts",
        "day intent language answered questions",
        what="how many questions of which kind there were on a day, in which language; nobody who asked",
        why="so that organisers see what people want to know",
    ),
    _own(
        "accepted_updates",
        "update_id accepted_at",
        what="the numbers of the updates that arrived; a number leads to nobody",
        why="so that one delivered twice is handled once",
        until="two days",
    ),
    _own(
        "privacy_salt",
        "only salt",
        what="a random number of this database",
        why="so that ids in logs and among the forgotten lead to nobody elsewhere",
    ),
    _own(
        "forgotten",
        "person_hash forgotten_at",
        what="who was forgotten and when: a salted hash, no id",
        why="so that a restored backup forgets them again",
        until="90 days after the event",
    ),
)
"""One entry a table."""
