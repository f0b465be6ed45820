"""A strict reader of iCalendar, written from RFC 5545 and RFC 5546 alone: what it reads, a calendar must accept.

It knows no time zone: a local time means what the VTIMEZONE of the same file says.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, timedelta

MAX_OCTETS = 75  # of a line, without its CRLF; 3.1
_CONTENT_LINE = re.compile(
    r"(?P<name>[A-Za-z0-9-]+)"
    r"(?P<parameters>(?:;[A-Za-z0-9-]+=(?:\"[^\"\x00-\x08\x0a-\x1f\x7f]*\"|[^\";:,\x00-\x08\x0a-\x1f\x7f]*))*)"
    r":(?P<value>[^\x00-\x08\x0a-\x1f\x7f]*)"
)
_PARAMETER = re.compile(r";([A-Za-z0-9-]+)=(?:\"([^\"]*)\"|([^\";:,]*))")
_TEXT = re.compile(r"(?:[^\\;,]|\\[\\;,nN])*")
_OFFSET = re.compile(r"([+-])(\d\d)(\d\d)(\d\d)?")
_DURATION = re.compile(r"([+-]?)P(?:(\d+)W|(?:(\d+)D)?(?:T(?:(\d+)H)?(?:(\d+)M)?(?:(\d+)S)?)?)")

# Name of a component → what it must have once, and what it may have once.
_ONCE: Mapping[str, tuple[set[str], set[str]]] = {
    "VCALENDAR": ({"PRODID", "VERSION", "METHOD"}, {"CALSCALE", "X-WR-CALNAME"}),
    "VTIMEZONE": ({"TZID"}, set()),
    "STANDARD": ({"DTSTART", "TZOFFSETFROM", "TZOFFSETTO"}, {"TZNAME"}),
    "DAYLIGHT": ({"DTSTART", "TZOFFSETFROM", "TZOFFSETTO"}, {"TZNAME"}),
    "VEVENT": (
        {"UID", "DTSTAMP", "DTSTART", "SUMMARY", "SEQUENCE", "STATUS"},
        {"DTEND", "LOCATION", "DESCRIPTION", "URL", "TRANSP"},
    ),
    "VALARM": ({"ACTION", "TRIGGER", "DESCRIPTION"}, set()),
}
_INSIDE = {
    "VCALENDAR": {"VTIMEZONE", "VEVENT"},
    "VTIMEZONE": {"STANDARD", "DAYLIGHT"},
    "VEVENT": {"VALARM"},
    "STANDARD": set[str](),
    "DAYLIGHT": set[str](),
    "VALARM": set[str](),
}


@dataclass(frozen=True, slots=True)
class Property:
    """One content line."""

    value: str
    parameters: Mapping[str, str]


@dataclass(slots=True)
class Component:
    """What stands between BEGIN and END."""

    name: str
    properties: dict[str, Property] = field(default_factory=dict)
    components: list[Component] = field(default_factory=list)

    def inside(self, *names: str) -> list[Component]:
        """Return the components of these names directly inside."""
        return [each for each in self.components if each.name in names]

    def text(self, name: str) -> str:
        """Return a TEXT value as it was before escaping; empty: there is none."""
        if name not in self.properties:
            return ""
        value = self.properties[name].value
        assert _TEXT.fullmatch(value), f"not escaped: {value!r}"
        return re.sub(r"\\(.)", lambda found: "\n" if found[1] in "nN" else found[1], value)


@dataclass(frozen=True, slots=True)
class Entry:
    """An event as a calendar keeps it; moments in UTC, or a whole day. ``alarm``: how long before the start."""

    uid: str
    sequence: int
    stamp: datetime
    starts: datetime | date
    ends: datetime | None
    summary: str
    location: str
    description: str
    status: str
    alarm: timedelta | None


def read_entries(data: bytes) -> list[Entry]:
    """Return the events of a file.

    Raises:
        AssertionError: the file breaks a rule.
    """
    calendar = read_calendar(data)
    zones = {each.text("TZID"): each for each in calendar.inside("VTIMEZONE")}
    entries = [_entry(each, zones) for each in calendar.inside("VEVENT")]
    assert entries, "no event"
    assert len({entry.uid for entry in entries}) == len(entries), "a UID twice"
    return entries


def merged(kept: Mapping[str, Entry], arriving: Iterable[Entry]) -> dict[str, Entry]:
    """Return a calendar after a file was opened in it, by UID: the higher SEQUENCE wins, then the later DTSTAMP."""
    result = dict(kept)
    for entry in arriving:
        known = result.get(entry.uid)
        if known is None or (entry.sequence, entry.stamp) > (known.sequence, known.stamp):
            result[entry.uid] = entry
    return result


def read_calendar(data: bytes) -> Component:
    """Return the one VCALENDAR of a file, every component complete. Raises as `read_entries`."""
    outer = Component("")
    stack = [outer]
    for line in _lines(data):
        found = _CONTENT_LINE.fullmatch(line)
        assert found, f"no content line: {line!r}"
        name, value = found["name"].upper(), found["value"]
        if name == "BEGIN":
            component = Component(value)
            stack[-1].components.append(component)
            stack.append(component)
        elif name == "END":
            assert stack[-1].name == value, f"END:{value} inside {stack[-1].name}"
            _check(stack.pop())
        else:
            assert name not in stack[-1].properties, f"{name} twice in {stack[-1].name}"
            parameters = {each[1].upper(): each[2] or each[3] for each in _PARAMETER.finditer(found["parameters"])}
            stack[-1].properties[name] = Property(value, parameters)
    assert len(stack) == 1, f"{stack[-1].name} has no end"
    assert not outer.properties, "a property outside of the calendar"
    (calendar,) = outer.components
    assert calendar.name == "VCALENDAR"
    assert calendar.properties["VERSION"].value == "2.0"
    return calendar


def _lines(data: bytes) -> list[str]:
    assert data.endswith(b"\r\n"), "the last line has no end"
    physical = data.removesuffix(b"\r\n").split(b"\r\n")
    unfolded: list[str] = []
    for octets in physical:
        assert len(octets) <= MAX_OCTETS, f"{len(octets)} octets in {octets!r}"
        assert octets, "an empty line"
        line = octets.decode("utf-8")  # raises if a character was cut in two
        assert not set("\r\n\x0b\x0c\x1c\x1d\x1e\x85\u2028\u2029") & set(line), f"a stray line end in {line!r}"
        if line[0] in " \t":
            unfolded[-1] += line[1:]
        else:
            unfolded.append(line)
    return unfolded


def _check(component: Component) -> None:
    assert component.name in _ONCE, f"no such component: {component.name}"
    needed, allowed = _ONCE[component.name]
    have = set(component.properties)
    assert needed <= have <= needed | allowed, f"{component.name}: {have ^ needed}"
    assert {each.name for each in component.components} <= _INSIDE[component.name]
    if component.name == "VTIMEZONE":
        assert component.components, "a zone without offsets"


def _entry(event: Component, zones: Mapping[str, Component]) -> Entry:
    starts = _moment(event.properties["DTSTART"], zones)
    ends = _moment(event.properties["DTEND"], zones) if "DTEND" in event.properties else None
    if ends is not None:
        assert isinstance(starts, datetime)
        assert isinstance(ends, datetime)
        assert ends > starts, "an end that is not after the start"
    stamp = _moment(event.properties["DTSTAMP"], {})
    assert isinstance(stamp, datetime)
    status = event.properties["STATUS"].value
    assert status in {"CONFIRMED", "CANCELLED", "TENTATIVE"}
    alarms = event.inside("VALARM")
    assert all(alarm.properties["ACTION"].value == "DISPLAY" and alarm.text("DESCRIPTION") for alarm in alarms)
    return Entry(
        uid=event.text("UID"),
        sequence=int(event.properties["SEQUENCE"].value),
        stamp=stamp,
        starts=starts,
        ends=ends,
        summary=event.text("SUMMARY"),
        location=event.text("LOCATION"),
        description=event.text("DESCRIPTION"),
        status=status,
        alarm=-_duration(alarms[0].properties["TRIGGER"].value) if alarms else None,
    )


def _moment(given: Property, zones: Mapping[str, Component]) -> datetime | date:
    if given.parameters.get("VALUE") == "DATE":
        return datetime.strptime(given.value, "%Y%m%d").date()  # noqa: DTZ007 - a date has no zone
    if given.value.endswith("Z"):
        assert not given.parameters
        return _clock(given.value.removesuffix("Z")).replace(tzinfo=UTC)
    assert set(given.parameters) == {"TZID"}, "a time that floats"
    return _in_utc(_clock(given.value), zones[given.parameters["TZID"]])


def _in_utc(local: datetime, zone: Component) -> datetime:
    """Return the moment of a clock time, the first of two (3.3.5); one that the zone skips is refused."""
    onsets = []
    for observance in zone.inside("STANDARD", "DAYLIGHT"):
        offset_from, offset_to = (_offset(observance.properties[name].value) for name in ("TZOFFSETFROM", "TZOFFSETTO"))
        onsets.append((_clock(observance.properties["DTSTART"].value) - offset_from, offset_to))
    onsets.sort()
    ends = [onset for onset, _ in onsets[1:]] + [local + timedelta(days=2)]
    for (onset, offset), end in zip(onsets, ends, strict=True):
        if onset <= local - offset < end:
            return (local - offset).replace(tzinfo=UTC)
    raise AssertionError(f"{local} is not in the zone that the file describes")


def _clock(value: str) -> datetime:
    assert re.fullmatch(r"\d{8}T\d{6}", value), value
    return datetime.strptime(value, "%Y%m%dT%H%M%S")  # noqa: DTZ007 - its zone stands beside it


def _offset(value: str) -> timedelta:
    found = _OFFSET.fullmatch(value)
    assert found, value
    assert value not in {"-0000", "-000000"}
    length = timedelta(hours=int(found[2]), minutes=int(found[3]), seconds=int(found[4] or 0))
    return -length if found[1] == "-" else length


def _duration(value: str) -> timedelta:
    found = _DURATION.fullmatch(value)
    assert found, value
    weeks, days, hours, minutes, seconds = (int(part or 0) for part in found.groups()[1:])
    length = timedelta(weeks=weeks, days=days, hours=hours, minutes=minutes, seconds=seconds)
    return -length if found[1] == "-" else length
