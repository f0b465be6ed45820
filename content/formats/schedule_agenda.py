"""A schedule of another program → the agenda it describes, with everything that was odd about it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import date, timedelta
from pathlib import PurePath

from content.agenda import Agenda, Event, Room, Session, Track
from content.formats.limits import MAX_EVENT_DAYS
from content.formats.problem_texts import doubt, error
from content.formats.problems import ContentError, Problem
from content.formats.schedule_drafts import EventDraft, Hints, Progress, ScheduleDraft, SessionDraft
from content.formats.schedule_ids import MOST_SHARED, ids_of, names_to_ids, plain
from content.formats.schedule_kinds import kind_of
from content.formats.schedule_languages import read_language
from content.formats.schedule_materials import Materials, web_address
from content.formats.schedule_people import People
from content.formats.schedule_texts import MAX_TEXT, one_line, paragraphs
from content.formats.schedule_titles import read_title
from content.formats.schedule_zone import zone_called
from content.localized_text import LocalizedText

MAX_TITLE = 2_000


@dataclass(frozen=True, slots=True)
class ReadSchedule:
    """``doubts``: what was odd, in order. ``names_event``: whether the file says which event it is about."""

    agenda: Agenda
    doubts: tuple[Problem, ...]
    names_event: bool = True


def settle(draft: ScheduleDraft, name: str, hints: Hints, progress: Progress) -> ReadSchedule:
    """Make the agenda. ``name``: the file's.

    Raises:
        ContentError: there is nothing in it that could be an agenda.
    """
    if not draft.sessions:
        raise ContentError((error(draft.event.where, "source_no_sessions"), *draft.problems))
    return _Settling(draft, name, hints, progress).settled()


@dataclass(slots=True)
class _Settling:
    draft: ScheduleDraft
    name: str
    hints: Hints
    progress: Progress
    language: str = "en"
    problems: list[Problem] = field(default_factory=list)

    def settled(self) -> ReadSchedule:
        draft = self.draft
        self.problems = list(draft.problems)
        draft.sessions.sort(key=lambda session: session.starts.timestamp())
        current = self._current_event()
        languages = [self._language_of(session) for session in draft.sessions]
        counted = Counter(language for language in languages if language)
        self.language = current.default_language if current else (counted.most_common(1) or [("en", 0)])[0][0]
        event = self._event(draft.event, current)
        rooms, tracks = self._names(draft.event.rooms, "room"), self._names(draft.event.tracks, "track")
        people = People(draft.sessions, self.language, self._known("speaker"))
        materials = Materials(draft.event.website, self.language)
        ids = ids_of(draft.sessions, lambda session: session.ids, lambda session: session.title)
        self._report_shared_ids(ids)
        sessions = []
        for number, (session, id_, language) in enumerate(zip(draft.sessions, ids, languages, strict=True)):
            if not number % 50:
                self.progress(number / len(draft.sessions))
            parts = people.parts(session)
            materials.take(session.links, id_, [part.speaker_id for part in parts])
            settled = self._session(session, id_, rooms, tracks)
            sessions.append(replace(settled, language=language, speakers=parts))
        agenda = Agenda(
            event=event,
            sessions=tuple(sessions),
            speakers=people.speakers(),
            rooms=tuple(Room(id_, self._text(name)) for name, id_ in rooms.items()),
            tracks=tuple(Track(id_, self._text(name)) for name, id_ in tracks.items()),
            materials=materials.materials(),
        )
        self.problems += [*people.problems(), *materials.problems(draft.event.where)]
        names_event = bool(self.hints.event_id or draft.event.source_id or draft.event.name)
        return ReadSchedule(agenda, tuple(self.problems), names_event)

    def _current_event(self) -> Event | None:
        """Return the event that there is, if this file is about it or may be."""
        current, event = self.hints.current, self.draft.event
        if current is None:
            return None
        if event.source_id or event.name or self.hints.event_id:
            return current if self._event_id(event) == current.id else None
        days = {session.starts.astimezone(current.time_zone).date() for session in self.draft.sessions}
        return current if all(current.starts_on <= day <= current.ends_on + timedelta(days=1) for day in days) else None

    def _known(self, kind: str) -> Mapping[str, str]:
        return self.hints.ids.get(kind, {}) if self._current_event() else {}

    def _event_id(self, event: EventDraft) -> str:
        stem = PurePath(self.name).stem.partition("_v")[0]
        return plain(self.hints.event_id or event.source_id or event.name or stem, "event")

    def _event(self, draft: EventDraft, current: Event | None) -> Event:
        starts_on, ends_on = self._days(draft.days)
        zone = zone_called(draft.zone) or zone_called("UTC")
        assert zone is not None  # noqa: S101  # tells the type checker what every zone database has
        named = draft.name or draft.source_id
        if not named and not current:
            self._doubt(draft.where, "source_event_unnamed", id=self._event_id(draft))
        name = self._text(one_line(named)[:MAX_TITLE] or PurePath(self.name).stem)
        if current and not named:
            name, starts_on, ends_on = current.name, min(starts_on, current.starts_on), max(ends_on, current.ends_on)
        return Event(
            id=current.id if current else self._event_id(draft),
            name=name,
            starts_on=starts_on,
            ends_on=ends_on,
            time_zone=zone,
            languages=(self.language,),
            default_language=self.language,
            theme=self._text(one_line(draft.subtitle)[:MAX_TEXT]),
            place=self._text(one_line(draft.place)[:MAX_TEXT]),
            website=web_address(draft.website),
        )

    def _days(self, listed: list[date]) -> tuple[date, date]:
        """Return the first and the last day: those the file lists, else those on which something starts."""
        days = sorted(listed or (session.starts.date() for session in self.draft.sessions))
        if (days[-1] - days[0]).days >= MAX_EVENT_DAYS:
            parameters = {"first": days[0], "last": days[-1], "limit": MAX_EVENT_DAYS}
            raise ContentError((error(self.draft.event.where, "source_too_long", **parameters), *self.problems))
        return days[0], days[-1]

    def _names(self, listed: list[str], which: str) -> dict[str, str]:
        """Return the rooms or tracks by name, those of the file's own list first, with their ids."""
        for session in self.draft.sessions:
            setattr(session, which, one_line(getattr(session, which))[:MAX_TITLE])
        used = {getattr(session, which) for session in self.draft.sessions}
        found = [one_line(name)[:MAX_TITLE] for name in listed]
        if empty := [name for name in dict.fromkeys(found) if name and name not in used and which == "room"]:
            self._doubt(self.draft.event.where, "source_rooms_empty", names=", ".join(empty))
        found += [getattr(session, which) for session in self.draft.sessions]
        names = [name for name in dict.fromkeys(found) if name and name not in empty]
        ids = names_to_ids(names, which, self._known(which))
        return {name: ids[name] for name in names}

    def _session(self, draft: SessionDraft, id_: str, rooms: dict[str, str], tracks: dict[str, str]) -> Session:
        written = one_line(draft.title[: 2 * MAX_TITLE])[:MAX_TITLE]
        title, cancelled = self._title(draft, written)
        if draft.ends.timestamp() < draft.starts.timestamp():
            self._doubt(draft.where, "source_ends_before_start", title=title)
            draft.ends = draft.starts
        url = web_address(draft.url, self.draft.event.website)
        if url is None and draft.url.strip():
            self._doubt(draft.where, "source_bad_link", value=draft.url)
        return Session(
            id=id_,
            title=self._text(title),
            starts_at=draft.starts,
            ends_at=draft.ends,
            kind=kind_of(one_line(draft.kind), title),
            room_id=rooms.get(draft.room),
            track_id=tracks.get(draft.track),
            description=self._text(self._description(draft)),
            website=url,
            aliases=(written,) if written not in {"", title} else (),  # people copy it from the organisers' page
            cancelled=cancelled or draft.cancelled,
        )

    def _title(self, draft: SessionDraft, title: str) -> tuple[str, bool]:
        read = read_title(title)
        if not title:
            instead = next(
                filter(None, (paragraphs(draft.abstract[:500]).split("\n")[0], draft.track, draft.room)), "…"
            )
            self._doubt(draft.where, "source_untitled", name=instead)
            return instead, False
        if read.cancelled:
            self._doubt(draft.where, "source_cancelled", title=title)
        if read.noted:
            self._doubt(draft.where, "source_noted", title=title, word=read.noted)
        return read.title, read.cancelled

    def _description(self, draft: SessionDraft) -> str:
        parts = [one_line(draft.subtitle[:MAX_TEXT])]
        parts += [paragraphs(text[: 4 * MAX_TEXT]) for text in (draft.abstract, draft.description)]
        said = "\n\n".join(dict.fromkeys(filter(None, parts)))
        if len(said) > MAX_TEXT or max(len(draft.abstract), len(draft.description)) > 4 * MAX_TEXT:
            self._doubt(draft.where, "source_text_cut", limit=f"{MAX_TEXT:,}")
        return said if len(said) <= MAX_TEXT else said[: MAX_TEXT - 1].rstrip() + "…"

    def _language_of(self, draft: SessionDraft) -> str | None:
        language = read_language(draft.language)
        if language is None and draft.language.strip():
            self._doubt(draft.where, "source_language", value=draft.language)
        return language

    def _report_shared_ids(self, ids: list[str]) -> None:
        sessions = self.draft.sessions
        counts = Counter(id_ for session in sessions for id_ in set(session.ids) if id_)
        told: set[str] = set()  # what very many share is told once
        for session, id_ in zip(sessions, ids, strict=True):
            shared = [source for source in dict.fromkeys(session.ids) if source and counts[source] > 1]
            told |= (told_now := {source for source in shared if counts[source] > MOST_SHARED} - told)
            if told_now or any(source not in told for source in shared):
                self._doubt(session.where, "source_id_shared", value=", ".join(shared), id=id_)

    def _text(self, text: str) -> LocalizedText:
        return LocalizedText({self.language: text}) if text else LocalizedText()

    def _doubt(self, where: str, code: str, **parameters: object) -> None:
        self.problems.append(doubt(where, code, **parameters))
