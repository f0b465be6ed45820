"""Every published schedule comes in whole, with the counts that were measured when it was collected, or is refused."""

from __future__ import annotations

from dataclasses import replace
from typing import NamedTuple

import pytest

from content.agenda import Agenda, SessionSpeaker
from content.changes import AgendaChanges, compare_agendas
from content.formats.problems import ContentError
from tests.content.formats.shared_schedules import shared


class Counts(NamedTuple):
    """How much there is in a file: sessions, speakers, rooms, days."""

    sessions: int
    speakers: int
    rooms: int
    days: int


COUNTS = {
    "frab-xml/fosdem-2010.xml": Counts(301, 266, 20, 2),
    "frab-xml/fosdem-2023.xml": Counts(780, 787, 35, 2),
    "frab-xml/fosdem-2025_v1_2025-01-26.xml": Counts(1085, 1140, 35, 2),
    "frab-xml/fosdem-2025_v2_2025-02-02.xml": Counts(1102, 1176, 35, 2),
    "frab-xml/36c3_v1_2019-12-27.xml": Counts(1137, 787, 77, 4),
    "frab-xml/36c3_v2_2019-12-29.xml": Counts(1300, 849, 86, 4),
    "frab-xml/28c3-2011.xml": Counts(85, 102, 3, 4),
    "frab-xml/debconf17.xml": Counts(181, 126, 6, 8),
    "frab-json/36c3_v2_2019-12-29.json": Counts(1300, 849, 86, 4),
    "frab-json/camp2019_frab.json": Counts(79, 90, 2, 5),
    "pretalx/rc3-channels-2020_pretalx.json": Counts(48, 56, 5, 4),
    "pretalx/europython-2023_api_v1_2023-07-01.json": Counts(172 + 87, 165, 13, 5),
    "pretalx/europython-2023_api_v2_2023-07-14.json": Counts(180 + 84, 177, 13, 5),
    # The collection counts no people of calendars; these are those whom the events name.
    "ics/kielux-2020.ics": Counts(24, 20, 4, 2),
    "ics/linux-conf-au-2020.ics": Counts(262, 151, 8 - 1, 6),  # one of the eight locations is the empty one
    "ics/moca-2024.ics": Counts(88, 69, 4, 3),
}


@pytest.mark.parametrize("path", COUNTS)
def test_nothing_of_a_published_schedule_is_lost(path: str) -> None:
    agenda = shared(path).agenda

    found = Counts(len(agenda.sessions), len(agenda.speakers), len(agenda.rooms), len(agenda.event.days))
    assert found == COUNTS[path]
    assert not [doubt for doubt in shared(path).doubts if doubt.code.startswith("source_session_un")]


def test_a_schedule_of_researchr_is_refused_by_name() -> None:
    with pytest.raises(ContentError) as raised:
        shared("other-xml/splash-2021_researchr.xml")

    (problem,) = raised.value.problems
    assert problem.where.endswith("splash-2021_researchr.xml:3:1")
    assert "begins with <event> (conf.researchr.org)" in problem.what


@pytest.mark.parametrize(
    "path",
    [
        "codefest-2015_ru.json",
        *(f"odessa-pycon-2021_{language}.json" for language in ("en", "ru", "uk")),
        "tdis-cluj-2026_ro.json",
    ],
)
def test_json_of_other_kinds_is_refused_and_says_how_it_begins(path: str) -> None:
    with pytest.raises(ContentError) as raised:
        shared(f"eastern/{path}")

    assert [problem.code for problem in raised.value.problems] == ["json_other"]


@pytest.mark.parametrize("path", ["kontur-2016_ru.yml", "jugru-2019_ru-en.yml"])
def test_yaml_of_other_kinds_is_refused(path: str) -> None:
    with pytest.raises(ContentError):
        shared(f"eastern/{path}")


@pytest.mark.parametrize("path", ["eurobioc-2025_schedule.csv", "eurobioc-2025_sessions.csv"])
def test_tables_as_text_are_refused_with_the_way_to_excel(path: str) -> None:
    with pytest.raises(ContentError) as raised:
        shared(f"tabular/{path}")

    assert [problem.code for problem in raised.value.problems] == ["source_csv"]


def test_two_formats_of_the_congress_give_one_agenda() -> None:
    xml, json = shared("frab-xml/36c3_v2_2019-12-29.xml"), shared("frab-json/36c3_v2_2019-12-29.json")

    assert xml.agenda == json.agenda


def test_the_accounts_of_pretalx_tell_namesakes_apart() -> None:
    file = shared("pretalx/europython-2023_api_v2_2023-07-14.json")

    assert len({speaker.name for speaker in file.agenda.speakers}) == 175
    assert doubts("pretalx/europython-2023_api_v2_2023-07-14.json", "source_namesakes") == 2


def test_a_uid_that_most_events_share_is_no_identity() -> None:
    file = shared("ics/moca-2024.ics")

    assert "zap-attack-web-app-open-source-scanner" in file.agenda.session_by_id
    assert doubts("ics/moca-2024.ics", "source_id_shared") < 10


def doubts(path: str, code: str) -> int:
    return sum(doubt.code == code for doubt in shared(path).doubts)


def test_the_oddities_of_fosdem_2010_are_told() -> None:
    # 326 numbers for 266 people: those of 43 people differ from talk to talk.
    assert doubts("frab-xml/fosdem-2010.xml", "source_person_numbers") == 43
    assert "<p>" not in "".join(s.description.pick("en") for s in shared("frab-xml/fosdem-2010.xml").agenda.sessions)


