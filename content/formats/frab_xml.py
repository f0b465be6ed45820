"""Schedules in XML, of frab, Pentabarf, pretalx and whatever else writes their dialect."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from content.formats.frab import FrabEvent, FrabSchedule, draft_of
from content.formats.frab_writer import GENERATOR
from content.formats.problem_texts import error
from content.formats.problems import ContentError
from content.formats.schedule_drafts import Hints, LinkDraft, PersonDraft, Progress, ScheduleDraft, silent
from content.formats.schedule_times import read_day
from content.formats.xml_reader import XmlElement, read_xml

_KNOWN = {
    "event": "conf.researchr.org",
    "rss": "RSS",
    "feed": "Atom",
    "html": "HTML",
    "iCalendar": "xCal",
    "icalendar": "xCal",
    "workbook": "Excel 2003",
    "Workbook": "Excel 2003",
}


def read_frab_xml(data: bytes, name: str, hints: Hints, progress: Progress = silent) -> ScheduleDraft:
    """Read a schedule. Raises ContentError with the place of what is in the way."""
    return draft_of(_Written(name).schedule(read_xml(data, name, progress)), hints)


class _Written:
    def __init__(self, name: str) -> None:
        self.name = name

    def where(self, element: XmlElement) -> str:
        return f"{self.name}:{element.line}:{element.column}"

    def schedule(self, root: XmlElement) -> FrabSchedule:
        if root.tag != "schedule":
            known = f" ({_KNOWN[root.tag]})" if root.tag in _KNOWN else ""
            raise ContentError((error(self.where(root), "xml_other_dialect", element=f"<{root.tag}>{known}"),))
        conference = root.child("conference")
        if conference is None and not any(root.all_called("day")):
            raise ContentError((error(self.where(root), "source_event_missing", element="conference"),))
        said = {child.tag: child.text.strip() for child in (conference.children if conference else ())}
        days = [day for each in root.all_called("day") if (day := read_day(each.attributes.get("date", "")))]
        events = list(self.events(root, None, ""))
        # A room with sessions is called as they call it; one without any has no name but this.
        empty = [room for day in root.all_called("day") for room in _called(day, "room") if not room.child("event")]
        tracks = root.child("tracks")
        return FrabSchedule(
            where=self.where(conference or root),
            conference=said,
            days=days,
            rooms=[room.attributes.get("name", "") for room in empty],
            tracks=[track.text for track in tracks.children] if tracks else [],
            events=events,
            is_ours=any(each.attributes.get("name") == GENERATOR for each in _called(root, "generator")),
        )

    def events(self, element: XmlElement, day: date | None, room: str) -> Iterator[FrabEvent]:
        """Yield every session, wherever it stands: some programs write no rooms around them, some no days."""
        for child in element.children:
            if child.tag == "event":
                yield self.event(child, day, room)
            elif child.tag == "day":
                yield from self.events(child, read_day(child.attributes.get("date", "")), "")
            elif child.tag != "conference":
                yield from self.events(child, day, child.attributes.get("name", room) if child.tag == "room" else room)

    def event(self, element: XmlElement, day: date | None, room: str) -> FrabEvent:
        fields: dict[str, str] = {}
        for child in element.children:
            if not fields.get(child.tag, "").strip():  # wafer writes an empty abstract before the real one
                fields[child.tag] = child.text
        return FrabEvent(
            where=self.where(element),
            fields=fields,
            ids=[element.attributes.get(key, "").strip() for key in ("guid", "id")],
            day=day,
            room=room,
            persons=[self.person(each) for group in _called(element, "persons") for each in _called(group, "person")],
            links=[
                *(self.link(each) for group in _called(element, "links") for each in _called(group, "link")),
                *(
                    self.link(each)
                    for group in _called(element, "attachments")
                    for each in _called(group, "attachment")
                ),
            ],
        )

    def person(self, element: XmlElement) -> PersonDraft:
        said = element.text.strip() or element.text_of("name") or element.text_of("public_name")
        return PersonDraft(said, self.where(element), element.attributes.get("id", "").strip())

    def link(self, element: XmlElement) -> LinkDraft:
        url = element.attributes.get("href", "").strip()
        words = element.text.strip() or element.attributes.get("type", "")
        return LinkDraft(words, url or words, self.where(element), attached=element.tag == "attachment")


def _called(element: XmlElement, tag: str) -> Iterator[XmlElement]:
    return (child for child in element.children if child.tag == tag)
