"""What a schedule of frab, Pentabarf or pretalx means, whether it is written in XML or in JSON."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, timedelta

from content.formats.problem_texts import doubt
from content.formats.problems import Problem
from content.formats.schedule_clock import ScheduleClock, WrittenStart, choose_zone
from content.formats.schedule_drafts import EventDraft, Hints, LinkDraft, PersonDraft, ScheduleDraft, SessionDraft
from content.formats.schedule_texts import one_line
from content.formats.schedule_times import later, read_day, read_hour, read_length, read_stamp


@dataclass(slots=True)
class FrabEvent:
    """A session as it is written. ``fields``: texts by the format's own names; ``day``: the one it is listed under."""

    where: str
    fields: Mapping[str, str]
    ids: list[str]
    day: date | None
    room: str
    persons: list[PersonDraft] = field(default_factory=list)
    links: list[LinkDraft] = field(default_factory=list)


@dataclass(slots=True)
class FrabSchedule:
    """A schedule as it is written. ``days`` and ``rooms``: those listed, also if they are empty.

    ``is_ours``: Ghid wrote it, and the slugs of its sessions hold their ids.
    """

    where: str
    conference: Mapping[str, str]
    days: list[date] = field(default_factory=list)
    rooms: list[str] = field(default_factory=list)
    tracks: list[str] = field(default_factory=list)
    events: list[FrabEvent] = field(default_factory=list)
    problems: list[Problem] = field(default_factory=list)
    is_ours: bool = False


def draft_of(schedule: FrabSchedule, hints: Hints) -> ScheduleDraft:
    """Read the hours, lengths and the rest of what is written."""
    said = schedule.conference
    town = said.get("city", "")
    event = EventDraft(
        where=schedule.where,
        name=said.get("title", ""),
        source_id=said.get("acronym", ""),
        subtitle=said.get("subtitle", ""),
        place=", ".join(filter(None, (said.get("venue", "").strip(), town.strip()))),
        website=said.get("base_url", "") or said.get("url", ""),
        days=schedule.days or _first_to_last(said),
        rooms=schedule.rooms,
        tracks=schedule.tracks,
    )
    stamps = (read_stamp(each.fields.get("date", "")) for each in schedule.events)
    moments = [stamp for stamp in stamps if stamp and stamp.tzinfo]
    zone, problems = choose_zone(event, hints, moments, town, said=said.get("time_zone_name", ""))
    event.zone = zone.key
    clock = ScheduleClock(zone, read_hour(said.get("day_change", "")))
    draft = ScheduleDraft(event, problems=[*problems, *schedule.problems])
    for written in schedule.events:
        if schedule.is_ours:
            written.ids = [written.fields.get("slug", "").removeprefix(f"{event.source_id}-")]
        if session := _session(written, clock, draft.problems):
            draft.sessions.append(session)
    draft.problems += clock.all_problems()
    return draft


def _first_to_last(said: Mapping[str, str]) -> list[date]:
    return [day for key in ("start", "end") if (day := read_day(said.get(key, "")))]


def _session(written: FrabEvent, clock: ScheduleClock, problems: list[Problem]) -> SessionDraft | None:
    said = written.fields
    title = one_line(said.get("title", ""))[:200]
    start_said, hour = said.get("date", ""), said.get("start", "")
    if "T" in hour or " " in hour.strip():  # newer schedules write the whole moment here
        start_said, hour = hour, ""
    start = clock.start(WrittenStart(start_said, hour, written.day), written.where, title)
    if start is None:
        value = " ".join(filter(None, (start_said.strip(), hour.strip())))
        code = "source_session_unreadable" if value else "source_session_unscheduled"
        problems.append(doubt(written.where, code, value=value, title=title or "…"))
        return None
    length = read_length(said.get("duration", ""))
    if length is None:
        parameters = {"title": title or "…", "value": said.get("duration", "")}
        problems.append(doubt(written.where, "source_length_unreadable", **parameters))
    return SessionDraft(
        where=written.where,
        starts=start,
        ends=later(start, length or timedelta()),
        ids=written.ids,
        title=said.get("title", ""),
        subtitle=said.get("subtitle", ""),
        abstract=said.get("abstract", ""),
        description=said.get("description", ""),
        room=said.get("room", "").strip() or written.room,
        track=said.get("track", ""),
        kind=said.get("type", ""),
        language=said.get("language", ""),
        url=said.get("url", "") or said.get("full_conf_url", ""),
        persons=written.persons,
        links=written.links,
        cancelled=said.get("status", "").strip().casefold() in ("cancelled", "canceled"),
    )
