"""What is wrong between the values of a content file: ids twice, ends before starts, sessions within themselves.

These checks read the tree as it stands, each value for itself: a file with other faults is checked as far as it goes.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import date, datetime, timedelta
from typing import TypeVar
from zoneinfo import ZoneInfo

from pydantic_core import PydanticCustomError

from content.formats.file_times import at_clock, read_clock, read_date, read_moment, read_zone
from content.formats.file_values import Known
from content.formats.limits import MAX_EVENT_DAYS
from content.formats.places import Location, Places, Tree, items_at, text_at, value_at
from content.formats.yaml_reader import Finding

SECTIONS = ("rooms", "tracks", "speakers", "sessions", "materials")

_T = TypeVar("_T")


def what_is_known(tree: Tree, places: Places, *, is_whole: bool) -> Known:
    """Return what the file says that its other values refer to; of a broken file, nothing that could be missing."""
    zone = _read(read_zone, text_at(tree, ("event", "time_zone")))
    listed = value_at(tree, ("event", "languages"))
    languages = tuple(code for code in listed if isinstance(code, str)) if isinstance(listed, list) else None
    if not is_whole:
        return Known(languages, zone)
    spoilt = {location[:1] for location in places.spoilt}
    ids = {
        section: frozenset(id_ for _, id_ in _ids(tree, section, "id"))
        for section in SECTIONS
        if (section,) not in spoilt
    }
    return Known(languages if listed is not None else ("en",), zone, ids)


def findings_between(tree: Tree, places: Places) -> Iterator[Finding]:
    """Yield what does not fit together."""
    zone = _read(read_zone, text_at(tree, ("event", "time_zone"))) or ZoneInfo("UTC")
    yield from _event(tree, places)
    for section in SECTIONS:
        yield from _duplicates(tree, places, section, "id")
    yield from _duplicates(tree, places, "facts", "topic")
    for number, _ in items_at(tree, ("sessions",)):
        yield from _times(tree, places, ("sessions", number), zone)
        yield from _speakers_twice(tree, places, ("sessions", number))
    yield from _circles(tree, places)


def own_moment(text: str, session_starts_at: datetime, zone: ZoneInfo) -> datetime:
    """Read a person's own time in a session; a bare clock time is the first one after the session's start.

    Raises PydanticCustomError.
    """
    if len(text) > len("00:00"):
        return read_moment(text, zone)
    local = datetime.combine(session_starts_at.date(), read_clock(text))
    moment = at_clock(local, zone, "")
    return moment if moment >= session_starts_at else at_clock(local + timedelta(days=1), zone, "")


def _read(read: Callable[[str], _T], text: str | None) -> _T | None:
    """Read a value, or return None if it cannot be read, which is said elsewhere."""
    try:
        return None if text is None else read(text)
    except PydanticCustomError:
        return None


def _ids(tree: Tree, section: str, key: str) -> Iterator[tuple[Location, str]]:
    for number, _ in items_at(tree, (section,)):
        location = (section, number, key)
        if text := text_at(tree, location):
            yield location, text.strip()


def _event(tree: Tree, places: Places) -> Iterator[Finding]:
    starts_on = _read(read_date, text_at(tree, ("event", "starts")))
    ends_on = _read(read_date, text_at(tree, ("event", "ends")))
    if starts_on and ends_on:
        yield from _event_days(starts_on, ends_on, places)
    languages = value_at(tree, ("event", "languages"))
    default = text_at(tree, ("event", "default_language"))
    known = languages if isinstance(languages, list) else ["en"] if languages is None else None
    if default and known is not None and default not in known:
        allowed = ", ".join(code for code in known if isinstance(code, str))
        yield places.of(("event", "default_language")), "default_language", {"value": default, "languages": allowed}


def _event_days(starts_on: date, ends_on: date, places: Places) -> Iterator[Finding]:
    days = (ends_on - starts_on).days + 1
    if days < 1:
        parameters = {"starts": starts_on.isoformat(), "ends": ends_on.isoformat()}
        yield places.of(("event", "ends")), "event_ends_before_start", parameters
    elif days > MAX_EVENT_DAYS:
        yield places.of(("event", "ends")), "event_too_long", {"days": str(days), "limit": str(MAX_EVENT_DAYS)}


def _duplicates(tree: Tree, places: Places, section: str, key: str) -> Iterator[Finding]:
    first: dict[str, Location] = {}
    for location, text in _ids(tree, section, key):
        if text in first:
            parameters = {"value": text, "line": str(places.of(first[text]).line), "section": section}
            yield places.of(location), "duplicate_topic" if key == "topic" else "duplicate", parameters
        first.setdefault(text, location)


def _times(tree: Tree, places: Places, session: Location, zone: ZoneInfo) -> Iterator[Finding]:
    starts, ends = text_at(tree, (*session, "starts")), text_at(tree, (*session, "ends"))
    starts_at = _read(lambda text: read_moment(text.strip(), zone), starts)
    ends_at = _read(lambda text: read_moment(text.strip(), zone), ends)
    if starts_at and ends_at and _utc(ends_at) < _utc(starts_at):
        yield places.of((*session, "ends")), "ends_before_start", {"starts": str(starts), "ends": str(ends)}
    if starts_at:
        for number, _ in items_at(tree, (*session, "speakers")):
            yield from _own_minutes(tree, places, (*session, "speakers", number), starts_at, zone)


def _own_minutes(
    tree: Tree, places: Places, part: Location, session_starts_at: datetime, zone: ZoneInfo
) -> Iterator[Finding]:
    moments: list[tuple[str, datetime]] = []
    for key in ("starts", "ends"):
        text = (text_at(tree, (*part, key)) or "").strip()
        try:
            moments.append((text, own_moment(text, session_starts_at, zone)))
        except PydanticCustomError as fault:
            if fault.type in {"time_skipped", "time_twice"} and len(text) <= len("00:00"):
                # a bare clock time meets its date only here; all other faults are said where values are checked alone
                parameters = {name: str(value) for name, value in (fault.context or {}).items() if name != "code"}
                yield places.of((*part, key)), fault.type, parameters
    if len(moments) == 2 and _utc(moments[1][1]) < _utc(moments[0][1]):
        yield places.of((*part, "ends")), "ends_before_start", {"starts": moments[0][0], "ends": moments[1][0]}


def _utc(moment: datetime) -> float:
    """Moments of one zone compare by their clock, which is wrong in the night of a change."""
    return moment.timestamp()


def _speakers_twice(tree: Tree, places: Places, session: Location) -> Iterator[Finding]:
    seen = set()
    for number, item in items_at(tree, (*session, "speakers")):
        part = (*session, "speakers", number)
        id_ = item if isinstance(item, str) else text_at(tree, (*part, "id"))
        role = text_at(tree, (*part, "role")) or "speaker"
        identity = (id_, role, text_at(tree, (*part, "starts")))
        if id_ and identity in seen:
            yield places.of(part), "speaker_twice", {"value": id_}
        seen.add(identity)


def _circles(tree: Tree, places: Places) -> Iterator[Finding]:
    parents: dict[str, str] = {}
    locations: dict[str, Location] = {}
    for location, id_ in _ids(tree, "sessions", "id"):
        parent_at = (*location[:-1], "part_of")
        if (parent := text_at(tree, parent_at)) and id_ not in parents:
            parents[id_], locations[id_] = parent.strip(), parent_at
    done: set[str] = set()
    for start in parents:
        chain: list[str] = []
        current: str | None = start
        while current in parents and current not in done:
            done.add(current)
            chain.append(current)
            current = parents[current]
        if current in chain:
            circle = [*chain[chain.index(current) :], current]
            yield places.of(locations[current]), "part_of_itself", {"chain": " → ".join(circle)}
