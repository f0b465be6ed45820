"""Tables about everybody who writes to the bot."""

from __future__ import annotations

from bot.privacy.kinds import Kind, Stored, Topic

_AFTER_THE_EVENT = "90 days after the event, or /forget"

PEOPLE_TABLES = (
    Stored(
        "attendees",
        Topic.VISIT,
        what="who talks to the bot: a Telegram id, a language, the days of the first and the latest message",
        why="to answer in one’s language, and to leave alone whoever blocked the bot",
        until=_AFTER_THE_EVENT,
        columns={
            "chat_id": Kind.PERSON,
            "language": Kind.LANGUAGE,
            "language_chosen": Kind.INTERNAL,
            "first_seen_on": Kind.DAY,
            "last_seen_on": Kind.DAY,
            "blocked_at": Kind.MOMENT,
        },
    ),
    Stored(
        "follows",
        Topic.FOLLOWING,
        what="the sessions and speakers that somebody follows",
        why="to show one’s own agenda, to remind, to tell of changes",
        until=_AFTER_THE_EVENT + ", or until one unfollows",
        columns={
            "chat_id": Kind.PERSON,
            "handle": Kind.ITEM,
            "kind": Kind.INTERNAL,
            "told_version": Kind.INTERNAL,
            "followed_at": Kind.MOMENT,
        },
    ),
    Stored(
        "session_wishes",
        Topic.FOLLOWING,
        what="another lead, or silence, for one session",
        why="to remind as one wishes",
        until=_AFTER_THE_EVENT,
        columns={
            "chat_id": Kind.PERSON,
            "handle": Kind.ITEM,
            "lead_minutes": Kind.MINUTES,
            "muted": Kind.SWITCH,
        },
    ),
    Stored(
        "notice_wishes",
        Topic.FOLLOWING,
        what="how long before, whether of changes, whether at night",
        why="to tell as one wishes",
        until=_AFTER_THE_EVENT,
        columns={
            "chat_id": Kind.PERSON,
            "lead_minutes": Kind.MINUTES,
            "changes": Kind.SWITCH,
            "quiet_hours": Kind.SWITCH,
        },
    ),
    Stored(
        "outbox",
        Topic.NOTICES,
        what="reminders, notices and broadcasts: to whom, when, what became of them; the text is written when it goes",
        why="so that each arrives once, after a crash too",
        until=_AFTER_THE_EVENT,
        columns={
            "id": Kind.INTERNAL,
            "key": Kind.INTERNAL,
            "chat_id": Kind.PERSON,
            "kind": Kind.STATE,
            "priority": Kind.INTERNAL,
            "payload": Kind.INTERNAL,
            "not_before": Kind.INTERNAL,
            "expires_at": Kind.INTERNAL,
            "state": Kind.STATE,
            "attempts": Kind.INTERNAL,
            "created_at": Kind.INTERNAL,
            "done_at": Kind.MOMENT,
            "reason": Kind.INTERNAL,
        },
        inside={"payload": ("$.details.by",)},  # an alarm that tells organisers what one of them did
    ),
    Stored(
        "inbox",
        Topic.ARRIVING,
        what="messages that arrived and are not answered yet, as Telegram sent them",
        why="so that none is lost when the bot stops",
        until="until it is answered, a moment later; what could not be answered through our own fault: 14 days",
        columns={
            "update_id": Kind.INTERNAL,
            "chat_id": Kind.PERSON,
            "payload": Kind.WORDS,
            "received_at": Kind.MOMENT,
            "attempts": Kind.INTERNAL,
            "deaths": Kind.INTERNAL,
            "last_error": Kind.INTERNAL,
            "failed_at": Kind.MOMENT,
        },
        spared="failed_at IS NULL",
    ),
    Stored(
        "dialogs",
        Topic.TALKING,
        what="what somebody is in the middle of: a message to many being written, a file that awaits a yes",
        why="so that it goes on after a restart",
        until="until it is done or ended by any command; " + _AFTER_THE_EVENT,
        columns={
            "chat_id": Kind.PERSON,
            "kind": Kind.STATE,
            "state": Kind.WORDS,
            "updated_at": Kind.MOMENT,
        },
    ),
    Stored(
        "mentions",
        Topic.TALKING,
        what="which session or person somebody was shown last, and what they asked of it; not their words",
        why="so that “and where?” is understood",
        until="until the next answer after ten minutes; " + _AFTER_THE_EVENT,
        columns={
            "chat_id": Kind.PERSON,
            "handle": Kind.ITEM,
            "intent": Kind.INTERNAL,
            "mentioned_at": Kind.MOMENT,
        },
    ),
)
"""One entry a table, in the order in which /mydata and /privacy name them."""
