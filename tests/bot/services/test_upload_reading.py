"""Reading any agenda file in a child process: the formats, the progress, and what hostile files achieve."""

from __future__ import annotations

import resource
import time
from collections.abc import Callable

import pytest

from bot.services.upload_reading import ReadingLimits, ReadingOptions, UnreadableUploadError, UploadReader
from content.formats.problems import ContentError
from content.formats.schedule_drafts import Hints
from tests.builders import an_event
from tests.content.formats import hostile_files
from tests.content.formats.frab_files import day, event, schedule

HOSTILE: dict[str, tuple[Callable[[], bytes], str]] = {
    "billion laughs": (hostile_files.billion_laughs, "xml_entity"),
    "quadratic blowup": (hostile_files.quadratic_blowup, "xml_entity"),
    "an entity that reads a file": (hostile_files.external_entity, "xml_entity"),
    "deep XML": (hostile_files.deep_xml, "xml_too_deep"),
    "wide XML": (hostile_files.wide_xml, "xml_too_much"),
    "YAML aliases": (hostile_files.yaml_aliases, "anchor"),
    "deep JSON": (hostile_files.deep_json, "json_too_deep"),
    "a ZIP bomb": (hostile_files.zip_bomb, "xlsx_too_much"),
    "an endless calendar": (hostile_files.endless_calendar, "calendar_too_much"),
    "100 MB": (hostile_files.huge, "source_too_big"),
}


async def test_a_schedule_comes_back_with_its_format_and_doubts() -> None:
    data = schedule(day(event("1", title="CANCELLED Knots")), time_zone_name="-")
    options = ReadingOptions(hints=Hints(current=an_event("harbour-2031")))

    read = await UploadReader().read(data, "days.xml", options)

    assert (read.format, read.is_whole, read.names_event) == ("frab-xml", False, True)
    assert read.agenda.event.time_zone.key == "Europe/Bucharest"
    assert [doubt.code for doubt in read.doubts] == ["source_cancelled"]
    assert read.doubts_in_all == 1


async def test_another_format_than_the_wanted_one_is_refused() -> None:
    with pytest.raises(ContentError) as raised:
        await UploadReader().read(schedule(day(event("1"))), "days.xml", ReadingOptions(format="yaml"))

    assert raised.value.problems[0].code == "source_not_this_format"


async def test_the_progress_is_told_and_only_grows() -> None:
    many = schedule(*(day(*(event(f"{d}-{n}", abstract="word " * 500) for n in range(120))) for d in range(4)))
    told: list[float] = []

    await UploadReader().read(many, "days.xml", None, told.append)

    assert told
    assert told == sorted(told)
    assert 0 <= told[0] <= told[-1] <= 1


@pytest.mark.parametrize("name", HOSTILE)
async def test_a_hostile_file_is_refused_in_bounded_time_and_memory(name: str) -> None:
    make, code = HOSTILE[name]
    data = make()
    started = time.monotonic()

    with pytest.raises(ContentError) as raised:
        await UploadReader(ReadingLimits(seconds=120)).read(data, "hostile.xml")

    assert code in {problem.code for problem in raised.value.problems}
    assert time.monotonic() - started < 60
    # In kilobytes; the largest of all children so far, so that one test is enough to see the limit broken.
    assert resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss < ReadingLimits().memory // 1024


async def test_very_many_attributes_end_within_the_limits() -> None:
    started = time.monotonic()

    with pytest.raises((ContentError, UnreadableUploadError)):
        await UploadReader(ReadingLimits(seconds=3)).read(hostile_files.many_attributes(), "hostile.xml")

    assert time.monotonic() - started < 8
