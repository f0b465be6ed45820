"""By which names the things of an agenda are called."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from enum import StrEnum
from typing import TypeAlias

from content.agenda import Agenda, Fact, Material, MaterialKind, Room, Session, Speaker, Track
from content.localized_text import LocalizedText
from content.questions.question import Entity, EntityKind

Thing: TypeAlias = Session | Speaker | Material | Room | Track | Fact
_SUBTITLE = re.compile(r":\s|\s[–—-]\s|[.;]\s")


class Field(StrEnum):
    """What sort of name a name is."""

    NAME = "name"
    TITLE = "title"
    ALIAS = "alias"
    TOPIC = "topic"
    ORGANISATION = "organisation"


@dataclass(frozen=True, slots=True)
class Named:
    """Something that questions may name. ``kind`` None: a fact, whose topic is the ``id``.

    ``session_kind``: the kind of a session that is no part of another one of its kind.
    """

    kind: EntityKind | None
    id: str
    label: str
    session_kind: str | None = None

    def entity(self, coverage: float) -> Entity:
        """Return it as a question's entity; a fact is none."""
        if self.kind is None:
            raise ValueError(f"the fact {self.id!r} is no entity")
        return Entity(self.kind, self.id, self.label, coverage)


Name = tuple[int, str, Field]


def same_names(before: Agenda, after: Agenda) -> bool:
    """Tell whether both agendas have the same things, called and linked the same; in whichever order."""
    if before.event != after.event:
        return False
    language = before.event.default_language
    old, new = ({_key(thing): thing for thing in _things(agenda)} for agenda in (before, after))
    return old.keys() == new.keys() and all(
        was is (now := new[key]) or _read_of(was, language) == _read_of(now, language) for key, was in old.items()
    )


def _key(thing: Thing) -> tuple[type[Thing], str]:
    return type(thing), thing.topic if isinstance(thing, Fact) else thing.id


def _things(agenda: Agenda) -> list[Thing]:
    return [
        *agenda.speakers, *agenda.sessions, *documents_of(agenda), *agenda.rooms, *agenda.tracks, *agenda.facts,
    ]  # fmt: skip


def _read_of(thing: Thing, language: str) -> tuple[object, ...]:
    """Return all of a thing that names, links and roles are made of."""
    label = thing.name if isinstance(thing, Speaker) else _title(thing).pick(language)
    names = tuple(_names(thing))
    match thing:
        case Session():
            people = frozenset(part.speaker_id for part in thing.speakers)
            return label, names, thing.kind, thing.part_of, people
        case Speaker():
            return label, names, thing.role
        case _:
            return label, names


def _title(thing: Session | Material | Room | Track | Fact) -> LocalizedText:
    return thing.name if isinstance(thing, Room | Track) else thing.title


def names_of(agenda: Agenda) -> tuple[tuple[Named, ...], Iterator[Name], tuple[tuple[int, ...], ...]]:
    """Return all things of the agenda, their names (by the thing's place), and which things belong to which.

    Linked are a session with its speakers and a speaker with their sessions.
    """
    things = _things(agenda)
    language = agenda.event.default_language
    named = tuple(_named(thing, agenda, language) for thing in things)
    speakers = {speaker.id: at for at, speaker in enumerate(agenda.speakers)}
    links: list[set[int]] = [set() for _ in things]
    for at, session in enumerate(agenda.sessions, start=len(agenda.speakers)):
        for part in session.speakers:
            speaker = speakers.get(part.speaker_id)
            if speaker is not None:
                links[at].add(speaker)
                links[speaker].add(at)
    names = ((at, name, field) for at, thing in enumerate(things) for name, field in _names(thing))
    return named, names, tuple(tuple(sorted(linked)) for linked in links)


def documents_of(agenda: Agenda) -> tuple[Material, ...]:
    """Return the materials that people call by a name of their own; slides are found by whose they are."""
    return tuple(material for material in agenda.materials if material.kind is not MaterialKind.PRESENTATION)


def _named(thing: Thing, agenda: Agenda, language: str) -> Named:
    match thing:
        case Speaker():
            return Named(EntityKind.SPEAKER, thing.id, thing.name)
        case Session():
            whole = agenda.session_by_id.get(thing.part_of or "")
            own_kind = None if whole and whole.kind is thing.kind else thing.kind.value
            return Named(EntityKind.SESSION, thing.id, thing.title.pick(language), own_kind)
        case Material():
            return Named(EntityKind.MATERIAL, thing.id, thing.title.pick(language))
        case Room():
            return Named(EntityKind.ROOM, thing.id, thing.name.pick(language))
        case Track():
            return Named(EntityKind.TRACK, thing.id, thing.name.pick(language))
        case Fact():
            return Named(None, thing.topic, thing.title.pick(language))


def _names(thing: Thing) -> Iterator[tuple[str, Field]]:
    match thing:
        case Speaker():
            yield thing.name, Field.NAME
            yield from ((alias, Field.NAME) for alias in thing.aliases)
            yield from ((text, Field.ORGANISATION) for text in thing.organisation.texts.values())
            yield from ((alias, Field.ORGANISATION) for alias in thing.organisation_aliases)
        case Session():
            yield from _titles(thing.title.texts.values())
            yield from ((alias, Field.ALIAS) for alias in thing.aliases)
            yield from ((text, Field.TOPIC) for topic in thing.topics for text in topic.texts.values())
        case Material() | Fact():
            yield from ((text, Field.TITLE) for text in thing.title.texts.values())
            yield from ((alias, Field.ALIAS) for alias in thing.aliases)
        case Room() | Track():
            yield from ((text, Field.NAME) for text in thing.name.texts.values())
            yield from ((alias, Field.NAME) for alias in thing.aliases)


def _titles(texts: Iterable[str]) -> Iterator[tuple[str, Field]]:
    """Yield each title whole, and what stands before its colon or dash: people call sessions by that."""
    for text in texts:
        yield text, Field.TITLE
        short = _SUBTITLE.split(text, maxsplit=1)[0]
        if short != text:
            yield short, Field.TITLE
