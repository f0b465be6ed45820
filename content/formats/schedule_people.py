"""Who is who in a schedule: one person under several numbers, several people of one name, nobody at all."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from content.agenda import SessionSpeaker, Speaker
from content.formats.problem_texts import doubt
from content.formats.problems import Problem
from content.formats.schedule_drafts import PersonDraft, SessionDraft
from content.formats.schedule_ids import names_to_ids, plain
from content.formats.schedule_texts import MAX_TEXT, one_line, paragraphs
from content.localized_text import LocalizedText

_Key = tuple[str, str]
"""A name, and the account if namesakes have accounts of their own."""


class People:
    """The people of all sessions, in order of appearance."""

    def __init__(self, sessions: list[SessionDraft], language: str, known: Mapping[str, str]) -> None:
        self._language = language
        self._drafts: dict[_Key, PersonDraft] = {}
        self._sources: dict[_Key, set[str]] = {}
        self._accounts: dict[str, set[str]] = {}
        self._problems: list[Problem] = []
        for session in sessions:
            for person in session.persons:
                person.name = one_line(person.name)[:500]
                self._meet(person)
        self._ids = self._give_ids(known)

    def parts(self, session: SessionDraft) -> tuple[SessionSpeaker, ...]:
        """Return who takes part, each once, in order."""
        found: dict[str, SessionSpeaker] = {}
        for person in session.persons:
            if not person.name:
                self._problems.append(doubt(person.where, "source_nameless"))
                continue
            id_ = self._ids[self._key(person)]
            if id_ in found:
                self._problems.append(doubt(person.where, "source_person_twice", name=person.name))
            found.setdefault(id_, SessionSpeaker(id_))
        return tuple(found.values())

    def speakers(self) -> tuple[Speaker, ...]:
        """Return everybody."""
        return tuple(
            Speaker(
                id=self._ids[key],
                name=person.name,
                bio=self._text(paragraphs(person.bio[: 4 * MAX_TEXT])[:MAX_TEXT]),
                organisation=self._text(one_line(person.organisation)[:500]),
            )
            for key, person in self._drafts.items()
        )

    def problems(self) -> Iterator[Problem]:
        """Yield what was odd."""
        yield from self._problems
        for key, sources in self._sources.items():
            if len(sources) > 1:
                person = self._drafts[key]
                yield doubt(person.where, "source_person_numbers", name=person.name, count=len(sources))
        for name, accounts in self._accounts.items():
            if len(accounts) > 1:
                ids = ", ".join(self._ids[name, account] for account in sorted(accounts))
                yield doubt(self._drafts[name, min(accounts)].where, "source_namesakes", name=name, ids=ids)

    def _key(self, person: PersonDraft) -> _Key:
        return person.name, person.source_id if person.is_account else ""

    def _meet(self, person: PersonDraft) -> None:
        if not person.name:
            return
        key = self._key(person)
        known = self._drafts.setdefault(key, person)
        known.bio = known.bio or person.bio
        known.organisation = known.organisation or person.organisation
        if person.is_account:
            self._accounts.setdefault(person.name, set()).add(person.source_id)
        elif person.source_id:
            self._sources.setdefault(key, set()).add(person.source_id)

    def _give_ids(self, known: Mapping[str, str]) -> dict[_Key, str]:
        by_name = names_to_ids((name for name, _ in self._drafts), "speaker", known)
        ids: dict[_Key, str] = {}
        taken = set(by_name.values())
        for name, account in self._drafts:
            ids[name, account] = by_name[name]
            if len(self._accounts.get(name, ())) > 1:
                # Everybody of this name gets it with the account behind, so that none is taken for another later.
                id_ = plain(f"{by_name[name][:50]} {account}", "speaker")
                ids[name, account] = id_ if id_ not in taken else plain(f"{id_[:40]} {len(taken)}", "speaker")
                taken.add(ids[name, account])
        return ids

    def _text(self, text: str) -> LocalizedText:
        return LocalizedText({self._language: text}) if text else LocalizedText()
