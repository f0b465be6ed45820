"""What differs between two agendas: added, removed, changed; each field with both values.

Entries are the same if their ids are; or, where ids vanished and others came, if a session has the same title and
speakers, a person or a room the same name. Order of entries and handles are no content and do not count.
"""

from __future__ import annotations

from collections.abc import Callable, Hashable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field, fields
from datetime import datetime, timedelta
from functools import cache
from typing import Any, Generic, TypeVar

from content.agenda import Agenda, Event, Fact, Material, Room, Session, SessionSpeaker, Speaker, Track
from content.localized_text import LocalizedText

E = TypeVar("E", bound=Session | Speaker | Room | Track | Material | Fact)


@dataclass(frozen=True, slots=True)
class FieldChange:
    """One field of one entry before and after.

    ``field`` is the name in ``content.agenda``, save that a session's ``ends_at`` shows as ``duration`` (a timedelta):
    a session that moves whole changes its start only.
    """

    field: str
    old: Any
    new: Any


@dataclass(frozen=True, slots=True)
class EntryChange(Generic[E]):
    """An entry that is in both agendas and differs."""

    old: E
    new: E
    fields: tuple[FieldChange, ...]

    def of(self, name: str) -> FieldChange | None:
        """Return the change of this field, or None if it stayed as it was."""
        return next((change for change in self.fields if change.field == name), None)


@dataclass(frozen=True, slots=True)
class EntryChanges(Generic[E]):
    """What happened to the entries of one kind. ``new_ids`` leads from every kept entry's old id to its new one."""

    added: tuple[E, ...] = ()
    removed: tuple[E, ...] = ()
    changed: tuple[EntryChange[E], ...] = ()
    new_ids: Mapping[str, str] = field(default_factory=dict, compare=False)

    def __bool__(self) -> bool:
        return bool(self.added or self.removed or self.changed)


@dataclass(frozen=True, slots=True)
class AgendaChanges:
    """Everything that differs; falsy if nothing does."""

    event: tuple[FieldChange, ...] = ()
    sessions: EntryChanges[Session] = field(default_factory=EntryChanges)
    speakers: EntryChanges[Speaker] = field(default_factory=EntryChanges)
    rooms: EntryChanges[Room] = field(default_factory=EntryChanges)
    tracks: EntryChanges[Track] = field(default_factory=EntryChanges)
    materials: EntryChanges[Material] = field(default_factory=EntryChanges)
    facts: EntryChanges[Fact] = field(default_factory=EntryChanges)

    def __bool__(self) -> bool:
        parts = (self.sessions, self.speakers, self.rooms, self.tracks, self.materials, self.facts)
        return bool(self.event) or any(map(bool, parts))

    @property
    def cancelled(self) -> tuple[Session, ...]:
        """Sessions, as they were, that will not take place any more: taken out of the agenda or marked."""
        gone = [session for session in self.sessions.removed if not session.cancelled]
        marked = [change.old for change in self.sessions.changed if change.new.cancelled and not change.old.cancelled]
        return tuple(sorted([*gone, *marked], key=lambda session: session.starts_at))

    @property
    def restored(self) -> tuple[Session, ...]:
        """Sessions that take place again."""
        return tuple(
            change.new for change in self.sessions.changed if change.old.cancelled and not change.new.cancelled
        )

    @property
    def moved(self) -> tuple[EntryChange[Session], ...]:
        """Sessions with another start."""
        return tuple(change for change in self.sessions.changed if change.of("starts_at"))


def compare_agendas(old: Agenda, new: Agenda) -> AgendaChanges:
    """Compare two agendas of one event."""
    names = _Names(old, new)
    rooms = _compare(old.rooms, new.rooms, _id, lambda room, side: names.folded(room.name, side), {})
    tracks = _compare(old.tracks, new.tracks, _id, lambda track, side: names.folded(track.name, side), {})
    speakers = _compare(old.speakers, new.speakers, _id, lambda speaker, _: _folded(speaker.name), {})
    new_ids = {"room_id": rooms.new_ids, "track_id": tracks.new_ids, "speaker_id": speakers.new_ids}
    session_ids = _pairs(old.sessions, new.sessions, _id, names.of_session)
    new_ids["part_of"] = session_ids
    sessions = _compare(old.sessions, new.sessions, _id, names.of_session, new_ids)
    of_material = {"speaker_ids": speakers.new_ids, "session_ids": session_ids}
    return AgendaChanges(
        event=_event_changes(old.event, new.event),
        sessions=sessions,
        speakers=speakers,
        rooms=rooms,
        tracks=tracks,
        materials=_compare(old.materials, new.materials, _id, names.of_material, of_material),
        facts=_compare(old.facts, new.facts, lambda fact: fact.topic, lambda fact, _: fact.topic, {}),
    )


def _id(entry: Session | Speaker | Room | Track | Material) -> str:
    return entry.id


def _folded(text: str) -> str:
    return " ".join(text.casefold().split())


