"""Schedules in JSON: of frab and c3voc, pretalx's export in the same shape, and what pretalx's API answers."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from content.formats.frab import FrabEvent, FrabSchedule, draft_of
from content.formats.frab_writer import GENERATOR
from content.formats.json_reader import JsonFile, Path, items_in, keys_in, text_in
from content.formats.pretalx import draft_of_answer, is_answer
from content.formats.problem_texts import error
from content.formats.problems import ContentError
from content.formats.schedule_drafts import (
    FRAB_JSON,
    PRETALX_JSON,
    Hints,
    LinkDraft,
    PersonDraft,
    Progress,
    ScheduleDraft,
    silent,
)
from content.formats.schedule_times import read_day


def read_json(data: bytes, name: str, hints: Hints, progress: Progress = silent) -> ScheduleDraft:
    """Read a schedule; its ``format`` says which. Raises ContentError with the place of what is in the way."""
    file = JsonFile(data, name)
    progress(0.5)
    if is_answer(file.tree):
        draft = draft_of_answer(file, hints)
        draft.format = PRETALX_JSON
    else:
        written = _Written(file)
        draft = draft_of(written.schedule(), hints)
        draft.format = PRETALX_JSON if written.is_pretalx else FRAB_JSON
    draft.problems[:0] = file.problems()
    return draft


class _Written:
    def __init__(self, file: JsonFile) -> None:
        self.file = file
        schedule = keys_in(file.tree).get("schedule")
        self.inside: Path = ("schedule",) if isinstance(schedule, dict) else ()
        self.root = schedule if isinstance(schedule, dict) else keys_in(file.tree)
        conference = self.root.get("conference")
        if not isinstance(conference, dict) or not isinstance(conference.get("days"), list):
            keys = ", ".join(list(keys_in(file.tree))[:6]) or type(file.tree).__name__
            raise ContentError((error(file.where(()), "json_other", keys=keys),))
        self.conference = conference
        people = [person for _, event in self.raw_events() for person in items_in(event.get("persons"))]
        generator = text_in(keys_in(self.root.get("generator")).get("name"))
        # Only pretalx gives every person a code. What merges several sources knows of some people more than of others.
        self.is_pretalx = generator == "pretalx" or (
            bool(people) and all(keys_in(person).get("code") for person in people)
        )

    def days(self) -> Iterator[tuple[Path, dict[str, Any]]]:
        for number, day in enumerate(self.conference["days"]):
            yield (*self.inside, "conference", "days", number), keys_in(day)

    def rooms(self) -> Iterator[tuple[Path, dict[str, Any], str, list[Any]]]:
        for way, day in self.days():
            for name, events in keys_in(day.get("rooms")).items():
                yield (*way, "rooms", name), day, name, items_in(events)

    def raw_events(self) -> Iterator[tuple[Path, dict[str, Any]]]:
        for way, _, _, events in self.rooms():
            for number, event in enumerate(events):
                yield (*way, number), keys_in(event)

    def schedule(self) -> FrabSchedule:
        said = {key: text_in(value) for key, value in self.conference.items()}
        said["base_url"] = text_in(self.root.get("base_url")) or said.get("url", "")
        generator = text_in(keys_in(self.root.get("generator")).get("name"))
        tracks = [text_in(keys_in(track).get("name")) for track in items_in(self.conference.get("tracks"))]
        listed = [read_day(text_in(day.get("date"))) for _, day in self.days()]
        return FrabSchedule(
            where=self.file.where((*self.inside, "conference")),
            conference=said,
            days=[day for day in listed if day],
            rooms=[name for _, _, name, events in self.rooms() if not events],
            tracks=[track for track in tracks if track],
            is_ours=generator == GENERATOR,
            events=[
                self.event((*way, number), keys_in(event), read_day(text_in(day.get("date"))), name)
                for way, day, name, events in self.rooms()
                for number, event in enumerate(events)
            ],
        )

    def event(self, way: Path, event: dict[str, Any], day: Any, room: str) -> FrabEvent:
        return FrabEvent(
            where=self.file.where(way),
            fields={key: text_in(value) for key, value in event.items()},
            ids=[text_in(event.get("guid")).strip(), text_in(event.get("id")).strip()],
            day=day,
            room=room,
            persons=[
                self.person((*way, "persons", number), person)
                for number, person in enumerate(items_in(event.get("persons")))
            ],
            links=[
                self.link((*way, key, number), link, attached=key == "attachments")
                for key in ("links", "attachments")
                for number, link in enumerate(items_in(event.get(key)))
            ],
        )

    def person(self, way: Path, person: Any) -> PersonDraft:
        said = keys_in(person)
        name = next(filter(None, (text_in(said.get(key)) for key in ("public_name", "full_public_name", "name"))), "")
        draft = PersonDraft(name or text_in(person), self.file.where(way), text_in(said.get("id")))
        if self.is_pretalx:
            draft.bio = text_in(said.get("biography"))
            draft.source_id = text_in(said.get("code"))
            draft.is_account = bool(draft.source_id)
        return draft

    def link(self, way: Path, link: Any, *, attached: bool) -> LinkDraft:
        said = keys_in(link)
        url = text_in(said.get("url")) or (link if isinstance(link, str) else "")
        return LinkDraft(text_in(said.get("title")) or url, url, self.file.where(way), attached)
