"""What an import changes: as lines for a person, as values for a program."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import fields, is_dataclass
from datetime import date, datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from content.agenda import Fact, Session
from content.changes import AgendaChanges, EntryChanges, FieldChange
from content.localized_text import LocalizedText

SHOWN = 30
_WORDS = {
    "starts_at": "start",
    "room_id": "room",
    "track_id": "track",
    "part_of": "block of",
    "speaker_ids": "speakers",
    "session_ids": "sessions",
    "organisation_aliases": "words to find the organisation",
    "aliases": "words to find it",
    "url": "address",
    "found_at": "page to look on",
}


def summary(changes: AgendaChanges) -> str:
    """Return ``3 moved, 1 cancelled, 12 new``, then what happened to people, rooms and the rest."""
    moved = {change.new.id for change in changes.moved}
    told = moved | {change.new.id for change in changes.sessions.changed if change.of("cancelled")}
    otherwise = sum(change.new.id not in told for change in changes.sessions.changed)
    sessions = _joined(
        (len(moved), "moved"),
        (len(changes.cancelled), "cancelled"),
        (len(changes.restored), "on again"),
        (len(changes.sessions.added), "new"),
        (otherwise, "changed otherwise"),
    )
    parts = [f"Sessions: {sessions}"] if sessions else []
    kinds = (
        ("Speakers", changes.speakers),
        ("Rooms", changes.rooms),
        ("Tracks", changes.tracks),
        ("Materials", changes.materials),
        ("Facts", changes.facts),
    )
    for name, entries in kinds:
        if entries:
            parts.append(f"{name}: {_of_kind(entries)}")
    if changes.event:
        parts.append(f"Event: {', '.join(_word(change.field) for change in changes.event)} changed")
    return ". ".join(parts) + "." if parts else "Only the order of entries changed."


def lines(changes: AgendaChanges, language: str) -> Iterator[str]:
    """Yield one line a session that is moved, cancelled or changed, at most ``SHOWN`` and then how many more."""
    told = list(_session_lines(changes, language))
    yield from told[:SHOWN]
    if len(told) > SHOWN:
        yield f"  … and {len(told) - SHOWN:,} more"


def changed_fields(changes: AgendaChanges) -> list[dict[str, Any]]:
    """Return ``{"id", "field", "old", "new"}`` for each changed field of each entry, whatever its kind.

    Moments are ISO 8601 with offset, a duration is in minutes, texts are objects by language code. ``id`` is the new
    one; a fact's is its topic.
    """
    found = [_plain_change("event", change) for change in changes.event]
    kinds: tuple[EntryChanges[Any], ...] = (
        changes.sessions,
        changes.speakers,
        changes.rooms,
        changes.tracks,
        changes.materials,
        changes.facts,
    )
    for kind in kinds:
        for entry in kind.changed:
            identifier = entry.new.topic if isinstance(entry.new, Fact) else entry.new.id
            found.extend(_plain_change(identifier, change) for change in entry.fields)
    return found


def _session_lines(changes: AgendaChanges, language: str) -> Iterator[str]:
    def title(session: Session) -> str:
        return session.title.pick(language, language)

    for session in changes.cancelled:
        yield f"  cancelled  {title(session)}, {_shown(session.starts_at, language)}"
    for entry in changes.sessions.changed:
        changed = [change for change in entry.fields if change.field not in ("id", "cancelled")]
        if entry.of("cancelled") and not entry.new.cancelled:
            yield f"  on again   {title(entry.new)}, {_shown(entry.new.starts_at, language)}"
        if changed:
            kind = "moved    " if entry.of("starts_at") else "changed  "
            yield f"  {kind}  {title(entry.new)}: {'; '.join(_told(change, language) for change in changed)}"


def _told(change: FieldChange, language: str) -> str:
    old, new = _shown(change.old, language), _shown(change.new, language)
    return f"{_word(change.field)} {old} → {new}" if len(old) + len(new) < 120 else f"{_word(change.field)} changed"


def _word(field: str) -> str:
    return _WORDS.get(field, field.replace("_", " "))


def _shown(value: Any, language: str) -> str:
    if isinstance(value, datetime):
        return f"{value:%a %d %b %H:%M}"
    if isinstance(value, timedelta):
        return f"{value / timedelta(minutes=1):g} min"
    if isinstance(value, LocalizedText):
        return f"“{value.pick(language, language)}”" if value else "none"
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, tuple | frozenset):
        items = sorted(value) if isinstance(value, frozenset) else value
        return ", ".join(getattr(item, "speaker_id", None) or _shown(item, language) for item in items) or "none"
    return "none" if value is None else str(value)


def _plain_change(identifier: str, change: FieldChange) -> dict[str, Any]:
    return {"id": identifier, "field": change.field, "old": _plain(change.old), "new": _plain(change.new)}


def _plain(value: Any) -> Any:
    if isinstance(value, LocalizedText):
        return dict(value.texts)
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, timedelta):
        minutes = value / timedelta(minutes=1)
        return int(minutes) if minutes.is_integer() else minutes
    if isinstance(value, ZoneInfo):
        return value.key
    if isinstance(value, frozenset):
        return sorted(value)
    if isinstance(value, tuple):
        return [_plain(item) for item in value]
    if is_dataclass(value) and not isinstance(value, type):
        return {field.name: _plain(getattr(value, field.name)) for field in fields(value)}
    return value


def _of_kind(entries: EntryChanges[Any]) -> str:
    return _joined((len(entries.added), "new"), (len(entries.removed), "gone"), (len(entries.changed), "changed"))


def _joined(*counts: tuple[int, str]) -> str:
    return ", ".join(f"{number:,} {word}" for number, word in counts if number)