class _Names:
    """By what an entry is known again when its id is not; ``side`` is 0 for the old agenda, 1 for the new."""

    def __init__(self, old: Agenda, new: Agenda) -> None:
        self._agendas = (old, new)

    def folded(self, text: LocalizedText, side: int) -> str:
        language = self._agendas[side].event.default_language
        return _folded(text.pick(language, language))

    def _people(self, ids: Iterable[str], side: int) -> frozenset[str]:
        speakers = self._agendas[side].speaker_by_id
        return frozenset(_folded(speakers[id_].name) if id_ in speakers else id_ for id_ in ids)

    def of_session(self, session: Session, side: int) -> Hashable:
        people = self._people((part.speaker_id for part in session.speakers), side)
        return self.folded(session.title, side), people

    def of_material(self, material: Material, side: int) -> Hashable:
        return self.folded(material.title, side), self._people(material.speaker_ids, side)


def _pairs(
    old: Sequence[E], new: Sequence[E], identify: Callable[[E], str], recognise: Callable[[E, int], Hashable]
) -> dict[str, str]:
    """Return old id → new id of the entries that are in both."""
    old_ids, new_ids = {identify(entry) for entry in old}, {identify(entry) for entry in new}
    pairs = {id_: id_ for id_ in map(identify, old) if id_ in new_ids}
    groups: dict[Hashable, tuple[list[E], list[E]]] = {}
    for side, entries, others in ((0, old, new_ids), (1, new, old_ids)):
        for entry in entries:
            if identify(entry) not in others:
                groups.setdefault(recognise(entry, side), ([], []))[side].append(entry)
    for gone, come in groups.values():
        for before, after in _nearest(gone, come):
            pairs[identify(before)] = identify(after)
    return pairs


def _nearest(gone: list[E], come: list[E]) -> list[tuple[E, E]]:
    """Pair namesakes: those of the same start first, the rest in their order."""
    by_start: dict[Any, list[E]] = {}
    for entry in come:
        by_start.setdefault(_start(entry), []).append(entry)
    pairs: list[tuple[E, E]] = []
    left: list[E] = []
    for entry in gone:
        if same := by_start.get(_start(entry)):
            pairs.append((entry, same.pop(0)))
        else:
            left.append(entry)
    paired = {id(after) for _, after in pairs}
    unpaired = [entry for entry in come if id(entry) not in paired]
    return [*pairs, *zip(left, unpaired, strict=False)]


def _start(entry: object) -> float | None:
    return entry.starts_at.timestamp() if isinstance(entry, Session) else None


def _compare(
    old: Sequence[E],
    new: Sequence[E],
    identify: Callable[[E], str],
    recognise: Callable[[E, int], Hashable],
    new_ids: Mapping[str, Mapping[str, str]],
) -> EntryChanges[E]:
    pairs = _pairs(old, new, identify, recognise)
    renamed = _renamed(new_ids)
    olds, news, kept = (
        {identify(entry): entry for entry in old},
        {identify(entry): entry for entry in new},
        set(pairs.values()),
    )
    pair_of = {pairs[id_]: entry for id_, entry in olds.items() if id_ in pairs}
    changed = []
    for id_, after in news.items():
        if before := pair_of.get(id_):
            differences = _differences(before, after, renamed)
            if differences:
                changed.append(EntryChange(before, after, differences))
    return EntryChanges(
        added=tuple(entry for id_, entry in news.items() if id_ not in kept),
        removed=tuple(entry for id_, entry in olds.items() if id_ not in pairs),
        changed=tuple(changed),
        new_ids=pairs,
    )


def _event_changes(old: Event, new: Event) -> tuple[FieldChange, ...]:
    return _differences(old, new, {})


def _differences(old: Any, new: Any, new_ids: Mapping[str, Mapping[str, str]]) -> tuple[FieldChange, ...]:
    if old is new and not new_ids:
        return ()  # after an edit, nearly all
    found = []
    values = ((name, getattr(old, name), getattr(new, name)) for name in _compared(type(old)))  # type: ignore[arg-type]
    lengths = [("duration", _length(old), _length(new))] if isinstance(old, Session) else []
    for name, before, after in (*values, *lengths):
        if _comparable(before, name, new_ids) != _comparable(after, name, {}):
            found.append(FieldChange(name, before, after))
    return tuple(found)


@cache
def _compared(entry: type[Any]) -> tuple[str, ...]:
    """Return the names of the fields that are compared as they are."""
    return tuple(each.name for each in fields(entry) if each.compare and each.name != "ends_at")


def _renamed(ids: Mapping[str, Mapping[str, str]]) -> dict[str, dict[str, str]]:
    """Return of these ids those that are others now; of most versions, none are."""
    found = {name: {old: new for old, new in pairs.items() if old != new} for name, pairs in ids.items()}
    return {name: pairs for name, pairs in found.items() if pairs}


def _length(session: Session) -> timedelta:
    """How long the session takes; the clock's difference would be wrong in the night of a change."""
    return timedelta(seconds=session.ends_at.timestamp() - session.starts_at.timestamp())


def _comparable(value: Any, name: str, new_ids: Mapping[str, Mapping[str, str]]) -> Any:
    """Return the value with old ids replaced by new ones, and moments that compare by when they are."""
    if isinstance(value, datetime):
        return value.timestamp()
    if isinstance(value, SessionSpeaker):
        moments = (moment.timestamp() if moment else None for moment in (value.starts_at, value.ends_at))
        people = new_ids.get("speaker_id", {})
        return people.get(value.speaker_id, value.speaker_id), value.role, *moments
    if isinstance(value, tuple):
        return tuple(_comparable(item, name, new_ids) for item in value)
    if name in new_ids:
        return new_ids[name].get(value, value)
    return value
