"""What pretalx's API answers when it is asked for a schedule: slots with their talks, and breaks beside them."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime, timedelta
from typing import Any

from content.formats.json_reader import JsonFile, Path, items_in, keys_in, text_in
from content.formats.problem_texts import doubt, error
from content.formats.problems import ContentError
from content.formats.schedule_clock import ScheduleClock, WrittenStart, choose_zone
from content.formats.schedule_drafts import EventDraft, Hints, LinkDraft, PersonDraft, ScheduleDraft, SessionDraft
from content.formats.schedule_texts import one_line
from content.formats.schedule_times import later, read_length, read_stamp

_GONE = ("canceled", "cancelled", "withdrawn", "rejected")


def is_answer(tree: Any) -> bool:
    """Tell whether this is an answer of the API."""
    return any(isinstance(keys_in(tree).get(key), list) for key in ("slots", "results"))


def draft_of_answer(file: JsonFile, hints: Hints) -> ScheduleDraft:
    """Read an answer. Raises ContentError if it is one page of several."""
    tree = keys_in(file.tree)
    if tree.get("next") or tree.get("previous"):
        raise ContentError((error(file.where(()), "json_page", count=text_in(tree.get("count")) or "?"),))
    return _Answer(file, tree, hints).draft()


class _Answer:
    def __init__(self, file: JsonFile, tree: dict[str, Any], hints: Hints) -> None:
        self.file = file
        self.tree = tree
        slots = list(self.slots())
        stamps = (read_stamp(text_in(slot.get("start"))) for _, slot, _ in slots)
        moments = [stamp for stamp in stamps if stamp and stamp.tzinfo]
        event = EventDraft(file.where(()), name=text_in(tree.get("event_name")), source_id=text_in(tree.get("event")))
        zone, problems = choose_zone(event, hints, moments, "", said=text_in(tree.get("timezone")))
        event.zone = zone.key
        self.clock = ScheduleClock(zone)
        self.result = ScheduleDraft(event, problems=problems)
        self.listed = slots

    def slots(self) -> Iterator[tuple[Path, dict[str, Any], dict[str, Any]]]:
        """Yield each slot with its talk, which has no keys if it is a break."""
        for key in ("slots", "results"):
            for number, item in enumerate(items_in(self.tree.get(key))):
                entry = keys_in(item)
                talk = entry.get("submission", entry)
                talk = {"code": talk} if isinstance(talk, str) else keys_in(talk)
                own = entry if "submission" in entry else entry.get("slot", entry.get("slots"))
                for slot in own if isinstance(own, list) else [own]:
                    yield (key, number), keys_in(slot), talk
        for number, item in enumerate(items_in(self.tree.get("breaks"))):
            yield ("breaks", number), keys_in(item), {}

    def draft(self) -> ScheduleDraft:
        for way, slot, talk in self.listed:
            if session := self.session(way, slot, talk):
                self.result.sessions.append(session)
        self.result.problems += self.clock.all_problems()
        return self.result

    def session(self, way: Path, slot: dict[str, Any], talk: dict[str, Any]) -> SessionDraft | None:
        title = text_in(talk.get("title")) or text_in(slot.get("description"))
        where = self.file.where(way)
        start = self.clock.start(WrittenStart(text_in(slot.get("start")), "", None), where, one_line(title)[:200])
        if start is None:
            value = text_in(slot.get("start"))
            code = "source_session_unreadable" if value else "source_session_unscheduled"
            self.result.problems.append(doubt(where, code, value=value, title=one_line(title)[:200] or "…"))
            return None
        room = slot.get("room")
        name = text_in(keys_in(room).get("name")) or text_in(room)
        return SessionDraft(
            where=where,
            starts=start,
            ends=self.end(start, slot, talk),
            ids=[text_in(talk.get("code")) or f"break {start:%d %H%M} {name}"],
            title=title,
            abstract=text_in(talk.get("abstract")),
            description=text_in(talk.get("description")),
            room=name,
            track=_named(talk.get("track")),
            kind=_named(talk.get("submission_type")) if talk else "break",
            language=text_in(talk.get("content_locale")),
            persons=[self.person((*way, "speakers", n), each) for n, each in enumerate(items_in(talk.get("speakers")))],
            links=[self.link((*way, "resources", n), each) for n, each in enumerate(items_in(talk.get("resources")))],
            cancelled=text_in(talk.get("state")) in _GONE,
        )

    def end(self, start: datetime, slot: dict[str, Any], talk: dict[str, Any]) -> datetime:
        end = read_stamp(text_in(slot.get("end")))
        if end is not None:
            return end.astimezone(self.clock.zone) if end.tzinfo else end.replace(tzinfo=self.clock.zone)
        return later(start, read_length(text_in(slot.get("duration")) or text_in(talk.get("duration"))) or timedelta())

    def person(self, way: Path, person: Any) -> PersonDraft:
        said = keys_in(person)
        code = text_in(said.get("code"))
        name = text_in(said.get("name")) or text_in(person)
        return PersonDraft(name, self.file.where(way), code, is_account=bool(code), bio=text_in(said.get("biography")))

    def link(self, way: Path, link: Any) -> LinkDraft:
        said = keys_in(link)
        return LinkDraft(text_in(said.get("description")), text_in(said.get("resource")), self.file.where(way))


def _named(value: Any) -> str:
    """Return the name of a track or a kind: newer answers have an object with it, older ones the name by language."""
    name = keys_in(value).get("name")
    return text_in(name) if name is not None else text_in(value)
