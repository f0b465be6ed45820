"""Agendas of real events in Ukrainian, Russian and Romanian, read from beside the checkout for the tests alone."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from datetime import date, datetime, timedelta
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

from content.agenda import Agenda, Event, Session, SessionSpeaker, Speaker
from content.localized_text import LocalizedText

FOLDER = Path(__file__).parents[3] / ".." / "shared" / "schedules" / "eastern"
_ZONE = ZoneInfo("Europe/Bucharest")
_DAY = date(2031, 9, 3)
Talk = tuple[str, tuple[str, ...]]
"""A title with its speakers' names."""


def eastern_agenda(language: str) -> Agenda:
    """Return the agenda in one of ``uk``, ``ru``, ``ro``; times are of no matter here."""
    talks = list({"uk": _uk, "ru": _ru, "ro": _ro}[language]())
    names = sorted({name for _, speakers in talks for name in speakers})
    ids = {name: f"p{at}" for at, name in enumerate(names)}
    start = datetime(2031, 9, 3, 9, tzinfo=_ZONE)
    sessions = tuple(
        Session(
            f"s{at}",
            LocalizedText({language: title}),
            start + timedelta(minutes=5 * at),
            start + timedelta(minutes=5 * at + 5),
            speakers=tuple(SessionSpeaker(ids[name]) for name in speakers),
        )
        for at, (title, speakers) in enumerate(talks)
    )
    event = Event(f"eastern-{language}", LocalizedText({language: "Подія"}), _DAY, _DAY, _ZONE, languages=(language,))
    return Agenda(event, sessions, tuple(Speaker(ids[name], name) for name in names))


def _read(name: str) -> Any:
    return json.loads((FOLDER / name).read_text(encoding="utf-8"))


def _uk() -> Iterator[Talk]:
    file = _read("odessa-pycon-2021_uk.json")
    for slots in (file["day1"], file["day2"]):
        for talk in (talk for slot in slots for talk in slot["talks"]):
            title = re.sub(r"<[^>]+>|\[\w+\]", "", talk["title"]).strip()
            if title:
                yield title, (talk["author"],) if talk["author"] else ()


def _ru() -> Iterator[Talk]:
    file = _read("codefest-2015_ru.json")
    names = {speaker["id"]: speaker["title"].strip() for speaker in file["speaker"]}
    for lecture in file["lecture"]:
        of = [lecture.get(key) for key in ("speaker_id", "speaker")]
        yield lecture["title"].strip(), tuple(names[one] for one in of if isinstance(one, str) and one in names)


def _ro() -> Iterator[Talk]:
    for session in _read("tdis-cluj-2026_ro.json")["sessions"]:
        names = [each["name"] for each in session.get("speakers", ()) if each.get("name") not in (None, "TBA")]
        yield session["title"], tuple(dict.fromkeys(names))
