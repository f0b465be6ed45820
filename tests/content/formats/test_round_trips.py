"""What goes out and comes in again unchanged changes nothing: in Ghid's own formats, and beside the agenda there is."""

from __future__ import annotations

import pytest
from hypothesis import HealthCheck, given, settings

from bot.commands.export import FORMATS, written
from bot.services.agenda import built_in_event
from bot.services.handles import assign_handles, with_handles
from content.agenda import Agenda
from content.carrying_over import carry_over
from content.changes import compare_agendas
from content.formats.detect import read_file
from content.formats.excel_writer import write_excel
from content.formats.schedule_drafts import Hints
from content.formats.yaml_writer import write_yaml
from tests.content.formats.exported_agendas import agendas
from tests.content.formats.shared_schedules import shared


def handled(agenda: Agenda) -> Agenda:
    return with_handles(agenda, assign_handles({}, agenda, {}))


@pytest.mark.parametrize("format_", FORMATS)
def test_the_first_event_comes_back_as_it_was(format_: str) -> None:
    agenda = handled(built_in_event())

    file = read_file(written(agenda, format_), "event", hints=Hints.of(agenda))

    assert file.format == format_
    back = file.agenda if file.is_whole else carry_over(file.agenda, agenda)
    assert not compare_agendas(agenda, back)
    assert back == agenda
    assert not file.doubts


@given(agendas())
@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.too_slow])
def test_any_agenda_comes_back_from_yaml(agenda: Agenda) -> None:
    assert read_file(write_yaml(agenda), "event").agenda == agenda


@given(agendas())
@settings(max_examples=10, deadline=None, suppress_health_check=[HealthCheck.too_slow])
def test_any_agenda_comes_back_from_excel(agenda: Agenda) -> None:
    assert read_file(write_excel(agenda), "event").agenda == agenda


@pytest.mark.parametrize("format_", ["yaml", "xlsx", "frab-json", "frab-xml", "ics"])
def test_a_foreign_schedule_can_go_out_in_any_format(format_: str) -> None:
    agenda = handled(shared("frab-json/camp2019_frab.json").agenda)

    file = read_file(written(agenda, format_), "camp", hints=Hints.of(agenda))

    back = file.agenda if file.is_whole else carry_over(file.agenda, agenda)
    assert not compare_agendas(agenda, back)


def test_a_translation_goes_when_its_text_changes_and_stays_when_it_does_not() -> None:
    agenda = handled(built_in_event())
    first, second = agenda.sessions[:2]
    data = written(agenda, "frab-json").replace(first.title.pick("en").encode(), b"Something else", 1)

    back = carry_over(read_file(data, "event", hints=Hints.of(agenda)).agenda, agenda)

    assert back.session_by_id[first.id].title.texts == {"en": "Something else"}
    assert back.session_by_id[second.id] == second
