"""Numbers as organisers read them, in every language, of an event of any size; and as a spreadsheet."""

from __future__ import annotations

import io
from dataclasses import replace
from datetime import date

import openpyxl
import pytest

from bot.i18n import LOCALES, localizer
from bot.messages.numbers import intent_name, kind_name, numbers_message, percent
from bot.messages.numbers_sheet import numbers_sheet
from bot.messages.view import View
from bot.models import NoticeKind
from bot.numbers import AskedKind, BroadcastNumbers, Numbers, PeopleNumbers, SentKind, SpeakerNumbers
from content.agenda import Agenda
from content.questions.question import Intent
from tests.bot.messages.crawler import flaws
from tests.bot.messages.test_every_screen import a_large_event, with_own_handles
from tests.builders import a_moment, a_session, a_speaker, an_agenda

NOW = a_moment("2023-11-22 10:05")
NOTHING = Numbers(NOW, PeopleNumbers(), {}, {}, {}, (), SpeakerNumbers())


def numbers_of(agenda: Agenda, days: int = 30) -> Numbers:
    asked = {
        AskedKind(date(2023, 11, day), intent, language, answered): 1_000 + day
        for day in range(1, days + 1)
        for intent in Intent
        for language in (*LOCALES, "de")
        for answered in (True, False)
    }
    sent = {SentKind(kind.value, state): 12_345 for kind in NoticeKind for state in ("sent", "failed", "queued", "new")}
    handles = [*(each.handle for each in agenda.sessions), *(each.handle for each in agenda.speakers)]
    return Numbers(
        at=NOW,
        people=PeopleNumbers(10_000, 1_000, 9_000, 20, {"en": 5_000, "ro": 3_000, "uk": 1_900, "de": 80}),
        followers={handle: 9_999 - number for number, handle in enumerate(handles)} | {"gone": 3},
        questions=asked,
        sent=sent,
        broadcasts=(BroadcastNumbers(NOW, 10_000, 9_000, 20, 3),) * 50,
        speakers=SpeakerNumbers(frozenset(handles[-3:]), 3, 2),
    )


@pytest.mark.parametrize("language", LOCALES)
def test_the_message_fits_whatever_the_event(language: str) -> None:
    agenda = with_own_handles(a_large_event())
    view = View(localizer(language), agenda, NOW)

    assert flaws(numbers_message(numbers_of(agenda), view)) == []
    assert flaws(numbers_message(NOTHING, view)) == []


def test_the_message_names_what_counts() -> None:
    agenda = with_own_handles(an_agenda(a_session("talk", "Talk <1>"), speakers=[a_speaker("ana"), a_speaker("ion")]))
    handle, ana = agenda.sessions[0].handle, agenda.speakers[0].handle
    numbers = replace(
        NOTHING,
        people=PeopleNumbers(3, 1, 2, 1, {"uk": 2}),
        followers={handle: 2, ana: 1},
        questions={
            AskedKind(date(2023, 11, 22), Intent.NOW, "uk", answered=True): 3,
            AskedKind(date(2023, 11, 22), Intent.UNKNOWN, "en", answered=False): 1,
        },
        sent={SentKind("reminder", "sent"): 7, SentKind("reminder", "failed"): 1, SentKind("organisers", "sent"): 9},
        broadcasts=(BroadcastNumbers(NOW, 3, 2, 1, 0),),
        speakers=SpeakerNumbers(frozenset({ana}), 1, 0),
    )

    assert numbers_message(numbers, View(localizer("en"), agenda, NOW)).text.splitlines() == [
        "<b>Numbers</b> · Wed 22 Nov · 10:05",
        "",
        "<b>3 people</b>",
        "active today: 2 · new today: 1 · blocked the bot: 1",
        "Українська 2",
        "",
        "<b>4 questions</b>",
        "answered: 75 %",
        "what is on now 3 · not understood 1",
        "Українська 75 % · English 25 %",
        "",
        "<b>Most followed sessions</b>",
        "2 · Talk &lt;1&gt;",
        "",
        "<b>Delivered in the last 14 days</b>",
        "reminders 7",
        "messages to many: 2 of 3",
        "Speakers who claimed their profile: 1 of 2",
        "Saw their last change: 0 of 1",
    ]


@pytest.mark.parametrize("language", LOCALES)
def test_every_subject_and_kind_has_a_name_of_its_own(language: str) -> None:
    view = View(localizer(language), an_agenda(), NOW)

    assert len({intent_name(intent, view) for intent in Intent}) == len(Intent)
    names = {kind_name(kind.value, view) for kind in NoticeKind if kind is not NoticeKind.BROADCAST}
    assert len(names) == len(NoticeKind) - 1
    assert language == "en" or not names & {kind.value for kind in NoticeKind}


@pytest.mark.parametrize("language", LOCALES)
def test_the_spreadsheet_holds_it_all_and_no_formula(language: str) -> None:
    agenda = with_own_handles(an_agenda(a_session("sum", "=1+1\x01"), speakers=[a_speaker("ana", "=cmd()")]))
    numbers = numbers_of(agenda, days=2)
    file = numbers_sheet(numbers, View(localizer(language), agenda, NOW))
    book = openpyxl.load_workbook(io.BytesIO(file.data))
    people, questions, sessions, speakers, messages, broadcasts = book.worksheets

    words = {"en": "numbers", "ro": "statistici", "uk": "статистика"}
    assert file.name == f"{words[language]}-2023-11-22-1005.xlsx"
    assert people["B2"].value == 10_000
    assert sum(int(str(row[4].value)) for row in questions.iter_rows(min_row=2)) == numbers.asked
    assert [cell.value for cell in sessions[2]][:1] == ["=1+1"]
    assert (sessions["A2"].data_type, speakers["A2"].data_type) == ("s", "s")
    assert messages.max_row == 1 + len(numbers.sent)
    assert broadcasts.max_row == 1 + len(numbers.broadcasts)
    assert len({sheet.title for sheet in book.worksheets}) == 6


def test_a_share_of_nothing_is_said_to_be_none() -> None:
    assert (percent(0, 0), percent(1, 3), percent(3, 3)) == ("–", "33 %", "100 %")