def test_the_notes_before_titles_of_fosdem_2023_are_read() -> None:
    agenda = shared("frab-xml/fosdem-2023.xml").agenda

    assert sum(session.cancelled for session in agenda.sessions) == 5
    # The list of the collection counts 27; the titles of the file that begin so are 24, one of them misspelt.
    assert doubts("frab-xml/fosdem-2023.xml", "source_noted") == 24
    assert not [s for s in agenda.sessions if s.title.pick("en").startswith(("AMEND", "CANCEL"))]


def test_the_nights_of_the_congress_are_where_they_belong() -> None:
    file = shared("frab-xml/28c3-2011.xml")
    nights = [session for session in file.agenda.sessions if session.starts_at.hour < 4]

    assert [f"{session.starts_at:%d.%m. %H:%M}" for session in nights] == [
        "28.12. 00:15",
        "29.12. 00:15",
        "29.12. 00:15",
    ]
    assert doubts("frab-xml/28c3-2011.xml", "source_night") == 3


def test_the_shared_ids_of_the_merged_congress_are_told() -> None:
    file = shared("frab-xml/36c3_v2_2019-12-29.xml")

    # Eight ids stand at two sessions each; three of the guids too, and those sessions got a number behind.
    assert doubts("frab-xml/36c3_v2_2019-12-29.xml", "source_id_shared") == 16
    assert sum(session.id.endswith("-2") for session in file.agenda.sessions) == 3
    # 24 start from midnight to six by the collection's list; all that stand under the day before are told.
    assert doubts("frab-xml/36c3_v2_2019-12-29.xml", "source_night") == 43


def test_the_hours_of_debconf_are_local_when_the_call_says_where() -> None:
    file = shared("frab-xml/debconf17.xml", zone="America/Toronto")

    (talk,) = (each for each in file.agenda.sessions if each.title.pick("en").startswith("Business ERP"))
    assert f"{talk.starts_at:%H:%M %z}" == "10:00 -0400"
    assert [doubt.code for doubt in file.doubts] == ["source_offset_differs"]


class Changed(NamedTuple):
    """How many sessions changed, and how."""

    added: int
    removed: int
    moved: int
    room: int
    duration: int
    title: int
    speakers: int
    track: int
    cancelled: int


def changed(old: Agenda, new: Agenda) -> Changed:
    changes = compare_agendas(old, new)

    def of(field: str) -> int:
        return sum(bool(change.of(field)) for change in changes.sessions.changed)

    return Changed(
        added=len(changes.sessions.added),
        removed=len(changes.sessions.removed),
        moved=len(changes.moved),
        room=of("room_id"),
        duration=of("duration"),
        title=of("title"),
        speakers=people_changed(changes),
        track=of("track_id"),
        cancelled=of("cancelled"),
    )


def people_changed(changes: AgendaChanges) -> int:
    def people(parts: tuple[SessionSpeaker, ...]) -> list[str]:
        return sorted(part.speaker_id for part in parts)

    return sum(people(change.old.speakers) != people(change.new.speakers) for change in changes.sessions.changed)


def after(old: str, new: str) -> AgendaChanges:
    return compare_agendas(shared(old).agenda, shared(new, after=old).agenda)


FOSDEM = ("frab-xml/fosdem-2025_v1_2025-01-26.xml", "frab-xml/fosdem-2025_v2_2025-02-02.xml")
CONGRESS = ("frab-xml/36c3_v1_2019-12-27.xml", "frab-xml/36c3_v2_2019-12-29.xml")


def test_a_week_of_fosdem_changed_what_the_collection_counted() -> None:
    found = changed(shared(FOSDEM[0]).agenda, shared(FOSDEM[1], after=FOSDEM[0]).agenda)

    assert found == Changed(
        added=39,
        removed=22,
        moved=38,
        room=32,
        duration=13,
        title=24
        - 4
        - 4,  # four titles got only a word for "cancelled", four only "[RESCHEDULED]": those are not titles
        speakers=37 - 4,  # in four sessions a name only got another spelling: that changes a person, not the session
        track=3,
        cancelled=4,
    )


def test_the_four_respelt_people_of_fosdem_stay_themselves() -> None:
    respelt = {(change.old.name, change.new.name) for change in after(*FOSDEM).speakers.changed if change.of("name")}

    assert ("Aurelien DEROIDE", "Aurelien Deroide") in respelt
    assert len(respelt) == 4


def test_two_days_of_the_congress_changed_what_the_collection_counted() -> None:
    found = changed(shared(CONGRESS[0]).agenda, shared(CONGRESS[1], after=CONGRESS[0]).agenda)

    # Two sessions left with their guid and came back under another one, with the same title and people: for us they
    # are the same, so that whoever follows them hears of the change. One of them moved, and both changed their room.
    assert found == Changed(
        added=183 - 2,
        removed=20 - 2,
        moved=19 + 1,
        room=19 + 2,
        duration=2 + 1,
        title=11,
        speakers=8,
        track=4 + 1,
        cancelled=0,
    )
    assert [change.new.title.pick("en") for change in after(*CONGRESS).sessions.changed if change.of("id")] == [
        "36C3 Fahrplan App",
        "Werewolf",
    ]


def test_two_weeks_of_europython_changed_what_the_collection_counted() -> None:
    old, new = (shared(f"pretalx/europython-2023_api_v{n}.json").agenda for n in ("1_2023-07-01", "2_2023-07-14"))
    talks = [replace(each, sessions=tuple(s for s in each.sessions if s.kind != "break")) for each in (old, new)]

    found = changed(*talks)

    assert (found.added, found.removed, found.moved, found.room) == (15, 7, 8, 7)
    # A second account with the name of a speaker came: from then on both have it behind their names.
    assert (found.title, found.speakers, found.cancelled) == (3, 2 + 1, 0)
